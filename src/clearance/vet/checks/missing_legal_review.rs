//! `missing-legal-review`: a major decision whose legal review is not recorded as passed (domain L1, L2).
//!
//! The bureau's own column says which decisions are major; this check does not decide that.

use super::super::super::record::{CaseFile, Field, Read, TableKind};
use super::super::review::{flag, is_not_called_for, is_passed};
use super::super::{Check, Context, Verdict};
use crate::diag::{Finding, Note};
use crate::vocab::Procedure;

/// The check.
pub(super) struct MissingLegalReview;

impl Check for MissingLegalReview {
    fn id(&self) -> &'static str {
        "missing-legal-review"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        if file.table != TableKind::Penalties {
            return Verdict::Passed;
        }
        let summary = file.words.procedure.word() == Some(&Procedure::Summary);
        match file.look(Field::MajorDecision).map(flag) {
            Some(Some(false)) => Verdict::Passed,
            Some(Some(true)) => self.reviewed(file),
            Some(None) => self.unclear(file),
            None if summary => Verdict::Passed, // Art. 58 is about ordinary procedure.
            None => self.undeclared(file, cx),
        }
    }
}

impl MissingLegalReview {
    /// Nothing says whether the decision is a major one.
    fn undeclared(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        let (declares, reviews) =
            (file.cells.has(Field::MajorDecision), file.cells.has(Field::LegalReview));
        match file.look(Field::LegalReview) {
            Some(result) if is_not_called_for(result) => Verdict::Passed,
            Some(_) => self.reviewed(file),
            None if declares => self.unclear(file),
            None if reviews || cx.policy.require_legal_review => {
                self.found(file, Field::LegalReview)
            }
            None => Verdict::NotChecked,
        }
    }

    /// The decision calls for a review: its result must say passed, its date must not be blank.
    fn reviewed(&self, file: &CaseFile) -> Verdict {
        if !file.look(Field::LegalReview).is_some_and(is_passed) {
            return self.found(file, Field::LegalReview);
        }
        match file.words.legal_review_on {
            Read::Blank => self.found(file, Field::LegalReviewOn),
            Read::NoColumn | Read::Word(_) | Read::Fault(_) => Verdict::Passed,
        }
    }

    fn unclear(&self, file: &CaseFile) -> Verdict {
        let note = Note::new("应填“是”或者“否”", "write 是 or 否");
        Verdict::one(self.finding(file, Field::MajorDecision).noted(note))
    }

    fn found(&self, file: &CaseFile, field: Field) -> Verdict {
        Verdict::one(self.finding(file, field))
    }

    fn finding(&self, file: &CaseFile, field: Field) -> Finding {
        Finding::new(self.id(), file.at(field)).shaped(file.look(field).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Build, Said, ask, day, penalty, world};
    use super::*;

    const CHECK: MissingLegalReview = MissingLegalReview;

    fn major(flag: &str, result: &str) -> Build {
        penalty().put(Field::MajorDecision, flag).put(Field::LegalReview, result)
    }

    #[test]
    fn a_major_decision_needs_a_passed_review() {
        assert_eq!(ask(&CHECK, &major("是", "通过").file()), Said::Passed);
        assert_eq!(ask(&CHECK, &major("否", "").file()), Said::Passed);
        for result in ["", "不通过", "未审", "无"] {
            let said = ask(&CHECK, &major("是", result).file());
            assert_eq!(said, Said::at(&[Field::LegalReview]), "{result}");
        }
        let undated = major("是", "通过").words(|w| w.legal_review_on = Read::Blank);
        assert_eq!(ask(&CHECK, &undated.file()), Said::at(&[Field::LegalReviewOn]));
        let dated =
            major("是", "通过").words(|w| w.legal_review_on = Read::Word(day("2026-02-27")));
        assert_eq!(ask(&CHECK, &dated.file()), Said::Passed);
    }

    #[test]
    fn a_blank_column_is_no_answer() {
        assert_eq!(ask(&CHECK, &major("", "").file()), Said::at(&[Field::MajorDecision]));
        assert_eq!(ask(&CHECK, &major("待定", "").file()), Said::at(&[Field::MajorDecision]));
        assert_eq!(ask(&CHECK, &major("", "通过").file()), Said::Passed);
        let only_result = penalty().put(Field::LegalReview, "");
        assert_eq!(ask(&CHECK, &only_result.file()), Said::at(&[Field::LegalReview]));
        let not_needed = penalty().put(Field::LegalReview, "不需要");
        assert_eq!(ask(&CHECK, &not_needed.file()), Said::Passed);
        let summary = major("", "").words(|w| w.procedure = Read::Word(Procedure::Summary));
        assert_eq!(ask(&CHECK, &summary.file()), Said::Passed);
    }

    #[test]
    fn absent_columns_are_not_checked_unless_required() {
        assert_eq!(ask(&CHECK, &penalty().file()), Said::NotChecked);
        let mut strict = world();
        strict.policy.require_legal_review = true;
        assert_eq!(strict.ask(&CHECK, &penalty().file()), Said::at(&[Field::LegalReview]));
    }
}
