//! `missing-secrecy-review`: no secrecy review recorded as passed before disclosure (domain P1).

use super::super::super::record::{CaseFile, Field};
use super::super::review::is_passed;
use super::super::{Check, Context, Verdict};
use crate::diag::Finding;

/// The check.
pub(super) struct MissingSecrecyReview;

impl Check for MissingSecrecyReview {
    fn id(&self) -> &'static str {
        "missing-secrecy-review"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        let has_column = file.cells.has(Field::SecrecyReview);
        if !has_column && !cx.policy.require_secrecy_review {
            return Verdict::NotChecked;
        }
        let mut findings = Vec::new();
        let mut found = |field| {
            let shape = file.look(field).unwrap_or_default();
            findings.push(Finding::new(self.id(), file.at(field)).shaped(shape));
        };
        if !file.look(Field::SecrecyReview).is_some_and(is_passed) {
            found(Field::SecrecyReview);
        }
        for field in [Field::SecrecyReviewOn, Field::SecrecyReviewer] {
            if file.cells.has(field) && file.look(field).is_none() {
                found(field);
            }
        }
        Verdict::of(findings)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Said, ask, inspection, penalty, world};
    use super::*;

    const CHECK: MissingSecrecyReview = MissingSecrecyReview;

    #[test]
    fn a_review_must_say_passed() {
        let said = |result: &str| ask(&CHECK, &penalty().put(Field::SecrecyReview, result).file());
        assert_eq!(said("通过"), Said::Passed);
        for result in ["", "不通过", "待审"] {
            assert_eq!(said(result), Said::at(&[Field::SecrecyReview]), "{result}");
        }
    }

    #[test]
    fn date_and_reviewer_must_not_be_blank() {
        let half = inspection()
            .put(Field::SecrecyReview, "通过")
            .put(Field::SecrecyReviewOn, "")
            .put(Field::SecrecyReviewer, "测试丙");
        assert_eq!(ask(&CHECK, &half.file()), Said::at(&[Field::SecrecyReviewOn]));
    }

    #[test]
    fn an_absent_column_is_not_checked_unless_required() {
        assert_eq!(ask(&CHECK, &penalty().file()), Said::NotChecked);
        let mut strict = world();
        strict.policy.require_secrecy_review = true;
        assert_eq!(strict.ask(&CHECK, &penalty().file()), Said::at(&[Field::SecrecyReview]));
    }
}
