//! One doubt that a person must decide, as the queue lists it.
//!
//! What stands at the place is private: it can be shown on a terminal, and, by explicit order, put among
//! the bureau's own words. Nothing else gets it.

use std::ops::Range;

use crate::clearance::record::{CaseFile, Field, Private};
use crate::diag::{Failure, Place, Shape};
use crate::law::Day;

use super::{Decision, Entry, RecordDigest, Reviews, header, record_name};

/// Characters that are shown on each side of a doubtful stretch.
const AROUND: usize = 12;

/// A person's terminal. `cli` implements it once, for a standard output that it has seen to be one.
pub(crate) trait Screen {
    /// Shows a stretch between what stands before and after it.
    ///
    /// # Errors
    /// The terminal is closed.
    fn stretch(&mut self, before: &str, stretch: &str, after: &str) -> Result<(), Failure>;
}

/// A doubtful stretch.
pub(crate) struct Item {
    /// Public number of the case, else file and row.
    pub(crate) record: String,
    /// File, row and column.
    pub(crate) place: Place,
    /// Canonical header of the column.
    pub(crate) column: String,
    /// The check that doubts.
    pub(crate) check: &'static str,
    /// First character in the visible text, from 0.
    pub(crate) from: usize,
    /// Character after the last.
    pub(crate) to: usize,
    /// Digest of the record's version, where there is a key.
    pub(crate) digest: Option<RecordDigest>,
    /// What was decided.
    pub(crate) decided: Option<Entry>,
    /// Whether it may be kept: what reads as somebody's number may not.
    pub(crate) may_stay: bool,
    /// How the stretch looks.
    pub(crate) shape: Shape,
    before: Private<String>,
    stretch: Private<String>,
    after: Private<String>,
}

/// A decision to be noted: what, who, when, why.
pub(crate) struct Verdict {
    /// What was decided.
    pub(crate) decision: Decision,
    /// Post of who decided.
    pub(crate) role: String,
    /// Day.
    pub(crate) on: Day,
    /// Code of the reason.
    pub(crate) reason: Option<String>,
}

impl Item {
    /// The doubt of `check` at these bytes of a column's visible text.
    pub(in crate::clearance) fn new(
        (file, reviews): (&CaseFile, &Reviews),
        field: Field,
        check: &'static str,
        (text, at): (&str, &Range<usize>),
    ) -> Option<Self> {
        let (from, to) = characters(text, at);
        let decided = reviews.of(file).about(field, check, (from, to)).cloned();
        let (before, after) = (&text[..at.start], &text[at.end..]);
        let start = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(i, _)| i);
        let end = after.char_indices().nth(AROUND).map_or(after.len(), |(i, _)| i);
        let one_line = |text: &str| Private::new(text.replace('\n', " "));
        Some(Self {
            record: record_name(file)?,
            place: file.at(field),
            column: header(file, field),
            check,
            from,
            to,
            digest: reviews.digest(file),
            decided,
            may_stay: true,
            shape: Shape::of(&text[at.clone()]),
            before: one_line(&before[start..]),
            stretch: one_line(&text[at.clone()]),
            after: one_line(&after[..end]),
        })
    }

    /// The same doubt, which cannot be decided to stay. Such a decision does not count where it stands.
    pub(in crate::clearance) fn never_kept(mut self) -> Self {
        self.may_stay = false;
        self.decided = self.decided.filter(|entry| entry.decision == Decision::Redact);
        self
    }

    /// Shows the stretch on a terminal.
    ///
    /// # Errors
    /// The terminal is closed.
    pub(crate) fn show(&self, screen: &mut dyn Screen) -> Result<(), Failure> {
        screen.stretch(self.before.look(), self.stretch.look(), self.after.look())
    }

    /// Adds the stretch to the bureau's own words. Only on the explicit order of a person, and never what
    /// reads as somebody's number.
    pub(crate) fn add_to(&self, words: &mut Vec<String>) {
        if !self.may_stay {
            return;
        }
        let word = self.stretch.look().trim().to_owned();
        if !words.contains(&word) {
            words.push(word);
        }
    }

    /// The row that notes a decision; `None` without a key.
    pub(crate) fn entry(&self, verdict: Verdict) -> Option<Entry> {
        let Verdict { decision, role, on, reason } = verdict;
        Some(Entry {
            record: self.record.clone(),
            column: self.column.clone(),
            from: self.from,
            to: self.to,
            check: self.check.to_owned(),
            decision,
            role,
            on,
            reason,
            digest: self.digest?,
        })
    }
}

/// A stretch in characters instead of bytes.
pub(in crate::clearance) fn characters(text: &str, at: &Range<usize>) -> (usize, usize) {
    let from = text[..at.start].chars().count();
    (from, from + text[at.clone()].chars().count())
}
