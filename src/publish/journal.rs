//! The moment of change: site and ledger are put in place together.
//!
//! A note in the ledger's `.next` folder is the point of no return. Before it, a kill leaves the old
//! state; after it, the next run ends the change. Each step may be done twice.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use serde::{Deserialize, Serialize};

use crate::diag::Failure;
use crate::ledger::{APPEND, NEXT, Staged, VERSION, log_path, read_or_empty, stated_at};

use super::backup::drop_backups;
use super::manifest::Manifest;
use super::staging::{SiteStaged, beside, clear, sync};

const NOTE: &str = "COMMIT";

/// What a commit is about to do.
#[derive(Clone, Serialize, Deserialize)]
struct Commit {
    ledger: Staged,
    site: Option<SiteStaged>,
}

/// Puts the staged ledger, and the staged site where there is one, in place.
///
/// # Errors
/// The disk is full or read-only. What was not put in place is ended by the next run's [`recover`].
pub(crate) fn commit(ledger: Staged, site: Option<SiteStaged>) -> Result<(), Failure> {
    let site = match site {
        Some(site) if site.is_unchanged() => {
            clear(&site.dir)?;
            None
        }
        other => other,
    };
    let next = ledger.dir.join(NEXT);
    if ledger.is_unchanged() && site.is_none() {
        return clear(&next);
    }
    sync(&next)?;
    let commit = Commit { ledger, site };
    write_note(&next, &commit)?;
    carry_out(&commit)
}

/// Ends what an interrupted run began: carries out a noted commit, removes an unfinished one.
/// Says whether a commit was carried out.
///
/// # Errors
/// The disk is full or read-only, or the note cannot be understood.
pub(crate) fn recover(ledger_dir: &Path) -> Result<bool, Failure> {
    let next = ledger_dir.join(NEXT);
    let note = read_or_empty(&next.join(NOTE))?;
    if note.is_empty() {
        clear(&next)?;
        return Ok(false);
    }
    let mut commit = understood(&note).ok_or_else(|| Failure::State {
        zh: format!("{} 中的提交记录已损坏", next.display()),
        en: format!("the commit note in {} is damaged", next.display()),
    })?;
    // The run that wrote the note may have named the folders from elsewhere, or the site root was moved or copied.
    ledger_dir.clone_into(&mut commit.ledger.dir);
    if let Some(site) = &mut commit.site {
        let root = root_of(ledger_dir)?;
        (site.out, site.dir) = (root.join(&site.out), root.join(&site.dir));
    }
    carry_out(&commit)?;
    Ok(true)
}

fn understood(note: &[u8]) -> Option<Commit> {
    serde_json::from_slice(note).ok()
}

/// What a run began and did not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unended {
    /// Nothing.
    Nothing,
    /// Files written aside, not in force.
    Aside,
    /// A commit that is noted.
    Noted,
    /// A commit whose note is damaged.
    Damaged,
}

/// What the last run on the ledger in `ledger_dir` began and did not end.
///
/// # Errors
/// The note cannot be read.
pub(super) fn unended(ledger_dir: &Path) -> Result<Unended, Failure> {
    let next = ledger_dir.join(NEXT);
    let note = read_or_empty(&next.join(NOTE))?;
    Ok(match (next.exists(), note.is_empty()) {
        (false, _) => Unended::Nothing,
        (true, true) => Unended::Aside,
        (true, false) if understood(&note).is_some() => Unended::Noted,
        (true, false) => Unended::Damaged,
    })
}

/// Refuses a ledger whose last change is noted and not carried out: what is being taken down still reads as public.
///
/// # Errors
/// A commit stands noted, or the note cannot be read.
pub(crate) fn refuse_unended(ledger_dir: &Path) -> Result<(), Failure> {
    match unended(ledger_dir)? {
        Unended::Nothing | Unended::Aside => Ok(()),
        Unended::Noted | Unended::Damaged => Err(Failure::State {
            zh: "上次运行中断，台账还没有写完；请先运行 gongshi build".into(),
            en: "the last run was interrupted and the ledger is not complete: run gongshi build first".into(),
        }),
    }
}

