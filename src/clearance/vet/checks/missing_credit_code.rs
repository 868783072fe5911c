//! `missing-credit-code`: an organization without a code, or an individual business with the
//! placeholder and no registration number (domain 3.2, row 4).

use super::super::super::record::{CaseFile, Field, Read};
use super::super::{Check, Context, Verdict};
use crate::diag::Finding;
use crate::vocab::{CreditCode, PartyKind};

/// The check.
pub(super) struct MissingCreditCode;

impl Check for MissingCreditCode {
    fn id(&self) -> &'static str {
        "missing-credit-code"
    }

    fn check(&self, file: &CaseFile, _: &Context<'_>) -> Verdict {
        let placeholder = file.words.credit_code.word().is_some_and(CreditCode::is_placeholder);
        let field = match file.words.party_kind.word() {
            Some(PartyKind::Organization) => match file.words.credit_code {
                Read::NoColumn => return Verdict::NotChecked,
                Read::Blank => Field::CreditCode,
                Read::Word(_) | Read::Fault(_) => return Verdict::Passed,
            },
            Some(PartyKind::IndividualBusiness)
                if placeholder && file.look(Field::RegistrationNumber).is_none() =>
            {
                Field::RegistrationNumber
            }
            _ => return Verdict::Passed,
        };
        Verdict::one(Finding::new(self.id(), file.at(field)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Said, ask, penalty};
    use super::*;

    #[test]
    fn an_organization_has_a_code() {
        assert_eq!(ask(&MissingCreditCode, &penalty().file()), Said::Passed);
        let blank = penalty().words(|w| w.credit_code = Read::Blank);
        assert_eq!(ask(&MissingCreditCode, &blank.file()), Said::at(&[Field::CreditCode]));
        let person = penalty().words(|w| {
            w.party_kind = Read::Word(PartyKind::NaturalPerson);
            w.credit_code = Read::Blank;
        });
        assert_eq!(ask(&MissingCreditCode, &person.file()), Said::Passed);
    }

    #[test]
    fn a_placeholder_needs_a_registration_number() {
        let shop = || {
            penalty()
                .credit_code("00000000000000000X")
                .words(|w| w.party_kind = Read::Word(PartyKind::IndividualBusiness))
        };
        let said = ask(&MissingCreditCode, &shop().file());
        assert_eq!(said, Said::at(&[Field::RegistrationNumber]));
        let registered = shop().put(Field::RegistrationNumber, "500199600000001");
        assert_eq!(ask(&MissingCreditCode, &registered.file()), Said::Passed);
    }
}
