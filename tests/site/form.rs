//! Files of a ledger of an older form are kept as they were; those of a newer form are not touched.

use crate::support::{Row, Site, csv, has_strace, revoke, tree};

fn published() -> Site {
    let site = Site::new();
    site.write("drops/a/a.csv", csv(&[Row::sound(1), Row::sound(2)])).build().ends(0);
    site
}

#[test]
fn an_older_ledger_is_kept_until_a_build_has_read_the_present_form() {
    let site = published();
    std::fs::remove_file(site.path("ledger/version.json")).expect("the form is stated");
    let old = site.ledger();
    site.write("drops/b/b.csv", csv(&[Row::sound(3)]));
    site.build().ends(0).says("backup-0");
    assert_eq!(tree(&site.path("ledger/backup-0")), old);
    assert_eq!(site.read("ledger/version.json"), "{\n  \"version\": 1\n}\n");
    site.run(&["doctor", "--no-launch"]).ends(0).never_says("ledger-foreign");
    site.build().ends(0).never_says("backup-0");
    assert!(site.path("ledger/backup-0").is_dir(), "a build without news keeps it");
    let order = revoke("示清城管罚决字〔2024〕第1号");
    site.run(&[&order[..], &["--yes"]].concat()).ends(0).says("撤下 1");
    let told = site.ledger().into_values().any(|b| String::from_utf8_lossy(&b).contains("青标001"));
    assert!(!told, "a copy keeps what was taken down");
    site.run(&["log", "verify"]).ends(0);
}

#[test]
fn a_takedown_that_another_run_ends_leaves_no_copy_either() {
    if !has_strace() {
        return;
    }
    let site = published();
    std::fs::remove_file(site.path("ledger/version.json")).expect("the form is stated");
    site.build().ends(0).says("backup-0");
    let order = revoke("示清城管罚决字〔2024〕第1号");
    site.run_without_log("EIO", &[&order[..], &["--yes"]].concat());
    assert!(site.path("ledger/backup-0").is_dir());
    site.run(&["doctor", "--no-launch", "--repair", "--yes"]);
    assert!(!site.path("ledger/backup-0").exists(), "a copy keeps what was taken down");
}

#[test]
fn a_newer_ledger_is_left_to_a_newer_program() {
    let site = published();
    site.write("ledger/version.json", "{\"version\": 2}\n");
    site.write("drops/b/b.csv", csv(&[Row::sound(3)]));
    let before = (site.site(), site.ledger());
    for args in [&["build"][..], &["export", "digest", "--week"], &["diff", "--to", "x"]] {
        assert_ne!(site.run(args).code(), 0, "{args:?}");
    }
    site.build().ends(1).says("第 2 版");
    site.write("ledger/version.json", "{\"version\": ");
    site.build().ends(1).says("version.json");
    site.write("ledger/version.json", "{\"version\": 2}\n");
    assert!((site.site(), site.ledger()) == before, "something was written");
}

#[test]
fn what_a_publication_leaves_in_the_ledger_is_known() {
    let site = published();
    let facts = site.read("site.yml") + "targets:\n  - {name: portal, kind: folder, path: www}\n";
    site.write("site.yml", facts);
    site.run(&["publish", "--to", "portal", "--yes", "--stale-ok"]).ends(0);
    assert!(site.path("ledger/receipts.jsonl").is_file());
    site.run(&["doctor", "--no-launch"]).ends(0).never_says("ledger-foreign");
}
