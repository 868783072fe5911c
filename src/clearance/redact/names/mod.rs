//! Names of people in running text that stand in no column.
//!
//! A candidate is a surname with one or two characters, or a run of transliterated characters. It is a name
//! if reading it as one costs less than reading the same characters as words, with what stands around it
//! taken into account. Everything here works on folded text and says only where.

mod context;
mod foreign;
mod lexicon;
mod model;
mod window;

use std::ops::Range;

use crate::clearance::fold::{Fold, is_han};
use crate::diag::Failure;
use crate::law::Shelf;

use context::Contexts;
use foreign::Words;
use lexicon::{Class, Lexicon, Word, unit};
use model::Model;
pub(in crate::clearance::redact) use model::Shares;
use window::Window;

const CONTEXTS: &str = "redact/name-contexts.yml";

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Where, in bytes of the folded text.
    pub(super) at: Range<usize>,
    /// How much speaks for it, in tenths of a nat.
    pub(super) evidence: i32,
}

/// The tables.
pub(super) struct Names {
    lexicon: Lexicon,
    model: Model,
    contexts: Contexts,
    /// Places that are written like transliterated names.
    places: Words,
    /// Parts of names of ethnic minorities.
    parts: Words,
}

/// What the characters of a known name stand for at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occurrence {
    /// The person.
    Person,
    /// Hard to say; taken as the person.
    Doubtful,
    /// An everyday word.
    Word,
}

/// Evidence that is enough.
const ENOUGH: i32 = 0;
/// What speaks against a name that would leave a surname alone at the beginning of a clause.
const DANGLING: i32 = 60;
/// What stands after a candidate that makes it a place, unless a role stands before it.
const PLACE: i32 = -150;
const ROLE: i32 = 100;
/// The evidence of a name that is known already.
const ANCHOR: i32 = i32::MAX;
/// What a known name gains at the beginning of a clause.
const OPENS: i32 = 12;
/// What a known name costs that is no word.
const KNOWN: i32 = 45;
/// What a known name that is also a word costs more than the word.
const ALSO_A_WORD: i32 = 15;
/// What must speak for a name in running text that is also a noun, a place, or a verb, adverb or the like.
const NOUN: i32 = 45;
const PROPER_NAME: i32 = 112;
const FUNCTION_WORD: i32 = 108;
/// What a usual given name costs, and how much an unusual one adds at the most.
const USUAL: i32 = 68;
const ODD: i32 = 80;
/// What a name costs at the most that the dictionary knows as one.
const DICTIONARY_NAME: i32 = 120;
/// What a name beside another in a list is worth.
const LISTED: i32 = 100;
/// 拾 佰 仟 元 整: beside these, 伍, 陆 and 万 are numerals.
const AMOUNT: [u16; 5] = [0x62fe, 0x4f70, 0x4edf, 0x5143, 0x6574];
/// 家, and what follows it in the names of hamlets: 周家堡, 罗家湾.
const HOME: u16 = 0x5bb6;
const HAMLETS: [u16; 24] = [
    0x6e7e, 0x576a, 0x5821, 0x6c9f, 0x575d, 0x5ca9, 0x5634, 0x6cb1, 0x5c6f, 0x5be8, 0x5cad, 0x5858,
    0x8425, 0x94fa, 0x7a91, 0x5c97, 0x5773, 0x57ad, 0x5761, 0x6e21, 0x6865, 0x5e84, 0x6751, 0x5df7,
];
/// 等 称 说 在 系 的 为 之 和 与 某: what may stand alone after a name at the end of a clause.
const AFTER_NAMES: [u16; 11] = [
    0x7b49, 0x79f0, 0x8bf4, 0x5728, 0x7cfb, 0x7684, 0x4e3a, 0x4e4b, 0x548c, 0x4e0e, 0x67d0,
];
/// What a name that touches another is worth.
const TOUCHING: i32 = 45;
/// Longest name that is looked for before another.
const LONGEST_LISTED: usize = 8;
/// Most rounds in which a list grows.
const ROUNDS: usize = 6;

/// Characters that may be a name, and what such a name costs.
struct Candidate {
    at: Range<usize>,
    cost: i32,
}

/// A run of Han characters.
struct Clause {
    units: Vec<u16>,
    /// Where each begins; one more for the end.
    at: Vec<usize>,
}