/// Forgets what was written aside: the old state stays. A noted commit is past the point of no return:
/// it is left for the next run to end.
pub(crate) fn discard(ledger_dir: &Path, out: &Path) {
    if ledger_dir.join(NEXT).join(NOTE).exists() {
        return;
    }
    // Best effort: what stays is removed by the next run, and is never below the site.
    let _ = clear(&ledger_dir.join(NEXT));
    let _ = clear(&beside(out, "next"));
}

/// The folder that the ledger's folder lies in.
fn root_of(ledger_dir: &Path) -> Result<PathBuf, Failure> {
    let dir = ledger_dir
        .canonicalize()
        .map_err(|cause| Failure::Read { path: ledger_dir.to_path_buf(), cause })?;
    Ok(dir.parent().unwrap_or(&dir).to_path_buf())
}

fn write_note(next: &Path, commit: &Commit) -> Result<(), Failure> {
    let (draft, note) = (next.join("COMMIT.draft"), next.join(NOTE));
    let mut noted = commit.clone();
    if let Some(site) = &mut noted.site {
        let root = root_of(&commit.ledger.dir)?;
        let from_root = |path: &Path| path.strip_prefix(&root).unwrap_or(path).to_path_buf();
        (site.out, site.dir) = (from_root(&site.out), from_root(&site.dir));
    }
    let json = serde_json::to_vec(&noted)
        .map_err(|e| Failure::Internal(format!("a commit does not serialize: {e}")))?;
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&draft)?;
        file.write_all(&json)?;
        file.sync_all()?;
        std::fs::rename(&draft, &note)?;
        File::open(next)?.sync_all()
    };
    write().map_err(|cause| Failure::Write { path: note.clone(), cause })
}

fn carry_out(commit: &Commit) -> Result<(), Failure> {
    expect_log(&commit.ledger)?;
    if let Some(site) = &commit.site {
        swap(site)?;
    }
    let ledger = &commit.ledger;
    let next = ledger.dir.join(NEXT);
    for name in &ledger.standings {
        let from = next.join(name);
        if from.exists() {
            let to = ledger.dir.join(name);
            std::fs::rename(&from, &to).map_err(|cause| Failure::Write { path: to, cause })?;
        }
    }
    for name in &ledger.emptied {
        remove(&ledger.dir.join(name))?;
    }
    append(ledger)?;
    // A change that does not bring the present form was made by a run that has read it.
    if !ledger.is_unchanged() && !ledger.standings.iter().any(|name| name == VERSION) {
        drop_backups(&ledger.dir)?;
    }
    sync(&ledger.dir)?;
    remove(&next.join(NOTE))?;
    clear(&next)?;
    if let Some(site) = &commit.site {
        clear(&site.dir)?;
        clear(&beside(&site.out, "old"))?;
    }
    Ok(())
}

/// Exchanges the output folder with the staging tree in one step; where the file system cannot, in two.
fn swap(site: &SiteStaged) -> Result<(), Failure> {
    let write = |cause: std::io::Error| Failure::Write { path: site.out.clone(), cause };
    let is_same = std::fs::metadata(&site.out).is_ok_and(|out| out.ino() == site.inode);
    let is_in_place = is_same && site.is_in(&site.out);
    // In a site root that was copied since, folders have other numbers: what lies aside may be the old site.
    if is_in_place || !site.is_in(&site.dir) {
        return Ok(());
    }
    let old = beside(&site.out, "old");
    if site.out.exists() {
        match renameat_with(CWD, &site.dir, CWD, &site.out, RenameFlags::EXCHANGE) {
            Ok(()) => return parent_sync(&site.out),
            Err(
                rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP,
            ) => {
                clear(&old)?;
                std::fs::rename(&site.out, &old).map_err(write)?;
            }
            Err(cause) => return Err(write(cause.into())),
        }
    }
    std::fs::rename(&site.dir, &site.out).map_err(write)?;
    parent_sync(&site.out)
}

