//! A stretch of days that a document speaks of, and what changed in it.

use crate::law::Day;
use crate::ledger::{LineHead, Standing};

/// First and last day, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    /// First day.
    pub(crate) since: Day,
    /// Last day.
    pub(crate) until: Day,
}

impl Period {
    /// The month of a day, up to it.
    pub(crate) fn month(day: Day) -> Self {
        let since = Day::new(day.year(), day.month(), 1).unwrap_or(day);
        Self { since, until: day }
    }

    /// The week of a day from Monday, up to it.
    pub(crate) fn week(day: Day) -> Self {
        let mut since = day;
        while since.weekday_zh() != "一" && since.before() != since {
            since = since.before();
        }
        Self { since, until: day }
    }

    /// Whether a day is in it.
    pub(crate) fn has(self, day: Day) -> bool {
        self.since <= day && day <= self.until
    }

    /// Whether a published case was shown for the first time, or again after a takedown, in it.
    pub(crate) fn brought(self, head: &LineHead) -> bool {
        let shown = head.gaps.last().map(|gap| gap.until).max(head.published_on);
        shown.is_some_and(|day| self.has(day))
    }

    /// Whether a published case was corrected in it.
    pub(crate) fn corrected(self, head: &LineHead) -> bool {
        head.revisions.iter().any(|revision| self.has(revision.on))
    }

    /// In words.
    pub(in crate::site) fn zh(self) -> String {
        format!("{}至{}", self.since.zh(), self.until.zh())
    }

    /// As a name of files.
    pub(in crate::site) fn slug(self) -> String {
        format!("{}_{}", self.since, self.until)
    }
}

/// What changed in a period: cases in full.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Shown for the first time, or again.
    pub(crate) published: Vec<Standing>,
    /// Corrected, and public.
    pub(crate) corrected: Vec<Standing>,
    /// Taken down, with a notice.
    pub(crate) taken_down: Vec<Standing>,
    /// How many ended by their last day.
    pub(crate) expired: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_monday_and_a_month_on_its_first() {
        let day = |m, d| Day::new(2026, m, d).expect("a day");
        assert_eq!(Period::week(day(11, 26)).since, day(11, 23));
        assert_eq!(Period::week(day(11, 23)).since, day(11, 23));
        assert_eq!(Period::week(day(3, 1)).since, day(2, 23));
        assert_eq!(Period::month(day(11, 26)).since, day(11, 1));
        let month = Period::month(day(11, 26));
        assert!(month.has(day(11, 1)) && month.has(day(11, 26)) && !month.has(day(11, 27)));
    }
}
