//! The staging tree beside the output folder: audited pages go in, a manifest closes it.
//!
//! A file that stands unchanged is linked, not written: it keeps its bytes and its time of change.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::audit::AuditedPage;
use crate::diag::Failure;
use crate::law::Day;
use crate::ledger::{Digest, Head, RunningDigest, WrittenFile};

use super::manifest::{self, Change, FileEntry, Manifest};

/// A staging tree that is being filled; shared by threads.
pub(crate) struct Stage {
    out: PathBuf,
    dir: PathBuf,
    old: Option<Manifest>,
    files: Mutex<Vec<FileEntry>>,
    growing: Mutex<BTreeMap<String, Growing>>,
    /// Whether a file that should stand unchanged does not: somebody else touched the output.
    mended: AtomicBool,
}

/// A file that is written in pieces.
struct Growing {
    file: std::io::BufWriter<File>,
    digest: RunningDigest,
    bytes: u64,
    pieces: u64,
}

/// A finished staging tree.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SiteStaged {
    /// The output folder.
    pub(crate) out: PathBuf,
    /// The staging tree.
    pub(crate) dir: PathBuf,
    /// Number of the tree's folder in its file system: tells whether it was put in place already.
    pub(crate) inode: u64,
    /// Digest of the tree's manifest file: tells it from what stood before, in whatever folder it lies.
    pub(crate) manifest: Digest,
    /// Files in the tree.
    pub(crate) files: usize,
    /// Files that did not stand before.
    pub(crate) added: usize,
    /// Files that stood with other bytes.
    pub(crate) changed: usize,
    /// Files that stood and do not any more.
    pub(crate) removed: usize,
    /// Whether somebody else changed, removed or added a file in the output folder.
    pub(crate) mended: bool,
}

impl SiteStaged {
    /// Whether this folder holds the site that was staged.
    pub(super) fn is_in(&self, dir: &Path) -> bool {
        std::fs::read(dir.join(manifest::NAME))
            .is_ok_and(|bytes| Digest::of(&bytes) == self.manifest)
    }

    /// Whether the site stays as it is.
    pub(crate) fn is_unchanged(&self) -> bool {
        !self.mended
            && self.added == 0
            && self.changed == 0
            && self.removed == 0
            && same_file(&self.out.join(manifest::NAME), &self.dir.join(manifest::NAME))
    }
}

impl Stage {
    /// Begins a staging tree for `out`.
    ///
    /// # Errors
    /// `out` holds files of somebody else, or the tree cannot be made.
    pub(crate) fn begin(out: &Path) -> Result<Self, Failure> {
        let out = absolute(out)?;
        let old = Manifest::of(&out);
        if old.is_none() && !is_absent_or_empty(&out)? {
            return Err(Failure::Usage {
                zh: format!(
                    "输出目录 {} 里有不是 gongshi 生成的文件，为免误删已停下；请换一个空目录",
                    out.display()
                ),
                en: format!(
                    "{} holds files that gongshi did not write; choose an empty folder",
                    out.display()
                ),
            });
        }
        refuse_mount(&out)?;
        let dir = beside(&out, "next");
        clear(&dir)?;
        std::fs::create_dir_all(&dir).map_err(|cause| fail(&dir, cause))?;
        let (files, growing) = (Mutex::new(Vec::new()), Mutex::new(BTreeMap::new()));
        Ok(Self { out, dir, old, files, growing, mended: AtomicBool::new(false) })
    }

    /// Writes one page, or links it where it stands unchanged.
    ///
    /// # Errors
    /// The disk is full, or the path leaves the tree.
    pub(crate) fn write(&self, page: &AuditedPage) -> Result<(), Failure> {
        if page.appends() {
            return self.append(page.path(), page.body());
        }
        let digest = Digest::of(page.body());
        let path = self.place(page.path())?;
        let stands = self.old.as_ref().and_then(|m| m.digest_of(page.path())) == Some(digest);
        let old = self.out.join(page.path());
        if !(stands && holds(&old, page.body()) && std::fs::hard_link(&old, &path).is_ok()) {
            write_new(&path, page.body())?;
            self.mended.fetch_or(stands, Ordering::Relaxed);
        }
        self.enter(page.path(), digest, page.body().len() as u64);
        Ok(())
    }

