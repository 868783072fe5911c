//! Looks through what runs have put in place, and what they may have left behind: the site against its
//! manifest and the ledger, commits that were not ended, staging folders.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::diag::{Failure, Symptom, ailments};
use crate::ledger::{
    BACKUP, Checkup, Digest, EVENTS, NEXT, PLACARDS, RECEIPTS, RunningDigest, VERSION, YEARS,
    standings_names, stated_at,
};

use super::journal::{self, Unended};
use super::manifest::{self, Manifest};
use super::send::TARGETS;
use super::staging::{beside, clear};

/// Prefix of files that a repair of the log writes aside.
const ASIDE: &str = ".tmp";

/// What was seen of a site.
#[derive(Debug, Default)]
pub(crate) struct SiteCheckup {
    /// What is wrong.
    pub(crate) symptoms: Vec<Symptom>,
    /// Files of the site that were compared.
    pub(crate) files: u64,
}

/// Looks through the site in `out`, shown as `name`, which is to be that of the ledger.
///
/// # Errors
/// A folder or file that is there cannot be read.
pub(crate) fn site_checkup(
    out: &Path,
    name: &str,
    (ledger_dir, ledger): (&Path, &Checkup),
) -> Result<SiteCheckup, Failure> {
    let mut found = SiteCheckup::default();
    let at = |path: &str| format!("{name}/{path}");
    for what in ["next", "old"] {
        let left = beside(out, what);
        if left.exists() {
            let is_only = what == "old" && !out.exists();
            let ailment = if is_only { &ailments::SITE_OLD_ONLY } else { &ailments::SITE_LEFTOVER };
            let shown = left.file_name().map(|n| n.to_string_lossy().into_owned());
            found.symptoms.push(ailment.at(&shown.unwrap_or_default()));
        }
    }
    let mut foreign = walk(out, out)?;
    let Some(manifest) = Manifest::of(out) else {
        found.symptoms.push(if !foreign.is_empty() {
            ailments::MANIFEST_ABSENT.at(&at(manifest::NAME))
        } else if ledger.cases > 0 {
            ailments::SITE_ABSENT.at(name)
        } else {
            ailments::SITE_NONE_YET.at(name)
        });
        return Ok(found);
    };
    foreign.remove(manifest::NAME);
    for file in &manifest.files {
        found.files += 1;
        if !foreign.remove(&file.path) {
            found.symptoms.push(ailments::FILE_MISSING.at(&at(&file.path)));
        } else if digest_of(&out.join(&file.path))? != Some(file.sha256) {
            found.symptoms.push(ailments::FILE_CHANGED.at(&at(&file.path)));
        }
    }
    found.symptoms.extend(foreign.iter().map(|path| ailments::FILE_FOREIGN.at(&at(path))));
    let head = stated_at(ledger_dir, manifest.ledger.events)?;
    found.symptoms.extend(of_head(&manifest, (ledger, head), &at(manifest::NAME)));
    Ok(found)
}

/// What is wrong between the log that the site states and the one that is there.
fn of_head(
    manifest: &Manifest,
    (ledger, then): (&Checkup, Option<Digest>),
    at: &str,
) -> Option<Symptom> {
    let stated = manifest.ledger;
    let Some(head) = ledger.head else { return Some(ailments::NOT_HELD_AGAINST.at(at)) };
    if stated == head {
        return None;
    }
    let is_behind = then == Some(stated.digest);
    let ailment = if is_behind { &ailments::SITE_BEHIND } else { &ailments::LEDGER_ROLLED_BACK };
    Some(ailment.at(at).with(stated.events).with(head.events))
}

/// Every file below `dir`, by its name there; a link counts as a file.
pub(super) fn walk(root: &Path, dir: &Path) -> Result<BTreeSet<String>, Failure> {
    let fail = |cause| Failure::Read { path: dir.to_path_buf(), cause };
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(cause) => return Err(fail(cause)),
    };
    let mut files = BTreeSet::new();
    for entry in entries {
        let entry = entry.map_err(fail)?;
        let path = entry.path();
        if entry.file_type().map_err(fail)?.is_dir() {
            files.extend(walk(root, &path)?);
        } else if let Ok(name) = path.strip_prefix(root) {
            files.insert(name.to_string_lossy().into_owned());
        }
    }
    Ok(files)
}

/// The digest of a file; none for what is no plain file.
fn digest_of(path: &Path) -> Result<Option<Digest>, Failure> {
    let fail = |cause| Failure::Read { path: path.to_path_buf(), cause };
    if !std::fs::symlink_metadata(path).map_err(fail)?.is_file() {
        return Ok(None);
    }
    let mut file = File::open(path).map_err(fail)?;
    let (mut digest, mut piece) = (RunningDigest::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut piece).map_err(fail)? {
            0 => return Ok(Some(digest.done())),
            read => digest.feed(&piece[..read]),
        }
    }
}

/// What stands in a ledger's folder beside standings.
const OURS: [&str; 9] =
    [EVENTS, YEARS, PLACARDS, RECEIPTS, VERSION, NEXT, TARGETS, ".lock", ".gitkeep"];

/// What interrupted runs, or others, left in the ledger's folder.
///
/// # Errors
/// The folder cannot be read.
pub(crate) fn leftovers(ledger_dir: &Path) -> Result<Vec<Symptom>, Failure> {
    let mut found = Vec::new();
    let next = format!("ledger/{NEXT}");
    match journal::unended(ledger_dir)? {
        Unended::Nothing => {}
        Unended::Aside => found.push(ailments::LEDGER_LEFTOVER.at(&next)),
        Unended::Noted => found.push(ailments::COMMIT_PENDING.at(&next)),
        Unended::Damaged => found.push(ailments::COMMIT_DAMAGED.at(&next)),
    }
    let known = standings_names(ledger_dir)?;
    for path in entries(ledger_dir)? {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let is_ours = known.contains(&name)
            || OURS.contains(&name.as_str())
            || name.starts_with(BACKUP)
            || name.starts_with(&format!("{EVENTS}.damaged-"));
        if is_aside(&path) {
            found.push(ailments::LEDGER_LEFTOVER.at(&format!("ledger/{name}")));
        } else if !is_ours {
            found.push(ailments::LEDGER_FOREIGN.at(&format!("ledger/{name}")));
        }
    }
    Ok(found)
}

/// Ends what an interrupted run began and removes what it left, under the lock. It removes no copy of a
/// site that is the only one.
///
/// # Errors
/// The disk is full or read-only, or a commit note cannot be understood.
pub(crate) fn mend(ledger_dir: &Path, out: &Path) -> Result<(), Failure> {
    journal::recover(ledger_dir)?;
    for path in entries(ledger_dir)?.iter().filter(|path| is_aside(path)) {
        std::fs::remove_file(path).map_err(|cause| Failure::Write { path: path.clone(), cause })?;
    }
    if out.exists() {
        clear(&beside(out, "old"))?;
    }
    clear(&beside(out, "next"))
}

fn is_aside(path: &Path) -> bool {
    let is_named = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(ASIDE));
    is_named && std::fs::symlink_metadata(path).is_ok_and(|m| m.is_file())
}

/// What stands in a folder; nothing where there is none.
pub(super) fn entries(dir: &Path) -> Result<BTreeSet<PathBuf>, Failure> {
    let fail = |cause| Failure::Read { path: dir.to_path_buf(), cause };
    match std::fs::read_dir(dir) {
        Ok(entries) => entries.map(|e| e.map(|e| e.path()).map_err(fail)).collect(),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(cause) => Err(fail(cause)),
    }
}
