//! Real servers that files are sent to: OpenSSH, ProFTPD, Apache with WebDAV. Each is started on
//! loopback with files of its own and ends with the test. A server that is not installed is skipped, and
//! the test says so; with `ALL_SERVERS` set it fails instead.

use std::fs;
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The name and the password that the FTP and WebDAV servers know.
pub(crate) const USER: &str = "cgj";
pub(crate) const PASSWORD: &str = "mima-hunter2";

/// A server of the test, ended with it.
pub(crate) struct Hosted {
    child: Child,
    /// Where it listens, on 127.0.0.1.
    pub(crate) port: u16,
    /// The folder that it serves, empty at first.
    pub(crate) files: PathBuf,
}

impl Drop for Hosted {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Hosted {
    pub(crate) fn start(command: &mut Command, port: u16, files: PathBuf, home: &Path) -> Self {
        let log = home.join("server.log");
        let said = fs::File::create(&log).expect("a log");
        let copy = said.try_clone().expect("a log");
        let child = command.stdin(Stdio::null()).stdout(said).stderr(copy).spawn();
        let server = Self { child: child.expect("the server starts"), port, files };
        let begin = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let log = || fs::read_to_string(&log).unwrap_or_default();
            assert!(begin.elapsed() < Duration::from_secs(20), "it does not listen: {}", log());
            std::thread::sleep(Duration::from_millis(50));
        }
        server
    }

    /// Ends it at once, as a machine that loses its power.
    pub(crate) fn stop(&mut self) {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return;
        }
        // Asked first: those with workers end them themselves.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        std::thread::sleep(Duration::from_millis(200));
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An SSH server for the present user, and what a client needs for it.
pub(crate) struct Ssh {
    pub(crate) server: Hosted,
    pub(crate) user: String,
    pub(crate) key_file: PathBuf,
    pub(crate) known_hosts: PathBuf,
}

/// OpenSSH's server with a host key of its own; `home` is an empty folder.
pub(crate) fn sshd(home: &Path) -> Option<Ssh> {
    let sshd = find(&["sshd"])?;
    let keygen = find(&["ssh-keygen"])?;
    let (port, files) = (free_port(), folder(home));
    for name in ["host", "id"] {
        let mut make = Command::new(&keygen);
        make.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(home.join(name));
        assert!(make.status().expect("ssh-keygen starts").success());
    }
    fs::copy(home.join("id.pub"), home.join("authorized_keys")).expect("copied");
    let host = fs::read_to_string(home.join("host.pub")).expect("a key");
    fs::write(home.join("known hosts"), format!("[127.0.0.1]:{port} {host}")).expect("written");
    let at = |name: &str| home.join(name).display().to_string();
    let conf = format!(
        "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nStrictModes no\n\
         UsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\n\
         PidFile none\nSubsystem sftp internal-sftp\nMaxStartups 100\n",
        at("host"),
        at("authorized_keys"),
    );
    fs::write(home.join("sshd_config"), conf).expect("written");
    if is_root() {
        // Without systemd nobody else makes it.
        fs::create_dir_all("/run/sshd").expect("made");
    }
    let mut command = Command::new(sshd);
    command.args(["-D", "-e", "-f"]).arg(home.join("sshd_config"));
    let server = Hosted::start(&mut command, port, files, home);
    let user = Command::new("id").arg("-un").output().expect("id starts");
    let user = String::from_utf8(user.stdout).expect("a name").trim().to_owned();
    Some(Ssh { server, user, key_file: home.join("id"), known_hosts: home.join("known hosts") })
}

/// How an FTP server is to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FtpKind {
    /// It speaks MLSD and no TLS.
    Plain,
    /// It knows no MLSD, as older ones.
    Old,
    /// It takes nothing but TLS; its root certificate is `ca.pem` in its home.
    Tls,
}

/// ProFTPD with one virtual user; `home` is an empty folder.
pub(crate) fn ftpd(home: &Path, kind: FtpKind) -> Option<Hosted> {
    let proftpd = find(&["proftpd"])?;
    let (port, files) = (free_port(), folder(home));
    let at = |name: &str| home.join(name).display().to_string();
    let (uid, gid) = owner();
    // Of `mima-hunter2`.
    let hash = "$6$gongshi$XLGQsSpLU/oszT6ycbOzLTj5SU5PjU0kJyExUguIKu3aCZblurxTM2eydCwOcZV3Z9ufvBGOPrakz.s.aSklP0";
    let entry = format!("{USER}:{hash}:{uid}:{gid}::{}:/bin/false\n", files.display());
    fs::write(home.join("passwd"), entry).expect("written");
    fs::set_permissions(home.join("passwd"), fs::Permissions::from_mode(0o600)).expect("set");
    let more = match kind {
        FtpKind::Plain => String::new(),
        FtpKind::Old => "<Limit MLSD MLST>\nDenyAll\n</Limit>\n".into(),
        FtpKind::Tls => {
            certificate(home)?;
            format!(
                "LoadModule mod_tls.c\nTLSEngine on\nTLSRequired on\nTLSLog {}\n\
                 TLSRSACertificateFile {}\nTLSRSACertificateKeyFile {}\nTLSOptions NoSessionReuseRequired\n",
                at("tls.log"),
                at("server.pem"),
                at("server.key"),
            )
        }
    };
    let me = Command::new("id").arg("-un").output().expect("id starts").stdout;
    let me = String::from_utf8(me).expect("a name").trim().to_owned();
    let conf = format!(
        "ModulePath /usr/lib/proftpd\nServerName test\nServerType standalone\nDefaultAddress 127.0.0.1\nPort {port}\n\
         UseIPv6 off\nUseReverseDNS off\nUser {me}\nRootLogin on\nAuthOrder mod_auth_file.c\nAuthUserFile {}\n\
         RequireValidShell off\nWtmpLog off\nTransferLog none\nPidFile {}\nScoreboardFile {}\nDelayEngine off\n\
         MaxInstances 100\nTimesGMT on\nDefaultServer on\n<Directory />\nAllowOverwrite on\n</Directory>\n{more}",
        at("passwd"),
        at("pid"),
        at("scoreboard"),
    );
    fs::write(home.join("proftpd.conf"), conf).expect("written");
    let mut command = Command::new(proftpd);
    command.arg("-n").arg("-c").arg(home.join("proftpd.conf"));
    Some(Hosted::start(&mut command, port, files, home))
}

