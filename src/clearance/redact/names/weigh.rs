//! What speaks for and against a candidate. Weights in tenths of a nat; they were set by hand against
//! sentences with names in many wordings and plain sentences that hold none.

use std::ops::Range;

use super::clauses::Clause;
use super::lexicon::{self, Class};
use super::reading::Candidate;
use super::window::Window;
use super::{ENOUGH, Found, Names, Occurrence, context, foreign};
use crate::clearance::fold::is_han;

/// What speaks against a name that would leave one character alone at an end of a clause.
const DANGLING: i32 = 60;
/// What stands after a candidate that makes it a place, unless a role stands before it.
const PLACE: i32 = -150;
const ROLE: i32 = 100;
/// What a known name gains at the beginning of a clause.
const OPENS: i32 = 12;
/// What a known name costs that is no word, and how much more than the word if it is one.
const KNOWN: i32 = 45;
const ALSO_A_WORD: i32 = 15;
/// What must speak for a name in running text that is also a noun, a place, or a verb, adverb or the like.
const NOUN: i32 = 60;
const PROPER_NAME: i32 = 115;
const FUNCTION_WORD: i32 = 128;
/// Words up to this cost are common.
const COMMON: i32 = 135;
/// What speaks against a candidate that begins with a verb.
const HEADED: i32 = 60;
/// What a usual given name costs, and how much an unusual one adds at the most.
const USUAL: i32 = 68;
const ODD: i32 = 80;
/// What a name costs at the most that the dictionary knows as one.
const DICTIONARY_NAME: i32 = 120;
/// 拾 佰 仟 元 整: beside these, 伍, 陆 and 万 are numerals.
const AMOUNT: [u16; 5] = [0x62fe, 0x4f70, 0x4edf, 0x5143, 0x6574];
/// 等 称 说 在 系 的 为 之 和 与 某: what may stand alone after a name at the end of a clause.
const AFTER_NAMES: [u16; 11] =
    [0x7b49, 0x79f0, 0x8bf4, 0x5728, 0x7cfb, 0x7684, 0x4e3a, 0x4e4b, 0x548c, 0x4e0e, 0x67d0];
/// Weight of what stands after a name up to which it says little.
const LITTLE: i32 = 25;
/// 家, and what follows it in the names of hamlets: 周家堡, 罗家湾.
const HOME: u16 = 0x5bb6;
const HAMLETS: [u16; 24] = [
    0x6e7e, 0x576a, 0x5821, 0x6c9f, 0x575d, 0x5ca9, 0x5634, 0x6cb1, 0x5c6f, 0x5be8, 0x5cad, 0x5858,
    0x8425, 0x94fa, 0x7a91, 0x5c97, 0x5773, 0x57ad, 0x5761, 0x6e21, 0x6865, 0x5e84, 0x6751, 0x5df7,
];

/// What stands around each place of a clause, looked up once.
#[derive(Default)]
pub(super) struct Around {
    before: Vec<Option<i32>>,
    after: Vec<Option<i32>>,
}

impl Around {
    /// Forgets the last clause.
    pub(super) fn begin(&mut self, length: usize) {
        self.before.clear();
        self.before.resize(length + 1, None);
        self.after.clear();
        self.after.resize(length + 1, None);
    }
}

impl Names {
    /// Everything that may be a name and begins at `i`.
    pub(super) fn candidates(&self, clause: &Clause, i: usize, out: &mut Vec<Candidate>) {
        self.native(clause, i, out);
        foreign::transliterated(&self.model, clause, i, out);
        foreign::of_parts(&self.parts, clause, i, out);
    }

    /// Surnames with given names that may begin at `i`.
    fn native(&self, clause: &Clause, i: usize, out: &mut Vec<Candidate>) {
        let units = &clause.units;
        if !self.model.may_begin(units[i]) {
            return;
        }
        let is_amount = |unit: Option<&u16>| unit.is_some_and(|u| AMOUNT.contains(u));
        let before = i.checked_sub(1).and_then(|b| units.get(b));
        if [before, units.get(i + 1), units.get(i + 2)].into_iter().any(is_amount) {
            return;
        }
        for surname in 1..=2 {
            let Some(cost) = self.model.surname_of(&units[i..], surname) else { continue };
            for given in 1..=2 {
                let end = i + surname + given;
                if end > units.len() {
                    break;
                }
                if let [HOME, last] = units[i + surname..end]
                    && HAMLETS.contains(&last)
                {
                    continue;
                }
                if let Some(more) = self.model.given(&units[i + surname..end]) {
                    out.push(Candidate { at: i..end, cost: cost + more });
                }
            }
        }
    }

    /// The candidate as a name, if enough speaks for it; `more` is what lists add.
    pub(super) fn weigh(
        &self,
        text: &str,
        clause: &Clause,
        candidate: &Candidate,
        (more, around): (i32, &mut Around),
    ) -> Option<Found> {
        let Candidate { at, cost } = candidate;
        let own = &clause.units[at.clone()];
        let bytes = clause.bytes(at);
        let (start, end) = (bytes.start, bytes.end);
        let before =
            *around.before[at.start].get_or_insert_with(|| self.contexts.before(&text[..start]));
        let after = *around.after[at.end].get_or_insert_with(|| self.after(&text[end..]));
        if after <= PLACE && before < ROLE {
            return None;
        }
        let cost = self.in_the_dictionary(own, *cost);
        let alone = self.lexicon.apart(own);
        let context = before + after + more;
        if alone - cost + context + context::MOST <= ENOUGH || self.contexts.is_role(own) {
            return None;
        }
        let frame = self.frame(text, own, &bytes) - self.dangling(&clause.units, at, after);
        if alone - cost + context + frame <= ENOUGH {
            return None;
        }
        let saved = Window::new(&self.lexicon, &clause.units, at).evidence(cost - context - frame);
        let evidence =
            if saved > ENOUGH { saved + self.contexts.organization(&text[end..]) } else { saved };
        (evidence > ENOUGH).then_some(Found { at: bytes, evidence })
    }

