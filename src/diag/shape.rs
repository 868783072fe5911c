//! How a cell looks, without what it says: `□□□` for Han text, `9` a digit, `A` a letter.

use std::fmt;

/// The longest run of digits or letters that is drawn one by one.
const DRAWN: usize = 20;

/// The outline of a cell. Han runs have one width, so that a name's length does not show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shape(String);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Text,
    Digit,
    Letter,
    Blank,
    Mark(char),
}

impl Shape {
    /// The outline of `raw`.
    pub(crate) fn of(raw: &str) -> Self {
        if raw.trim().is_empty() {
            return Self(String::new());
        }
        let mut out = String::new();
        let (mut last, mut run) = (None, 0_usize);
        for class in raw.chars().take(4 * DRAWN).map(classify) {
            run = if last == Some(class) { run + 1 } else { 0 };
            last = Some(class);
            match class {
                Class::Text if run == 0 => out.push_str("□□□"),
                Class::Digit if run < DRAWN => out.push('9'),
                Class::Letter if run < DRAWN => out.push('A'),
                Class::Blank if run == 0 => out.push(' '),
                Class::Mark(mark) if run == 0 => out.push(mark),
                Class::Text | Class::Digit | Class::Letter | Class::Blank | Class::Mark(_) => {}
            }
        }
        Self(out.chars().take(3 * DRAWN).collect())
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn classify(c: char) -> Class {
    match c {
        '0'..='9' | '０'..='９' => Class::Digit,
        'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => Class::Letter,
        c if c.is_whitespace() => Class::Blank,
        '-' | '+' | '.' | ',' | '/' | ':' | '#' | '%' | '(' | ')' => Class::Mark(c),
        _ => Class::Text,
    }
}

/// A file name that may be shown: digits that may be somebody's number are covered, control characters go.
///
/// Clerks name files after people and numbers; a report must not repeat them. Dates and times stay,
/// since drops are told apart by them.
pub(crate) fn shown_file_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut digits = String::new();
    for c in name.chars().chain(std::iter::once('\u{0}')) {
        if c.is_numeric() {
            digits.push(c);
            continue;
        }
        out.push_str(if may_be_somebodys(&digits) { "□" } else { &digits });
        digits.clear();
        if !c.is_control() {
            out.push(c);
        }
    }
    out
}

/// Lengths of mobile numbers, and of identity and card numbers without a final letter.
fn may_be_somebodys(digits: &str) -> bool {
    matches!(digits.chars().count(), 11 | 15..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_keep_form_and_lose_content() {
        for (raw, drawn) in [
            ("张三", "□□□"),
            ("欧阳修远", "□□□"),
            ("500110199001011234", "999999999999999999"),
            ("1.15E+17", "9.99A+99"),
            ("  ", ""),
            ("2024-02-30", "9999-99-99"),
        ] {
            assert_eq!(Shape::of(raw).to_string(), drawn);
        }
    }

    #[test]
    fn a_number_in_a_file_name_is_covered() {
        assert_eq!(shown_file_name("处罚_20260213.csv"), "处罚_20260213.csv");
        assert_eq!(shown_file_name("20260213120000.csv"), "20260213120000.csv");
        assert_eq!(shown_file_name("500110199001011234.csv"), "□.csv");
        assert_eq!(shown_file_name("张三13800138000.csv"), "张三□.csv");
    }
}
