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
    let stands = std::fs::metadata(path);
    if stands.as_ref().is_ok_and(|stands| !stands.is_file() && !stands.is_dir()) {
        // A device or a pipe (`/dev/null`, `/dev/stdout`) is written into: a file in its place would break the machine.
        let mut open = File::options().write(true).open(path).map_err(fail)?;
        return write(&mut open);
    }
    // A link stays a link.
    let real = path.canonicalize().ok().filter(|_| path.is_symlink());
    let path = real.as_deref().unwrap_or(path);
    let mut aside = aside(path).map_err(fail)?;
    write(aside.as_file_mut())?;
    aside.as_file().sync_all().map_err(fail)?;
    if let Ok(old) = stands {
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

/// What the name of a file begins with while it is written.
const ASIDE: &str = ".gongshi-";
/// Letters and figures behind it.
const RANDOM: usize = 6;

/// Whether a file is named as [`replace`] names what it writes: a killed run left it.
pub(crate) fn is_left_aside(name: &str) -> bool {
    let random = name.strip_prefix(ASIDE);
    random.is_some_and(|r| r.len() == RANDOM && r.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn aside(path: &Path) -> std::io::Result<NamedTempFile> {
    let folder = folder_of(path);
    std::fs::create_dir_all(folder)?;
    tempfile::Builder::new()
        .prefix(ASIDE)
        .rand_bytes(RANDOM)
        .permissions(Permissions::from_mode(0o644))
        .tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_stays_a_link_and_its_file_is_replaced() {
        let dir = tempfile::tempdir().expect("a folder");
        let (file, link) = (dir.path().join("file"), dir.path().join("link"));
        std::fs::write(&file, "old").expect("written");
        std::os::unix::fs::symlink(&file, &link).expect("a link");
        replace(&link, b"new").expect("replaced");
        assert!(link.is_symlink());
        assert_eq!(std::fs::read(&file).expect("read"), b"new");
    }

    #[test]
    fn what_is_no_file_is_written_into() {
        use std::os::unix::fs::FileTypeExt as _;
        let dir = tempfile::tempdir().expect("a folder");
        let pipe = dir.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|made| made.success()));
        let from = pipe.clone();
        let reader = std::thread::spawn(move || std::fs::read(from));
        replace(&pipe, b"told").expect("written");
        assert_eq!(reader.join().expect("no panic").expect("read"), b"told");
        assert!(std::fs::symlink_metadata(&pipe).expect("there").file_type().is_fifo());
        assert_eq!(std::fs::read_dir(dir.path()).expect("a folder").count(), 1);
    }
}
