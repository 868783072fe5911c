//! Walks over the tags of a page. What it cannot read as a tag it leaves as text; it hides nothing
//! from the leak scan, which reads all bytes itself.

use std::ops::Range;

use memchr::memchr;

/// What a file is, by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PageKind {
    /// A page for people.
    Html,
    /// A feed, a sitemap, a drawing.
    Xml,
    /// Anything else.
    Other,
}

impl PageKind {
    /// The kind of a path.
    pub(super) fn of(path: &str) -> Self {
        match path.rsplit_once('.').map(|(_, end)| end) {
            Some("html" | "htm" | "xhtml") => Self::Html,
            Some("xml" | "svg" | "atom" | "rss" | "kml") => Self::Xml,
            _ => Self::Other,
        }
    }
}

/// One tag.
pub(super) struct Tag<'a> {
    /// Name as written, without the slash.
    pub(super) name: &'a [u8],
    /// `</name>`.
    pub(super) closing: bool,
    /// What stands after the name.
    pub(super) rest: &'a [u8],
    /// Offset of `<`.
    pub(super) start: usize,
    /// Offset after `>`.
    pub(super) end: usize,
}

impl<'a> Tag<'a> {
    /// Whether it is an opening tag of this name.
    #[cfg(test)]
    pub(super) fn opens(&self, name: &str) -> bool {
        !self.closing && self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    /// Whether it is a closing tag of this name.
    #[cfg(test)]
    pub(super) fn closes(&self, name: &str) -> bool {
        self.closing && self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    /// The value of an attribute; empty where it has none. `None` where it is not there.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a [u8]> {
        let mut rest = self.rest;
        loop {
            let start = rest.iter().position(|b| !b.is_ascii_whitespace() && *b != b'/')?;
            rest = &rest[start..];
            let end = rest.iter().position(|b| b.is_ascii_whitespace() || *b == b'=');
            let (key, after) = rest.split_at(end.unwrap_or(rest.len()));
            let (value, next) = value(after);
            if key.eq_ignore_ascii_case(name.as_bytes()) {
                return Some(value);
            }
            if key.is_empty() && next.len() == rest.len() {
                return None;
            }
            rest = next;
        }
    }
}

/// The value that begins with `=`, and what follows it.
fn value(after: &[u8]) -> (&[u8], &[u8]) {
    let Some(body) = after.strip_prefix(b"=") else { return (b"", after) };
    match body.first() {
        Some(quote @ (b'"' | b'\'')) => {
            let end = memchr(*quote, &body[1..]).map_or(body.len(), |n| n + 1);
            (&body[1..end], body.get(end + 1..).unwrap_or_default())
        }
        _ => body.split_at(body.iter().position(u8::is_ascii_whitespace).unwrap_or(body.len())),
    }
}

/// The tags of a part of `page` in order; their offsets are those in the page.
pub(super) fn tags(page: &[u8], part: Range<usize>) -> impl Iterator<Item = Tag<'_>> {
    let (bytes, mut at) = (&page[..part.end], part.start);
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr(b'<', bytes.get(at..)?)?;
            let closing = bytes.get(start + 1) == Some(&b'/');
            let name_at = start + 1 + usize::from(closing);
            if !bytes.get(name_at).is_some_and(u8::is_ascii_alphabetic) {
                at = start + 1;
                continue;
            }
            let close = end_of(bytes, name_at)?;
            let inside = &bytes[name_at..close];
            let name_end = inside.iter().position(|b| !IN_NAME[usize::from(*b)]);
            let (name, rest) = inside.split_at(name_end.unwrap_or(inside.len()));
            at = close + 1;
            return Some(Tag { name, closing, rest, start, end: at });
        }
    })
}

/// Bytes of a tag's name.
static IN_NAME: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'-';
        byte += 1;
    }
    table
};

/// Bytes that end a tag or open a quotation in it.
static TURNS: [bool; 256] = {
    let mut table = [false; 256];
    table[b'>' as usize] = true;
    table[b'"' as usize] = true;
    table[b'\'' as usize] = true;
    table
};

fn end_of(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes.get(at..)?.iter().position(|byte| TURNS[usize::from(*byte)])?;
        match bytes[at] {
            b'>' => return Some(at),
            quote => at += 2 + memchr(quote, &bytes[at + 1..])?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_in_every_form() {
        let page = br#"a < b <a href="x>y" title='' data-x=z hidden>t</a><img/>"#;
        let all: Vec<Tag<'_>> = tags(page, 0..page.len()).collect();
        assert_eq!(all.len(), 3);
        assert_eq!(all[0].attribute("HREF"), Some(&b"x>y"[..]));
        assert_eq!(all[0].attribute("title"), Some(&b""[..]));
        assert_eq!(all[0].attribute("data-x"), Some(&b"z"[..]));
        assert_eq!(all[0].attribute("hidden"), Some(&b""[..]));
        assert_eq!(all[0].attribute("alt"), None);
        assert!(all[1].closes("a") && all[2].opens("img"));
    }
}
