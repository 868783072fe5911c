//! `review-after-decision`: a legal review dated after the decision it should precede (domain L1).

use super::super::super::record::{CaseFile, Field, Read, TableKind};
use super::super::review::flag;
use super::super::{Check, Context, Verdict};
use crate::diag::{Finding, Note};

/// The check.
pub(super) struct ReviewAfterDecision;

impl Check for ReviewAfterDecision {
    fn id(&self) -> &'static str {
        "review-after-decision"
    }

    fn check(&self, file: &CaseFile, _: &Context<'_>) -> Verdict {
        if file.table != TableKind::Penalties {
            return Verdict::Passed;
        }
        let not_major = file.look(Field::MajorDecision).and_then(flag) == Some(false);
        match (&file.words.legal_review_on, &file.words.decided_on) {
            (Read::NoColumn, _) | (_, Read::NoColumn) => Verdict::NotChecked,
            (Read::Word(reviewed), Read::Word(decided)) if reviewed > decided && !not_major => {
                let note = Note::new("审核 {}，决定 {}", "reviewed {}, decided {}");
                let place = file.at(Field::LegalReviewOn);
                let note = note.with(*reviewed).with(*decided);
                Verdict::one(Finding::new(self.id(), place).noted(note))
            }
            _ => Verdict::Passed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Build, Said, ask, day, penalty};
    use super::*;

    fn reviewed(on: &str) -> Build {
        penalty().words(|w| w.legal_review_on = Read::Word(day(on)))
    }

    #[test]
    fn the_review_comes_first() {
        assert_eq!(ask(&ReviewAfterDecision, &reviewed("2026-03-02").file()), Said::Passed);
        let late = reviewed("2026-03-03");
        assert_eq!(ask(&ReviewAfterDecision, &late.file()), Said::at(&[Field::LegalReviewOn]));
        let minor = reviewed("2026-03-03").put(Field::MajorDecision, "否");
        assert_eq!(ask(&ReviewAfterDecision, &minor.file()), Said::Passed);
        assert_eq!(ask(&ReviewAfterDecision, &penalty().file()), Said::NotChecked);
    }
}
