//! New content of a case that stands published: a dated revision, or refused where it is no correction.
//!
//! Party, amount and conclusion are the decision. They change only on a ground that somebody has written
//! down for that field; otherwise what stands stays, and the row is told (ux 3.1).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::clearance::{CorrectionNote, Count, in_order};
use crate::diag::{Failure, Finding, Note};
use crate::law::Day;
use crate::vocab::CorrectionReason;

use super::case::Content;
use super::claim::Grounds;
use super::diff::{self, Difference};
use super::event::EventKind;
use super::line;
use super::settle::Settling;
use super::store::Extent;
use super::{Digest, Revision, State};

/// The check of a change without a ground.
const UNFOUNDED: &str = "unfounded-correction";
/// The check of an export that says again what was corrected.
const OVERTAKEN: &str = "overtaken-correction";

impl Settling<'_> {
    /// Takes new content, or refuses it.
    pub(super) fn correct(
        &mut self,
        at: usize,
        (digest, json, until): (Digest, Extent, Option<Day>),
        (drop, count): (Arc<str>, Count),
        grounds: Option<Box<Grounds>>,
    ) -> Result<(), Failure> {
        let old = match self.cases[at].content {
            Content::Line(extent) => self.ledger.files.read(extent)?,
            Content::Json(_) | Content::None => String::new(),
        };
        let new = self.ledger.files.read(json)?;
        let changed = Difference::of(line::disclosure_json(&old).unwrap_or_default(), &new);
        let Grounds { notes, place } = match grounds {
            Some(grounds) => *grounds,
            None => Grounds { notes: Vec::new(), place: None },
        };
        let is_new_export = in_order(&drop, &self.cases[at].head.drop).is_gt();
        let last = self.cases[at].head.revisions.last();
        if !is_new_export && notes.is_empty() && last.is_some_and(|r| r.reason.is_some()) {
            // The row reads as before its correction: the file that corrects it is gone.
            self.keep_waiting(at, &drop);
            self.findings.extend(place.map(|place| {
                Finding::new(OVERTAKEN, place).noted(Note::new(
                    "该案以前更正的依据（更正.yml）不在批次里了，已公示的不变",
                    "what corrected this case (更正.yml) is no longer in the drop; what stands stays",
                ))
            }));
            return Ok(());
        }
        let is_founded = |key: &str| notes.iter().any(|note| note.field == key);
        let unfounded =
            changed.of_the_decision(is_new_export).filter(|key| !is_founded(key)).count();
        if unfounded > 0 {
            self.keep_waiting(at, &drop);
            self.findings.extend(place.map(|place| {
                Finding::new(UNFOUNDED, place).noted(
                    Note::new(
                        "当事人、金额或者结论有 {} 栏与公示的不同，没有写明更正的事由和文书",
                        "{} column(s) of party, amount or conclusion differ, and no ground is written down",
                    )
                    .with(unfounded),
                )
            }));
            return Ok(());
        }
        let (today, due_on) = (self.today, self.due_of(at, count.on));
        let until = until.or_else(|| self.last_day_of(at, &count));
        let head = self.change(at, State::Published, drop, count);
        (head.digest, head.until, head.due_on) = (Some(digest), until, due_on);
        head.revision += 1;
        head.revisions.extend(revisions(&changed, &notes, today));
        self.cases[at].content = Content::Json(json);
        self.note(at, EventKind::Corrected);
        Ok(())
    }
}

/// Reason, document and approver of a correction.
type Ground<'n> = Option<(CorrectionReason, &'n str, Option<&'n str>)>;

/// One entry of the history for each reason, document and approver; a correction to protect a person names no field.
fn revisions(changed: &Difference, notes: &[CorrectionNote], on: Day) -> Vec<Revision> {
    let mut by_ground: BTreeMap<Ground<'_>, Revision> = BTreeMap::new();
    for key in changed.keys() {
        let note = notes.iter().find(|note| note.field == *key);
        let reason = note.map(|note| note.reason);
        let ground = note.map(|note| (note.reason, &*note.document, note.approved_by.as_deref()));
        let entry = by_ground.entry(ground).or_insert_with(|| Revision {
            on,
            fields: Vec::new(),
            reason,
            document: note.map(|note| note.document.clone()),
            decided_on: note.map(|note| note.decided_on),
            approved_by: note.and_then(|note| note.approved_by.clone()),
        });
        if reason != Some(CorrectionReason::PersonalInformation) {
            entry.fields.push(diff::column(key).to_owned());
        }
    }
    if by_ground.is_empty() {
        let fields = vec![diff::OTHER.to_owned()];
        let (reason, document, decided_on, approved_by) = (None, None, None, None);
        return vec![Revision { on, fields, reason, document, decided_on, approved_by }];
    }
    by_ground.into_values().collect()
}
