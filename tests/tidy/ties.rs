//! What stands in two places and must agree: map and folders, table and code, papers and program.

use std::collections::{BTreeMap, BTreeSet};

use super::house::{House, Source};

/// Rooms that the map names and `src/` lacks, and the other way round.
pub(crate) fn map(map: &str, rooms: &[String]) -> Vec<String> {
    let tree = map.split("```").find(|block| block.trim_start().starts_with("src/"));
    let named: BTreeSet<&str> = tree
        .unwrap_or_default()
        .lines()
        .filter_map(|l| l.strip_prefix("  ")?.split_once('/'))
        .map(|(name, _)| name)
        .filter(|name| !name.is_empty() && !name.starts_with(' ') && !name.contains(' '))
        .collect();
    let stand: BTreeSet<&str> = rooms.iter().map(String::as_str).collect();
    let absent = named.difference(&stand).map(|r| format!("the map names {r}, src/ lacks it"));
    absent.chain(stand.difference(&named).map(|r| format!("src/{r} is not on the map"))).collect()
}

/// Crates named outside their hands; dependencies without a row; rows without a dependency.
pub(crate) fn hands(doc: &str, manifest: &str, sources: &[Source]) -> Vec<String> {
    let rows = rows(doc);
    let dependencies = dependencies(manifest);
    let mut complaints = Vec::new();
    for name in &dependencies {
        if !rows.contains_key(name.as_str()) {
            complaints.push(format!("docs/DEPENDENCIES.md has no row for {name}"));
        }
    }
    for (name, hands) in &rows {
        if !dependencies.contains(*name) {
            complaints.push(format!("docs/DEPENDENCIES.md: Cargo.toml has no dependency {name}"));
        }
        let word = format!("{}::", name.replace('-', "_"));
        for source in sources.iter().filter(|s| !s.is_test() && names(&s.code(), &word)) {
            let held = |hand: &str| {
                source.path == hand || hand.ends_with('/') && source.path.starts_with(hand)
            };
            if !hands.iter().any(|h| held(h)) {
                complaints.push(format!("{} names {name}, whose hand is {hands:?}", source.path));
            }
        }
    }
    complaints
}

/// Crate and hands of each row `| `crate` | `file` `file` | … |`.
fn rows(doc: &str) -> BTreeMap<&str, Vec<&str>> {
    doc.lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split('|');
            let name = cells.next()?.trim().trim_end_matches('`');
            Some((name, cells.next()?.split('`').skip(1).step_by(2).collect()))
        })
        .collect()
}

/// Names below `[dependencies]` and `[dev-dependencies]`.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut inside = false;
    let mut names = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.trim_end().ends_with("dependencies]");
        } else if inside && let Some((name, _)) = line.split_once('=') {
            names.insert(name.trim().to_owned());
        }
    }
    names
}

/// Whether the code names a path that begins with `word` (as in `csv::`), and not `x::csv::`.
fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
    })
}

/// Id and stage of each row of the checks table.
fn check_rows(rows: &str) -> BTreeMap<&str, &str> {
    let mut table = BTreeMap::new();
    let mut id = "";
    for line in rows.lines() {
        let line = line.trim_start_matches("- ").trim();
        if let Some(name) = line.strip_prefix("id:") {
            id = name.trim();
            table.insert(id, "");
        } else if let Some(stage) = line.strip_prefix("stage:") {
            table.insert(id, stage.split('#').next().unwrap_or_default().trim());
        }
    }
    table
}

/// Checks of the vet without code, fixture or page; code, fixtures and pages without a row.
pub(crate) fn checks(rows: &str, house: &House) -> Vec<String> {
    let table = check_rows(rows);
    let paths = house.paths();
    let code =
        |id: &str, stage: &str| format!("src/clearance/{stage}/checks/{}.rs", id.replace('-', "_"));
    let mut complaints = Vec::new();
    if table.is_empty() {
        complaints.push("the table of checks is empty".to_owned());
    }
    for (id, stage) in table.iter().filter(|(_, stage)| matches!(**stage, "vet" | "process")) {
        let fixture = format!("tests/checks/{id}/");
        for want in [code(id, stage), format!("docs/checks/{id}.md")] {
            if !paths.contains(&want) {
                complaints.push(format!("{id}: no {want}"));
            }
        }
        if !paths.iter().any(|p| p.starts_with(&fixture)) {
            complaints.push(format!("{id}: no {fixture}"));
        }
    }
    for path in &paths {
        let checked = ["vet", "process"]
            .iter()
            .find_map(|stage| path.strip_prefix(&format!("src/clearance/{stage}/checks/")))
            .filter(|n| *n != "mod.rs");
        let id = checked
            .and_then(|n| n.strip_suffix(".rs"))
            .map(|n| n.replace('_', "-"))
            .or_else(|| Some(path.strip_prefix("docs/checks/")?.strip_suffix(".md")?.to_owned()))
            .or_else(|| Some(path.strip_prefix("tests/checks/")?.split_once('/')?.0.to_owned()));
        if let Some(id) = id.filter(|id| id != "README" && !table.contains_key(id.as_str())) {
            complaints.push(format!("{path}: the table of checks has no row {id}"));
        }
    }
    complaints
}

