//! What people need who do not see a page: a language, a heading, words for pictures (domain 5.4).
//! These are reported after the last page; they stop nothing.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::diag::{Finding, Place};

use super::at;
use super::tags::Tag;

/// A picture has no words.
const NO_WORDS: &str = "missing-alternative-text";
/// A page does not say its language.
const NO_LANGUAGE: &str = "missing-language";
/// A page has no main heading.
const NO_HEADING: &str = "missing-heading";
/// Most findings of each check that are kept: a fault of a template is on every page.
const MOST: usize = 20;

/// What was found so far; shared by threads.
pub(super) struct Access(Mutex<BTreeSet<(&'static str, Place)>>);

/// What has been seen of one page.
pub(super) struct PageAccess {
    language: bool,
    /// Whether the element around everything was seen: `html`, or the first one of a fragment.
    begun: bool,
    heading: bool,
    pictures: Vec<usize>,
    /// A drawing whose words may still come as `<title>`.
    drawing: Option<usize>,
}

impl Access {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self(Mutex::new(BTreeSet::new()))
    }

    /// Keeps what a page lacks: of each check the first pages by path.
    pub(super) fn keep(&self, page: PageAccess, path: &str) {
        let mut lacks: Vec<(&'static str, usize)> = Vec::new();
        lacks.extend((!page.language).then_some((NO_LANGUAGE, 0)));
        lacks.extend((!page.heading).then_some((NO_HEADING, 0)));
        lacks.extend(page.pictures.into_iter().chain(page.drawing).map(|o| (NO_WORDS, o)));
        if lacks.is_empty() {
            return;
        }
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (check, offset) in lacks {
            all.insert((check, at(path, offset)));
            let of_check = all.iter().filter(|(c, _)| *c == check).count();
            if of_check > MOST {
                let last = all.iter().rev().find(|(c, _)| *c == check).cloned();
                last.iter().for_each(|l| {
                    all.remove(l);
                });
            }
        }
    }

    /// All findings in order.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().map(|(check, place)| Finding::new(check, place.clone())).collect()
    }
}

impl PageAccess {
    /// Nothing seen yet.
    pub(super) fn new() -> Self {
        Self { language: false, begun: false, heading: false, pictures: Vec::new(), drawing: None }
    }

    /// Adds what a frame has that holds no picture.
    pub(super) fn add(&mut self, frame: &Self) {
        self.language |= frame.language;
    }

    /// Takes one tag.
    pub(super) fn see(&mut self, tag: &Tag<'_>) {
        // A theme for a portal writes fragments: there the first element stands for the page.
        if !self.begun && !tag.closing {
            self.begun = true;
            self.language |= tag.attribute("lang").is_some_and(|l| !l.is_empty());
        }
        match tag.name {
            b"h1" => self.heading = true,
            b"img" if tag.attribute("alt").is_none() => self.pictures.push(tag.start),
            b"title" if !tag.closing => self.drawing = None,
            b"svg" => {
                self.pictures.extend(self.drawing.take());
                let named = ["aria-label", "aria-labelledby", "aria-hidden"];
                let has_words = named.iter().any(|n| tag.attribute(n).is_some());
                self.drawing = (!tag.closing && !has_words).then_some(tag.start);
            }
            _ => {}
        }
    }
}
