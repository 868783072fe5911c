//! The cases as CSV, JSON and JSON Lines, row by row, by year and whole. The one hand on the CSV writer.
//!
//! Columns are an allow-list (`data/forms/open-data.yml`); a tombstone row holds neither party, facts nor amount.
//! A row is made once: the same bytes stand in every file that has it, and a case's own file is its line.

use std::borrow::{Borrow, Cow};

use crate::clearance::{CaseKind, Disclosure, InspectionDisclosure, PenaltyDisclosure};
use crate::diag::Failure;
use crate::ledger::{Standing, State};
use crate::vocab::{BulkPersons, CreditCode, Money, PartyKind, PenaltyKind};

use super::forms::{Field, Forms};
use super::paths::{case_json, download, list_json, whole, year_of};
use super::{Copied, Page, Scope, Twin, api};

/// So that spreadsheets take the file for UTF-8.
pub(super) const BOM: &str = "\u{feff}";
/// Ending of the CSV for programs, which has no mark at its beginning.
pub(super) const PLAIN: &str = "plain.csv";

/// The value of one field of one case.
enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    List(Vec<&'static str>),
    Number(u32),
}

/// Bytes that are added to the file at `path`, and to others.
fn piece(path: String, body: Vec<u8>, scope: Scope, also: Vec<Twin>) -> Copied {
    Copied { page: Page { path, body, scope, append: true }, also }
}

/// Another file that grows.
fn growing(path: String) -> Twin {
    Twin { path, append: true }
}

/// The beginning of a year's files; of the first year also that of the whole.
pub(super) fn heads(
    forms: &Forms,
    kind: CaseKind,
    year: i32,
    is_first: bool,
) -> Result<Vec<Copied>, Failure> {
    let titles: Vec<&str> = forms.fields.of(kind).iter().map(|f| f.title.as_str()).collect();
    let line = csv_line(&titles)?;
    let marked = [BOM.as_bytes(), &line].concat();
    let of_whole = |form: &str| is_first.then(|| growing(whole(kind, form))).into_iter().collect();
    let begun =
        |form: &str, body| piece(download(kind, year, form), body, Scope::Open, of_whole(form));
    let alone = |path, body| piece(path, body, Scope::Open, Vec::new());
    Ok(vec![
        begun("csv", marked),
        begun(PLAIN, line),
        begun("jsonl", Vec::new()),
        alone(download(kind, year, "json"), b"[\n".to_vec()),
        alone(list_json(kind, year), api::list_head(kind, year)),
    ])
}

/// One case as a row of each file, and its own file; nothing where the open data leave it out.
pub(super) fn rows(
    forms: &Forms,
    bulk: BulkPersons,
    case: &Standing,
) -> Result<Vec<Copied>, Failure> {
    let Some(id) = case.id else { return Ok(Vec::new()) };
    let (kind, year) = (case.key.kind, year_of(case));
    let fields = forms.fields.of(kind);
    let Some(cells) = cells(fields, bulk, case) else { return Ok(Vec::new()) };
    let texts: Vec<Cow<'_, str>> = cells.iter().map(csv_text).collect();
    let mut json = Vec::with_capacity(2048);
    json_line(fields, &cells, case, &mut json)?;
    let grown = [download(kind, year, PLAIN), whole(kind, "csv"), whole(kind, PLAIN)].map(growing);
    let lines = [download(kind, year, "json"), whole(kind, "jsonl")].map(growing);
    let own = Twin { path: case_json(kind, year, id), append: false };
    let listed = api::list_row(case, status(case.state).1)?;
    let of = Scope::Case(id);
    Ok(vec![
        piece(download(kind, year, "csv"), csv_line(&texts)?, of.clone(), grown.into()),
        piece(
            download(kind, year, "jsonl"),
            json,
            of.clone(),
            lines.into_iter().chain([own]).collect(),
        ),
        piece(list_json(kind, year), listed, of, Vec::new()),
    ])
}

