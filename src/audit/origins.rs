//! Names the content file and line behind a dead link of its page: a clerk mends the file, not the page.
//! Shows nothing of either.

use std::collections::BTreeMap;

use crate::diag::Place;
use crate::site::Origin;

/// Content files by the path of their page.
pub(super) struct Origins<'o>(BTreeMap<String, &'o Origin>);

impl<'o> Origins<'o> {
    /// The content of a site.
    pub(super) fn new(all: impl Iterator<Item = (String, &'o Origin)>) -> Self {
        Self(all.collect())
    }

    /// The line of the content file behind the page at `path` on which the first link stands that
    /// `leads` there; `None` where the page has no file or the link is not the file's.
    pub(super) fn line(&self, path: &str, leads: impl Fn(&str) -> bool) -> Option<Place> {
        let origin = self.0.get(path)?;
        let (row, _) = origin.links.iter().find(|(_, href)| leads(href))?;
        Some(Place::row(&origin.file, None, *row))
    }
}
