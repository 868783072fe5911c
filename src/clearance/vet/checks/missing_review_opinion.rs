//! `missing-review-opinion`: a major decision without an agreeing opinion in the records (domain L1, L2).
//!
//! Asked only where the drop has records of the process; the table's own columns are for
//! `missing-legal-review`.

use super::super::super::process::{DropRecords, Standing};
use super::super::super::record::{CaseFile, Field, TableKind};
use super::super::review::flag;
use super::super::{Check, Context, Verdict};
use crate::diag::{Finding, Note};
use crate::law::Limits;
use crate::vocab::{PartyKind, PenaltyKind, Procedure};

/// The check.
pub(super) struct MissingReviewOpinion;

impl Check for MissingReviewOpinion {
    fn id(&self) -> &'static str {
        "missing-review-opinion"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        if file.table != TableKind::Penalties {
            return Verdict::Passed;
        }
        let (Some(records), Some(number)) = (cx.records, file.words.number.word()) else {
            return Verdict::NotChecked;
        };
        let note = match records.standing(number.as_str()) {
            Standing::NotAgreed => Note::new("审核意见不是同意", "the opinion does not agree"),
            Standing::Agreed { on } => match file.words.decided_on.word() {
                Some(decided) if on > *decided => {
                    Note::new("审核意见 {}，决定 {}", "opinion of {}, decided {}")
                        .with(on)
                        .with(*decided)
                }
                _ => return Verdict::Passed,
            },
            Standing::None if is_major(file, records, &cx.law.limits) => {
                Note::new("记录中没有审核意见", "the records hold no opinion")
            }
            Standing::None => return Verdict::Passed,
        };
        Verdict::one(Finding::new(self.id(), file.at(Field::Number)).noted(note))
    }
}

/// Whether the decision is a major one: the column says so; where it says nothing, the records, the kind of
/// penalty or the fine do. A decision by summary procedure is none (art. 58 is about ordinary procedure).
fn is_major(file: &CaseFile, records: &DropRecords, limits: &Limits) -> bool {
    if let Some(said) = file.look(Field::MajorDecision).and_then(flag) {
        return said;
    }
    let words = &file.words;
    if words.procedure.word() == Some(&Procedure::Summary) {
        return false;
    }
    let is_called_for =
        words.number.word().is_some_and(|number| records.calls_for_review(number.as_str()));
    let is_grave = words.kinds.word().is_some_and(|kinds| kinds.iter().any(is_grave));
    let lines = &limits.major_fines;
    let line = match words.party_kind.word() {
        Some(PartyKind::Organization) => lines.organization.value,
        Some(PartyKind::IndividualBusiness) => lines.individual_business.value,
        Some(PartyKind::NaturalPerson) | None => lines.natural_person.value,
    };
    is_called_for || is_grave || words.fine.word().is_some_and(|fine| fine.as_fen() >= line)
}

/// Kinds that take away a livelihood (domain L2).
fn is_grave(kind: &PenaltyKind) -> bool {
    matches!(
        kind,
        PenaltyKind::QualificationLowered
            | PenaltyKind::PermitRevoked
            | PenaltyKind::BusinessSuspended
            | PenaltyKind::BusinessClosed
            | PenaltyKind::EmploymentRestricted
    )
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Said, ask, inspection, penalty};
    use super::*;

    #[test]
    fn without_records_it_is_not_checked() {
        assert_eq!(ask(&MissingReviewOpinion, &penalty().file()), Said::NotChecked);
        assert_eq!(ask(&MissingReviewOpinion, &inspection().file()), Said::Passed);
    }
}
