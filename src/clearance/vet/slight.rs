//! Slight cases: since a day the credit rules say that they are in principle not shown, while the rules of
//! disclosure still ask for every penalty. Which of both the bureau follows is its decision, never a default.

use crate::vocab::SlightCases;

use super::super::record::{CaseFile, Field, Read, TableKind};
use super::review::flag;
use super::{Context, Verdict};
use crate::diag::{Finding, Note};

/// Says `check` of a slight case where the bureau has chosen `choice` and the row itself decides nothing.
pub(super) fn found(
    file: &CaseFile,
    cx: &Context<'_>,
    check: &'static str,
    choice: SlightCases,
) -> Verdict {
    let own = cx.policy.slight_cases;
    let is_new = file.look(Field::Number).is_none_or(|number| (cx.published)(number).is_none());
    let undecided = file.look(Field::Disclose).and_then(flag).is_none();
    if own.unwrap_or(SlightCases::Publish) != choice || !undecided || !is_new {
        return Verdict::Passed;
    }
    match column(file, cx) {
        Slight::Yes(field) => {
            let finding = Finding::new(check, file.at(field));
            let unchosen = Note::new(
                "data/policy.yml 的 slight_cases 尚未选定，按公示办法公开",
                "slight_cases of data/policy.yml is not chosen: published as the rules of disclosure ask",
            );
            Verdict::one(if own.is_none() { finding.noted(unchosen) } else { finding })
        }
        Slight::No => Verdict::Passed,
        Slight::Unknown => Verdict::NotChecked,
    }
}

/// Whether a case is slight, and which column says so.
enum Slight {
    Yes(Field),
    No,
    Unknown,
}

fn column(file: &CaseFile, cx: &Context<'_>) -> Slight {
    let since = cx.law.limits.slight_cases_since.value;
    let words = &file.words;
    let is_since = words.decided_on.word().is_some_and(|on| *on >= since);
    if file.table != TableKind::Penalties || !is_since {
        return Slight::No;
    }
    let kinds = words.kinds.word().map(Vec::as_slice).unwrap_or_default();
    match &words.procedure {
        Read::Word(own) if cx.retention.is_minor_procedure(*own) => Slight::Yes(Field::Procedure),
        _ if cx.retention.are_minor_kinds(kinds) => Slight::Yes(Field::Kinds),
        Read::NoColumn => Slight::Unknown,
        _ => Slight::No,
    }
}