/// The values of these fields, without what the policy leaves out of files about natural persons; `None` where
/// it leaves out the case.
fn cells<'c, F: Borrow<Field>>(
    fields: &'c [F],
    bulk: BulkPersons,
    case: &'c Standing,
) -> Option<Vec<Cell<'c>>> {
    if !has(bulk, case) {
        return None;
    }
    let leaves_out = bulk == BulkPersons::Reduced && is_of_a_person(case);
    let shown = |field: &'c Field| match leaves_out && field.personal {
        true => Cell::Empty,
        false => cell(&field.name, case),
    };
    Some(fields.iter().map(|field| shown(field.borrow())).collect())
}

/// Whether the open data have a record of the case.
pub(super) fn has(bulk: BulkPersons, case: &Standing) -> bool {
    !(bulk == BulkPersons::Omitted && is_of_a_person(case))
}

/// Whether a case is against a natural person, also after its content is gone.
pub(super) fn is_of_a_person(case: &Standing) -> bool {
    case.count.party_kind == Some(PartyKind::NaturalPerson)
        || case.disclosure.as_ref().is_some_and(|d| d.party_kind() == PartyKind::NaturalPerson)
}

/// What stands between two cases where a form asks for it.
pub(super) fn between(kind: CaseKind, year: i32) -> Vec<Copied> {
    let also = vec![growing(list_json(kind, year))];
    vec![piece(download(kind, year, "json"), b",".to_vec(), Scope::Open, also)]
}

/// One case as a row of CSV and a line of JSON with these fields only: for the downloads of a selection. Empty
/// where the open data leave the case out.
///
/// # Errors
/// Never for the forms of this program.
pub(super) fn selected(
    fields: &[&Field],
    bulk: BulkPersons,
    case: &Standing,
) -> Result<(Vec<u8>, Vec<u8>), Failure> {
    let Some(cells) = cells(fields, bulk, case) else { return Ok((Vec::new(), Vec::new())) };
    let texts: Vec<Cow<'_, str>> = cells.iter().map(csv_text).collect();
    let mut json = Vec::with_capacity(512);
    json_line(fields, &cells, case, &mut json)?;
    Ok((csv_line(&texts)?, json))
}

/// Name, title and value of the fields of a published case that have one, as its page tells them.
pub(super) fn filled<'f>(fields: &'f [Field], case: &Standing) -> Vec<(&'f str, &'f str, String)> {
    let value = |field: &'f Field| {
        let value = csv_text(&cell(&field.name, case)).into_owned();
        (field.name.as_str(), field.title.as_str(), value)
    };
    fields.iter().map(value).filter(|(.., value)| !value.is_empty()).collect()
}

/// The end of a year's files.
pub(super) fn tails(kind: CaseKind, year: i32) -> Vec<Copied> {
    vec![
        piece(download(kind, year, "json"), b"]\n".to_vec(), Scope::Open, Vec::new()),
        piece(list_json(kind, year), b"]}\n".to_vec(), Scope::Open, Vec::new()),
    ]
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

/// One object on one line, which it ends, its keys in the order of the dictionary: the id comes first.
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
    out.extend_from_slice(b"}\n");
    Ok(())
}

/// Names of fields that the forms and their descriptions both speak of.
pub(super) mod own_name {
    /// The case's name in addresses.
    pub(in crate::site) const ID: &str = "id";
    /// How it stands.
    pub(in crate::site) const STATUS: &str = "status";
    /// Fields that every record has.
    pub(in crate::site) const ALWAYS: [&str; 4] = [ID, STATUS, "number", "revision"];
}

/// The states of a record, in CSV and in JSON.
pub(super) const STATES: [(&str, &str); 3] =
    [status(State::Published), status(State::TakenDown), status(State::Expired)];

/// A state in the words of CSV and JSON.
pub(super) const fn status(state: State) -> (&'static str, &'static str) {
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
