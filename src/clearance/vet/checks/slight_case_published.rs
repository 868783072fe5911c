//! `slight-case-published`: a slight case is published, and somebody should know that it was a choice (D16, domain 3.6).

use super::super::super::record::CaseFile;
use super::super::{Check, Context, Verdict, slight};
use crate::vocab::SlightCases;

/// The check.
pub(super) struct SlightCasePublished;

impl Check for SlightCasePublished {
    fn id(&self) -> &'static str {
        "slight-case-published"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        slight::found(file, cx, self.id(), SlightCases::Publish)
    }
}
