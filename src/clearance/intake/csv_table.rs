//! Delimited text as a table. The only hand on `csv`.
//!
//! Structure is judged on physical lines before any row is read; rows come from the parser, and each must
//! have as many cells as the record cut beside it. The parser's own messages are never shown.

use csv::{ReaderBuilder, StringRecord};

use crate::diag::{Failure, Note};

use super::decode::Text;
use super::header::{Layout, TOP, TopRow};
use super::lines::LineFinder;
use super::log::{Log, MOST_LINES};
use super::records::{Record, Records};
use super::rows::RawRow;

const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// A delimited text.
pub(super) struct CsvTable {
    text: Text,
    delimiter: u8,
}

impl CsvTable {
    /// Takes the delimiter that shows most of a header.
    pub(super) fn new(text: Text, headers: &dyn Fn(&[TopRow]) -> usize) -> Self {
        let known = |delimiter| headers(&top_rows(text.as_str(), delimiter));
        let mut best = (DELIMITERS[0], known(DELIMITERS[0]));
        for delimiter in &DELIMITERS[1..] {
            let found = known(*delimiter);
            if found > best.1 {
                best = (*delimiter, found);
            }
        }
        Self { text, delimiter: best.0 }
    }

    /// The whole text.
    pub(super) fn text(&self) -> &str {
        self.text.as_str()
    }

    /// What parts cells.
    pub(super) fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    /// The rows among which the header is.
    pub(super) fn top(&self) -> Vec<TopRow> {
        top_rows(self.text(), self.delimiter)
    }

    /// Physical lines of ascending byte offsets.
    pub(super) fn lines_of(&self, offsets: &[usize]) -> Vec<u32> {
        let mut finder = LineFinder::new(self.text().as_bytes());
        offsets.iter().map(|offset| finder.line_of(*offset)).collect()
    }

    fn records(&self) -> Records<'_> {
        Records::new(self.text(), self.delimiter)
    }

    fn cut(&self, record: &Record) -> Vec<&str> {
        let text = self.text().get(record.start..record.end).unwrap_or_default();
        text.split(self.delimiter()).map(|c| c.trim_matches('"')).collect()
    }

    /// Whether a row has exactly the cells of the header.
    pub(super) fn has_fitting_row(&self, layout: &Layout) -> bool {
        self.records().any(|r| r.line > layout.row && r.cells == layout.columns.len())
    }

    /// Looks for swallowed rows and a cut end, and says whether rows can be told apart.
    ///
    /// `is_no_case` tells a note below the table from a row that was cut.
    pub(super) fn check(
        &self,
        layout: &Layout,
        is_no_case: &dyn Fn(&[&str]) -> bool,
        log: &mut Log,
    ) -> bool {
        let mut swallowed = 0;
        let mut last = None;
        for record in self.records() {
            if is_swallowing(&record, layout) && !is_cut(&record, self.text()) {
                swallowed += 1;
                if swallowed <= MOST_LINES {
                    let note =
                        Note::new("第 {} 行至第 {} 行并成了一行", "lines {} to {} became one row");
                    let note = note.with(record.line).with(record.last_line);
                    log.refuse_at("swallowed-rows", record.line, Some(note));
                }
            }
            if record.line > layout.row {
                last = Some(record);
            }
        }
        if let Some(last) = last {
            let is_short = last.cells < layout.narrowest && last.line == last.last_line;
            if is_cut(&last, self.text()) || (is_short && !is_no_case(&self.cut(&last))) {
                log.refuse_at("truncated-file", last.line, None);
            }
        }
        swallowed == 0
    }

    /// Hands each row below the header to `visit`.
    ///
    /// # Errors
    /// What `visit` returns.
    pub(super) fn each_row(
        &self,
        layout: &Layout,
        log: &mut Log,
        visit: &mut dyn FnMut(&RawRow<'_>, &mut Log) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut parser = parser(self.text(), self.delimiter);
        let mut parsed = StringRecord::new();
        for record in self.records() {
            let is_read = parser.read_record(&mut parsed).unwrap_or(false);
            if !is_read || parsed.len() != record.cells {
                log.refuse_at("swallowed-rows", record.line, None);
                return Ok(());
            }
            if record.line > layout.row {
                let cells: Vec<&str> = parsed.iter().collect();
                visit(&RawRow { row: record.line, last: record.last_line, cells: &cells }, log)?;
            }
        }
        Ok(())
    }
}

fn parser(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 16)
        .from_reader(text.as_bytes())
}

fn top_rows(text: &str, delimiter: u8) -> Vec<TopRow> {
    let mut parser = parser(text, delimiter);
    let mut parsed = StringRecord::new();
    let mut rows = Vec::new();
    for record in Records::new(text, delimiter).take(TOP) {
        // A first row of megabytes is no header; looking at it thrice would only cost time.
        if record.end - record.start > 1 << 18 || !parser.read_record(&mut parsed).unwrap_or(false)
        {
            break;
        }
        let cells = parsed.iter().map(str::to_owned).collect();
        rows.push(TopRow { row: record.line, cells });
    }
    rows
}

/// Whether a quote in this record has eaten line ends or delimiters of others.
fn is_swallowing(record: &Record, layout: &Layout) -> bool {
    if record.unclosed || record.text_after_quote {
        return true;
    }
    let delimiters = layout.narrowest.saturating_sub(1);
    if delimiters >= 2 && record.inner_delimiters * 2 >= delimiters {
        return true;
    }
    let is_ragged = layout.is_ragged(record.cells);
    let is_broken = record.last_line > record.line || record.stray_quote;
    record.line > layout.row && is_ragged && is_broken && record.cells > 1
}

/// Whether the record is the file's end and stops inside a quoted cell on its own line.
fn is_cut(record: &Record, text: &str) -> bool {
    record.unclosed && record.line == record.last_line && record.end == text.len()
}
