//! The folded view of a text, with a map back to the original. The fold is only compared, never
//! written out: it loses what a reader needs and keeps what a search needs.
//!
//! Folded away are the disguises of domain 2.3 and security 3.13: full width, compatibility forms,
//! radicals, traditional characters, zero-width and bidi marks, blanks and dots inside a Han run,
//! the case of ASCII letters and, on request, entities and tags.

mod digits;
mod entity;
mod find;
mod table;

pub(in crate::clearance) use digits::{Run, Runs};
pub(in crate::clearance) use entity::entity;
pub(in crate::clearance) use find::{places, squeezed, starts};
pub(in crate::clearance) use table::{is_blank, is_dropped};

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use table::{Step, Variants};

/// Whether entities and tags are read as a browser reads them, or as plain characters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::clearance) enum Markup {
    /// `&#x4e00;` is a character and `<b>` is nothing.
    Read,
    /// They are what they are.
    Plain,
}

/// A folded text. Holds what may be raw, so it implements nothing.
pub(in crate::clearance) struct Fold<'a> {
    raw: Cow<'a, str>,
    markup: Markup,
    text: String,
    /// The map back, drawn when somebody asks: most texts hold nothing to point at.
    pieces: OnceLock<Vec<Piece>>,
}

/// A stretch of the folded text and where it came from, both in bytes.
struct Piece {
    at: usize,
    from: usize,
    to: usize,
    copied: bool,
}

impl<'a> Fold<'a> {
    /// Folds `raw`, with tags and entities as plain characters.
    #[cfg(test)]
    pub(in crate::clearance) fn plain(raw: impl Into<Cow<'a, str>>) -> Self {
        Self::new(raw, Markup::Plain)
    }

    /// Folds `raw`.
    pub(in crate::clearance) fn new(raw: impl Into<Cow<'a, str>>, markup: Markup) -> Self {
        Self::into_buffer(raw.into(), markup, String::new())
    }

    fn into_buffer(raw: Cow<'a, str>, markup: Markup, buffer: String) -> Self {
        let (text, _) = Folding::<false>::of(&raw, markup, buffer);
        Self { raw, markup, text, pieces: OnceLock::new() }
    }

    fn pieces(&self) -> &[Piece] {
        self.pieces.get_or_init(|| Folding::<true>::of(&self.raw, self.markup, String::new()).1)
    }

    /// The folded text.
    pub(in crate::clearance) fn text(&self) -> &str {
        &self.text
    }

    /// Where a stretch of the folded text stands in the original, in bytes.
    pub(in crate::clearance) fn source(&self, folded: Range<usize>) -> Range<usize> {
        if folded.is_empty() {
            let at = self.start_of(folded.start);
            return at..at;
        }
        self.start_of(folded.start)..self.end_of(folded.end)
    }

    /// Where a place of the original stands in the folded text, in bytes.
    pub(in crate::clearance) fn target(&self, raw: usize) -> usize {
        let pieces = self.pieces();
        match pieces.partition_point(|p| p.from <= raw).checked_sub(1) {
            Some(i) if pieces[i].copied => {
                pieces[i].at + (raw - pieces[i].from).min(pieces[i].to - pieces[i].from)
            }
            Some(i) if raw < pieces[i].to => pieces[i].at,
            Some(i) => pieces.get(i + 1).map_or(self.text.len(), |next| next.at),
            None => 0,
        }
    }

    fn start_of(&self, at: usize) -> usize {
        let pieces = self.pieces();
        match pieces.partition_point(|p| p.at <= at).checked_sub(1) {
            Some(i) if pieces[i].copied => pieces[i].from + (at - pieces[i].at),
            Some(i) => pieces[i].from,
            None => 0,
        }
    }

    fn end_of(&self, at: usize) -> usize {
        let pieces = self.pieces();
        match pieces.partition_point(|p| p.at < at).checked_sub(1) {
            Some(i) if pieces[i].copied => (pieces[i].from + (at - pieces[i].at)).min(pieces[i].to),
            Some(i) => pieces[i].to,
            None => 0,
        }
    }
}