impl Names {
    /// Loads the tables.
    ///
    /// # Errors
    /// A table that is missing or broken.
    pub(super) fn load(shelf: &Shelf) -> Result<Self, Failure> {
        let table = |name: &str| {
            shelf.text(name)?.ok_or_else(|| Failure::Rule {
                file: name.into(),
                message: "no such rule file".into(),
            })
        };
        let shares: Shares = shelf.load("redact/surnames.yml")?;
        Ok(Self {
            lexicon: Lexicon::read(&table("redact/lexicon.tsv")?),
            model: Model::read(&shares, &table("redact/given.tsv")?, &table("redact/foreign.tsv")?),
            contexts: Contexts::new(shelf.load(CONTEXTS)?)?,
            places: Words::new(&shelf.load::<Vec<String>>("redact/place-names.yml")?),
            parts: Words::new(&shelf.load::<Vec<String>>("redact/ethnic-names.yml")?),
        })
    }

    /// The names in a text, in order. `raw` is what the fold was made of; `anchors` are places of names that
    /// are known already: they are not found again, but lists go on from them.
    pub(super) fn find(&self, raw: &str, fold: &Fold<'_>, anchors: &[Range<usize>]) -> Vec<Found> {
        let text = fold.text();
        let mut clauses = Vec::new();
        let anchor = |at: &Range<usize>| Found { at: at.clone(), evidence: ANCHOR };
        let mut found: Vec<Found> = anchors.iter().map(anchor).collect();
        for at in foreign::dotted(raw, fold, &self.model, &self.parts) {
            let context = self.contexts.organization(&text[at.end..]);
            let one = Found { at, evidence: foreign::dotted_evidence() + context };
            if one.evidence > ENOUGH && !found.iter().any(|f| overlaps(f, &one)) {
                found.push(one);
            }
        }
        let mut from = 0;
        while let Some((clause, end)) = clause(text, from) {
            from = end;
            let mut own = Vec::new();
            self.candidates(text, &clause, &mut own);
            if !own.is_empty() {
                self.drop_places(&clause, &mut own);
            }
            own.retain(|one| !found.iter().any(|f| overlaps(f, one)));
            settle(own, &mut found);
            clauses.push(clause);
        }
        for _ in 0..ROUNDS {
            if !self.lists(text, &clauses, &mut found) {
                break;
            }
        }
        found.retain(|f| f.evidence != ANCHOR);
        found.sort_by_key(|f| f.at.start);
        found
    }

    /// Drops what is part of a foreign place's name.
    fn drop_places(&self, clause: &Clause, found: &mut Vec<Found>) {
        let places = self.places.places(&clause.units);
        let of = |at: &Range<usize>| clause.at[at.start]..clause.at[at.end];
        let places: Vec<Range<usize>> = places.iter().map(of).collect();
        found.retain(|f| !places.iter().any(|p| p.start < f.at.end && f.at.start < p.end));
    }

    /// What a name of the record that is also a word stands for at `at`.
    pub(super) fn judge(&self, text: &str, at: &Range<usize>) -> Occurrence {
        let (before, after) = (&text[..at.start], &text[at.end..]);
        let context = self.contexts.before(before)
            + self.contexts.after(after)
            + context::frame(text, at)
            + self.contexts.organization(after);
        let opens = !before.ends_with(is_han);
        let context = context + if opens { OPENS } else { 0 };
        let (units, inside) = around(text, at);
        let own = lexicon::key_of(&text[at.clone()]).and_then(|key| self.lexicon.word(key));
        let cost =
            own.filter(|w| w.class != Class::Name).map_or(KNOWN, |word| word.cost + ALSO_A_WORD);
        match Window::new(&self.lexicon, &units, &inside).evidence(cost - context) {
            i32::MIN..=-1 => Occurrence::Word,
            0..=9 => Occurrence::Doubtful,
            _ => Occurrence::Person,
        }
    }

    /// Whether the name is also a word, or so short that two words may make it.
    pub(super) fn is_ambiguous(&self, name: &str) -> bool {
        name.chars().count() <= 2
            || lexicon::key_of(name)
                .and_then(|key| self.lexicon.word(key))
                .is_some_and(|word| word.class != Class::Name)
    }

    /// Whether the person is said to have reported the case: such a name never stays, not even where an
    /// officer bears the same.
    pub(super) fn is_reported(&self, text: &str, at: &Range<usize>) -> bool {
        self.contexts.is_reported(&text[..at.start])
    }

    /// Whether the person is said to act for the organ: `执法人员…`.
    pub(super) fn is_official(&self, text: &str, at: &Range<usize>) -> bool {
        self.contexts.is_official(&text[..at.start])
    }

