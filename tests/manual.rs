//! The manual's page of commands is what the program says of itself, and its links and pictures are there.
//!
//! `BLESS=1` writes the page again; nothing else here writes into the tree.

#![expect(clippy::expect_used, reason = "a test that cannot go on stops at once")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Most a picture of the manual may weigh, in bytes.
const HEAVIEST: u64 = 150_000;

fn tree(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn said(args: &[&str]) -> String {
    let ran = Command::new(env!("CARGO_BIN_EXE_gongshi")).args(args).env_clear().output();
    let ran = ran.expect("the binary runs");
    assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).expect("UTF-8")
}

#[test]
fn the_page_of_commands_is_what_the_program_says() {
    for (page, lang) in [("docs/manual/commands.md", "zh"), ("docs/manual/commands.en.md", "en")] {
        let want = said(&["man", "--markdown", "--lang", lang]);
        if std::env::var_os("BLESS").is_some() {
            fs::write(tree(page), &want).expect("written");
        }
        let stands = fs::read_to_string(tree(page)).unwrap_or_default();
        assert!(
            stands == want,
            "{page} is not what gongshi man prints: BLESS=1 cargo test --test manual"
        );
    }
}

#[test]
fn manual_pages_are_written_for_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().to_str().expect("UTF-8");
    said(&["man", "--out", out]);
    let commands = said(&["man", "--markdown"]);
    let names = commands.lines().filter_map(|line| line.strip_prefix("## gongshi"));
    let names: Vec<String> =
        names.map(|name| format!("gongshi{}.1", name.replace(' ', "-"))).collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        let page = fs::read_to_string(folder.path().join(&name)).expect(&name);
        assert!(page.contains(".TH gongshi"), "{name}");
    }
}

/// Links and pictures of a paper that lead nowhere. An address of another host is not followed.
fn dead(paper: &Path, text: &str) -> Vec<String> {
    let folder = paper.parent().expect("a folder");
    // What stands in backticks is shown, and leads nowhere.
    let text: String = text.split('`').step_by(2).collect();
    let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let inside = links.filter(|link| !link.contains("://") && !link.starts_with('#'));
    let files = inside.map(|link| link.split('#').next().unwrap_or(link));
    files.filter(|file| !folder.join(file).exists()).map(str::to_owned).collect()
}

fn papers() -> Vec<PathBuf> {
    let folder = fs::read_dir(tree("docs/manual")).expect("the manual");
    let mut papers: Vec<PathBuf> = folder.map(|e| e.expect("an entry").path()).collect();
    papers.sort();
    papers.extend(["README.md", "README.en.md", "docs/GUIDE.md"].map(tree));
    papers
}

#[test]
fn links_and_pictures_of_the_manual_are_there() {
    for paper in papers() {
        let text = fs::read_to_string(&paper).expect("a paper");
        assert_eq!(dead(&paper, &text), Vec::<String>::new(), "{}", paper.display());
    }
    assert_eq!(
        dead(&tree("README.md"), "[a](docs/none.md#x) [b](https://a.b/c)"),
        ["docs/none.md"]
    );
}

#[test]
fn pictures_are_light_and_every_one_is_shown() {
    let texts: String = papers().iter().map(|p| fs::read_to_string(p).expect("a paper")).collect();
    let folder = fs::read_dir(tree("docs/pictures")).expect("pictures");
    let mut count = 0;
    for entry in folder.map(|e| e.expect("an entry")) {
        let name = entry.file_name().into_string().expect("UTF-8");
        assert!(entry.metadata().expect("metadata").len() < HEAVIEST, "{name} is too heavy");
        assert!(texts.contains(&format!("pictures/{name})")), "{name} is shown nowhere");
        count += 1;
    }
    assert!(count >= 5, "only {count} pictures");
}