/// A root of trust `ca.pem` and a certificate for 127.0.0.1 and localhost below it.
pub(crate) fn certificate(home: &Path) -> Option<()> {
    let openssl = find(&["openssl"])?;
    let run = |args: &[&str]| {
        let done = Command::new(&openssl).args(args).current_dir(home).output();
        let done = done.expect("openssl starts");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let names = "subjectAltName=IP:127.0.0.1,DNS:localhost\nbasicConstraints=CA:FALSE\n";
    fs::write(home.join("names"), names).expect("written");
    let key = ["-newkey", "rsa:2048", "-nodes", "-days", "2"];
    run(&[
        &["req", "-x509", "-subj", "/CN=test root", "-keyout", "ca.key", "-out", "ca.pem"][..],
        &key,
    ]
    .concat());
    run(&[
        "req",
        "-new",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=localhost",
        "-keyout",
        "server.key",
        "-out",
        "server.csr",
    ]);
    run(&[
        "x509",
        "-req",
        "-in",
        "server.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "2",
        "-extfile",
        "names",
        "-out",
        "server.pem",
    ]);
    fs::set_permissions(home.join("server.key"), fs::Permissions::from_mode(0o600)).expect("set");
    Some(())
}

/// Apache with WebDAV at `/dav/`, for one user; `home` is an empty folder.
pub(crate) fn davd(home: &Path) -> Option<Hosted> {
    let apache = find(&["apache2", "httpd"])?;
    let (port, files) = (free_port(), folder(home));
    // Of `mima-hunter2`.
    fs::write(home.join("passwd"), format!("{USER}:$apr1$gongshi$kTVUJ10ElPnZ.SrqRC0g10\n"))
        .expect("written");
    let locks = home.join("locks");
    fs::create_dir_all(&locks).expect("made");
    // The workers run as somebody else.
    for open in [home, &files, &locks] {
        fs::set_permissions(open, fs::Permissions::from_mode(0o777)).expect("opened");
    }
    let modules: String = [
        "mpm_event",
        "authz_core",
        "authz_user",
        "authn_core",
        "authn_file",
        "auth_basic",
        "alias",
        "mime",
        "dav",
        "dav_fs",
    ]
    .iter()
    .map(|m| (m, PathBuf::from(format!("/usr/lib/apache2/modules/mod_{m}.so"))))
    .filter(|(_, path)| path.is_file())
    .map(|(m, path)| format!("LoadModule {m}_module {}\n", path.display()))
    .collect();
    let files_at = files.display();
    let conf = format!(
        "{modules}Listen 127.0.0.1:{port}\nServerName 127.0.0.1\nPidFile {}\nErrorLog /dev/stderr\n\
         TypesConfig /etc/mime.types\nUser www-data\nGroup www-data\nDocumentRoot {files_at}\n\
         DavLockDB {}\nAlias /dav {files_at}\n<Directory {files_at}>\nDAV on\nAuthType Basic\n\
         AuthName test\nAuthUserFile {}\nRequire valid-user\n</Directory>\n",
        home.join("apache.pid").display(),
        locks.join("db").display(),
        home.join("passwd").display(),
    );
    fs::write(home.join("apache.conf"), conf).expect("written");
    let mut command = Command::new(apache);
    command.arg("-DFOREGROUND").arg("-f").arg(home.join("apache.conf"));
    Some(Hosted::start(&mut command, port, files, home))
}

fn folder(home: &Path) -> PathBuf {
    let files = home.join("files");
    fs::create_dir_all(&files).expect("made");
    files
}

fn owner() -> (u32, u32) {
    let me = fs::metadata("/proc/self").expect("metadata");
    (me.uid(), me.gid())
}

pub(crate) fn is_root() -> bool {
    owner().0 == 0
}

pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    listener.local_addr().expect("an address").port()
}

/// A program. With `ALL_SERVERS` set, one that is missing fails the test.
pub(crate) fn find(names: &[&str]) -> Option<PathBuf> {
    let folders = ["/usr/sbin", "/usr/bin", "/usr/local/bin"];
    let mut all = names.iter().flat_map(|n| folders.iter().map(move |f| Path::new(f).join(n)));
    let found = all.find(|path| path.is_file());
    if found.is_none() {
        let names = names.join(" or ");
        assert!(std::env::var_os("ALL_SERVERS").is_none(), "{names} is not installed");
        let said = format!("skipped: {names} is not installed\n");
        let _ = std::io::stderr().write_all(said.as_bytes());
    }
    found
}
