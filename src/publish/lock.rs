//! One builder at a time: a lock that the operating system takes back when its holder dies.

use std::fs::File;
use std::path::Path;

use rustix::fs::{FlockOperation, flock};

use crate::diag::Failure;

/// Held while a run may change ledger or site; given back when dropped, and by any death.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "the open file is the lock")] File);

impl Lock {
    /// Takes the lock of the ledger in `dir`.
    ///
    /// # Errors
    /// Another run holds it, or the folder cannot be written.
    pub(crate) fn take(dir: &Path) -> Result<Self, Failure> {
        let write = |cause| Failure::Write { path: dir.to_path_buf(), cause };
        std::fs::create_dir_all(dir).map_err(write)?;
        let path = dir.join(".lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|cause| Failure::Write { path: path.clone(), cause })?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Self(file)),
            Err(rustix::io::Errno::WOULDBLOCK) => Err(Failure::State {
                zh: format!("另一个 gongshi 正在使用台账 {}，请等它结束后再试", dir.display()),
                en: format!(
                    "another gongshi is using the ledger {}; try again when it is done",
                    dir.display()
                ),
            }),
            Err(cause) => Err(Failure::Write { path, cause: cause.into() }),
        }
    }
}

/// What stands in the way of a shared lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Locked {
    /// Another run holds it.
    Held,
    /// Its file cannot be opened for writing: no run can take it.
    Unusable,
}

impl Lock {
    /// Keeps others from changing the ledger in `dir` while it is read, where a run has ever locked it.
    /// Writes nothing.
    ///
    /// # Errors
    /// Why it cannot be had.
    pub(crate) fn share(dir: &Path) -> Result<Option<Self>, Locked> {
        let file = match File::options().write(true).open(dir.join(".lock")) {
            Ok(file) => file,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(_) => return Err(Locked::Unusable),
        };
        match flock(&file, FlockOperation::NonBlockingLockShared) {
            Ok(()) => Ok(Some(Self(file))),
            Err(rustix::io::Errno::WOULDBLOCK) => Err(Locked::Held),
            Err(_) => Err(Locked::Unusable),
        }
    }

    /// The same for a run that must not read while another changes the ledger; where the lock cannot be opened, no
    /// run can change it either.
    ///
    /// # Errors
    /// Another run holds it.
    pub(crate) fn of_reader(dir: &Path) -> Result<Option<Self>, Failure> {
        match Self::share(dir) {
            Ok(lock) => Ok(lock),
            Err(Locked::Unusable) => Ok(None),
            Err(Locked::Held) => Err(Failure::State {
                zh: "另一个 gongshi 正在使用台账，请等它结束后再导出".into(),
                en: "another gongshi is using the ledger; try again when it is done".into(),
            }),
        }
    }
}
