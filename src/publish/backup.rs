//! Keeps the files of a ledger of an older form as they were, until a change made in the present form stands.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::diag::Failure;
use crate::ledger::{BACKUP, older_form};

use super::checkup::entries;
use super::staging::clear;

/// Copies the files of an older form into a folder of the ledger's; says which, where it was made now. The caller holds
/// the lock.
///
/// # Errors
/// The disk is full or read-only; then the ledger is as it was.
pub(crate) fn back_up(dir: &Path) -> Result<Option<PathBuf>, Failure> {
    let Some(form) = older_form(dir)? else { return Ok(None) };
    let (files, kept) = (files(dir)?, dir.join(format!("{BACKUP}{form}")));
    if files.is_empty() || kept.exists() {
        return Ok(None);
    }
    let aside = dir.join(format!("{BACKUP}part"));
    clear(&aside)?;
    let fail = |cause| Failure::Write { path: kept.clone(), cause };
    std::fs::create_dir(&aside).map_err(fail)?;
    for path in files {
        let to = aside.join(path.file_name().unwrap_or_default());
        std::fs::copy(&path, &to).and_then(|_| File::open(&to)?.sync_all()).map_err(fail)?;
    }
    File::open(&aside).and_then(|folder| folder.sync_all()).map_err(fail)?;
    std::fs::rename(&aside, &kept).map_err(fail)?;
    File::open(dir).and_then(|folder| folder.sync_all()).map_err(fail)?;
    Ok(Some(kept))
}

/// Removes what was kept: what is taken down since must not stay in a copy.
///
/// # Errors
/// A folder cannot be read or removed.
pub(super) fn drop_backups(dir: &Path) -> Result<(), Failure> {
    let is_backup = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(BACKUP))
    };
    entries(dir)?.iter().filter(|path| is_backup(path)).try_for_each(|path| clear(path))
}

/// The ledger's own files: no folder, nothing that begins with a dot.
fn files(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found: Vec<PathBuf> = entries(dir)?.into_iter().collect();
    let is_hidden =
        |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    found.retain(|path| path.is_file() && !path.is_symlink() && !is_hidden(path));
    Ok(found)
}
