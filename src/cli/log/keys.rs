//! Keys of the public log: made, read. A secret key is written once and never printed.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use crate::diag::{Exit, Failure};
use crate::ledger::{LogKey, PublicKey};

use super::super::terminal::Terminal;

/// Makes a key and writes it to a new file that only its owner reads.
///
/// # Errors
/// The file exists, or cannot be written.
pub(super) fn generate(file: &Path, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut seed = [0_u8; 32];
    getrandom::fill(&mut seed)
        .map_err(|_| Failure::Internal("the system gives no random bytes".into()))?;
    let key = LogKey::of(seed);
    let fail = |cause: std::io::Error| Failure::Write { path: file.to_path_buf(), cause };
    let mut out = match std::fs::File::options().write(true).create_new(true).mode(0o600).open(file)
    {
        Ok(out) => out,
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            return Err(Failure::Usage {
                zh: format!("{} 已存在，不覆盖", file.display()),
                en: format!("{} exists and is not overwritten", file.display()),
            });
        }
        Err(cause) => return Err(fail(cause)),
    };
    out.write_all(key.secret_text().as_bytes()).and_then(|()| out.sync_all()).map_err(fail)?;
    super::say(
        terminal,
        &format!(
            "密钥已写入 {}。请离线另存一份，不要放进网站或代码仓库；在 site.yml 写 log: {{key_file: 路径}}，下次 build 即签名\n",
            file.display()
        ),
        &format!(
            "the key is in {}. Keep a copy offline, and keep it out of site and repository; name it in site.yml as log: {{key_file: PATH}}, and the next build signs\n",
            file.display()
        ),
    )?;
    Ok(Exit::Done)
}

/// Reads a secret key.
///
/// # Errors
/// The file cannot be read, or is no key. Nothing of it is told.
pub(in super::super) fn read_key(file: &Path) -> Result<LogKey, Failure> {
    LogKey::parse(&text(file)?).ok_or_else(|| no_key(&file.display().to_string(), "log keygen"))
}

/// Reads a public key.
///
/// # Errors
/// The file cannot be read, or is no key.
pub(super) fn read_public(file: &Path) -> Result<PublicKey, Failure> {
    PublicKey::parse(&text(file)?).ok_or_else(|| no_key(&file.display().to_string(), "log-key.txt"))
}

/// That `file` is no key; `like` names one that has the form.
pub(super) fn no_key(file: &str, like: &str) -> Failure {
    Failure::Usage {
        zh: format!("{file} 不是公示日志的密钥（应是 {like} 的格式）"),
        en: format!("{file} is no key of a public log (the form of {like})"),
    }
}

/// A file as text; bytes that are none make it something that does not parse.
pub(super) fn text(file: &Path) -> Result<String, Failure> {
    let bytes =
        std::fs::read(file).map_err(|cause| Failure::Read { path: file.to_path_buf(), cause })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
