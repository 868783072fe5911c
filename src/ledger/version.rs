//! The form of a ledger's files, by number. An older form is kept as it was before a build writes the present one; a newer
//! one is left to a newer program: what this one does not know it would drop.

use std::fs::File;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diag::Failure;

use super::store::read_json;

/// Name of the file.
pub(crate) const VERSION: &str = "version.json";
/// What the name of a folder with files of an older form begins with.
pub(crate) const BACKUP: &str = "backup-";

/// The form that this program writes. 0 is what was written before forms had numbers.
const PRESENT: u32 = 1;

#[derive(Default, PartialEq, Serialize, Deserialize)]
struct Stated {
    version: u32,
}

/// Refuses a ledger of a form that this program does not know.
///
/// # Errors
/// It is newer, or its number cannot be read.
pub(super) fn refuse_newer(dir: &Path) -> Result<(), Failure> {
    let found = read_json::<Stated>(dir, VERSION)?.version;
    if found <= PRESENT {
        return Ok(());
    }
    Err(Failure::State {
        zh: format!(
            "台账 {} 是第 {found} 版格式，本程序只认到第 {PRESENT} 版；请换用写出它的那一版或者更新的 gongshi",
            dir.display()
        ),
        en: format!(
            "the ledger {} has form {found}, this program knows up to {PRESENT}: use the gongshi that wrote it, or a newer one",
            dir.display()
        ),
    })
}

/// The file that states the present form.
///
/// # Errors
/// Never: a number serializes.
pub(crate) fn version_bytes() -> Result<Vec<u8>, Failure> {
    super::store::json_bytes(&Stated { version: PRESENT })
}

/// Keeps the files of an older form as they are, in a folder of the ledger's; says which, where it was made now. The
/// caller holds the lock.
///
/// # Errors
/// The disk is full or read-only; then the ledger is as it was.
pub(crate) fn back_up(dir: &Path) -> Result<Option<PathBuf>, Failure> {
    let found = read_json::<Stated>(dir, VERSION)?.version;
    let kept = dir.join(format!("{BACKUP}{found}"));
    let files = files(dir)?;
    if found >= PRESENT || files.is_empty() || kept.exists() {
        return Ok(None);
    }
    let aside = dir.join(format!("{BACKUP}part"));
    let fail = |cause| Failure::Write { path: kept.clone(), cause };
    remove(&aside).map_err(fail)?;
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

/// Removes what [`back_up`] kept, once a build has read the present form and changed it: what is taken down since must
/// not stay in a copy.
///
/// # Errors
/// A folder cannot be removed.
pub(crate) fn drop_backups(dir: &Path) -> Result<(), Failure> {
    for old in 0..PRESENT {
        let kept = dir.join(format!("{BACKUP}{old}"));
        remove(&kept).map_err(|cause| Failure::Write { path: kept.clone(), cause })?;
    }
    Ok(())
}

fn remove(folder: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The ledger's own files: no folder, nothing that begins with a dot.
fn files(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let fail = |cause| Failure::Read { path: dir.to_path_buf(), cause };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !is_hidden && entry.file_type().map_err(fail)?.is_file() {
            found.push(entry.path());
        }
    }
    Ok(found)
}
