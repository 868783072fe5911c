//! Words of everyday language with what they cost: the rarer, the more. The background that a name must
//! stand out from. Tables only; it knows nothing of names.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use memchr::memchr;

/// Most characters of a word.
pub(super) const LONGEST: usize = 4;
/// What a character costs that the table does not have, in tenths of a nat.
const UNKNOWN: i32 = 150;
/// The first Han character of the basic block.
const FIRST: u16 = 0x4e00;
/// How many there are.
pub(super) const BLOCK: usize = 0x5200;

/// A word of up to four characters in one number: its key.
pub(super) fn key(word: &[u16]) -> u64 {
    word.iter().fold(0, |key, unit| (key << 16) | u64::from(*unit))
}

/// A text before and after the first of a byte; all of it, and nothing, where there is none. Every start of
/// the program reads the whole table this way, so it searches as fast as it can.
fn cut(text: &str, byte: u8) -> (&str, &str) {
    memchr(byte, text.as_bytes()).map_or((text, ""), |at| (&text[..at], &text[at + 1..]))
}

/// A character as a unit; what lies beyond the basic plane is none that the tables know.
pub(super) fn unit(c: char) -> u16 {
    u16::try_from(u32::from(c)).unwrap_or(0xfffd)
}

/// The key of a text of up to four characters; `None` for others.
pub(super) fn key_of(text: &str) -> Option<u64> {
    let (mut key, mut length) = (0, 0);
    for c in text.chars() {
        key = (key << 16) | u64::from(unit(c));
        length += 1;
    }
    (1..=LONGEST).contains(&length).then_some(key)
}

/// What kind of word an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A noun and the like.
    Other,
    /// A verb, an adverb, a pronoun: what may follow a role (`当事人曾经…`).
    FollowsRoles,
    /// A place, an institution, a brand.
    Proper,
    /// Only ever the name of a person.
    Name,
}

/// An entry: what it costs in tenths of a nat, and its kind.
#[derive(Clone, Copy)]
pub(super) struct Word {
    pub(super) cost: i32,
    pub(super) class: Class,
}

/// Costs of words.
pub(super) struct Lexicon {
    words: Keyed<(u8, Class)>,
    single: Box<[u8]>,
}

/// A table by key.
pub(super) type Keyed<T> = HashMap<u64, T, BuildHasherDefault<Mix>>;

impl Lexicon {
    /// Reads lines of a word, a tab, its cost in tenths of a nat, and after another tab its kind: `f` for
    /// words that follow roles, `p` for places and the like, `n` for names.
    pub(super) fn read(table: &str) -> Self {
        let mut words = Keyed::default();
        words.reserve(table.len() / 12);
        let mut single = vec![u8::try_from(UNKNOWN).unwrap_or(u8::MAX); BLOCK].into_boxed_slice();
        let mut rest = table;
        while !rest.is_empty() {
            let (line, below) = cut(rest, b'\n');
            rest = below;
            let (word, entry) = cut(line, b'\t');
            let (cost, class) = cut(entry, b'\t');
            let (Some(key), Ok(cost)) = (key_of(word), cost.parse::<u8>()) else { continue };
            match u16::try_from(key).ok().and_then(slot) {
                Some(at) => single[at] = cost,
                None => {
                    let class = match class {
                        "f" => Class::FollowsRoles,
                        "n" => Class::Name,
                        "p" => Class::Proper,
                        _ => Class::Other,
                    };
                    words.insert(key, (cost, class));
                }
            }
        }
        Self { words, single }
    }

    /// What one character costs as a word.
    pub(super) fn single(&self, unit: u16) -> i32 {
        slot(unit).map_or(UNKNOWN, |at| i32::from(self.single[at]))
    }

    /// What a few characters cost at the most when they are read as words: those of the first or the last
    /// two of them together, or each alone.
    pub(super) fn apart(&self, units: &[u16]) -> i32 {
        let singles: i32 = units.iter().map(|u| self.single(*u)).sum();
        let pair = |at: usize| {
            let word = self.word(key(&units[at..at + 2])).filter(|w| w.class != Class::Name)?;
            Some(singles - self.single(units[at]) - self.single(units[at + 1]) + word.cost)
        };
        let pairs = match units.len() {
            0 | 1 => return singles,
            2 => [pair(0), None],
            n => [pair(0), pair(n - 2)],
        };
        pairs.into_iter().flatten().fold(singles, i32::min)
    }

    /// The word of two to four characters, if it is one.
    pub(super) fn word(&self, key: u64) -> Option<Word> {
        let (cost, class) = *self.words.get(&key)?;
        Some(Word { cost: i32::from(cost), class })
    }
}

/// Where a Han character stands in a table of the basic block.
pub(super) fn slot(unit: u16) -> Option<usize> {
    let at = usize::from(unit.checked_sub(FIRST)?);
    (at < BLOCK).then_some(at)
}

/// A table of one value for each Han character of the basic block.
pub(super) fn by_character(default: u8) -> Box<[u8]> {
    vec![default; BLOCK].into_boxed_slice()
}

/// Mixes a key of packed characters: nobody outside chooses the keys that are stored.
#[derive(Default)]
pub(super) struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, key: u64) {
        let mixed = (self.0 ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 29);
    }
}
