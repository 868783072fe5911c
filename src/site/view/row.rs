//! One published case as a row of a list.

use serde::Serialize;

use crate::clearance::Disclosure;
use crate::ledger::Standing;
use crate::vocab::{Money, PenaltyKind};

use super::super::lists::Line;
use super::super::paths::{case_folder, column, year_of};

/// A row. `href` is the folder from the root.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Row<'a> {
    id: String,
    href: String,
    column: &'static str,
    /// Decision number or number of the task.
    pub(in crate::site) number: &'a str,
    /// Party as published.
    pub(in crate::site) party: &'a str,
    /// Violation, or what was inspected.
    pub(in crate::site) about: &'a str,
    /// Kinds of penalty, or the result.
    pub(in crate::site) outcome: String,
    /// Fine and confiscated amount together, in yuan.
    pub(in crate::site) amount: Option<String>,
    /// Day of decision or result.
    pub(in crate::site) day_zero: String,
    /// First publication.
    pub(in crate::site) published_on: String,
    on_time: Option<bool>,
    corrected: bool,
}

impl<'a> Row<'a> {
    /// The row of a line of a list.
    pub(super) fn of_line(line: &'a Line, year: i32) -> Self {
        Self {
            id: line.id.to_string(),
            href: case_folder(line.kind, year, line.id),
            column: column(line.kind),
            number: &line.number,
            party: &line.party,
            about: &line.about,
            outcome: line.outcome.to_string(),
            amount: line.amount.map(Money::yuan_text),
            day_zero: line.on.to_string(),
            published_on: line.published_on.map(|d| d.to_string()).unwrap_or_default(),
            on_time: line.on_time,
            corrected: line.corrected,
        }
    }

    /// The row, or `None` for a standing that is not published.
    pub(in crate::site) fn of(case: &'a Standing) -> Option<Self> {
        let (id, disclosure) = (case.id?, case.disclosure.as_ref()?);
        let (about, outcome, amount) = match disclosure {
            Disclosure::Penalty(p) => {
                (p.violation().as_str(), kinds(p.kinds()), amount(*p.fine(), *p.confiscated()))
            }
            Disclosure::Inspection(i) => (i.item().as_str(), i.result().as_str().to_owned(), None),
        };
        Some(Self {
            id: id.to_string(),
            href: case_folder(case.key.kind, year_of(case), id),
            column: column(case.key.kind),
            number: disclosure.number(),
            party: disclosure.party(),
            about,
            outcome,
            amount,
            day_zero: disclosure.day_zero().to_string(),
            published_on: case.published_on.map(|d| d.to_string()).unwrap_or_default(),
            on_time: case.on_time(),
            corrected: !case.revisions.is_empty(),
        })
    }
}

/// Kinds of penalty in words.
pub(in crate::site) fn kinds(kinds: &[PenaltyKind]) -> String {
    kinds.iter().map(|k| k.zh()).collect::<Vec<_>>().join("、")
}

/// Fine and confiscated amount together, in yuan.
pub(super) fn amount(fine: Option<Money>, confiscated: Option<Money>) -> Option<String> {
    sum(fine, confiscated).map(Money::yuan_text)
}

/// Fine and confiscated amount together.
pub(in crate::site) fn sum(fine: Option<Money>, confiscated: Option<Money>) -> Option<Money> {
    match (fine, confiscated) {
        (Some(a), Some(b)) => a.plus(b),
        (one, other) => one.or(other),
    }
}
