//! `reviewer-handled-case`: a reviewer who handled the case, or who belongs to the unit that did (domain L3).

use super::super::model::{Case, Review, Reviewer, says};
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct ReviewerHandledCase;

impl ProcessCheck for ReviewerHandledCase {
    fn id(&self) -> &'static str {
        "reviewer-handled-case"
    }

    fn look(&self, case: &Case, _: &Law, said: &mut Said<'_>) {
        let Some(review) = &case.review else {
            return said.missing();
        };
        let (Some(_), Some(reviewers)) = (&review.handlers, &review.reviewers) else {
            return said.missing();
        };
        if review.handling_unit.is_none() {
            said.missing();
        }
        for (number, reviewer) in (1..).zip(reviewers) {
            if handled(review, reviewer) {
                said.found(
                    "第 {} 件审核人 {}：是办案人，或者属于办案机构",
                    "case {}, reviewer {}: handled the case, or is of the unit that did",
                    number,
                );
            }
        }
    }
}

fn handled(review: &Review, reviewer: &Reviewer) -> bool {
    let mut handlers = review.handlers.iter().flatten().filter(|name| !name.is_blank());
    let is_handler = handlers.any(|name| name.look() == reviewer.name.look());
    let units = (review.handling_unit.as_ref(), reviewer.unit.as_ref());
    let is_inside = match units {
        (Some(own), Some(unit)) => says(Some(own)) && own.look() == unit.look(),
        _ => false,
    };
    is_handler || is_inside
}
