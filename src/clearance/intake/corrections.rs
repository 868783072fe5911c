//! Corrections of single cells, from 更正.yml (corrections.yml) of a drop: read before any row, applied to
//! the raw row, so that a corrected text is vetted and redacted like any other.
//!
//! A correction speaks of the rows of its own drop and of earlier ones. A later export that says something
//! else again contradicts it, and a person must decide.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Deserializer};

use crate::clearance::record::{CaseFile, Field, Private, Words};
use crate::diag::{Failure, Finding, Findings, Note, Place};
use crate::law::{Day, parse_rules};
use crate::vocab::{CorrectionReason, DecisionNumber, document_name, post_alone};

use super::columns::{Columns, Entry};
use super::folder::{DropFolder, in_order};
use super::header::Units;
use super::{bears_classification_mark, rows, shown_name, words};

/// The check of the form.
const BAD: &str = "bad-correction";
/// The check of a later export that says something else again.
pub(in crate::clearance) const OVERTAKEN: &str = "overtaken-correction";
/// Larger files are no corrections (YAML is read whole).
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// A raw text of the file.
struct Raw(Private<String>);

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Private::new(text)))
    }
}

/// One entry as the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryRow {
    #[serde(rename = "文号", alias = "number")]
    number: Raw,
    #[serde(rename = "统一社会信用代码", alias = "credit_code", default)]
    code: Option<Raw>,
    #[serde(rename = "检查对象", alias = "party", default)]
    party: Option<Raw>,
    #[serde(rename = "栏目", alias = "field")]
    field: Raw,
    #[serde(rename = "内容", alias = "to", default)]
    text: Option<Raw>,
    #[serde(rename = "事由", alias = "reason")]
    reason: Raw,
    #[serde(rename = "依据文书", alias = "document")]
    document: Raw,
    #[serde(rename = "文书日期", alias = "decided_on")]
    decided_on: Day,
    #[serde(rename = "批准人职务", alias = "approved_by", default)]
    approved_by: Option<Raw>,
}

/// On what ground a public field may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CorrectionNote {
    /// Name of the field in the ledger.
    pub(crate) field: &'static str,
    /// Why.
    pub(crate) reason: CorrectionReason,
    /// Kind and number of the document.
    pub(crate) document: String,
    /// Its day.
    pub(crate) decided_on: Day,
    /// Post of who approved it; never a name.
    pub(crate) approved_by: Option<String>,
}

/// One correction.
struct Correction {
    drop: Arc<str>,
    /// Cells by which it means one row of a number that has several.
    of: [Option<(Field, Private<String>)>; 2],
    column: Field,
    units: Units,
    text: Option<Private<String>>,
    note: CorrectionNote,
}

/// All corrections of a run, by the number of the case.
#[derive(Default)]
pub(in crate::clearance) struct Corrections(BTreeMap<String, Vec<Correction>>);

/// What corrections did to a row.
#[derive(Default)]
pub(in crate::clearance) struct Corrected {
    /// Grounds on which its public fields may change.
    pub(in crate::clearance) notes: Vec<CorrectionNote>,
    /// Cells that contradict a correction.
    pub(in crate::clearance) overtaken: Vec<Finding>,
}

impl Corrected {
    /// Whether the party is another than the row says.
    pub(in crate::clearance) fn changes_party(&self) -> bool {
        let of_party = [Field::Party, Field::PartyKind, Field::CreditCode];
        let changes = |note: &CorrectionNote| public_field_name(note.field);
        self.notes.iter().filter_map(changes).any(|field| of_party.contains(&field))
    }
}

impl Corrections {
    /// Reads the corrections of all drops. Faults of form are in `findings`: the run is to be refused, for
    /// without its corrections an error would be public again.
    ///
    /// # Errors
    /// A classification mark, or a file that cannot be read.
    pub(super) fn read(
        drops: &[DropFolder],
        columns: &Columns,
        findings: &mut Findings,
    ) -> Result<Self, Failure> {
        let mut all = Self::default();
        for drop in drops {
            for (number, path) in (1_usize..).zip(&drop.corrections) {
                let file = shown_name(drop, path, number)?;
                let text = text_of(path, &file)?;
                let place = Place::File { file };
                let faults =
                    text.map_or_else(|| vec![form()], |text| all.add(&text, &drop.name, columns));
                findings
                    .extend(faults.into_iter().map(|n| Finding::new(BAD, place.clone()).noted(n)));
            }
        }
        Ok(all)
    }

