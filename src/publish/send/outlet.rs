//! A target as a run uses it: whatever kind it is, a site stands there or not, is read, and is sent.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::diag::Failure;
use crate::ledger::Digest;

use super::super::Place;
use super::super::manifest;
use super::super::store::{ASIDE, Store};
use super::branch::Desk;
use super::mirror::{Mirror, patiently};
use super::{Branch, Built, Claim, Generations, Held, Sent, Stands, Steps, zipped};

/// A target, opened.
pub(crate) enum Outlet {
    /// A folder with its generations.
    Folder(Generations),
    /// A package.
    Package(PathBuf),
    /// A branch.
    Branch(Branch),
    /// A place that is mirrored to file by file.
    Mirror(Box<dyn Store>),
}

/// A target, opened for reading many files.
pub(crate) enum Reading<'r> {
    /// In a folder, which may be one of git's own for the time.
    Folder {
        /// The folder.
        dir: PathBuf,
        /// What goes away with the reading.
        #[expect(dead_code, reason = "held, so that the folder stays")]
        desk: Option<Desk>,
    },
    /// Unpacked.
    Package(BTreeMap<String, Vec<u8>>),
    /// One by one.
    Store(&'r dyn Store),
}

impl Reading<'_> {
    /// A file that stands there.
    ///
    /// # Errors
    /// The target does not answer.
    pub(crate) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Failure> {
        match self {
            Self::Folder { dir, .. } => Place::Folder(dir.clone()).read(name),
            Self::Package(files) => Ok(files.get(name).cloned()),
            Self::Store(store) => Ok(patiently(|| store.read(name))?),
        }
    }
}

/// One run of sending.
pub(crate) struct Errand<'e> {
    /// The site.
    pub(crate) site: &'e Built,
    /// Digest of the manifest that stood there when the site was held against it; none where no site did.
    pub(crate) expected: Option<Digest>,
    /// The ledger's folder.
    pub(crate) ledger: &'e Path,
    /// The target's name.
    pub(crate) target: &'e str,
    /// Files that travel at one time.
    pub(crate) at_once: usize,
    /// Folders of cases that are not shown.
    pub(crate) dead: &'e BTreeSet<String>,
    /// Tells this publisher from another.
    pub(crate) publisher: &'e str,
    /// Seconds since 1970.
    pub(crate) now: u64,
}

impl Outlet {
    /// The site that stands there.
    ///
    /// # Errors
    /// The target does not answer, or holds something that is not ours.
    pub(crate) fn stands(&self) -> Result<Option<Stands>, Failure> {
        match self {
            Self::Folder(folder) => folder.stands(),
            Self::Package(path) => zipped::stands(path),
            Self::Branch(branch) => branch.stands(),
            Self::Mirror(store) => {
                let text = patiently(|| store.read(manifest::NAME))?;
                text.map(|text| Stands::of(&text, &store.shown(manifest::NAME))).transpose()
            }
        }
    }

    /// The target, opened for reading many files.
    ///
    /// # Errors
    /// The target does not answer.
    pub(crate) fn reading(&self) -> Result<Reading<'_>, Failure> {
        Ok(match self {
            Self::Folder(folder) => {
                Reading::Folder { dir: folder.path().to_path_buf(), desk: None }
            }
            Self::Package(path) => Reading::Package(zipped::read_all(path)?),
            Self::Branch(branch) => {
                let (dir, desk) = branch.check_out()?;
                Reading::Folder { dir, desk: Some(desk) }
            }
            Self::Mirror(store) => Reading::Store(&**store),
        })
    }

    /// Names of all files that stand there, of us or of others; none where the target is no place of files.
    ///
    /// # Errors
    /// The target does not answer.
    pub(crate) fn list(&self) -> Result<Option<Vec<String>>, Failure> {
        match self {
            Self::Folder(folder) => folder.list().map(Some),
            Self::Mirror(store) => Ok(Some(patiently(|| store.list())?)),
            Self::Package(_) | Self::Branch(_) => Ok(None),
        }
    }

    /// Sends the site.
    ///
    /// # Errors
    /// It does not stand there whole. What was done is noted where it counts, and the next run goes on.
    pub(crate) fn send(&self, errand: &Errand<'_>) -> Result<Sent, Failure> {
        match self {
            Self::Folder(folder) => {
                errand.expect(folder.stands()?.as_ref())?;
                folder.publish(errand.site)
            }
            Self::Package(path) => {
                let old = zipped::stands(path)?;
                errand.expect(old.as_ref())?;
                zipped::pack(path, errand.site, old.as_ref().map(|old| &old.manifest))
            }
            Self::Branch(branch) => branch.publish(errand),
            Self::Mirror(store) => {
                let claim = Claim::take(&**store, errand.publisher, errand.now)?;
                let sent = self.mirror(&**store, errand, &claim);
                claim.release();
                sent
            }
        }
    }

    fn mirror(
        &self,
        store: &dyn Store,
        errand: &Errand<'_>,
        claim: &Claim<'_>,
    ) -> Result<Sent, Failure> {
        // Read under the claim: another run may have put a newer site there since this one was held against it.
        let stands = self.stands()?;
        errand.expect(stands.as_ref())?;
        let mut held = Held::open(errand.ledger, errand.target, stands.as_ref())?;
        if stands.is_none()
            && held.files.is_empty()
            && patiently(|| store.read("index.html"))?.is_some()
        {
            return Err(Failure::State {
                zh: format!(
                    "{} 不是 gongshi 发布的，为免覆盖别人的网站已停下；请换一个空目录",
                    store.shown("index.html")
                ),
                en: format!(
                    "{} is of somebody else, and is not replaced: choose an empty folder",
                    store.shown("index.html")
                ),
            });
        }
        if held.files.values().any(Option::is_none) {
            tidy_up(store)?;
        }
        let steps = Steps::plan(&errand.site.manifest, &held.files, errand.dead);
        if steps.is_empty() && stands.is_some_and(|stands| stands.digest == errand.site.digest()) {
            return Ok(Sent::default());
        }
        let run = Mirror { store, claim, site: errand.site, at_once: errand.at_once };
        run.carry_out(&mut held, &steps)
    }
}

impl Errand<'_> {
    /// Refuses to go on where another site stands than the one this errand was held against.
    ///
    /// # Errors
    /// Somebody has published meanwhile.
    pub(super) fn expect(&self, stands: Option<&Stands>) -> Result<(), Failure> {
        if stands.map(|stands| stands.digest) == self.expected {
            return Ok(());
        }
        Err(Failure::State {
            zh: format!("{} 上的网站刚刚被别人更新过，未发布；请再运行一次", self.target),
            en: format!("somebody has published to {} meanwhile: run it again", self.target),
        })
    }
}

/// Removes what a run that broke off left beside the site.
fn tidy_up(store: &dyn Store) -> Result<(), Failure> {
    for name in patiently(|| store.list())?.iter().filter(|name| name.starts_with(ASIDE)) {
        patiently(|| store.delete(name))?;
    }
    Ok(())
}
