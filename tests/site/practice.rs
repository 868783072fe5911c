//! The practice set of the sample bureau: every row of the table of checks is found in it, each folder
//! that is named for a check finds that one, and nothing private comes out of any run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use crate::support::tree;

/// Rows that no input finds, with the reason.
const NEVER: &[(&str, &str)] = &[
    (
        "private-value-left",
        "the last reading of a redacted record: it finds what redaction itself missed, and an input known to do so is a defect",
    ),
    (
        "unreadable-output",
        "the site's workbooks are made by the program: one that cannot be unpacked is its own defect, shown in src/audit/tests.rs",
    ),
];

/// What private values of the set are made of: names and places with 青练 or 练青, the text of a secret, telephones,
/// identity numbers of the region that was never assigned.
const PRIVATE: [&str; 6] = ["青练", "练青", "暗号", "1990000", "50019919", "50019920"];

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample/practice")
}

/// Folders to practise on, each with what the README calls it.
fn folders() -> Vec<String> {
    let below = |part: &str| {
        let entries = std::fs::read_dir(home().join(part)).expect("a folder");
        let name = |e: std::fs::DirEntry| e.file_name().into_string().expect("UTF-8");
        entries.map(|e| format!("{part}/{}", name(e.expect("an entry")))).collect::<Vec<_>>()
    };
    let mut all = [vec!["cases".to_owned()], below("files"), below("sites")].concat();
    all.sort();
    all
}

/// What finds the point of a folder on its last day; the rest would say the same again.
fn verbs(folder: &str) -> &'static [&'static str] {
    match folder {
        "cases" => &["check", "due", "review", "build"],
        "sites/stale-review" => &["review"],
        "sites/late-annual-report" => &["due"],
        folder if folder.starts_with("files/") => &["check"],
        _ => &["build"],
    }
}

/// What one folder gave: everything said, and everything written for the public or the office.
struct Practised {
    said: String,
    written: BTreeMap<String, Vec<u8>>,
}

fn practise(folder: &str) -> Practised {
    let work = tempfile::tempdir().expect("a folder");
    let ran = Command::new("sh")
        .arg(home().join("run.sh"))
        .args([home().join(folder).as_path(), work.path()])
        .args(verbs(folder))
        .env_clear()
        .envs([("PATH", "/usr/bin:/bin"), ("NO_COLOR", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null")])
        .env("GONGSHI", env!("CARGO_BIN_EXE_gongshi"))
        .output()
        .expect("sh runs");
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    let wrong = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success() && wrong.is_empty(), "{folder}: {wrong}\n{said}");
    assert!(!said.contains("== exit 2\n") && !said.contains("== exit 70\n"), "{folder}:\n{said}");
    let parts = ["public", "ledger", "report"];
    let written = parts.into_iter().flat_map(|p| tree(&work.path().join(p))).collect();
    Practised { said, written }
}

/// All folders, as many at once as there are processors.
fn all_practised() -> BTreeMap<String, Practised> {
    let (waiting, done) = (Mutex::new(folders()), Mutex::new(BTreeMap::new()));
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().expect("no panic").pop();
                    let Some(folder) = next else { break };
                    let practised = practise(&folder);
                    done.lock().expect("no panic").insert(folder, practised);
                }
            });
        }
    });
    done.into_inner().expect("no panic")
}

/// Ids of the table, read as text.
fn rows() -> BTreeSet<String> {
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/law/checks.yml");
    let table = std::fs::read_to_string(table).expect("the table");
    table.lines().filter_map(|line| line.strip_prefix("- id: ")).map(str::to_owned).collect()
}

/// Whether a run tells a finding of this check, in text or as an annotation. A classification mark is told
/// by its exit code and without any other finding.
fn tells(said: &str, id: &str) -> bool {
    said.contains(&format!("[{id}]")) || id == "secrecy-mark" && said.contains("== exit 7\n")
}

#[test]
fn every_check_is_found_and_nothing_private_comes_out() {
    let (rows, practised) = (rows(), all_practised());
    let mut found = BTreeSet::new();
    for (folder, one) in &practised {
        found.extend(rows.iter().filter(|id| tells(&one.said, id)).cloned());
        let id = folder.rsplit('/').next().expect("a name");
        assert!(
            !rows.contains(id) || tells(&one.said, id),
            "{folder} does not find it:\n{}",
            one.said
        );
        for mark in PRIVATE {
            assert!(!one.said.contains(mark), "{folder} says {mark}:\n{}", one.said);
            for (name, bytes) in &one.written {
                let text = String::from_utf8_lossy(bytes);
                assert!(
                    !text.contains(mark) && !name.contains(mark),
                    "{folder}: {name} shows {mark}"
                );
            }
        }
    }
    let never: BTreeSet<String> = NEVER.iter().map(|(id, _)| (*id).to_owned()).collect();
    let missing: Vec<_> = rows.difference(&found).filter(|id| !never.contains(*id)).collect();
    assert!(missing.is_empty(), "nothing in the practice set finds {missing:?}");
    let idle: Vec<_> =
        never.iter().filter(|id| found.contains(*id) || !rows.contains(*id)).collect();
    assert!(idle.is_empty(), "{idle:?} is said to be found by no input");
    assert!(practised["cases"].written.len() > 50, "the sound cases of the set were not published");
}

/// The marks above mean something only where they stand in what is read.
#[test]
fn the_set_holds_private_values_and_is_told_of() {
    let files = tree(&home());
    for mark in PRIVATE {
        let holds = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(mark);
        assert!(files.values().any(holds), "{mark} stands nowhere in the set");
    }
    let readme = String::from_utf8_lossy(&files["README.md"]).into_owned();
    for folder in folders() {
        assert!(readme.contains(&format!("`{folder}`")), "README.md does not tell of {folder}");
    }
}
