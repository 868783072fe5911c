//! `partial-recording`: an event that must be recorded from end to end and is not (domain A3).

use super::super::model::{Case, WaiverReason};
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct PartialRecording;

impl ProcessCheck for PartialRecording {
    fn id(&self) -> &'static str {
        "partial-recording"
    }

    fn look(&self, case: &Case, law: &Law, said: &mut Said<'_>) {
        let (Some(events), Some(_)) = (&case.events, &case.recordings) else {
            return said.missing();
        };
        for (number, event) in (1..).zip(events) {
            if !law.process.full_scenes.value.contains(&event.scene) {
                continue;
            }
            let is_full = case.shots_of(number).any(|shot| shot.full == Some(true));
            let is_unknown = case.shots_of(number).any(|shot| shot.full.is_none());
            // Secrets and privacy are no reason here: the recording is kept, not shown.
            let is_waived = case.waivers.iter().flatten().any(|waiver| {
                waiver.event == number
                    && matches!(waiver.reason, WaiverReason::Urgent | WaiverReason::Objective)
            });
            if is_full || is_waived {
                continue;
            }
            if is_unknown {
                said.missing();
            } else {
                said.found(
                    "第 {} 件环节 {}：应当全程录音录像，没有全程记录",
                    "case {}, event {}: must be recorded from end to end and is not",
                    number,
                );
            }
        }
    }
}
