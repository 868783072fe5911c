//! A server reached over SSH: the file transfer protocol spoken through the machine's own `ssh`, so that
//! its settings, agents, jump hosts and known keys hold here too. It asks for no password and trusts no
//! key that it does not know.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::StreamExt as _;
use openssh_sftp_client::error::SftpErrorKind;
use openssh_sftp_client::{Error, Sftp as Session, SftpOptions};
use tokio::io::AsyncReadExt as _;
use tokio::process::{Child, Command};
use tokio::runtime::Runtime;

use super::tree::{Entry, Folders};
use super::{Patience, runtime};
use crate::diag::Failure;
use crate::publish::store::Trouble;
use crate::vocab::SftpTarget;

/// Most bytes of what `ssh` says that are looked at.
const MOST: u64 = 16 << 10;

/// A server and the connection to it, which all threads share.
pub(super) struct Sftp {
    target: SftpTarget,
    key_file: Option<PathBuf>,
    known_hosts: Option<PathBuf>,
    patience: Patience,
    line: Mutex<Option<Arc<Line>>>,
    runtime: Runtime,
}

/// A connection: dropped, it ends its `ssh`.
struct Line {
    session: Session,
    _ssh: Child,
}

/// Why a step was not done.
enum Broken {
    /// The server answered, and said no.
    Refused(SftpErrorKind),
    /// There is no connection any more.
    Cut(Trouble),
}

impl Sftp {
    /// # Errors
    /// The machine gives no threads.
    pub(super) fn new(
        target: &SftpTarget,
        root: &Path,
        patience: Patience,
    ) -> Result<Self, Failure> {
        let below = |file: &Option<PathBuf>| file.as_ref().map(|file| root.join(file));
        Ok(Self {
            key_file: below(&target.key_file),
            known_hosts: below(&target.known_hosts),
            target: target.clone(),
            patience,
            line: Mutex::default(),
            runtime: runtime()?,
        })
    }

    /// The path on the server.
    fn at(&self, path: &str) -> PathBuf {
        Path::new(&self.target.path).join(path)
    }

    fn ssh(&self) -> Command {
        let mut ssh = Command::new("ssh");
        let wait = self.patience.connect.as_secs().max(1);
        ssh.args(["-T", "-oBatchMode=yes", "-oStrictHostKeyChecking=yes", "-oLogLevel=ERROR"]);
        ssh.args(["-oForwardAgent=no", "-oForwardX11=no", "-oClearAllForwardings=yes"]);
        ssh.args([
            "-oPermitLocalCommand=no",
            "-oServerAliveInterval=10",
            "-oServerAliveCountMax=3",
        ]);
        ssh.arg(format!("-oConnectTimeout={wait}"));
        if let Some(key) = &self.key_file {
            ssh.arg("-oIdentitiesOnly=yes").arg("-i").arg(key);
        }
        if let Some(known) = &self.known_hosts {
            ssh.arg(format!("-oUserKnownHostsFile=\"{}\"", known.display()));
            ssh.arg("-oGlobalKnownHostsFile=none");
        }
        ssh.arg("-p").arg(self.target.port.to_string()).arg("-l").arg(&self.target.user);
        ssh.args(["-s", "--", &self.target.host, "sftp"]);
        ssh.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        ssh
    }

    /// The connection, made where there is none. Others wait meanwhile.
    fn line(&self) -> Result<Arc<Line>, Trouble> {
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(line) = &*line {
            return Ok(line.clone());
        }
        let new = Arc::new(self.runtime.block_on(self.connect())?);
        *line = Some(new.clone());
        Ok(new)
    }

