//! A page or a line of output as a stranger could read it: tags opened, entities, percent signs and
//! escapes decoded, then folded. What stands inside a tag is read after the text; only tags of plain
//! lower-case letters (`<td class="long">`) are not read, since they cannot say anything private.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::OnceLock;

use memchr::{memchr, memchr2, memchr3};

use crate::clearance::fold::{Buffers, Fold, Runs, entity};

thread_local! {
    /// Buffers of readings that are done, for the next one: pages are read one after the other, and
    /// what is as large as a page is dear to ask the system for.
    static SPARE: RefCell<Spare> = RefCell::default();
}

/// What one thread keeps.
#[derive(Default)]
struct Spare {
    out: Vec<u8>,
    stretches: Vec<(usize, usize)>,
    fold: Buffers,
}

/// A page, a part of one, or a line, ready to be searched.
pub(crate) struct Reading {
    fold: Fold<'static>,
    /// Drawn from the folded text when a number is looked for.
    digits: OnceLock<Digits>,
    /// Where each stretch begins: in the opened text, and in the original.
    stretches: Vec<(usize, usize)>,
}

/// The runs of digits that are long enough to tell something.
struct Digits {
    /// Digits of all runs, a line break after each run.
    all: Vec<u8>,
    /// Where each run begins: in `all`, and in the folded text.
    runs: Vec<(usize, usize)>,
}

impl Reading {
    /// Reads HTML or XML.
    pub(crate) fn html(bytes: &[u8]) -> Self {
        let whole = 0..bytes.len();
        Self::html_parts(bytes, &[whole])
    }

    /// Reads parts of HTML or XML as if blank lines stood between them.
    pub(crate) fn html_parts(bytes: &[u8], parts: &[Range<usize>]) -> Self {
        let mut opening = Opening::new(bytes, parts.iter().map(Range::len).sum());
        opening.pages(parts);
        Self::of(opening)
    }

    /// Reads anything else: JSON, CSV, a path, a plain text.
    pub(crate) fn text(bytes: &[u8]) -> Self {
        let mut opening = Opening::new(bytes, bytes.len());
        opening.copy(0, bytes.len(), false);
        Self::of(opening)
    }

    /// Whether no value can be read across the edges of these bytes, whatever stands beside them: as
    /// HTML, their text begins and ends with a gap that is wider than any in a value.
    pub(crate) fn stands_apart(bytes: &[u8]) -> bool {
        let mut opening = Opening::new(bytes, bytes.len());
        opening.page(0..bytes.len(), &mut Vec::new());
        let breaks = |text: &mut dyn Iterator<Item = &u8>| {
            text.take_while(|b| b.is_ascii_whitespace()).filter(|b| **b == b'\n').count()
        };
        let out = &opening.out;
        breaks(&mut out.iter()) >= PARTING.len() && breaks(&mut out.iter().rev()) >= PARTING.len()
    }

    /// Whether every tag that begins in these bytes of HTML ends in them, so that no quote reaches into what
    /// stands behind.
    pub(crate) fn is_closed(bytes: &[u8]) -> bool {
        let mut at = 0;
        while let Some(found) = memchr(b'<', &bytes[at..]) {
            let open = at + found;
            at = match tag_end(bytes, open) {
                Some((close, _)) => close + 1,
                None if bytes.get(open + 1).is_none_or(|first| begins_tag(*first)) => return false,
                None => open + 1,
            };
        }
        true
    }

    fn of(opening: Opening<'_>) -> Self {
        let buffers = SPARE.with_borrow_mut(|spare| std::mem::take(&mut spare.fold));
        let fold = match simdutf8::basic::from_utf8(&opening.out) {
            Ok(text) => Fold::within(buffers, text),
            Err(_) => Fold::within(buffers, &String::from_utf8_lossy(&opening.out)),
        };
        Self { fold, digits: OnceLock::new(), stretches: opening.close() }
    }

    /// The folded text.
    pub(crate) fn folded(&self) -> &str {
        self.fold.text()
    }

    /// Digits of the runs of at least [`SHORTEST_NUMBER`] in order, with what parts them closed and
    /// a line break after each run.
    pub(super) fn digits(&self) -> &[u8] {
        &self.drawn().all
    }

