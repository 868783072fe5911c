//! `discussion-out-of-order`: a collective discussion before the review or after the decision (domain L9).

use super::super::model::Case;
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct DiscussionOutOfOrder;

impl ProcessCheck for DiscussionOutOfOrder {
    fn id(&self) -> &'static str {
        "discussion-out-of-order"
    }

    fn look(&self, case: &Case, _: &Law, said: &mut Said<'_>) {
        let Some(review) = &case.review else {
            return said.missing();
        };
        let (Some(discussed), Some(decided)) = (review.discussed, review.decided) else {
            return said.missing();
        };
        let reviewed = review.rounds.last().map(|round| round.date);
        if discussed > decided || reviewed.is_some_and(|reviewed| discussed < reviewed) {
            said.found(
                "第 {} 件：集体讨论早于法制审核，或者晚于决定",
                "case {}: discussed before the review or after the decision",
                1,
            );
        }
    }
}
