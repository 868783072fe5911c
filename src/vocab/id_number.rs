//! The form of resident identity numbers (GB 11643): asks about a text, keeps nothing of it.

use crate::law::Day;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

/// What the digits of a text say about it as an identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdForm {
    /// 18 characters, a plausible birth date and the right check character, or 15 digits with one.
    Valid {
        /// Birth date the number holds.
        born_on: Day,
    },
    /// 18 characters with a plausible birth date, but the wrong check character.
    WrongCheck {
        /// Birth date the number holds.
        born_on: Day,
    },
    /// Anything else.
    NotAnId,
}

/// Judges `text`, which must be ASCII digits with at most a final `X`; anything else is no number.
pub(crate) fn id_form(text: &str) -> IdForm {
    let bytes = text.as_bytes();
    match bytes.len() {
        18 => eighteen(bytes),
        15 => fifteen(bytes),
        _ => IdForm::NotAnId,
    }
}

fn eighteen(bytes: &[u8]) -> IdForm {
    let (body, last) = bytes.split_at(17);
    let last = last[0].to_ascii_uppercase();
    if !body.iter().all(u8::is_ascii_digit) || !(last.is_ascii_digit() || last == b'X') {
        return IdForm::NotAnId;
    }
    let Some(born_on) = day(number(&body[6..10]), &body[10..14]) else { return IdForm::NotAnId };
    if !plausible_region(body) {
        return IdForm::NotAnId;
    }
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
    if CHECKS[(sum % 11) as usize] == last {
        IdForm::Valid { born_on }
    } else {
        IdForm::WrongCheck { born_on }
    }
}

fn fifteen(bytes: &[u8]) -> IdForm {
    if !bytes.iter().all(u8::is_ascii_digit) || !plausible_region(bytes) {
        return IdForm::NotAnId;
    }
    match day(1900 + number(&bytes[6..8]), &bytes[8..12]) {
        Some(born_on) => IdForm::Valid { born_on },
        None => IdForm::NotAnId,
    }
}

/// Region codes begin with 11 to 82.
fn plausible_region(bytes: &[u8]) -> bool {
    (11..=83).contains(&number(&bytes[..2]))
}

fn day(year: u32, month_day: &[u8]) -> Option<Day> {
    if !(1900..=2099).contains(&year) {
        return None;
    }
    Day::new(i32::try_from(year).ok()?, number(&month_day[..2]), number(&month_day[2..4]))
}

fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |n, b| n * 10 + u32::from(b - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_example_is_valid() {
        let born_on = Day::new(1949, 12, 31).expect("a day");
        assert_eq!(id_form("11010519491231002X"), IdForm::Valid { born_on });
        assert_eq!(id_form("110105194912310021"), IdForm::WrongCheck { born_on });
        assert_eq!(id_form("110105491231002"), IdForm::Valid { born_on });
        for wrong in ["500110202405200017号", "990105194912310021", "110105194913310021", "12345"]
        {
            assert_eq!(id_form(wrong), IdForm::NotAnId, "{wrong}");
        }
    }
}