    fn add(&mut self, text: &str, drop: &Arc<str>, columns: &Columns) -> Vec<Note> {
        let Ok(entries) = parse_rules::<Vec<EntryRow>>("", text) else { return vec![form()] };
        let mut faults = Vec::new();
        for (index, entry) in (1_usize..).zip(entries) {
            match Correction::of(&entry, drop, columns) {
                Ok((number, mut one)) => {
                    one.text = entry.text.map(|raw| raw.0);
                    let cell = |field, raw: Option<Raw>| raw.map(|raw| (field, raw.0));
                    one.of = [cell(Field::CreditCode, entry.code), cell(Field::Party, entry.party)];
                    self.0.entry(number).or_default().push(one);
                }
                Err(note) => faults.push(note.with(index)),
            }
        }
        faults
    }

    /// Applies to a row what speaks of it.
    pub(super) fn apply(&self, file: &mut CaseFile, columns: &Columns) -> Corrected {
        let mut done = Corrected::default();
        if self.0.is_empty() {
            return done;
        }
        let number = match file.words.number.word() {
            Some(number) => Some(number.as_str()),
            None => file.look(Field::Number),
        };
        let all = number.and_then(|n| self.0.get(n)).into_iter().flatten();
        // Told before the first of them changes the row.
        let meant: Vec<&Correction> = all.filter(|one| one.means(file)).collect();
        for one in meant {
            let is_later = in_order(&file.drop, &one.drop).is_gt();
            match &one.text {
                Some(text) if is_later => {
                    if file.look(one.column) != Some(text.look().trim()) {
                        done.overtaken.push(Finding::new(OVERTAKEN, file.at(one.column)));
                    }
                    continue;
                }
                None if is_later => continue,
                Some(text) => one.put(file, text.look(), columns),
                None => {}
            }
            // The last word about a field is its ground.
            done.notes.retain(|note| note.field != one.note.field);
            done.notes.push(one.note.clone());
        }
        // A later correction of the same field may agree where an earlier one does not.
        done.overtaken.retain(|found| {
            let settled = |note: &CorrectionNote| {
                public_field_name(note.field).is_some_and(|f| file.at(f) == found.place)
            };
            !done.notes.iter().any(settled)
        });
        done
    }
}

impl Correction {
    /// The correction of an entry but its text, with the number of its case.
    fn of(entry: &EntryRow, drop: &Arc<str>, columns: &Columns) -> Result<(String, Self), Note> {
        let raw = entry.number.0.look();
        let number = match DecisionNumber::parse(raw) {
            Ok(number) => number.as_str().to_owned(),
            Err(_) => raw.chars().filter(|c| !c.is_whitespace()).collect(),
        };
        let meaning = match columns.entry(entry.field.0.look()) {
            Entry::Known(meaning, _) => Some(meaning),
            Entry::Ignored | Entry::Foreign => None,
        };
        let named = meaning.and_then(|m| Some((m, public_name(m.field)?)));
        let (meaning, field) = named.ok_or_else(|| {
            Note::new("第 {} 项：栏目不是公示的栏目", "entry {}: no column that is published")
        })?;
        let reason = CorrectionReason::parse(entry.reason.0.look()).ok_or_else(|| {
            Note::new(
                "第 {} 项：事由须是 录入错误、文书补正 或者 隐私保护；决定被变更的，撤下原决定",
                "entry {}: the reason is entry-error, amended or personal-information; what was altered is taken down",
            )
        })?;
        let document = document_name(entry.document.0.look()).ok_or_else(|| {
            Note::new(
                "第 {} 项：依据文书须有种类或者文号",
                "entry {}: a document needs a kind or a number",
            )
        })?;
        let approved_by = match &entry.approved_by {
            None => None,
            Some(raw) => Some(post_alone(raw.0.look()).ok_or_else(|| {
                Note::new(
                    "第 {} 项：批准人只写职务，如 法制科科长，不写姓名",
                    "entry {}: the approver is a post, never a name",
                )
            })?),
        };
        let units = Units { fine: meaning.unit, confiscated: meaning.unit };
        let decided_on = entry.decided_on;
        let note = CorrectionNote { field, reason, document, decided_on, approved_by };
        let (drop, column) = (Arc::clone(drop), meaning.field);
        let one = Self { drop, of: [None, None], column, units, text: None, note };
        Ok((number, one))
    }