    fn candidates(&self, text: &str, clause: &Clause, found: &mut Vec<Found>) {
        let n = if is_document_number(text, clause) {
            clause.units.len().saturating_sub(DOCUMENT)
        } else {
            clause.units.len()
        };
        let mut candidates = Vec::new();
        for i in 0..n {
            candidates.clear();
            self.native(clause, i, &mut candidates);
            foreign::transliterated(&self.model, clause, i, &mut candidates);
            foreign::of_parts(&self.parts, clause, i, &mut candidates);
            for candidate in &candidates {
                self.weigh(text, clause, candidate, 0, found);
            }
        }
    }

    /// Surnames with given names that may begin at `i`.
    fn native(&self, clause: &Clause, i: usize, out: &mut Vec<Candidate>) {
        let is_amount = |unit: Option<&u16>| unit.is_some_and(|u| AMOUNT.contains(u));
        if is_amount(clause.units.get(i + 1))
            || is_amount(clause.units.get(i + 2))
            || is_amount(i.checked_sub(1).map(|b| &clause.units[b]))
        {
            return;
        }
        for surname in 1..=2 {
            let Some(cost) = self.model.surname_of(&clause.units[i..], surname) else { continue };
            for given in 1..=2 {
                let end = i + surname + given;
                if end > clause.units.len() {
                    break;
                }
                if let [HOME, last] = clause.units[i + surname..end]
                    && HAMLETS.contains(&last)
                {
                    continue;
                }
                if let Some(more) = self.model.given(&clause.units[i + surname..end]) {
                    out.push(Candidate { at: i..end, cost: cost + more });
                }
            }
        }
    }

    fn weigh(
        &self,
        text: &str,
        clause: &Clause,
        Candidate { at, cost }: &Candidate,
        more: i32,
        found: &mut Vec<Found>,
    ) {
        let (at, cost) = (at.clone(), *cost);
        let Clause { units, at: places } = clause;
        let (start, end) = (places[at.start], places[at.end]);
        let (before, after) =
            (self.contexts.before(&text[..start]), self.contexts.after(&text[end..]));
        if after <= PLACE && before < ROLE || self.contexts.is_role(&units[at.clone()]) {
            return;
        }
        let frame = self.frame(text, &units[at.clone()], &(start..end));
        let frame = frame - self.dangling(units, &at, after);
        let context = before + after + frame + more;
        let cost = self.in_the_dictionary(&units[at.clone()], cost);
        let alone: i32 = units[at.clone()].iter().map(|u| self.lexicon.single(*u)).sum();
        if alone - cost + context <= ENOUGH {
            return;
        }
        let evidence = Window::new(&self.lexicon, units, &at).evidence(cost - context)
            + self.contexts.organization(&text[end..]);
        if evidence > ENOUGH {
            found.push(Found { at: start..end, evidence });
        }
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
        let tail = after <= 25
            && at.len() == 2
            && at.end + 1 == units.len()
            && !AFTER_NAMES.contains(&units[at.end]);
        DANGLING * (i32::from(head) + i32::from(tail))
    }

    /// What a name costs that stands in the dictionary: as a name, or as a word, which it then must outdo
    /// the more, the less its characters look like a name's.
    fn in_the_dictionary(&self, units: &[u16], cost: i32) -> i32 {
        let entry = || self.lexicon.word(lexicon::key(units));
        let Some(word) = (2..=3).contains(&units.len()).then(entry).flatten() else { return cost };
        let odd =
            || self.model.given(&units[1..]).map_or(ODD, |given| (given - USUAL).clamp(0, ODD));
        match word.class {
            Class::Name => cost.min(DICTIONARY_NAME),
            Class::FollowsRoles => word.cost + FUNCTION_WORD + odd() / 2,
            Class::Proper => word.cost + PROPER_NAME,
            Class::Other => word.cost + NOUN + odd(),
        }
    }

    /// Names beside other names; whether there are more than before.
    fn lists(&self, text: &str, clauses: &[Clause], found: &mut Vec<Found>) -> bool {
        let mut more = Vec::new();
        for name in found.iter() {
            if let Some(next) = after_link(text, name.at.end) {
                self.beside(text, clauses, (next, true), found, &mut more);
            }
            if let Some(last) = before_link(text, name.at.start) {
                self.beside(text, clauses, (last, false), found, &mut more);
            }
            self.beside(text, clauses, (name.at.end, true), found, &mut more);
            self.beside(text, clauses, (name.at.start, false), found, &mut more);
        }
        more.retain(|one| !found.iter().any(|other| overlaps(one, other)));
        let before = found.len();
        settle(more, found);
        found.len() > before
    }

