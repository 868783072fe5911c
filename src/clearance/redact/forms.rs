//! Forms of numbers: what digits and the size of their groups say by themselves.

use crate::vocab::{IdForm, id_form};

/// An identity number: by its check character, or by the groups in which such numbers are written.
pub(super) fn is_id(digits: &str, sizes: &[usize]) -> bool {
    match (digits.len(), id_form(digits)) {
        (18, IdForm::Valid { .. }) => true,
        (18, IdForm::WrongCheck { .. }) => {
            sizes.len() == 1 || sizes[0] >= 6 || matches!(sizes, [3, 3, 4, 4, 4] | [6, 4, 4, 4])
        }
        (15, IdForm::Valid { .. }) => sizes.len() == 1 || matches!(sizes, [6, 6, 3]),
        _ => false,
    }
}

/// Whether an identity number with a right check character hides in a longer number.
pub(super) fn hides_id(digits: &str) -> bool {
    (0..=digits.len() - 18)
        .any(|i| digits.get(i..i + 18).is_some_and(|d| matches!(id_form(d), IdForm::Valid { .. })))
}

/// A mobile telephone, with or without the country's code.
pub(super) fn is_mobile(digits: &str, sizes: &[usize]) -> bool {
    let own = match digits.len() {
        11 => digits,
        12 => digits.strip_prefix('0').unwrap_or(""),
        13 => digits.strip_prefix("86").unwrap_or(""),
        15 => digits.strip_prefix("0086").unwrap_or(""),
        _ => return false,
    };
    let head = own.as_bytes();
    let looks = own.len() == 11 && head[0] == b'1' && (b'3'..=b'9').contains(&head[1]);
    looks && !own.contains('X') && matches!(sizes[0], 2..=4 | 5 | 7 | 11..=15)
}

/// Luhn and a length of cards; parted numbers only in groups of three or more.
pub(super) fn is_card(digits: &str, sizes: &[usize]) -> bool {
    let parted = sizes.len() == 1 || sizes.iter().rev().skip(1).all(|n| *n >= 4);
    (16..=19).contains(&digits.len())
        && parted
        && matches!(digits.as_bytes()[0], b'3'..=b'6' | b'9')
        && luhn(digits)
}

fn luhn(digits: &str) -> bool {
    let mut sum = 0;
    for (i, byte) in digits.bytes().rev().enumerate() {
        if !byte.is_ascii_digit() {
            return false;
        }
        let d = u32::from(byte - b'0') * if i % 2 == 1 { 2 } else { 1 };
        sum += if d > 9 { d - 9 } else { d };
    }
    sum.is_multiple_of(10)
}

/// Area code and number, or a 400/800 number (domain 2.2).
pub(super) fn is_landline(digits: &str, sizes: &[usize]) -> bool {
    let area = match digits.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', b'0'..=b'9', ..] => 3,
        [b'0', b'3'..=b'9', _, _, ..] => 4,
        [b'4' | b'8', b'0', b'0', ..] => {
            return digits.len() == 10 && matches!(sizes, [3, 3, 4] | [3, 4, 3] | [3, 7] | [10]);
        }
        _ => return false,
    };
    let parted = sizes.len() > 1 && sizes[0] == area;
    (parted || sizes.len() == 1) && matches!(digits.len() - area, 7 | 8) && !digits.contains('X')
}

/// The same with the country's code before it: `86 512 8083 7132`.
pub(super) fn is_landline_from_abroad(digits: &str, sizes: &[usize]) -> bool {
    let Some(own) = digits.strip_prefix("86").filter(|_| sizes.len() > 2 && sizes[0] == 2) else {
        return false;
    };
    let mut sizes = sizes[1..].to_vec();
    sizes[0] += 1;
    is_landline(&format!("0{own}"), &sizes)
}

/// A serial that begins with its day: `20210305…`.
pub(super) fn is_dated(digits: &str) -> bool {
    let part =
        |range: std::ops::Range<usize>| digits.get(range).and_then(|d| d.parse::<u32>().ok());
    (14..=24).contains(&digits.len())
        && matches!(part(0..4), Some(2000..=2099))
        && matches!(part(4..6), Some(1..=12))
        && matches!(part(6..8), Some(1..=31))
}

/// EAN-13 with a right check digit.
pub(super) fn is_barcode(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    if bytes.len() != 13 || !bytes.iter().all(u8::is_ascii_digit) || bytes[0] != b'6' {
        return false;
    }
    let sum: u32 = bytes
        .iter()
        .enumerate()
        .map(|(i, b)| u32::from(b - b'0') * if i % 2 == 1 { 3 } else { 1 })
        .sum();
    sum.is_multiple_of(10)
}
