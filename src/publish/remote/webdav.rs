//! A server reached over WebDAV (RFC 4918), step by step.

use opendal::options::WriteOptions;
use opendal::services::Webdav as Service;
use opendal::{ErrorKind, Operator};
use tokio::runtime::Runtime;

use super::transport::{Line, is_forbidden, trouble};
use super::tree::{Entry, Folders};
use super::{runtime, unusable};
use crate::diag::Failure;
use crate::publish::media;
use crate::publish::store::Trouble;
use crate::publish::web::is_private;
use crate::vocab::WebdavTarget;

/// A folder of a server.
pub(super) struct Webdav {
    operator: Operator,
    runtime: Runtime,
    address: String,
}

impl Webdav {
    /// # Errors
    /// The target's address is none, or would carry a password in the open.
    pub(super) fn new(
        target: &WebdavTarget,
        login: Option<(String, String)>,
        line: Line,
    ) -> Result<Self, Failure> {
        let address = format!("{}/", target.endpoint.trim_end_matches('/'));
        if login.is_some() && !is_private(&address) {
            return Err(Failure::Usage {
                zh: format!("{address} 没有加密，口令会明文传送：请用 https://"),
                en: format!("{address} is not encrypted and would show the password: use https://"),
            });
        }
        // Files are written where a folder stands already.
        let service = Service::default().endpoint(address.trim_end_matches('/'));
        let mut service = service.disable_create_dir(true);
        if let Some((user, password)) = &login {
            service = service.username(user).password(password);
        }
        let operator = Operator::new(service).map_err(|_| unusable(&target.endpoint))?;
        Ok(Self { operator: line.carry(operator), runtime: runtime()?, address })
    }

    /// Does it, and says `None` where the server knows no such path.
    fn known<T>(
        &self,
        path: &str,
        work: impl Future<Output = opendal::Result<T>>,
    ) -> Result<Option<T>, Trouble> {
        match self.runtime.block_on(work) {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(trouble(&self.shown(path), &error)),
        }
    }
}

impl Folders for Webdav {
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Trouble> {
        Ok(self.known(path, self.operator.read(path))?.map(|bytes| bytes.to_vec()))
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Trouble> {
        let options = WriteOptions {
            content_type: Some(media::content_type(path).to_owned()),
            ..WriteOptions::default()
        };
        let work = self.operator.write_options(path, bytes.to_vec(), options);
        let written = self.runtime.block_on(work);
        written.map(|_| ()).map_err(|error| trouble(&self.shown(path), &error))
    }

    fn rename(&self, from: &str, to: &str) -> Result<bool, Trouble> {
        let moved = self.runtime.block_on(self.operator.rename(from, to));
        match moved {
            Ok(()) => Ok(true),
            // 409: a folder on the way was removed meanwhile. Apache says 403 where another request is just making
            // it; whoever has no permission at all has not come this far.
            Err(error)
                if matches!(error.kind(), ErrorKind::Conflict | ErrorKind::NotFound)
                    || is_forbidden(&error) =>
            {
                Ok(false)
            }
            Err(error) => Err(trouble(&self.shown(to), &error)),
        }
    }

    fn remove(&self, path: &str) -> Result<(), Trouble> {
        self.known(path, self.operator.delete(path)).map(|_| ())
    }

    fn make_folder(&self, path: &str) -> Result<(), Trouble> {
        let folder = format!("{path}/");
        match self.runtime.block_on(self.operator.create_dir(&folder)) {
            Ok(()) => Ok(()),
            // Apache says 403 where another request was faster.
            Err(error) if is_forbidden(&error) => {
                let stands = self.runtime.block_on(self.operator.stat(&folder));
                stands.map(|_| ()).map_err(|_| trouble(&self.shown(path), &error))
            }
            Err(error) => Err(trouble(&self.shown(path), &error)),
        }
    }

    fn remove_folder(&self, path: &str) -> Result<bool, Trouble> {
        // The protocol removes a folder with all that is in it.
        if !self.entries(path)?.is_empty() {
            return Ok(false);
        }
        let removed = self.known(path, self.operator.delete(&format!("{path}/")))?;
        Ok(removed.is_some())
    }

    fn entries(&self, path: &str) -> Result<Vec<Entry>, Trouble> {
        let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
        let listed = self.known(path, self.operator.list(&folder))?.unwrap_or_default();
        let below = listed.into_iter().filter_map(|entry| {
            let name = entry.path().trim_start_matches('/').strip_prefix(&folder)?;
            match name.strip_suffix('/') {
                Some(name) if !name.is_empty() => Some(Entry::Folder(name.to_owned())),
                None if !name.is_empty() => Some(Entry::File(name.to_owned())),
                _ => None,
            }
        });
        Ok(below.collect())
    }

    fn shown(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}
