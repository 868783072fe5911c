//! `unnamed-review-responsibility`: a review that does not tell who handled, reviewed and signed (domain L8).

use super::super::model::{Case, Text, says};
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct UnnamedReviewResponsibility;

impl ProcessCheck for UnnamedReviewResponsibility {
    fn id(&self) -> &'static str {
        "unnamed-review-responsibility"
    }

    fn look(&self, case: &Case, _: &Law, said: &mut Said<'_>) {
        let Some(review) = &case.review else {
            return said.missing();
        };
        let (Some(handlers), Some(reviewers), Some(signer)) =
            (&review.handlers, &review.reviewers, &review.signer)
        else {
            return said.missing();
        };
        let names_all = |names: &mut dyn Iterator<Item = &Text>| {
            names.fold((false, true), |(_, all), name| (true, all && !name.is_blank()))
                == (true, true)
        };
        let is_told = names_all(&mut handlers.iter())
            && names_all(&mut reviewers.iter().map(|reviewer| &reviewer.name))
            && says(Some(signer));
        if !is_told {
            said.found(
                "第 {} 件：没有写明办案人、审核人、审批人",
                "case {}: does not name who handled, reviewed and signed",
                1,
            );
        }
    }
}
