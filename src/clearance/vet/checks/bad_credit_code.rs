//! `bad-credit-code`: a unified social credit code of the wrong form, or the placeholder of individual
//! businesses on an organization (domain 2.3, trap 15).

use super::super::super::record::{CaseFile, CellFault, Field, Read};
use super::super::{Check, Context, Verdict, code_cell::holds_id_number};
use crate::diag::{Finding, Note};
use crate::vocab::{CreditCode, PartyKind};

/// The check.
pub(super) struct BadCreditCode;

impl Check for BadCreditCode {
    fn id(&self) -> &'static str {
        "bad-credit-code"
    }

    fn check(&self, file: &CaseFile, _: &Context<'_>) -> Verdict {
        let mut findings = Vec::new();
        let party = &file.words.credit_code;
        if is_misformed(party) && !holds_id_number(file) {
            findings.push(self.finding(file, Field::CreditCode));
        }
        let organization = file.words.party_kind.word() == Some(&PartyKind::Organization);
        if organization && party.word().is_some_and(CreditCode::is_placeholder) {
            let note = Note::new(
                "十七个 0 加 X 只用于个体工商户",
                "17 zeros and X are for individual businesses only",
            );
            findings.push(self.finding(file, Field::CreditCode).noted(note));
        }
        if is_misformed(&file.words.organ_code) {
            findings.push(self.finding(file, Field::OrganCode));
        }
        Verdict::of(findings)
    }
}

impl BadCreditCode {
    fn finding(&self, file: &CaseFile, field: Field) -> Finding {
        Finding::new(self.id(), file.at(field)).shaped(file.look(field).unwrap_or_default())
    }
}

/// Wrong in itself; damage by a spreadsheet is another check's.
fn is_misformed(read: &Read<CreditCode, CellFault>) -> bool {
    matches!(read, Read::Fault(CellFault::Form))
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Said, ask, penalty};
    use super::*;

    #[test]
    fn the_check_character_is_checked() {
        let good = penalty().credit_code("91230500MA1B3N1N2M");
        assert_eq!(ask(&BadCreditCode, &good.file()), Said::Passed);
        let bad = penalty().credit_code("91230500MA1B3N1N2N");
        assert_eq!(ask(&BadCreditCode, &bad.file()), Said::at(&[Field::CreditCode]));
        let organ = penalty().words(|w| w.organ_code = Read::Fault(CellFault::Form));
        assert_eq!(ask(&BadCreditCode, &organ.file()), Said::at(&[Field::OrganCode]));
    }

    #[test]
    fn the_placeholder_is_for_individual_businesses() {
        let placeholder = || penalty().credit_code("00000000000000000X");
        assert_eq!(ask(&BadCreditCode, &placeholder().file()), Said::at(&[Field::CreditCode]));
        let shop =
            placeholder().words(|w| w.party_kind = Read::Word(PartyKind::IndividualBusiness));
        assert_eq!(ask(&BadCreditCode, &shop.file()), Said::Passed);
    }

    #[test]
    fn an_identity_number_is_another_check_s() {
        let id = penalty().credit_code("11010519491231002X");
        assert_eq!(ask(&BadCreditCode, &id.file()), Said::Passed);
    }
}
