//! Reads a day as exports write it (domain 10.27), and refuses what could mean two days.

use crate::clearance::record::CellFault;
use crate::law::Day;

/// First and last serial day number that is taken for a date: 1982 to 2064.
const SERIALS: std::ops::RangeInclusive<u32> = 30_000..=60_000;

/// Reads a day.
///
/// # Errors
/// Another form, no such day, two readings, or another time zone than China's.
pub(super) fn read(text: &str) -> Result<Day, CellFault> {
    if is_spreadsheet_damage(text) {
        return Err(CellFault::Spreadsheet);
    }
    let text: String = text.trim().chars().map(half_width).collect();
    parse(&text).ok_or(CellFault::Form)
}

fn parse(text: &str) -> Option<Day> {
    if text.contains('年') {
        return in_chinese(text);
    }
    let (date, time) = match text.find(['T', ' ']) {
        Some(at) => (&text[..at], Some(text[at + 1..].trim())),
        None => (text, None),
    };
    if !time.is_none_or(is_time_in_china) {
        return None;
    }
    if date.bytes().all(|b| b.is_ascii_digit()) {
        return match (date.len(), time) {
            (5, None) => serial(date),
            (8, _) => day(&date[..4], &date[4..6], &date[6..]),
            (14, None) => is_clock(&[&date[8..10], &date[10..12], &date[12..]])
                .then(|| day(&date[..4], &date[4..6], &date[6..8]))?,
            _ => None,
        };
    }
    if let Some((whole, part)) = date.split_once('.')
        && whole.len() == 5
        && !part.is_empty()
        && part.bytes().all(|b| b.is_ascii_digit())
    {
        return serial(whole);
    }
    let mark = ['-', '/', '.'].into_iter().find(|m| date.contains(*m))?;
    let mut parts = date.split(mark);
    let found = day(parts.next()?, parts.next()?, parts.next()?)?;
    parts.next().is_none().then_some(found)
}

/// Year, month and day of month in digits; the year has four, so that no day comes first.
fn day(year: &str, month: &str, day_of_month: &str) -> Option<Day> {
    let is_plain =
        |s: &str, most| (1..=most).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !is_plain(year, 4) || !is_plain(month, 2) || !is_plain(day_of_month, 2) {
        return None;
    }
    Day::new(year.parse().ok()?, month.parse().ok()?, day_of_month.parse().ok()?)
}

fn serial(digits: &str) -> Option<Day> {
    let serial: u32 = digits.parse().ok()?;
    SERIALS.contains(&serial).then(|| Day::from_spreadsheet_serial(serial))?
}

/// `2024年5月20日`, with digits or with Chinese numerals.
fn in_chinese(text: &str) -> Option<Day> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day_of_month = rest.strip_suffix(['日', '号'])?;
    if text.is_ascii() || year.is_ascii() {
        return day(year, month, day_of_month);
    }
    let year: String = year
        .chars()
        .map(numeral)
        .map(|n| n.map(|n| char::from(b'0' + n)))
        .collect::<Option<_>>()?;
    day(&year, &below_hundred(month)?.to_string(), &below_hundred(day_of_month)?.to_string())
}

fn numeral(c: char) -> Option<u8> {
    "〇一二三四五六七八九".chars().position(|n| n == c).map_or_else(
        || matches!(c, '零' | '○' | '◯' | 'О' | 'O').then_some(0),
        |n| u8::try_from(n).ok(),
    )
}

/// 一 to 九十九, and 廿 for twenty.
fn below_hundred(text: &str) -> Option<u8> {
    let text = text.replace('廿', "二十").replace('卅', "三十");
    let digit = |s: &str, none| {
        let mut chars = s.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Some(none),
            (Some(c), None) => numeral(c).filter(|n| *n > 0 || none == 0),
            _ => None,
        }
    };
    match text.split_once('十') {
        Some((tens, ones)) => Some(digit(tens, 1)? * 10 + digit(ones, 0)?),
        None => digit(&text, 0).filter(|n| *n > 0),
    }
}

/// A time of day in China or without a zone: `10:30`, `10:30:00.000`, with `+08:00`.
fn is_time_in_china(text: &str) -> bool {
    let text =
        ["+08:00", "+0800", "+08"].iter().find_map(|zone| text.strip_suffix(zone)).unwrap_or(text);
    let clock = match text.split_once('.') {
        Some((clock, part)) if !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) => {
            clock
        }
        Some(_) => return false,
        None => text,
    };
    let parts: Vec<&str> = clock.trim().split(':').collect();
    (2..=3).contains(&parts.len()) && is_clock(&parts)
}

fn is_clock(parts: &[&str]) -> bool {
    parts.iter().zip([23_u8, 59, 59]).all(|(part, most)| {
        (1..=2).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_digit())
            && part.parse::<u8>().is_ok_and(|n| n <= most)
    })
}

/// Full-width digits and marks as half-width ones, and the blank.
fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        '—' | '–' | '−' | '‐' => '-',
        '。' => '.',
        c => c,
    }
}

/// Whether a spreadsheet wrote this instead of what was there: `#REF!`, `#####`, `1.15E+17`.
pub(super) fn is_spreadsheet_damage(text: &str) -> bool {
    let text = text.trim();
    if text.starts_with('#') {
        return text.len() > 1;
    }
    let Some((number, exponent)) = text.split_once(['E', 'e']) else { return false };
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let exponent = exponent.strip_prefix('+');
    is_number && exponent.is_some_and(|e| !e.is_empty() && e.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_has_many_forms() {
        for text in [
            "2024-05-20",
            "2024/5/20",
            "2024.5.20",
            "20240520",
            "2024年5月20日",
            "２０２４年５月２０日",
            "二〇二四年五月二十日",
            "二零二四年五月廿日",
            "2024 年 5 月 20 号",
            "45432",
            "45432.5",
            "2024-05-20 10:30:00",
            "2024/5/20 0:00",
            "2024-05-20T10:30:00+08:00",
            "2024-05-20T10:30:00.123",
            "20240520103000",
            " 2024-05-20 ",
            "2024－05－20",
            "20240520 10:30",
        ] {
            assert_eq!(read(text).ok(), Day::new(2024, 5, 20), "{text}");
        }
        assert_eq!(read("二〇二五年十二月三十一日").ok(), Day::new(2025, 12, 31));
        assert_eq!(read("二〇二五年十月十日").ok(), Day::new(2025, 10, 10));
    }

    #[test]
    fn what_is_no_day_or_two_days_is_a_fault() {
        for text in [
            "2024-02-30",
            "05/06/2024",
            "24-5-20",
            "2024-13-01",
            "2024年5月",
            "20240532",
            "0000-00-00",
            "2024-05-20T10:00:00Z",
            "2024-05-20T10:00:00+09:00",
            "2024-05-20 25:00",
            "20",
            "99999",
            "2024-05-20-01",
            "2024-5",
            "昨天",
            "二〇二四年五月二十十日",
            "2023-02-29",
            "2024-05-2o",
            "年月日",
        ] {
            assert!(read(text) == Err(CellFault::Form), "{text}");
        }
        for text in ["#####", "#REF!", "4.5E+4"] {
            assert!(read(text) == Err(CellFault::Spreadsheet), "{text}");
        }
    }
}