    fn drawn(&self) -> &Digits {
        self.digits.get_or_init(|| {
            let mut digits = Digits { all: Vec::with_capacity(256), runs: Vec::with_capacity(16) };
            let mut walk = Runs::of(self.fold.text());
            let mut begins = 0;
            while let Some(at) = walk.digits(SHORTEST_NUMBER, &mut digits.all) {
                digits.runs.push((begins, at));
                digits.all.push(b'\n');
                begins = digits.all.len();
            }
            digits
        })
    }

    /// Where a place of the folded text stands in the original, in bytes.
    pub(crate) fn offset(&self, folded: usize) -> usize {
        let at = self.fold.source(folded..folded).start;
        match self.stretches.partition_point(|s| s.0 <= at).checked_sub(1) {
            Some(i) => self.stretches[i].1 + (at - self.stretches[i].0),
            None => at,
        }
    }

    /// Where a digit of [`Self::digits`] stands: its run's place in the original, in bytes.
    pub(super) fn offset_of_digit(&self, digit: usize) -> usize {
        let runs = &self.drawn().runs;
        let run = runs.partition_point(|r| r.0 <= digit).checked_sub(1);
        self.offset(run.map_or(0, |i| runs[i].1))
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        // A thread that ends has no use for buffers.
        let _ = SPARE.try_with(|spare| {
            if let Ok(mut spare) = spare.try_borrow_mut() {
                spare.stretches = std::mem::take(&mut self.stretches);
                spare.fold = self.fold.buffers();
            }
        });
    }
}

struct Opening<'a> {
    raw: &'a [u8],
    out: Vec<u8>,
    stretches: Vec<(usize, usize)>,
    has_percent: bool,
    /// The next byte that may need decoding, from where it was last looked for.
    special: Special,
}

/// What parts of a page are kept apart by: wider than any gap that a value is read across.
const PARTING: &[u8] = b"\n\n\n\n";
/// Shorter runs of digits hold no window of any number.
const SHORTEST_NUMBER: usize = super::values::SHORTEST_NUMBER;

/// Where something may have to be decoded: looked for once, not for each stretch.
struct Special {
    from: usize,
    at: usize,
}

/// Bytes of tags that say nothing: lower-case letters, blanks and marks, but no digit, no `@`, no
/// encoding.
static PLAIN: [bool; 256] = plain();

const fn plain() -> [bool; 256] {
    let mut plain = [false; 256];
    let mut i = b'a';
    while i <= b'z' {
        plain[i as usize] = true;
        i += 1;
    }
    let marks = *b" \n\"'=/-_.:;#!?,";
    let mut i = 0;
    while i < marks.len() {
        plain[marks[i] as usize] = true;
        i += 1;
    }
    plain
}

impl<'a> Opening<'a> {
    /// An opening of about `length` bytes of `raw`.
    fn new(raw: &'a [u8], length: usize) -> Self {
        let (mut out, mut stretches) = SPARE.with_borrow_mut(|spare| {
            (std::mem::take(&mut spare.out), std::mem::take(&mut spare.stretches))
        });
        out.clear();
        out.reserve(length + 16);
        stretches.clear();
        Self {
            raw,
            out,
            stretches,
            has_percent: memchr(b'%', raw).is_some(),
            special: Special { from: 1, at: 0 },
        }
    }

    /// Gives the buffer back, and tells where each stretch begins.
    fn close(self) -> Vec<(usize, usize)> {
        SPARE.with_borrow_mut(|spare| spare.out = self.out);
        self.stretches
    }

    /// Text first, then what stands inside the tags.
    fn pages(&mut self, parts: &[Range<usize>]) {
        let mut insides: Vec<Range<usize>> = Vec::new();
        for part in parts {
            self.page(part.clone(), &mut insides);
            self.out.extend_from_slice(PARTING);
        }
        for inside in insides {
            self.out.extend_from_slice(b"\n\n");
            self.copy(inside.start, inside.end, true);
        }
    }

    /// The text of one part; the insides of its tags are noted.
    fn page(&mut self, part: Range<usize>, insides: &mut Vec<Range<usize>>) {
        let raw = &self.raw[..part.end];
        let mut at = part.start;
        while let Some(found) = memchr(b'<', &raw[at..]) {
            let open = at + found;
            self.copy(at, open, false);
            let Some((close, plain)) = tag_end(raw, open) else {
                self.copy(open, open + 1, false);
                at = open + 1;
                continue;
            };
            if !is_inline(&raw[open + 1..close]) {
                self.out.push(b'\n');
            }
            if !plain {
                insides.push(open + 1..close);
            }
            at = close + 1;
        }
        self.copy(at, part.end, false);
    }

