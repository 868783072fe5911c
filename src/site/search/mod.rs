//! The index behind `/sousuo/`: which pairs of characters stand in which published case, in small files that
//! a script fetches as it needs them. Takes published cases only, by their public text, and knows no other.
//!
//! A volume is an index of its own of at most [`CASES`] cases: entries, postings, and a contents file that
//! says which file holds what. `docs/search.md` describes the files.

mod fold;
mod initial;
mod postings;
mod shelves;

use std::collections::HashMap;

use crate::clearance::{CaseKind, Disclosure};
use crate::diag::Failure;
use crate::ledger::Standing;
use crate::vocab::{BulkPersons, CaseId, PartyKind};

use super::downloads::is_of_a_person;
use super::paths::{slug, year_of};
use super::view::kinds;
use super::{Page, Scope};
use fold::Gram;
use postings::Postings;
use shelves::{Group, Shelves};

pub(super) use shelves::FOLDER;

pub(super) use initial::{Initials, Named, OTHERS};

/// Most cases of one volume: a pair that stands in all of them still fits into one file.
const CASES: u32 = 100_000;
/// Most bytes of postings in one volume, so that its contents fit into one file.
const POSTINGS: usize = 36 << 20;
/// Most letters of facts that an entry shows; the index has all of them.
const FACTS: usize = 4000;
/// Most letters of every other text of an entry.
const WORDS: usize = 400;

/// One case made ready for the index: may be made on any thread.
#[derive(Debug)]
pub(crate) struct Indexed {
    kind: CaseKind,
    year: i32,
    id: CaseId,
    line: Vec<u8>,
    head: Vec<Gram>,
    facts: Vec<Gram>,
    named: Option<(Box<str>, Box<str>)>,
}

impl Indexed {
    /// A published case; `None` for any other, and for one that `bulk` leaves out: the index is a table of all
    /// cases, too, and tells no more of natural persons than the open data do.
    ///
    /// # Errors
    /// Never.
    pub(crate) fn of(bulk: BulkPersons, case: &Standing) -> Result<Option<Self>, Failure> {
        let (Some(id), Some(disclosure)) = (case.id, case.disclosure.as_ref()) else {
            return Ok(None);
        };
        let is_person = is_of_a_person(case);
        let is_reduced = match bulk {
            BulkPersons::Full => false,
            BulkPersons::Reduced => is_person,
            BulkPersons::Omitted if is_person => return Ok(None),
            BulkPersons::Omitted => false,
        };
        let (about, outcome, facts) = match disclosure {
            Disclosure::Penalty(p) => {
                (p.violation().as_str(), kinds(p.kinds()), p.facts().as_str().to_owned())
            }
            Disclosure::Inspection(i) => {
                let plan = i.plan().as_ref().map_or("", |plan| plan.as_str());
                let result = i.result().as_str();
                (i.item().as_str(), result.to_owned(), format!("{plan} {result}"))
            }
        };
        let (party, facts) = match is_reduced {
            true => (PartyKind::NaturalPerson.zh(), String::new()),
            false => (disclosure.party(), facts),
        };
        let number = disclosure.number();
        let head = fold::grams(&[number, party, about]);
        let mut rest = fold::grams(&[&facts]);
        rest.retain(|gram| head.binary_search(gram).is_err());
        let texts = [number, party, about, &outcome].map(|text| clipped(text, WORDS));
        let shown = clipped(&facts, FACTS);
        let is_cut = texts.iter().any(|(_, cut)| *cut) || shown.1;
        let [(number, _), (party, _), (about, _), (outcome, _)] = texts;
        let day = disclosure.day_zero();
        let entry = (id, day, number, party, about, outcome, shown.0, u8::from(is_cut));
        let line = serde_json::to_vec(&entry)
            .map_err(|_| Failure::Internal("an entry of the index does not serialize".into()))?;
        let named = (!is_person).then(|| (party.into(), number.into()));
        let (kind, year) = (case.key.kind, year_of(case));
        Ok(Some(Self { kind, year, id, line, head, facts: rest, named }))
    }
}

/// The cases of one pair of characters: where it stands in number, party or subject, and where it stands
/// in the facts only.
#[derive(Default)]
struct Places {
    head: Postings,
    facts: Postings,
}

