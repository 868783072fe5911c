//! Makes case files out of rows: passes over what is no case, holds what cannot be read, cleans cells.

use std::sync::Arc;

use crate::clearance::record::{CaseFile, Cells, Field};
use crate::diag::Note;

use super::columns::{Columns, Meaning};
use super::header::Layout;
use super::hygiene::{Dirt, clean, is_overlong, is_questioned, look_over};
use super::log::Log;
use super::words;

/// One row as its table cut it.
pub(super) struct RawRow<'a> {
    /// Row as the spreadsheet counts it, or the physical line where the record starts.
    pub(super) row: u32,
    /// Physical line where it ends.
    pub(super) last: u32,
    /// Its cells.
    pub(super) cells: &'a [&'a str],
}

/// What became of a row.
pub(super) enum Outcome {
    /// It is no case: blank, a sum, a note, the header again.
    NoCase,
    /// It speaks of a case and cannot be read; findings say why.
    Held,
    /// It is read.
    Case(Box<CaseFile>),
}

/// Reads the rows of one table.
pub(super) struct RowReader<'a> {
    /// Which column is what.
    pub(super) layout: &'a Layout,
    /// The dictionary.
    pub(super) columns: &'a Columns,
    /// The drop's name.
    pub(super) drop: Arc<str>,
    /// Whether a row with more or fewer cells than the header is damaged; a workbook just leaves blanks out.
    pub(super) is_strict: bool,
    /// Rows with a word that resembles a classification mark, ascending.
    pub(super) doubtful: &'a [u32],
}

impl RowReader<'_> {
    /// Reads one row.
    pub(super) fn read(&self, raw: &RawRow<'_>, log: &mut Log) -> Outcome {
        if self.is_no_case(raw.cells) {
            return Outcome::NoCase;
        }
        if self.is_held(raw, log) {
            return Outcome::Held;
        }
        let Some(cells) = self.cells(raw, log) else { return Outcome::Held };
        let words = words::read(&cells, self.layout.units, self.columns);
        Outcome::Case(Box::new(CaseFile {
            table: self.layout.table,
            drop: Arc::clone(&self.drop),
            place: log.row(raw.row),
            cells,
            words,
            headers: self.columns.headers(),
        }))
    }

    /// Whether the row holds no case at all.
    pub(super) fn is_no_case(&self, cells: &[&str]) -> bool {
        let column = self.layout.number_column();
        let bare = |text: &str| text.trim().trim_start_matches('\u{feff}').to_owned();
        let number = column.and_then(|c| cells.get(c)).map(|c| bare(c)).unwrap_or_default();
        let header = column.and_then(|c| self.layout.header.get(c));
        if header.is_some_and(|h| bare(h) == number && !number.is_empty()) {
            return true;
        }
        let notes = &self.columns.rows.notes;
        let is_noted = |text: &str| notes.iter().any(|w| text.starts_with(w.as_str()));
        // A row whose number holds digits is a case, whatever its first cell says; this is the common way.
        if number.len() > 4 && number.bytes().any(|b| b.is_ascii_digit()) && !is_noted(&number) {
            return false;
        }
        let mut written = cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty());
        let Some(first) = written.next() else { return true };
        let first: String = first.chars().filter(|c| !c.is_whitespace()).collect();
        let others = written.count();
        let words = &self.columns.rows;
        let is_total = words.totals.iter().any(|w| first.trim_end_matches(['：', ':']) == w);
        let is_numbers = words.numbering.contains(&first) || is_numbering(cells);
        is_total || is_numbers || (others < 3 && is_noted(&first))
    }

    /// Whether something keeps the row from being read; says what.
    fn is_held(&self, raw: &RawRow<'_>, log: &mut Log) -> bool {
        let mut is_held = false;
        if self.is_strict && self.is_ragged(raw.cells) {
            is_held = true;
            let note =
                Note::new("表头 {} 列，本行 {} 列", "{} columns in the header, {} in this row");
            let note = note.with(self.layout.columns.len()).with(raw.cells.len());
            log.note_row("ragged-row", raw.row, Some(note));
        }
        if self.is_doubtful(raw) {
            is_held = true;
            log.note_row("suspected-secrecy-word", raw.row, None);
        }
        if let Some(index) = raw.cells.iter().position(|c| is_overlong(c)) {
            log.note_column("overlong-cell", raw.row, self.layout.column(index, self.columns));
            return true;
        }
        is_held
    }

    /// Fewer or more cells than the header, or text beyond its last column.
    fn is_ragged(&self, cells: &[&str]) -> bool {
        let mut beyond = cells.iter().skip(self.layout.columns.len());
        self.layout.is_ragged(cells.len()) || beyond.any(|c| !c.trim().is_empty())
    }

    fn is_doubtful(&self, raw: &RawRow<'_>) -> bool {
        let from = self.doubtful.partition_point(|row| *row < raw.row);
        self.doubtful.get(from).is_some_and(|row| *row <= raw.last)
    }

    /// The row's cells, cleaned; `None` after findings name cells that another program has damaged.
    fn cells(&self, raw: &RawRow<'_>, log: &mut Log) -> Option<Cells> {
        let mut cells = Cells::empty();
        let mut is_sound = true;
        for (index, meaning) in self.layout.columns.iter().enumerate() {
            let Some(meaning) = meaning else { continue };
            let text = raw.cells.get(index).copied().unwrap_or_default();
            let mut dirt = look_over(text);
            dirt.lost |= is_questioned(text);
            let check = match dirt {
                Dirt { lost: true, .. } => Some("undecodable-file"),
                Dirt { nul: true, .. } | Dirt { control: true, .. } => Some("control-character"),
                Dirt { .. } => None,
            };
            if let Some(check) = check {
                is_sound &= !dirt.lost && !dirt.nul;
                log.note_column(check, raw.row, self.layout.column(index, self.columns));
            }
            put(&mut cells, meaning.field, meaning.is_second, text, dirt);
        }
        is_sound.then_some(cells)
    }
}

/// Puts a cell that comes from no table.
pub(super) fn put_plain(cells: &mut Cells, meaning: Meaning, text: &str) {
    put(cells, meaning.field, meaning.is_second, text, look_over(text));
}

/// Puts a cell; a further column of a field is added to what the first says.
fn put(cells: &mut Cells, field: Field, is_second: bool, text: &str, dirt: Dirt) {
    let text = clean(text, dirt);
    let joined = match cells.look(field) {
        Some(first) if is_second && !text.trim().is_empty() && first != text.trim() => {
            Some(format!("{first}、{}", text.trim()))
        }
        Some(_) if is_second => return,
        // The second column may stand before the first.
        Some(earlier) if !text.trim().is_empty() && earlier != text.trim() => {
            Some(format!("{}、{earlier}", text.trim()))
        }
        Some(_) => return,
        None => None,
    };
    cells.put(field, joined.unwrap_or_else(|| text.into_owned()));
}

/// A row of column numbers: 1, 2, 3 … or 甲, 乙, 1, 2 …
fn is_numbering(cells: &[&str]) -> bool {
    let written: Vec<&str> = cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
    let numbers: Vec<u32> = written.iter().filter_map(|c| c.parse().ok()).collect();
    let letters = written.iter().filter(|c| matches!(**c, "甲" | "乙" | "丙" | "丁")).count();
    written.len() >= 3
        && numbers.len() + letters == written.len()
        && numbers.windows(2).all(|w| w[1] == w[0].saturating_add(1))
        && numbers.len() >= 2
}
