//! `incomplete-evidence-note`: a recording used as evidence whose written note is missing, incomplete or not filed (domain A11).

use super::super::model::{Case, EvidenceNote, says};
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct IncompleteEvidenceNote;

impl ProcessCheck for IncompleteEvidenceNote {
    fn id(&self) -> &'static str {
        "incomplete-evidence-note"
    }

    fn look(&self, case: &Case, _: &Law, said: &mut Said<'_>) {
        for (number, shot) in said.shots(case) {
            match shot.evidence {
                None => said.missing(),
                Some(true) if !shot.note.as_ref().is_some_and(is_complete) => said.found(
                    "第 {} 件音像 {}：作为证据而书面说明缺失、不全或者没有附卷",
                    "case {}, recording {}: evidence without a complete note in the case file",
                    number,
                ),
                Some(_) => {}
            }
        }
    }
}

fn is_complete(note: &EvidenceNote) -> bool {
    let texts = [&note.recorder, &note.place, &note.matter, &note.party];
    texts.into_iter().all(|text| says(text.as_ref()))
        && note.time.is_some()
        && note.filed == Some(true)
}
