//! Runs of digits in a folded text, with what may part them: `138-1234 5678`, `一三八…`.
//! Says where digits stand, not what they mean.

use super::is_blank;

/// Most separators between two groups of one run (as generous as a stranger's decoder).
const LONGEST_GAP: usize = 3;
/// An `X` counts as a check character only this many digits into a run.
const X_AFTER: usize = 14;

/// Digits without anything between them, in one script.
pub(in crate::clearance) struct Group {
    /// First byte in the folded text.
    pub(in crate::clearance) start: usize,
    /// After the last byte in the folded text.
    pub(in crate::clearance) end: usize,
    /// Index of the first digit in the run.
    pub(in crate::clearance) first: usize,
    /// Number of digits.
    pub(in crate::clearance) count: usize,
    /// Written with Han numerals.
    pub(in crate::clearance) han: bool,
}

/// Groups that stand close enough to be read as one number.
#[derive(Default)]
pub(in crate::clearance) struct Run {
    /// ASCII digits; the last may be `X`.
    pub(in crate::clearance) digits: Vec<u8>,
    /// Where each digit begins and ends in the folded text.
    pub(in crate::clearance) at: Vec<(usize, usize)>,
    /// The groups in order.
    pub(in crate::clearance) groups: Vec<Group>,
}

impl Run {
    /// The digits of groups `from..=to` as text.
    pub(in crate::clearance) fn text(&self, from: usize, to: usize) -> &str {
        let (first, last) = (&self.groups[from], &self.groups[to]);
        std::str::from_utf8(&self.digits[first.first..last.first + last.count]).unwrap_or_default()
    }
}

/// Walks over the runs of a folded text, one after the other, in one buffer.
pub(in crate::clearance) struct Runs<'a> {
    text: &'a str,
    next: usize,
    run: Run,
}

impl<'a> Runs<'a> {
    /// The runs of `text`, which must be folded.
    pub(in crate::clearance) fn of(text: &'a str) -> Self {
        Self { text, next: 0, run: Run::default() }
    }

    /// The next run.
    pub(in crate::clearance) fn next(&mut self) -> Option<&Run> {
        let start = first_digit(self.text, self.next)?;
        Some(self.read(start))
    }

    /// Adds the digits of the next run of at least `least` to `out` and says where it begins.
    pub(in crate::clearance) fn digits(
        &mut self,
        least: usize,
        out: &mut Vec<u8>,
    ) -> Option<usize> {
        let before = out.len();
        loop {
            let start = first_digit(self.text, self.next)?;
            match self.plain(start, out) {
                Some(end) => self.next = end,
                None => {
                    out.truncate(before);
                    out.extend_from_slice(&self.read(start).digits);
                }
            }
            if out.len() >= before + least {
                return Some(start);
            }
            out.truncate(before);
        }
    }

    /// Adds the digits of the run that begins at `start` to `out` and says where it ends; `None` where
    /// something in it or after it must be looked at more closely.
    fn plain(&self, start: usize, out: &mut Vec<u8>) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (mut at, mut gap) = (start, 0);
        while let Some(&byte) = bytes.get(at) {
            match CLASSES[usize::from(byte)] {
                Class::Digit => {
                    out.push(byte);
                    gap = 0;
                }
                Class::Separator if gap == LONGEST_GAP => break,
                Class::Separator => gap += 1,
                Class::Other | Class::Han => break,
                // A mark of three bytes may be a separator.
                Class::Numeral if byte != 0xe3 && han_digit(&bytes[at..]).is_none() => break,
                Class::Numeral | Class::Letter => return None,
            }
            at += 1;
        }
        Some(at)
    }

    fn read(&mut self, start: usize) -> &Run {
        self.run.digits.clear();
        self.run.at.clear();
        self.run.groups.clear();
        self.run.digits.reserve(32);
        self.run.at.reserve(32);
        let mut at = start;
        loop {
            at = self.group(at);
            match self.gap(at) {
                Some(next) => at = next,
                None => break,
            }
        }
        self.next = at;
        &self.run
    }

    /// Reads one group that begins at `start`; says where it ends.
    fn group(&mut self, start: usize) -> usize {
        let (mut at, mut han) = (start, None);
        let first = self.run.digits.len();
        while let Some((digit, is_han, length)) = self.digit(at, at > start) {
            if han.is_some_and(|h| h != is_han) {
                break;
            }
            han = Some(is_han);
            self.run.digits.push(digit);
            self.run.at.push((at, at + length));
            at += length;
        }
        let count = self.run.digits.len() - first;
        self.run.groups.push(Group { start, end: at, first, count, han: han.unwrap_or(false) });
        at
    }

    fn digit(&self, at: usize, inside: bool) -> Option<(u8, bool, usize)> {
        let bytes = self.text.as_bytes();
        let byte = *bytes.get(at)?;
        match CLASSES[usize::from(byte)] {
            Class::Digit => Some((byte, false, 1)),
            Class::Numeral => han_digit(&bytes[at..]).map(|digit| (digit, true, 3)),
            Class::Other | Class::Separator | Class::Han => None,
            Class::Letter => self.letter(at, inside),
        }
    }

    /// A letter that stands for a digit or for the check character.
    fn letter(&self, at: usize, inside: bool) -> Option<(u8, bool, usize)> {
        let c = self.text[at..].chars().next()?;
        let length = c.len_utf8();
        if is_x(c) && self.run.digits.len() >= X_AFTER && !self.goes_on(at + length) {
            return (self.run.digits.last() != Some(&b'X')).then_some((b'X', false, length));
        }
        let beside_digits =
            inside && self.text.as_bytes().get(at + length).is_some_and(u8::is_ascii_digit);
        look_alike(c).filter(|_| beside_digits).map(|digit| (digit, false, length))
    }

    fn goes_on(&self, at: usize) -> bool {
        self.text[at..].starts_with(|c: char| c.is_ascii_alphanumeric())
    }

    /// Where the next group begins, if it stands close enough to one that ends at `end`.
    fn gap(&self, end: usize) -> Option<usize> {
        if self.run.digits.last() == Some(&b'X') {
            return None;
        }
        let mut at = end;
        for _ in 0..=LONGEST_GAP {
            let class = CLASSES[usize::from(*self.text.as_bytes().get(at)?)];
            match class {
                Class::Digit => return Some(at),
                Class::Separator => at += 1,
                Class::Other | Class::Han => return None,
                Class::Numeral | Class::Letter if self.digit(at, false).is_some() => {
                    return Some(at);
                }
                Class::Numeral | Class::Letter => {
                    at += self.text[at..].chars().next().filter(|c| is_separator(*c))?.len_utf8();
                }
            }
        }
        None
    }
}

