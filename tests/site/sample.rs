//! The demonstration bureau: its site is built, read back, and holds no private cell of any drop.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{gongshi, tree};

const TODAY: &str = "2026-11-23";

/// A copy of the repository's site root.
fn copied() -> tempfile::TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dir = tempfile::tempdir().expect("a folder");
    for part in ["site.yml", "content", "data", "themes", "ledger"] {
        let done = Command::new("cp").arg("-R").arg(root.join(part)).arg(dir.path()).status();
        assert!(done.expect("cp runs").success());
    }
    dir
}

fn build(root: &Path, day: &str) -> String {
    let ran = gongshi().args(["build", "--as-of", day, "--root"]).arg(root).output();
    let ran = ran.expect("the program starts");
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert_eq!(ran.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&ran.stderr));
    said
}

#[test]
fn a_build_on_the_same_day_changes_nothing_in_the_ledger() {
    let root = copied();
    let said = build(root.path(), TODAY);
    let mut ledger = tree(&root.path().join("ledger"));
    ledger.remove(".lock");
    let mut committed = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("ledger"));
    committed.remove(".lock");
    assert!(
        ledger == committed,
        "the committed ledger is not what the drops give: replay it\n{said}"
    );
    assert!(said.contains("新公示 0，更正 0，撤下 0，期满 0"), "{said}");
}

#[test]
fn every_state_is_shown() {
    let root = copied();
    build(root.path(), TODAY);
    let events = std::fs::read_to_string(root.path().join("ledger/events.jsonl")).expect("a log");
    for kind in ["published", "corrected", "taken_down", "expired", "withheld", "held"] {
        assert!(events.contains(&format!("\"event\":\"{kind}\"")), "no case was {kind}");
    }
    assert!(
        events.contains("\"withheld\":\"minor\"")
            && events.contains("\"ground\":\"confirmed_unlawful\"")
    );
    let pages = text_of(&root.path().join("public"));
    assert!(pages.values().any(|p| p.contains("逾期公示")), "no late case is shown");
}

#[test]
fn no_private_cell_stands_in_the_site_or_the_ledger() {
    let root = copied();
    build(root.path(), TODAY);
    let secrets = secrets(&root.path().join("data/sample/drops"));
    assert!(
        secrets.len() > 120,
        "only {} private cells were found: the test reads too little",
        secrets.len()
    );
    let mut public = text_of(&root.path().join("public"));
    public.extend(text_of(&root.path().join("ledger")));
    for (name, text) in &public {
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{name} shows a private cell ({secret})");
        }
    }
}

fn text_of(dir: &Path) -> BTreeMap<String, String> {
    let text =
        |(name, bytes): (String, Vec<u8>)| (name, String::from_utf8_lossy(&bytes).into_owned());
    tree(dir).into_iter().map(text).collect()
}

/// Private cells of all drops: numbers of people, and names of people who are no officers.
fn secrets(drops: &Path) -> BTreeSet<String> {
    let staff = std::fs::read_to_string(drops.join("../../staff.yml")).expect("a staff list");
    let mut found = BTreeSet::new();
    for file in files(drops) {
        for row in rows(&file) {
            found.extend(private_cells(&row));
        }
    }
    found.retain(|cell| !staff.contains(cell.as_str()));
    found
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = tree(dir).into_keys().map(|name| dir.join(name)).collect();
    files.sort();
    files
}

/// The rows of a table as header and cell, read by other hands than the program's where there are any.
fn rows(file: &Path) -> Vec<Vec<(String, String)>> {
    match file.extension().and_then(|e| e.to_str()) {
        Some("csv") => table(csv_cells(&utf8(file))),
        Some("xlsx") => table(sheet_cells(file)),
        Some("yml") => yaml_rows(&utf8(file)),
        _ => Vec::new(),
    }
}

fn utf8(file: &Path) -> String {
    let bytes = std::fs::read(file).expect("a file");
    String::from_utf8(bytes).unwrap_or_else(|_| {
        let out = Command::new("iconv").args(["-f", "GB18030", "-t", "UTF-8"]).arg(file).output();
        String::from_utf8(out.expect("iconv runs").stdout).expect("GB18030")
    })
}

fn csv_cells(text: &str) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let row =
        |r: csv::Result<csv::StringRecord>| r.expect("a row").iter().map(str::to_owned).collect();
    reader.records().map(row).collect()
}

fn sheet_cells(file: &Path) -> Vec<Vec<String>> {
    use calamine::Reader as _;
    let mut book = calamine::open_workbook_auto(file).expect("a workbook");
    let range = book.worksheet_range_at(0).expect("a sheet").expect("cells");
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// Cells below the row that has most headers.
fn table(cells: Vec<Vec<String>>) -> Vec<Vec<(String, String)>> {
    let is_header = |row: &Vec<String>| row.iter().filter(|c| !c.is_empty()).count() > 6;
    let Some(at) = cells.iter().position(is_header) else { return Vec::new() };
    let header = cells[at].clone();
    let row = |row: &Vec<String>| header.iter().cloned().zip(row.iter().cloned()).collect();
    cells[at + 1..].iter().map(row).collect()
}

/// `- key: value` lines, which is all the sample's YAML is made of.
fn yaml_rows(text: &str) -> Vec<Vec<(String, String)>> {
    let mut rows: Vec<Vec<(String, String)>> = Vec::new();
    for line in text.lines() {
        let starts = line.trim_start().starts_with("- ");
        let body = line.trim_start().trim_start_matches("- ");
        if starts {
            rows.push(Vec::new());
        }
        if let (Some((key, value)), Some(row)) = (body.split_once(": "), rows.last_mut()) {
            let bare = |s: &str| s.trim().trim_matches(['"', '\'']).to_owned();
            row.push((bare(key), bare(value)));
        }
    }
    rows
}

fn private_cells(row: &[(String, String)]) -> Vec<String> {
    let cell =
        |word: &str| row.iter().find(|(header, _)| header.contains(word)).map(|(_, c)| c.as_str());
    let person = cell("行政相对人类别").or(cell("CF_XDR_LB")) == Some("自然人");
    let mut found = Vec::new();
    for (header, cell) in row {
        let cell = cell.trim();
        let number = [
            "证件号码",
            "身份证",
            "联系电话",
            "银行卡",
            "车牌",
            "CF_FR_SFZ",
            "CF_XDR_SFZ",
            "CF_FR_ZJHM",
            "CF_XDR_ZJHM",
        ];
        let name = ["经营者", "证人", "举报人", "委托代理人", "法定代表人", "CF_FRDB"];
        let is_number = number.iter().any(|w| header.contains(w)) && cell.len() >= 7;
        let is_name = (name.iter().any(|w| header.contains(w))
            && !header.contains("证件")
            && !header.contains("住址"))
            || (person && (header.contains("行政相对人名称") || header == "CF_XDR_MC"));
        if (is_number || is_name) && cell.chars().count() >= 2 && !matches!(cell, "身份证" | "——")
        {
            found.push(cell.to_owned());
        }
    }
    found
}
