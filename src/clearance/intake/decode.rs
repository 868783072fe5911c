//! Bytes to text, strictly: what cannot be decoded is named by its line, never replaced or guessed.
//!
//! The only hand on `encoding_rs`. Text that is UTF-8 already is taken over without a copy.

use std::num::NonZeroUsize;

use encoding_rs::GB18030;

use crate::diag::Note;

use super::lines::{LineFinder, lines};
use super::log::{Log, MOST_LINES};

/// Decoded text of a file.
pub(super) struct Text {
    text: String,
    skip: usize,
}

impl Text {
    /// The text, without its byte order mark.
    pub(super) fn as_str(&self) -> &str {
        &self.text[self.skip..]
    }
}

/// Lines that could not be decoded, from 1, in order, at most [`MOST_LINES`].
struct BadLines(Vec<u32>);

/// Decodes a file; `None` after findings name the lines that cannot be decoded.
pub(super) fn decode(bytes: Vec<u8>, log: &mut Log) -> Option<Text> {
    if is_utf_32(&bytes) {
        log.refuse_at("undecodable-file", 1, None);
        return None;
    }
    let (decoded, encoding) = match unicode_sort(&bytes) {
        Some(order) => (utf_16(&bytes, order), Some("UTF-16")),
        None => match String::from_utf8(bytes) {
            Ok(text) => (Ok(marked(text)), None),
            Err(error) => (not_utf_8(error.as_bytes()), Some("GB18030")),
        },
    };
    match (decoded, encoding) {
        (Ok(text), encoding) => {
            if let Some(encoding) = encoding {
                log.note_file(
                    "assumed-encoding",
                    Note::new("按 {} 读取", "read as {}").with(encoding),
                );
            }
            Some(text)
        }
        (Err(BadLines(rows)), _) => {
            for row in rows {
                log.refuse_at("undecodable-file", row, None);
            }
            None
        }
    }
}

fn marked(text: String) -> Text {
    let skip = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    Text { text, skip }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Order {
    Little,
    Big,
}

/// Which UTF-16 it is, by its mark or by where its NUL bytes stand; `None` for any other encoding.
fn unicode_sort(bytes: &[u8]) -> Option<Order> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(Order::Little),
        [0xfe, 0xff, ..] => return Some(Order::Big),
        _ => {}
    }
    let sample = &bytes[..bytes.len().min(4096)];
    let nul = |first: usize| sample.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    // Commas, digits and line ends make a good part of a table: in UTF-16 each has a NUL byte.
    let many = (sample.len() / 2 / 20).max(4);
    // A few Han characters, such as 一, have a NUL byte on the other side.
    match (nul(0), nul(1)) {
        (even, odd) if odd > many && odd >= 4 * even => Some(Order::Little),
        (even, odd) if even > many && even >= 4 * odd => Some(Order::Big),
        _ => None,
    }
}

/// Whether the file is marked as UTF-32, which no exporter writes.
fn is_utf_32(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe, 0, 0]) || bytes.starts_with(&[0, 0, 0xfe, 0xff])
}

fn utf_16(bytes: &[u8], order: Order) -> Result<Text, BadLines> {
    let pair = |two: &[u8]| match order {
        Order::Little => u16::from_le_bytes([two[0], two[1]]),
        Order::Big => u16::from_be_bytes([two[0], two[1]]),
    };
    let mut text = String::with_capacity(bytes.len());
    let (mut bad, mut line, mut last) = (BadLines(Vec::new()), 1_u32, '\0');
    for unit in char::decode_utf16(bytes.chunks_exact(2).map(pair)) {
        match unit {
            Ok(c) => {
                line += u32::from(c == '\r' || (c == '\n' && last != '\r'));
                last = c;
                text.push(c);
            }
            Err(_) => bad.add(line),
        }
    }
    if bytes.len() % 2 == 1 {
        bad.add(line);
    }
    if bad.0.is_empty() { Ok(marked(text)) } else { Err(bad) }
}

/// Text that is not UTF-8: damaged UTF-8 where it looks like it, else GB18030.
fn not_utf_8(bytes: &[u8]) -> Result<Text, BadLines> {
    if is_damaged_utf_8(bytes) {
        return Err(utf_8_faults(bytes));
    }
    let mixed = utf_8_lines(bytes);
    if !mixed.0.is_empty() {
        return Err(mixed);
    }
    if let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok(Text { text: text.into_owned(), skip: 0 });
    }
    // No byte of a longer GB18030 character is a line end, so each line can be tried alone.
    let mut bad = BadLines(Vec::new());
    for (line, text) in (1_u32..).zip(lines(bytes)) {
        if GB18030.decode_without_bom_handling_and_without_replacement(text).is_none() {
            bad.add(line);
        }
    }
    Err(bad)
}

