//! `unfounded-recording-waiver`: a reason not to record that is none of the listed three, or says nothing (domain A2).

use super::super::model::{Case, WaiverReason, says};
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct UnfoundedRecordingWaiver;

impl ProcessCheck for UnfoundedRecordingWaiver {
    fn id(&self) -> &'static str {
        "unfounded-recording-waiver"
    }

    fn look(&self, case: &Case, _: &Law, said: &mut Said<'_>) {
        let Some(waivers) = &case.waivers else {
            return said.missing();
        };
        for (number, waiver) in (1..).zip(waivers) {
            if waiver.reason == WaiverReason::Other || !says(waiver.text.as_ref()) {
                said.found(
                    "第 {} 件免录 {}：理由不在三种情形之内，或者没有说明",
                    "case {}, waiver {}: none of the three grounds, or not explained",
                    number,
                );
            }
        }
    }
}
