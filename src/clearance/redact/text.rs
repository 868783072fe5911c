//! One text on its way through the wall: what is invisible goes, then what is private.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::clearance::fold::{Fold, Markup, folded, is_dropped, places};
use crate::clearance::record::Field;
use crate::clearance::review::Decided;

use super::decide::settle;
use super::dictionary::Terms;
use super::known::{Known, Left, Text};
use super::names::Names;
use super::patterns::Patterns;
use super::redactor::{Redactor, SUSPECTED_SECRET, UNEXPLAINED};
use super::spans::Spans;
use super::tables::{Rule, Tables};
use super::{ClearText, Cut, numbers};

/// What redacts one text after the other of a record, and counts the cuts.
pub(super) struct Pen<'a> {
    tables: &'a Tables,
    patterns: &'a Patterns,
    names: &'a Names,
    known: &'a Known<'a>,
    terms: &'a Terms,
    /// Surroundings of names that stay because there they are words.
    left: Vec<String>,
    /// Where cuts stand in the redacted text, by rule and field.
    cuts: BTreeMap<(Rule, &'static str), Vec<u32>>,
}

/// A text that is redacted, and what in it a person must decide.
pub(super) struct Written {
    pub(super) text: ClearText,
    pub(super) doubts: Vec<Doubt>,
    /// How many words stay that read like a name of the record.
    pub(super) left: usize,
}

/// A stretch of a text that a person must decide about.
pub(in crate::clearance) struct Doubt {
    /// The check that raises it.
    pub(in crate::clearance) check: &'static str,
    /// Where, in bytes of the text without invisible characters.
    pub(in crate::clearance) at: Range<usize>,
}

impl<'a> Pen<'a> {
    /// A pen for one record.
    pub(super) fn new(redactor: &'a Redactor, known: &'a Known<'a>) -> Self {
        let Redactor { tables, patterns, names, terms, .. } = redactor;
        Self { tables, patterns, names, known, terms, left: Vec::new(), cuts: BTreeMap::new() }
    }

    /// Redacts `raw`, the cuts of which count for `field`.
    pub(super) fn write(&mut self, which: Text, field: &'static str, raw: &str) -> Written {
        self.write_decided(which, field, raw, None)
    }

    /// The same, where people have decided about the column.
    pub(super) fn write_decided(
        &mut self,
        which: Text,
        field: &'static str,
        raw: &str,
        decided: Option<(&Decided, Field)>,
    ) -> Written {
        let text = visible(raw);
        let fold = Fold::new(&*text, Markup::Read);
        let mut spans = Spans::new();
        let left = self.known.values_in(which, &fold, self.names, &mut spans);
        let mut doubts = Vec::new();
        let mut doubt = |check: &'static str, at: Range<usize>| doubts.push(Doubt { check, at });
        for at in self.patterns.find(&text, &fold, self.known, &mut spans) {
            doubt(SUSPECTED_SECRET, at);
        }
        for at in numbers::find(&fold, self.known, self.tables, &mut spans) {
            doubt(UNEXPLAINED, at);
        }
        self.terms.apply(&fold, &mut doubts, &mut spans);
        if let Some(decided) = decided {
            settle(&text, decided, &mut doubts, &mut spans);
        }
        spans.retain(|rule| self.tables.applies(rule, self.known.kind));
        let cuts = &mut self.cuts;
        let mut places: Vec<(Rule, usize)> = Vec::new();
        let clean = spans.apply(&text, |rule, at| places.push((rule, at)));
        let lead = clean.len() - clean.trim_start().len();
        for (rule, at) in places {
            let at = u32::try_from(at.saturating_sub(lead)).unwrap_or(u32::MAX);
            cuts.entry((rule, field)).or_default().push(at);
        }
        let clean = clean.trim().to_owned();
        let before = self.left.len();
        self.explain(&left, &clean);
        Written { text: ClearText(clean), doubts, left: self.left.len() - before }
    }

