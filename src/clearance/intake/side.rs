//! Tables that lie beside the cases and have columns of their own: the same care as for cases, rows as
//! plain cells. What the columns mean is for whoever asks.

use std::path::Path;
use std::sync::Arc;

use crate::clearance::record::Private;
use crate::diag::{Column, Failure, Findings, Note, Place};
use crate::law::Day;

use super::Intake;
use super::columns::fold;
use super::csv_table::CsvTable;
use super::dates;
use super::header::{Layout, MOST_COLUMNS, TOP, TopRow};
use super::hygiene::{clean, is_overlong, is_questioned, look_over};
use super::log::Log;
use super::rows::RawRow;
use super::table::{Body, Laid, Opened, visible_tops};

/// How many known headers make a header row.
const FEWEST: usize = 3;

/// What a file holds.
pub(in crate::clearance) struct SideFile {
    /// Its tables: one, or one a worksheet.
    pub(in crate::clearance) tables: Vec<SideTable>,
    /// What was found.
    pub(in crate::clearance) findings: Findings,
    /// Whether something of it could not be read.
    pub(in crate::clearance) refused: bool,
}

/// A table with a header.
pub(in crate::clearance) struct SideTable {
    /// Headers by [`as_header`].
    pub(in crate::clearance) header: Vec<String>,
    /// The header's row.
    pub(in crate::clearance) place: Place,
    /// Rows below it that have a cell with something in it.
    pub(in crate::clearance) rows: Vec<SideRow>,
}

/// A row.
pub(in crate::clearance) struct SideRow {
    /// Where it stands.
    pub(in crate::clearance) place: Place,
    /// Its cells, as many as headers, clean and trimmed.
    pub(in crate::clearance) cells: Vec<Private<String>>,
}

/// A header in one form, whatever its width, blanks and brackets.
pub(in crate::clearance) fn as_header(header: &str) -> String {
    fold(header)
}

/// A day in any form that exports write.
pub(in crate::clearance) fn day(text: &str) -> Option<Day> {
    dates::read(text).ok()
}

impl Intake {
    /// Reads every table of a file; `is_known` says whether a header, by [`as_header`], is one of it.
    ///
    /// # Errors
    /// A classification mark.
    pub(in crate::clearance) fn side(
        &self,
        path: &Path,
        shown: &Arc<str>,
        is_known: &dyn Fn(&str) -> bool,
    ) -> Result<SideFile, Failure> {
        let count = |row: &TopRow| row.cells.iter().filter(|c| is_known(&fold(c))).count();
        let known = |top: &[TopRow]| top.iter().map(count).max().unwrap_or(0);
        let (mut body, mut log) = Opened::by(path, shown, &self.columns, &known)?.into_parts();
        let tops = match &body {
            Body::Nothing => Vec::new(),
            Body::Csv(table) => vec![(0, table.top())],
            Body::Yaml(_) => {
                log.refuse("unsupported-file", Note::new("不是表格", "it is no table"));
                Vec::new()
            }
            Body::Book(book) => visible_tops(book),
        };
        let mut tables = Vec::new();
        for (sheet, top) in tops {
            log.enter_sheet(body.sheet_name(sheet));
            let best = top.iter().max_by_key(|row| (count(row), std::cmp::Reverse(row.row)));
            let Some(header) = best.filter(|row| count(row) >= FEWEST) else {
                let note =
                    Note::new("前 {} 行中找不到表头", "no header in the first {} rows").with(TOP);
                log.refuse_at("unknown-columns", top.first().map_or(1, |r| r.row), Some(note));
                continue;
            };
            if let Some(table) = self.side_table(&mut body, sheet, header, &mut log)? {
                tables.push(table);
            }
        }
        Ok(SideFile { tables, refused: log.refused, findings: log.findings })
    }

    fn side_table(
        &self,
        body: &mut Body,
        sheet: usize,
        header: &TopRow,
        log: &mut Log,
    ) -> Result<Option<SideTable>, Failure> {
        if header.cells.len() > MOST_COLUMNS {
            let note = Note::new("列数超过 {}", "more than {} columns").with(MOST_COLUMNS);
            log.refuse_at("unknown-columns", header.row, Some(note));
            return Ok(None);
        }
        let mut layout = Layout::of_any(header);
        layout.narrowest =
            header.cells.iter().rposition(|c| !c.trim().is_empty()).map_or(0, |i| i + 1);
        if let Body::Csv(table) = &*body
            && !is_sound(table, &mut layout, log)
        {
            return Ok(None);
        }
        let is_strict = body.is_strict();
        let place = log.row(header.row);
        let laid = Laid { sheet, layout };
        let mut rows = Vec::new();
        body.each_row(&laid, &self.columns, log, &mut |raw, log| {
            rows.extend(row(raw, &laid.layout, is_strict, log));
            Ok(())
        })?;
        Ok(Some(SideTable { header: header.cells.iter().map(|c| fold(c)).collect(), place, rows }))
    }
}

/// Whether the rows of a delimited text can be told apart.
fn is_sound(table: &CsvTable, layout: &mut Layout, log: &mut Log) -> bool {
    layout.may_be_wider = !table.has_fitting_row(layout);
    table.check(layout, &|cells| cells.iter().all(|c| c.trim().is_empty()), log)
}

/// A row that says something and is not the header again; faults refuse the file.
fn row(raw: &RawRow<'_>, layout: &Layout, is_strict: bool, log: &mut Log) -> Option<SideRow> {
    let is_blank = raw.cells.iter().all(|c| c.trim().is_empty());
    let is_header = raw.cells.iter().map(|c| c.trim()).eq(layout.header.iter().map(String::as_str));
    if is_blank || is_header || raw.row <= layout.row {
        return None;
    }
    let columns = layout.header.len();
    let mut beyond = raw.cells.iter().skip(columns);
    if is_strict && layout.is_ragged(raw.cells.len()) || beyond.any(|c| !c.trim().is_empty()) {
        let note = Note::new("表头 {} 列，本行 {} 列", "{} columns in the header, {} in this row");
        log.refuse_at("ragged-row", raw.row, Some(note.with(columns).with(raw.cells.len())));
        return None;
    }
    let mut cells = Vec::with_capacity(columns);
    for (index, _) in layout.header.iter().enumerate() {
        let text = raw.cells.get(index).copied().unwrap_or_default();
        let dirt = look_over(text);
        let fault = if dirt.lost || is_questioned(text) {
            Some("undecodable-file")
        } else if dirt.nul || dirt.control {
            Some("control-character")
        } else {
            is_overlong(text).then_some("overlong-cell")
        };
        if let Some(check) = fault {
            log.refused = true;
            let number = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
            log.note_column(check, raw.row, Column::Foreign(number));
        }
        cells.push(Private::new(clean(text, dirt).trim().to_owned()));
    }
    Some(SideRow { place: log.row(raw.row), cells })
}
