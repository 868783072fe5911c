//! `late-recording-hand-over`: a recording handed to the custodian too late, or kept by who made it (domain A8).

use super::super::model::{Case, says};
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct LateRecordingHandOver;

impl ProcessCheck for LateRecordingHandOver {
    fn id(&self) -> &'static str {
        "late-recording-hand-over"
    }

    fn look(&self, case: &Case, law: &Law, said: &mut Said<'_>) {
        let Some(hours) = hours(law) else {
            return said.missing();
        };
        for (number, shot) in said.shots(case) {
            let Some(hand_over) = &shot.hand_over else {
                said.missing();
                continue;
            };
            if hand_over.time > shot.end.plus_hours(hours) {
                said.found(
                    "第 {} 件音像 {}：移交超过规定的小时数",
                    "case {}, recording {}: handed over after the hours allowed",
                    number,
                );
            }
            match (&hand_over.custodian, &shot.recorder) {
                (Some(to), Some(by)) if says(Some(to)) && says(Some(by)) => {
                    if to.look() == by.look() {
                        said.found(
                            "第 {} 件音像 {}：保管员就是记录人",
                            "case {}, recording {}: the custodian is who recorded it",
                            number,
                        );
                    }
                }
                _ => said.missing(),
            }
        }
    }
}

/// The hours of the term; hours of the clock, never working days.
fn hours(law: &Law) -> Option<u32> {
    law.term("av-hand-over")?.hours()
}