    /// Notes what stands around names that stay, unless more of them stay than were meant to.
    fn explain(&mut self, left: &Left, clean: &str) {
        if left.is_empty() {
            return;
        }
        let text = folded(clean);
        for (index, name) in self.known.names.iter().enumerate() {
            let meant = left.iter().filter(|(i, _)| *i == index).count();
            let stay = places(&text, &name.folded, false);
            if meant > 0 && stay.len() <= meant {
                self.left.extend(stay.into_iter().map(|at| surroundings(&text, at)));
            }
        }
    }

    /// Surroundings of names that stay where they are words, folded.
    pub(super) fn left(&self) -> &[String] {
        &self.left
    }

    /// The redaction ledger of the record: counts by rule and field.
    pub(super) fn cuts(self) -> Vec<Cut> {
        let row = |((rule, field), at): ((Rule, &'static str), Vec<u32>)| Cut {
            rule: rule.id().to_owned(),
            field: field.to_owned(),
            count: u32::try_from(at.len()).unwrap_or(u32::MAX),
            at,
        };
        self.cuts.into_iter().map(row).collect()
    }
}

/// A place with a few characters on both sides.
fn surroundings(text: &str, at: Range<usize>) -> String {
    let before = text[..at.start].char_indices().rev().nth(AROUND - 1).map_or(0, |(i, _)| i);
    let after = text[at.end..].char_indices().nth(AROUND).map_or(text.len(), |(i, _)| at.end + i);
    text[before..after].to_owned()
}

/// Characters on each side that tell one place from another.
const AROUND: usize = 2;

/// The text without control characters, bidi marks and zero-width characters.
pub(super) fn visible(raw: &str) -> Cow<'_, str> {
    if raw.contains("<rt") {
        return Cow::Owned(visible(&without_ruby(raw)).into_owned());
    }
    let goes = |c: char| is_dropped(c) && !matches!(c, '\u{300}'..='\u{36f}') || c == '\r';
    let bytes = raw.as_bytes();
    let rare = |byte: &u8| RARE[usize::from(*byte)];
    let mut from = 0;
    let dirty = loop {
        let Some(next) = bytes[from..].iter().position(rare) else { break false };
        if raw[from + next..].starts_with(goes) {
            break true;
        }
        from += next + 1;
    };
    if !dirty {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(raw.replace("\r\n", "\n").chars().filter(|c| !goes(*c)).collect())
}

/// The text without the readings that ruby sets above it: they part the characters of a name.
fn without_ruby(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find("<r") {
        let (before, tag) = rest.split_at(at);
        let close =
            ["rt", "rp"].into_iter().find(|name| tag[1..].starts_with(name)).and_then(|name| {
                let end = format!("</{name}>");
                tag.find(&end).map(|n| n + end.len())
            });
        out.push_str(before);
        let skip = close.unwrap_or("<r".len());
        if close.is_none() {
            out.push_str(&tag[..skip]);
        }
        rest = &tag[skip..];
    }
    out.push_str(rest);
    out
}

/// First bytes of characters that may be invisible.
static RARE: [bool; 256] = rare();

const fn rare() -> [bool; 256] {
    let mut rare = [false; 256];
    let mut i = 0;
    while i < 256 {
        rare[i] = i < 0x20 && i != b'\n' as usize
            || matches!(i, 0x7f | 0xc2 | 0xcc | 0xcd | 0xd8 | 0xe1..=0xe3 | 0xef | 0xf0 | 0xf3);
        i += 1;
    }
    rare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_invisible_goes_and_nothing_else() {
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            let raw = format!("张{c}三");
            let goes = is_dropped(c) && !matches!(c, '\u{300}'..='\u{36f}') || c == '\r';
            let plain = if goes { "张三".to_owned() } else { raw.clone() };
            assert_eq!(visible(&raw), plain, "{:04x}", u32::from(c));
        }
        assert_eq!(visible("一\r\n二"), "一\n二");
    }
}
