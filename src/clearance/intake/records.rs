//! Cuts delimited text into records and says what is odd about each: the second reader beside the CSV parser.
//!
//! A parser takes a stray quote for the start of a long cell and says nothing; decisions vanish in it
//! (domain 3.2; two readers must agree). This one counts physical lines and unescapes nothing.

use memchr::{memchr, memchr2, memchr3, memchr3_iter};

use super::lines::{line_end_len, line_ends};

/// One record: where it stands and what is odd about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// First byte.
    pub(super) start: usize,
    /// Byte after the last one, without the line end.
    pub(super) end: usize,
    /// Physical line of the first byte, from 1.
    pub(super) line: u32,
    /// Physical line of the last byte.
    pub(super) last_line: u32,
    /// How many cells it has.
    pub(super) cells: usize,
    /// The most delimiters on one line inside a quoted cell that breaks over lines.
    pub(super) inner_delimiters: usize,
    /// A quote is never closed.
    pub(super) unclosed: bool,
    /// Text stands between a closing quote and the next delimiter.
    pub(super) text_after_quote: bool,
    /// A quote stands inside a cell that does not begin with one.
    pub(super) stray_quote: bool,
}

/// The records of a text, in order. Lines with nothing at all are passed over.
#[derive(Clone)]
pub(super) struct Records<'t> {
    bytes: &'t [u8],
    at: usize,
    line: u32,
    delimiter: u8,
}

impl<'t> Records<'t> {
    /// Cuts `text` at `delimiter`.
    pub(super) fn new(text: &'t str, delimiter: u8) -> Self {
        Self { bytes: text.as_bytes(), at: 0, line: 1, delimiter }
    }

    /// Reads one cell and returns whether another follows in the record.
    fn cell(&mut self, record: &mut Record) -> bool {
        record.cells += 1;
        let is_quoted = self.bytes.get(self.at) == Some(&b'"');
        if is_quoted {
            self.quoted(record);
        }
        let rest = &self.bytes[self.at..];
        let end = memchr3(self.delimiter, b'\n', b'\r', rest).unwrap_or(rest.len());
        let text = &rest[..end];
        if is_quoted {
            record.text_after_quote |= !text.trim_ascii().is_empty();
        } else {
            record.stray_quote |= memchr(b'"', text).is_some();
        }
        self.at += end;
        let goes_on = rest.get(end) == Some(&self.delimiter);
        self.at += usize::from(goes_on);
        goes_on
    }

    /// Passes over a quoted cell, doubled quotes and line breaks included.
    fn quoted(&mut self, record: &mut Record) {
        let start = self.at + 1;
        let mut end = start;
        loop {
            match memchr(b'"', &self.bytes[end..]) {
                Some(more) if self.bytes.get(end + more + 1) == Some(&b'"') => end += more + 2,
                Some(more) => {
                    end += more;
                    break;
                }
                None => {
                    end = self.bytes.len();
                    record.unclosed = true;
                    break;
                }
            }
        }
        let inside = &self.bytes[start..end];
        if memchr2(b'\n', b'\r', inside).is_some() {
            self.line += line_ends(inside);
            let most = self.most_delimiters(inside);
            record.inner_delimiters = record.inner_delimiters.max(most);
        }
        self.at = (end + 1).min(self.bytes.len());
    }
}

impl Records<'_> {
    /// The most delimiters on one line of `text`.
    fn most_delimiters(&self, text: &[u8]) -> usize {
        let (mut most, mut here) = (0, 0);
        for at in memchr3_iter(self.delimiter, b'\n', b'\r', text) {
            here = if text[at] == self.delimiter { here + 1 } else { 0 };
            most = most.max(here);
        }
        most
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            match line_end_len(&self.bytes[self.at..]) {
                0 => break,
                length => {
                    self.at += length;
                    self.line += 1;
                }
            }
        }
        if self.at >= self.bytes.len() {
            return None;
        }
        let mut record = Record { start: self.at, line: self.line, ..Record::default() };
        while self.cell(&mut record) {}
        record.end = self.at;
        record.last_line = self.line;
        let ending = line_end_len(&self.bytes[self.at..]);
        self.at += ending;
        self.line += u32::from(ending > 0);
        Some(record)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Vec<Record> {
        Records::new(text, b',').collect()
    }

    #[test]
    fn lines_are_physical() {
        let text = "a,b\r\n\r\n1,\"x\r\ny\"\r\n2,3\n4,5\r6,7";
        let places: Vec<(u32, u32)> = cut(text).iter().map(|r| (r.line, r.last_line)).collect();
        assert_eq!(places, [(1, 1), (3, 4), (5, 5), (6, 6), (7, 7)]);
        assert_eq!(&text[cut(text)[4].start..cut(text)[4].end], "6,7");
    }

    #[test]
    fn oddities_are_seen() {
        assert!(cut("a,\"b")[0].unclosed);
        assert!(cut("a,\"b\"c,d")[0].text_after_quote);
        assert!(!cut("a,\"b\" ,d")[0].text_after_quote);
        assert!(cut("a,b\"c\",d")[0].stray_quote);
        assert_eq!(cut("a,\"b\n1,2,3\n4\"")[0].inner_delimiters, 2);
        assert_eq!(
            cut("\"a\"\"b\",c")[0],
            Record { end: 8, line: 1, last_line: 1, cells: 2, ..Record::default() }
        );
        assert_eq!(cut("a,b,").first().map(|r| r.cells), Some(3));
    }

    proptest! {
        #[test]
        fn it_agrees_with_the_parser(text in "[ab,\"\r\n]{0,40}") {
            let mut parser =
                csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let parsed: Vec<usize> =
                parser.records().map(|r| r.expect("a record").len()).collect();
            let ours: Vec<usize> = cut(&text).iter().map(|r| r.cells).collect();
            prop_assert_eq!(ours, parsed);
        }
    }
}
