//! Takes back, after a build, what stands in the folder for documents and is about a case that is gone. Files are told
//! by their names; what stands in them is told to nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::audit::{Auditor, EXPORTS};
use crate::diag::{Failure, Lang};
use crate::ledger::{Digest, Ledger, State};
use crate::site::{Page, Scope};
use crate::vocab::CaseId;

use super::super::report::folder;
use super::super::root::Root;
use super::super::terminal::Terminal;
use super::index::{self, Entry, Index};
use super::material::{FOLDER, auditor};

/// What a file that a killed run left begins with.
const LEFTOVER: &str = ".gongshi-";
/// Digests say themselves which of their cases are down.
const DIGESTS: &str = "zhaiyao/";

type Files = BTreeMap<String, Digest>;

/// What is to be told of files.
#[derive(Default)]
struct Found {
    /// Ours, removed.
    removed: BTreeSet<String>,
    /// Somebody else's: it names a case that is gone, or cannot be read.
    left: BTreeSet<String>,
}

/// Who is gone.
struct Gone<'r> {
    auditor: Auditor<'static>,
    ids: BTreeSet<CaseId>,
    /// Of those: whom nothing may name.
    vanished: BTreeSet<CaseId>,
    folder: &'r Path,
}

/// Whether there are documents.
pub(super) fn is_kept(root: &Root) -> bool {
    root.dir.join(FOLDER).is_dir()
}

/// Does it. The caller holds the ledger's lock.
///
/// # Errors
/// A file cannot be read or removed, or the index is not one that this program wrote; what could be taken back is gone.
pub(super) fn recall(root: &Root, ledger: &Ledger, terminal: &Terminal) -> Result<(), Failure> {
    if !is_kept(root) {
        return Ok(());
    }
    let folder = root.dir.join(FOLDER);
    folder::refuse_inside_site(root, &folder)?;
    let gone = Gone::of(root, ledger, &folder)?;
    let opened = Index::open(&folder);
    let (mut index, broken) = match opened {
        Ok(index) => (index, None),
        Err(failure @ Failure::State { .. }) => (Index::unread(&folder)?, Some(failure)),
        Err(failure) => return Err(failure),
    };
    let mut found = Found::default();
    let known: BTreeSet<String> =
        index.documents.values().flat_map(|entry| entry.files.keys().cloned()).collect();
    let looked = gone.recall_own(&mut index, &mut found).and_then(|()| match &broken {
        None => index.keep(),
        Some(_) => Ok(()),
    });
    let looked = looked.and_then(|()| gone.look_at_others(&known, &mut found));
    tell(&found, terminal);
    looked.and(broken.map_or(Ok(()), Err))
}

impl<'r> Gone<'r> {
    fn of(root: &Root, ledger: &Ledger, folder: &'r Path) -> Result<Self, Failure> {
        let today = root.today.day();
        let heads = || ledger.slots.iter().map(|slot| &slot.head);
        let gone = heads().filter(|head| !head.is_live(today));
        let vanished = heads().filter(|head| head.state == State::Suppressed);
        Ok(Self {
            auditor: auditor(root, ledger)?,
            ids: gone.filter_map(|head| head.id).collect(),
            vanished: vanished.filter_map(|head| head.id).collect(),
            folder,
        })
    }

    /// Removes documents of ours that are about a case that is gone; all of one run go together.
    fn recall_own(&self, index: &mut Index, found: &mut Found) -> Result<(), Failure> {
        let names: Vec<String> = index.documents.keys().cloned().collect();
        for name in names {
            let Some(mut entry) = index.documents.remove(&name) else { continue };
            entry.files.retain(|path, _| self.folder.join(path).exists());
            let files = std::mem::take(&mut entry.files);
            let (own, mut changed): (Files, Files) =
                files.into_iter().partition(|(path, digest)| index.is_own(path, *digest));
            if self.is_about(&entry) || own.keys().any(|path| self.names(path) == Some(true)) {
                for path in own.into_keys() {
                    index.remove(&path)?;
                    found.removed.insert(path);
                }
                found.left.extend(changed.keys().cloned());
            } else {
                let doubtful = changed.keys().filter(|path| self.names(path) != Some(false));
                found.left.extend(doubtful.cloned());
                changed.extend(own);
            }
            if !changed.is_empty() {
                index.documents.insert(name, Entry { files: changed, ..entry });
            }
        }
        Ok(())
    }

    fn is_about(&self, entry: &Entry) -> bool {
        !entry.cases.is_disjoint(&self.ids) || !entry.down.is_disjoint(&self.vanished)
    }

    /// Looks at files that are not ours, and clears what a killed run left.
    fn look_at_others(&self, known: &BTreeSet<String>, found: &mut Found) -> Result<(), Failure> {
        for path in files_in(self.folder)? {
            let is_known = matches!(path.as_str(), index::NAME | ".lock") || known.contains(&path);
            let name = path.rsplit('/').next().unwrap_or_default();
            if name.starts_with(LEFTOVER) {
                let path = self.folder.join(&path);
                std::fs::remove_file(&path).map_err(|cause| Failure::Write { path, cause })?;
            } else if !is_known && self.names(&path) != Some(false) {
                found.left.insert(path);
            }
        }
        Ok(())
    }

    /// Whether a file names a case that is gone; none where it cannot be read.
    fn names(&self, path: &str) -> Option<bool> {
        let body = std::fs::read(self.folder.join(path)).ok()?;
        let is_digest = path.starts_with(DIGESTS);
        let path = if is_digest { path.to_owned() } else { format!("{EXPORTS}{path}") };
        self.auditor.names_gone(Page { path, body, scope: Scope::Open, append: false })
    }
}

/// Paths of all files below a folder; no link is followed.
fn files_in(folder: &Path) -> Result<Vec<String>, Failure> {
    let (mut files, mut open) = (Vec::new(), vec![String::new()]);
    while let Some(below) = open.pop() {
        let path = folder.join(&below);
        let fail = |cause| Failure::Read { path: path.clone(), cause };
        for file in std::fs::read_dir(&path).map_err(fail)? {
            let file = file.map_err(fail)?;
            let (name, kind) = (file.file_name(), file.file_type().map_err(fail)?);
            let name = format!("{below}{}", name.to_string_lossy());
            if kind.is_dir() {
                open.push(name + "/");
            } else if kind.is_file() {
                files.push(name);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn tell(found: &Found, terminal: &Terminal) {
    let zh = terminal.lang == Lang::Zh;
    for path in &found.removed {
        terminal.complain(&if zh {
            format!("已删除以前导出的 {FOLDER}/{path}：其中有已不再公示的案件")
        } else {
            format!("removed {FOLDER}/{path}, which an earlier run wrote: it is about a case that is gone")
        });
    }
    for path in &found.left {
        terminal.complain(&if zh {
            format!("{FOLDER}/{path} 不是本程序写的，或者写出后改过：其中有或者可能有已不再公示的案件，请自行核对、删除")
        } else {
            format!("{FOLDER}/{path} is not as this program wrote it, and names a case that is gone or cannot be read: look at it yourself")
        });
    }
}
