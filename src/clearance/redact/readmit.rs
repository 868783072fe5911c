//! The one other way in: what the ledger published before comes back as it was.

use serde::Deserialize;

use crate::law::Day;
use crate::vocab::{CreditCode, Money, PartyKind, PenaltyKind, Procedure};

use super::{ClearText, Cut, Disclosure, InspectionDisclosure, PenaltyDisclosure};

macro_rules! twin {
    ($twin:ident => $name:ident { $($field:ident : $ty:ty = $back:expr),* $(,)? }) => {
        #[derive(Deserialize)]
        struct $twin { $(#[serde(default)] $field: Option<$ty>),* }

        impl $twin {
            fn back(self) -> Option<$name> {
                Some($name { $($field: $back(self.$field)?),* })
            }
        }
    };
}

fn text(t: Option<String>) -> Option<ClearText> {
    t.map(ClearText)
}
fn maybe_text(t: Option<String>) -> Option<Option<ClearText>> {
    Some(t.map(ClearText))
}
fn texts(t: Option<Vec<String>>) -> Option<Vec<ClearText>> {
    Some(t.unwrap_or_default().into_iter().map(ClearText).collect())
}
fn must<T>(t: Option<T>) -> Option<T> {
    t
}
fn maybe<T>(t: Option<T>) -> Option<Option<T>> {
    Some(t)
}
fn cuts(t: Option<Vec<CutRow>>) -> Option<Vec<Cut>> {
    let back = |c: CutRow| Cut { rule: c.rule, field: c.field, count: c.count, at: c.at };
    Some(t.unwrap_or_default().into_iter().map(back).collect())
}

#[derive(Deserialize)]
struct CutRow {
    rule: String,
    field: String,
    count: u32,
    #[serde(default)]
    at: Vec<u32>,
}

twin! { PenaltyRow => PenaltyDisclosure {
    number: String = must, party: String = text, party_kind: PartyKind = must,
    credit_code: CreditCode = maybe, violation: String = text, facts: String = text,
    basis: String = text, kinds: Vec<PenaltyKind> = must, content: String = text,
    fine: Money = maybe, confiscated: Money = maybe, permit: String = maybe_text,
    procedure: Procedure = maybe, organ: String = text, organ_code: CreditCode = maybe,
    unit: String = maybe_text, officers: Vec<String> = texts, decided_on: Day = must,
    valid_until: Day = maybe, until: Day = maybe, cuts: Vec<CutRow> = cuts,
} }

twin! { InspectionRow => InspectionDisclosure {
    number: String = must, party: String = text, party_kind: PartyKind = must,
    credit_code: CreditCode = maybe, plan: String = maybe_text, item: String = text,
    method: String = maybe_text, result: String = text, organ: String = text,
    organ_code: CreditCode = maybe, officers: Vec<String> = texts, inspected_on: Day = maybe,
    result_on: Day = must, cuts: Vec<CutRow> = cuts,
} }

/// What is read first: which of the two forms it is. A tag inside one enumeration would make the
/// reader keep every field twice.
#[derive(Deserialize)]
struct Form {
    kind: Kind,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Penalty,
    Inspection,
}

/// Reads a published disclosure back from the ledger's JSON; `None` where a field is missing.
pub(crate) fn readmit(json: &str) -> Option<Disclosure> {
    let Form { kind } = serde_json::from_str(json).ok()?;
    match kind {
        Kind::Penalty => {
            serde_json::from_str::<PenaltyRow>(json).ok()?.back().map(Disclosure::Penalty)
        }
        Kind::Inspection => {
            serde_json::from_str::<InspectionRow>(json).ok()?.back().map(Disclosure::Inspection)
        }
    }
}
