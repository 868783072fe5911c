//! Remote storage against real servers on loopback: what every store must do, each one does.

#[expect(clippy::disallowed_methods, reason = "a store that stalls is one that sleeps")]
#[path = "../../../tests/site/bucket.rs"]
#[expect(dead_code, reason = "the tests of the verbs use the rest")]
mod bucket;
#[expect(clippy::disallowed_methods, reason = "a server is waited for")]
#[path = "../../../tests/site/storage.rs"]
mod storage;

mod cut;
mod objects;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use storage::{FtpKind, PASSWORD, USER};

use super::tree::Tree;
use super::{Patience, ftp, sftp, transport, webdav};
use crate::publish::store::{ASIDE, Store, Trouble};
use crate::vocab::{FtpTarget, FtpTls, Secret, SftpTarget, WebdavTarget};

const SHORT: Patience =
    Patience { connect: Duration::from_secs(5), answer: Duration::from_secs(10) };

/// Sends every name to one address.
#[derive(Debug)]
pub(super) struct Everywhere(pub(super) std::net::SocketAddr);

impl ureq::unversioned::resolver::Resolver for Everywhere {
    fn resolve(
        &self,
        _: &ureq::http::Uri,
        _: &ureq::config::Config,
        _: ureq::unversioned::transport::NextTimeout,
    ) -> Result<ureq::unversioned::resolver::ResolvedSocketAddrs, ureq::Error> {
        let mut found = self.empty();
        found.push(self.0);
        Ok(found)
    }
}

/// What every store must do.
fn exercise(store: &dyn Store) {
    assert_eq!(store.read("index.html").expect("an answer"), None);
    assert!(store.list().expect("a list").is_empty());
    store.delete("a/b/none.html").expect("none there is fine");
    let names = [
        "index.html",
        "shihou/chufa/2024/ab12cd34/index.html",
        "xiazai/公示 一览 (2024)+%.csv",
        "x.txt",
    ];
    for name in names {
        store.write(name, name.as_bytes()).expect("written");
        assert_eq!(store.read(name).expect("read").as_deref(), Some(name.as_bytes()), "{name}");
    }
    store.write("x.txt", b"").expect("a file of no bytes");
    assert_eq!(store.read("x.txt").expect("read").as_deref(), Some(&b""[..]));
    let large: Vec<u8> = (0..3_000_000_u32).map(|n| (n % 251) as u8).collect();
    store.write("index.html", &large).expect("overwritten");
    assert!(store.read("index.html").expect("read").as_deref() == Some(&large[..]));
    let mut sorted = names.to_vec();
    sorted.sort_unstable();
    assert_eq!(store.list().expect("a list"), sorted);
    for name in names {
        store.delete(name).expect("deleted");
        assert_eq!(store.read(name).expect("an answer"), None);
        store.delete(name).expect("none there is fine");
    }
    assert!(store.list().expect("a list").is_empty());
    // Cleaning up what broke off must not break what follows.
    store.delete(&format!("{ASIDE}left")).expect("none there is fine");
    store.write("x.txt", b"x").expect("written");
    store.delete("x.txt").expect("deleted");
}

/// 1,000 files by eight threads, then half of them away again.
fn crowd(store: &dyn Store) {
    let name = |n: usize| format!("shihou/chufa/{}/{n:04}/index.html", 2020 + n % 4);
    each(1000, |n| store.write(&name(n), format!("第{n}件").as_bytes()).expect("written"));
    let mut all: Vec<String> = (0..1000).map(name).collect();
    all.sort_unstable();
    assert_eq!(store.list().expect("a list"), all);
    each(500, |n| store.delete(&name(n)).expect("deleted"));
    each(1000, |n| {
        let text = (n >= 500).then(|| format!("第{n}件").into_bytes());
        assert_eq!(store.read(&name(n)).expect("read"), text);
    });
}

fn each(most: usize, act: impl Fn(usize) + Sync) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= most {
                        break;
                    }
                    act(n);
                }
            });
        }
    });
}

/// Every operation fails, and says why without a secret.
#[track_caller]
fn fails(store: &dyn Store, again: bool, word: &str) {
    let all: [Trouble; 4] = [
        store.read("a.html").expect_err("refused"),
        store.write("a.html", b"hunter-body").expect_err("refused"),
        store.delete("a.html").expect_err("refused"),
        store.list().expect_err("refused"),
    ];
    for trouble in all {
        let said = format!("{} {}", trouble.zh, trouble.en);
        assert_eq!(trouble.again, again, "{said}");
        assert!(said.contains(word), "{said}");
        assert!(!said.contains("hunter"), "{said}");
    }
}

fn secret() -> Secret {
    Secret::Env("NONE".into())
}

fn over_sftp(ssh: &storage::Ssh, change: impl FnOnce(&mut SftpTarget)) -> Tree<sftp::Sftp> {
    let mut target = SftpTarget {
        host: "127.0.0.1".into(),
        port: ssh.server.port,
        user: ssh.user.clone(),
        key_file: Some(ssh.key_file.clone()),
        known_hosts: Some(ssh.known_hosts.clone()),
        path: ssh.server.files.display().to_string(),
    };
    change(&mut target);
    Tree::new(sftp::Sftp::new(&target, Path::new("/nowhere"), SHORT).expect("opened"))
}

