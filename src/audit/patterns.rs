//! Forms of personal numbers on a page: identity numbers, mobiles, bank cards. Written apart from
//! the redactor's, so that one mistake is not made twice.

use crate::clearance::HitKind;
use crate::vocab::{IdForm, id_form};

use super::explained::Explained;

/// Digits that stand together, with at most one or two blanks or dashes between groups.
struct Cluster<'a> {
    text: &'a str,
    groups: Vec<(usize, usize)>,
    digits: String,
}

/// Shortest cluster that can hold a personal number.
const SHORTEST: usize = 11;
/// Most blanks or dashes between two groups.
const LONGEST_GAP: usize = 2;
/// Most groups of one number.
const MOST_GROUPS: usize = 8;

/// Personal numbers in a folded text that nothing explains, with their place in it.
pub(super) fn personal_numbers(text: &str, explained: &Explained) -> Vec<(HitKind, usize)> {
    let mut found = Vec::new();
    let mut cluster = Cluster { text, groups: Vec::new(), digits: String::new() };
    let mut at = 0;
    while let Some(end) = long_cluster(text.as_bytes(), at).and_then(|start| cluster.read(start)) {
        at = end;
        if cluster.count() >= SHORTEST {
            cluster.judge(explained, &mut found);
        }
    }
    found
}

/// Bytes that are looked at together where no cluster is open.
const STRIDE: usize = 32;

/// Where the next cluster begins that has enough digits.
fn long_cluster(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while at < bytes.len() {
        while let Some(stride) = bytes.get(at..at + STRIDE)
            && !stride.iter().fold(false, |any, byte| any | byte.is_ascii_digit())
        {
            at += STRIDE;
        }
        let start = at + bytes[at..].iter().position(u8::is_ascii_digit)?;
        let (mut count, mut gap) = (0, 0);
        at = start;
        while gap <= LONGEST_GAP
            && let Some(byte) = bytes.get(at)
        {
            match byte {
                b'0'..=b'9' => (count, gap) = (count + 1, 0),
                b' ' | b'-' | b'.' => gap += 1,
                _ => break,
            }
            at += 1;
        }
        if count >= SHORTEST {
            return Some(start);
        }
    }
    None
}

impl Cluster<'_> {
    /// Reads the next cluster from `at`; says where it ends.
    fn read(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let first = at + bytes.get(at..)?.iter().position(u8::is_ascii_digit)?;
        self.groups.clear();
        let mut start = first;
        loop {
            let length = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
            let end = start + length;
            self.groups.push((start, end));
            let gap = bytes[end..]
                .iter()
                .take(LONGEST_GAP)
                .take_while(|b| matches!(b, b' ' | b'-' | b'.'))
                .count();
            if gap == 0 || !bytes.get(end + gap).is_some_and(u8::is_ascii_digit) {
                return Some(end);
            }
            start = end + gap;
        }
    }

    fn count(&self) -> usize {
        self.groups.iter().map(|(start, end)| end - start).sum()
    }

    fn judge(&mut self, explained: &Explained, found: &mut Vec<(HitKind, usize)>) {
        let mut first = 0;
        while first < self.groups.len() {
            first += 1 + self.number_at(first, explained, found).unwrap_or(0);
        }
    }

    /// Tries the number that begins with group `first`; says how many more groups it takes.
    fn number_at(
        &mut self,
        first: usize,
        explained: &Explained,
        found: &mut Vec<(HitKind, usize)>,
    ) -> Option<usize> {
        let sizes: Vec<usize> =
            self.groups[first..].iter().map(|(s, e)| e - s).take(MOST_GROUPS).collect();
        if matches!(sizes[..], [4, 1..=2, 1..=2, ..]) && self.is_year(first) {
            return Some(2);
        }
        self.digits.clear();
        for more in 0..sizes.len() {
            let (start, end) = self.groups[first + more];
            self.digits.push_str(&self.text[start..end]);
            if self.digits.len() > 19 {
                return None;
            }
            let Some(kind) = self.kind(&sizes[..=more], end) else { continue };
            let start = self.groups[first].0;
            let token_goes_on = self.text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
            let public = explained.number(&self.digits)
                || Explained::by_context(&self.text[..start], &self.text[end..]);
            if !public && !token_goes_on {
                found.push((kind, start));
            }
            return Some(more);
        }
        None
    }

    fn is_year(&self, group: usize) -> bool {
        let (start, end) = self.groups[group];
        matches!(self.text.get(start..end).map(|y| &y[..2]), Some("19" | "20"))
    }

    fn kind(&self, sizes: &[usize], end: usize) -> Option<HitKind> {
        let after = &self.text.as_bytes()[end..];
        let lettered = |bytes: &[u8]| bytes.first().is_some_and(u8::is_ascii_alphanumeric);
        let digits = self.digits.as_str();
        if digits.len() == 17 && after.first() == Some(&b'X') && !lettered(&after[1..]) {
            return valid_id(&format!("{digits}X"));
        }
        if lettered(after) {
            return None;
        }
        match digits.len() {
            18 if valid_id(digits).is_some() => Some(HitKind::IdNumber),
            11 if is_mobile(digits) && matches!(sizes, [11] | [3, 4, 4] | [3, 8] | [7, 4]) => {
                Some(HitKind::Phone)
            }
            13 if sizes.len() <= 4 && digits.strip_prefix("86").is_some_and(is_mobile) => {
                Some(HitKind::Phone)
            }
            16..=19 if is_parted_as_card(sizes) && checks(digits) => Some(HitKind::Card),
            _ => None,
        }
    }
}

fn valid_id(digits: &str) -> Option<HitKind> {
    (matches!(id_form(digits), IdForm::Valid { .. }) && !Explained::credit_code(digits))
        .then_some(HitKind::IdNumber)
}

fn is_mobile(digits: &str) -> bool {
    matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]) && digits.len() == 11
}

fn is_parted_as_card(sizes: &[usize]) -> bool {
    matches!(sizes, [_] | [4, 4, 4, 1..=7] | [4, 4, 4, 4, 1..=3] | [6, 10..=13])
}

/// The Luhn check of bank cards; numbers that do not begin as cards do are none.
fn checks(digits: &str) -> bool {
    let total: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, byte)| {
            let digit = u32::from(byte.saturating_sub(b'0'));
            if i % 2 == 0 { digit } else { (digit * 2) / 10 + (digit * 2) % 10 }
        })
        .sum();
    total.is_multiple_of(10) && matches!(digits.as_bytes().first(), Some(b'3'..=b'6' | b'9'))
}
