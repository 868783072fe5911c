//! Every check against its fixtures, through the binary: `bad.csv` prints exactly `expected.txt`,
//! `good.csv` gives no finding of that check, and `docs/checks/ID.md` is what `gongshi explain ID` prints.
//!
//! `BLESS=1` rewrites what is expected; nothing else here writes into the tree.

#![expect(clippy::expect_used, reason = "a test that cannot go on stops at once")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn tree() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn blessing() -> bool {
    std::env::var_os("BLESS").is_some()
}

/// The binary in an environment of its own.
fn gongshi(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gongshi"))
        .args(args)
        .env_clear()
        .env("NO_COLOR", "1")
        .current_dir(tree())
        .output()
        .expect("the binary runs")
}

/// Ids of the folders below `tests/checks/`, sorted.
fn fixtures() -> Vec<String> {
    let folder = fs::read_dir(tree().join("tests/checks")).expect("tests/checks");
    let mut ids: Vec<String> = folder
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().expect("UTF-8"))
        .collect();
    ids.sort();
    ids
}

/// Id and stage of every row of the table, read as text: the test shares no code with the product.
fn rows() -> Vec<(String, String)> {
    let table = fs::read_to_string(tree().join("data/law/checks.yml")).expect("the table");
    let after = |head: &'static str| {
        let lines = table.lines().filter_map(move |line| line.strip_prefix(head));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let (ids, stages) = (after("- id: "), after("  stage: "));
    assert_eq!(ids.len(), stages.len(), "a row has one stage");
    ids.into_iter().zip(stages).collect()
}

fn as_of(folder: &Path) -> String {
    let own = fs::read_to_string(folder.join("as-of"));
    let day = own.or_else(|_| fs::read_to_string(tree().join("tests/checks/as-of")));
    day.expect("tests/checks/as-of").trim().to_owned()
}

/// The site root of a fixture: the common one, with the folder's own `site.yml`, `policy.yml` and `staff.yml`.
fn root_of(folder: &Path) -> tempfile::TempDir {
    let (common, root) =
        (tree().join("tests/fixture-root"), tempfile::tempdir().expect("a folder"));
    fs::create_dir(root.path().join("data")).expect("made");
    for name in ["site.yml", "data/staff.yml"] {
        fs::copy(common.join(name), root.path().join(name)).expect("copied");
    }
    if folder.join("site.yml").is_file() {
        fs::copy(folder.join("site.yml"), root.path().join("site.yml")).expect("copied");
    }
    for name in ["policy.yml", "staff.yml"] {
        if folder.join(name).is_file() {
            fs::copy(folder.join(name), root.path().join("data").join(name)).expect("copied");
        }
    }
    root
}

/// What `gongshi check` prints about a drop that holds only this file.
fn report(id: &str, file: &str) -> String {
    report_as("text", id, file)
}

