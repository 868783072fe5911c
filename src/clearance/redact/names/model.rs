//! What a name costs: surnames, given names and transliterated names by their statistics. Judges the
//! characters of a name alone; what stands around it is for `context`.

use std::collections::BTreeMap;

use super::lexicon::{Keyed, by_character, key, key_of, slot, unit};

/// What the beginning of any name costs, in tenths of a nat: about one word in a hundred is one.
const NAME: i32 = 42;
/// Two characters follow a surname more often than one.
const TWO_GIVEN: i32 = 3;
const ONE_GIVEN: i32 = 14;
/// A character that no known name has.
const UNSEEN: u8 = 110;
/// 街 路 镇 乡 村 巷 县 市 区 局 站 楼 栋 幢 室 院 厂 店 馆 队 的 了: never in a given name.
const NEVER: [u16; 22] = [
    0x8857, 0x8def, 0x9547, 0x4e61, 0x6751, 0x5df7, 0x53bf, 0x5e02, 0x533a, 0x5c40, 0x7ad9, 0x697c,
    0x680b, 0x5e62, 0x5ba4, 0x9662, 0x5382, 0x5e97, 0x9986, 0x961f, 0x7684, 0x4e86,
];
/// No surname.
const NONE: u8 = u8::MAX;
/// Characters this rare do not make a transliterated name by themselves.
const ONLY_WITH_DOTS: u8 = 78;
/// What a transliterated name costs besides its characters.
const FOREIGN: i32 = 62;

/// Costs of names.
pub(super) struct Model {
    surname: Box<[u8]>,
    /// Whether a surname of one or two characters begins with a character.
    begins: Box<[bool]>,
    compound: Keyed<u8>,
    single: Box<[u8]>,
    first: Box<[u8]>,
    second: Box<[u8]>,
    /// Given names of two characters that occur as a whole.
    pairs: Keyed<u8>,
    foreign: Box<[u8]>,
}

/// Share of each surname among people, per mille.
pub(in crate::clearance::redact) type Shares = BTreeMap<String, f64>;

impl Model {
    /// Reads the tables.
    pub(super) fn read(shares: &Shares, given: &str, foreign: &str) -> Self {
        let mut model = Self {
            surname: by_character(NONE),
            begins: vec![false; by_character(0).len()].into_boxed_slice(),
            compound: Keyed::default(),
            single: by_character(UNSEEN),
            first: by_character(UNSEEN),
            second: by_character(UNSEEN),
            pairs: Keyed::default(),
            foreign: by_character(NONE),
        };
        let all: f64 = shares.values().sum();
        for (surname, share) in shares {
            model.surname(surname, cost(share / all));
        }
        for line in given.lines().filter(|l| !l.starts_with('#')) {
            let mut cells = line.split('\t');
            let Some(name) = cells.next() else { continue };
            let Some(at) = place(name) else {
                let cost = cells.next().and_then(|c| c.parse().ok());
                model.pairs.extend(key_of(name).zip(cost));
                continue;
            };
            for table in [&mut model.single, &mut model.first, &mut model.second] {
                table[at] = cells.next().and_then(|c| c.parse().ok()).unwrap_or(UNSEEN);
            }
        }
        for line in foreign.lines().filter(|l| !l.starts_with('#')) {
            if let Some((c, cost)) = line.split_once('\t')
                && let (Some(at), Ok(cost)) = (place(c), cost.parse())
            {
                model.foreign[at] = cost;
            }
        }
        model
    }

    fn surname(&mut self, surname: &str, cost: u8) {
        if let Some(at) = surname.chars().next().map(unit).and_then(slot) {
            self.begins[at] = true;
        }
        match place(surname) {
            Some(at) => self.surname[at] = cost,
            None => {
                self.compound.extend(key_of(surname).map(|key| (key, cost)));
            }
        }
    }

    /// Whether a surname may begin with this character.
    pub(super) fn may_begin(&self, unit: u16) -> bool {
        slot(unit).is_some_and(|at| self.begins[at])
    }

    /// What a surname at the beginning of `units` costs, by its length in characters.
    pub(super) fn surname_of(&self, units: &[u16], length: usize) -> Option<i32> {
        let cost = match (length, units) {
            (1, [unit, ..]) => self.surname[slot(*unit)?],
            (2, [a, b, ..]) => *self.compound.get(&key(&[*a, *b]))?,
            _ => return None,
        };
        (cost != NONE).then(|| NAME + i32::from(cost))
    }

    /// What a given name of one or two characters costs.
    pub(super) fn given(&self, units: &[u16]) -> Option<i32> {
        if units.iter().any(|unit| NEVER.contains(unit)) {
            return None;
        }
        let of = |table: &[u8], unit: u16| i32::from(slot(unit).map_or(UNSEEN, |at| table[at]));
        match units {
            [one] => Some(ONE_GIVEN + of(&self.single, *one)),
            [one, two] => {
                let apart = of(&self.first, *one) + of(&self.second, *two);
                let pair = self.pairs.get(&key(units)).map_or(apart, |cost| i32::from(*cost));
                Some(TWO_GIVEN + apart.min(pair))
            }
            _ => None,
        }
    }

    /// What a character of a transliterated name costs.
    pub(super) fn foreign(&self, unit: u16) -> Option<i32> {
        let cost = self.foreign[slot(unit)?];
        (cost < ONLY_WITH_DOTS).then(|| i32::from(cost))
    }

    /// Whether a part of a name with dots may hold this character.
    pub(super) fn is_of_a_part(&self, unit: u16) -> bool {
        slot(unit).is_some_and(|at| self.foreign[at] != NONE)
    }

    /// What a transliterated name costs besides its characters.
    pub(super) const fn foreign_base() -> i32 {
        FOREIGN
    }
}

fn place(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return None };
    slot(unit(c))
}

/// The cost of something that has this share.
fn cost(share: f64) -> u8 {
    let tenths = (-share.max(1e-9).ln() * 10.0).round().clamp(0.0, 250.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped above")]
    let cost = tenths as u8;
    cost
}