    /// Copies a stretch and decodes what is encoded in it.
    fn copy(&mut self, mut from: usize, to: usize, inside: bool) {
        self.mark(from);
        while let Some(at) = self.next_special(from, to) {
            self.out.extend_from_slice(&self.raw[from..at]);
            from = match self.decode(at, to) {
                Some((c, length)) => {
                    let mut utf8 = [0; 4];
                    self.out.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
                    at + length
                }
                None if self.raw[at] == b'%' && self.percent(at, to, inside) => at + 3,
                None => {
                    self.out.push(self.raw[at]);
                    at + 1
                }
            };
            self.mark(from);
        }
        self.out.extend_from_slice(&self.raw[from..to]);
    }

    fn mark(&mut self, original: usize) {
        self.stretches.push((self.out.len(), original));
    }

    fn next_special(&mut self, from: usize, to: usize) -> Option<usize> {
        let known = self.special.from <= from && from <= self.special.at;
        if !known {
            let rest = &self.raw[from..];
            let found = if self.has_percent {
                memchr3(b'&', b'\\', b'%', rest)
            } else {
                memchr2(b'&', b'\\', rest)
            };
            self.special = Special { from, at: found.map_or(self.raw.len(), |at| from + at) };
        }
        (self.special.at < to).then_some(self.special.at)
    }

    fn decode(&self, at: usize, to: usize) -> Option<(char, usize)> {
        let end = to.min(at + 40);
        let ascii = self.raw[at..end].iter().take_while(|b| b.is_ascii()).count();
        let text = std::str::from_utf8(&self.raw[at..at + ascii]).ok()?;
        match self.raw[at] {
            b'&' => entity(text),
            b'\\' => escape(text),
            _ => None,
        }
    }

    /// Decodes `%E5`: always inside a tag, in text only where it looks like an address.
    fn percent(&mut self, at: usize, to: usize, inside: bool) -> bool {
        let Some(byte) = hex_pair(&self.raw[at..to]) else { return false };
        let more = || hex_pair(&self.raw[at + 3..to]).is_some();
        if inside || byte >= 0x80 || more() {
            self.out.push(byte);
            return true;
        }
        false
    }
}

fn hex_pair(bytes: &[u8]) -> Option<u8> {
    let [b'%', a, b, ..] = bytes else { return None };
    let digit = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    Some(digit(a)? * 16 + digit(b)?)
}

/// `\u5f20` and the line breaks of JSON; a surrogate stands for nothing.
fn escape(text: &str) -> Option<(char, usize)> {
    match text.as_bytes().get(1)? {
        b'n' | b'r' | b't' => Some(('\n', 2)),
        b'u' => {
            let code = u32::from_str_radix(text.get(2..6)?, 16).ok()?;
            Some((char::from_u32(code).unwrap_or('\u{200b}'), 6))
        }
        _ => None,
    }
}

/// The `>` that ends the tag opened at `open`, and whether all before it is [`PLAIN`]; `None` where
/// `<` is text or nothing ends it.
fn tag_end(raw: &[u8], open: usize) -> Option<(usize, bool)> {
    if !begins_tag(*raw.get(open + 1)?) {
        return None;
    }
    let (mut at, mut plain) = (open + 1, true);
    loop {
        at += match *raw.get(at)? {
            b'>' => return Some((at, plain)),
            quote @ (b'"' | b'\'') => {
                let quoted = memchr(quote, &raw[at + 1..])?;
                plain = plain && is_plain(&raw[at + 1..at + 1 + quoted]);
                quoted + 2
            }
            byte => {
                plain &= PLAIN[usize::from(byte)];
                1
            }
        };
    }
}

/// Whether a `<` before this byte opens a tag.
const fn begins_tag(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?')
}

fn is_plain(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| PLAIN[usize::from(*byte)])
}

/// Tags that do not part words: `张<b>三</b>` reads 张三.
fn is_inline(inside: &[u8]) -> bool {
    let name = inside.strip_prefix(b"/").unwrap_or(inside);
    let end = name.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(name.len());
    matches!(
        &name[..end],
        b"" | b"a"
            | b"abbr"
            | b"b"
            | b"bdi"
            | b"bdo"
            | b"cite"
            | b"code"
            | b"em"
            | b"font"
            | b"i"
            | b"ins"
            | b"mark"
            | b"s"
            | b"small"
            | b"span"
            | b"strong"
            | b"sub"
            | b"sup"
            | b"u"
            | b"wbr"
    )
}
