//! What stands in for remote storage in a program that was built without it: it says so.

use std::path::Path;

use crate::diag::Failure;
use crate::publish::Store;
use crate::vocab::{Destination, Secret};

/// `None` where the target is on this machine.
///
/// # Errors
/// It is not.
pub(crate) fn open(
    place: &Destination,
    _root: &Path,
    _tell: &dyn Fn(&Secret) -> Result<String, Failure>,
) -> Result<Option<Box<dyn Store>>, Failure> {
    match place {
        Destination::Folder(_) | Destination::Zip(_) | Destination::Git(_) => Ok(None),
        Destination::Sftp(_)
        | Destination::Ftp(_)
        | Destination::Webdav(_)
        | Destination::Objects(_) => {
            let kind = place.kind();
            Err(Failure::Usage {
                zh: format!("这个程序编译时没有带上远程目标（remote），不能发布到 {kind}"),
                en: format!(
                    "this program was built without the feature remote and cannot publish to {kind}"
                ),
            })
        }
    }
}