    async fn connect(&self) -> Result<Line, Trouble> {
        let shown = self.shown("");
        let mut ssh = self.ssh().spawn().map_err(|_| {
            Trouble::lasting(
                "本机没有 ssh 程序（OpenSSH 客户端），SFTP 目标需要它",
                "this machine has no ssh program (OpenSSH client), which SFTP targets need",
            )
        })?;
        let (Some(input), Some(output), Some(said)) =
            (ssh.stdin.take(), ssh.stdout.take(), ssh.stderr.take())
        else {
            return Err(cut(&shown));
        };
        let greeting = Session::new(input, output, SftpOptions::default());
        match tokio::time::timeout(self.patience.whole(0), greeting).await {
            Ok(Ok(session)) => {
                // Whatever it says from now on is read, so that it never waits for a reader.
                tokio::spawn(drained(said));
                Ok(Line { session, _ssh: ssh })
            }
            Ok(Err(_)) => {
                let mut text = Vec::new();
                let all = said.take(MOST).read_to_end(&mut text).await;
                let text = all.map(|_| String::from_utf8_lossy(&text).into_owned());
                Err(told(&shown, &text.unwrap_or_default()))
            }
            Err(_) => Err(cut(&shown)),
        }
    }

    /// Does something on the connection, within the time that so many bytes may take.
    fn on_line<T, F>(&self, bytes: usize, act: impl FnOnce(Arc<Line>) -> F) -> Result<T, Broken>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let line = self.line().map_err(Broken::Cut)?;
        let work = act(line.clone());
        let limit = self.patience.whole(bytes);
        let done = self.runtime.block_on(async { tokio::time::timeout(limit, work).await });
        let refused = match done {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(Error::SftpError(kind, _))) => Some(kind),
            Ok(Err(_)) | Err(_) => None,
        };
        if let Some(kind) = refused.filter(|kind| !is_of_the_line(*kind)) {
            return Err(Broken::Refused(kind));
        }
        let mut kept = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, &line)) {
            *kept = None;
        }
        Err(Broken::Cut(cut(&self.shown(""))))
    }

    fn trouble(&self, path: &str, broken: Broken) -> Trouble {
        let shown = self.shown(path);
        let kind = match broken {
            Broken::Cut(trouble) => return trouble,
            Broken::Refused(kind) => kind,
        };
        match kind {
            SftpErrorKind::PermDenied => Trouble::lasting(
                format!("{shown}：服务器不允许，请核对目录权限"),
                format!("{shown}: the server does not allow it; look at its permissions"),
            ),
            SftpErrorKind::NoSuchFile => Trouble::lasting(
                format!("{shown}：服务器上没有这个目录"),
                format!("{shown}: the server has no such folder"),
            ),
            // A full disk has no word of its own in this protocol.
            _ => Trouble::passing(
                format!("{shown}：服务器没有做成，可能空间不足"),
                format!("{shown}: the server failed; it may have no room left"),
            ),
        }
    }
}

/// Kinds that tell of the connection rather than of a file.
fn is_of_the_line(kind: SftpErrorKind) -> bool {
    matches!(kind, SftpErrorKind::BadMessage)
}

async fn drained(mut said: tokio::process::ChildStderr) {
    let mut rest = [0; 1024];
    while said.read(&mut rest).await.is_ok_and(|read| read > 0) {}
}

fn cut(shown: &str) -> Trouble {
    Trouble::passing(
        format!("{shown}：连接中断或者超时"),
        format!("{shown}: the connection broke or timed out"),
    )
}

/// What `ssh` said at its end, in our own words.
fn told(shown: &str, said: &str) -> Trouble {
    let has = |words: &str| said.contains(words);
    if has("Host key verification failed") || has("REMOTE HOST IDENTIFICATION HAS CHANGED") {
        Trouble::lasting(
            format!(
                "{shown}：服务器的主机密钥不在 known_hosts 中，或者与其中的不符；核实后再写入，不要跳过"
            ),
            format!(
                "{shown}: the server's host key is not in known_hosts, or differs from it; verify it before you add it"
            ),
        )
    } else if has("Permission denied") || has("Too many authentication failures") {
        Trouble::lasting(
            format!("{shown}：服务器不接受这个用户的密钥"),
            format!("{shown}: the server does not accept this user's key"),
        )
    } else if has("UNPROTECTED PRIVATE KEY FILE") || has("Load key") || has("not accessible") {
        Trouble::lasting(
            format!("{shown}：私钥文件不能使用，请核对路径、格式和权限（600）"),
            format!(
                "{shown}: the private key cannot be used; look at its path, form and permissions (600)"
            ),
        )
    } else if has("subsystem request failed") {
        Trouble::lasting(
            format!("{shown}：服务器没有开放 SFTP"),
            format!("{shown}: the server offers no SFTP"),
        )
    } else if has("Could not resolve hostname") {
        Trouble::passing(
            format!("{shown}：解析不到这个主机名"),
            format!("{shown}: the host name cannot be resolved"),
        )
    } else {
        cut(shown)
    }
}