    /// What stands after a candidate. One character says nothing where it begins a word: 说明 is not 说.
    fn after(&self, text: &str) -> i32 {
        let (weight, length) = self.contexts.after(text);
        let begins_a_word = || {
            let mut next = text.chars().take(2).map(lexicon::unit);
            let pair = next.next().zip(next.next());
            let word = pair.and_then(|(a, b)| self.lexicon.word(lexicon::key(&[a, b])));
            word.is_some_and(|word| word.class != Class::Name && word.cost < COMMON)
        };
        if length == 1 && weight > LITTLE && begins_a_word() { LITTLE.min(weight) } else { weight }
    }

    /// What cell and number around a candidate say: less, where it is a word, since tables of goods have both.
    fn frame(&self, text: &str, units: &[u16], at: &Range<usize>) -> i32 {
        let is_word = (2..=3).contains(&units.len())
            && self.lexicon.word(lexicon::key(units)).is_some_and(|w| w.class != Class::Name);
        context::frame(text, at) / if is_word { 2 } else { 1 }
    }

    /// What speaks against a candidate that leaves one character alone at an end of its clause, where that
    /// may belong to the name.
    fn dangling(&self, units: &[u16], at: &Range<usize>, after: i32) -> i32 {
        let head = at.start == 1 && at.len() == 2 && self.model.surname_of(units, 1).is_some();
        let tail = after <= LITTLE
            && at.len() == 2
            && at.end + 1 == units.len()
            && !AFTER_NAMES.contains(&units[at.end]);
        DANGLING * (i32::from(head) + i32::from(tail))
    }

    /// What a name costs that stands in the dictionary: as a name, or as a word, which it then must outdo
    /// the more, the less its characters look like a name's.
    fn in_the_dictionary(&self, units: &[u16], cost: i32) -> i32 {
        let entry = || self.lexicon.word(lexicon::key(units));
        let Some(word) = (2..=3).contains(&units.len()).then(entry).flatten() else {
            return cost + self.headed_by_a_verb(units);
        };
        let odd =
            || self.model.given(&units[1..]).map_or(ODD, |given| (given - USUAL).clamp(0, ODD));
        match word.class {
            Class::Name => cost.min(DICTIONARY_NAME),
            Class::FollowsRoles => word.cost + FUNCTION_WORD + odd() / 2,
            Class::Proper => word.cost + PROPER_NAME,
            Class::Other => word.cost + NOUN + odd(),
        }
    }

    /// What speaks against three characters of which the first two are a verb or the like: 陈述因.
    fn headed_by_a_verb(&self, units: &[u16]) -> i32 {
        let head = (units.len() == 3).then(|| self.lexicon.word(lexicon::key(&units[..2])));
        let is_verb = head.flatten().is_some_and(|word| word.class == Class::FollowsRoles);
        if is_verb { HEADED } else { 0 }
    }

    /// Drops what is part of a foreign place's name.
    pub(super) fn drop_places(&self, clause: &Clause, found: &mut Vec<Found>) {
        let places: Vec<Range<usize>> =
            self.places.places(&clause.units).iter().map(|at| clause.bytes(at)).collect();
        found.retain(|f| {
            let next = places.partition_point(|p| p.end <= f.at.start);
            places.get(next).is_none_or(|p| p.start >= f.at.end)
        });
    }

    /// What a name of the record that is also a word stands for at `at`.
    pub(in crate::clearance::redact) fn judge(&self, text: &str, at: &Range<usize>) -> Occurrence {
        let (before, after) = (&text[..at.start], &text[at.end..]);
        let opens = if before.ends_with(is_han) { 0 } else { OPENS };
        let context = self.contexts.before(before)
            + self.after(after)
            + context::frame(text, at)
            + self.contexts.organization(after)
            + opens;
        let (units, inside) = units_around(text, at);
        let own = lexicon::key_of(&text[at.clone()]).and_then(|key| self.lexicon.word(key));
        let own = own.filter(|word| word.class != Class::Name);
        let cost = own.map_or(KNOWN, |word| word.cost + ALSO_A_WORD);
        match Window::new(&self.lexicon, &units, &inside).evidence(cost - context) {
            i32::MIN..=-1 => Occurrence::Word,
            _ => Occurrence::Person,
        }
    }
}

/// The Han characters around a place, and where the place is among them.
fn units_around(text: &str, at: &Range<usize>) -> (Vec<u16>, Range<usize>) {
    let han = |c: &char| is_han(*c);
    let near = lexicon::LONGEST;
    let unit = lexicon::unit;
    let mut units: Vec<u16> =
        text[..at.start].chars().rev().take(near).take_while(han).map(unit).collect();
    units.reverse();
    let start = units.len();
    units.extend(text[at.clone()].chars().map(unit));
    let end = units.len();
    units.extend(text[at.end..].chars().take(near).take_while(han).map(unit));
    (units, start..end)
}
