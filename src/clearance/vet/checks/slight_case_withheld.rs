//! `slight-case-withheld`: the bureau does not publish slight cases (domain 3.6, D19).

use super::super::super::record::CaseFile;
use super::super::{Check, Context, Verdict, slight};
use crate::vocab::{SlightCases, WithholdGround};

/// The check.
pub(super) struct SlightCaseWithheld;

impl Check for SlightCaseWithheld {
    fn id(&self) -> &'static str {
        "slight-case-withheld"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        slight::found(file, cx, self.id(), SlightCases::Withhold)
    }

    fn ground(&self, _: &CaseFile) -> WithholdGround {
        WithholdGround::Slight
    }
}