/// What a first byte says of a character of a folded text.
#[derive(Clone, Copy)]
enum Class {
    /// Neither digit nor separator.
    Other,
    /// An ASCII digit.
    Digit,
    /// An ASCII character that may stand between groups.
    Separator,
    /// The first of three bytes of a Han character that is no numeral.
    Han,
    /// The first of three bytes of a numeral, of another Han character, or of a mark.
    Numeral,
    /// May pass for a digit, or be a separator of several bytes.
    Letter,
}

static CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut classes = [Class::Other; 256];
    // First bytes of characters of several bytes, as far as nothing better is known.
    let mut i = 0xc2;
    while i <= 0xf4 {
        classes[i] = Class::Letter;
        i += 1;
    }
    let mut i = 0xe6;
    while i <= 0xe8 {
        classes[i] = Class::Han;
        i += 1;
    }
    let numerals = [0xe3, 0xe4, 0xe5, 0xe9];
    let mut i = 0;
    while i < numerals.len() {
        classes[numerals[i]] = Class::Numeral;
        i += 1;
    }
    let mut i = b'0';
    while i <= b'9' {
        classes[i as usize] = Class::Digit;
        i += 1;
    }
    let separators = *b" \t\n\x0b\x0c\r-_.,*~`|/\\:()[]+";
    let mut i = 0;
    while i < separators.len() {
        classes[separators[i] as usize] = Class::Separator;
        i += 1;
    }
    let letters = *b"XOLI";
    let mut i = 0;
    while i < letters.len() {
        classes[letters[i] as usize] = Class::Letter;
        i += 1;
    }
    classes
}

fn first_digit(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut i = from;
    loop {
        match STRIDES[usize::from(*bytes.get(i)?)] {
            0 => {
                let is_digit = bytes[i].is_ascii_digit() || han_digit(&bytes[i..]).is_some();
                if is_digit {
                    return Some(i);
                }
                i += 3;
            }
            stride => i += usize::from(stride),
        }
    }
}

/// How many bytes after a first byte the next may stand; 0 where a digit may begin.
static STRIDES: [u8; 256] = strides();

const fn strides() -> [u8; 256] {
    let classes = classes();
    let mut strides = [1; 256];
    let mut i = 0;
    while i < 256 {
        strides[i] = match classes[i] {
            Class::Digit | Class::Numeral => 0,
            Class::Han => 3,
            Class::Other | Class::Separator | Class::Letter => 1,
        };
        i += 1;
    }
    strides
}

/// How many places the table of numerals has: enough for each to have its own.
const PLACES: u32 = 64;
/// Codes of the Han numerals (〇零一二三四五六七八九), each in the place of its last six bits. Of the
/// numerals of amounts, the fold turns all into these but 伍 and 陆, which are surnames, too; 幺 is
/// how one is said on the telephone.
static NUMERALS: [(u32, u8); PLACES as usize] = numerals();

const fn numerals() -> [(u32, u8); PLACES as usize] {
    let all = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '零', '伍', '陆', '幺'];
    let digits = *b"01234567890561";
    let mut table = [(0, 0); PLACES as usize];
    let mut i = 0;
    while i < all.len() {
        table[(all[i] as u32 % PLACES) as usize] = (all[i] as u32, digits[i]);
        i += 1;
    }
    table
}

/// The digit that a Han numeral stands for; `bytes` begin with a character of three bytes.
fn han_digit(bytes: &[u8]) -> Option<u8> {
    let [a, b, c, ..] = bytes else { return None };
    let code = (u32::from(a & 0x0f) << 12) | (u32::from(b & 0x3f) << 6) | u32::from(c & 0x3f);
    let (numeral, digit) = NUMERALS[(code % PLACES) as usize];
    (numeral == code).then_some(digit)
}

fn is_x(c: char) -> bool {
    matches!(c, 'X' | 'Х' | 'х' | 'Χ' | 'χ' | '✕' | '×' | '╳')
}

/// Letters that pass for a digit when they stand between digits.
fn look_alike(c: char) -> Option<u8> {
    match c {
        'O' | 'О' | 'о' | 'Ο' | 'ο' => Some(b'0'),
        'L' | 'I' | 'І' | 'і' => Some(b'1'),
        _ => None,
    }
}

/// What may stand between the groups of one number.
fn is_separator(c: char) -> bool {
    matches!(
        c,
        '-' | '_'
            | '.'
            | ','
            | '·'
            | '•'
            | '—'
            | '–'
            | '−'
            | '‐'
            | '‑'
            | '*'
            | '~'
            | '`'
            | '|'
            | '/'
            | '\\'
            | ':'
            | '('
            | ')'
            | '['
            | ']'
            | '+'
    ) || is_blank(c)
}