/// The index while it is being made.
#[derive(Default)]
pub(crate) struct Index {
    volume: Volume,
    made: Vec<String>,
    initials: Initials,
    cases: u64,
}

/// What the search page says of the index.
pub(crate) struct Searchable {
    /// Contents files of the volumes, older first.
    pub(super) volumes: Vec<String>,
    /// Cases in the index.
    pub(super) cases: u64,
    /// Named parties.
    pub(super) initials: Initials,
}

impl Index {
    /// Takes the next case, in list order; hands out the files that are full.
    ///
    /// # Errors
    /// Never.
    pub(crate) fn add(&mut self, case: Indexed) -> Result<Vec<Page>, Failure> {
        let mut pages = Vec::new();
        if self.volume.is_full() {
            pages = self.close_volume()?;
        }
        self.cases += 1;
        if let Some((party, number)) = case.named.as_ref() {
            self.initials.add(party, number, (case.kind, case.year, case.id));
        }
        pages.extend(self.volume.add(case));
        Ok(pages)
    }

    /// Closes the index: its last files, and what the search page says of it.
    ///
    /// # Errors
    /// Never.
    pub(crate) fn finish(mut self) -> Result<(Vec<Page>, Searchable), Failure> {
        let pages = if self.volume.cases > 0 { self.close_volume()? } else { Vec::new() };
        let Self { made: volumes, cases, initials, .. } = self;
        Ok((pages, Searchable { volumes, cases, initials }))
    }

    fn close_volume(&mut self) -> Result<Vec<Page>, Failure> {
        let next = Volume { number: self.volume.number + 1, ..Volume::default() };
        let (pages, contents) = std::mem::replace(&mut self.volume, next).close()?;
        self.made.push(contents);
        Ok(pages)
    }
}

/// One volume while it is being made.
#[derive(Default)]
struct Volume {
    number: usize,
    cases: u32,
    bytes: usize,
    grams: HashMap<Gram, Places>,
    groups: Vec<Group>,
    entries: Shelves,
}

impl Volume {
    fn is_full(&self) -> bool {
        self.cases >= CASES || self.bytes >= POSTINGS || self.entries.is_full()
    }

    fn add(&mut self, case: Indexed) -> Option<Page> {
        let here = (case.year, slug(case.kind));
        let full = match self.groups.last_mut() {
            Some(group) if group.is(here) => {
                group.cases += 1;
                None
            }
            // Entries of two years never share a file: those of a finished year keep their names.
            _ => {
                self.groups.push(Group::new(here, self.cases));
                self.entries.close(self.number)
            }
        };
        let page = self.entries.add(&case.line, self.number);
        for gram in case.head {
            self.bytes += self.grams.entry(gram).or_default().head.push(self.cases);
        }
        for gram in case.facts {
            self.bytes += self.grams.entry(gram).or_default().facts.push(self.cases);
        }
        self.cases += 1;
        full.or(page)
    }

    /// The files that are left, and the name of the contents file.
    fn close(mut self) -> Result<(Vec<Page>, String), Failure> {
        let mut pages: Vec<Page> = self.entries.close(self.number).into_iter().collect();
        let mut grams: Vec<(Gram, Places)> = self.grams.into_iter().collect();
        grams.sort_by_cached_key(|(gram, _)| gram.units());
        let common =
            shelves::common(grams.iter().map(|(g, p)| (*g, p.head.count() + p.facts.count())));
        let (postings, firsts) = shelves::postings(self.number, &grams)?;
        pages.extend(postings.pages);
        let contents = shelves::Contents {
            cases: self.cases,
            groups: self.groups,
            entries: self.entries.hashes,
            sizes: self.entries.sizes,
            postings: postings.hashes,
            firsts,
            common,
        };
        let page = contents.page(self.number)?;
        let name = page.path.clone();
        pages.push(page);
        Ok((pages, name))
    }
}

/// The beginning of a text, and whether something follows it.
fn clipped(text: &str, most: usize) -> (&str, bool) {
    text.char_indices().nth(most).map_or((text, false), |(at, _)| (&text[..at], true))
}

/// A file of the index.
fn file(path: String, body: Vec<u8>) -> Page {
    Page { path, body, scope: Scope::Cases, append: false }
}
