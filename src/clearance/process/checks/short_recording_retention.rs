//! `short-recording-retention`: a recording kept for a shorter time than it must be, or deleted (domain A12).

use super::super::model::{Case, Keep};
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct ShortRecordingRetention;

impl ProcessCheck for ShortRecordingRetention {
    fn id(&self) -> &'static str {
        "short-recording-retention"
    }

    fn look(&self, case: &Case, law: &Law, said: &mut Said<'_>) {
        let lasting = Keep::Years(law.process.lasting_years.value);
        for (number, shot) in said.shots(case) {
            let least = match shot.evidence {
                Some(true) => case.retention,
                Some(false) => Some(lasting),
                None => None,
            };
            let is_short = match (shot.retention, least) {
                (Some(kept), Some(least)) => kept < least,
                _ => {
                    said.missing();
                    false
                }
            };
            if is_short || shot.deleted.is_some() {
                said.found(
                    "第 {} 件音像 {}：保管期限过短，或者已经删除",
                    "case {}, recording {}: kept too short a time, or deleted",
                    number,
                );
            }
        }
    }
}
