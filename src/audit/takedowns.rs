//! After a takedown neither the case's id nor its decision number may stand anywhere (M6, domain 10.8),
//! except where the law or the machine needs them:
//! - `chexia/…`: the register and the notice `chexia/ID/…`;
//! - any file in a folder named for the case: its dead address `shihou/…/ID/…`;
//! - lists of dead addresses for search engines and servers: `silian.*`, `sitemap-recrawl.xml`,
//!   `server/…`, `_redirects`, `.htaccess`;
//! - a `deleted-entry` of a feed, and a row of a download that says the case is gone.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use memchr::{memchr, memrchr};

use crate::diag::Finding;
use crate::site::Page;
use crate::vocab::CaseId;

use super::at;

/// A case that is gone is still named.
const NAMED: &str = "gone-case-named";
/// Below this many bytes of words the fast automaton is small enough.
const FAST_BELOW: usize = 32 * 1024;

/// Ids and numbers of cases that are gone, and the automaton that finds them all in one walk.
pub(super) struct Takedowns {
    ids: Vec<CaseId>,
    words: Vec<String>,
    finder: OnceLock<Option<AhoCorasick>>,
}

impl Takedowns {
    /// Nothing is gone yet.
    pub(super) fn new() -> Self {
        Self { ids: Vec::new(), words: Vec::new(), finder: OnceLock::new() }
    }

    /// A case that must have left; its words stand at `2 * index` and after.
    pub(super) fn expect_gone(&mut self, id: CaseId, number: &str) {
        self.ids.push(id);
        self.words.push(id.to_string());
        // An empty word would be found everywhere: the id stands twice then.
        let number = if number.trim().is_empty() { id.to_string() } else { number.to_owned() };
        self.words.push(number);
        self.finder = OnceLock::new();
    }

    /// Looks for them in one page and in its path.
    pub(super) fn look(&self, page: &Page, found: &mut Vec<Finding>) {
        if self.words.is_empty() || is_list_of_the_gone(&page.path) {
            return;
        }
        let folders: Vec<&str> = page.path.split('/').collect();
        for (word, start, end) in self.places(&page.body) {
            let id = &self.ids[word / 2];
            let own_folder = folders.contains(&id.as_str());
            if !own_folder && !goes_on(&page.body, end) && !is_tombstone(&page.body, start) {
                found.push(Finding::new(NAMED, at(&page.path, start)));
                return;
            }
        }
    }

    fn places(&self, body: &[u8]) -> Vec<(usize, usize, usize)> {
        match self.finder.get_or_init(|| build(&self.words)) {
            Some(finder) => finder
                .find_overlapping_iter(body)
                .map(|m| (m.pattern().as_usize(), m.start(), m.end()))
                .collect(),
            None => slowly(&self.words, body),
        }
    }
}

fn build(words: &[String]) -> Option<AhoCorasick> {
    let size: usize = words.iter().map(String::len).sum();
    let kind = (size < FAST_BELOW).then_some(AhoCorasickKind::DFA);
    AhoCorasick::builder().kind(kind).build(words).ok()
}

/// Without the automaton (too many words for it) each word is looked for by itself.
fn slowly(words: &[String], body: &[u8]) -> Vec<(usize, usize, usize)> {
    let all = words.iter().enumerate().flat_map(|(i, word)| {
        memchr::memmem::find_iter(body, word.as_bytes()).map(move |s| (i, s, s + word.len()))
    });
    all.collect()
}

fn is_list_of_the_gone(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    matches!(first, "chexia" | "server")
        || path.starts_with("silian.")
        || matches!(path, "sitemap-recrawl.xml" | "_redirects" | ".htaccess")
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
    GONE_WORDS.iter().any(|word| memchr::memmem::find(line, word).is_some()) && !is_page(body)
}

/// On a page for people nothing excuses: a list row names no case that is gone.
fn is_page(body: &[u8]) -> bool {
    body.get(..9).is_some_and(|b| b.eq_ignore_ascii_case(b"<!doctype"))
}
