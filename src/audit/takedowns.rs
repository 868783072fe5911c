//! After a takedown neither the case's id nor its decision number may stand anywhere (M6, domain 10.8),
//! except where the law or the machine needs them:
//! - `chexia/…`: the register and the notice `chexia/ID/…`;
//! - any file in a folder named for the case: its dead address `shihou/…/ID/…`;
//! - lists of dead addresses for search engines and servers: `silian.*`, `sitemap-recrawl.xml`,
//!   `server/…`, `_redirects`, `.htaccess`;
//! - the public log `rizhi/…`, whose lines are never taken back, by its id (never by its number);
//! - a `deleted-entry` of a feed, and a row of a download that says the case is gone; not in the search index
//!   nor in the download of a selection, nor in a document for another channel that tells of public cases only;
//! - a sign-off sheet, which says what a build takes down.
//!
//! A case that was removed to protect a person may stand in none of these.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use memchr::{memchr, memmem, memrchr};

use crate::diag::Finding;
use crate::site::{BESIDE_PROSE, Page};
use crate::vocab::CaseId;

use super::tags::PageKind;

use super::at;

/// A case that is gone is still named.
const NAMED: &str = "gone-case-named";
/// Length of an id.
const ID: usize = 8;
/// Where documents stand that tell of public cases only.
pub(crate) const EXPORTS: &str = "exports/";
/// Where sign-off sheets stand: of a case that is down they say what its notice says.
const SIGNOFF: &str = "exports/sanshen/";
/// Closes the year of a decision number.
const YEAR_END: &str = "〕";

/// Ids and numbers of cases that are gone.
pub(super) struct Takedowns {
    ids: BTreeSet<CaseId>,
    /// Numbers with a year in brackets, and whose they are.
    numbers: BTreeMap<Vec<u8>, CaseId>,
    /// Of those: how many bytes stand before 〕, and how many in all.
    shapes: BTreeSet<(usize, usize)>,
    /// Numbers of any other form.
    others: Vec<(String, CaseId)>,
    finder: OnceLock<Option<AhoCorasick>>,
    /// Of the ids, those that no file at all may name.
    vanished: BTreeSet<CaseId>,
}

/// A gone case named in a page: which, from where to where.
type Naming = (CaseId, usize, usize);

impl Takedowns {
    /// Nothing is gone yet.
    pub(super) fn new() -> Self {
        Self {
            ids: BTreeSet::new(),
            numbers: BTreeMap::new(),
            shapes: BTreeSet::new(),
            others: Vec::new(),
            finder: OnceLock::new(),
            vanished: BTreeSet::new(),
        }
    }

    /// A case that must have left.
    pub(super) fn expect_gone(&mut self, id: CaseId, number: &str) {
        self.ids.insert(id);
        if let Some(head) = number.find(YEAR_END) {
            self.shapes.insert((head, number.len()));
            self.numbers.insert(number.as_bytes().to_vec(), id);
        } else if !number.trim().is_empty() {
            self.others.push((number.to_owned(), id));
            self.finder = OnceLock::new();
        }
    }

    /// Of those that must have left: one that no notice may name.
    pub(super) fn vanish(&mut self, id: CaseId) {
        self.vanished.insert(id);
    }

    /// Looks for them in one page.
    pub(super) fn look(&self, page: &Page, found: &mut Vec<Finding>) {
        let is_list = is_list_of_the_gone(&page.path);
        if self.ids.is_empty() || is_list && self.vanished.is_empty() {
            return;
        }
        let mut named: Vec<Naming> = Vec::new();
        if !page.path.starts_with("rizhi/") {
            self.ids_in(&page.body, &mut named);
        }
        self.numbers_in(&page.body, &mut named);
        self.others_in(&page.body, &mut named);
        named.sort_unstable_by_key(|(_, start, _)| *start);
        let wrong = named.into_iter().find(|(id, start, end)| {
            let own_folder = page.path.split('/').any(|folder| folder == id.as_str());
            let excused = is_list
                || own_folder
                || may_hold_tombstones(&page.path) && is_tombstone(&page.body, *start);
            (!excused || self.vanished.contains(id)) && !goes_on(&page.body, *end)
        });
        found.extend(wrong.map(|(_, start, _)| Finding::new(NAMED, at(&page.path, start))));
    }