#[test]
fn sftp_does_what_a_store_must() {
    let home = tempfile::tempdir().expect("a folder");
    let Some(mut ssh) = storage::sshd(home.path()) else { return };
    let store = over_sftp(&ssh, |_| {});
    exercise(&store);
    crowd(&store);
    assert!(!ssh.server.files.join("shihou/chufa/2020/0000").exists(), "an empty folder stays");
    let aside = ssh.server.files.join(ASIDE);
    assert_eq!(std::fs::read_dir(aside).expect("a folder").count(), 0, "something stays aside");
    assert_eq!(store.shown("a.html").matches("127.0.0.1").count(), 1);
    ssh.server.stop();
    // The children that hold connections end with the store's `ssh`.
    fails(&over_sftp(&ssh, |_| {}), true, "连接中断");
}

#[test]
fn sftp_says_why_it_is_refused() {
    let home = tempfile::tempdir().expect("a folder");
    let Some(ssh) = storage::sshd(home.path()) else { return };
    let other = home.path().join("other");
    std::fs::create_dir(&other).expect("made");
    let Some(stranger) = storage::sshd(&other) else { return };
    fails(
        &over_sftp(&ssh, |target| target.key_file = Some(stranger.key_file.clone())),
        false,
        "密钥",
    );
    let unknown = over_sftp(&ssh, |target| target.known_hosts = Some(stranger.known_hosts.clone()));
    fails(&unknown, false, "known_hosts");
    let missing = over_sftp(&ssh, |target| target.path = "/proc/none".into());
    let trouble = missing.write("a.html", b"x").expect_err("refused");
    assert!(!trouble.zh.is_empty() && missing.read("a.html").expect("an answer").is_none());
}

fn over_ftp(port: u16, password: &str, tls: FtpTls, path: &str) -> Tree<ftp::Ftp> {
    let target = FtpTarget {
        host: "127.0.0.1".into(),
        port,
        tls,
        user: USER.into(),
        password: secret(),
        path: path.into(),
    };
    Tree::new(ftp::Ftp::new(&target, password.into(), SHORT).expect("opened"))
}

#[test]
fn ftp_does_what_a_store_must() {
    for kind in [FtpKind::Plain, FtpKind::Old] {
        let home = tempfile::tempdir().expect("a folder");
        let Some(mut server) = storage::ftpd(home.path(), kind) else { return };
        let path = server.files.display().to_string();
        let store = over_ftp(server.port, PASSWORD, FtpTls::None, &path);
        exercise(&store);
        crowd(&store);
        assert!(!server.files.join("shihou/chufa/2020/0000").exists(), "an empty folder stays");
        fails(&over_ftp(server.port, "hunter1", FtpTls::None, &path), false, "530");
        // It does not speak TLS, so nothing is sent.
        let trouble = over_ftp(server.port, PASSWORD, FtpTls::Required, &path).read("a.html");
        assert!(!trouble.expect_err("refused").again);
        server.stop();
        fails(&over_ftp(server.port, PASSWORD, FtpTls::None, &path), true, "连接中断");
    }
}

#[test]
fn ftps_does_what_a_store_must() {
    let home = tempfile::tempdir().expect("a folder");
    let Some(server) = storage::ftpd(home.path(), FtpKind::Tls) else { return };
    let path = server.files.display().to_string();
    // A root that this machine does not trust is not trusted.
    let store = over_ftp(server.port, PASSWORD, FtpTls::Required, &path);
    fails(&store, false, "证书");
    // Without TLS such a server takes no password.
    let open = over_ftp(server.port, PASSWORD, FtpTls::None, &path).read("a.html");
    let open = open.expect_err("refused");
    assert!(!open.again, "{}", open.en);
    // What a machine trusts is read from its environment, so this is done by a program of its own.
    let done = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args([
            "--exact",
            "publish::remote::tests::ftps_with_a_trusted_root",
            "--ignored",
            "--nocapture",
        ])
        .env("SSL_CERT_FILE", home.path().join("ca.pem"))
        .env("FTPS_PORT", server.port.to_string())
        .env("FTPS_PATH", &path)
        .output()
        .expect("started");
    let said = String::from_utf8_lossy(&done.stdout);
    let why = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && said.contains("1 passed"), "{said}{why}");
}

#[test]
#[ignore = "the test before this one runs it, with a root of trust in its environment"]
#[expect(clippy::disallowed_methods, reason = "the test that starts it tells it so")]
fn ftps_with_a_trusted_root() {
    let told = |name: &str| std::env::var(name).expect("told");
    let port = told("FTPS_PORT").parse().expect("a port");
    let store = over_ftp(port, PASSWORD, FtpTls::Required, &told("FTPS_PATH"));
    exercise(&store);
    crowd(&store);
}

fn over_webdav(port: u16, password: &str) -> Tree<webdav::Webdav> {
    let target = WebdavTarget {
        endpoint: format!("http://127.0.0.1:{port}/dav"),
        login: Some((USER.into(), secret())),
    };
    let login = Some((USER.to_owned(), password.to_owned()));
    Tree::new(webdav::Webdav::new(&target, login, transport::Line::new(SHORT)).expect("opened"))
}

#[test]
fn webdav_does_what_a_store_must() {
    let home = tempfile::tempdir().expect("a folder");
    let Some(mut server) = storage::davd(home.path()) else { return };
    let store = over_webdav(server.port, PASSWORD);
    exercise(&store);
    crowd(&store);
    assert!(!server.files.join("shihou/chufa/2020/0000").exists(), "an empty folder stays");
    fails(&over_webdav(server.port, "hunter1"), false, "401");
    server.stop();
    fails(&over_webdav(server.port, PASSWORD), true, "连接中断");
}
