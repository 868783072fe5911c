//! What is noted about one file while it is read. It takes places and safe words, never a cell.

use std::sync::Arc;

use crate::diag::{Column, Finding, Findings, Note, Place};

/// How many findings of one check a structure fault leaves; more say nothing new.
pub(super) const MOST_LINES: usize = 20;

/// The findings of one file, and whether the file is to be refused.
pub(super) struct Log {
    file: Arc<str>,
    sheet: Option<Arc<str>>,
    /// What was found so far.
    pub(super) findings: Findings,
    /// Whether a fault of the whole file was found.
    pub(super) refused: bool,
}

impl Log {
    /// A clean log for the file shown as `file`.
    pub(super) fn new(file: Arc<str>) -> Self {
        Self { file, sheet: None, findings: Findings::new(), refused: false }
    }

    /// Says which worksheet is being read; `None` where the workbook has but one.
    pub(super) fn enter_sheet(&mut self, sheet: Option<Arc<str>>) {
        self.sheet = sheet;
    }

    /// A row of the file as a place.
    pub(super) fn row(&self, row: u32) -> Place {
        Place::row(&self.file, self.sheet.as_ref(), row)
    }

    /// Notes something about a row.
    pub(super) fn note_row(&mut self, check: &'static str, row: u32, note: Option<Note>) {
        let place = self.row(row);
        self.push(check, place, note);
    }

    /// Notes something about a column, at the row where it shows.
    pub(super) fn note_column(&mut self, check: &'static str, row: u32, column: Column) {
        let place = self.row(row).at(column);
        self.push(check, place, None);
    }

    /// Notes something about the file as a whole.
    pub(super) fn note_file(&mut self, check: &'static str, note: Note) {
        let place = Place::File { file: Arc::clone(&self.file) };
        self.push(check, place, Some(note));
    }

    /// Refuses the file for a fault at `row`.
    pub(super) fn refuse_at(&mut self, check: &'static str, row: u32, note: Option<Note>) {
        self.refused = true;
        self.note_row(check, row, note);
    }

    /// Refuses the file as a whole.
    pub(super) fn refuse(&mut self, check: &'static str, note: Note) {
        self.refused = true;
        self.note_file(check, note);
    }

    fn push(&mut self, check: &'static str, place: Place, note: Option<Note>) {
        let mut finding = Finding::new(check, place);
        finding.note = note;
        self.findings.push(finding);
    }
}
