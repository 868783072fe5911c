//! What people have decided about doubtful stretches of text, and what still waits for a person.
//!
//! A decision holds positions, a check and a keyed digest of the record, never a value; it counts only for
//! the very version of the record that was looked at. Files are not read here, nor written.

mod digest;
mod item;
mod name;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clearance::record::{CaseFile, Field};
use crate::diag::Column;
use crate::law::Day;

pub(crate) use digest::{RecordDigest, ReviewKey};
pub(in crate::clearance) use item::characters;
pub(crate) use item::{Item, Screen, Verdict};
pub(in crate::clearance) use name::{public_number, record_name};

/// What becomes of a doubtful stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Decision {
    /// It stays.
    Keep,
    /// It goes.
    Redact,
}

/// One decision: a row of `data/review.yml`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// Public number of the case, else file and row.
    pub(crate) record: String,
    /// Canonical header of the column.
    pub(crate) column: String,
    /// First character of the stretch in the visible text, from 0.
    pub(crate) from: usize,
    /// Character after its last.
    pub(crate) to: usize,
    /// The check that doubts.
    pub(crate) check: String,
    /// What was decided.
    pub(crate) decision: Decision,
    /// Post of who decided; never a name.
    pub(crate) role: String,
    /// Day of the decision.
    pub(crate) on: Day,
    /// A code of the bureau's own for the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
    /// Keyed digest of all cells of the record.
    pub(crate) digest: RecordDigest,
}

impl Entry {
    /// Whether both speak of the same stretch of the same version of a record.
    pub(crate) fn is_about(&self, other: &Entry) -> bool {
        let place = |e: &Entry| (e.digest, e.from, e.to);
        place(self) == place(other)
            && (&self.record, &self.column, &self.check)
                == (&other.record, &other.column, &other.check)
    }
}

/// All decisions, and the key without which none counts.
#[derive(Clone, Default)]
pub(crate) struct Reviews {
    key: Option<ReviewKey>,
    entries: BTreeMap<String, Vec<Entry>>,
}

/// The decisions that count for one record, by column.
#[derive(Default)]
pub(in crate::clearance) struct Decided(BTreeMap<usize, Vec<Entry>>);

impl Reviews {
    /// These decisions under this key.
    pub(crate) fn new(all: Vec<Entry>, key: Option<ReviewKey>) -> Self {
        let mut entries: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for entry in all {
            entries.entry(entry.record.clone()).or_default().push(entry);
        }
        Self { key, entries }
    }

    /// Every decision, sorted.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        let mut all: Vec<Entry> = self.entries.values().flatten().cloned().collect();
        all.sort();
        all
    }

    /// Whether there is a key.
    pub(crate) fn has_key(&self) -> bool {
        self.key.is_some()
    }

    /// The digest of a record's version, where there is a key.
    pub(in crate::clearance) fn digest(&self, file: &CaseFile) -> Option<RecordDigest> {
        self.key.as_ref().map(|key| key.digest(file))
    }

    /// The decisions about this version of the record.
    pub(in crate::clearance) fn of(&self, file: &CaseFile) -> Decided {
        let mut decided = Decided::default();
        if self.entries.is_empty() {
            return decided;
        }
        // Most records have no decision: only one that has is worth a digest.
        let Some(entries) = record_name(file).and_then(|name| self.entries.get(&name)) else {
            return decided;
        };
        let Some(digest) = self.digest(file) else { return decided };
        for entry in entries.iter().filter(|entry| entry.digest == digest) {
            let is_of = |field: &&Field| header(file, **field) == entry.column;
            if let Some(field) = Field::ALL.iter().find(is_of) {
                decided.0.entry(*field as usize).or_default().push(entry.clone());
            }
        }
        decided
    }
}

impl Decided {
    /// Whether anything of a column was decided.
    pub(in crate::clearance) fn covers(&self, field: Field) -> bool {
        self.0.contains_key(&(field as usize))
    }

    /// What was decided about a stretch. Of two decisions that contradict each other, the careful one counts.
    pub(in crate::clearance) fn about(
        &self,
        field: Field,
        check: &str,
        (from, to): (usize, usize),
    ) -> Option<&Entry> {
        let entries = self.0.get(&(field as usize))?.iter();
        entries
            .filter(|e| e.check == check && e.from == from && e.to == to)
            .max_by_key(|e| e.decision)
    }
}

/// Canonical header of a column.
pub(in crate::clearance) fn header(file: &CaseFile, field: Field) -> String {
    match file.headers.column(field) {
        Column::Known(header) => header.to_string(),
        Column::Foreign(number) => number.to_string(),
    }
}

#[cfg(test)]
mod tests;
