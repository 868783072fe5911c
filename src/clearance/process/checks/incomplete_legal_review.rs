//! `incomplete-legal-review`: a review that leaves one of the eight contents unanswered (domain L5).

use super::super::model::{Case, ReviewItem};
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct IncompleteLegalReview;

impl ProcessCheck for IncompleteLegalReview {
    fn id(&self) -> &'static str {
        "incomplete-legal-review"
    }

    fn look(&self, case: &Case, _: &Law, said: &mut Said<'_>) {
        let items = case.review.as_ref().and_then(|review| review.items.as_ref());
        let Some(items) = items else {
            return said.missing();
        };
        let open = ReviewItem::ALL.iter().filter(|item| !items.contains(item)).count();
        if open > 0 {
            said.found(
                "第 {} 件：审核的八项内容有 {} 项没有结论",
                "case {}: of the eight contents of review, {} are not answered",
                open,
            );
        }
    }
}