    /// Candidates that begin (or end) at a place beside a name.
    fn beside(
        &self,
        text: &str,
        clauses: &[Clause],
        (at, begins): (usize, bool),
        found: &[Found],
        more: &mut Vec<Found>,
    ) {
        let after = clauses.partition_point(|c| c.at[0] <= at);
        let Some(clause) = after.checked_sub(1).map(|i| &clauses[i]) else { return };
        let Ok(i) = clause.at.binary_search(&at) else { return };
        let mut candidates = Vec::new();
        let first = if begins { i } else { i.saturating_sub(LONGEST_LISTED) };
        for start in first..=if begins { i } else { i.saturating_sub(2) } {
            if start < clause.units.len() {
                self.native(clause, start, &mut candidates);
                foreign::transliterated(&self.model, clause, start, &mut candidates);
                foreign::of_parts(&self.parts, clause, start, &mut candidates);
            }
        }
        let fits = |c: &&Candidate| if begins { c.at.start == i } else { c.at.end == i };
        for candidate in candidates.iter().filter(fits) {
            let ends = (clause.at[candidate.at.start], clause.at[candidate.at.end]);
            let next =
                after_link(text, ends.1).is_some_and(|n| found.iter().any(|f| f.at.start == n));
            let last =
                before_link(text, ends.0).is_some_and(|l| found.iter().any(|f| f.at.end == l));
            let touching = i32::from(found.iter().any(|f| f.at.start == ends.1))
                + i32::from(found.iter().any(|f| f.at.end == ends.0));
            let listed =
                LISTED * (i32::from(next) + i32::from(last)) + TOUCHING * touching;
            self.weigh(text, clause, candidate, listed, more);
        }
    }
}

fn overlaps(a: &Found, b: &Found) -> bool {
    a.at.start < b.at.end && b.at.start < a.at.end
}

/// Characters before the year of a document number that belong to it: 渝綦城执罚决字〔2021〕.
const DOCUMENT: usize = 9;

/// Whether a clause ends in the head of a document number.
fn is_document_number(text: &str, clause: &Clause) -> bool {
    let rest = &text.as_bytes()[clause.at[clause.units.len()]..];
    let rest = match rest {
        [b'(' | b'[', rest @ ..] => rest,
        [0xe3, 0x80, 0x94, rest @ ..] => rest,
        _ => return false,
    };
    matches!(rest, [b'1' | b'2', b'0' | b'9', b'0'..=b'9', b'0'..=b'9', close, ..] if *close == b')' || *close == b']' || *close == 0xe3)
}

/// The Han characters around a place, and where the place is among them.
fn around(text: &str, at: &Range<usize>) -> (Vec<u16>, Range<usize>) {
    let han = |c: &char| is_han(*c);
    let mut units: Vec<u16> =
        text[..at.start].chars().rev().take_while(han).take(lexicon::LONGEST).map(unit).collect();
    units.reverse();
    let start = units.len();
    units.extend(text[at.clone()].chars().map(unit));
    let end = units.len();
    units.extend(text[at.end..].chars().take_while(han).take(lexicon::LONGEST).map(unit));
    (units, start..end)
}

/// The next run of Han characters at or after `from`, and where it ends.
fn clause(text: &str, from: usize) -> Option<(Clause, usize)> {
    let start = from + text[from..].char_indices().find(|(_, c)| is_han(*c))?.0;
    let mut clause = Clause { units: Vec::new(), at: Vec::new() };
    let mut end = start;
    for c in text[start..].chars().take_while(|c| is_han(*c)) {
        clause.units.push(unit(c));
        clause.at.push(end);
        end += c.len_utf8();
    }
    clause.at.push(end);
    Some((clause, end))
}

/// Takes the best of candidates that overlap.
fn settle(mut candidates: Vec<Found>, found: &mut Vec<Found>) {
    candidates.sort_by(|a, b| b.evidence.cmp(&a.evidence).then(a.at.start.cmp(&b.at.start)));
    let first = found.len();
    for one in candidates {
        if !found[first..].iter().any(|f| one.at.start < f.at.end && f.at.start < one.at.end) {
            found.push(one);
        }
    }
    found[first..].sort_by_key(|f| f.at.start);
}

const LINKS: [char; 8] = ['、', '和', '与', '及', '跟', '同', '或', '/'];

/// Whether `second` follows `first` in a list.
pub(super) fn are_listed(text: &str, first: &Range<usize>, second: &Range<usize>) -> bool {
    after_link(text, first.end) == Some(second.start)
}

fn after_link(text: &str, end: usize) -> Option<usize> {
    let link = text[end..].chars().next().filter(|c| LINKS.contains(c))?;
    Some(end + link.len_utf8())
}

fn before_link(text: &str, start: usize) -> Option<usize> {
    let link = text[..start].chars().next_back().filter(|c| LINKS.contains(c))?;
    Some(start - link.len_utf8())
}
#[cfg(test)]
mod probe;
