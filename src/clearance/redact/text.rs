//! One text on its way through the wall: what is invisible goes, then what is private.

use std::borrow::Cow;
use std::collections::BTreeMap;

use memchr::memmem;

use crate::clearance::fold::{Fold, Markup, is_dropped};

use super::known::Known;
use super::patterns::Patterns;
use super::spans::Spans;
use super::tables::{Rule, Tables};
use super::{ClearText, Cut, numbers};

/// What redacts one text after the other of a record, and counts the cuts.
pub(super) struct Pen<'a> {
    tables: &'a Tables,
    patterns: &'a Patterns,
    known: &'a Known<'a>,
    cuts: BTreeMap<(Rule, &'static str), u32>,
}

/// A text that is redacted, and how many numbers in it nothing explains.
pub(super) struct Written {
    pub(super) text: ClearText,
    pub(super) doubts: usize,
}

impl<'a> Pen<'a> {
    /// A pen for one record.
    pub(super) fn new(tables: &'a Tables, patterns: &'a Patterns, known: &'a Known<'a>) -> Self {
        Self { tables, patterns, known, cuts: BTreeMap::new() }
    }

    /// Redacts `raw`, the text of `field`.
    pub(super) fn write(&mut self, field: &'static str, raw: &str) -> Written {
        let text = visible(raw);
        let fold = Fold::new(&*text, Markup::Read);
        let mut spans = Spans::new();
        self.known.values_in(&fold, &mut spans);
        secrets(&text, &fold, &mut spans);
        let doubts = numbers::find(&fold, self.known, self.tables, &mut spans);
        self.patterns.find(&text, &fold, self.known, &mut spans);
        spans.retain(|rule| self.tables.applies(rule, self.known.kind));
        let cuts = &mut self.cuts;
        let clean = spans.apply(&text, |rule| *cuts.entry((rule, field)).or_default() += 1);
        Written { text: ClearText(clean.trim().to_owned()), doubts }
    }

    /// The redaction ledger of the record: counts by rule and field.
    pub(super) fn cuts(self) -> Vec<Cut> {
        let row = |((rule, field), count): ((Rule, &'static str), u32)| Cut {
            rule: rule.id().to_owned(),
            field: field.to_owned(),
            count,
        };
        self.cuts.into_iter().map(row).collect()
    }
}

/// The text without control characters, bidi marks and zero-width characters.
pub(super) fn visible(raw: &str) -> Cow<'_, str> {
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

const OPENS: [&str; 3] = ["【商业秘密】", "[商业秘密]", "〔商业秘密〕"];
const CLOSES: [&str; 3] = ["【/商业秘密】", "[/商业秘密]", "〔/商业秘密〕"];

/// Spans marked as trade secrets; one that is not closed runs to the end of its paragraph.
fn secrets(raw: &str, fold: &Fold<'_>, spans: &mut Spans) {
    let text = fold.text();
    if memmem::find(text.as_bytes(), "商业秘密".as_bytes()).is_none() {
        return;
    }
    let mut from = 0;
    while let Some((open, inside)) = first(&text[from..], &OPENS).map(|(a, b)| (from + a, from + b))
    {
        let start = fold.source(open..inside).start;
        let paragraph = raw[start..].find("\n\n").map_or(raw.len(), |n| start + n);
        let closed = first(&text[inside..], &CLOSES).map(|(_, end)| inside + end);
        let end = closed.map(|end| fold.source(inside..end).end).filter(|end| *end <= paragraph);
        spans.push(start..end.unwrap_or(paragraph), Rule::TradeSecret, "");
        from = inside;
    }
}

/// The first of `words` in `text`: where it begins and ends.
fn first(text: &str, words: &[&str]) -> Option<(usize, usize)> {
    let all = words.iter().filter_map(|w| text.find(w).map(|at| (at, at + w.len())));
    all.min()
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