fn parent_sync(path: &Path) -> Result<(), Failure> {
    let parent = path.parent().unwrap_or(path);
    File::open(parent)
        .and_then(|dir| dir.sync_all())
        .map_err(|cause| Failure::Write { path: parent.to_path_buf(), cause })
}

/// A log that somebody cut or replaced since is noticed before anything is put in place.
fn expect_log(ledger: &Staged) -> Result<(), Failure> {
    let path = log_path(&ledger.dir);
    let len = std::fs::metadata(&path).map_or(0, |m| m.len());
    if (ledger.log_before..=ledger.log_after).contains(&len) {
        return Ok(());
    }
    Err(Failure::State {
        zh: format!("台账日志 {} 的长度与提交记录不符", path.display()),
        en: format!(
            "the ledger log {} does not have the length the commit expects",
            path.display()
        ),
    })
}

/// Appends the new events, from wherever an earlier try stopped.
fn append(ledger: &Staged) -> Result<(), Failure> {
    let path = log_path(&ledger.dir);
    let fail = |cause| Failure::Write { path: path.clone(), cause };
    if ledger.log_before == ledger.log_after {
        return Ok(());
    }
    let events = read_or_empty(&ledger.dir.join(NEXT).join(APPEND))?;
    let mut log = File::options().read(true).append(true).create(true).open(&path).map_err(fail)?;
    let mut stands = Vec::new();
    log.seek(SeekFrom::Start(ledger.log_before)).map_err(fail)?;
    log.read_to_end(&mut stands).map_err(fail)?;
    let expected = ledger.log_after - ledger.log_before;
    if events.len() as u64 != expected {
        // What was written aside goes only when the log is durable.
        let is_done = stands.len() as u64 == expected;
        return if is_done { Ok(()) } else { Err(lost(&path)) };
    }
    let Some(rest) = events.strip_prefix(&*stands) else {
        return rewrite(&path, ledger.log_before, &events).map_err(fail);
    };
    log.write_all(rest).and_then(|()| log.sync_all()).map_err(fail)
}

fn lost(log: &Path) -> Failure {
    Failure::State {
        zh: format!("提交记录中要写入 {} 的内容不在了，请从备份恢复台账", log.display()),
        en: format!(
            "what a commit was to append to {} is gone: restore the ledger from a backup",
            log.display()
        ),
    }
}

/// Writes the new events over what an earlier try left of them: after a power cut a file may have its length without
/// its bytes.
fn rewrite(path: &Path, at: u64, events: &[u8]) -> std::io::Result<()> {
    let mut log = File::options().write(true).open(path)?;
    log.seek(SeekFrom::Start(at))?;
    log.write_all(events)?;
    log.sync_all()
}

fn remove(path: &Path) -> Result<(), Failure> {
    match std::fs::remove_file(path) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(cause) => Err(Failure::Write { path: path.to_path_buf(), cause }),
    }
}

/// Whether the site in `out` states a log that the ledger does not hold: longer, or with another end. What
/// the ledger's lines say of themselves is taken for true here; opening it verifies them.
pub(crate) fn is_ahead_of(out: &Path, ledger_dir: &Path) -> bool {
    let Some(stated) = Manifest::of(out).map(|m| m.ledger) else { return false };
    !matches!(stated_at(ledger_dir, stated.events), Ok(found) if found == Some(stated.digest))
}

/// Removes a ledger folder that a failed first run made and that holds nothing but its lock.
pub(crate) fn forget_empty(ledger_dir: &Path) {
    let only_lock = std::fs::read_dir(ledger_dir)
        .is_ok_and(|mut entries| entries.all(|e| e.is_ok_and(|e| e.file_name() == ".lock")));
    if only_lock {
        // Best effort: an empty ledger and no ledger are the same.
        let _ = clear(ledger_dir);
    }
}
