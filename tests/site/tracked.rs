//! Raw drops and version control, with a real repository around a site root.

use std::process::Command;

use crate::support::{Row, Site, csv};

fn git(site: &Site, args: &[&str]) {
    let mut command = Command::new("git");
    command.args(args).current_dir(site.root()).env("GIT_CONFIG_GLOBAL", "/dev/null");
    let ran = command.output().expect("git runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// A root under git with one sound drop. It is checked in time, so nothing else is found.
fn root() -> Site {
    let site = Site::new();
    site.write("drops/2024-05-20/处罚.csv", csv(&[Row::sound(1)]));
    site.write(".gitignore", "/drops/*\n");
    git(&site, &["init", "--quiet"]);
    site
}

#[test]
fn a_tracked_drop_fails_the_check_and_is_named() {
    let site = root();
    site.run(&["check"]).never_says("tracked-drop").never_says("exposed-drop");
    git(&site, &["add", "-f", "drops/2024-05-20/处罚.csv"]);
    let ran = site.run(&["check"]).ends(1).says("tracked-drop").says("2024-05-20/处罚.csv");
    ran.never_says("青标001");
    // The site is built all the same: the law's term does not wait for it.
    site.build().ends(0);
}

#[test]
fn a_remote_outside_beside_drops_fails_the_check() {
    let site = root();
    git(&site, &["remote", "add", "origin", "git@10.0.3.4:cgj/site.git"]);
    site.run(&["check"]).never_says("exposed-drop");
    git(&site, &["remote", "add", "copy", "https://user:hidden@code.example.com/cgj/site.git"]);
    site.run(&["check"])
        .ends(1)
        .says("exposed-drop")
        .never_says("hidden")
        .never_says("example.com");
    site.write("data/policy.yml", "own_git_hosts: [code.example.com]\n");
    site.run(&["check"]).never_says("exposed-drop");
    // Drops outside the repository are nobody's business here.
    git(&site, &["remote", "add", "third", "https://code.example.org/a.git"]);
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(outside.path().join("a")).expect("made");
    std::fs::write(outside.path().join("a/处罚.csv"), csv(&[Row::sound(1)])).expect("written");
    let drops = outside.path().to_str().expect("UTF-8");
    site.run(&["check", "--drops", drops]).never_says("exposed-drop");
    site.run(&["check"]).ends(1).says("exposed-drop");
}
