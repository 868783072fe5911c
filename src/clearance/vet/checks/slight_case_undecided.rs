//! `slight-case-undecided`: the bureau wants to be asked about each slight case, and the row decides nothing (domain 3.6).

use super::super::super::record::CaseFile;
use super::super::{Check, Context, Verdict, slight};
use crate::vocab::SlightCases;

/// The check.
pub(super) struct SlightCaseUndecided;

impl Check for SlightCaseUndecided {
    fn id(&self) -> &'static str {
        "slight-case-undecided"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        slight::found(file, cx, self.id(), SlightCases::Ask)
    }
}
