//! The whole way with real servers: a drop is built, published, looked at, revoked, published again and seen gone;
//! with a server that dies midway, a store that is full, and a key that is no longer good.

use std::collections::BTreeMap;

use crate::bucket::{BUCKET, Bucket, KEY_ID, KEY_SECRET, Maker, Mood};
use crate::storage::{self, FtpKind, PASSWORD, USER};
use crate::support::{Ran, Row, Site, csv, revoke, tree};

/// A bureau that publishes to one place, with secrets in its environment.
struct Bureau {
    site: Site,
    secrets: Vec<(&'static str, &'static str)>,
}

impl Bureau {
    fn new(target: &str, secrets: &[(&'static str, &'static str)]) -> Self {
        let site = Site::new();
        let facts = site.read("site.yml");
        site.write("site.yml", format!("{facts}targets:\n  - {target}\n"));
        let rows: Vec<Row> = (1..=3).map(Row::sound).collect();
        site.write("drops/2024-05-20/处罚.csv", csv(&rows));
        site.build().ends(0);
        Self { site, secrets: secrets.to_vec() }
    }

    fn run(&self, args: &[&str]) -> Ran {
        let mut command = self.site.command(args);
        command.args(["--as-of", crate::support::TODAY]).envs(self.secrets.iter().copied());
        command.env("HOME", self.site.root());
        let ran = Ran(command.output().expect("the program starts"));
        for secret in [PASSWORD, KEY_SECRET, "hunter1"] {
            assert!(!ran.said().contains(secret), "a secret is in:\n{}", ran.said());
        }
        ran
    }

    /// Publishes, looks, revokes, publishes, looks; `holds` tells what the place holds.
    fn journey(&self, holds: impl Fn() -> BTreeMap<String, Vec<u8>>) {
        self.run(&["publish", "--yes"]).ends(0).says("已发布到 t");
        assert_eq!(holds(), self.site.site(), "byte for byte");
        self.run(&["verify"]).ends(0).says("一致");
        self.run(&["publish", "--yes"]).ends(0).says("未传任何文件");
        let mut revoke = revoke("示清城管罚决字〔2024〕第1号");
        revoke.push("--yes");
        self.site.run(&revoke).ends(0);
        self.run(&["verify"]).ends(5).says("已撤下的内容仍可看到");
        self.run(&["publish", "--yes"]).ends(0);
        assert_eq!(holds(), self.site.site());
        self.run(&["verify"]).ends(0).says("一致");
        let told =
            holds().into_iter().find(|(_, b)| String::from_utf8_lossy(b).contains("青标001"));
        assert!(told.is_none(), "{:?}", told.map(|(name, _)| name));
    }
}

#[test]
fn over_ssh_the_public_sees_what_was_built_and_no_more() {
    let home = tempfile::tempdir().expect("a folder");
    let Some(ssh) = storage::sshd(home.path()) else { return };
    let (port, user, files) = (ssh.server.port, &ssh.user, ssh.server.files.display());
    let (key, known) = (ssh.key_file.display(), ssh.known_hosts.display());
    let bureau = Bureau::new(
        &format!(
            "{{name: t, kind: sftp, host: 127.0.0.1, port: {port}, user: {user}, key_file: '{key}', known_hosts: '{known}', path: '{files}'}}"
        ),
        &[],
    );
    bureau.journey(|| tree(&ssh.server.files));
    // A file of somebody else in the same folder is told, and never touched.
    std::fs::write(ssh.server.files.join("theirs.txt"), "not ours").expect("written");
    bureau.run(&["verify"]).ends(1).says("多出的文件").says("theirs.txt");
    bureau.run(&["publish", "--yes"]).ends(0);
    assert!(ssh.server.files.join("theirs.txt").exists());
}

