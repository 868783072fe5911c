//! Where the restricted sheet may lie, and for whom: folders, modes, version control.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use crate::support::{Ran, Site, TODAY, gongshi, tree};

use super::{CSV, XLSX, bureau, drop_of, elsewhere, export, rows, silent_ran};

#[test]
fn files_and_folder_are_for_their_owner_alone() {
    let (site, (_dir, to)) = (bureau(), elsewhere());
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    for umask in ["000", "022", "277"] {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\"")]);
        command.arg(env!("CARGO_BIN_EXE_gongshi")).args(["export", "credit", "--restricted"]);
        command.arg("--out").arg(&to).arg("--root").arg(site.root()).args(["--as-of", TODAY]);
        let ran =
            Ran(command.env_clear().env("PATH", "/usr/bin:/bin").output().expect("it starts"));
        ran.ends(0);
        let modes = [mode(&to), mode(&to.join(CSV)), mode(&to.join(XLSX))];
        assert_eq!(modes, [0o700, 0o600, 0o600], "umask {umask}");
        std::fs::remove_dir_all(&to).expect("removed");
    }
    // A file that was open to others is closed with the next run.
    export(&site, &to, &[]).ends(0);
    std::fs::set_permissions(to.join(CSV), Permissions::from_mode(0o644)).expect("opened");
    export(&site, &to, &[]).ends(0);
    assert_eq!(mode(&to.join(CSV)), 0o600);
    for open in [0o755, 0o710, 0o704] {
        std::fs::set_permissions(&to, Permissions::from_mode(open)).expect("opened");
        let before = tree(&to);
        export(&site, &to, &[]).ends(2).says("未写出");
        assert_eq!(tree(&to), before);
        assert_eq!(mode(&to), open, "a folder is never changed in passing");
    }
}

#[test]
fn both_files_are_written_or_neither_and_nothing_is_left_aside() {
    let (site, (_dir, to)) = (bureau(), elsewhere());
    export(&site, &to, &[]).ends(0);
    let before = std::fs::read(to.join(CSV)).expect("the sheet");
    std::fs::write(to.join(CSV), "the old one").expect("written");
    std::fs::remove_file(to.join(XLSX)).expect("removed");
    std::fs::create_dir(to.join(XLSX)).expect("in its way");
    export(&site, &to, &[]).ends(1).says("无法写入");
    let names: Vec<String> = tree(&to).into_keys().collect();
    assert_eq!(names, [CSV]);
    assert_eq!(std::fs::read(to.join(CSV)).expect("there"), b"the old one");
    // What a killed run left aside, and a link in the place of a file.
    std::fs::remove_dir(to.join(XLSX)).expect("removed");
    std::fs::write(to.join(format!("part-{CSV}")), "half").expect("written");
    let other = site.path("other.txt");
    std::fs::write(&other, "another file").expect("written");
    std::os::unix::fs::symlink(&other, to.join(XLSX)).expect("a link");
    export(&site, &to, &[]).ends(1);
    std::fs::remove_file(to.join(XLSX)).expect("removed");
    export(&site, &to, &[]).ends(0);
    assert_eq!(std::fs::read(&other).expect("there"), b"another file");
    assert_eq!(std::fs::read(to.join(CSV)).expect("there"), before);
    assert_eq!(tree(&to).len(), 2);
}

#[test]
fn a_folder_from_which_it_could_get_out_is_refused() {
    let site = bureau();
    site.run(&["export", "credit", "--restricted"]).ends(2).says("--out");
    site.run(&["export", "credit", "--drops", "drops"]).ends(2).says("--restricted");
    let before = tree(site.root());
    let link = site.path("link");
    std::os::unix::fs::symlink(site.path("public"), &link).expect("a link");
    for out in [
        ".",
        "public",
        "public/x",
        "exports",
        "exports/x",
        "outbox",
        "report",
        "content/x",
        "data",
        "themes/x",
        "ledger",
        "drops",
        "drops/a/x",
        "link",
        "link/x",
        "none/../public/x",
        "none/..",
    ] {
        export(&site, &site.path(out), &[]).ends(2).says("未写出");
        silent_ran(&site.run(&["export", "credit", "--restricted", "--out", out]).ends(2));
    }
    std::fs::remove_file(link).expect("removed");
    // Another built site, a site named by hand, and drops elsewhere.
    let (other, (_dir, to)) = (bureau(), elsewhere());
    export(&site, &other.path("public/x"), &[]).ends(2);
    export(&site, &to.join("x"), &["--site", to.to_str().expect("UTF-8")]).ends(2);
    std::fs::create_dir(&to).expect("made");
    export(&site, &to.join("x"), &["--drops", to.to_str().expect("UTF-8")]).ends(2);
    assert_eq!(tree(site.root()), before);
    assert!(tree(&to).is_empty());
}

fn git(dir: &Path, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command.args(args).current_dir(dir).env("GIT_CONFIG_GLOBAL", "/dev/null");
    let ran = command.output().expect("git runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

#[test]
fn git_never_takes_it() {
    let (site, (dir, to)) = (bureau(), elsewhere());
    git(dir.path(), &["init", "--quiet"]);
    export(&site, &to, &[]).ends(2).says("git").says("未写出");
    export(&site, &to.join("deeper/still"), &[]).ends(2).says("git");
    assert!(!to.exists());
    std::fs::write(dir.path().join(".gitignore"), "*.csv\n").expect("written");
    export(&site, &to, &[]).ends(2).says("git");
    std::fs::write(dir.path().join(".gitignore"), "/受限/\n").expect("written");
    export(&site, &to, &[]).ends(0);
    // One that is tracked already is not ignored, whatever the rules say.
    git(dir.path(), &["add", "-f", "受限"]);
    export(&site, &to, &[]).ends(2).says("git");
    // Where git does not answer, nothing is written.
    let mut broken = site.command(&["export", "credit", "--restricted", "--as-of", TODAY]);
    let ran =
        Ran(broken.arg("--out").arg(&to).env("PATH", "/nowhere").output().expect("it starts"));
    ran.ends(2).says("git");
}

#[test]
fn a_new_site_ignores_it() {
    let site = Site::new();
    let dir = site.path("new");
    let root = dir.to_str().expect("UTF-8");
    site.run(&["init", root, "--name", "某省甲市乙区综合行政执法局", "--yes"]).ends(0);
    git(&dir, &["init", "--quiet"]);
    std::fs::create_dir_all(dir.join("drops/a")).expect("made");
    std::fs::write(dir.join("drops/a/处罚.csv"), drop_of(&rows())).expect("written");
    let run = |args: &[&str]| {
        let mut command = gongshi();
        command.args(args).args(["--root", root, "--as-of", TODAY]);
        Ran(command.output().expect("it starts"))
    };
    run(&["build"]).ends(0);
    for out in ["restricted", "somewhere"] {
        let to = dir.join(out);
        run(&["export", "credit", "--restricted", "--out", to.to_str().expect("UTF-8")]).ends(0);
        assert_eq!(tree(&to).len(), 2);
    }
    git(&dir, &["add", "--all"]);
    let taken = git(&dir, &["ls-files"]);
    assert!(taken.contains("site.yml") && !taken.contains("restricted."), "{taken}");
}
