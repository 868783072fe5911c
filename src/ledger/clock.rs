//! Last days of a case: by when it must stand public, by when it must be gone, how long it stays.

use crate::clearance::{CaseKind, Count};
use crate::law::Day;
use crate::vocab::Ground;

use super::Settling;

impl Settling<'_> {
    /// Last day of disclosure of a penalty whose export names none, by the regimes the bureau chose. What is
    /// new is taken to be published today.
    pub(super) fn last_day_of(&self, at: usize, count: &Count) -> Option<Day> {
        let head = &self.cases[at].head;
        if head.key.kind != CaseKind::Penalty {
            return None;
        }
        let published_on = head.published_on.unwrap_or(self.today);
        self.retention.last_day((&count.kinds, count.procedure), count.on?, published_on)
    }

    pub(super) fn due_of(&self, at: usize, day_zero: Option<Day>) -> Option<Day> {
        let term = match self.cases[at].head.key.kind {
            CaseKind::Penalty => "penalty-disclosure",
            CaseKind::Inspection => "inspection-disclosure",
        };
        self.due(term, day_zero?)
    }

    pub(super) fn takedown_due(&self, ground: Ground, effective_on: Day) -> Option<Day> {
        ground.has_statutory_term().then(|| self.due("takedown", effective_on)).flatten()
    }

    fn due(&self, term: &str, start: Day) -> Option<Day> {
        self.law.term(term)?.due(&self.law.calendar, start).ok().map(|due| due.on)
    }
}