/// Findings made of an id that the table does not have.
pub(crate) fn findings(rows: &str, sources: &[Source]) -> Vec<String> {
    let table = check_rows(rows);
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|s| !s.is_test()) {
        let code = source.code();
        for (at, word) in code.match_indices("Finding::new(") {
            let rest = code[at + word.len()..].trim_start();
            let Some(id) = rest.strip_prefix('"').and_then(|r| r.split('"').next()) else {
                continue;
            };
            if !table.contains_key(id) {
                complaints.push(format!("{}: finding {id} has no row", source.path));
            }
        }
    }
    complaints
}

/// Where a report learns which checks nobody makes.
const COVERAGE: &str = "src/cli/report/coverage.rs";

/// Checks of the table that no code names and that a report would call passed, and the reverse.
pub(crate) fn not_made(rows: &str, sources: &[Source]) -> Vec<String> {
    let coverage = sources.iter().find(|s| s.path == COVERAGE).map(Source::code);
    let coverage = coverage.unwrap_or_default();
    let list = coverage.split("NOT_MADE").nth(1).and_then(|rest| rest.split(';').next());
    let codes: Vec<String> = sources
        .iter()
        .filter(|s| !s.is_test() && s.path.starts_with("src/") && s.path != COVERAGE)
        .map(Source::code)
        .collect();
    let mut complaints = Vec::new();
    for id in check_rows(rows).keys() {
        let quoted = format!("\"{id}\"");
        let made = codes.iter().any(|code| code.contains(&quoted));
        let listed = list.is_some_and(|list| list.contains(&quoted));
        if made == listed {
            let what = if made { "is made, take it out of" } else { "is not made, list it in" };
            complaints.push(format!("{id} {what} NOT_MADE of {COVERAGE}"));
        }
    }
    complaints
}

/// Exit codes that a paper prints otherwise than the program, below the heading that names them.
pub(crate) fn exit_codes(table: &str, paper: &str, text: &str, heading: &str) -> Vec<String> {
    let mut section = text.lines().skip_while(|l| !(l.starts_with('#') && l.contains(heading)));
    section.next();
    let printed: BTreeMap<&str, &str> = section
        .take_while(|l| !l.starts_with('#'))
        .filter_map(|l| l.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "))
        .filter(|(code, _)| code.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    let english = heading.is_ascii();
    let mut complaints = Vec::new();
    let known = program_codes(table);
    for (code, zh, en) in &known {
        let want = if english { en } else { zh };
        if printed.get(code.as_str()) != Some(&want.as_str()) {
            complaints.push(format!("{paper}: exit code {code} should read {want}"));
        }
    }
    for code in printed.keys().filter(|c| !known.iter().any(|(k, _, _)| k == **c)) {
        complaints.push(format!("{paper}: the program has no exit code {code}"));
    }
    if known.is_empty() {
        complaints.push("no exit code was read from the program".to_owned());
    }
    complaints
}

/// Code, Chinese and English of each exit code, read from the source of the one table.
fn program_codes(table: &str) -> Vec<(String, String, String)> {
    let number = |name: &str| {
        table.lines().find_map(|l| {
            Some(l.trim().strip_prefix(name)?.strip_prefix(" = ")?.trim_end_matches(',').to_owned())
        })
    };
    table
        .match_indices("Exit::")
        .filter_map(|(at, word)| {
            let rest = &table[at + word.len()..];
            let (name, rest) = rest.split_once(',')?;
            let rest = rest.trim_start().strip_prefix('"')?;
            let (zh, rest) = rest.split_once('"')?;
            let rest = rest.trim_start_matches(',').trim_start().strip_prefix('"')?;
            Some((number(name)?, zh.to_owned(), rest.split('"').next()?.to_owned()))
        })
        .collect()
}

/// Drops that the sample's page or the replay does not name.
pub(crate) fn drops(drops: &[String], told: &str, replay: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for drop in drops {
        if !told.contains(&format!("| {drop} |")) {
            complaints.push(format!("data/sample/README.md does not tell of {drop}"));
        }
        if !replay.split_whitespace().any(|day| day == drop) {
            complaints.push(format!("data/sample/replay.sh does not build {drop}"));
        }
    }
    complaints
}
