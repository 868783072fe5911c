//! The runs of Han characters of a text, one after the other in one buffer.

use std::ops::Range;

use super::lexicon::unit;
use crate::clearance::fold::is_han;

/// Characters before the year of a document number that belong to it: 渝綦城执罚决字〔2021〕.
const DOCUMENT: usize = 9;

/// A run of Han characters.
#[derive(Clone, Default)]
pub(super) struct Clause {
    /// Its characters.
    pub(super) units: Vec<u16>,
    /// Where each begins, in bytes of the text; one more for the end.
    pub(super) at: Vec<usize>,
}

impl Clause {
    /// The next run at or after `from`, read into this buffer; whether there is one.
    pub(super) fn next(&mut self, text: &str, from: usize) -> bool {
        self.units.clear();
        self.at.clear();
        let Some((skip, _)) = text[from..].char_indices().find(|(_, c)| is_han(*c)) else {
            return false;
        };
        self.read(text, from + skip, LONGEST);
        true
    }

    /// The run around a place, which must be the edge of a Han character.
    pub(super) fn around(text: &str, at: usize) -> Self {
        let before = text[..at].chars().rev().take(WIDEST).take_while(|c| is_han(*c));
        let start = at - before.map(char::len_utf8).sum::<usize>();
        let mut clause = Self::default();
        clause.read(text, start, WIDEST + AHEAD);
        clause
    }

    fn read(&mut self, text: &str, start: usize, most: usize) {
        let mut end = start;
        for c in text[start..].chars().take(most).take_while(|c| is_han(*c)) {
            self.units.push(unit(c));
            self.at.push(end);
            end += c.len_utf8();
        }
        self.at.push(end);
    }

    /// Where it ends.
    pub(super) fn end(&self) -> usize {
        self.at.last().copied().unwrap_or_default()
    }

    /// Bytes of a stretch of its characters.
    pub(super) fn bytes(&self, at: &Range<usize>) -> Range<usize> {
        self.at[at.start]..self.at[at.end]
    }

    /// How many of its characters may begin a name: those of a document number do not.
    pub(super) fn length(&self, text: &str) -> usize {
        if heads_a_number(&text.as_bytes()[self.end()..]) {
            self.units.len().saturating_sub(DOCUMENT)
        } else {
            self.units.len()
        }
    }
}

/// Longest run that is read at once; a longer one is read in pieces.
const LONGEST: usize = 4096;
/// Most characters before a place that are read with it.
const WIDEST: usize = 16;
/// Most characters behind a place that are read with it.
const AHEAD: usize = 32;

/// Whether a clause that is followed by this is the head of a document number.
fn heads_a_number(rest: &[u8]) -> bool {
    let rest = match rest {
        [b'(' | b'[', rest @ ..] | [0xe3, 0x80, 0x94, rest @ ..] => rest,
        _ => return false,
    };
    matches!(rest, [b'1' | b'2', b'0' | b'9', b'0'..=b'9', b'0'..=b'9', b')' | b']' | 0xe3, ..])
}
