//! Faults of the machine: a disk that is full or read-only, calls that fail, a log that is damaged. What
//! stands stays whole, the exit code tells the truth, and the next run ends what was begun.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Row, Site, csv, has_strace, skipped};

type Tree = BTreeMap<String, Vec<u8>>;

fn rows(n: usize) -> String {
    csv(&(1..=n).map(Row::sound).collect::<Vec<_>>())
}

/// Site and ledger before and after the second drop.
fn goals() -> ((Tree, Tree), (Tree, Tree)) {
    let goal = Site::new();
    goal.write("drops/a/a.csv", rows(3)).build().ends(0);
    let old = (goal.site(), goal.ledger());
    goal.write("drops/b/b.csv", rows(6)).build().ends(0);
    (old, (goal.site(), goal.ledger()))
}

/// The state before the second drop, with that drop there.
fn before(site: &Site) {
    site.write("drops/a/a.csv", rows(3)).build().ends(0);
    site.write("drops/b/b.csv", rows(6));
}

fn ran(program: &str, args: &[&str]) -> bool {
    Command::new(program).args(args).output().is_ok_and(|ran| ran.status.success())
}

/// A small file system in memory, where this process may mount one.
struct Mount(PathBuf);

impl Mount {
    fn at(dir: &Path, options: &str) -> Option<Self> {
        let shown = dir.to_str().expect("a path");
        let mounted = ran("mount", &["-t", "tmpfs", "-o", options, "tmpfs", shown]);
        mounted.then(|| Self(dir.to_path_buf()))
    }

    fn again(&self, options: &str) {
        let options = format!("remount,{options}");
        assert!(ran("mount", &["-o", &options, self.0.to_str().expect("a path")]), "{options}");
    }

