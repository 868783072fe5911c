//! A finding: which check, where, and in what shape. Never what the cell holds.

use std::fmt;
use std::sync::Arc;

use super::{Note, Shape};

/// How much a finding weighs. The order is from light to heavy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    /// Worth knowing; nothing to do today.
    Notice,
    /// The record is published, but something about it should be mended.
    Warning,
    /// The record, or the drop, is not published as it stands.
    Error,
}

/// A calendar day as a report carries it. The law room makes it of its own days and compares by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OnDay {
    /// Year.
    pub(crate) year: i32,
    /// Month, from 1.
    pub(crate) month: u32,
    /// Day of the month, from 1.
    pub(crate) day: u32,
}

impl fmt::Display for OnDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// One observation of one check at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The check's id, a row of `data/law/checks.yml`. Title, remedy and clause come from there.
    pub(crate) check: &'static str,
    /// Where it is.
    pub(crate) place: Place,
    /// What the offending cell looks like, drawn without its content.
    pub(crate) shape: Option<Shape>,
    /// What is particular to this finding, in words that cannot carry a raw value.
    pub(crate) note: Option<Note>,
    /// The day by whose law it is judged; the day of the run where none is known.
    pub(crate) on: Option<OnDay>,
}

impl Finding {
    /// A finding of `check` at `place`, with neither shape, note nor day.
    pub(crate) fn new(check: &'static str, place: Place) -> Self {
        Self { check, place, shape: None, note: None, on: None }
    }

    /// The same finding with the shape of the offending cell.
    pub(crate) fn shaped(mut self, raw: &str) -> Self {
        self.shape = Some(Shape::of(raw));
        self
    }

    /// The same finding with a note.
    pub(crate) fn noted(mut self, note: Note) -> Self {
        self.note = Some(note);
        self
    }
}

/// Where a finding is. The order sorts a report: file, sheet, row, column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// A whole file of a drop or of the site root.
    File {
        /// Name as shown: see [`super::shown_file_name`].
        file: Arc<str>,
    },
    /// A cell or row of a table, or a line of a text file.
    Cell {
        /// Name as shown.
        file: Arc<str>,
        /// Worksheet, for a workbook with more than one.
        sheet: Option<Arc<str>>,
        /// Row as the spreadsheet counts it, or physical line, from 1.
        row: u32,
        /// Column, where one is to blame.
        column: Option<Column>,
    },
    /// A place in a built page.
    Page {
        /// Path below the site's root.
        path: String,
        /// Byte offset in the page.
        offset: usize,
    },
}

impl Place {
    /// The file's row as a place without a column.
    pub(crate) fn row(file: &Arc<str>, sheet: Option<&Arc<str>>, row: u32) -> Self {
        Self::Cell { file: Arc::clone(file), sheet: sheet.cloned(), row, column: None }
    }

    /// The same row, with the column to blame.
    pub(crate) fn at(&self, column: Column) -> Self {
        match self {
            Self::Cell { file, sheet, row, .. } => Self::Cell {
                file: Arc::clone(file),
                sheet: sheet.clone(),
                row: *row,
                column: Some(column),
            },
            other => other.clone(),
        }
    }
}

/// A column of a table: one of ours by its canonical header, or a foreign one by its number.
///
/// A foreign header is never quoted: it may be a row of data that stands where a header should.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    /// Canonical header of a known field, from `data/intake/columns.yml`.
    Known(Arc<str>),
    /// Number of a foreign column, from 1.
    Foreign(u32),
}

/// Findings in the order they were made; [`Findings::sorted`] orders them for a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    /// No findings yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub(crate) fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds all of `other`.
    pub(crate) fn append(&mut self, mut other: Findings) {
        self.0.append(&mut other.0);
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them, in order of making.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter()
    }

    /// All of them by place, then by check.
    pub(crate) fn sorted(&self) -> Vec<&Finding> {
        let mut all: Vec<&Finding> = self.0.iter().collect();
        all.sort_by(|a, b| (&a.place, a.check).cmp(&(&b.place, b.check)));
        all
    }
}

impl From<Vec<Finding>> for Findings {
    fn from(found: Vec<Finding>) -> Self {
        Self(found)
    }
}

impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, more: I) {
        self.0.extend(more);
    }
}
