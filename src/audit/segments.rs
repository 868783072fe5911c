//! Cuts a page that speaks of several records into the parts that speak of one.

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::{memchr, memmem, memrchr};

use crate::clearance::Watch;
use crate::site::Page;
use crate::vocab::CaseId;

use super::tags::PageKind;

/// A part of a page and what must not stand in it.
pub(super) struct Segment<'a> {
    pub(super) bytes: Range<usize>,
    pub(super) watch: Option<&'a Watch>,
}

const MARK: &[u8] = b"data-case=";
/// Length of a case's id.
const ID: usize = 8;

/// The parts of a page: in HTML from each element with `data-case` to the next, otherwise from each
/// line with an id to the next.
pub(super) fn segments<'a>(page: &Page, watches: &'a BTreeMap<CaseId, Watch>) -> Vec<Segment<'a>> {
    let starts = match PageKind::of(&page.path) {
        PageKind::Html => marked(&page.body),
        PageKind::Xml | PageKind::Other => lines(&page.body, watches),
    };
    let mut parts = Vec::with_capacity(starts.len() + 1);
    let (mut from, mut id) = (0, None);
    for (start, next) in starts.into_iter().chain([(page.body.len(), None)]) {
        if start > from {
            let watch = id.and_then(|id| watches.get(&id));
            parts.push(Segment { bytes: from..start, watch });
        }
        (from, id) = (start, next);
    }
    parts
}

fn marked(body: &[u8]) -> Vec<(usize, Option<CaseId>)> {
    memmem::find_iter(body, MARK)
        .map(|at| {
            let start = memrchr(b'<', &body[..at]).unwrap_or(at);
            let value = &body[at + MARK.len()..];
            let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
            (start, id_of(value.get(..ID).unwrap_or_default()))
        })
        .collect()
}

fn lines(body: &[u8], watches: &BTreeMap<CaseId, Watch>) -> Vec<(usize, Option<CaseId>)> {
    let mut starts = Vec::new();
    let mut from = 0;
    while from < body.len() {
        let end = memchr(b'\n', &body[from..]).map_or(body.len(), |n| from + n + 1);
        let known = words(&body[from..end]).find(|id| watches.contains_key(id));
        starts.extend(known.map(|id| (from, Some(id))));
        from = end;
    }
    starts
}

/// Words of a line that could be a case's id.
fn words(line: &[u8]) -> impl Iterator<Item = CaseId> {
    line.split(|b| !b.is_ascii_alphanumeric()).filter(|w| w.len() == ID).filter_map(id_of)
}

fn id_of(word: &[u8]) -> Option<CaseId> {
    std::str::from_utf8(word).ok().and_then(CaseId::parse)
}
