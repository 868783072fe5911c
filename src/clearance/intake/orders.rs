//! Takedown orders that come as rows: what must be there before one can be carried out.

use crate::clearance::record::{CaseFile, CaseKind, Field, Read};
use crate::diag::{Finding, Findings};
use crate::law::Day;
use crate::vocab::{Act, DecisionNumber};

/// An order as a row gives it. Its document and authority are raw text yet: see [`OrderRow::file`].
pub(in crate::clearance) struct OrderRow {
    /// Kind of case it speaks of.
    pub(in crate::clearance) kind: CaseKind,
    /// Number of the case, in one form where it is a decision number.
    pub(in crate::clearance) number: String,
    /// What it does.
    pub(in crate::clearance) act: Act,
    /// Day of the document.
    pub(in crate::clearance) decided_on: Day,
    /// Day it takes effect; the day of the document where the export does not say.
    pub(in crate::clearance) effective_on: Day,
    /// Number of the decision that replaces the one taken down.
    pub(in crate::clearance) replaced_by: Option<String>,
    /// Credit code of the party it means; none where it means every party of the number.
    pub(in crate::clearance) party: Option<String>,
    /// The row itself, for the document's name and authority, which must be redacted before they are shown.
    pub(in crate::clearance) file: Box<CaseFile>,
}

/// Reads an order.
///
/// # Errors
/// One finding for each cell that is missing or cannot be read.
pub(super) fn read(file: Box<CaseFile>) -> Result<OrderRow, Findings> {
    let mut faults = Findings::new();
    let number = number(&file);
    let act = file.words.takedown_act.word().copied();
    let decided_on = file.words.takedown_decided_on.word().copied();
    for (field, is_there) in [
        (Field::Number, number.is_some()),
        (Field::TakedownGround, act.is_some()),
        (Field::TakedownDocument, file.look(Field::TakedownDocument).is_some()),
        (Field::TakedownDecidedOn, decided_on.is_some()),
    ] {
        if !is_there {
            faults.push(missing(&file, field));
        }
    }
    if matches!(file.words.takedown_effective_on, Read::Fault(_)) {
        faults.push(missing(&file, Field::TakedownEffectiveOn));
    }
    let replaced_by = file.look(Field::TakedownReplacedBy).map(DecisionNumber::parse);
    if matches!(replaced_by, Some(Err(_))) {
        faults.push(missing(&file, Field::TakedownReplacedBy));
    }
    match (number, act, decided_on) {
        (Some(number), Some(act), Some(decided_on)) if faults.is_empty() => Ok(OrderRow {
            kind: kind(&number),
            number,
            act,
            replaced_by: replaced_by.and_then(Result::ok).map(|n| n.as_str().to_owned()),
            decided_on,
            party: file.words.credit_code.word().map(ToString::to_string),
            effective_on: file.words.takedown_effective_on.word().copied().unwrap_or(decided_on),
            file,
        }),
        _ => Err(faults),
    }
}

/// The case's number: a decision number in its one form, or a task number without blanks.
fn number(file: &CaseFile) -> Option<String> {
    if let Some(number) = file.words.number.word() {
        return Some(number.as_str().to_owned());
    }
    let text: String = file.look(Field::Number)?.chars().filter(|c| !c.is_whitespace()).collect();
    (text.chars().count() <= 64).then_some(text)
}

/// Inspection tasks are numbered with 检 or 抽查, decisions with 罚.
fn kind(number: &str) -> CaseKind {
    if !number.contains('罚') && ["检", "抽查", "双随机"].iter().any(|w| number.contains(w))
    {
        CaseKind::Inspection
    } else {
        CaseKind::Penalty
    }
}

/// A cell that is blank is missing; one that cannot be read as a day is a bad date.
fn missing(file: &CaseFile, field: Field) -> Finding {
    let is_day = matches!(field, Field::TakedownDecidedOn | Field::TakedownEffectiveOn);
    match file.look(field) {
        Some(text) if is_day => Finding::new("bad-date", file.at(field)).shaped(text),
        Some(text) => Finding::new("missing-field", file.at(field)).shaped(text),
        None => Finding::new("missing-field", file.at(field)),
    }
}
