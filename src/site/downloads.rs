//! A year's cases as CSV and JSON, row by row. The one hand on the CSV writer.
//!
//! Columns are an allow-list (`data/forms/open-data.yml`); a tombstone row holds neither party, facts nor amount.

use serde_json::Value;

use crate::clearance::{CaseKind, Disclosure, InspectionDisclosure, PenaltyDisclosure};
use crate::diag::Failure;
use crate::ledger::{Standing, State};
use crate::vocab::{CreditCode, Money, PenaltyKind};

use super::forms::{Field, Forms};
use super::paths::{download, year_of};
use super::{Page, Scope};

/// So that spreadsheets take the file for UTF-8.
const BOM: &str = "\u{feff}";

/// The value of one field of one case.
enum Cell {
    Empty,
    Text(String),
    List(Vec<&'static str>),
    Number(u32),
}

/// The beginning of a year's files.
pub(super) fn heads(forms: &Forms, kind: CaseKind, year: i32) -> Result<Vec<Page>, Failure> {
    let titles: Vec<&str> = forms.fields.of(kind).iter().map(|f| f.title.as_str()).collect();
    let mut csv = BOM.as_bytes().to_vec();
    csv.extend(csv_line(&titles)?);
    let page = |form, body| Page {
        path: download(kind, year, form),
        body,
        scope: Scope::Open,
        append: false,
    };
    Ok(vec![page("csv", csv), page("json", b"[\n".to_vec())])
}

/// One case as a row of each file.
pub(super) fn rows(forms: &Forms, case: &Standing, first: bool) -> Result<Vec<Page>, Failure> {
    let Some(id) = case.id else { return Ok(Vec::new()) };
    let (kind, year) = (case.key.kind, year_of(case));
    let fields = forms.fields.of(kind);
    let cells: Vec<Cell> = fields.iter().map(|f| cell(&f.name, case)).collect();
    let texts: Vec<String> = cells.iter().map(csv_text).collect();
    let mut json = if first { String::new() } else { ",\n".to_owned() };
    json.push_str(&json_line(fields, cells, case));
    let page = |form, body| Page {
        path: download(kind, year, form),
        body,
        scope: Scope::Case(id),
        append: true,
    };
    Ok(vec![page("csv", csv_line(&texts)?), page("json", json.into_bytes())])
}

/// The end of a year's files.
pub(super) fn tails(kind: CaseKind, year: i32) -> Vec<Page> {
    let path = download(kind, year, "json");
    vec![Page { path, body: b"\n]\n".to_vec(), scope: Scope::Open, append: true }]
}

/// One line of CSV, ended by CR LF, with formulas disarmed.
pub(super) fn csv_line<S: AsRef<str>>(cells: &[S]) -> Result<Vec<u8>, Failure> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        // Every cell in quotes: numbers of neighboring cells never read as one.
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(Vec::with_capacity(512));
    writer
        .write_record(cells.iter().map(|c| disarmed(c.as_ref())))
        .map_err(|_| Failure::Internal("a row cannot be written".into()))?;
    writer.into_inner().map_err(|_| Failure::Internal("a row cannot be written".into()))
}

/// The cell with `'` before it where a spreadsheet would run it as a formula (OWASP CSV injection).
///
/// The first character that counts is looked for behind blanks and characters of no width.
fn disarmed(cell: &str) -> String {
    let no_width = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}');
    let first = cell.chars().find(|c| !c.is_whitespace() && !no_width(*c));
    let starts = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '−'));
    if starts || cell.starts_with(['\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn csv_text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::List(words) => words.join("、"),
        Cell::Number(n) => n.to_string(),
    }
}

/// One object on one line, its keys in the order of the dictionary: the id comes first.
fn json_line(fields: &[Field], cells: Vec<Cell>, case: &Standing) -> String {
    let mut line = String::with_capacity(1024);
    for (field, cell) in fields.iter().zip(cells) {
        let value = match (field.name.as_str(), cell) {
            ("status", _) => Value::from(status(case.state).1),
            (_, Cell::Empty) => Value::Null,
            (_, Cell::Text(text)) => Value::from(text),
            (_, Cell::List(words)) => Value::from(words),
            (_, Cell::Number(n)) => Value::from(n),
        };
        line.push(if line.is_empty() { '{' } else { ',' });
        line.push_str(&format!("{}:{value}", Value::from(field.name.as_str())));
    }
    line.push('}');
    line
}

