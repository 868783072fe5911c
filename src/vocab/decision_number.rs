//! Numbers of written decisions (决定书文号) in one form.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A decision number with 〔〕 around its year and no blanks, as in `示城管罚决字〔2026〕第12号`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct DecisionNumber(String);

/// Why a text is no decision number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberFault {
    /// Nothing there.
    Empty,
    /// Characters that no number has: slashes, markup, quotes, controls.
    ForeignCharacter,
    /// No year in brackets.
    NoYear,
    /// No serial after the year.
    NoSerial,
    /// It reads as an identity number, telephone or card number.
    PersonalNumber,
    /// Longer than any number.
    TooLong,
}

impl DecisionNumber {
    /// Longest number taken, in characters (the standard's column holds 128).
    const LONGEST: usize = 64;

    /// Reads a number; every kind of bracket around the year becomes 〔〕.
    pub(crate) fn parse(text: &str) -> Result<Self, NumberFault> {
        let text = one_form(text);
        if text.is_empty() {
            return Err(NumberFault::Empty);
        }
        if text.chars().count() > Self::LONGEST {
            return Err(NumberFault::TooLong);
        }
        if text.chars().all(|c| c.is_ascii_digit() || c == 'X') && text.len() >= 11 {
            return Err(NumberFault::PersonalNumber);
        }
        if !text.chars().all(may_stand) {
            return Err(NumberFault::ForeignCharacter);
        }
        let (head, rest) = text.split_once('〔').ok_or(NumberFault::NoYear)?;
        let (year, serial) = rest.split_once('〕').ok_or(NumberFault::NoYear)?;
        let year_ok = year.len() == 4
            && (year.starts_with("19") || year.starts_with("20"))
            && year.bytes().all(|b| b.is_ascii_digit());
        if !year_ok || head.chars().any(|c| matches!(c, '〔' | '〕')) {
            return Err(NumberFault::NoYear);
        }
        if !serial.contains(|c: char| c.is_ascii_digit()) || serial.contains(['〔', '〕']) {
            return Err(NumberFault::NoSerial);
        }
        if has_long_tail(serial) {
            return Err(NumberFault::PersonalNumber);
        }
        Ok(Self(text))
    }

    /// The number as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The year in brackets.
    pub(crate) fn year(&self) -> Option<i32> {
        self.0.split_once('〔')?.1.get(..4)?.parse().ok()
    }
}

/// Half-width digits and letters, one kind of bracket, no blanks.
fn one_form(text: &str) -> String {
    let half: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}'))
        .map(|c| match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        })
        .map(|c| match c {
            '[' | '【' | '［' | '〖' | '﹝' => '〔',
            ']' | '】' | '］' | '〗' | '﹞' => '〕',
            c => c,
        })
        .collect();
    year_in_round_brackets(half)
}

/// `(2026)` becomes `〔2026〕`; other round brackets stay, as in 渝(清)城罚字.
fn year_in_round_brackets(text: String) -> String {
    if text.contains('〔') {
        return text;
    }
    for (open, _) in text.match_indices('(') {
        let Some(inside) = text.get(open + 1..open + 6) else { continue };
        if inside.ends_with(')') && inside[..4].bytes().all(|b| b.is_ascii_digit()) {
            return format!("{}〔{}〕{}", &text[..open], &inside[..4], &text[open + 6..]);
        }
    }
    text
}

/// Whether seven digits or more stand in a row behind 号: a telephone or account was added there, and a
/// number becomes address, title and file name.
fn has_long_tail(serial: &str) -> bool {
    let tail = serial.rsplit_once('号').map_or("", |(_, tail)| tail);
    tail.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() >= 7)
}

fn may_stand(c: char) -> bool {
    matches!(c, '0'..='9' | 'A'..='Z' | 'a'..='z' | '〔' | '〕' | '(' | ')' | '-' | '·' | '〇' | '、' | ',' | '_' | '.')
        || matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

impl fmt::Display for DecisionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_become_one_form() {
        let want = "示城管罚决字〔2026〕第12号";
        for raw in [
            want,
            "示城管罚决字[2026]第12号",
            "示城管罚决字【２０２６】第12号",
            "示城管罚决字(2026)第12号",
            "示城管罚决字（2026）第 12 号",
        ] {
            assert_eq!(
                DecisionNumber::parse(raw).map(|n| n.to_string()).as_deref(),
                Ok(want),
                "{raw}"
            );
        }
    }

    #[test]
    fn what_is_no_number_is_named() {
        for (raw, fault) in [
            ("", NumberFault::Empty),
            ("500199196106081412", NumberFault::PersonalNumber),
            ("../../../outside/hh", NumberFault::ForeignCharacter),
            ("示城管罚决字第12号", NumberFault::NoYear),
            ("示城管罚决字〔2026〕号", NumberFault::NoSerial),
            ("示城管罚决字〔2026〕第1号(电话13800000000)", NumberFault::PersonalNumber),
        ] {
            assert_eq!(DecisionNumber::parse(raw), Err(fault), "{raw}");
        }
        assert!(DecisionNumber::parse("示清城罚〔2024〕500110202405200017号").is_ok());
        assert!(DecisionNumber::parse("示清城罚〔2024〕17号-2").is_ok());
    }
}
