//! `missing-recording`: an event that should be recorded has neither recording nor waiver (domain A1).

use super::super::model::Case;
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct MissingRecording;

impl ProcessCheck for MissingRecording {
    fn id(&self) -> &'static str {
        "missing-recording"
    }

    fn look(&self, case: &Case, law: &Law, said: &mut Said<'_>) {
        let (Some(events), Some(_)) = (&case.events, &case.recordings) else {
            return said.missing();
        };
        for (number, event) in (1..).zip(events) {
            let is_waived = case.waivers.iter().flatten().any(|w| w.event == number);
            let is_recorded = case.shots_of(number).next().is_some();
            if law.process.recorded_scenes.value.contains(&event.scene)
                && !is_recorded
                && !is_waived
            {
                said.found(
                    "第 {} 件环节 {}：没有音像记录，也没有免录理由",
                    "case {}, event {}: neither a recording nor a reason for none",
                    number,
                );
            }
        }
    }
}
