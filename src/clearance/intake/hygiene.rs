//! What must not stand in any cell: control characters and marks that turn the direction of text.
//!
//! Everything else stays as written; folding and zero-width characters are the redactor's business.

use std::borrow::Cow;

/// The longest cell taken, in characters.
const LONGEST: usize = 20_000;

/// What a look at a cell found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Dirt {
    /// A NUL: the file was made by something else than a spreadsheet.
    pub(super) nul: bool,
    /// Another control character, or a mark that turns the direction of text.
    pub(super) control: bool,
    /// A line break or tab.
    pub(super) breaks: bool,
    /// U+FFFD: an earlier program lost a character here.
    pub(super) lost: bool,
}

/// Looks a cell through, byte by byte. Most cells have no byte that needs a second look.
pub(super) fn look_over(text: &str) -> Dirt {
    let mut dirt = Dirt::default();
    let bytes = text.as_bytes();
    if !bytes.iter().fold(false, |found, byte| found | needs_a_look(*byte)) {
        return dirt;
    }
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| needs_a_look(**byte)) {
        match byte {
            0 => dirt.nul = true,
            b'\t' | b'\n' | b'\r' => dirt.breaks = true,
            0xc2 => dirt.control |= bytes.get(at + 1).is_some_and(|b| *b < 0xa0),
            0xe2 => match bytes[at..] {
                [_, 0x80, 0xa8 | 0xa9, ..] => dirt.breaks = true,
                [_, 0x80, 0xaa..=0xae, ..] | [_, 0x81, 0xa6..=0xa9, ..] => dirt.control = true,
                _ => {}
            },
            0xef => dirt.lost |= bytes[at..].starts_with(b"\xef\xbf\xbd"),
            _ => dirt.control = true,
        }
    }
    dirt
}

/// Controls, and the first bytes of the longer characters that are looked for.
fn needs_a_look(byte: u8) -> bool {
    byte < 0x20 || matches!(byte, 0x7f | 0xc2 | 0xe2 | 0xef)
}

/// The cell without control characters, line breaks and tabs as blanks, and without the apostrophe or the
/// `="…"` that keeps a spreadsheet from reading a number.
pub(super) fn clean(text: &str, dirt: Dirt) -> Cow<'_, str> {
    let text = without_guard(text);
    if !dirt.control && !dirt.breaks && !dirt.nul {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn without_guard(text: &str) -> &str {
    let trimmed = text.trim();
    let is_sign = |c: char| matches!(c, '\'' | '’' | '‘' | '＇');
    if let Some(rest) = trimmed.strip_prefix(is_sign) {
        let is_word = rest.chars().any(|c| c.is_ascii_digit()) && !rest.contains(is_sign);
        return if is_word && rest.chars().all(is_of_a_number) { rest } else { text };
    }
    match trimmed.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) if !inner.is_empty() && inner.chars().all(is_of_a_number) => inner,
        _ => text,
    }
}

/// What stands in numbers, days, amounts and numbers of documents.
fn is_of_a_number(c: char) -> bool {
    c.is_alphanumeric() || "-/.:,()（）〔〕[]【】 ".contains(c)
}

/// Whether an earlier program could not write the characters of the cell and put question marks.
pub(super) fn is_questioned(text: &str) -> bool {
    if !text.contains("???") {
        return false;
    }
    let marks = text.bytes().filter(|b| *b == b'?').count();
    marks * 2 >= text.chars().count()
}

/// Whether the cell is longer than any cell of a case; looks no further than needed.
pub(super) fn is_overlong(text: &str) -> bool {
    text.len() > LONGEST && text.chars().nth(LONGEST).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_cleaned() {
        let cleaned = |text: &str| clean(text, look_over(text)).into_owned();
        for (raw, want) in [
            ("甲\u{1}乙\u{7f}\u{85}丙", "甲乙丙"),
            ("一\r\n二\t三\r四\u{2028}五", "一 二 三 四 五"),
            ("甲\u{202e}乙\u{2066}", "甲乙"),
            ("'91500199MA5U10001A", "91500199MA5U10001A"),
            ("'onmouseover='x'", "'onmouseover='x'"),
            ("'示城管罚决字〔2024〕第1号", "示城管罚决字〔2024〕第1号"),
            ("=\"91500199MA5U10001A\"", "91500199MA5U10001A"),
            ("=\"1\"&A1&\"2\"", "=\"1\"&A1&\"2\""),
            ("甲\u{200b}乙 　", "甲\u{200b}乙 　"),
        ] {
            assert_eq!(cleaned(raw), want);
        }
        assert!(look_over("a\0").nul && look_over("\u{fffd}").lost && look_over("\u{9f}").control);
        assert_eq!(look_over("文〔2026〕“号”…\u{a0}\u{ff08}"), Dirt::default());
    }

    #[test]
    fn question_marks_in_place_of_words_are_seen() {
        assert!(is_questioned("????????") && is_questioned("????公司"));
        assert!(!is_questioned("为何未办证???当事人答：不知道。") && !is_questioned("?"));
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(!is_overlong(&"字".repeat(20_000)));
        assert!(is_overlong(&"字".repeat(20_001)));
    }
}
