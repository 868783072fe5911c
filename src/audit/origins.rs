//! Names the content file and line behind a fault of its page: a clerk mends the file, not the page.
//! Shows nothing of either.

use std::collections::BTreeMap;

use crate::clearance::Reading;
use crate::diag::{Finding, Place};
use crate::site::Origin;

use super::explained::Explained;
use super::patterns;

/// Content files by the path of their page.
pub(super) struct Origins<'o>(BTreeMap<String, &'o Origin>);

impl<'o> Origins<'o> {
    /// The content of a site.
    pub(super) fn new(all: impl Iterator<Item = (String, &'o Origin)>) -> Self {
        Self(all.collect())
    }

    /// The file behind the page at `path`.
    pub(super) fn of(&self, path: &str) -> Option<&'o Origin> {
        self.0.get(path).copied()
    }

    /// The same findings with file and line in place of the page, where the page has a file.
    pub(super) fn name(&self, path: &str, found: &mut [Finding], explained: &Explained) {
        let Some(origin) = self.of(path) else { return };
        let lines = private_lines(&origin.text, explained);
        let mut lines = lines.iter().copied().chain(std::iter::repeat(
            // A number that markup parts over several lines: the text begins with its front matter.
            lines.last().copied().unwrap_or(1),
        ));
        for finding in found {
            finding.place = line(origin, lines.next().unwrap_or(1));
        }
    }
}

/// A line of a content file.
pub(super) fn line(origin: &Origin, row: u32) -> Place {
    Place::Cell { file: origin.file.clone(), sheet: None, row, column: None }
}

/// Lines, from 1, in which a personal number can be read, without the marks of Markdown.
fn private_lines(text: &str, explained: &Explained) -> Vec<u32> {
    let is_private = |line: &str| {
        let bare: String =
            line.chars().filter(|c| !matches!(c, '*' | '_' | '`' | '~' | '\\')).collect();
        let reading = Reading::html(bare.as_bytes());
        !patterns::personal_numbers(reading.folded(), explained).is_empty()
    };
    (1..).zip(text.lines()).filter(|(_, line)| is_private(line)).map(|(row, _)| row).collect()
}
