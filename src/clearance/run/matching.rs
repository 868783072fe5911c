//! Whether what is on record speaks of a case at all: of one in the drops of the run, at least.

use std::collections::BTreeSet;

use crate::diag::Finding;

use super::super::DropFolder;
use super::super::process::DropRecords;
use super::ClearedRecord;

/// Numbers of cases, and entries that wait for theirs. Without records in any drop nothing is kept.
pub(super) struct Matching {
    is_asked: bool,
    seen: BTreeSet<String>,
    waiting: Vec<(String, Finding)>,
}

impl Matching {
    /// Nothing is read yet.
    pub(super) fn of(drops: &[DropFolder]) -> Self {
        let is_asked = drops.iter().any(|drop| !drop.records.is_empty());
        Self { is_asked, seen: BTreeSet::new(), waiting: Vec::new() }
    }

    /// Notes a case, whatever becomes of it.
    pub(super) fn note(&mut self, record: &ClearedRecord) {
        if let Some(key) = record.key.as_ref().filter(|_| self.is_asked) {
            self.seen.insert(key.number.clone());
        }
    }

    /// Takes the entries of a drop.
    pub(super) fn expect(&mut self, records: Option<&DropRecords>) {
        self.waiting.extend(records.into_iter().flat_map(DropRecords::unmatched));
    }

    /// The entries whose case no drop has.
    pub(super) fn finish(mut self) -> Vec<(String, Finding)> {
        self.waiting.retain(|(number, _)| !self.seen.contains(number));
        self.waiting
    }
}
