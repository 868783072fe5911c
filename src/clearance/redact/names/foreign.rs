//! Names of other forms than surname and given name: transliterated, of several parts with dots, or made
//! of the parts that names of ethnic minorities have. Also the places that are written with the same
//! characters.

use std::ops::Range;

use super::clauses::Clause;
use super::lexicon::{self, unit};
use super::model::Model;
use super::reading::Candidate;
use crate::clearance::fold::{Fold, is_han};

/// Longest transliterated name in one piece.
const LONGEST: usize = 8;
/// Longest part of a name with dots.
const LONGEST_PART: usize = 9;
/// Most parts of a name of an ethnic minority.
const MOST_PARTS: usize = 4;
/// What a name made of known parts costs, and what each part adds.
const OF_PARTS: i32 = 62;
const PART: i32 = 26;
/// What speaks for a name with a dot in it.
const DOTTED: i32 = 90;

/// Dots between the parts of a name.
const DOTS: [char; 10] = ['·', '•', '‧', '∙', '⋅', '・', '･', '．', '.', '丶'];

/// Words by their first character, longest first.
pub(super) struct Words {
    /// Number of the list for each character, from 1; 0 where no word begins with it.
    first: Box<[u16]>,
    lists: Vec<Vec<Vec<u16>>>,
}

impl Words {
    /// Takes a list.
    pub(super) fn new(list: &[String]) -> Self {
        let mut words =
            Self { first: vec![0; lexicon::BLOCK].into_boxed_slice(), lists: Vec::new() };
        for word in list {
            let units: Vec<u16> = word.chars().map(unit).collect();
            let Some(slot) = units.first().and_then(|first| lexicon::slot(*first)) else {
                continue;
            };
            if words.first[slot] == 0 {
                words.lists.push(Vec::new());
                words.first[slot] = u16::try_from(words.lists.len()).unwrap_or(0);
            }
            let list = usize::from(words.first[slot]).saturating_sub(1);
            words.lists[list].push(units);
        }
        for list in &mut words.lists {
            list.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        }
        words
    }

    /// Words that begin with the same character as `units`.
    fn like(&self, units: &[u16]) -> &[Vec<u16>] {
        let slot = units.first().and_then(|first| lexicon::slot(*first));
        let list = slot.map_or(0, |slot| usize::from(self.first[slot]));
        list.checked_sub(1).map_or(&[], |list| &self.lists[list])
    }

    /// The length of the longest word that `units` begin with.
    fn length(&self, units: &[u16]) -> Option<usize> {
        self.like(units).iter().find(|word| units.starts_with(word)).map(Vec::len)
    }

    /// Where words of the list stand in a clause.
    pub(super) fn places(&self, units: &[u16]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut i = 0;
        while i < units.len() {
            match self.length(&units[i..]) {
                Some(length) => {
                    found.push(i..i + length);
                    i += length;
                }
                None => i += 1,
            }
        }
        found
    }
}

/// Transliterated names that may begin at `i`.
pub(super) fn transliterated(model: &Model, clause: &Clause, i: usize, out: &mut Vec<Candidate>) {
    let mut cost = Model::foreign_base();
    for (n, unit) in clause.units[i..].iter().take(LONGEST).enumerate() {
        let Some(more) = model.foreign(*unit) else { break };
        cost += more + 2;
        if n >= 1 {
            out.push(Candidate { at: i..i + n + 1, cost });
        }
    }
}

/// Names of known parts that may begin at `i`.
pub(super) fn of_parts(parts: &Words, clause: &Clause, i: usize, out: &mut Vec<Candidate>) {
    let (mut end, mut cost) = (i, OF_PARTS);
    for _ in 0..MOST_PARTS {
        let Some(length) = parts.length(&clause.units[end..]) else { break };
        end += length;
        cost += PART;
        out.push(Candidate { at: i..end, cost });
    }
}

/// Names with dots, as bytes of the folded text: the fold closes the dots, the original shows them.
pub(super) fn dotted(
    raw: &str,
    fold: &Fold<'_>,
    model: &Model,
    parts: &Words,
) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, dot) in raw.match_indices(DOTS) {
        let before = raw[..at].chars().rev().find(|c| !is_gap(*c));
        let after = raw[at + dot.len()..].chars().find(|c| !is_gap(*c));
        if !before.is_some_and(is_han) || !after.is_some_and(is_han) {
            continue;
        }
        let middle = fold.target(at + dot.len());
        let text = fold.text();
        let start = middle - left(&text[..middle], model, parts);
        let end = middle + right(&text[middle..], model, parts);
        if start == middle || end == middle {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end >= start && last.end <= end => last.end = end,
            _ => found.push(start..end),
        }
    }
    found
}

/// What speaks for a name with dots.
pub(super) const fn dotted_evidence() -> i32 {
    DOTTED
}

fn is_gap(c: char) -> bool {
    super::super::super::fold::is_dropped(c) || matches!(c, ' ' | '\u{3000}' | '\u{a0}')
}

/// Bytes of the part before a dot.
fn left(text: &str, model: &Model, parts: &Words) -> usize {
    let han: Vec<char> = text.chars().rev().take(LONGEST_PART).take_while(|c| is_han(*c)).collect();
    let units: Vec<u16> = han.iter().rev().map(|c| unit(*c)).collect();
    let n = units.len();
    let of_parts = (0..n).find(|i| covers(parts, &units[*i..]));
    let foreign = units.iter().rev().take_while(|u| model.is_of_a_part(**u)).count();
    let taken = of_parts.map_or(0, |i| n - i).max(foreign);
    han.iter().take(taken).map(|c| c.len_utf8()).sum()
}

/// Bytes of the part after a dot.
fn right(text: &str, model: &Model, parts: &Words) -> usize {
    let han: Vec<char> = text.chars().take(LONGEST_PART).take_while(|c| is_han(*c)).collect();
    let units: Vec<u16> = han.iter().map(|c| unit(*c)).collect();
    let of_parts = (1..=units.len()).rev().find(|n| covers(parts, &units[..*n]));
    let foreign = units.iter().take_while(|u| model.is_of_a_part(**u)).count();
    let taken = match of_parts {
        Some(n) => n,
        None => foreign,
    };
    han.iter().take(taken).map(|c| c.len_utf8()).sum()
}

/// Whether known parts make up all of it.
fn covers(parts: &Words, units: &[u16]) -> bool {
    if units.is_empty() {
        return true;
    }
    (1..=units.len())
        .any(|n| parts.like(units).iter().any(|w| w == &units[..n]) && covers(parts, &units[n..]))
}
