//! `gongshi init` from outside: facts by flags, the files of a pipeline, what a launch still needs.

use crate::support::{Ran, Row, Site, TODAY, csv, gongshi};

const NAME: &str = "某省甲市乙区综合行政执法局";

/// Runs the program at another root.
fn at(root: &str, args: &[&str]) -> Ran {
    Ran(gongshi().args(args).args(["--root", root, "--as-of", TODAY]).output().expect("it starts"))
}

#[test]
fn facts_of_flags_make_a_root_that_checks_clean() {
    let site = Site::new();
    let dir = site.path("new");
    let dir = dir.to_str().expect("a path");
    let facts = [
        "--region",
        "zhejiang",
        "--site-code",
        "5001990009",
        "--base-url",
        "https://www.example.gov.cn/gs",
        "--telephone",
        "0100-66001100",
        "--complaint-telephone",
        "12345",
        "--court",
        "某省甲市乙区人民法院",
    ];
    let made = site.run(&[&["init", dir, "--name", NAME, "--yes"], &facts[..]].concat()).ends(0);
    let made = made.says("footer.icp").says("contact.address").never_says("contact.court");
    made.never_says("site_code");
    let text = site.read("new/site.yml");
    assert!(text.contains("base_url: \"https://www.example.gov.cn/gs/\"\n"), "{text}");
    at(dir, &["check"]).ends(0);
    // With a first drop prose is looked at too: nothing of what it shows or offers is missing.
    site.write("new/drops/2024-05-20/处罚.csv", csv(&[Row::sound(1)]));
    at(dir, &["check"]).ends(0).never_says("unusable-figure").never_says("broken-link");
    at(dir, &["build"]).ends(0).says("公示 1");
    assert!(site.read("new/public/index.html").contains("5001990009"));
    site.run(&["init", "wrong", "--name", NAME, "--site-code", "12", "--yes"]).ends(2);
    site.run(&["init", "wrong", "--yes"]).ends(2).says("--name");
    assert!(!site.path("wrong").exists());
}

#[test]
fn nothing_is_asked_and_nothing_written_without_a_terminal() {
    let site = Site::new();
    let mut init = gongshi();
    init.args(["init", "new", "--name", NAME, "--root"]).arg(site.root());
    init.stdin(std::process::Stdio::null());
    let ran = Ran(init.output().expect("the program starts")).ends(0);
    ran.says("site.yml").says("--yes").never_says("逐项");
    assert!(!site.path("new").exists());
}

#[test]
fn a_pipeline_comes_into_a_new_site_or_one_that_stands() {
    let site = Site::new();
    let dir = site.path("new");
    let dir = dir.to_str().expect("a path");
    site.run(&["init", dir, "--name", NAME, "--ci", "github", "--yes"]).ends(0);
    for file in [
        "workflows/gongshi-publish.yml",
        "workflows/gongshi-clock.yml",
        "actions/gongshi/action.yml",
    ] {
        assert!(site.path("new/.github").join(file).is_file(), "{file}");
    }
    site.write("new/ci/gongshi.sh", "自己改过的\n");
    site.run(&["init", dir, "--ci", "shell", "--yes"]).ends(0).says("ci/README.md");
    assert_eq!(site.read("new/ci/gongshi.sh"), "自己改过的\n");
    assert!(site.path("new/ci/gongshi-clock.timer").is_file());
    site.run(&["init", dir, "--ci", "gitlab", "--yes"]).ends(0);
    assert!(site.path("new/.gitlab-ci.yml").is_file());
    site.run(&["init", dir, "--name", NAME, "--ci", "gitlab", "--yes"]).ends(2);
    at(dir, &["check"]).ends(0);
}
