//! Links between pages: every one must lead to a page that was written (a dead link is a fault in
//! the inspection of government sites, domain 5.3). Keeps hashes and one example each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use crate::diag::{Finding, Findings};

use super::at;
use super::origins::Origins;
use super::tags::Tag;

/// A link leads nowhere.
const DEAD: &str = "dead-link";
/// Most dead links that are reported.
const MOST: usize = 100;

/// A hash that can be continued: `a/b` goes on to `a/b/index.html`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PathHash(u64);

impl PathHash {
    const START: Self = Self(0xcbf2_9ce4_8422_2325);

    fn of(path: &str) -> Self {
        Self::START.and(path.as_bytes())
    }

    /// FNV-1a.
    fn and(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3)))
    }
}

/// All links of the site so far; shared by threads.
pub(super) struct Links {
    /// Path of the site on its host, `/` or `/cgj/`.
    base: String,
    /// Address of the site, where it is known.
    own: Option<String>,
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    written: BTreeSet<PathHash>,
    /// Where each link was first seen: page and offset.
    seen: BTreeMap<PathHash, (Box<str>, usize)>,
}

impl Book {
    fn see(&mut self, target: PathHash, path: &str, offset: usize) {
        match self.seen.get_mut(&target) {
            Some(known) if (&*known.0, known.1) <= (path, offset) => {}
            Some(known) => *known = (path.into(), offset),
            None => {
                self.seen.insert(target, (path.into(), offset));
            }
        }
    }
}

/// The links of one page.
pub(super) struct PageLinks<'a> {
    links: &'a Links,
    path: &'a str,
    folder: &'a str,
    targets: Vec<(PathHash, usize)>,
}

impl Links {
    /// No page yet.
    pub(super) fn new(base_url: Option<&str>) -> Self {
        let after_scheme = base_url.and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
        let base = after_scheme.and_then(|rest| rest.find('/').map(|n| &rest[n..]));
        Self {
            base: base.unwrap_or("/").to_owned(),
            own: base_url.map(str::to_owned),
            book: Mutex::new(Book::default()),
        }
    }

    /// Links of the page at `path`.
    pub(super) fn page<'a>(&'a self, path: &'a str) -> PageLinks<'a> {
        let folder = path.rfind('/').map_or("", |n| &path[..=n]);
        PageLinks { links: self, path, folder, targets: Vec::new() }
    }

    /// A file was written at `path`.
    pub(super) fn wrote(&self, path: &str) {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        book.written.insert(PathHash::of(path));
    }

    /// Keeps the links of a page that is written. One example stays for each target; of several the
    /// first by path, so that the order of threads does not show.
    pub(super) fn keep(&self, page: PageLinks<'_>) {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        book.written.insert(PathHash::of(page.path));
        for (target, offset) in page.targets {
            book.see(target, page.path, offset);
        }
    }

    /// Keeps the links of a frame that stands at `at` of the page at `path`.
    pub(super) fn keep_frame(&self, path: &str, at: usize, targets: &[(PathHash, usize)]) {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        for (target, offset) in targets {
            book.see(*target, path, at + offset);
        }
    }

    /// Links that lead nowhere, by page or, where the page is made of one, by content file and line.
    pub(super) fn dead(&self, origins: &Origins<'_>) -> Findings {
        let book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        let leads = |target: &PathHash| {
            book.written.contains(target) || book.written.contains(&target.and(b"/index.html"))
        };
        let mut dead: Vec<(&(Box<str>, usize), &PathHash)> = book
            .seen
            .iter()
            .filter(|(target, _)| !leads(target))
            .map(|(target, example)| (example, target))
            .collect();
        dead.sort();
        let findings = dead.into_iter().take(MOST).map(|((path, offset), target)| {
            let page = self.page(path);
            let line = origins.line(path, |href| page.resolve(href).as_ref() == Some(target));
            let place = line.unwrap_or_else(|| at(path, *offset));
            Finding::new(DEAD, place)
        });
        Findings::from(findings.collect::<Vec<_>>())
    }
}

impl PageLinks<'_> {
    /// The links so far: where they lead and where they stand.
    pub(super) fn into_targets(self) -> Vec<(PathHash, usize)> {
        self.targets
    }

    /// Takes the links of one tag.
    pub(super) fn see(&mut self, tag: &Tag<'_>) {
        let name = match tag.name {
            b"a" | b"link" | b"area" | b"use" => "href",
            b"img" | b"script" | b"source" | b"iframe" | b"embed" => "src",
            b"form" => "action",
            _ => return,
        };
        if tag.closing {
            return;
        }
        let link = tag.attribute(name).and_then(|v| std::str::from_utf8(v).ok());
        if let Some(target) = link.and_then(|link| self.resolve(link)) {
            self.targets.push((target, tag.start));
        }
    }

    /// The path an internal link leads to; `None` for links that leave the site or stay on the page.
    fn resolve(&self, link: &str) -> Option<PathHash> {
        let link = link.split(['#', '?']).next().unwrap_or_default().trim();
        let inside = self.links.own.as_deref().and_then(|own| link.strip_prefix(own));
        if link.is_empty() || inside.is_none() && (link.starts_with("//") || has_scheme(link)) {
            return None;
        }
        let (folder, rest): (&str, &str) =
            match inside.or_else(|| link.strip_prefix(self.links.base.as_str())) {
                Some(rest) => ("", rest),
                None if link.starts_with('/') => return Some(PathHash::of(link)),
                None => (self.folder, link),
            };
        if let Some(hash) = climbed(folder, rest) {
            return Some(hash);
        }
        let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
        for part in rest.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        let last = rest.rsplit('/').next().unwrap_or_default();
        if matches!(last, "" | "." | "..") {
            parts.push("index.html");
        }
        Some(joined(&parts))
    }
}

/// Where `rest` leads from `folder` when all its steps up stand at its beginning: nearly always.
fn climbed(folder: &str, mut rest: &str) -> Option<PathHash> {
    let mut folder = folder.trim_matches('/');
    while let Some(after) = rest.strip_prefix("../") {
        folder = folder.rsplit_once('/').map_or("", |(up, _)| up);
        rest = after;
    }
    let turns = |text: &str| {
        text.as_bytes().windows(2).any(|pair| pair[0] == b'/' && matches!(pair[1], b'/' | b'.'))
    };
    if rest.starts_with(['.', '/']) || turns(rest) || turns(folder) {
        return None;
    }
    let start = PathHash::of(folder);
    let start = if folder.is_empty() { start } else { start.and(b"/") };
    let hash = start.and(rest.as_bytes());
    Some(if rest.is_empty() || rest.ends_with('/') { hash.and(b"index.html") } else { hash })
}

/// The hash of the parts with `/` between them.
fn joined(parts: &[&str]) -> PathHash {
    let mut hash = PathHash::START;
    for (i, part) in parts.iter().enumerate() {
        hash = if i > 0 { hash.and(b"/") } else { hash }.and(part.as_bytes());
    }
    hash
}

fn has_scheme(link: &str) -> bool {
    let scheme =
        link.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    let length = scheme.count();
    length > 0 && link.as_bytes().get(length) == Some(&b':')
}
