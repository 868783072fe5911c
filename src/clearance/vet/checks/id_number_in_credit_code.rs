//! `id-number-in-credit-code`: the public code column holds what is built like an identity number
//! (domain 2.2, trap 15).

use super::super::super::record::{CaseFile, Field};
use super::super::{Check, Context, Verdict, code_cell::holds_id_number};
use crate::diag::Finding;

/// The check.
pub(super) struct IdNumberInCreditCode;

impl Check for IdNumberInCreditCode {
    fn id(&self) -> &'static str {
        "id-number-in-credit-code"
    }

    fn check(&self, file: &CaseFile, _: &Context<'_>) -> Verdict {
        if !holds_id_number(file) {
            return Verdict::Passed;
        }
        let shape = file.look(Field::CreditCode).unwrap_or_default();
        Verdict::one(Finding::new(self.id(), file.at(Field::CreditCode)).shaped(shape))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Said, ask, penalty};
    use super::*;

    #[test]
    fn identity_numbers_are_told_from_codes() {
        let said = |code: &str| ask(&IdNumberInCreditCode, &penalty().credit_code(code).file());
        for id in [
            "11010519491231002X",
            "11010519491231002x",
            "１１０１０５１９４９１２３１００２Ｘ",
            "110105 19491231 002X",
            "110105194912310021",
            "110105491231002",
        ] {
            assert_eq!(said(id), Said::at(&[Field::CreditCode]), "{id}");
        }
        for code in ["91230500MA1B3N1N2M", "115002227398230135", "00000000000000000X", "示例"] {
            assert_eq!(said(code), Said::Passed, "{code}");
        }
    }
}
