//! Finds a folded value in a folded text, also where marks or blanks part its characters.

use std::ops::Range;

use memchr::memchr;

use super::{is_blank, is_dropped};

/// Most marks in a row that may part two characters of a value.
const LONGEST_GAP: usize = 3;

/// All places of `needle` in `hay`, both folded. With `loose`, up to three blanks, dots or dashes
/// may stand between its characters (`渝A·12345`, `3组 35号`).
pub(in crate::clearance) fn places(hay: &str, needle: &str, loose: bool) -> Vec<Range<usize>> {
    if !loose {
        return starts(hay.as_bytes(), needle.as_bytes()).map(|at| at..at + needle.len()).collect();
    }
    let Some(head) = needle.chars().next() else { return Vec::new() };
    let tail = &needle[head.len_utf8()..];
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in starts(hay.as_bytes(), &needle.as_bytes()[..head.len_utf8()]) {
        let after = found.last().is_none_or(|last| at >= last.end);
        if after && let Some(end) = end_of(hay, at + head.len_utf8(), tail) {
            found.push(at..end);
        }
    }
    found
}

/// A text without what may part the characters of a value, and where each byte of the rest stood.
pub(in crate::clearance) fn squeezed(text: &str) -> (String, Vec<usize>) {
    let (mut rest, mut stood) = (String::new(), Vec::new());
    for (at, c) in text.char_indices().filter(|(_, c)| !parts(*c)) {
        rest.push(c);
        stood.extend(at..at + c.len_utf8());
    }
    (rest, stood)
}

/// Where `needle` begins in `hay`, without overlaps. Made for short needles that are looked for
/// once: nothing is prepared. The last byte of the first character is looked for, since many
/// characters share the first.
pub(in crate::clearance) fn starts<'s>(
    hay: &'s [u8],
    needle: &'s [u8],
) -> impl Iterator<Item = usize> + 's {
    let probe = match needle.first() {
        Some(0xe0..=0xef) => 2,
        Some(0xc2..=0xdf) => 1,
        _ => 0,
    };
    let mut from = 0;
    std::iter::from_fn(move || {
        let byte = *needle.get(probe)?;
        loop {
            let rest = hay.get(from + probe..)?;
            let at = from + memchr(byte, rest)?;
            if hay[at..].starts_with(needle) {
                from = at + needle.len();
                return Some(at);
            }
            from = at + 1;
        }
    })
}

fn end_of(hay: &str, mut at: usize, tail: &str) -> Option<usize> {
    for want in tail.chars() {
        let mut gap = 0;
        loop {
            let c = hay[at..].chars().next()?;
            if c == want {
                at += c.len_utf8();
                break;
            }
            if gap == LONGEST_GAP || !parts(c) {
                return None;
            }
            gap += 1;
            at += c.len_utf8();
        }
    }
    Some(at)
}

fn parts(c: char) -> bool {
    matches!(c, '.' | '-' | '·' | '•' | '‧' | '∙' | '・' | '—' | '*' | '`' | '|')
        || is_blank(c)
        || is_dropped(c)
}