/// Two buffers of a fold that is done, for the next one.
#[derive(Default)]
pub(in crate::clearance) struct Buffers {
    raw: String,
    text: String,
}

impl Fold<'static> {
    /// Folds a copy of `raw` as plain characters, in buffers that may hold anything.
    pub(in crate::clearance) fn within(mut buffers: Buffers, raw: &str) -> Self {
        buffers.raw.clear();
        buffers.raw.push_str(raw);
        Self::into_buffer(buffers.raw.into(), Markup::Plain, buffers.text)
    }

    /// Takes the buffers out of a fold that nobody asks any more.
    pub(in crate::clearance) fn buffers(&mut self) -> Buffers {
        let raw = std::mem::take(&mut self.raw).into_owned();
        Buffers { raw, text: std::mem::take(&mut self.text) }
    }
}

/// The folded form of a value: what two spellings of one value have in common.
pub(in crate::clearance) fn folded(raw: &str) -> String {
    Folding::<false>::of(raw, Markup::Plain, String::new()).0
}

/// Whether `c` is a Han character as far as names and addresses go.
pub(in crate::clearance) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{33fff}' | '〇')
}

/// Folding under way. With `MAP` it also draws the map back.
struct Folding<'a, const MAP: bool> {
    raw: &'a str,
    markup: Markup,
    variants: &'static Variants,
    out: String,
    pieces: Vec<Piece>,
    /// Where the stretch begins that will be copied as it stands.
    start: usize,
}

impl<'a, const MAP: bool> Folding<'a, MAP> {
    fn of(raw: &'a str, markup: Markup, mut out: String) -> (String, Vec<Piece>) {
        out.clear();
        out.reserve(raw.len());
        let mut folding =
            Self { raw, markup, variants: Variants::get(), out, pieces: Vec::new(), start: 0 };
        folding.run();
        folding.out.make_ascii_uppercase();
        (folding.out, folding.pieces)
    }

    fn run(&mut self) {
        let bytes = self.raw.as_bytes();
        let mut i = 0;
        while let Some(&byte) = bytes.get(i) {
            i = match table::STEPS[usize::from(byte)] {
                Step::Copy => i + table::copied(&bytes[i..]),
                Step::Han => match self.variants.staying(&bytes[i..]) {
                    0 => self.slow(i),
                    stays => i + stays,
                },
                Step::Gap if !self.after_han(i) => i + table::copied(&bytes[i..]),
                Step::Gap => self.narrow_gap(i),
                Step::Markup if self.markup == Markup::Plain => i + 1,
                Step::Wide => self.wide(i),
                Step::Markup | Step::Slow => self.slow(i),
            };
        }
        self.flush(bytes.len());
    }

    /// The marks of Chinese text: copied, or one byte of ASCII for a full-width form.
    fn wide(&mut self, at: usize) -> usize {
        let end = at + 3;
        match self.raw.as_bytes().get(at..end) {
            Some([0xe3, 0x80, 0x81..=0xb5] | [0xe2, 0x80, 0x94 | 0x98..=0x9d]) => end,
            // A full-width stop may part the letters of a name.
            Some([0xef, 0xbc, low @ 0x81..=0xbf]) if *low != 0x8e => {
                self.replace_by(at, end, low - 0x60)
            }
            _ => self.slow(at),
        }
    }

    fn replace_by(&mut self, at: usize, end: usize, ascii: u8) -> usize {
        self.flush(at);
        if MAP {
            self.pieces.push(Piece { at: self.out.len(), from: at, to: end, copied: false });
        }
        self.out.push(char::from(ascii));
        self.start = end;
        end
    }