    /// Whether it means this row of its number.
    fn means(&self, file: &CaseFile) -> bool {
        let is_in = |(field, text): &(Field, Private<String>)| {
            let code = file.words.credit_code.word().filter(|_| *field == Field::CreditCode);
            let cell = file.look(*field).map(str::trim);
            let asked = text.look().trim();
            cell == Some(asked) || code.is_some_and(|code| code.to_string() == asked)
        };
        self.of.iter().flatten().all(is_in)
    }

    /// Puts the corrected text in its cell and reads its word again.
    fn put(&self, file: &mut CaseFile, text: &str, columns: &Columns) {
        let mut cells = crate::clearance::record::Cells::empty();
        let meaning = super::columns::Meaning {
            field: self.column,
            unit: Default::default(),
            is_second: false,
        };
        rows::put_plain(&mut cells, meaning, text);
        let read = words::read(&cells, self.units, columns);
        file.cells.put(self.column, cells.look(self.column).unwrap_or_default().to_owned());
        renew(&mut file.words, self.column, read);
    }
}

/// The typed word of one column, read again.
fn renew(words: &mut Words, field: Field, read: Words) {
    match field {
        Field::PartyKind => words.party_kind = read.party_kind,
        Field::CreditCode => words.credit_code = read.credit_code,
        Field::Kinds => words.kinds = read.kinds,
        Field::Fine => words.fine = read.fine,
        Field::Confiscated => words.confiscated = read.confiscated,
        Field::DecidedOn => words.decided_on = read.decided_on,
        Field::ValidUntil => words.valid_until = read.valid_until,
        Field::Until => words.until = read.until,
        Field::Procedure => words.procedure = read.procedure,
        Field::InspectedOn => words.inspected_on = read.inspected_on,
        Field::ResultOn => words.result_on = read.result_on,
        _ => {}
    }
}

/// Columns that are published, by their name in the ledger. The number names the case: another number is
/// another case.
const PUBLIC: [(Field, &str); 23] = [
    (Field::Party, "party"),
    (Field::PartyKind, "party_kind"),
    (Field::CreditCode, "credit_code"),
    (Field::Violation, "violation"),
    (Field::Facts, "facts"),
    (Field::Basis, "basis"),
    (Field::Kinds, "kinds"),
    (Field::Content, "content"),
    (Field::Fine, "fine"),
    (Field::Confiscated, "confiscated"),
    (Field::Permit, "permit"),
    (Field::Procedure, "procedure"),
    (Field::Organ, "organ"),
    (Field::HandlingUnit, "unit"),
    (Field::Officers, "officers"),
    (Field::DecidedOn, "decided_on"),
    (Field::ValidUntil, "valid_until"),
    (Field::Until, "until"),
    (Field::Item, "item"),
    (Field::Method, "method"),
    (Field::Result, "result"),
    (Field::InspectedOn, "inspected_on"),
    (Field::ResultOn, "result_on"),
];

fn public_name(field: Field) -> Option<&'static str> {
    PUBLIC.iter().find(|(f, _)| *f == field).map(|(_, name)| *name)
}

fn public_field_name(name: &str) -> Option<Field> {
    PUBLIC.iter().find(|(_, n)| *n == name).map(|(field, _)| *field)
}

/// The text of a file; `None` where it is too large or not UTF-8.
fn text_of(path: &Path, file: &Arc<str>) -> Result<Option<String>, Failure> {
    let bytes =
        std::fs::read(path).map_err(|cause| Failure::Read { path: path.to_path_buf(), cause })?;
    if bytes.len() > MOST_BYTES {
        return Ok(None);
    }
    let Ok(text) = String::from_utf8(bytes) else { return Ok(None) };
    if bears_classification_mark(&text) {
        return Err(Failure::SecrecyMark { file: file.to_string() });
    }
    Ok(Some(text.trim_start_matches('\u{feff}').to_owned()))
}

fn form() -> Note {
    Note::new(
        "不是 UTF-8 的列表，或者有未知的项、缺少的项、不存在的日期",
        "no list in UTF-8, or an unknown key, a missing one, or a day that does not exist",
    )
}