    /// The files that are written in pieces, as they stand, by path.
    pub(crate) fn grown(&self) -> BTreeMap<String, WrittenFile> {
        let growing = self.growing.lock().unwrap_or_else(PoisonError::into_inner);
        let file = |entry: &Growing| {
            let Growing { bytes, pieces, .. } = *entry;
            WrittenFile { bytes, sha256: entry.digest.so_far(), pieces }
        };
        growing.iter().map(|(name, entry)| (name.clone(), file(entry))).collect()
    }

    fn append(&self, name: &str, piece: &[u8]) -> Result<(), Failure> {
        let mut growing = self.growing.lock().unwrap_or_else(PoisonError::into_inner);
        if !growing.contains_key(name) {
            let path = self.place(name)?;
            let file = File::create_new(&path).map_err(|cause| fail(&path, cause))?;
            let file = std::io::BufWriter::with_capacity(1 << 16, file);
            let begun = Growing { file, digest: RunningDigest::new(), bytes: 0, pieces: 0 };
            growing.insert(name.to_owned(), begun);
        }
        if let Some(entry) = growing.get_mut(name) {
            entry.digest.feed(piece);
            entry.bytes += piece.len() as u64;
            entry.pieces += 1;
            entry.file.write_all(piece).map_err(|cause| fail(&self.dir.join(name), cause))?;
        }
        Ok(())
    }

    /// Where a page goes; its folders are made.
    fn place(&self, name: &str) -> Result<PathBuf, Failure> {
        if !manifest::is_sound(name) {
            return Err(Failure::Internal("a page's path leaves the site".into()));
        }
        let path = self.dir.join(name);
        if let Some(parent) = path.parent()
            && let Err(first) = std::fs::create_dir(parent)
            && first.kind() != std::io::ErrorKind::AlreadyExists
        {
            std::fs::create_dir_all(parent).map_err(|cause| fail(parent, cause))?;
        }
        Ok(path)
    }

    fn enter(&self, path: &str, sha256: Digest, bytes: u64) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.push(FileEntry { path: path.to_owned(), sha256, bytes });
    }

    /// Ends growing files, writes the manifest, and makes all of it durable.
    ///
    /// # Errors
    /// The disk is full, or two pages have one path.
    pub(crate) fn finish(self, as_of: Day, head: Head) -> Result<SiteStaged, Failure> {
        let growing =
            std::mem::take(&mut *self.growing.lock().unwrap_or_else(PoisonError::into_inner));
        for (name, mut entry) in growing {
            entry.file.flush().map_err(|cause| fail(&self.dir.join(&name), cause))?;
            drop(entry.file);
            self.relink(&name)?;
            self.enter(&name, entry.digest.done(), entry.bytes);
        }
        let files = std::mem::take(&mut *self.files.lock().unwrap_or_else(PoisonError::into_inner));
        let manifest = Manifest::new(as_of, head, files);
        if let Some(pair) = manifest.files.windows(2).find(|pair| pair[0].path == pair[1].path) {
            return Err(Failure::Internal(format!("two pages at {}", pair[0].path)));
        }
        manifest.write(&self.dir)?;
        self.relink(manifest::NAME)?;
        let changes = manifest.changes_since(self.old.as_ref());
        let count = |kind| changes.iter().filter(|(_, change)| *change == kind).count();
        let (added, changed, removed) =
            (count(Change::Added), count(Change::Changed), count(Change::Removed));
        sync(&self.dir)?;
        let files = manifest.files.len();
        let inode = std::fs::metadata(&self.dir).map_err(|cause| fail(&self.dir, cause))?.ino();
        let stood = self.old.as_ref().map(|m| m.files.len() + 1);
        let foreign = stood.is_some_and(|stood| count_files(&self.out) != stood);
        let path = self.dir.join(manifest::NAME);
        let manifest = Digest::of(&std::fs::read(&path).map_err(|cause| fail(&path, cause))?);
        Ok(SiteStaged {
            inode,
            manifest,
            mended: self.mended.into_inner() || foreign,
            out: self.out,
            dir: self.dir,
            files,
            added,
            changed,
            removed,
        })
    }

    /// Gives a whole file that turned out unchanged its old self back.
    fn relink(&self, name: &str) -> Result<(), Failure> {
        let (old, new) = (self.out.join(name), self.dir.join(name));
        if same_file(&old, &new) {
            let aside = self.dir.join(format!("{name}.same"));
            if std::fs::hard_link(&old, &aside).is_ok() {
                std::fs::rename(&aside, &new).map_err(|cause| fail(&new, cause))?;
            }
        }
        Ok(())
    }
}

