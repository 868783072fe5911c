//! What the records say about the legal review of a case, for the gate before publication.

use crate::law::{Day, Scene};

use super::DropRecords;
use super::model::Opinion;

/// How the legal review of a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::clearance) enum Standing {
    /// The records have no opinion on this case.
    None,
    /// The last opinion does not agree.
    NotAgreed,
    /// The last opinion agrees.
    Agreed {
        /// The day of that opinion.
        on: Day,
    },
}

impl DropRecords {
    /// Whether the records have an entry for the case with this number.
    pub(in crate::clearance) fn has(&self, number: &str) -> bool {
        self.entry(number).is_some()
    }

    /// How the legal review of the case with this number stands.
    pub(in crate::clearance) fn standing(&self, number: &str) -> Standing {
        let review = self.entry(number).and_then(|entry| entry.case.review.as_ref());
        match review.and_then(|review| review.rounds.last()) {
            None => Standing::None,
            Some(last) if last.result == Opinion::Agreed => Standing::Agreed { on: last.date },
            Some(_) => Standing::NotAgreed,
        }
    }

    /// Whether the records say that the case calls for a review: a ground is named, or there was a
    /// hearing.
    pub(in crate::clearance) fn calls_for_review(&self, number: &str) -> bool {
        let Some(entry) = self.entry(number) else { return false };
        let review = entry.case.review.as_ref();
        let named = review.and_then(|r| r.required.as_ref()).is_some_and(|tags| !tags.is_empty());
        named || entry.case.events.iter().flatten().any(|e| e.scene == Scene::Hearing)
    }
}
