//! A year's cases as CSV and JSON, row by row. The one hand on the CSV writer.
//!
//! Columns are an allow-list (`data/forms/open-data.yml`); a tombstone row holds neither party, facts nor amount.

use std::borrow::{Borrow, Cow};

use crate::clearance::{CaseKind, Disclosure, InspectionDisclosure, PenaltyDisclosure};
use crate::diag::Failure;
use crate::ledger::{Standing, State};
use crate::vocab::{CreditCode, Money, PenaltyKind};

use super::forms::{Field, Forms};
use super::paths::{download, year_of};
use super::{Page, Scope};

/// So that spreadsheets take the file for UTF-8.
pub(super) const BOM: &str = "\u{feff}";

/// The value of one field of one case.
enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
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
    let cells: Vec<Cell<'_>> = fields.iter().map(|f| cell(&f.name, case)).collect();
    let texts: Vec<Cow<'_, str>> = cells.iter().map(csv_text).collect();
    let mut json = Vec::with_capacity(2048);
    json.extend_from_slice(if first { b"" } else { b",\n" });
    json_line(fields, &cells, case, &mut json)?;
    let page = |form, body| Page {
        path: download(kind, year, form),
        body,
        scope: Scope::Case(id),
        append: true,
    };
    Ok(vec![page("csv", csv_line(&texts)?), page("json", json)])
}

/// One case as a row of CSV and an object of JSON with these fields only: for the downloads of a selection.
///
/// # Errors
/// Never for the forms of this program.
pub(super) fn selected(fields: &[&Field], case: &Standing) -> Result<(Vec<u8>, Vec<u8>), Failure> {
    let cells: Vec<Cell<'_>> = fields.iter().map(|f| cell(&f.name, case)).collect();
    let texts: Vec<Cow<'_, str>> = cells.iter().map(csv_text).collect();
    let mut json = Vec::with_capacity(512);
    json_line(fields, &cells, case, &mut json)?;
    Ok((csv_line(&texts)?, json))
}

/// The end of a year's files.
pub(super) fn tails(kind: CaseKind, year: i32) -> Vec<Page> {
    let path = download(kind, year, "json");
    vec![Page { path, body: b"\n]\n".to_vec(), scope: Scope::Open, append: true }]
}

/// One line of CSV, ended by CR LF, with formulas disarmed.
pub(crate) fn csv_line<S: AsRef<str>>(cells: &[S]) -> Result<Vec<u8>, Failure> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        // Every cell in quotes: numbers of neighboring cells never read as one.
        .quote_style(csv::QuoteStyle::Always)
        .buffer_capacity(2048)
        .from_writer(Vec::new());
    writer
        .write_record(cells.iter().map(|c| Armless(disarmed(c.as_ref()))))
        .map_err(|_| Failure::Internal("a row cannot be written".into()))?;
    writer.into_inner().map_err(|_| Failure::Internal("a row cannot be written".into()))
}

/// A cell on its way to the writer, which asks for bytes.
struct Armless<'a>(Cow<'a, str>);

