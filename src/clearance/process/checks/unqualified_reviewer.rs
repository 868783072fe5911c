//! `unqualified-reviewer`: a reviewer new to the work and not qualified in law (domain L4).

use super::super::model::Case;
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct UnqualifiedReviewer;

impl ProcessCheck for UnqualifiedReviewer {
    fn id(&self) -> &'static str {
        "unqualified-reviewer"
    }

    fn look(&self, case: &Case, law: &Law, said: &mut Said<'_>) {
        let reviewers = case.review.as_ref().and_then(|review| review.reviewers.as_ref());
        let Some(reviewers) = reviewers else {
            return said.missing();
        };
        let from = law.process.qualified_from.value;
        for (number, reviewer) in (1..).zip(reviewers) {
            match (reviewer.qualified, reviewer.first_review) {
                (Some(true), _) => {}
                (Some(false), Some(first)) if first < from => {}
                (Some(false), Some(_)) => said.found(
                    "第 {} 件审核人 {}：初次从事审核而没有法律职业资格",
                    "case {}, reviewer {}: new to reviewing and not qualified in law",
                    number,
                ),
                (Some(false), None) | (None, _) => said.missing(),
            }
        }
    }
}
