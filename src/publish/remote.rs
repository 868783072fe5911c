//! The hand on remote storage: opens a store for a target on another machine.
//!
//! Credentials come from the caller, go to the server, and nowhere else: no type here that holds one can
//! be printed, and what servers and libraries say is told by its kind, not in their words.

mod ftp;
mod objects;
mod sftp;
mod transport;
mod tree;
mod webdav;

#[cfg(test)]
mod tests;

use std::path::Path;
use std::time::Duration;

use crate::diag::Failure;
use crate::publish::Store;
use crate::vocab::{Destination, Secret};

/// How long a server is waited for.
#[derive(Clone, Copy)]
struct Patience {
    /// For a connection.
    connect: Duration,
    /// For an answer, or for the next bytes of one.
    answer: Duration,
}

impl Patience {
    const USUAL: Self = Self { connect: Duration::from_secs(15), answer: Duration::from_secs(60) };

    /// The longest that an operation on so many bytes may take: a slow line carries 32 KiB in a second.
    fn whole(self, bytes: usize) -> Duration {
        self.answer + Duration::from_secs(bytes as u64 / (32 << 10))
    }
}

/// Opens the store of a target; `None` where the target is on this machine. `root` is the site root, which
/// paths of keys start from; `tell` reads a credential from where it is kept.
///
/// Nothing is sent before the first operation.
///
/// # Errors
/// A credential cannot be read, or the target's address is none.
pub(crate) fn open(
    place: &Destination,
    root: &Path,
    tell: &dyn Fn(&Secret) -> Result<String, Failure>,
) -> Result<Option<Box<dyn Store>>, Failure> {
    Ok(Some(match place {
        Destination::Folder(_) | Destination::Zip(_) | Destination::Git(_) => return Ok(None),
        Destination::Sftp(target) => {
            Box::new(tree::Tree::new(sftp::Sftp::new(target, root, Patience::USUAL)?))
        }
        Destination::Ftp(target) => {
            let password = tell(&target.password)?;
            Box::new(tree::Tree::new(ftp::Ftp::new(target, password, Patience::USUAL)?))
        }
        Destination::Webdav(target) => {
            let login = match &target.login {
                Some((user, password)) => Some((user.clone(), tell(password)?)),
                None => None,
            };
            let agent = transport::Line::new(Patience::USUAL);
            Box::new(tree::Tree::new(webdav::Webdav::new(target, login, agent)?))
        }
        Destination::Objects(target) => {
            let keys = objects::Keys {
                id: tell(&target.access_key)?,
                secret: tell(&target.secret_key)?,
                token: target.token.as_ref().map(tell).transpose()?,
            };
            Box::new(objects::Objects::new(target, &keys, transport::Line::new(Patience::USUAL))?)
        }
    }))
}

/// The runtime that a store's requests run on.
fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|cause| Failure::Internal(format!("no runtime: {cause}")))
}

/// A target that libraries refuse to make sense of.
fn unusable(what: &str) -> Failure {
    Failure::Usage {
        zh: format!("site.yml 的 targets 有误：{what} 不是可用的地址"),
        en: format!("targets of site.yml: {what} is not a usable address"),
    }
}