    /// Ids: of eight letters in a row one stands at every eighth place, so that most of a page need
    /// not be looked at.
    fn ids_in(&self, body: &[u8], named: &mut Vec<Naming>) {
        let mut from = 0;
        let mut probe = ID - 1;
        while let Some(byte) = body.get(probe) {
            if !may_be_in_id(*byte) {
                from = probe + 1;
                probe += ID;
                continue;
            }
            let back = body[from..probe].iter().rev().take_while(|b| may_be_in_id(**b)).count();
            let on = body[probe..].iter().take_while(|b| may_be_in_id(**b)).count();
            let run = probe - back..probe + on;
            for (i, word) in body[run.clone()].windows(ID).enumerate() {
                let id = std::str::from_utf8(word).ok().and_then(CaseId::parse);
                if let Some(id) = id.filter(|id| self.ids.contains(id)) {
                    named.push((id, run.start + i, run.start + i + ID));
                }
            }
            from = run.end;
            probe = run.end + ID - 1;
        }
    }

    fn numbers_in(&self, body: &[u8], named: &mut Vec<Naming>) {
        if self.numbers.is_empty() {
            return;
        }
        for year_end in memmem::find_iter(body, YEAR_END.as_bytes()) {
            for (head, length) in &self.shapes {
                let Some(start) = year_end.checked_sub(*head) else { continue };
                let Some(number) = body.get(start..start + length) else { continue };
                named.extend(self.numbers.get(number).map(|id| (*id, start, start + length)));
            }
        }
    }

    fn others_in(&self, body: &[u8], named: &mut Vec<Naming>) {
        if self.others.is_empty() {
            return;
        }
        let words = || self.others.iter().map(|(word, _)| word);
        match self.finder.get_or_init(|| AhoCorasick::new(words()).ok()) {
            Some(finder) => named.extend(finder.find_overlapping_iter(body).map(|found| {
                (self.others[found.pattern().as_usize()].1, found.start(), found.end())
            })),
            // Too many words for the automaton: each by itself.
            None => {
                for (word, id) in &self.others {
                    let places = memmem::find_iter(body, word.as_bytes());
                    named.extend(places.map(|start| (*id, start, start + word.len())));
                }
            }
        }
    }
}

/// Lower-case letters and digits: what an id may be made of, and a little more.
fn may_be_in_id(byte: u8) -> bool {
    byte.is_ascii_lowercase() && !matches!(byte, b'a' | b'e' | b'i' | b'l' | b'o' | b'u')
        || matches!(byte, b'2'..=b'9')
}

fn is_list_of_the_gone(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    matches!(first, "chexia" | "server")
        || path.starts_with("silian.")
        || path.starts_with(SIGNOFF)
        || matches!(path, "sitemap-recrawl.xml" | "_redirects" | ".htaccess")
}

/// On a page for people nothing excuses: a list row names no case that is gone. Neither do the search index, the
/// downloads of selections, files that lie beside the prose and documents for other channels, whatever they say.
fn may_hold_tombstones(path: &str) -> bool {
    let holds_none = ["sousuo/", "shihou/", BESIDE_PROSE, EXPORTS];
    PageKind::of(path) != PageKind::Html && !holds_none.iter().any(|begin| path.starts_with(begin))
}

/// `第1` is not gone because `第12号` stands: a longer number is another.
fn goes_on(body: &[u8], end: usize) -> bool {
    let last_is_digit = body[..end].last().is_some_and(u8::is_ascii_digit);
    last_is_digit && body.get(end).is_some_and(u8::is_ascii_digit)
}

/// Words of a row that says the case is gone.
const GONE_WORDS: [&[u8]; 5] =
    [b"taken_down", b"expired", b"deleted-entry", "撤下".as_bytes(), "期满".as_bytes()];

/// Whether the line around `at` is a tombstone: of a download, or of a feed.
fn is_tombstone(body: &[u8], at: usize) -> bool {
    let from = memrchr(b'\n', &body[..at]).map_or(0, |n| n + 1);
    let to = memchr(b'\n', &body[at..]).map_or(body.len(), |n| at + n);
    let line = &body[from..to];
    GONE_WORDS.iter().any(|word| memmem::find(line, word).is_some())
}
