//! What `targets:` is read as, and what is said of a wrong one. Reaches nothing.

use super::*;
use crate::law::Shelf;
use crate::vocab::Bureau;

/// What `site.yml` with these targets is read as, or what is said of it.
fn read(targets: &str) -> Result<Vec<Target>, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("name: 示例市清源区城市管理局\ntargets:\n{targets}");
    std::fs::write(folder.path().join("site.yml"), text).expect("written");
    let bureau: Result<Option<Bureau>, _> = Shelf::at(folder.path()).config("site.yml");
    bureau
        .map(|bureau| bureau.expect("a bureau").targets)
        .map_err(|failure| failure.sentence(crate::diag::Lang::En))
}

#[track_caller]
fn refused(targets: &str, word: &str) {
    let said = read(targets).expect_err("refused");
    assert!(said.contains(word), "{said}");
    assert!(!said.contains("hunter2"), "it repeats a credential: {said}");
}

#[test]
fn every_kind_is_read() {
    let targets = read(
        "- {name: 本机, kind: folder, path: /srv/www/gongshi, keep: 5, guard: {cases: 20, percent: 10}}\n\
         - {name: cms, kind: zip, path: out/gongshi.zip}\n\
         - {name: pages, kind: git, repository: git@git.example.gov.cn:cgj/pages.git, branch: pages}\n\
         - {name: portal, kind: sftp, host: www.example.gov.cn, user: cgj, key_file: keys/id, known_hosts: keys/known, path: /srv/www, url: https://www.example.gov.cn/cgj}\n\
         - {name: old, kind: ftp, host: ftp.example.gov.cn, user: cgj, password: {env: FTP_PASSWORD}, path: /}\n\
         - {name: dav, kind: webdav, endpoint: https://dav.example.gov.cn/cgj/, user: cgj, password: {file: keys/dav}}\n\
         - {name: s3, kind: s3, endpoint: https://s3.example.gov.cn, bucket: cgj, prefix: /gongshi, access_key: {env: ID}, secret_key: {env: KEY}, token: {env: TOKEN}}\n\
         - {name: oss, kind: oss, endpoint: https://oss-cn-beijing.aliyuncs.com, bucket: cgj, access_key: {env: ID}, secret_key: {env: KEY}}\n\
         - {name: cos, kind: cos, endpoint: https://cos.ap-beijing.myqcloud.com, bucket: cgj-1, access_key: {env: ID}, secret_key: {env: KEY}}\n\
         - {name: obs, kind: obs, endpoint: https://obs.cn-north-4.myhuaweicloud.com, bucket: cgj, access_key: {env: ID}, secret_key: {env: KEY}, connections: 4}\n",
    )
    .expect("read");
    let kinds: Vec<_> = targets.iter().map(|target| target.place.kind()).collect();
    assert_eq!(kinds, ["folder", "zip", "git", "sftp", "ftp", "webdav", "s3", "oss", "cos", "obs"]);
    assert_eq!(targets[3].url.as_deref(), Some("https://www.example.gov.cn/cgj/"));
    assert!(matches!(&targets[3].place, Destination::Sftp(sftp) if sftp.port == 22));
    let Destination::Ftp(ftp) = &targets[4].place else { panic!("an FTP target") };
    assert_eq!((ftp.tls, ftp.port), (FtpTls::Required, 21));
    assert_eq!(ftp.password, Secret::Env("FTP_PASSWORD".into()));
    assert!(matches!(&targets[6].place, Destination::Objects(s3) if s3.prefix == "gongshi/"));
    assert_eq!((targets[0].guard.cases, targets[0].guard.percent), (Some(20), Some(10)));
    assert_eq!(targets[9].connections, Some(4));
}

#[test]
fn no_targets_are_none() {
    assert!(read("").expect("read").is_empty());
}

#[test]
fn what_is_missing_or_strange_is_named() {
    refused("- {name: a, kind: sftp, user: u, path: /}\n", "field host is missing");
    refused("- {name: a, kind: zip, path: a.zip, bucket: b}\n", "this kind has no field bucket");
    refused("- {name: a, kind: zip, pfad: a.zip}\n", "pfad");
    refused("- {name: a, kind: tape, path: a}\n", "tape");
    refused("- {name: a, kind: zip, path: ' '}\n", "field path is empty");
    refused("- {name: a b, kind: zip, path: a}\n", "letters, digits");
    refused("- {name: a, kind: zip, path: a, guard: {percent: 200}}\n", "1 to 100");
    refused("- {name: a, kind: zip, path: a, connections: 0}\n", "1 to 32");
    refused("- {name: a, kind: zip, path: a}\n- {name: a, kind: zip, path: b}\n", "stands twice");
    refused("- {name: a, kind: sftp, host: '-oProxyCommand=x', user: u, path: /}\n", "host");
    refused(
        "- {name: a, kind: ftp, host: h, user: u, path: /, tls: maybe, password: {env: P}}\n",
        "maybe",
    );
}

#[test]
fn a_credential_in_the_file_is_refused_and_not_repeated() {
    let ftp = "- {name: a, kind: ftp, host: h, user: u, path: /, password: ";
    for written in ["hunter2", "'hunter2'", "[hunter2]", "{env: A, file: B}", "{hunter2: hunter2}"]
    {
        refused(&format!("{ftp}{written}}}\n"), "");
    }
    refused(&format!("{ftp}hunter2}}\n"), "credentials do not stand in site.yml");
    let said = read(&format!("{ftp}4711}}\n")).expect_err("refused");
    assert!(!said.contains("4711"), "{said}");
    refused(
        "- {name: a, kind: webdav, endpoint: 'https://u:hunter2@h/'}\n",
        "without name or password",
    );
    refused(
        "- {name: a, kind: git, branch: b, repository: 'https://u:hunter2@h/r'}\n",
        "no password",
    );
}