#[test]
fn over_ftp_the_public_sees_what_was_built_and_no_more() {
    let home = tempfile::tempdir().expect("a folder");
    let Some(ftp) = storage::ftpd(home.path(), FtpKind::Plain) else { return };
    let (port, files) = (ftp.port, ftp.files.display());
    let target = format!(
        "{{name: t, kind: ftp, host: 127.0.0.1, port: {port}, tls: none, user: {USER}, password: {{env: FTP_PASSWORD}}, path: '{files}'}}"
    );
    let bureau = Bureau::new(&target, &[("FTP_PASSWORD", PASSWORD)]);
    bureau.journey(|| tree(&ftp.files));
    let stranger = Bureau::new(&target, &[("FTP_PASSWORD", "hunter1")]);
    stranger.run(&["publish", "--yes"]).ends(1).says("530");
    let nobody = Bureau::new(&target, &[]);
    nobody.run(&["publish", "--yes"]).ends(2).says("FTP_PASSWORD");
}

#[test]
fn over_webdav_the_public_sees_what_was_built_and_no_more() {
    let home = tempfile::tempdir().expect("a folder");
    let Some(dav) = storage::davd(home.path()) else { return };
    let bureau = Bureau::new(
        &format!(
            "{{name: t, kind: webdav, endpoint: 'http://127.0.0.1:{}/dav/', user: {USER}, password: {{env: DAV}}}}",
            dav.port
        ),
        &[("DAV", PASSWORD)],
    );
    bureau.journey(|| tree(&dav.files));
}

fn bucket_bureau(bucket: &Bucket) -> Bureau {
    Bureau::new(
        &format!(
            "{{name: t, kind: s3, endpoint: 'http://{}', bucket: {BUCKET}, prefix: gongshi, access_key: {{env: ID}}, secret_key: {{env: SECRET}}}}",
            bucket.place
        ),
        &[("ID", KEY_ID), ("SECRET", KEY_SECRET)],
    )
}

#[test]
fn in_a_bucket_the_public_sees_what_was_built_and_no_more() {
    let bucket = Bucket::open(Maker::S3);
    let bureau = bucket_bureau(&bucket);
    bureau.journey(|| bucket.below("gongshi/"));
    // Somebody puts old pages back: it is told, and the next run takes them away.
    let page = bureau.site.site().into_keys().find(|name| crate::support::is_case_page(name));
    bucket.put(&format!("gongshi/{}", page.expect("a page")), b"somebody else's");
    bureau.run(&["verify"]).ends(1).says("文件内容不同");
    bureau.run(&["publish", "--yes"]).ends(0);
    assert_eq!(bucket.below("gongshi/"), bureau.site.site());
    bureau.run(&["verify"]).ends(0);
    assert!(bucket.wrong().is_empty(), "{:?}", bucket.wrong());
}

#[test]
fn a_place_that_dies_is_full_or_takes_no_key_is_gone_on_with() {
    for mood in [
        Mood::BreaksOff,
        Mood::Says(507, "InsufficientStorage"),
        Mood::Says(403, "ExpiredToken"),
        Mood::Says(503, "SlowDown"),
    ] {
        let bucket = Bucket::open(Maker::S3);
        let bureau = bucket_bureau(&bucket);
        bucket.set_after(40, mood);
        bureau.run(&["publish", "--yes"]).ends(1);
        let half = bucket.below("gongshi/");
        assert!(!half.contains_key("manifest.json"), "{mood:?}: the manifest comes last");
        bucket.set(Mood::Well);
        bureau.run(&["publish", "--yes"]).ends(0);
        let mut holds = bucket.below("gongshi/");
        holds.remove("gongshi-publishing.json");
        assert_eq!(holds, bureau.site.site(), "{mood:?}");
        bureau.run(&["verify"]).ends(0);
    }
}

#[test]
fn two_at_once_do_not_write_into_each_other() {
    let bucket = Bucket::open(Maker::S3);
    let (one, two) = (bucket_bureau(&bucket), bucket_bureau(&bucket));
    let ended = std::thread::scope(|scope| {
        [&one, &two]
            .map(|b| scope.spawn(|| b.run(&["publish", "--yes"])))
            .map(|t| t.join().expect("run"))
    });
    let codes = ended.each_ref().map(Ran::code);
    assert!(codes.contains(&0), "{codes:?}: {}", ended[0].said());
    if let Some(refused) = ended.iter().find(|ran| ran.code() != 0) {
        assert!(refused.said().contains("另一个 gongshi 正在向这里发布"), "{}", refused.said());
    }
    assert_eq!(bucket.below("gongshi/"), one.site.site(), "both have the same site");
}
