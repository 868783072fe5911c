//! Orders about cases that stand published: to take one down, or to set such an order aside.

use crate::diag::{Finding, Place};
use crate::law::Day;
use crate::vocab::{Act, CaseId};

use super::super::CaseKind;
use super::super::intake::OrderRow;
use super::super::redact::Redactor;

/// An order about a published case, as a row of a drop or given by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TakedownOrder {
    /// Kind of case it speaks of.
    pub(crate) kind: CaseKind,
    /// Decision number of the case.
    pub(crate) number: String,
    /// What it does, and why.
    pub(crate) act: Act,
    /// The document that orders it, as text for the public notice.
    pub(crate) document: String,
    /// Who issued the document.
    pub(crate) authority: Option<String>,
    /// Day of the document.
    pub(crate) decided_on: Day,
    /// Day it takes effect: day 0 of the takedown clock (domain 8.1).
    pub(crate) effective_on: Day,
    /// Number of the decision that replaces the one taken down.
    pub(crate) replaced_by: Option<String>,
    /// Where the order stands.
    pub(crate) place: Place,
    /// Credit code of the one party it means, where a number has several.
    pub(crate) party: Option<String>,
    /// The one case it means, where it is given by hand; otherwise every case of the number.
    pub(crate) id: Option<CaseId>,
}

impl TakedownOrder {
    /// The order of a row; its document and authority are shown redacted. What redaction doubts in them
    /// comes with it.
    pub(super) fn of(row: &OrderRow, redactor: &Redactor) -> (Self, Vec<Finding>) {
        let texts = redactor.order(&row.file);
        let order = Self {
            kind: row.kind,
            number: row.number.clone(),
            act: row.act,
            document: texts.document,
            authority: texts.authority,
            decided_on: row.decided_on,
            effective_on: row.effective_on,
            replaced_by: row.replaced_by.clone(),
            place: row.file.place.clone(),
            party: row.party.clone(),
            id: None,
        };
        (order, texts.findings)
    }
}