impl AsRef<[u8]> for Armless<'_> {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// The cell with `'` before it where a spreadsheet would run it as a formula (OWASP CSV injection).
///
/// The first character that counts is looked for behind blanks and characters of no width.
pub(crate) fn disarmed(cell: &str) -> Cow<'_, str> {
    let no_width = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}');
    let first = cell.chars().find(|c| !c.is_whitespace() && !no_width(*c));
    let starts = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '−'));
    if starts || cell.starts_with(['\t', '\r', '\n']) {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}

fn csv_text<'c>(cell: &'c Cell<'_>) -> Cow<'c, str> {
    match cell {
        Cell::Empty => "".into(),
        Cell::Text(text) => text.as_ref().into(),
        Cell::List(words) => words.join("、").into(),
        Cell::Number(n) => n.to_string().into(),
    }
}

/// One object on one line, its keys in the order of the dictionary: the id comes first.
fn json_line<F: Borrow<Field>>(
    fields: &[F],
    cells: &[Cell<'_>],
    case: &Standing,
    out: &mut Vec<u8>,
) -> Result<(), Failure> {
    for (i, (field, cell)) in fields.iter().map(Borrow::borrow).zip(cells).enumerate() {
        out.push(if i == 0 { b'{' } else { b',' });
        let wrote = serde_json::to_writer(&mut *out, &field.name).and_then(|()| {
            out.push(b':');
            match (field.name.as_str(), cell) {
                ("status", _) => serde_json::to_writer(&mut *out, status(case.state).1),
                (_, Cell::Empty) => serde_json::to_writer(&mut *out, &()),
                (_, Cell::Text(text)) => serde_json::to_writer(&mut *out, text),
                (_, Cell::List(words)) => serde_json::to_writer(&mut *out, words),
                (_, Cell::Number(n)) => serde_json::to_writer(&mut *out, n),
            }
        });
        wrote.map_err(|_| Failure::Internal("a row cannot be written".into()))?;
    }
    out.push(b'}');
    Ok(())
}

const fn status(state: State) -> (&'static str, &'static str) {
    match state {
        State::Published => ("公示", "published"),
        State::TakenDown => ("撤下", "taken_down"),
        State::Expired => ("期满", "expired"),
        State::Held | State::Withheld | State::Suppressed => ("", "unpublished"),
    }
}

fn cell<'a>(name: &str, case: &'a Standing) -> Cell<'a> {
    let tombstone = case.tombstone.as_ref();
    match name {
        "id" => case.id.map_or(Cell::Empty, |id| Cell::Text(id.to_string().into())),
        "status" => Cell::Text(status(case.state).0.into()),
        "number" => Cell::Text(case.key.number.as_str().into()),
        "published_on" => text(case.published_on),
        "due_on" => text(case.due_on),
        "until" => text(case.until),
        "revision" => Cell::Number(case.revision),
        "corrected_on" => {
            let shown = case.revisions.last().filter(|_| case.state == State::Published);
            text(shown.map(|r| r.on))
        }
        "ground" => words(tombstone.map(|t| t.ground.zh())),
        "taken_down_on" => text(tombstone.map(|t| t.taken_down_on)),
        "superseded_by" => text(tombstone.and_then(|t| t.replacement).map(|found| found.id)),
        name => match (case.state, &case.disclosure) {
            (State::Published, Some(Disclosure::Penalty(p))) => of_penalty(name, p),
            (State::Published, Some(Disclosure::Inspection(i))) => of_inspection(name, i),
            _ => Cell::Empty,
        },
    }
}

fn of_penalty<'a>(name: &str, p: &'a PenaltyDisclosure) -> Cell<'a> {
    match name {
        "party" => words(Some(p.party().as_str())),
        "party_kind" => words(Some(p.party_kind().zh())),
        "credit_code" => text(own_code(p.credit_code().as_ref())),
        "violation" => words(Some(p.violation().as_str())),
        "facts" => words(Some(p.facts().as_str())),
        "basis" => words(Some(p.basis().as_str())),
        "kinds" => Cell::List(p.kinds().iter().copied().map(PenaltyKind::zh).collect()),
        "content" => words(Some(p.content().as_str())),
        "fine_wan" => text(p.fine().map(Money::wan_text)),
        "confiscated_wan" => text(p.confiscated().map(Money::wan_text)),
        "permit" => words(p.permit().as_ref().map(|t| t.as_str())),
        "procedure" => words(p.procedure().map(|k| k.zh())),
        "organ" => words(Some(p.organ().as_str())),
        "organ_code" => text(p.organ_code().as_ref()),
        "unit" => words(p.unit().as_ref().map(|t| t.as_str())),
        "decided_on" => text(Some(p.decided_on())),
        "valid_until" => text(p.valid_until().as_ref()),
        _ => Cell::Empty,
    }
}

fn of_inspection<'a>(name: &str, i: &'a InspectionDisclosure) -> Cell<'a> {
    match name {
        "party" => words(Some(i.party().as_str())),
        "party_kind" => words(Some(i.party_kind().zh())),
        "credit_code" => text(own_code(i.credit_code().as_ref())),
        "plan" => words(i.plan().as_ref().map(|t| t.as_str())),
        "item" => words(Some(i.item().as_str())),
        "method" => words(i.method().as_ref().map(|t| t.as_str())),
        "result" => words(Some(i.result().as_str())),
        "organ" => words(Some(i.organ().as_str())),
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

fn words(value: Option<&str>) -> Cell<'_> {
    value.map_or(Cell::Empty, |v| Cell::Text(v.into()))
}

fn text<'a, T: ToString>(value: Option<T>) -> Cell<'a> {
    value.map_or(Cell::Empty, |v| Cell::Text(v.to_string().into()))
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
