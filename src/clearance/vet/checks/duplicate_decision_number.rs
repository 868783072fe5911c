//! `duplicate-decision-number`: two different records under one key in one run (domain 10.28).
//!
//! It looks across records, so it is no [`super::super::Check`]: the run keeps a [`Seen`].

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::super::super::RecordKey;
use crate::diag::{Finding, Place};

/// Its id.
pub(super) const ID: &str = "duplicate-decision-number";

/// The keys met so far.
#[derive(Default)]
pub(in crate::clearance) struct Seen(HashMap<RecordKey, First>);

struct First {
    fingerprint: u64,
    at: Place,
    reported: bool,
}

/// What a key met again means.
#[derive(Debug)]
pub(in crate::clearance) enum Repeat {
    /// It is new.
    First,
    /// The same record once more.
    Same,
    /// Another record under the same key: findings at both places, the first place only once.
    Conflict(Vec<Finding>),
}

impl Seen {
    /// Notes a record: its key, a fingerprint of its content, and the cell of its number.
    pub(in crate::clearance) fn note(
        &mut self,
        key: &RecordKey,
        fingerprint: u64,
        at: Place,
    ) -> Repeat {
        match self.0.entry(key.clone()) {
            Entry::Vacant(vacant) => {
                vacant.insert(First { fingerprint, at, reported: false });
                Repeat::First
            }
            Entry::Occupied(met) if met.get().fingerprint == fingerprint => Repeat::Same,
            Entry::Occupied(mut met) => {
                let first = met.get_mut();
                let mut findings = Vec::new();
                if !std::mem::replace(&mut first.reported, true) {
                    findings.push(Finding::new(ID, first.at.clone()));
                }
                findings.push(Finding::new(ID, at));
                Repeat::Conflict(findings)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::CaseKind;
    use super::*;

    fn key(number: &str) -> RecordKey {
        RecordKey {
            kind: CaseKind::Penalty,
            organ: String::new(),
            number: number.into(),
            party: String::new(),
        }
    }

    fn row(n: u32) -> Place {
        Place::row(&"处罚.csv".into(), None, n)
    }

    #[test]
    fn both_places_are_named_once() {
        let mut seen = Seen::default();
        assert!(matches!(seen.note(&key("甲"), 1, row(2)), Repeat::First));
        assert!(matches!(seen.note(&key("乙"), 1, row(3)), Repeat::First));
        assert!(matches!(seen.note(&key("甲"), 1, row(4)), Repeat::Same));
        let Repeat::Conflict(found) = seen.note(&key("甲"), 2, row(5)) else {
            panic!("a conflict")
        };
        assert_eq!(found.iter().map(|f| &f.place).collect::<Vec<_>>(), [&row(2), &row(5)]);
        let Repeat::Conflict(found) = seen.note(&key("甲"), 3, row(6)) else {
            panic!("a conflict")
        };
        assert_eq!(found.iter().map(|f| &f.place).collect::<Vec<_>>(), [&row(6)]);
    }
}
