//! `recording-out-of-step`: a recording that starts after its event, ends before it, or breaks off unsaid (domain A4).

use super::super::model::{Case, Event, Recording};
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct RecordingOutOfStep;

impl ProcessCheck for RecordingOutOfStep {
    fn id(&self) -> &'static str {
        "recording-out-of-step"
    }

    fn look(&self, case: &Case, law: &Law, said: &mut Said<'_>) {
        let (Some(events), Some(_)) = (&case.events, &case.recordings) else {
            return said.missing();
        };
        let tolerance = law.process.tolerance_minutes.value;
        for (number, event) in (1..).zip(events) {
            let mut shots: Vec<&Recording> = case.shots_of(number).collect();
            shots.sort_by_key(|shot| shot.start);
            if !shots.is_empty() && !covers(event, &shots, tolerance) {
                said.found(
                    "第 {} 件环节 {}：音像记录没有从开始录到结束，或者有未写明的中断",
                    "case {}, event {}: not recorded from start to end, or broken off without a word",
                    number,
                );
            }
        }
    }
}

/// Whether the recordings, by their start, reach from the event's start to its end with no more between
/// them than two clocks may differ. Interruptions that are written down are for another check.
fn covers(event: &Event, shots: &[&Recording], tolerance: u32) -> bool {
    let mut reached = event.start;
    for shot in shots {
        if shot.start > reached.plus_minutes(tolerance) {
            return false;
        }
        reached = reached.max(shot.end);
    }
    reached.plus_minutes(tolerance) >= event.end
}
