//! Where a built site stands: in a folder, or at an address. It is read here, never written.

use std::path::{Path, PathBuf};

use crate::diag::Failure;

use super::web::Web;

/// A built site, or a copy of one.
pub(crate) enum Place {
    /// In a folder.
    Folder(PathBuf),
    /// At an address.
    Address(Box<Web>),
}

impl Place {
    /// What `text` names: an address where it begins like one, else a folder.
    ///
    /// # Errors
    /// An address that cannot be one.
    pub(crate) fn named(text: &str) -> Result<Self, Failure> {
        if text.starts_with("http://") || text.starts_with("https://") {
            return Ok(Self::Address(Box::new(Web::at(text)?)));
        }
        Ok(Self::Folder(Path::new(text).to_path_buf()))
    }

    /// The file of this name; `None` where the place says that there is none.
    ///
    /// # Errors
    /// It cannot be read, or the place answers neither with it nor that there is none.
    pub(crate) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Failure> {
        match self {
            Self::Folder(dir) => {
                let path = dir.join(name);
                match std::fs::read(&path) {
                    Ok(bytes) => Ok(Some(bytes)),
                    Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
                    Err(cause) => Err(Failure::Read { path, cause }),
                }
            }
            Self::Address(web) => {
                let answer = web.get(name)?;
                match answer.status {
                    404 | 410 => Ok(None),
                    // Some hosts answer with a page of theirs for what is not there.
                    200 if is_page(&answer.body) && !name.ends_with(".html") => Ok(None),
                    200 => Ok(Some(answer.body)),
                    status => Err(Failure::State {
                        zh: format!("{} 的答复是 {status}，不是文件", web.address(name)),
                        en: format!("{} answers {status}, not with the file", web.address(name)),
                    }),
                }
            }
        }
    }

    /// How the file of this name is shown to people.
    pub(crate) fn shown(&self, name: &str) -> String {
        match self {
            Self::Folder(dir) => dir.join(name).display().to_string(),
            Self::Address(web) => web.address(name),
        }
    }
}

/// Whether these bytes are a page for people: no file that programs read begins like one.
pub(super) fn is_page(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}