/// `None` where the server says that there is no such file.
fn present<T>(done: Result<T, Broken>) -> Result<Option<T>, Broken> {
    match done {
        Ok(value) => Ok(Some(value)),
        Err(Broken::Refused(SftpErrorKind::NoSuchFile)) => Ok(None),
        Err(broken) => Err(broken),
    }
}

impl Folders for Sftp {
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let place = self.at(path);
        // How long the file is, is not known before; no file of a site is longer than this.
        let most = 256 << 20;
        let done = self.on_line(most, |line| async move {
            line.session.fs().read(place).await.map(|bytes| bytes.to_vec())
        });
        present(done).map_err(|broken| self.trouble(path, broken))
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Trouble> {
        let place = self.at(path);
        self.on_line(bytes.len(), |line| async move {
            let mut file = line.session.create(place).await?;
            file.write_all(bytes).await?;
            file.close().await
        })
        .map_err(|broken| self.trouble(path, broken))
    }

    fn rename(&self, from: &str, to: &str) -> Result<bool, Trouble> {
        let (from, place) = (self.at(from), self.at(to));
        let done = self.on_line(0, |line| async move {
            let mut fs = line.session.fs();
            if !line.session.support_posix_rename() {
                // The protocol's own renaming replaces nothing.
                let _ = fs.remove_file(&place).await;
            }
            fs.rename(&from, &place).await
        });
        present(done).map(|done| done.is_some()).map_err(|broken| self.trouble(to, broken))
    }

    fn remove(&self, path: &str) -> Result<(), Trouble> {
        let place = self.at(path);
        let done =
            self.on_line(0, |line| async move { line.session.fs().remove_file(place).await });
        present(done).map(|_| ()).map_err(|broken| self.trouble(path, broken))
    }

    fn make_folder(&self, path: &str) -> Result<(), Trouble> {
        let place = self.at(path);
        let done = self.on_line(0, |line| async move {
            match line.session.fs().create_dir(&place).await {
                // One word for all: it may be there already.
                Err(Error::SftpError(SftpErrorKind::Failure, _)) => {
                    line.session.fs().metadata(&place).await.map(|_| ())
                }
                done => done,
            }
        });
        done.map_err(|broken| self.trouble(path, broken))
    }

    fn remove_folder(&self, path: &str) -> Result<bool, Trouble> {
        let place = self.at(path);
        let done = self.on_line(0, |line| async move { line.session.fs().remove_dir(place).await });
        match done {
            Ok(()) => Ok(true),
            Err(Broken::Refused(_)) => Ok(false),
            Err(broken) => Err(self.trouble(path, broken)),
        }
    }

    fn entries(&self, path: &str) -> Result<Vec<Entry>, Trouble> {
        let place = self.at(path);
        let done =
            self.on_line(1 << 20, |line| async move { read_dir(&line.session, &place).await });
        present(done).map(Option::unwrap_or_default).map_err(|broken| self.trouble(path, broken))
    }

    fn shown(&self, path: &str) -> String {
        let (host, port) = (&self.target.host, self.target.port);
        let port = if port == 22 { String::new() } else { format!(":{port}") };
        format!(
            "sftp://{host}{port}/{}",
            self.at(path).display().to_string().trim_start_matches('/')
        )
    }
}

async fn read_dir(session: &Session, place: &Path) -> Result<Vec<Entry>, Error> {
    let dir = session.fs().open_dir(place).await?;
    let mut listed = Box::pin(dir.read_dir());
    let mut found = Vec::new();
    while let Some(entry) = listed.next().await {
        let entry = entry?;
        let name = entry.filename().to_string_lossy().into_owned();
        match name.as_str() {
            "." | ".." => {}
            _ if entry.file_type().is_some_and(|kind| kind.is_dir()) => {
                found.push(Entry::Folder(name));
            }
            _ => found.push(Entry::File(name)),
        }
    }
    Ok(found)
}
