//! Recordings of enforcement: no file of the site is one, no page points to one or tells where one is kept (domain A14).

use memchr::{memchr_iter, memrchr2};

use crate::clearance::Watch;
use crate::diag::{Finding, Note};
use crate::site::Page;

use super::tags::PageKind;
use super::{at, leaks};

/// A recording, or a pointer to one.
const CHECK: &str = "recording-in-site";

/// Endings of files that are recordings.
pub(super) struct Recordings<'o> {
    endings: Vec<String>,
    longest: usize,
    stores: &'o [Watch],
}

impl<'o> Recordings<'o> {
    /// These endings, without the dot, and where recordings are kept.
    pub(super) fn new(endings: &[String], stores: &'o [Watch]) -> Self {
        let endings: Vec<String> = endings.iter().map(|e| e.to_ascii_lowercase()).collect();
        let longest = endings.iter().map(String::len).max().unwrap_or_default();
        Self { endings, longest, stores }
    }

    /// Reads a page and its path.
    pub(super) fn look(&self, page: &Page, found: &mut Vec<Finding>) {
        let ending = page.path.rsplit_once('.').map_or("", |(_, ending)| ending);
        if self.has(ending.as_bytes()) {
            let note = Note::new("是音像文件", "it is a recording");
            found.push(Finding::new(CHECK, at(&page.path, 0)).noted(note));
        }
        if matches!(PageKind::of(&page.path), PageKind::Html | PageKind::Xml) {
            for offset in self.pointers(&page.body) {
                let note = Note::new("引用音像文件", "it points to a recording");
                found.push(Finding::new(CHECK, at(&page.path, offset)).noted(note));
            }
        }
        self.look_for_stores(page, found);
    }

    /// Reads a page for the places where recordings are kept; a run without records reads nothing twice.
    fn look_for_stores(&self, page: &Page, found: &mut Vec<Finding>) {
        if self.stores.iter().all(Watch::is_empty) {
            return;
        }
        let reading = leaks::read(page, &page.body);
        for hit in self.stores.iter().flat_map(|watch| watch.hits(&reading)) {
            let note = Note::new("写出了音像记录的存储位置", "it tells where a recording is kept");
            found.push(Finding::new(CHECK, at(&page.path, hit.offset)).noted(note));
        }
    }

    fn has(&self, ending: &[u8]) -> bool {
        self.endings.iter().any(|known| ending.eq_ignore_ascii_case(known.as_bytes()))
    }

    /// Where a value inside a tag ends as a recording does: `src="a.mp4"`, `href=a.mp3?x`.
    fn pointers<'p>(&'p self, body: &'p [u8]) -> impl Iterator<Item = usize> + 'p {
        memchr_iter(b'.', body).filter(move |dot| {
            let rest = &body[dot + 1..];
            let rest = &rest[..rest.len().min(self.longest + 1)];
            let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            let closes = rest.get(length).is_some_and(|b| {
                matches!(b, b'"' | b'\'' | b'?' | b'#' | b'&' | b'>') || b.is_ascii_whitespace()
            });
            let is_inside = |dot: usize| {
                memrchr2(b'<', b'>', &body[..dot]).is_some_and(|edge| body[edge] == b'<')
            };
            closes && self.has(&rest[..length]) && is_inside(*dot)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_values_of_tags() {
        let endings = ["mp4".to_owned(), "ts".to_owned(), "m2ts".to_owned()];
        let recordings = Recordings::new(&endings, &[]);
        let count = |body: &str| recordings.pointers(body.as_bytes()).count();
        for found in [
            "<a href=\"/a/b.mp4\">x</a>",
            "<video src='b.MP4?t=1'>",
            "<source src=b.m2ts>",
            "<a class=\"x\" href=b.ts title=\"y\">",
        ] {
            assert_eq!(count(found), 1, "{found}");
        }
        for plain in [
            "<p>执法记录仪存为 a.mp4 格式 \"b.ts\"</p>",
            "<a href=\"a.mp4.html\">",
            ".",
            "<a href=\"x.m",
        ] {
            assert_eq!(count(plain), 0, "{plain}");
        }
    }
}
