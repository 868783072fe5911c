//! What the two clocks of disclosure share: day 0 of a case, its term, whether it has run out.

use crate::diag::{Finding, Note};
use crate::law::{Day, Due, UnknownYear};

use super::super::record::{CaseFile, CellFault, Field, Read, TableKind};
use super::{Context, Verdict};

/// Day 0 of the case's clock: decision, or result of the inspection.
pub(super) fn day_zero(file: &CaseFile) -> &Read<Day, CellFault> {
    match file.table {
        TableKind::Inspections => &file.words.result_on,
        TableKind::Penalties | TableKind::Orders => &file.words.decided_on,
    }
}

/// The column of day 0.
pub(super) fn day_zero_field(file: &CaseFile) -> Field {
    match file.table {
        TableKind::Inspections => Field::ResultOn,
        TableKind::Penalties | TableKind::Orders => Field::DecidedOn,
    }
}

/// The id of the term that the case's table goes by.
pub(super) fn term_id(file: &CaseFile) -> &'static str {
    match file.table {
        TableKind::Inspections => "inspection-disclosure",
        TableKind::Penalties | TableKind::Orders => "penalty-disclosure",
    }
}

/// When the case must be public at the latest; `None` where day 0 or the term is unknown.
pub(super) fn due(file: &CaseFile, cx: &Context<'_>) -> Option<Result<Due, UnknownYear>> {
    let day_zero = *day_zero(file).word()?;
    Some(cx.law.term(term_id(file))?.due(&cx.law.calendar, day_zero))
}

/// Whether the case stands published already.
pub(super) fn is_published(file: &CaseFile, cx: &Context<'_>) -> bool {
    let number = file.words.number.word();
    number.is_some_and(|number| (cx.published)(number.as_str()).is_some())
}

/// The verdict of a clock: late where the term has run out before today and nothing is published.
pub(super) fn late(check: &'static str, file: &CaseFile, cx: &Context<'_>) -> Verdict {
    if matches!(day_zero(file), Read::NoColumn) {
        return Verdict::NotChecked;
    }
    let Some(Ok(due)) = due(file, cx) else { return Verdict::Passed };
    let today = cx.today.day();
    if today <= due.on || is_published(file, cx) {
        return Verdict::Passed;
    }
    let days = u32::try_from(due.on.days_until(today)).unwrap_or(u32::MAX);
    let note = Note::new("最迟应于 {} 公开，已过 {} 日", "due by {}, {} calendar days ago");
    let place = file.at(day_zero_field(file));
    Verdict::one(Finding::new(check, place).noted(note.with(due.on).with(days)))
}
