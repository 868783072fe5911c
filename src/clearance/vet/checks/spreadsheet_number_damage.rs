//! `spreadsheet-number-damage`: a number that a spreadsheet has destroyed (domain 3.2, trap 15).
//!
//! Lost digits cannot be recovered, so the cell is never repaired, only named.

use super::super::super::record::{CaseFile, CellFault, Field, Read};
use super::super::dates::dates;
use super::super::{Check, Context, Verdict};
use crate::diag::Finding;
use crate::vocab::{IdForm, id_form};

/// The check.
pub(super) struct SpreadsheetNumberDamage;

impl Check for SpreadsheetNumberDamage {
    fn id(&self) -> &'static str {
        "spreadsheet-number-damage"
    }

    fn check(&self, file: &CaseFile, _: &Context<'_>) -> Verdict {
        let mut findings = Vec::new();
        let read_damage = any_read_as_damaged(file);
        for field in Field::ALL.iter().copied() {
            let cell = file.look(field).unwrap_or_default();
            let damaged = is_damaged(field, cell) || (read_damage && read_as_damaged(file, field));
            // Remarks are never published, and nothing is read from them.
            if damaged && field != Field::Remark {
                findings.push(Finding::new(self.id(), file.at(field)).shaped(cell));
            }
        }
        Verdict::of(findings)
    }
}

/// Whether intake has found any cell damaged.
fn any_read_as_damaged(file: &CaseFile) -> bool {
    const TYPED: [Field; 11] = [
        Field::CreditCode,
        Field::OrganCode,
        Field::Fine,
        Field::Confiscated,
        Field::DecidedOn,
        Field::ValidUntil,
        Field::Until,
        Field::BornOn,
        Field::LegalReviewOn,
        Field::InspectedOn,
        Field::ResultOn,
    ];
    TYPED.into_iter().any(|field| read_as_damaged(file, field))
}

/// Whether intake has found this cell damaged.
fn read_as_damaged(file: &CaseFile, field: Field) -> bool {
    let words = &file.words;
    let damaged = Read::Fault(CellFault::Spreadsheet);
    match field {
        Field::CreditCode => words.credit_code == Read::Fault(CellFault::Spreadsheet),
        Field::OrganCode => words.organ_code == Read::Fault(CellFault::Spreadsheet),
        Field::Fine => words.fine == Read::Fault(CellFault::Spreadsheet),
        Field::Confiscated => words.confiscated == Read::Fault(CellFault::Spreadsheet),
        _ => dates(words).into_iter().any(|(date, read)| date == field && *read == damaged),
    }
}

fn is_damaged(field: Field, cell: &str) -> bool {
    let is_whole = match cell.as_bytes().first() {
        Some(b'#') => is_error(cell),
        Some(b'0'..=b'9') => is_scientific(cell) || (is_personal(field) && lost_digits(cell)),
        _ => false,
    };
    is_whole || holds_scientific(cell)
}

/// What spreadsheets show instead of a value.
fn is_error(cell: &str) -> bool {
    const ERRORS: [&str; 9] = [
        "#REF!",
        "#N/A",
        "#VALUE!",
        "#NAME?",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#GETTING_DATA",
    ];
    ERRORS.contains(&cell) || (cell.len() >= 3 && cell.bytes().all(|b| b == b'#'))
}

/// `1.15E+17`, `5.00199e17`.
fn is_scientific(cell: &str) -> bool {
    if cell.len() > 24 {
        return false;
    }
    let Some((mantissa, exponent)) = cell.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    // A whole mantissa without a sign may be a code such as 12E4.
    whole.len() == 1 && all(whole) && all(part) && exponent.len() == 2 && all(exponent)
}

/// Whether a code in running text was damaged: `身份证号5.00199E+17`.
fn holds_scientific(text: &str) -> bool {
    text.match_indices("E+").any(|(at, _)| {
        let (before, after) = (&text.as_bytes()[..at], &text.as_bytes()[at + 2..]);
        let part = before.iter().rev().take_while(|b| b.is_ascii_digit()).count();
        let point = before.len().checked_sub(part + 2).and_then(|i| before.get(i..i + 2));
        let digits = after.iter().take_while(|b| b.is_ascii_digit()).count();
        part >= 2 && digits == 2 && matches!(point, Some([b'0'..=b'9', b'.'])) && after[0] == b'1'
    })
}

/// Columns of numbers longer than the fifteen digits a spreadsheet keeps.
fn is_personal(field: Field) -> bool {
    matches!(
        field,
        Field::IdNumber
            | Field::RepresentativeId
            | Field::CreditCode
            | Field::OrganCode
            | Field::BankCard
    )
}

/// Eighteen or more digits of which all after the fifteenth are zero, and no valid number.
fn lost_digits(cell: &str) -> bool {
    cell.len() >= 18
        && cell.bytes().all(|b| b.is_ascii_digit())
        && cell.bytes().skip(15).all(|b| b == b'0')
        && !matches!(id_form(cell), IdForm::Valid { .. })
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Said, ask, penalty};
    use super::*;

    const CHECK: SpreadsheetNumberDamage = SpreadsheetNumberDamage;

    #[test]
    fn damage_is_found_wherever_it_stands() {
        for (field, cell) in [
            (Field::IdNumber, "5.00199E+17"),
            (Field::IdNumber, "500199199001011000"),
            (Field::BankCard, "6222021001116240000"),
            (Field::CreditCode, "1.15e+17"),
            (Field::Content, "#REF!"),
            (Field::Facts, "当事人（身份证号5.00199E+17）占道经营"),
            (Field::Party, "########"),
        ] {
            let said = ask(&CHECK, &penalty().put(field, cell).file());
            assert_eq!(said, Said::at(&[field]), "{cell}");
        }
        let read = penalty().words(|w| w.fine = Read::Fault(CellFault::Spreadsheet));
        assert_eq!(ask(&CHECK, &read.file()), Said::at(&[Field::Fine]));
    }

    #[test]
    fn sound_cells_pass() {
        for (field, cell) in [
            (Field::Remark, "#REF!"),
            (Field::Facts, "#3 地块"),
            (Field::Item, "12E4"),
            (Field::IdNumber, "11010519491231002X"),
            (Field::Facts, "500199199001011000"),
            (Field::Fine, "0.5"),
        ] {
            assert_eq!(ask(&CHECK, &penalty().put(field, cell).file()), Said::Passed, "{cell}");
        }
    }
}
