//! `altered-recording`: a recording that was cut, changed since its hand-over, or made after the event (domain A6).

use super::super::model::{Case, says};
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct AlteredRecording;

impl ProcessCheck for AlteredRecording {
    fn id(&self) -> &'static str {
        "altered-recording"
    }

    fn look(&self, case: &Case, law: &Law, said: &mut Said<'_>) {
        let tolerance = law.process.tolerance_minutes.value;
        for (number, shot) in said.shots(case) {
            let hashes = (shot.hash_at_hand_over.as_ref(), shot.hash_now.as_ref());
            let is_changed = match hashes {
                (Some(then), Some(now)) if says(Some(then)) && says(Some(now)) => {
                    !then.look().eq_ignore_ascii_case(now.look())
                }
                _ => {
                    said.missing();
                    false
                }
            };
            let end = case.event(shot.event).map(|event| event.end.plus_minutes(tolerance));
            let is_later = end.is_some_and(|end| shot.start > end);
            if is_changed || is_later || shot.edited == Some(true) {
                said.found(
                    "第 {} 件音像 {}：校验值前后不同、经过剪辑，或者是事后补录",
                    "case {}, recording {}: its digest changed, it was edited, or it was made afterwards",
                    number,
                );
            }
        }
    }
}
