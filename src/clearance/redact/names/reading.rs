//! One text on its way through the recognizer: candidates are weighed, the best are taken, lists go on.

use std::ops::Range;

use super::clauses::Clause;
use super::weigh::Around;
use super::{ANCHOR, ENOUGH, Found, Names, foreign};
use crate::clearance::fold::Fold;

/// Characters that may be a name, and what such a name costs.
pub(super) struct Candidate {
    /// Which characters of the clause.
    pub(super) at: Range<usize>,
    /// What they cost as a name.
    pub(super) cost: i32,
}

/// What a name beside another in a list is worth, and one that touches another.
const LISTED: i32 = 100;
const TOUCHING: i32 = 45;
/// Longest name that is looked for before another.
const LONGEST_LISTED: usize = 8;
/// Most rounds in which lists grow.
const ROUNDS: usize = 6;

const COVERED: u8 = 1;
const STARTS: u8 = 2;
const ENDS: u8 = 4;

/// The reading of one text.
pub(super) struct Reading<'r> {
    names: &'r Names,
    text: &'r str,
    /// What is known of each byte.
    marks: Vec<u8>,
    found: Vec<Found>,
}

impl<'r> Reading<'r> {
    /// Begins with names that are known already.
    pub(super) fn new(names: &'r Names, text: &'r str, anchors: &[Range<usize>]) -> Self {
        let marks = vec![0; text.len() + 1];
        let mut reading = Self { names, text, marks, found: Vec::new() };
        for at in anchors {
            reading.take(Found { at: at.clone(), evidence: ANCHOR });
        }
        reading
    }

    /// Takes a name unless something of it is taken.
    fn take(&mut self, one: Found) -> bool {
        let Found { at, .. } = &one;
        if self.marks[at.clone()].iter().any(|m| m & COVERED != 0) {
            return false;
        }
        self.marks[at.clone()].iter_mut().for_each(|m| *m |= COVERED);
        self.marks[at.start] |= STARTS;
        self.marks[at.end] |= ENDS;
        self.found.push(one);
        true
    }

    /// Takes the best of candidates that overlap.
    fn settle(&mut self, candidates: &mut Vec<Found>) {
        candidates.sort_by(|a, b| b.evidence.cmp(&a.evidence).then(a.at.start.cmp(&b.at.start)));
        for one in candidates.drain(..) {
            self.take(one);
        }
    }

    /// Names with dots.
    pub(super) fn dotted(&mut self, raw: &str, fold: &Fold<'_>) {
        for at in foreign::dotted(raw, fold, &self.names.model, &self.names.parts) {
            let context = self.names.contexts.organization(&self.text[at.end..]);
            let evidence = foreign::dotted_evidence() + context;
            if evidence > ENOUGH {
                self.take(Found { at, evidence });
            }
        }
    }

    /// Names in runs of Han characters.
    pub(super) fn clauses(&mut self) {
        let (mut clause, mut around) = (Clause::default(), Around::default());
        let (mut candidates, mut own) = (Vec::new(), Vec::new());
        let mut from = 0;
        while clause.next(self.text, from) {
            from = clause.end();
            around.begin(clause.units.len());
            for i in 0..clause.length(self.text) {
                candidates.clear();
                self.names.candidates(&clause, i, &mut candidates);
                for candidate in &candidates {
                    let weighed = self.names.weigh(self.text, &clause, candidate, (0, &mut around));
                    own.extend(weighed);
                }
            }
            if !own.is_empty() {
                self.names.drop_places(&clause, &mut own);
                self.settle(&mut own);
            }
        }
    }

    /// Names beside other names, as long as there are more.
    pub(super) fn lists(&mut self) {
        let mut first = 0;
        for _ in 0..ROUNDS {
            let last = self.found.len();
            if first == last {
                break;
            }
            let mut more = Vec::new();
            for i in first..last {
                let Range { start, end } = self.found[i].at.clone();
                let after = after_link(self.text, end);
                let before = before_link(self.text, start);
                for (at, begins) in
                    [(after, true), (before, false), (Some(end), true), (Some(start), false)]
                {
                    if let Some(at) = at {
                        self.beside((at, begins), &mut more);
                    }
                }
            }
            self.settle(&mut more);
            first = last;
        }
    }

    /// Candidates that begin (or end) at a place beside a name.
    fn beside(&self, (at, begins): (usize, bool), more: &mut Vec<Found>) {
        if at > self.text.len() || self.marks[at] & if begins { STARTS } else { ENDS } != 0 {
            return;
        }
        let clause = Clause::around(self.text, at);
        let Ok(i) = clause.at.binary_search(&at) else { return };
        let mut candidates = Vec::new();
        let first = if begins { i } else { i.saturating_sub(LONGEST_LISTED) };
        for start in first..=if begins { i } else { i.saturating_sub(2) } {
            if start < clause.units.len() {
                self.names.candidates(&clause, start, &mut candidates);
            }
        }
        let mut around = Around::default();
        around.begin(clause.units.len());
        candidates.retain(|c| if begins { c.at.start == i } else { c.at.end == i });
        for candidate in &candidates {
            let listed = self.listed(&clause.bytes(&candidate.at));
            more.extend(self.names.weigh(self.text, &clause, candidate, (listed, &mut around)));
        }
    }

    /// What neighbors in a list are worth to a candidate.
    fn listed(&self, at: &Range<usize>) -> i32 {
        let is = |place: Option<usize>, mark: u8| {
            i32::from(place.is_some_and(|at| self.marks[at] & mark != 0))
        };
        LISTED
            * (is(after_link(self.text, at.end), STARTS)
                + is(before_link(self.text, at.start), ENDS))
            + TOUCHING * (is(Some(at.end), STARTS) + is(Some(at.start), ENDS))
    }

    /// What was found, in order, without what was known.
    pub(super) fn finish(mut self) -> Vec<Found> {
        self.found.retain(|f| f.evidence != ANCHOR);
        self.found.sort_by_key(|f| f.at.start);
        self.found
    }
}

const LINKS: [char; 8] = ['、', '和', '与', '及', '跟', '同', '或', '/'];

/// Whether `second` follows `first` in a list.
pub(in crate::clearance::redact) fn are_listed(
    text: &str,
    first: &Range<usize>,
    second: &Range<usize>,
) -> bool {
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