    /// A gap after a Han character, as long as it is ASCII and what follows leaves no doubt.
    fn narrow_gap(&mut self, at: usize) -> usize {
        let bytes = self.raw.as_bytes();
        let (mut end, mut lines) = (at, 0);
        while let Some(&byte) = bytes.get(end)
            && matches!(table::STEPS[usize::from(byte)], Step::Gap)
        {
            lines += usize::from(byte == b'\n');
            end += 1;
        }
        match bytes.get(end).map(|byte| table::STEPS[usize::from(*byte)]) {
            None => end,
            Some(Step::Copy) => end + table::copied(&bytes[end..]),
            Some(Step::Han) if lines > 1 => end,
            Some(Step::Han) => {
                self.flush(at);
                self.start = end;
                end
            }
            Some(Step::Gap | Step::Markup | Step::Wide | Step::Slow) => self.slow(at),
        }
    }

    /// Folds one character that is not plainly copied; says where the next one begins.
    fn slow(&mut self, at: usize) -> usize {
        let Some((c, next)) = self.unit(at) else { return at + 1 };
        if table::is_gap(c) {
            return self.gap(at);
        }
        if self.raw[at..next].chars().eq([c]) && table::stays(c) {
            return next;
        }
        self.replace(at, next, c);
        next
    }

    /// A run of blanks, dots, marks and invisible characters: closed between two Han characters,
    /// otherwise kept without what is invisible. An empty line is never closed.
    fn gap(&mut self, at: usize) -> usize {
        let (mut end, mut lines) = (at, 0);
        while let Some((c, next)) = self.unit(end).filter(|(c, _)| table::is_gap(*c)) {
            lines += usize::from(c == '\n');
            end = next;
        }
        let before_han = self.unit(end).is_some_and(|(c, _)| table::looks_han(c));
        if before_han && lines <= 1 && self.after_han(at) {
            self.flush(at);
            self.start = end;
            return end;
        }
        let mut i = at;
        while i < end {
            let Some((c, next)) = self.unit(i) else { break };
            if !(self.raw[i..next].chars().eq([c]) && table::stays(c)) {
                self.replace(i, next, c);
            }
            i = next;
        }
        end
    }

    /// The character at `at` as a browser would show it, and where the next one begins.
    fn unit(&self, at: usize) -> Option<(char, usize)> {
        let rest = self.raw.get(at..)?;
        let c = rest.chars().next()?;
        if self.markup == Markup::Read {
            if c == '&'
                && let Some((decoded, length)) = entity(rest)
            {
                return Some((decoded, at + length));
            }
            if matches!(c, '%' | '\\')
                && let Some((decoded, length)) = entity::escape(self.raw, at)
            {
                return Some((decoded, at + length));
            }
            if c == '<'
                && let Some(length) = entity::tag(rest)
            {
                return Some((table::NOTHING, at + length));
            }
        }
        Some((c, at + c.len_utf8()))
    }

    fn replace(&mut self, from: usize, to: usize, c: char) {
        self.flush(from);
        let at = self.out.len();
        table::fold_char(c, self.variants, &mut self.out);
        if MAP && self.out.len() > at {
            self.pieces.push(Piece { at, from, to, copied: false });
        }
        self.start = to;
    }

    fn flush(&mut self, end: usize) {
        if end > self.start {
            let at = self.out.len();
            self.out.push_str(&self.raw[self.start..end]);
            if MAP {
                self.pieces.push(Piece { at, from: self.start, to: end, copied: true });
            }
        }
        self.start = end;
    }

    /// Whether what stands before `at`, as folded, ends in a Han character.
    fn after_han(&self, at: usize) -> bool {
        let before = if at > self.start {
            &self.raw.as_bytes()[self.start..at]
        } else {
            self.out.as_bytes()
        };
        match before {
            [.., 0xe4..=0xe9, _, 0x80..=0xbf] | [.., 0xf0, 0xa0..=0xb3, _, _] => true,
            [.., 0xe3, second, third] => *second >= 0x90 || (*second, *third) == (0x80, 0x87),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