/// Whether the bytes are UTF-8 but for some: a mark, a first line in Han, or most Han characters.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return true;
    }
    let first = lines(bytes).next().unwrap_or_default();
    if std::str::from_utf8(first).is_ok_and(|text| text.chars().any(is_han)) {
        return true;
    }
    let foreign = bytes.iter().filter(|b| !b.is_ascii()).count();
    // Two-byte forms are not counted: pairs of GB18030 often look like them.
    let sound: usize = bytes
        .utf8_chunks()
        .flat_map(|chunk| chunk.valid().chars())
        .filter(|c| is_han(*c) || is_wide(*c))
        .map(char::len_utf8)
        .sum();
    sound * 2 > foreign
}

/// Lines of a GB18030 file with words in UTF-8, as when rows of two exports were put together. Read as
/// GB18030 they would be other words, and no error.
fn utf_8_lines(bytes: &[u8]) -> BadLines {
    let mut bad = BadLines(Vec::new());
    for (line, text) in (1_u32..).zip(lines(bytes)) {
        if text.split(u8::is_ascii).any(is_utf_8_word) {
            bad.add(line);
        }
    }
    bad
}

/// Four or more Han characters of UTF-8: in GB18030 the same bytes make six rare ones.
fn is_utf_8_word(run: &[u8]) -> bool {
    run.len() >= 12
        && matches!(run[0], 0xe3..=0xe9)
        && std::str::from_utf8(run).is_ok_and(|text| text.chars().all(|c| is_han(c) || is_wide(c)))
}

/// Punctuation and letters that stand among Han characters.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

fn utf_8_faults(bytes: &[u8]) -> BadLines {
    let mut finder = LineFinder::new(bytes);
    let mut bad = BadLines(Vec::new());
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        at += chunk.valid().len();
        if let Some(length) = NonZeroUsize::new(chunk.invalid().len()) {
            bad.add(finder.line_of(at));
            at += length.get();
        }
    }
    bad
}

impl BadLines {
    fn add(&mut self, line: u32) {
        if self.0.len() < MOST_LINES && self.0.last() != Some(&line) {
            self.0.push(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Place;

    fn read(bytes: &[u8]) -> (Option<String>, Vec<u32>, usize) {
        let mut log = Log::new("a.csv".into());
        let text = decode(bytes.to_vec(), &mut log).map(|t| t.as_str().to_owned());
        let rows = log.findings.iter().filter_map(|f| match &f.place {
            Place::Cell { row, .. } => Some(*row),
            _ => None,
        });
        (text, rows.collect(), log.findings.len())
    }

    fn gb(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    #[test]
    fn each_encoding_gives_the_same_text() {
        let text = "决定书文号,当事人\r\n示〔2026〕1号,某某\r\n";
        let mut little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> =
            format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, notices) in [
            (text.as_bytes().to_vec(), 0),
            (format!("\u{feff}{text}").into_bytes(), 0),
            (gb(text), 1),
            (little.clone(), 1),
            (big, 1),
        ] {
            assert_eq!(read(&bytes), (Some(text.to_owned()), vec![], notices));
        }
        little.pop();
        assert_eq!(read(&little).0, None);
    }

    #[test]
    fn a_lead_byte_does_not_swallow_the_quote_after_it() {
        let mut bytes = gb("文号,名称\r\n一,二\r\n三,四");
        bytes.extend(b"\x81\",\xb2\r\n");
        assert_eq!(read(&bytes), (None, vec![3], 1));
    }

    #[test]
    fn damaged_utf_8_is_not_read_as_something_else() {
        let mut bytes = "文号,名称\n一,二\n".as_bytes().to_vec();
        bytes.extend(b"\xe4\xbd\n\xff\n");
        assert_eq!(read(&bytes), (None, vec![3, 4], 2));
        assert_eq!(read(b"\xef\xbb\xbfa,\xff").1, [1]);
        assert_eq!(read("一二三四五六\n".repeat(3).as_bytes().split_at(7).1).0, None);
    }

    #[test]
    fn two_encodings_in_one_file_are_named() {
        let mut bytes = gb(&"文号,名称\n".repeat(9));
        bytes.extend("三,示例运输公司\n".as_bytes());
        assert_eq!(read(&bytes), (None, vec![10], 1));
        let one = gb(&"当事人在人行道占道经营，影响市容。\n".repeat(100));
        assert!(read(&one).0.is_some());
    }

    #[test]
    fn utf_16_without_a_mark_is_known_by_its_nul_bytes() {
        let text = "文号,名称,一般\r\n甲,乙,丙\r\n".repeat(9);
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&bytes).0, Some(text));
        assert_eq!(read(b"\xff\xfe\0\0a\0\0\0").1, [1]);
    }

    #[test]
    fn bad_lines_are_capped() {
        assert_eq!(read(&b"\xff\n".repeat(50)).1.len(), MOST_LINES);
    }
}
