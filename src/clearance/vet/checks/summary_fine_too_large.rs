//! `summary-fine-too-large`: a fine by summary procedure above its cap (处罚法 51).

use super::super::super::record::{CaseFile, Field, Read, TableKind};
use super::super::{Check, Context, Verdict};
use crate::diag::{Finding, Note};
use crate::vocab::{Money, PartyKind, Procedure};

/// The check.
pub(super) struct SummaryFineTooLarge;

impl Check for SummaryFineTooLarge {
    fn id(&self) -> &'static str {
        "summary-fine-too-large"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        if file.table != TableKind::Penalties {
            return Verdict::Passed;
        }
        let words = &file.words;
        match (&words.procedure, words.fine.word(), words.party_kind.word()) {
            (Read::NoColumn, _, _) => Verdict::NotChecked,
            (Read::Word(Procedure::Summary), Some(fine), Some(kind)) => {
                let cap = cap(*kind, cx);
                if *fine <= cap { Verdict::Passed } else { self.found(file, cap) }
            }
            _ => Verdict::Passed,
        }
    }
}

impl SummaryFineTooLarge {
    fn found(&self, file: &CaseFile, cap: Money) -> Verdict {
        let yuan = u64::try_from(cap.as_fen() / 100).unwrap_or_default();
        let note = Note::new("上限 {} 元", "the cap is {} yuan").with(yuan);
        Verdict::one(Finding::new(self.id(), file.at(Field::Fine)).noted(note))
    }
}

fn cap(kind: PartyKind, cx: &Context<'_>) -> Money {
    let caps = &cx.law.limits.summary_fine_caps;
    Money::fen(match kind {
        PartyKind::NaturalPerson => caps.natural_person.value,
        PartyKind::Organization => caps.organization.value,
        PartyKind::IndividualBusiness => caps.individual_business.value,
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Said, ask, penalty};
    use super::*;

    #[test]
    fn caps_differ_by_kind_of_party() {
        let said = |kind, yuan: i64| {
            let file = penalty().words(|w| {
                w.procedure = Read::Word(Procedure::Summary);
                w.party_kind = Read::Word(kind);
                w.fine = Read::Word(Money::fen(yuan * 100));
            });
            ask(&SummaryFineTooLarge, &file.file())
        };
        assert_eq!(said(PartyKind::NaturalPerson, 200), Said::Passed);
        assert_eq!(said(PartyKind::NaturalPerson, 201), Said::at(&[Field::Fine]));
        assert_eq!(said(PartyKind::Organization, 3000), Said::Passed);
        assert_eq!(said(PartyKind::Organization, 3001), Said::at(&[Field::Fine]));
    }

    #[test]
    fn without_the_column_it_is_not_checked() {
        let file = penalty().words(|w| w.procedure = Read::NoColumn).file();
        assert_eq!(ask(&SummaryFineTooLarge, &file), Said::NotChecked);
        assert_eq!(ask(&SummaryFineTooLarge, &penalty().file()), Said::Passed);
    }
}