fn report_as(format: &str, id: &str, file: &str) -> String {
    let folder = tree().join("tests/checks").join(id);
    let drops = tempfile::tempdir().expect("a folder");
    let drop = drops.path().join("2026-03");
    fs::create_dir(&drop).expect("made");
    let records = folder.join(file.replace(".csv", ".yml"));
    if records.is_file() {
        fs::copy(&records, drop.join("全过程记录.yml")).expect("copied");
    }
    let table = folder.join(file);
    if table.is_file() {
        fs::copy(&table, drop.join(file)).expect("copied");
    } else {
        // Records of the process are all about one sound case.
        fs::copy(tree().join("tests/checks/process.csv"), drop.join("process.csv"))
            .expect("copied");
    }
    let root = root_of(&folder);
    let (day, drops) = (as_of(&folder), drops.path().to_str().expect("UTF-8"));
    let root = root.path().to_str().expect("UTF-8");
    let mut args = vec!["check", "--root", root, "--drops", drops];
    args.extend(["--as-of", &day, "--format", format, "--lang", "zh"]);
    let output = gongshi(&args);
    let code = output.status.code();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(code, Some(0 | 1 | 3)), "{id}/{file}: exit {code:?}: {said}");
    assert!(!said.contains("panicked"), "{id}/{file}: {said}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Compares with the file, or rewrites it.
fn expect(path: &Path, got: &str) -> Result<(), String> {
    if blessing() {
        fs::write(path, got).expect("written");
        return Ok(());
    }
    match fs::read_to_string(path) {
        Ok(want) if want == got => Ok(()),
        Ok(want) => Err(format!("{}\n--- expected\n{want}--- got\n{got}", path.display())),
        Err(_) => Err(format!("{} is missing; run with BLESS=1", path.display())),
    }
}

fn all_pass(faults: &[String]) {
    assert!(faults.is_empty(), "{} differ:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_check_of_a_case_has_its_fixtures() {
    let mut rows = rows();
    rows.retain(|(_, stage)| matches!(stage.as_str(), "vet" | "process"));
    rows.sort();
    assert_eq!(fixtures(), rows.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>());
    for (id, stage) in rows {
        let ending = if stage == "vet" { "csv" } else { "yml" };
        for file in [format!("bad.{ending}"), format!("good.{ending}")] {
            let path = tree().join("tests/checks").join(&id).join(file);
            assert!(path.is_file(), "{} is missing", path.display());
        }
    }
}

#[test]
fn bad_fixtures_print_what_is_expected() {
    let mut faults = Vec::new();
    for id in fixtures() {
        let got = report(&id, "bad.csv");
        if !got.contains(&format!("[{id}]")) {
            faults.push(format!("{id}: bad.csv is not found\n{got}"));
        }
        let path = tree().join("tests/checks").join(&id).join("expected.txt");
        faults.extend(expect(&path, &got).err());
    }
    all_pass(&faults);
}

/// The forms that machines read go to `target/tmp/machine/`, where `tests/browser/schemas.mjs` holds
/// them against their schemas.
#[test]
fn machine_forms_name_what_is_found() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("machine");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("made");
    let mut faults = Vec::new();
    // Every finding has the one shape, so the two forms share the fixtures.
    let forms = [("sarif", "sarif"), ("junit", "junit.xml")];
    for (id, (format, ending)) in fixtures().iter().zip(forms.iter().cycle()) {
        let got = report_as(format, id, "bad.csv");
        if !got.contains(&format!("\"{id}\"")) {
            faults.push(format!("{id}: not in {format}"));
        }
        fs::write(folder.join(format!("{id}.{ending}")), got).expect("written");
    }
    all_pass(&faults);
}

#[test]
fn good_fixtures_are_not_found() {
    let found = |id: &String| {
        let got = report(id, "good.csv");
        got.contains(&format!("[{id}]")).then(|| format!("{id}: good.csv is found\n{got}"))
    };
    all_pass(&fixtures().iter().filter_map(found).collect::<Vec<_>>());
}

#[test]
fn the_page_of_the_law_is_what_explain_prints() {
    let output = gongshi(&["explain", "--sources", "--lang", "zh"]);
    assert!(output.status.success());
    let got = String::from_utf8(output.stdout).expect("UTF-8");
    let table = fs::read_to_string(tree().join("data/law/sources.yml")).expect("the table");
    for key in table.lines().filter_map(|line| line.strip_prefix("- key: ")) {
        assert!(got.contains(&format!("\n## {key}：《")), "{key} has no section");
    }
    for (id, _) in rows().iter().filter(|(id, _)| cites(&table_of_checks(), id)) {
        assert!(got.contains(&format!("`{id}`")), "{id} rests on nothing in the page");
    }
    all_pass(&Vec::from_iter(expect(&tree().join("docs/law.md"), &got).err()));
}

fn table_of_checks() -> String {
    fs::read_to_string(tree().join("data/law/checks.yml")).expect("the table")
}

/// Whether the row of this check cites anything.
fn cites(table: &str, id: &str) -> bool {
    let row = table.split("\n- id: ").find(|row| row.lines().next() == Some(id));
    row.is_some_and(|row| row.contains("\n  cites: [\""))
}

#[test]
fn pages_are_what_explain_prints() {
    let mut faults = Vec::new();
    let mut pages = Vec::new();
    for (id, _) in rows() {
        let output = gongshi(&["explain", &id, "--lang", "zh"]);
        let got = String::from_utf8(output.stdout).expect("UTF-8");
        if !got.starts_with(&format!("# {id}")) {
            faults.push(format!("{id}: explain prints no page"));
            continue;
        }
        let name = format!("{id}.md");
        faults.extend(expect(&tree().join("docs/checks").join(&name), &got).err());
        pages.push(name);
    }
    all_pass(&faults);
    for entry in fs::read_dir(tree().join("docs/checks")).expect("docs/checks") {
        let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
        assert!(pages.contains(&name), "docs/checks/{name} belongs to no check");
    }
}
