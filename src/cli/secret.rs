//! Credentials, read from where `site.yml` says they are kept: the environment or a file. They go on to the server
//! that asks for them and nowhere else.

use crate::diag::Failure;
use crate::vocab::Secret;

use super::root::Root;

/// A variable of the environment.
#[expect(clippy::disallowed_methods, reason = "one of the places of cli that read the environment")]
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// A credential from where it is kept, without the line break at its end. Failures say where, and nothing of it.
///
/// # Errors
/// It is not there.
pub(super) fn credential(root: &Root, secret: &Secret) -> Result<String, Failure> {
    let text = match secret {
        Secret::Env(name) => variable(name).ok_or_else(|| Failure::Usage {
            zh: format!("没有设置环境变量 {name}，site.yml 写明凭据在其中"),
            en: format!("the environment has no {name}, where site.yml says a credential is kept"),
        })?,
        Secret::File(path) => {
            let path = root.dir.join(path);
            let bytes = std::fs::read(&path).map_err(|cause| Failure::Read { path, cause })?;
            String::from_utf8_lossy(&bytes).into_owned()
        }
    };
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
