//! A server reached over FTP, with TLS unless the target says otherwise. Passive connections only; a
//! password never goes out before the connection is encrypted where that is required.

mod listing;

use std::io::{Cursor, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream, ToSocketAddrs as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustls::crypto::ring;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use suppaftp::types::FileType;
use suppaftp::{
    DataStream, FtpError, FtpResult, Mode, RustlsConnector, RustlsFtpStream, Status, TlsStream,
};

use super::tree::{Entry, Folders};
use super::{Patience, unusable};
use crate::diag::Failure;
use crate::publish::store::Trouble;
use crate::vocab::{FtpTarget, FtpTls};

/// How long a connection may have rested and still be used without a question.
const FRESH: Duration = Duration::from_secs(5);

/// A server and its open connections.
pub(super) struct Ftp {
    target: FtpTarget,
    password: String,
    tls: Option<Arc<ClientConfig>>,
    patience: Patience,
    rested: Mutex<Vec<(RustlsFtpStream, Instant)>>,
}

impl Ftp {
    /// # Errors
    /// The machine's TLS cannot be set up.
    pub(super) fn new(
        target: &FtpTarget,
        password: String,
        patience: Patience,
    ) -> Result<Self, Failure> {
        if target.user.contains(['\r', '\n']) || password.contains(['\r', '\n']) {
            return Err(unusable(&target.host));
        }
        let tls = match target.tls {
            FtpTls::Required => Some(trusting()?),
            FtpTls::None => None,
        };
        let target = target.clone();
        Ok(Self { target, password, tls, patience, rested: Mutex::default() })
    }

    /// The path on the server.
    fn at(&self, path: &str) -> String {
        let root = self.target.path.trim_end_matches('/');
        match path {
            "" if root.is_empty() => "/".into(),
            "" => root.into(),
            path => format!("{root}/{path}"),
        }
    }

    /// A connection that is logged in.
    fn connect(&self) -> FtpResult<RustlsFtpStream> {
        let places = (self.target.host.as_str(), self.target.port).to_socket_addrs();
        let mut tried = Err(FtpError::ConnectionError(std::io::ErrorKind::NotFound.into()));
        for place in places.map_err(FtpError::ConnectionError)? {
            tried = self.dial(place);
            if !matches!(tried, Err(FtpError::ConnectionError(_))) {
                break;
            }
        }
        let mut line = tried?;
        if let Some(tls) = &self.tls {
            line = line.into_secure(RustlsConnector::from(tls.clone()), &self.target.host)?;
        }
        line.login(self.target.user.as_str(), self.password.as_str())?;
        line.transfer_type(FileType::Binary)?;
        // Names are UTF-8; a server that knows no other way does not know this word either.
        let _ = line.opts("UTF8", Some("ON"));
        Ok(line)
    }

    fn dial(&self, place: SocketAddr) -> FtpResult<RustlsFtpStream> {
        let patience = self.patience;
        let stream = bounded(place, patience)?;
        let line = RustlsFtpStream::connect_with_stream(stream)?;
        let mut line = line.passive_stream_builder(move |place| bounded(place, patience));
        // Data goes to the machine that was asked, whatever address it names.
        line.set_passive_nat_workaround(true);
        line.set_mode(if place.is_ipv6() { Mode::ExtendedPassive } else { Mode::Passive });
        Ok(line)
    }

    /// Does something on a connection, a rested one where one is.
    fn on_line<T>(
        &self,
        mut act: impl FnMut(&mut RustlsFtpStream) -> FtpResult<T>,
    ) -> FtpResult<T> {
        let mut line = loop {
            let rested = self.rested.lock().unwrap_or_else(PoisonError::into_inner).pop();
            match rested {
                None => break self.connect().map_err(barred)?,
                Some((line, since)) if since.elapsed() < FRESH => break line,
                Some((mut line, _)) => {
                    if line.noop().is_ok() {
                        break line;
                    }
                }
            }
        };
        let done = act(&mut line);
        let sound = match &done {
            Ok(_) => true,
            // After a refusal the connection is as good as before.
            Err(FtpError::UnexpectedResponse(said)) => {
                matches!(said.status, Status::FileUnavailable | Status::BadFilename)
            }
            Err(_) => false,
        };
        if sound {
            let mut rested = self.rested.lock().unwrap_or_else(PoisonError::into_inner);
            rested.push((line, Instant::now()));
        }
        done
    }

    fn trouble(&self, path: &str, cause: &FtpError) -> Trouble {
        let shown = self.shown(path);
        match cause {
            // Certificates are looked at with the first bytes that go over the line.
            FtpError::ConnectionError(cause)
                if self.tls.is_some() && cause.kind() == std::io::ErrorKind::InvalidData =>
            {
                untrusted(&shown)
            }
            FtpError::ConnectionError(cause) => {
                let kind = cause.kind();
                Trouble::passing(
                    format!("{shown}：连接中断或者超时（{kind}）"),
                    format!("{shown}: the connection broke or timed out ({kind})"),
                )
            }
            FtpError::SecureError(_) => untrusted(&shown),
            FtpError::UnexpectedResponse(said) => self.refusal(&shown, said.status.code()),
            FtpError::BadResponse
            | FtpError::InvalidAddress(_)
            | FtpError::DataConnectionAlreadyOpen => Trouble::passing(
                format!("{shown}：服务器的回答不合 FTP 协议"),
                format!("{shown}: what the server answers is not FTP"),
            ),
        }
    }

    /// What a reply code means (RFC 959 4.2). The words beside it are the server's own and are not told.
    fn refusal(&self, shown: &str, code: u32) -> Trouble {
        match code {
            530 | 532 => Trouble::lasting(
                format!("{shown}：登录不被接受（530）：请核对用户名和口令，以及服务器要不要加密"),
                format!(
                    "{shown}: login is not accepted (530): look at name and password, and whether the server wants TLS"
                ),
            ),
            452 | 552 => Trouble::passing(
                format!("{shown}：服务器空间不足（{code}）"),
                format!("{shown}: the server has no room left ({code})"),
            ),
            550 | 553 => Trouble::lasting(
                format!("{shown}：服务器不允许（{code}），请核对目录和权限"),
                format!(
                    "{shown}: the server does not allow it ({code}); look at folder and permissions"
                ),
            ),
            500..=599 => Trouble::lasting(
                format!("{shown}：服务器拒绝（{code}）"),
                format!("{shown}: the server refuses ({code})"),
            ),
            _ => Trouble::passing(
                format!("{shown}：服务器暂时不能处理（{code}）"),
                format!("{shown}: the server cannot do it now ({code})"),
            ),
        }
    }
}

fn untrusted(shown: &str) -> Trouble {
    Trouble::lasting(
        format!("{shown}：不能建立加密连接，请核对服务器证书（本机信任的根证书、主机名、有效期）"),
        format!(
            "{shown}: no encrypted connection; look at the server's certificate (trusted root, host name, term)"
        ),
    )
}

/// A connection whose every wait ends.
fn bounded(place: SocketAddr, patience: Patience) -> FtpResult<TcpStream> {
    let open = || {
        let stream = TcpStream::connect_timeout(&place, patience.connect)?;
        stream.set_read_timeout(Some(patience.answer))?;
        stream.set_write_timeout(Some(patience.answer))?;
        Ok(stream)
    };
    open().map_err(FtpError::ConnectionError)
}

/// Trust in the certificates of this machine's store.
fn trusting() -> Result<Arc<ClientConfig>, Failure> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|cause| Failure::Internal(format!("no TLS: {cause}")))
        .map(|config| Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}

