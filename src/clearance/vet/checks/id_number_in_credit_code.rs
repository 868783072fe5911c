//! `id-number-in-credit-code`: the public code column holds what is built like an identity number
//! (domain 2.2, trap 15).

use super::super::super::record::{CaseFile, Field};
use super::super::{Check, Context, Verdict};
use crate::diag::Finding;
use crate::vocab::{IdForm, id_form};

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

/// Whether the code column holds an identity number. A number that is also a valid code counts
/// only where its check character as an identity number is right too.
pub(super) fn holds_id_number(file: &CaseFile) -> bool {
    let Some(cell) = file.look(Field::CreditCode) else { return false };
    let mut held = [0_u8; 18];
    let Some(plain) = plain(cell, &mut held) else { return false };
    match id_form(plain) {
        IdForm::Valid { .. } => true,
        IdForm::WrongCheck { .. } => file.words.credit_code.word().is_none(),
        IdForm::NotAnId => false,
    }
}

/// The cell in half-width without blanks and hyphens, where that gives at most 18 digits and letters.
fn plain<'b>(cell: &str, held: &'b mut [u8; 18]) -> Option<&'b str> {
    let mut length = 0;
    for c in cell.chars() {
        let c = match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xfee0)?,
            c if c.is_whitespace() || matches!(c, '-' | '\'') => continue,
            c => c,
        };
        *held.get_mut(length)? = u8::try_from(c).ok().filter(u8::is_ascii_alphanumeric)?;
        length += 1;
    }
    std::str::from_utf8(&held[..length]).ok()
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
