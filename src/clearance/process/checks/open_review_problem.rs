//! `open-review-problem`: a problem of the review that was not handled and submitted again (domain L6, L7).

use super::super::model::{Case, Opinion, says};
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct OpenReviewProblem;

impl ProcessCheck for OpenReviewProblem {
    fn id(&self) -> &'static str {
        "open-review-problem"
    }

    fn look(&self, case: &Case, _: &Law, said: &mut Said<'_>) {
        let Some(review) = &case.review else {
            return said.missing();
        };
        for (number, round) in (1..).zip(&review.rounds) {
            let is_last = number == review.rounds.len();
            let is_handled = says(round.disposition.as_ref()) && !is_last;
            if round.result == Opinion::Problems && !is_handled {
                said.found(
                    "第 {} 件审核 {}：存在的问题没有处理，或者没有再次送审",
                    "case {}, round {}: its problems were not handled, or not submitted again",
                    number,
                );
            }
        }
        let pairs = review.rounds.iter().zip(review.rounds.iter().skip(1));
        for (number, (earlier, later)) in (2..).zip(pairs) {
            if later.date < earlier.date {
                said.found(
                    "第 {} 件审核 {}：早于上一轮",
                    "case {}, round {}: earlier than the one before",
                    number,
                );
            }
        }
    }
}