/// Whether the server says that there is no such thing, or not there.
fn is_absent(cause: &FtpError) -> bool {
    matches!(cause, FtpError::UnexpectedResponse(said)
        if matches!(said.status, Status::FileUnavailable | Status::BadFilename))
}

/// Ends an encrypted stream of data in order. A connection that is closed while something that the server
/// sent (its session tickets) lies unread is reset, and the server then loses the end of a file.
fn ended<T>(data: &mut DataStream<T>) -> std::io::Result<()>
where
    T: TlsStream<InnerStream = StreamOwned<ClientConnection, TcpStream>>,
{
    let DataStream::Ssl(line) = data else { return Ok(()) };
    let line = line.mut_ref();
    line.conn.send_close_notify();
    line.flush()?;
    line.sock.shutdown(Shutdown::Write)?;
    let mut rest = [0; 1024];
    while line.sock.read(&mut rest).is_ok_and(|read| read > 0) {}
    Ok(())
}

/// A refusal before any file was asked for is never one of a file, whatever number it bears.
fn barred(cause: FtpError) -> FtpError {
    match cause {
        FtpError::UnexpectedResponse(mut said) if said.status.code() >= 500 => {
            said.status = Status::NotLoggedIn;
            FtpError::UnexpectedResponse(said)
        }
        cause => cause,
    }
}

/// What did not come whole.
fn short() -> FtpError {
    FtpError::ConnectionError(std::io::ErrorKind::UnexpectedEof.into())
}

/// `false` where the server says that it cannot be done there.
fn done(result: FtpResult<()>) -> FtpResult<bool> {
    match result {
        Ok(()) => Ok(true),
        Err(cause) if is_absent(&cause) => Ok(false),
        Err(cause) => Err(cause),
    }
}