    /// Bytes in use, in kilobytes, and files.
    fn used(&self) -> (u64, u64) {
        let of = |fields: &str| -> u64 {
            let args = ["-k", fields, self.0.to_str().expect("a path")];
            let said = Command::new("df").args(args).output().expect("df runs").stdout;
            let said = String::from_utf8_lossy(&said).into_owned();
            said.lines().last().and_then(|l| l.trim().parse().ok()).expect("a number")
        };
        (of("--output=used"), of("--output=iused"))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

#[test]
fn a_disk_that_gets_full_anywhere_leaves_the_old_state_or_the_new_one() {
    let dir = tempfile::tempdir().expect("a folder");
    let Some(mount) = Mount::at(dir.path(), "size=64m") else {
        return skipped("nothing may be mounted");
    };
    let (old, new) = goals();
    let (mut failed, mut done) = (0, 0);
    let limits = (0..9).map(|n| (n * 160, None)).chain((0..9).map(|n| (8192, Some(n * 48))));
    for (room, files) in limits {
        let site = Site::inside(dir.path());
        before(&site);
        let (used, inodes) = mount.used();
        let inodes = files.map_or(String::new(), |more| format!(",nr_inodes={}", inodes + more));
        mount.again(&format!("size={}k{inodes}", used + room));
        let code = site.build().code();
        assert!(code == 0 || code == 1, "room for {room} kB, {files:?} files: {code}");
        let found = site.site();
        assert!(found == old.0 || found == new.0, "room for {room} kB: a mixture stands");
        assert!(code != 0 || (found == new.0 && site.ledger() == new.1), "0 only when it is done");
        (failed, done) = (failed + code, done + i32::from(code == 0));
        mount.again("size=64m,nr_inodes=100000");
        site.build().ends(0);
        assert!(site.site() == new.0 && site.ledger() == new.1, "the next build repairs");
        site.run(&["doctor", "--no-launch"]).ends(0);
    }
    assert!(failed > 0 && done > 0, "{failed} failed, {done} done: the test shows nothing");
}

#[test]
fn a_read_only_disk_changes_nothing_and_is_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let Some(mount) = Mount::at(dir.path(), "size=64m") else {
        return skipped("nothing may be mounted");
    };
    let (old, new) = goals();
    let site = Site::inside(dir.path());
    before(&site);
    mount.again("ro");
    site.build().ends(1).says("无法写入").says("ledger");
    let take = ["takedown", "示清城管罚决字〔2024〕第1号", "--reason", "revoked", "--document"];
    let by = ["行政复议决定书 示府复〔2024〕3号", "--decided-on", "2024-05-22", "--yes"];
    site.run(&[&take[..], &by[..]].concat()).ends(1);
    site.run(&["log", "verify"]).ends(0);
    site.run(&["doctor", "--no-launch"]).ends(1).says("[lock-unusable]");
    assert!(site.site() == old.0 && site.ledger() == old.1);
    mount.again("rw");
    site.build().ends(0);
    assert!(site.site() == new.0 && site.ledger() == new.1);
}

#[test]
fn a_read_only_ledger_or_a_site_that_cannot_be_exchanged_changes_nothing() {
    let (old, new) = goals();
    let site = Site::new();
    before(&site);
    let bind = |name: &str, options: &str| {
        let path = site.path(name);
        let shown = path.to_str().expect("a path");
        let bound = ran("mount", &["--bind", shown, shown]);
        let mount = bound.then(|| Mount(path.clone()))?;
        mount.again(&format!("bind,{options}"));
        Some(mount)
    };
    let Some(ledger) = bind("ledger", "ro") else { return skipped("nothing may be mounted") };
    site.build().ends(1).says("ledger");
    drop(ledger);
    assert!(site.site() == old.0 && site.ledger() == old.1);
    // A folder that is a mount of its own cannot be exchanged, which is said before anything is noted.
    let public = bind("public", "rw").expect("a mount");
    site.build().ends(2).says("挂载点");
    assert!(site.site() == old.0 && site.ledger() == old.1);
    drop(public);
    site.build().ends(0).never_says("上次运行中断");
    assert!(site.site() == new.0 && site.ledger() == new.1);
}

#[test]
fn an_append_only_log_is_enough() {
    let site = Site::new();
    before(&site);
    let log = site.path("ledger/events.jsonl");
    let log = log.to_str().expect("a path");
    if !ran("chattr", &["+a", log]) {
        return skipped("no append-only files here");
    }
    let built = site.build();
    assert!(ran("chattr", &["-a", log]));
    built.ends(0);
    assert!(site.ledger() == goals().1.1);
}

#[test]
fn while_another_run_holds_the_ledger_every_verb_that_writes_refuses() {
    let (old, _) = goals();
    let site = Site::new();
    before(&site);
    let lock =
        std::fs::File::options().write(true).open(site.path("ledger/.lock")).expect("a lock");
    lock.lock().expect("the lock");
    let number = "示清城管罚决字〔2024〕第1号";
    let document =
        ["--document", "行政复议决定书 示府复〔2024〕3号", "--decided-on", "2024-05-22", "--yes"];
    for verb in [
        vec!["build"],
        [&["takedown", number, "--reason", "revoked"][..], &document].concat(),
        vec!["log", "repair", "--yes"],
        vec!["doctor", "--repair", "--yes"],
    ] {
        site.run(&verb).ends(1).says("另一个 gongshi 正在使用台账");
        assert!(site.site() == old.0 && site.ledger() == old.1, "{verb:?}");
    }
    drop(lock);
    site.build().ends(0);
}

#[test]
fn a_log_cut_or_changed_anywhere_is_found() {
    let site = Site::new();
    site.write("drops/a/a.csv", rows(2)).build().ends(0);
    let log = "ledger/events.jsonl";
    let sound = std::fs::read(site.path(log)).expect("the log");
    let last = sound[..sound.len() - 1].iter().rposition(|b| *b == b'\n').expect("two lines");
    // Tests of the ledger do this at every byte; from outside each seventh, and the ends of lines, will do.
    let ends = [last - 1, last, last + 1, sound.len() - 1];
    for at in (0..sound.len()).step_by(7).chain(ends) {
        let mut bad = sound.clone();
        bad[at] ^= 1;
        site.write(log, &bad);
        let told = site.run(&["log", "verify"]).ends(1).said();
        let line = usize::from(at > last) + 1;
        // A line end that is none joins a line to the next; the fault shows in one of the two.
        let shows = [line, line + 1].iter().any(|n| told.contains(&format!("第 {n} 行")));
        assert!(shows, "byte {at}: {told}");
        site.write(log, &sound[..at]);
        site.run(&["log", "verify"]).ends(1);
    }
    site.write(log, &sound);
    site.run(&["log", "verify"]).ends(0);
}

/// Calls that change what is on the disk, and the positions of each that are made to fail.
const CALLS: [&str; 7] = ["write", "rename", "renameat2", "unlink", "link", "mkdir", "syncfs"];
const POSITIONS: usize = 3;

#[test]
fn a_call_that_fails_or_kills_leaves_the_old_state_or_the_new_one() {
    if !has_strace() {
        return;
    }
    let (old, new) = goals();
    let (mut stayed, mut bitten) = (0, 0);
    for call in CALLS {
        let count = calls_of(call);
        let positions: std::collections::BTreeSet<usize> =
            (0..POSITIONS).map(|n| 1 + n * count.saturating_sub(1) / (POSITIONS - 1)).collect();
        for at in positions.into_iter().filter(|at| *at <= count) {
            let error = if call == "write" { "error=ENOSPC" } else { "error=EIO" };
            for fault in [error, "signal=SIGKILL"] {
                let site = Site::new();
                before(&site);
                let inject = format!("inject={call}:{fault}:when={at}");
                let ran = site.traced(&["-e", &inject], &["build"]).status.code();
                let found = site.site();
                assert!(found == old.0 || found == new.0, "{inject}: a mixture stands");
                let is_done = found == new.0 && site.ledger() == new.1;
                // Without a number: somebody else's output, or a death.
                assert!(ran != Some(0) || is_done, "{inject}: 0 though it is not done");
                bitten += u32::from(ran != Some(0));
                stayed += u32::from(found == old.0);
                site.build().ends(0);
                assert!(site.site() == new.0 && site.ledger() == new.1, "{inject}: not repaired");
                site.run(&["doctor", "--no-launch"]).ends(0);
            }
        }
    }
    assert!(bitten > 0 && stayed > 0, "{bitten} bit, {stayed} stayed: the test shows nothing");
}

/// How often a build of the second drop makes this call.
fn calls_of(call: &str) -> usize {
    let site = Site::new();
    before(&site);
    site.traced(&["-e", &format!("trace={call}"), "-o", "trace"], &["build"]);
    site.read("trace").lines().filter(|line| line.contains(&format!("{call}("))).count()
}
