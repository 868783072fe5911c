//! `unwritten-review-opinion`: a review whose opinion is not in writing (domain L6).

use super::super::model::{Case, says};
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct UnwrittenReviewOpinion;

impl ProcessCheck for UnwrittenReviewOpinion {
    fn id(&self) -> &'static str {
        "unwritten-review-opinion"
    }

    fn look(&self, case: &Case, _: &Law, said: &mut Said<'_>) {
        let Some(review) = &case.review else {
            return said.missing();
        };
        for (number, round) in (1..).zip(&review.rounds) {
            match &round.document {
                None => said.missing(),
                document if !says(document.as_ref()) => said.found(
                    "第 {} 件审核 {}：没有书面审核意见",
                    "case {}, round {}: no written opinion",
                    number,
                ),
                Some(_) => {}
            }
        }
    }
}
