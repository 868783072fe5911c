//! Looks for what must not be public: the values of the record a text speaks of, and the forms of
//! personal numbers on every page.

use crate::clearance::{HitKind, Reading, Watch};
use crate::diag::{Finding, Note, Place};
use crate::site::{Page, Scope};

use super::frames::Parted;
use super::segments::segments;
use super::tags::PageKind;
use super::{Auditor, at, patterns};

/// A value of the record stands in the text that speaks of it.
const OWN: &str = "private-value-on-page";
/// Something that has the form of a personal number.
const FORM: &str = "personal-number-on-page";

/// Reads a page and its path.
pub(super) fn look(
    auditor: &Auditor<'_>,
    page: &Page,
    parted: Option<&Parted>,
    found: &mut Vec<Finding>,
) {
    let own = match page.scope {
        Scope::Case(id) => auditor.watches.get(&id),
        Scope::Open | Scope::Cases => None,
    };
    let mut tell = |hits: Vec<(HitKind, usize)>, check| {
        found.extend(
            hits.into_iter().map(|(kind, offset)| finding(check, kind, at(&page.path, offset))),
        );
    };
    match (&page.scope, parted) {
        (Scope::Cases, _) => {
            for segment in segments(page, &auditor.watches) {
                let reading = read(page, &page.body[segment.bytes.clone()]);
                tell(hits(segment.watch, &reading, segment.bytes.start), OWN);
                tell(forms(auditor, &reading, segment.bytes.start), FORM);
            }
        }
        (Scope::Open | Scope::Case(_), None) => {
            let reading = read(page, &page.body);
            tell(hits(own, &reading, 0), OWN);
            tell(forms(auditor, &reading, 0), FORM);
        }
        (Scope::Open | Scope::Case(_), Some(parted)) => {
            let reading = Reading::html_parts(&page.body, &parted.own);
            tell(hits(own, &reading, 0), OWN);
            tell(forms(auditor, &reading, 0), FORM);
            for (frame, start) in parted.frames() {
                tell(hits(own, &frame.reading, start), OWN);
            }
        }
    }
    path(auditor, page, own, found);
}

/// The path is public, too. A finding about it does not repeat it.
fn path(auditor: &Auditor<'_>, page: &Page, own: Option<&Watch>, found: &mut Vec<Finding>) {
    let reading = Reading::text(page.path.as_bytes());
    let all = hits(own, &reading, 0).into_iter().chain(forms(auditor, &reading, 0));
    for (kind, _) in all.collect::<Vec<_>>() {
        found.push(finding(OWN, kind, at("□", 0)));
    }
}

/// Reads bytes of a page by its kind.
pub(super) fn read(page: &Page, bytes: &[u8]) -> Reading {
    match PageKind::of(&page.path) {
        PageKind::Html | PageKind::Xml => Reading::html(bytes),
        PageKind::Other => Reading::text(bytes),
    }
}

fn hits(watch: Option<&Watch>, reading: &Reading, base: usize) -> Vec<(HitKind, usize)> {
    let hits = watch.map(|w| w.hits(reading)).unwrap_or_default();
    hits.into_iter().map(|hit| (hit.kind, base + hit.offset)).collect()
}

fn forms(auditor: &Auditor<'_>, reading: &Reading, base: usize) -> Vec<(HitKind, usize)> {
    let found = patterns::personal_numbers(reading.folded(), &auditor.explained);
    found.into_iter().map(|(kind, folded)| (kind, base + reading.offset(folded))).collect()
}

fn finding(check: &'static str, kind: HitKind, place: Place) -> Finding {
    let note = Note::new("页面中可读出：{}（{}）", "readable on the page: {} ({})");
    Finding::new(check, place).noted(note.with(kind.zh()).with(kind.en()))
}
