//! Puts one file in place whole: written aside, made durable, renamed. For files that stand alone; site and
//! ledger change together, by the journal.

use std::fs::{File, Permissions};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use tempfile::NamedTempFile;

use crate::diag::Failure;

/// Puts a file in place; one that stood there keeps its permissions.
///
/// # Errors
/// The file cannot be written; then the old one stands.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    replace_by(path, |file| {
        file.write_all(bytes).map_err(|cause| Failure::Write { path: path.to_path_buf(), cause })
    })
}

/// Puts a file in place that `write` fills; one that stood there keeps its permissions.
///
/// # Errors
/// What `write` returns, or the file cannot be put in place; then the old one stands.
pub(super) fn replace_by(
    path: &Path,
    write: impl FnOnce(&mut File) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let fail = |cause| Failure::Write { path: path.to_path_buf(), cause };
    let mut aside = aside(path).map_err(fail)?;
    write(aside.as_file_mut())?;
    aside.as_file().sync_all().map_err(fail)?;
    if let Ok(old) = std::fs::metadata(path) {
        aside.as_file().set_permissions(old.permissions()).map_err(fail)?;
    }
    aside.persist(path).map_err(|e| fail(e.error))?;
    File::open(folder_of(path)).and_then(|folder| folder.sync_all()).map_err(fail)
}

/// Puts a new file in place; one that stands there is left alone.
///
/// # Errors
/// The file cannot be written, or there is one.
pub(crate) fn put_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fail = |cause| Failure::Write { path: path.to_path_buf(), cause };
    let mut aside = aside(path).map_err(fail)?;
    aside.write_all(bytes).and_then(|()| aside.as_file().sync_all()).map_err(fail)?;
    aside.persist_noclobber(path).map(drop).map_err(|e| fail(e.error))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."))
}

fn aside(path: &Path) -> std::io::Result<NamedTempFile> {
    let folder = folder_of(path);
    std::fs::create_dir_all(folder)?;
    tempfile::Builder::new()
        .prefix(".gongshi-")
        .permissions(Permissions::from_mode(0o644))
        .tempfile_in(folder)
}
