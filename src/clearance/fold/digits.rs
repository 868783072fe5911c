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
        let mut at = first_digit(self.text, self.next)?;
        self.run.digits.clear();
        self.run.at.clear();
        self.run.groups.clear();
        loop {
            at = self.group(at);
            match self.gap(at) {
                Some(next) => at = next,
                None => break,
            }
        }
        self.next = at;
        Some(&self.run)
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
        let rest = &self.text[at..];
        let c = rest.chars().next()?;
        if c.is_ascii_digit() {
            return Some((c as u8, false, 1));
        }
        if let Some(digit) = han_digit(rest.as_bytes()) {
            return Some((digit, true, 3));
        }
        let length = c.len_utf8();
        if is_x(c) && self.run.digits.len() >= X_AFTER && !self.goes_on(at + length) {
            return (self.run.digits.last() != Some(&b'X')).then_some((b'X', false, length));
        }
        let beside_digits =
            inside && self.text[at + length..].starts_with(|n: char| n.is_ascii_digit());
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
        for step in 0..=LONGEST_GAP {
            if self.digit(at, false).is_some() && (step > 0 || self.digit(end, false).is_some()) {
                return Some(at);
            }
            let c = self.text[at..].chars().next().filter(|c| is_separator(*c))?;
            at += c.len_utf8();
        }
        None
    }
}

fn first_digit(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut i = from;
    while let Some(&byte) = bytes.get(i) {
        if byte.is_ascii_digit() {
            return Some(i);
        }
        if (0xe3..=0xe9).contains(&byte) {
            if han_digit(&bytes[i..]).is_some() {
                return Some(i);
            }
            i += 3;
        } else {
            i += 1;
        }
    }
    None
}

/// The digit a Han numeral stands for (〇零一二三四五六七八九).
fn han_digit(bytes: &[u8]) -> Option<u8> {
    Some(match bytes {
        [0xe3, 0x80, 0x87, ..] | [0xe9, 0x9b, 0xb6, ..] => b'0',
        [0xe4, 0xb8, 0x80, ..] => b'1',
        [0xe4, 0xba, 0x8c, ..] => b'2',
        [0xe4, 0xb8, 0x89, ..] => b'3',
        [0xe5, 0x9b, 0x9b, ..] => b'4',
        [0xe4, 0xba, 0x94, ..] => b'5',
        [0xe5, 0x85, 0xad, ..] => b'6',
        [0xe4, 0xb8, 0x83, ..] => b'7',
        [0xe5, 0x85, 0xab, ..] => b'8',
        [0xe4, 0xb9, 0x9d, ..] => b'9',
        _ => return None,
    })
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
            | '+'
    ) || is_blank(c)
}
