//! `bad-date`: a date that cannot be read as one day (domain 10.27).
//!
//! The filing date is left out: nothing that is published or checked rests on it yet. A birth date
//! counts only where it decides whether the party is a minor.

use super::super::super::record::{CaseFile, CellFault, Field, Read};
use super::super::{Check, Context, Verdict, dates::dates};
use crate::diag::Finding;
use crate::vocab::PartyKind;

/// The check.
pub(super) struct BadDate;

impl Check for BadDate {
    fn id(&self) -> &'static str {
        "bad-date"
    }

    fn check(&self, file: &CaseFile, _: &Context<'_>) -> Verdict {
        let organization = file.words.party_kind.word() == Some(&PartyKind::Organization);
        let bad = dates(&file.words).filter(|(field, read)| {
            **read == Read::Fault(CellFault::Form) && !(organization && *field == Field::BornOn)
        });
        let finding = |field| {
            Finding::new(self.id(), file.at(field)).shaped(file.look(field).unwrap_or_default())
        };
        Verdict::of(bad.map(|(field, _)| finding(field)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Said, ask, penalty};
    use super::*;

    #[test]
    fn a_date_that_is_none_is_found() {
        assert_eq!(ask(&BadDate, &penalty().file()), Said::Passed);
        let bad = penalty().words(|w| {
            w.decided_on = Read::Fault(CellFault::Form);
            w.until = Read::Fault(CellFault::Form);
        });
        assert_eq!(ask(&BadDate, &bad.file()), Said::at(&[Field::DecidedOn, Field::Until]));
        let damaged = penalty().words(|w| w.decided_on = Read::Fault(CellFault::Spreadsheet));
        assert_eq!(ask(&BadDate, &damaged.file()), Said::Passed);
    }

    #[test]
    fn an_organization_has_no_birth_date() {
        let born = |kind| {
            penalty().words(|w| {
                w.party_kind = Read::Word(kind);
                w.born_on = Read::Fault(CellFault::Form);
            })
        };
        assert_eq!(ask(&BadDate, &born(PartyKind::Organization).file()), Said::Passed);
        let person = born(PartyKind::NaturalPerson).file();
        assert_eq!(ask(&BadDate, &person), Said::at(&[Field::BornOn]));
    }
}
