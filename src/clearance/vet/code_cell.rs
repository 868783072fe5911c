//! What stands in the column of public codes, where it is no code. Keeps nothing of the cell.

use super::super::record::{CaseFile, Field};
use crate::vocab::{IdForm, id_form};

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
