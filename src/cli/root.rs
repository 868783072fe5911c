//! The site root: what a run reads before it looks at any drop.

use std::path::{Path, PathBuf};

use crate::clearance::{DropFolder, Reviews, Rules, find_drops};
use crate::diag::Failure;
use crate::law::{Law, Shelf, Today};
use crate::ledger::LogKey;
use crate::site::{self, Annual, Placards, Setup};
use crate::vocab::{AnnualTable, Bureau, Dictionary, Officer, Policy, Retention, StatisticsForm};

use super::args::{Common, DropArgs};
use super::{clock, log, review};

/// A site root, read.
pub(super) struct Root {
    /// Its folder.
    pub(super) dir: PathBuf,
    /// The day.
    pub(super) today: Today,
    /// The law.
    pub(super) law: Law,
    /// The bureau.
    pub(super) bureau: Bureau,
    /// Its officers.
    pub(super) staff: Vec<Officer>,
    /// Its choices.
    pub(super) policy: Policy,
    /// How long decisions stay public where their export does not say.
    pub(super) retention: Retention,
    /// The form of its annual statistics.
    pub(super) form: StatisticsForm,
    /// What was entered for its annual report.
    pub(super) annual: Annual,
    /// Its own words.
    pub(super) dictionary: Dictionary,
    /// What people have decided about doubtful stretches.
    pub(super) reviews: Reviews,
    /// Rule files.
    pub(super) shelf: Shelf,
    /// File of the key that signs the public log.
    pub(super) key_file: Option<PathBuf>,
}

impl Root {
    /// Reads the site root that the flags name.
    ///
    /// # Errors
    /// There is no `site.yml`, or a rule or configuration file is broken.
    pub(super) fn open(common: &Common) -> Result<Self, Failure> {
        let dir = common.root.clone();
        let shelf = Shelf::at(&dir);
        let bureau: Bureau = shelf.config("site.yml")?.ok_or_else(|| no_site(&dir))?;
        let shelf = shelf.of_region(bureau.region.as_deref())?;
        let policy: Policy = shelf.config("data/policy.yml")?.unwrap_or_default();
        let region = shelf.region()?;
        let form = policy.statistics_form.as_deref().unwrap_or(region.statistics_form());
        let mut form = StatisticsForm::load(&shelf, form)?;
        form.breaks.extend(policy.statistics_breaks.iter().cloned());
        form.breaks.sort_by_key(|found| found.year);
        let tables = AnnualTable::of_form(&shelf, &form)?;
        let annual = Annual::load(&dir, tables, &form, &bureau)?;
        let staff: Vec<Officer> = shelf.config("data/staff.yml")?.unwrap_or_default();
        let law = Law::load(&shelf, &extra_days(&policy)?)?;
        let retention = Retention::load(&shelf, &law, policy.retention)?;
        let today = clock::today(common.as_of)?;
        let dictionary = shelf.guarded_config(Dictionary::FILE)?.unwrap_or_default();
        let reviews = review::book::read(&dir, &shelf)?;
        let key_file = bureau.log.key_file.as_ref().map(|file| dir.join(file));
        Ok(Self {
            dir,
            today,
            law,
            bureau,
            staff,
            policy,
            retention,
            form,
            annual,
            dictionary,
            reviews,
            shelf,
            key_file,
        })
    }

    /// What clearing goes by.
    pub(super) fn rules(&self) -> Rules<'_> {
        Rules {
            law: &self.law,
            bureau: &self.bureau,
            staff: &self.staff,
            policy: &self.policy,
            retention: &self.retention,
            dictionary: &self.dictionary,
            reviews: &self.reviews,
            shelf: &self.shelf,
            today: self.today,
        }
    }

    /// What the press works with.
    pub(super) fn setup<'s>(&'s self, log_key: Option<&'s LogKey>) -> Setup<'s> {
        Setup {
            root: &self.dir,
            law: &self.law,
            bureau: &self.bureau,
            staff: &self.staff,
            form: &self.form,
            annual: &self.annual,
            today: self.today,
            log_key,
            bulk: self.policy.open_data_persons,
        }
    }

    /// The record that list and placards show on the day.
    ///
    /// # Errors
    /// The table of characters is broken.
    pub(super) fn placards(&self) -> Result<Placards, Failure> {
        let at = (self.dir.as_path(), &self.shelf);
        site::placards(at, &self.bureau, &self.staff, self.today.day())
            .map(|(placards, _)| placards)
    }

    /// The key that signs the public log, where one is named. One that is named and cannot be read stops
    /// the run: a log that was signed must not silently cease to be.
    ///
    /// # Errors
    /// The file cannot be read, or is no key.
    pub(super) fn log_key(&self) -> Result<Option<LogKey>, Failure> {
        self.key_file.as_deref().map(log::read_key).transpose()
    }

    /// Folder of the ledger.
    pub(super) fn ledger(&self) -> PathBuf {
        self.dir.join("ledger")
    }

    /// Folder of the built site.
    pub(super) fn out(&self, asked: Option<&Path>) -> PathBuf {
        asked.map_or_else(|| self.dir.join("public"), Path::to_path_buf)
    }

    /// The drops the flags name: `--drops`, else `drops/`, else the sample's.
    ///
    /// # Errors
    /// A folder that was named does not exist or cannot be read.
    pub(super) fn drops(&self, asked: &DropArgs) -> Result<Vec<DropFolder>, Failure> {
        let folder = self.drops_folder(asked);
        if asked.drops.is_none() && !folder.exists() {
            return Ok(Vec::new());
        }
        find_drops(&folder)
    }

    /// The folder the drops are looked for in.
    pub(super) fn drops_folder(&self, asked: &DropArgs) -> PathBuf {
        if let Some(named) = &asked.drops {
            return named.clone();
        }
        let own = self.dir.join("drops");
        let sample = self.dir.join("data/sample/drops");
        if !own.exists() && sample.exists() { sample } else { own }
    }
}

/// The local days of a policy, as the calendar takes them.
///
/// # Errors
/// A kind that is neither `holiday` nor `workday`.
pub(super) fn extra_days(policy: &Policy) -> Result<Vec<(crate::law::Day, bool)>, Failure> {
    policy
        .extra_days
        .iter()
        .map(|extra| match extra.kind.as_str() {
            "workday" => Ok((extra.date, true)),
            "holiday" => Ok((extra.date, false)),
            _ => Err(Failure::Rule {
                file: "data/policy.yml".into(),
                message: format!("extra_days {}: kind is holiday or workday", extra.date),
            }),
        })
        .collect()
}

fn no_site(dir: &Path) -> Failure {
    Failure::Usage {
        zh: format!(
            "{} 里没有 site.yml，不是站点根目录；新建请用 gongshi init 目录 --name 机关全称",
            dir.display()
        ),
        en: format!(
            "{} has no site.yml; make a site with gongshi init DIR --name NAME",
            dir.display()
        ),
    }
}
