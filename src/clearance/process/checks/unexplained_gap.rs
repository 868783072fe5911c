//! `unexplained-gap`: an interruption without an accepted reason, spoken or reported and written down (domain A5).

use super::super::model::{Case, Gap, GapReason, says};
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct UnexplainedGap;

impl ProcessCheck for UnexplainedGap {
    fn id(&self) -> &'static str {
        "unexplained-gap"
    }

    fn look(&self, case: &Case, _: &Law, said: &mut Said<'_>) {
        let gaps = case.recordings.as_ref().map(|shots| shots.iter().map(|shot| &shot.gaps));
        let Some(gaps) = gaps else {
            return said.missing();
        };
        for (number, gaps) in (1..).zip(gaps) {
            let Some(gaps) = gaps else {
                said.missing();
                continue;
            };
            for _ in gaps.iter().filter(|gap| !is_explained(gap)) {
                said.found(
                    "第 {} 件音像 {}：中断的原因不在所列之内，或者没有语音说明、报告、书面说明",
                    "case {}, recording {}: a gap without a listed reason, or without the spoken word, report or note",
                    number,
                );
            }
        }
    }
}

/// Going on needs a spoken reason; not going on needs a report and, later, a written explanation.
fn is_explained(gap: &Gap) -> bool {
    let is_listed = gap.reason.is_some_and(|reason| reason != GapReason::Other);
    let is_told = match gap.resumed {
        Some(resumed) => resumed >= gap.start && gap.voice_note == Some(true),
        None => gap.reported.is_some_and(|at| at >= gap.start) && says(gap.note.as_ref()),
    };
    is_listed && is_told
}
