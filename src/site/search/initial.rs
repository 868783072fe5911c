//! Parties by the first letter of their name as it is spoken, for visitors whose browser runs no script.
//!
//! Only organizations and individual businesses: a list of natural persons by name would be a register of
//! people, which nobody asked this site to keep.

use std::collections::BTreeMap;

use encoding_rs::GBK;

use crate::clearance::CaseKind;
use crate::vocab::CaseId;

/// Where the common characters of GB 2312, which stand in order of their sound, begin with another letter.
const BOUNDS: [(u16, char); 23] = [
    (0xB0A1, 'a'),
    (0xB0C5, 'b'),
    (0xB2C1, 'c'),
    (0xB4EE, 'd'),
    (0xB6EA, 'e'),
    (0xB7A2, 'f'),
    (0xB8C1, 'g'),
    (0xB9FE, 'h'),
    (0xBBF7, 'j'),
    (0xBFA6, 'k'),
    (0xC0AC, 'l'),
    (0xC2E8, 'm'),
    (0xC4C3, 'n'),
    (0xC5B6, 'o'),
    (0xC5BE, 'p'),
    (0xC6DA, 'q'),
    (0xC8BB, 'r'),
    (0xC8F6, 's'),
    (0xCBFA, 't'),
    (0xCDDA, 'w'),
    (0xCEF4, 'x'),
    (0xD1B9, 'y'),
    (0xD4D1, 'z'),
];
/// The last of them.
const LAST: u16 = 0xD7F9;

/// Under which letter a name stands that begins with none of these.
pub(in crate::site) const OTHERS: &str = "qita";

/// A case of a named party.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::site) struct Named {
    /// Name as published.
    pub(in crate::site) party: Box<str>,
    /// Number of the decision or task.
    pub(in crate::site) number: Box<str>,
    /// Kind of case.
    pub(in crate::site) kind: CaseKind,
    /// Its year.
    pub(in crate::site) year: i32,
    /// Name in addresses.
    pub(in crate::site) id: CaseId,
}

/// Named parties and their cases.
#[derive(Debug, Default)]
pub(in crate::site) struct Initials(Vec<Named>);

impl Initials {
    /// Adds a case.
    pub(super) fn add(
        &mut self,
        party: &str,
        number: &str,
        (kind, year, id): (CaseKind, i32, CaseId),
    ) {
        self.0.push(Named { party: party.into(), number: number.into(), kind, year, id });
    }

    /// The cases by letter, in order of name. A name that begins with one of the `places` stands under what
    /// follows it, where something does: otherwise most names of a district stand under one letter.
    pub(in crate::site) fn by_letter(
        &self,
        places: &[&str],
    ) -> BTreeMap<&'static str, Vec<&Named>> {
        let mut letters: BTreeMap<&'static str, Vec<&Named>> = BTreeMap::new();
        for named in &self.0 {
            letters.entry(letter(own_name(&named.party, places))).or_default().push(named);
        }
        for cases in letters.values_mut() {
            cases.sort_by(|a, b| {
                (own_name(&a.party, places), *a).cmp(&(own_name(&b.party, places), *b))
            });
        }
        letters
    }
}

/// The name without the places before it.
fn own_name<'n>(name: &'n str, places: &[&str]) -> &'n str {
    let mut own = name;
    while let Some(rest) = places.iter().filter_map(|p| own.strip_prefix(p)).min_by_key(|r| r.len())
    {
        if rest.chars().count() < 2 {
            break;
        }
        own = rest;
    }
    own
}

/// Letters of the alphabet, as names in addresses.
const NAMES: [&str; 26] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s",
    "t", "u", "v", "w", "x", "y", "z",
];

fn letter(name: &str) -> &'static str {
    let Some(first) = name.chars().next() else { return OTHERS };
    let spoken = spoken(first).unwrap_or(first).to_ascii_lowercase();
    NAMES.into_iter().find(|n| n.starts_with(spoken)).unwrap_or(OTHERS)
}

/// The letter a common character's sound begins with.
fn spoken(c: char) -> Option<char> {
    let mut buffer = [0; 4];
    let (bytes, _, unmapped) = GBK.encode(c.encode_utf8(&mut buffer));
    let [high, low] = <[u8; 2]>::try_from(bytes.as_ref()).ok()?;
    let code = u16::from_be_bytes([high, low]);
    let is_common = !unmapped && low >= 0xA1 && (BOUNDS[0].0..=LAST).contains(&code);
    let at = BOUNDS.partition_point(|(bound, _)| *bound <= code).checked_sub(1)?;
    is_common.then_some(BOUNDS[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_stand_under_their_sound() {
        for (text, expected) in [
            ("阿", "a"),
            ("奥", "a"),
            ("芭", "b"),
            ("清", "q"),
            ("石", "s"),
            ("样", "y"),
            ("座", "z"),
            ("昔", "x"),
            ("压", "y"),
            ("匝", "z"),
            ("挖", "w"),
            ("塌", "t"),
            ("ABC", "a"),
            ("ｂ", "qita"),
            ("喆", "qita"),
            ("〇", "qita"),
            ("", "qita"),
            ("𠮷", "qita"),
        ] {
            assert_eq!(letter(text), expected, "{text}");
        }
    }

    #[test]
    fn a_name_stands_behind_its_places() {
        let places = ["示例市清源区", "示例市", "清源区"];
        assert_eq!(own_name("示例市清源区样河餐饮店", &places), "样河餐饮店");
        assert_eq!(own_name("示例市样河建设工程有限公司", &places), "样河建设工程有限公司");
        assert_eq!(own_name("示例市清源区", &places), "示例市清源区");
    }
}