const fn status(state: State) -> (&'static str, &'static str) {
    match state {
        State::Published => ("公示", "published"),
        State::TakenDown => ("撤下", "taken_down"),
        State::Expired => ("期满", "expired"),
        State::Held | State::Withheld => ("", "unpublished"),
    }
}

fn cell(name: &str, case: &Standing) -> Cell {
    let tombstone = case.tombstone.as_ref();
    match name {
        "id" => case.id.map_or(Cell::Empty, |id| Cell::Text(id.to_string())),
        "status" => Cell::Text(status(case.state).0.to_owned()),
        "number" => Cell::Text(case.key.number.clone()),
        "published_on" => text(case.published_on),
        "due_on" => text(case.due_on),
        "until" => text(case.until),
        "revision" => Cell::Number(case.revision),
        "corrected_on" => text(case.revisions.last().map(|r| r.on)),
        "ground" => text(tombstone.map(|t| t.ground.zh())),
        "taken_down_on" => text(tombstone.map(|t| t.taken_down_on)),
        name => match (case.state, &case.disclosure) {
            (State::Published, Some(Disclosure::Penalty(p))) => of_penalty(name, p),
            (State::Published, Some(Disclosure::Inspection(i))) => of_inspection(name, i),
            _ => Cell::Empty,
        },
    }
}

fn of_penalty(name: &str, p: &PenaltyDisclosure) -> Cell {
    match name {
        "party" => text(Some(p.party().as_str())),
        "party_kind" => text(Some(p.party_kind().zh())),
        "credit_code" => text(own_code(p.credit_code().as_ref())),
        "violation" => text(Some(p.violation().as_str())),
        "facts" => text(Some(p.facts().as_str())),
        "basis" => text(Some(p.basis().as_str())),
        "kinds" => Cell::List(p.kinds().iter().copied().map(PenaltyKind::zh).collect()),
        "content" => text(Some(p.content().as_str())),
        "fine_wan" => text(p.fine().map(Money::wan_text)),
        "confiscated_wan" => text(p.confiscated().map(Money::wan_text)),
        "permit" => text(p.permit().as_ref().map(|t| t.as_str())),
        "procedure" => text(p.procedure().map(|k| k.zh())),
        "organ" => text(Some(p.organ().as_str())),
        "organ_code" => text(p.organ_code().as_ref()),
        "unit" => text(p.unit().as_ref().map(|t| t.as_str())),
        "decided_on" => text(Some(p.decided_on())),
        "valid_until" => text(p.valid_until().as_ref()),
        _ => Cell::Empty,
    }
}

fn of_inspection(name: &str, i: &InspectionDisclosure) -> Cell {
    match name {
        "party" => text(Some(i.party().as_str())),
        "party_kind" => text(Some(i.party_kind().zh())),
        "credit_code" => text(own_code(i.credit_code().as_ref())),
        "plan" => text(i.plan().as_ref().map(|t| t.as_str())),
        "item" => text(Some(i.item().as_str())),
        "method" => text(i.method().as_ref().map(|t| t.as_str())),
        "result" => text(Some(i.result().as_str())),
        "organ" => text(Some(i.organ().as_str())),
        "organ_code" => text(i.organ_code().as_ref()),
        "inspected_on" => text(i.inspected_on().as_ref()),
        "result_on" => text(Some(i.result_on())),
        _ => Cell::Empty,
    }
}

/// A code that is the party's own, not the prescribed placeholder.
pub(super) fn own_code(code: Option<&CreditCode>) -> Option<&CreditCode> {
    code.filter(|c| !c.is_placeholder())
}

fn text<T: ToString>(value: Option<T>) -> Cell {
    value.map_or(Cell::Empty, |v| Cell::Text(v.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_also_behind_blanks() {
        for bad in ["=1+1", "+1", "-1", "@x", "＝1", "＠x", " \u{200b}=1", "\tx", "\u{feff}-1"] {
            assert!(disarmed(bad).starts_with('\''), "{bad:?}");
        }
        for good in ["示例路12号", "2026-01-01", "0.5", "", "甲=乙"] {
            assert_eq!(disarmed(good), good);
        }
    }

    #[test]
    fn lines_end_as_spreadsheets_expect() {
        let line = csv_line(&["甲,乙", "丙\"丁", "戊\n己"]).unwrap();
        assert_eq!(String::from_utf8(line).unwrap(), "\"甲,乙\",\"丙\"\"丁\",\"戊\n己\"\r\n");
    }
}
