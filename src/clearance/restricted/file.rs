//! Files for their owner alone, in a folder for its owner alone. All are written aside before any is put in place; what
//! was written aside is gone when that fails.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::path::{Path, PathBuf};

use crate::clearance::record::Private;
use crate::diag::Failure;

/// A folder for its owner alone.
const FOLDER: u32 = 0o700;
/// A file for its owner alone.
const FILE: u32 = 0o600;

/// Refuses a folder that is there and open to anybody but its owner.
///
/// # Errors
/// It is open to others, or no folder.
pub(crate) fn refuse_open(folder: &Path) -> Result<(), Failure> {
    let Ok(found) = fs::metadata(folder) else { return Ok(()) };
    let mode = found.permissions().mode() & 0o777;
    let is_own = found.uid() == rustix::process::geteuid().as_raw();
    if found.is_dir() && mode & !FOLDER == 0 && is_own {
        return Ok(());
    }
    let shown = folder.display();
    Err(Failure::Usage {
        zh: format!(
            "{shown} 不是运行程序的人自己的、只有本人能进的目录（权限 {mode:03o}，应为 700）；受限表含个人信息，未写出。请另指一个新目录，或者先 chmod 700"
        ),
        en: format!(
            "{shown} is no folder of whoever runs this and for its owner alone (mode {mode:03o}, want 700); the restricted sheet holds personal information: nothing written. Name a new folder, or chmod 700"
        ),
    })
}

/// Puts files in place, made for their owner alone whatever the umask says.
///
/// # Errors
/// The folder is open to others, or a file cannot be written; then what stood there stands.
pub(super) fn put(folder: &Path, files: &[(PathBuf, Private<Vec<u8>>)]) -> Result<(), Failure> {
    make(folder)?;
    let mut asides = Vec::new();
    for (name, bytes) in files {
        let target = folder.join(name);
        let failed = |cause| Failure::Write { path: target.clone(), cause };
        asides.push(Aside::of(&target, bytes.look()).map_err(failed)?);
    }
    for aside in &mut asides {
        aside.put().map_err(|cause| Failure::Write { path: aside.target.clone(), cause })?;
    }
    let synced = File::open(folder).and_then(|opened| opened.sync_all());
    synced.map_err(|cause| Failure::Write { path: folder.to_path_buf(), cause })
}

fn make(folder: &Path) -> Result<(), Failure> {
    refuse_open(folder)?;
    if folder.is_dir() {
        return Ok(());
    }
    let made = DirBuilder::new().recursive(true).mode(FOLDER).create(folder);
    made.and_then(|()| fs::set_permissions(folder, Permissions::from_mode(FOLDER)))
        .map_err(|cause| Failure::Write { path: folder.to_path_buf(), cause })?;
    refuse_open(folder)
}

/// A file that is written and not in place yet.
struct Aside {
    path: PathBuf,
    target: PathBuf,
    is_placed: bool,
}

impl Aside {
    fn of(target: &Path, bytes: &[u8]) -> io::Result<Self> {
        match fs::symlink_metadata(target) {
            Ok(found) if !found.is_file() => return Err(io::ErrorKind::AlreadyExists.into()),
            Ok(_) | Err(_) => {}
        }
        // The same ending: what ignores the one ignores the other.
        let mut name = OsString::from("part-");
        name.push(target.file_name().unwrap_or_default());
        let path = target.with_file_name(name);
        // What an earlier run left that was killed.
        match fs::remove_file(&path) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause),
            Ok(()) | Err(_) => {}
        }
        let mut options = File::options();
        let mut file = options.write(true).create_new(true).mode(FILE).open(&path)?;
        let aside = Self { path, target: target.to_path_buf(), is_placed: false };
        file.set_permissions(Permissions::from_mode(FILE))?;
        file.write_all(bytes)?;
        file.sync_all()?;
        Ok(aside)
    }

    fn put(&mut self) -> io::Result<()> {
        fs::rename(&self.path, &self.target)?;
        self.is_placed = true;
        Ok(())
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        if !self.is_placed {
            // Emptied first: a folder that keeps the name keeps nothing else.
            let _ = File::options().write(true).truncate(true).open(&self.path);
            let _ = fs::remove_file(&self.path);
        }
    }
}
