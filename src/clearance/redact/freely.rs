//! Redacts a record of any columns, for the filter: the same known values, patterns and masks as for
//! publication, applied to every column instead of the published ones.

use crate::clearance::record::{CaseFile, Field};
use crate::vocab::{IdForm, PartyKind, id_form};

use super::address::county_end;
use super::known::Text;
use super::redactor::Redactor;
use super::text::{Pen, visible};
use crate::clearance::fold::{Fold, Markup, folded};

/// One column of a record: what it means, if that is known, and its text.
pub(in crate::clearance) struct Cell<'c> {
    /// The field its header means.
    pub(in crate::clearance) field: Option<Field>,
    /// The text.
    pub(in crate::clearance) text: &'c str,
}

/// A record redacted.
pub(in crate::clearance) struct Freed {
    /// Text of each column, in order.
    pub(in crate::clearance) texts: Vec<String>,
    /// Columns that hold something doubtful, with the check that says so.
    pub(in crate::clearance) doubts: Vec<(usize, &'static str)>,
}

/// What becomes of a column.
enum Way {
    /// It goes whole.
    Delete,
    /// It stays whole: codes, dates, amounts, officers.
    Stay,
    /// The year stays.
    Year,
    /// The address stays down to the county.
    County,
    /// It is redacted as a text.
    Text,
}

impl Redactor {
    /// Redacts every cell of a record.
    pub(in crate::clearance) fn free(
        &self,
        file: &CaseFile,
        kind: PartyKind,
        cells: &[Cell<'_>],
    ) -> Freed {
        let is_text = |cell: &Cell<'_>| matches!(way(cell.field, kind, file), Way::Text);
        let texts = cells.iter().enumerate().filter(|(_, c)| is_text(c) && !is_bare(c.field));
        let known = self.known(file, kind, texts.map(|(slot, cell)| (slot, cell.text)));
        let mut pen = Pen::new(self, &known);
        let mut freed = Freed { texts: Vec::new(), doubts: Vec::new() };
        for (slot, cell) in cells.iter().enumerate() {
            let text = match way(cell.field, kind, file) {
                Way::Delete => String::new(),
                Way::Stay => cell.text.to_owned(),
                Way::Year => year(cell.text),
                Way::County => county(cell.text),
                Way::Text => {
                    let which =
                        if is_bare(cell.field) { Text::Names(slot) } else { Text::Running(slot) };
                    let written = pen.write(which, "text", cell.text);
                    let mut checks: Vec<&'static str> =
                        written.doubts.iter().map(|d| d.check).collect();
                    checks.dedup();
                    freed.doubts.extend(checks.into_iter().map(|check| (slot, check)));
                    written.text.as_str().to_owned()
                }
            };
            freed.texts.push(text);
        }
        freed
    }
}

/// Columns whose values are known already: nothing is looked for in them.
fn is_bare(field: Option<Field>) -> bool {
    matches!(
        field,
        Some(
            Field::Party
                | Field::Operator
                | Field::Representative
                | Field::Agents
                | Field::Witnesses
                | Field::Reporters
                | Field::ContactPerson
                | Field::Number
                | Field::CreditCode
        )
    )
}

fn way(field: Option<Field>, kind: PartyKind, file: &CaseFile) -> Way {
    let Some(field) = field else { return Way::Text };
    match field {
        Field::IdNumber
        | Field::RepresentativeId
        | Field::Phone
        | Field::BankCard
        | Field::Plate
        | Field::Email
        | Field::Secrets => Way::Delete,
        Field::BornOn => Way::Year,
        Field::OperatorAddress => Way::County,
        Field::Address | Field::Premises if kind == PartyKind::NaturalPerson => Way::County,
        Field::CreditCode => match file.words.credit_code.word() {
            Some(_) if kind == PartyKind::Organization => Way::Stay,
            Some(code) if matches!(id_form(code.as_str()), IdForm::NotAnId) => Way::Stay,
            _ => Way::Text,
        },
        Field::PartyKind
        | Field::IdType
        | Field::RepresentativeIdType
        | Field::Kinds
        | Field::Fine
        | Field::Confiscated
        | Field::DecidedOn
        | Field::ValidUntil
        | Field::Until
        | Field::Organ
        | Field::OrganCode
        | Field::SourceOrgan
        | Field::SourceOrganCode
        | Field::Officers
        | Field::OfficerCertificates
        | Field::Reviewers
        | Field::OrganPhone
        | Field::Procedure
        | Field::FiledOn
        | Field::LegalReviewOn
        | Field::SecrecyReviewOn
        | Field::InspectedOn
        | Field::ResultOn => Way::Stay,
        _ => Way::Text,
    }
}

/// The year of a birth date, with its unit.
fn year(text: &str) -> String {
    let text = folded(text);
    let digits: String = text.chars().take_while(char::is_ascii_digit).take(4).collect();
    if digits.len() == 4 { format!("{digits}年") } else { String::new() }
}

/// An address down to the county.
fn county(text: &str) -> String {
    let text = visible(text);
    let fold = Fold::new(&*text, Markup::Plain);
    let end = county_end(fold.text());
    if end == 0 { String::new() } else { text[..fold.source(0..end).end].to_owned() }
}
