//! Takes back, after a build, what stands in the folder for documents and is about a case that is gone. Files are told
//! by their names; what stands in them is told to nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::audit::{Auditor, EXPORTS};
use crate::diag::{Failure, Lang};
use crate::ledger::{Digest, Ledger, State};
use crate::publish::is_left_aside;
use crate::site::{Page, Scope};
use crate::vocab::CaseId;

use super::super::report::folder;
use super::super::root::Root;
use super::super::terminal::Terminal;
use super::index::{self, Entry, Index};
use super::material::{FOLDER, auditor};

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
    /// The cases that are public.
    live: BTreeSet<CaseId>,
    /// Of those that are gone: whom nothing may name.
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
/// A file cannot be read or removed, or the index is not one that this program wrote; what could be taken back is gone,
/// and what could not stays in the index for the next build.
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
    // Each is done whatever becomes of the one before.
    let removed = gone.recall_own(&mut index, &mut found);
    let kept = if broken.is_none() { index.keep() } else { Ok(()) };
    let looked = gone.look_at_others(&known, &mut found);
    tell(&found, terminal);
    removed.and(kept).and(looked).and(broken.map_or(Ok(()), Err))
}

impl<'r> Gone<'r> {
    fn of(root: &Root, ledger: &Ledger, folder: &'r Path) -> Result<Self, Failure> {
        let today = root.today.day();
        let heads = || ledger.slots.iter().map(|slot| &slot.head);
        let live = heads().filter(|head| head.is_live(today));
        let vanished = heads().filter(|head| head.state == State::Suppressed);
        Ok(Self {
            auditor: auditor(root, ledger)?,
            live: live.filter_map(|head| head.id).collect(),
            vanished: vanished.filter_map(|head| head.id).collect(),
            folder,
        })
    }

    /// Removes documents of ours that are about a case that is gone; all of one run go together.
    fn recall_own(&self, index: &mut Index, found: &mut Found) -> Result<(), Failure> {
        let names: Vec<String> = index.documents.keys().cloned().collect();
        let mut ended = Ok(());
        for name in names {
            let Some(mut entry) = index.documents.remove(&name) else { continue };
            entry.files.retain(|path, _| self.folder.join(path).exists());
            let files = std::mem::take(&mut entry.files);
            let (own, mut changed): (Files, Files) =
                files.into_iter().partition(|(path, digest)| index.is_own(path, *digest));
            if self.is_about(&entry) || own.keys().any(|path| self.names(path) == Some(true)) {
                for (path, digest) in own {
                    match index.remove(&path) {
                        Ok(()) => drop(found.removed.insert(path)),
                        Err(failure) => {
                            ended = ended.and(Err(failure));
                            changed.insert(path, digest);
                        }
                    }
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
        ended
    }

    fn is_about(&self, entry: &Entry) -> bool {
        // Also one that never came to be public: a sign-off sheet tells what was only meant.
        !entry.cases.is_subset(&self.live) || !entry.down.is_disjoint(&self.vanished)
    }

    /// Looks at files that are not ours, and clears what a killed run left.
    fn look_at_others(&self, known: &BTreeSet<String>, found: &mut Found) -> Result<(), Failure> {
        let mut ended = Ok(());
        for path in files_in(self.folder)? {
            let is_known = matches!(path.as_str(), index::NAME | ".lock") || known.contains(&path);
            if is_leftover(&path, known) {
                let path = self.folder.join(&path);
                let removed = std::fs::remove_file(&path);
                ended = ended.and(removed.map_err(|cause| Failure::Write { path, cause }));
            } else if !is_known && self.others_name(&path) != Some(false) {
                found.left.insert(path);
            }
        }
        ended
    }

    /// Whether a file of ours names a case that is gone; none where it cannot be read.
    fn names(&self, path: &str) -> Option<bool> {
        let place =
            if path.starts_with(DIGESTS) { path.into() } else { format!("{EXPORTS}{path}") };
        self.names_as(place, path)
    }

    /// The same of a file that is not ours: neither where it lies nor how it is called excuses anything. What is reached
    /// through a link is not read.
    fn others_name(&self, path: &str) -> Option<bool> {
        let form = name_of(path).rsplit_once('.').map_or("", |(_, form)| form);
        self.names_as(format!("{EXPORTS}file.{form}"), path)
    }

    fn names_as(&self, place: String, path: &str) -> Option<bool> {
        let file = self.folder.join(path);
        if file.is_symlink() {
            return None;
        }
        let body = std::fs::read(file).ok()?;
        self.auditor.names_gone(Page { path: place, body, scope: Scope::Open, append: false })
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Whether a killed run left it where documents of ours stand.
fn is_leftover(path: &str, known: &BTreeSet<String>) -> bool {
    let folder = |path: &str| path.len() - name_of(path).len();
    is_left_aside(name_of(path))
        && known.iter().any(|known| known[..folder(known)] == path[..folder(path)])
}

/// Paths of all files and links below a folder; no link is followed.
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
            } else {
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