impl Folders for Ftp {
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let place = self.at(path);
        let fetched = self.on_line(|line| {
            // Asked first: ProFTPD closes the next data connection too early after a file that is not there,
            // and a cut line looks like a short file.
            let size = match line.size(&place) {
                Ok(size) => Some(size),
                Err(cause) if is_absent(&cause) => return Err(cause),
                Err(FtpError::UnexpectedResponse(_)) => None,
                Err(cause) => return Err(cause),
            };
            let bytes = line.retr(&place, |data| {
                let mut bytes = Vec::new();
                data.read_to_end(&mut bytes).map_err(FtpError::ConnectionError)?;
                Ok(bytes)
            })?;
            match size.is_none_or(|size| size == bytes.len()) {
                true => Ok(bytes),
                false => Err(short()),
            }
        });
        match fetched {
            Ok(bytes) => Ok(Some(bytes)),
            Err(cause) if is_absent(&cause) => Ok(None),
            Err(cause) => Err(self.trouble(path, &cause)),
        }
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Trouble> {
        let place = self.at(path);
        let stored = self.on_line(|line| {
            let mut data = line.put_with_stream(&place)?;
            std::io::copy(&mut Cursor::new(bytes), &mut data)
                .and_then(|_| data.flush())
                .and_then(|()| ended(&mut data))
                .map_err(FtpError::ConnectionError)?;
            line.finalize_put_stream(data)?;
            // The end of a file is the end of its connection, so a cut line looks like a short file.
            match line.size(&place) {
                Ok(size) => Ok(size == bytes.len()),
                Err(FtpError::UnexpectedResponse(_)) => Ok(true),
                Err(cause) => Err(cause),
            }
        });
        match stored {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.trouble(path, &short())),
            Err(cause) => Err(self.trouble(path, &cause)),
        }
    }

    fn rename(&self, from: &str, to: &str) -> Result<bool, Trouble> {
        let (from, place) = (self.at(from), self.at(to));
        self.on_line(|line| {
            if done(line.rename(&from, &place))? {
                return Ok(true);
            }
            // Some servers rename onto no file.
            if line.size(&place).is_err_and(|cause| is_absent(&cause)) {
                return Ok(false);
            }
            done(line.rm(&place))?;
            done(line.rename(&from, &place))
        })
        .map_err(|cause| self.trouble(to, &cause))
    }

    fn remove(&self, path: &str) -> Result<(), Trouble> {
        let place = self.at(path);
        let removed = self.on_line(|line| done(line.rm(&place)));
        if removed.map_err(|cause| self.trouble(path, &cause))? {
            return Ok(());
        }
        // One code says both that there is no file and that it may not be removed: what stands there tells.
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let stands = |entry: &Entry| matches!(entry, Entry::File(file) if file == name);
        match self.entries(folder)?.iter().any(stands) {
            true => Err(self.refusal(&self.shown(path), 550)),
            false => Ok(()),
        }
    }

    fn make_folder(&self, path: &str) -> Result<(), Trouble> {
        let place = self.at(path);
        // Refused, it is there already, or what follows will fail and tell.
        self.on_line(|line| done(line.mkdir(&place)).map(|_| ()))
            .map_err(|cause| self.trouble(path, &cause))
    }

    fn remove_folder(&self, path: &str) -> Result<bool, Trouble> {
        let place = self.at(path);
        self.on_line(|line| done(line.rmdir(&place))).map_err(|cause| self.trouble(path, &cause))
    }

    fn entries(&self, path: &str) -> Result<Vec<Entry>, Trouble> {
        let place = self.at(path);
        let told = self.on_line(|line| {
            if !done(line.cwd(&place))? {
                return Ok(Vec::new());
            }
            match line.mlsd(None) {
                Ok(lines) => {
                    Ok(lines.iter().filter_map(|line| listing::by_machine(line)).collect())
                }
                Err(FtpError::UnexpectedResponse(_)) => {
                    let lines = line.list(Some("-a"))?;
                    Ok(lines.iter().filter_map(|line| listing::by_hand(line)).collect())
                }
                Err(cause) => Err(cause),
            }
        });
        told.map_err(|cause| self.trouble(path, &cause))
    }

    fn shown(&self, path: &str) -> String {
        let scheme = if self.tls.is_some() { "ftps" } else { "ftp" };
        let (host, port) = (&self.target.host, self.target.port);
        let port = if port == 21 { String::new() } else { format!(":{port}") };
        format!("{scheme}://{host}{port}/{}", self.at(path).trim_start_matches('/'))
    }
}
