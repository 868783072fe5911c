//! What exports are made of: the cases that stand published on the day, an auditor that knows what is gone, and the
//! built site that each document is held against.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::audit::{self, Auditor};
use crate::clearance::CaseKind;
use crate::diag::{Failure, Findings};
use crate::ledger::{self, Ledger, LineHead, Listed, Slot, Standing};
use crate::publish::{Lock, Manifest, refuse_unended};
use crate::site::{Page, Statement, page_of};

use super::super::pipeline;
use super::super::report::folder;
use super::super::root::Root;

/// Name of the folder for documents, below the site root.
pub(super) const FOLDER: &str = "exports";

/// What a document may say of cases that are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gone {
    /// Nothing: it tells of public cases only.
    Never,
    /// Their tombstones, each on a line that says so.
    Tombstones,
}

/// The ledger as it stands, held still while documents are made of it.
pub(super) struct Material<'r> {
    /// The site root.
    pub(super) root: &'r Root,
    /// The ledger.
    pub(super) ledger: Ledger,
    auditor: Auditor<'static>,
    /// The built site; `None` where there is none.
    site: Option<PathBuf>,
    /// Cases that were held against it.
    held: Cell<usize>,
    _lock: Option<Lock>,
}

/// A document to be written. The audit has read it, or the page of which it is a drawing.
pub(super) struct Document {
    /// Path below the folder for documents.
    pub(super) path: String,
    /// Its bytes.
    pub(super) body: Vec<u8>,
}

impl<'r> Material<'r> {
    /// Opens the ledger and the site that was built of it.
    ///
    /// # Errors
    /// Another run is at work; the ledger cannot be read; the site was built of another ledger.
    pub(super) fn open(root: &'r Root, site: Option<&Path>) -> Result<Self, Failure> {
        let lock = Lock::of_reader(&root.ledger())?;
        Self::of(root, site, (Ledger::open(&root.ledger())?, lock))
    }

    /// The same of a ledger that was read under its lock.
    ///
    /// # Errors
    /// The site was built of another ledger, or the ledger's last change was not carried out.
    pub(super) fn of(
        root: &'r Root,
        site: Option<&Path>,
        (ledger, lock): (Ledger, Option<Lock>),
    ) -> Result<Self, Failure> {
        refuse_unended(&root.ledger())?;
        let out = root.out(site);
        let manifest = Manifest::of(&out);
        if manifest.as_ref().is_some_and(|manifest| manifest.ledger != ledger.head) {
            return Err(Failure::State {
                zh: format!(
                    "网站 {} 与台账不是同一次生成的；先 gongshi build，再导出",
                    out.display()
                ),
                en: format!("{} was not built of this ledger: build first", out.display()),
            });
        }
        let auditor = auditor(root, &ledger)?;
        let site = manifest.map(|_| out);
        Ok(Self { root, ledger, auditor, site, held: Cell::new(0), _lock: lock })
    }

    /// The cases that stand published on the day, in the order of the ledger.
    pub(super) fn live(&self) -> impl Iterator<Item = &Slot> {
        let today = self.root.today.day();
        self.ledger.slots.iter().filter(move |slot| slot.head.is_live(today))
    }

    /// Those that are penalties, of one year or of all.
    pub(super) fn live_penalties(&self, year: Option<i32>) -> impl Iterator<Item = &Slot> {
        let is_asked = move |head: &LineHead| year.is_none_or(|asked| asked == head.year());
        let cases = self.live().filter(|slot| slot.head.key.kind == CaseKind::Penalty);
        cases.filter(move |slot| is_asked(&slot.head))
    }

    /// Reads one in full.
    ///
    /// # Errors
    /// Its line cannot be read.
    pub(super) fn read(&self, slot: &Slot) -> Result<Standing, Failure> {
        let listed = Listed { head: slot.head.clone(), line: slot.line };
        ledger::read(&listed, &self.ledger.files)
    }

