//! Lines that break: a relay that lets so many bytes through and then cuts, and stores that go on after it.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::{FtpTls, PASSWORD, Store, exercise, over_ftp, over_sftp, over_webdav, storage};

/// Stands before a server.
struct Relay {
    port: u16,
    /// Bytes that it lets through yet.
    left: Arc<AtomicI64>,
}

impl Relay {
    fn before(server: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let left = Arc::new(AtomicI64::new(i64::MAX / 2));
        let shared = left.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let server = TcpStream::connect(("127.0.0.1", server)).expect("the server");
                for (from, to) in [(&client, &server), (&server, &client)] {
                    let (from, to) =
                        (from.try_clone().expect("a hand"), to.try_clone().expect("a hand"));
                    let left = shared.clone();
                    std::thread::spawn(move || carry(from, to, &left));
                }
            }
        });
        Self { port, left }
    }

    fn lets_through(&self, bytes: i64) {
        self.left.store(bytes, Ordering::SeqCst);
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, left: &AtomicI64) {
    let mut bytes = [0; 4096];
    while let Ok(read @ 1..) = from.read(&mut bytes) {
        let rest = left.fetch_sub(read as i64, Ordering::SeqCst);
        if rest < read as i64 || to.write_all(&bytes[..read]).is_err() {
            break;
        }
    }
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}

/// Cut at many points of an overwriting, the old bytes stand or the new ones, and the next try succeeds.
fn survives(store: &dyn Store, relay: &Relay, direct: &dyn Store) {
    let (old, new) = (vec![b'o'; 200_000], vec![b'n'; 200_000]);
    store.write("a/index.html", &old).expect("written");
    let mut broken = 0;
    for bytes in [0, 300, 1_500, 5_000, 60_000, 150_000, 230_000] {
        relay.lets_through(bytes);
        if let Err(trouble) = store.write("a/index.html", &new) {
            broken += 1;
            assert!(trouble.again, "{}", trouble.en);
            let stands = direct.read("a/index.html").expect("read").expect("a file");
            assert!(stands == old || stands == new, "half a file stands at {bytes}");
        }
        relay.lets_through(i64::MAX / 2);
        store.write("a/index.html", &new).expect("the next try");
        store.write("a/index.html", &old).expect("and back");
    }
    assert!(broken >= 2, "the line was cut {broken} times only");
    store.delete("a/index.html").expect("deleted");
    for name in direct.list().expect("a list") {
        direct.delete(&name).expect("deleted");
    }
    exercise(store);
}

#[test]
fn sftp_survives_cuts() {
    let home = tempfile::tempdir().expect("a folder");
    let Some(ssh) = storage::sshd(home.path()) else { return };
    let relay = Relay::before(ssh.server.port);
    let known = std::fs::read_to_string(&ssh.known_hosts).expect("read");
    let moved = known.replace(&ssh.server.port.to_string(), &relay.port.to_string());
    std::fs::write(home.path().join("moved"), moved).expect("written");
    let store = over_sftp(&ssh, |target| {
        target.port = relay.port;
        target.known_hosts = Some(home.path().join("moved"));
    });
    survives(&store, &relay, &over_sftp(&ssh, |_| {}));
}

#[test]
fn ftp_survives_cuts() {
    let home = tempfile::tempdir().expect("a folder");
    let Some(server) = storage::ftpd(home.path(), storage::FtpKind::Plain) else { return };
    let relay = Relay::before(server.port);
    let path = server.files.display().to_string();
    let store = over_ftp(relay.port, PASSWORD, FtpTls::None, &path);
    // Data go past the relay: what is cut is the line of orders.
    let direct = over_ftp(server.port, PASSWORD, FtpTls::None, &path);
    survives(&store, &relay, &direct);
}

#[test]
fn webdav_survives_cuts() {
    let home = tempfile::tempdir().expect("a folder");
    let Some(server) = storage::davd(home.path()) else { return };
    let relay = Relay::before(server.port);
    survives(&over_webdav(relay.port, PASSWORD), &relay, &over_webdav(server.port, PASSWORD));
}