/// How many files lie in a folder and below.
fn count_files(dir: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(dir) else { return 0 };
    entries
        .flatten()
        .map(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() => count_files(&entry.path()),
            _ => 1,
        })
        .sum()
}

/// The folder beside `out` that belongs to it: `public` has `.public.next` and `.public.old`.
pub(super) fn beside(out: &Path, what: &str) -> PathBuf {
    let name = out.file_name().map_or_else(|| "site".into(), |n| n.to_string_lossy().into_owned());
    out.with_file_name(format!(".{name}.{what}"))
}

/// Removes a folder and all in it, if it is there.
pub(super) fn clear(dir: &Path) -> Result<(), Failure> {
    match std::fs::remove_dir_all(dir) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(cause) => Err(fail(dir, cause)),
    }
}

/// Makes everything written to the file system of `dir` durable.
pub(super) fn sync(dir: &Path) -> Result<(), Failure> {
    let file = File::open(dir).map_err(|cause| fail(dir, cause))?;
    rustix::fs::syncfs(&file).map_err(|cause| fail(dir, cause.into()))
}

fn absolute(out: &Path) -> Result<PathBuf, Failure> {
    match out.canonicalize() {
        Ok(path) => Ok(path),
        Err(_) => {
            let out = std::path::absolute(out).map_err(|cause| fail(out, cause))?;
            // The folder above is there, by whatever name it is reached.
            let parent = out.parent().and_then(|parent| parent.canonicalize().ok());
            Ok(parent.zip(out.file_name()).map_or(out.clone(), |(parent, name)| parent.join(name)))
        }
    }
}

/// A folder on which a file system is mounted cannot be exchanged for another: said before anything is done.
fn refuse_mount(out: &Path) -> Result<(), Failure> {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let found = statx(CWD, out, AtFlags::empty(), StatxFlags::empty());
    if !found.is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT)) {
        return Ok(());
    }
    Err(Failure::Usage {
        zh: format!(
            "输出目录 {} 是一个挂载点，不能整个替换；请挂载它的上一级目录，或者用 --out 指定其中的子目录",
            out.display()
        ),
        en: format!(
            "{} is a mount point and cannot be exchanged: mount the folder above, or choose one inside with --out",
            out.display()
        ),
    })
}

fn is_absent_or_empty(dir: &Path) -> Result<bool, Failure> {
    match std::fs::read_dir(dir) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(cause) => Err(Failure::Read { path: dir.to_path_buf(), cause }),
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut file = File::create_new(path).map_err(|cause| fail(path, cause))?;
    file.write_all(bytes).map_err(|cause| fail(path, cause))
}

/// Whether the file holds exactly these bytes.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    if !file.metadata().is_ok_and(|m| m.len() == bytes.len() as u64) {
        return false;
    }
    let mut found = Vec::with_capacity(bytes.len());
    file.read_to_end(&mut found).is_ok() && found == bytes
}

/// Whether two files are there and hold the same bytes.
fn same_file(a: &Path, b: &Path) -> bool {
    let (Ok(mut a), Ok(mut b)) = (File::open(a), File::open(b)) else { return false };
    let len = |f: &File| f.metadata().map(|m| m.len()).unwrap_or(u64::MAX);
    if len(&a) != len(&b) {
        return false;
    }
    let (mut left, mut right) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let (Ok(n), Ok(m)) = (a.read(&mut left), b.read(&mut right)) else { return false };
        if n != m || left[..n] != right[..m] {
            return false;
        }
        if n == 0 {
            return true;
        }
    }
}

fn fail(path: &Path, cause: std::io::Error) -> Failure {
    Failure::Write { path: path.to_path_buf(), cause }
}
