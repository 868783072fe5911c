//! Runs the tables of `tests/redact`: what a legal officer has signed is what the wall does.
//!
//! Every file of the folder runs, so that a table cannot be forgotten. A cell may hold `<br>` for a line
//! break, `\|` for a bar and `\u{200b}` for a character that paper does not show.

use std::path::Path;

use super::{clear, file, redactor};
use crate::clearance::record::Field;
use crate::clearance::redact::{Redacted, Redactor};
use crate::vocab::{PartyKind, Policy};

/// The published text of a row whose record waits for a person.
const HELD: &str = "（转人工复核）";
/// The rule of a row in which nothing is cut.
const KEPT: &str = "保留";
/// The table of records that are not published at all; `tests/site` runs it.
const WITHHELD: &str = "withheld.md";

/// One row of a table.
struct Row {
    raw: String,
    kind: PartyKind,
    rule: String,
    public: String,
}

/// Every table with its name, in order.
fn tables() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/redact");
    let mut tables: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the folder of tables")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), path))
        .map(|(name, path)| (name, std::fs::read_to_string(path).expect("a table")))
        .collect();
    tables.sort();
    tables
}

/// The rows of a table below its two lines of heading.
fn rows(table: &str) -> Vec<Row> {
    let lines = table.lines().filter(|line| line.starts_with('|')).skip(2);
    let row = |line| {
        let Ok([raw, kind, rule, public]) = <[String; 4]>::try_from(cells(line)) else {
            panic!("not four cells: {line}")
        };
        let kind = PartyKind::parse(&kind).expect("a kind of party");
        Row { raw, kind, rule, public }
    };
    lines.map(row).collect()
}

/// The cells of a line.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim().trim_start_matches('|').replace("\\|", "\u{1}");
    let line = line.strip_suffix('|').expect("a bar at the end");
    line.split('|').map(|cell| unescaped(&cell.trim().replace('\u{1}', "|"))).collect()
}

/// A cell with its line breaks and its characters that paper does not show.
fn unescaped(cell: &str) -> String {
    let cell = cell.replace("<br>", "\n");
    let mut parts = cell.split("\\u{");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').expect("a closed escape");
        let code = u32::from_str_radix(code, 16).expect("a number");
        text.push(char::from_u32(code).expect("a character"));
        text.push_str(rest);
    }
    text
}

/// What became of the facts, and whether the rule is said to have done it.
fn run(redactor: &Redactor, row: &Row) -> (String, bool) {
    let redacted = redactor.redact(file(row.kind, &[(Field::Facts, &row.raw)]));
    if let Redacted::Hold(found) = &redacted {
        return (HELD.to_owned(), found.iter().any(|f| f.check == row.rule));
    }
    let Some(penalty) = clear(redactor, row.kind, &row.raw) else { return ("?".into(), false) };
    let facts = |rule: &str| penalty.cuts.iter().any(|c| c.field == "facts" && c.rule() == rule);
    let any = penalty.cuts.iter().any(|c| c.field == "facts");
    let counted = if row.rule == KEPT { !any } else { facts(&row.rule) };
    (penalty.facts.as_str().to_owned(), counted)
}

#[test]
fn every_row_is_published_as_signed() {
    let redactor = redactor(&Policy::default());
    let mut wrong = Vec::new();
    let mut all = 0;
    for (name, table) in tables().iter().filter(|(name, _)| name != WITHHELD) {
        for row in rows(table) {
            all += 1;
            let (got, counted) = run(&redactor, &row);
            if got != row.public || !counted {
                let Row { raw, rule, public, .. } = row;
                wrong.push(format!(
                    "{name}: {raw}\n got  {got}\n want {public} ({rule}: {counted})"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {all} rows:\n{}", wrong.len(), wrong.join("\n"));
    assert!(all >= 150, "only {all} rows");
}

#[test]
fn what_is_published_is_redacted_no_further() {
    let redactor = redactor(&Policy::default());
    let mut wrong = Vec::new();
    for (name, table) in tables().iter().filter(|(name, _)| name != WITHHELD) {
        for row in rows(table).into_iter().filter(|row| row.public != HELD) {
            let again = clear(&redactor, row.kind, &row.public);
            let again = again.as_ref().map_or(HELD, |p| p.facts.as_str());
            if again != row.public {
                wrong.push(format!("{name}: {}\n got  {again}", row.public));
            }
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_table_tells_what_it_is_about() {
    for (name, table) in tables() {
        let head = table.split("\n|").next().unwrap_or_default();
        assert!(head.starts_with("# "), "{name} has no title");
        assert!(
            head.contains("S1") || head.contains("S2") || head.contains("S7"),
            "{name}: clauses"
        );
        assert!(table.trim_end().ends_with('|'), "{name} goes on after its table");
    }
}

#[test]
fn a_cell_may_hold_bars_breaks_and_what_paper_does_not_show() {
    assert_eq!(cells(r"| a\|b | c<br>d | \u{200b}e |"), ["a|b", "c\nd", "\u{200b}e"]);
}
