//! HTML character references and tags, as far as a stranger's browser would read them.

/// Named references that can hide a blank, a mark or a letter of a name or number.
const NAMED: [(&str, char); 16] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("shy", '\u{ad}'),
    ("middot", '·'),
    ("bull", '•'),
    ("sol", '/'),
    ("hyphen", '-'),
];

/// The character that a reference at the beginning of `text` stands for, and its length in bytes.
/// An escaped reference (`&amp;#53;`) is read through once, as a careless reader would.
pub(in crate::clearance) fn entity(text: &str) -> Option<(char, usize)> {
    let (c, length) = one(text)?;
    if c == '&'
        && let Some((inner, more)) = inner(&text[length..])
    {
        return Some((inner, length + more));
    }
    Some((c, length))
}

fn one(text: &str) -> Option<(char, usize)> {
    let (c, length) = inner(text.strip_prefix('&')?)?;
    Some((c, length + 1))
}

/// What stands after the ampersand.
fn inner(body: &str) -> Option<(char, usize)> {
    if let Some(number) = body.strip_prefix('#') {
        let (c, length) = numeric(number)?;
        return Some((c, length + 1));
    }
    let end = body.bytes().take(10).position(|b| b == b';')?;
    let name = &body[..end];
    NAMED.iter().find(|(n, _)| *n == name).map(|(_, c)| (*c, end + 1))
}

fn numeric(number: &str) -> Option<(char, usize)> {
    let hex = number.starts_with(['x', 'X']);
    let digits = &number[usize::from(hex)..];
    let radix = if hex { 16 } else { 10 };
    let count = digits.bytes().take(9).take_while(|b| char::from(*b).is_digit(radix)).count();
    let code = u32::from_str_radix(digits.get(..count)?, radix).ok()?;
    let closed = usize::from(digits.as_bytes().get(count) == Some(&b';'));
    Some((char::from_u32(code)?, usize::from(hex) + count + closed))
}

/// The length of the tag or comment that begins `text`; `None` where `<` is only a character.
pub(super) fn tag(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let begins = bytes.get(1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!'));
    if !begins {
        return None;
    }
    let end = bytes.iter().skip(1).take(400).position(|b| matches!(b, b'<' | b'>'))? + 1;
    (bytes[end] == b'>').then_some(end + 1)
}

/// The character that an escape of an address or a script at `at` stands for, and its length in bytes:
/// `\\u0035`, and `%35` beside another such. A percent sign alone is one: 50%30日 holds no escape.
pub(super) fn escape(text: &str, at: usize) -> Option<(char, usize)> {
    let rest = text.get(at..)?;
    if let Some(code) = rest.strip_prefix("\\u") {
        return hex(code, 4).map(|c| (c, 6));
    }
    let c = percent(rest)?;
    let has_neighbour = rest.get(3..).is_some_and(|next| percent(next).is_some())
        || at.checked_sub(3).and_then(|i| text.get(i..)).is_some_and(|b| percent(b).is_some());
    has_neighbour.then_some((c, 3))
}

fn percent(text: &str) -> Option<char> {
    hex(text.strip_prefix('%')?, 2).filter(char::is_ascii)
}

fn hex(digits: &str, count: usize) -> Option<char> {
    let digits = digits.get(..count).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}