    /// Holds what a document tells of a case against the page of the case.
    ///
    /// # Errors
    /// The page does not tell the same, or cannot be read.
    pub(super) fn hold(&self, case: &Standing, told: &[Statement]) -> Result<(), Failure> {
        let (Some(site), Some(path)) = (&self.site, page_of(case)) else { return Ok(()) };
        let path = site.join(path);
        let page =
            std::fs::read(&path).map_err(|cause| Failure::Read { path: path.clone(), cause })?;
        let record = ledger::read_or_empty(&path.with_extension("json"))?;
        let (in_record, on_page): (Vec<&Statement>, Vec<&Statement>) =
            told.iter().partition(|t| t.in_record);
        let untold = |told: &[&Statement], record: &[u8]| {
            let texts: Vec<&str> = told.iter().map(|told| told.text.as_str()).collect();
            let first = audit::untold(&texts, (&page, record)).first().copied();
            first.and_then(|at| told.get(at).map(|told| told.what.clone()))
        };
        let of_record = || untold(&in_record, &record).filter(|_| !record.is_empty());
        if let Some(what) = untold(&on_page, b"").or_else(of_record) {
            let id = case.id.map(|id| id.to_string()).unwrap_or_default();
            return Err(Failure::State {
                zh: format!("与网站不一致：{id} 的“{what}”不在案件页上；未写出"),
                en: format!("{id}: {what} is not what the case's page says; nothing written"),
            });
        }
        self.held.set(self.held.get() + 1);
        Ok(())
    }

    /// How many cases were held against the site; `None` where there is no site.
    pub(super) fn held(&self) -> Option<usize> {
        self.site.as_ref().map(|_| self.held.get())
    }

    /// Has the audit read documents.
    ///
    /// # Errors
    /// What it found; then none of them may be written.
    pub(super) fn audited(&self, pages: Vec<Page>, gone: Gone) -> Result<Vec<Document>, Failure> {
        let (mut found, mut documents) = (Findings::new(), Vec::new());
        for mut page in pages {
            let path = page.path.clone();
            if gone == Gone::Never && !path.ends_with(".html") {
                page.path = format!("{}{path}", audit::EXPORTS);
            }
            match self.auditor.read(page) {
                Ok(page) => documents.push(Document { path, body: page.body().to_vec() }),
                Err(more) => found.append(more),
            }
        }
        if found.is_empty() { Ok(documents) } else { Err(Failure::Leak(found)) }
    }
}

/// An auditor that knows which cases of a ledger are gone on the day.
///
/// # Errors
/// None today; the signature leaves room for rules of its own.
pub(super) fn auditor(root: &Root, ledger: &Ledger) -> Result<Auditor<'static>, Failure> {
    let mut auditor = Auditor::new(BTreeMap::new(), &root.bureau, &root.staff)?;
    let heads: Vec<&LineHead> = ledger.slots.iter().map(|slot| &slot.head).collect();
    pipeline::expect(&mut auditor, &heads);
    let today = root.today.day();
    for head in heads.iter().filter(|head| head.is_over(today)) {
        let number = if head.key.party.is_empty() { head.key.number.as_str() } else { "" };
        head.id.into_iter().for_each(|id| auditor.expect_gone(id, number));
    }
    Ok(auditor)
}

/// The folder for documents.
///
/// # Errors
/// It lies in a site, or holds one; or it lies in the folder that [`recall`](super::recall) looks through as a whole.
pub(super) fn folder(root: &Root, asked: Option<&Path>) -> Result<PathBuf, Failure> {
    let usual = root.dir.join(FOLDER);
    let folder = asked.map_or_else(|| usual.clone(), Path::to_path_buf);
    let (real, usual) = (folder::real(&folder), folder::real(&usual));
    if real != usual && real.starts_with(&usual) {
        return Err(Failure::Usage {
            zh: format!(
                "{} 在 {FOLDER}/ 之内：撤下时收不回；请用 {FOLDER}/ 本身，或者另一个目录",
                folder.display()
            ),
            en: format!(
                "{} lies in {FOLDER}/ and could not be taken back: use {FOLDER}/ itself, or another folder",
                folder.display()
            ),
        });
    }
    folder::refuse_inside_site(root, &folder)?;
    Ok(folder)
}
