//! Reads an amount of money exactly, and never guesses its unit (domain 10.24).

use crate::clearance::record::CellFault;
use crate::vocab::Money;

use super::columns::Unit;
use super::dates::is_spreadsheet_damage;

/// Reads an amount in a column of this unit; a unit written in the cell wins.
///
/// # Errors
/// A sign, an exponent, ill-formed groups of digits, no unit at all, or anything else than an amount.
pub(super) fn read(text: &str, unit: Unit) -> Result<Money, CellFault> {
    if is_spreadsheet_damage(text) {
        return Err(CellFault::Spreadsheet);
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let text = text.strip_prefix("人民币").unwrap_or(&text);
    let text = text.strip_prefix(['¥', '￥']).unwrap_or(text);
    let (digits, unit) = split_unit(text, unit);
    let digits = without_groups(digits).ok_or(CellFault::Form)?;
    match unit {
        Unit::Wan => Money::wan(&digits),
        Unit::Yuan => Money::yuan(&digits),
        // Nothing is nothing in any unit.
        Unit::Unsaid => Money::wan(&digits).filter(|m| m.as_fen() == 0),
    }
    .ok_or(CellFault::Form)
}

fn split_unit(text: &str, unit: Unit) -> (&str, Unit) {
    for (ending, unit) in [
        ("万元整", Unit::Wan),
        ("万元", Unit::Wan),
        ("万", Unit::Wan),
        ("元整", Unit::Yuan),
        ("圆整", Unit::Yuan),
        ("元", Unit::Yuan),
        ("圆", Unit::Yuan),
    ] {
        if let Some(digits) = text.strip_suffix(ending) {
            return (digits, unit);
        }
    }
    (text, unit)
}

/// The digits without commas; `None` where the commas do not part groups of three.
fn without_groups(text: &str) -> Option<String> {
    if !text.contains(',') {
        // Some exporters leave out the zero before the point.
        return Some(if text.starts_with('.') { format!("0{text}") } else { text.to_owned() });
    }
    let (whole, part) = text.split_once('.').map_or((text, None), |(w, p)| (w, Some(p)));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let is_sound = (1..=3).contains(&first.len()) && !first.starts_with('0');
    if !is_sound || groups.any(|g| g.len() != 3) || part.is_some_and(|p| p.contains(',')) {
        return None;
    }
    Some(text.replace(',', ""))
}

fn half_width(c: char) -> char {
    match c {
        '，' => ',',
        '０'..='９' | '．' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_in_their_unit() {
        for (text, unit, fen) in [
            ("0.5", Unit::Wan, 500_000),
            ("０．５", Unit::Wan, 500_000),
            ("0.5万元", Unit::Wan, 500_000),
            ("0.5万", Unit::Yuan, 500_000),
            ("5000元", Unit::Wan, 500_000),
            ("5,000.00", Unit::Yuan, 500_000),
            ("¥5000", Unit::Yuan, 500_000),
            ("1,234,567元整", Unit::Unsaid, 123_456_700),
            ("0", Unit::Unsaid, 0),
            (".5", Unit::Wan, 500_000),
            ("0.020000", Unit::Wan, 20_000),
        ] {
            assert_eq!(read(text, unit).map(Money::as_fen).ok(), Some(fen), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_a_fault() {
        for (text, unit) in [
            ("-0.5", Unit::Wan),
            ("+1", Unit::Wan),
            ("NaN", Unit::Wan),
            ("5000", Unit::Unsaid),
            ("1,00", Unit::Wan),
            ("0.5千元", Unit::Wan),
            ("1,2345", Unit::Wan),
            ("伍仟", Unit::Wan),
            ("inf", Unit::Wan),
            ("1e-3", Unit::Wan),
            ("0.0000001", Unit::Wan),
            ("0.001元", Unit::Wan),
            ("1.2.3", Unit::Wan),
            (".", Unit::Wan),
            ("..5", Unit::Wan),
            ("0,500", Unit::Wan),
        ] {
            assert!(read(text, unit) == Err(CellFault::Form), "{text}");
        }
        for text in ["1E+3", "#REF!", "1.5e+05", "#DIV/0!"] {
            assert!(read(text, Unit::Wan) == Err(CellFault::Spreadsheet), "{text}");
        }
    }
}
