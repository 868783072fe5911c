//! Reads a drop: decodes, looks for classification marks, finds headers, cuts rows into fields, reads typed
//! words.
//!
//! It judges form, never content: whether a case may be published is for `vet`. Nothing here prints, and
//! nothing a parser says about raw input leaves this room.

mod amounts;
mod columns;
mod corrections;
mod csv_table;
mod dates;
mod decode;
mod folder;
mod header;
mod headings;
mod hygiene;
mod lines;
mod log;
mod orders;
mod package;
mod records;
mod rows;
mod secrecy;
mod sheet;
mod side;
mod source;
mod table;
mod words;
mod workbook;

use std::path::Path;
use std::sync::Arc;

use crate::diag::{Failure, Findings, Note};
use crate::law::Shelf;

use super::record::{CaseFile, Field, TableKind};
use columns::Columns;
use log::Log;
use rows::{Outcome, RawRow, RowReader};
use table::{Opened, Ready};

pub(crate) use corrections::CorrectionNote;
pub(in crate::clearance) use corrections::{Corrected, Corrections, OVERTAKEN};
pub(crate) use folder::{DropFolder, find_drops, in_order};
pub(in crate::clearance) use headings::Headings;
pub(in crate::clearance) use orders::OrderRow;
pub(in crate::clearance) use side::{SideFile, SideRow, SideTable, as_header, day};

/// The room, set up: the dictionary of headers is loaded.
pub(in crate::clearance) struct Intake {
    columns: Columns,
}

/// What reading a drop leaves behind besides its case files.
#[derive(Default)]
pub(in crate::clearance) struct IntakeReport {
    /// Everything that was found, file by file.
    pub(in crate::clearance) findings: Findings,
    /// Whether a fault of a whole file was found: the drop is to be refused.
    pub(in crate::clearance) refused: bool,
    /// Rows that speak of a case, the held ones included.
    pub(in crate::clearance) rows: usize,
    /// Rows that speak of a case and could not be read; each has a finding, none went to the sink.
    pub(in crate::clearance) held_rows: usize,
    /// Orders to take cases down.
    pub(in crate::clearance) orders: Vec<OrderRow>,
    /// Orders that could not be read; each has a finding.
    pub(in crate::clearance) faulty_orders: usize,
}

/// Whether a text that comes by another way than a drop bears a classification mark.
pub(crate) fn bears_classification_mark(text: &str) -> bool {
    secrecy::scan(text, None).marked
}

/// Whether a text bears a classification mark, and whether something in it resembles one.
pub(in crate::clearance) fn looks_classified(text: &str) -> (bool, bool) {
    let found = secrecy::scan(text, None);
    (found.marked, !found.doubtful.is_empty())
}

impl Intake {
    /// Loads the dictionary of headers.
    ///
    /// # Errors
    /// A broken rule file.
    pub(in crate::clearance) fn new(shelf: &Shelf) -> Result<Self, Failure> {
        Ok(Self { columns: Columns::load(shelf)? })
    }

    /// The field that a header means.
    pub(in crate::clearance) fn field_of(&self, header: &str) -> Option<Field> {
        match self.columns.entry(header) {
            columns::Entry::Known(meaning, _) => Some(meaning.field),
            columns::Entry::Ignored | columns::Entry::Foreign => None,
        }
    }

    /// Reads the corrections of all drops.
    ///
    /// # Errors
    /// A classification mark, or a file that cannot be read.
    pub(in crate::clearance) fn corrections(
        &self,
        drops: &[DropFolder],
        findings: &mut Findings,
    ) -> Result<Corrections, Failure> {
        Corrections::read(drops, &self.columns, findings)
    }

    /// Applies corrections to a row.
    pub(in crate::clearance) fn correct(
        &self,
        file: &mut CaseFile,
        corrections: &Corrections,
    ) -> Corrected {
        corrections.apply(file, &self.columns)
    }

    /// Reads a drop and hands each case file to `sink`, in the order of files and rows.
    ///
    /// All files are decoded and searched for classification marks before anything is reported, and the
    /// structure of all is judged before any row is read. Faults of one file leave the others alone.
    ///
    /// # Errors
    /// A classification mark, or what `sink` returns.
    pub(in crate::clearance) fn read(
        &self,
        drop: &DropFolder,
        sink: &mut dyn FnMut(CaseFile) -> Result<(), Failure>,
    ) -> Result<IntakeReport, Failure> {
        let mut opened = Vec::new();
        for (number, path) in (1_usize..).zip(&drop.files) {
            opened.push(Opened::new(path, &shown_name(drop, path, number)?, &self.columns)?);
        }
        let ready: Vec<Ready> =
            opened.into_iter().map(|file| Ready::new(file, &self.columns)).collect();
        let mut report = IntakeReport::default();
        note_odd(drop, &mut report)?;
        for file in ready {
            self.deliver(file, drop, &mut report, sink)?;
        }
        Ok(report)
    }

    fn deliver(
        &self,
        file: Ready,
        drop: &DropFolder,
        report: &mut IntakeReport,
        sink: &mut dyn FnMut(CaseFile) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let Ready { mut body, tables, doubtful, mut log } = file;
        for table in &tables {
            let reader = RowReader {
                layout: &table.layout,
                columns: &self.columns,
                drop: Arc::clone(&drop.name),
                is_strict: body.is_strict(),
                doubtful: doubtful.get(&table.sheet).map_or(&[], Vec::as_slice),
            };
            let mut delivery = Delivery { reader, report, sink, taken: 0 };
            log.enter_sheet(body.sheet_name(table.sheet));
            body.each_row(table, &self.columns, &mut log, &mut |raw, log| delivery.take(raw, log))?;
            if delivery.taken == 0 {
                log.refuse_at("empty-table", table.layout.row, None);
            }
        }
        report.refused |= log.refused;
        report.findings.append(log.findings);
        Ok(())
    }
}

/// The way of rows out of one table.
struct Delivery<'a, 's> {
    reader: RowReader<'a>,
    report: &'a mut IntakeReport,
    sink: &'a mut (dyn FnMut(CaseFile) -> Result<(), Failure> + 's),
    taken: usize,
}

impl Delivery<'_, '_> {
    fn take(&mut self, raw: &RawRow<'_>, log: &mut Log) -> Result<(), Failure> {
        let is_order = self.reader.layout.table == TableKind::Orders;
        let outcome = self.reader.read(raw, log);
        self.taken += usize::from(!matches!(outcome, Outcome::NoCase));
        match outcome {
            Outcome::NoCase => {}
            Outcome::Held if is_order => self.report.faulty_orders += 1,
            Outcome::Held => {
                self.report.rows += 1;
                self.report.held_rows += 1;
            }
            Outcome::Case(file) if is_order => match orders::read(file) {
                Ok(order) => self.report.orders.push(order),
                Err(faults) => {
                    self.report.faulty_orders += 1;
                    log.findings.append(faults);
                }
            },
            Outcome::Case(file) => {
                self.report.rows += 1;
                (self.sink)(*file)?;
            }
        }
        Ok(())
    }
}

/// The file's name as shown, with its drop's; a name that bears a classification mark stops the drop
/// unshown.
pub(in crate::clearance) fn shown_name(
    drop: &DropFolder,
    path: &Path,
    number: usize,
) -> Result<Arc<str>, Failure> {
    let name = path.file_name().unwrap_or_default();
    // The ending stands where a mark would have its period.
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    if secrecy::scan(&name.to_string_lossy(), None).marked || secrecy::scan(&stem, None).marked {
        return Err(Failure::SecrecyMark { file: format!("#{number}") });
    }
    let name = folder::shown(name);
    Ok(if drop.is_loose() { name } else { format!("{}/{name}", drop.name).into() })
}

/// Names what lies in the drop and is no regular file.
fn note_odd(drop: &DropFolder, report: &mut IntakeReport) -> Result<(), Failure> {
    for (number, path) in (drop.files.len() + 1..).zip(&drop.odd) {
        let mut log = Log::new(shown_name(drop, path, number)?);
        let note = Note::new(
            "不是普通文件（链接、管道或子文件夹），未打开",
            "not a regular file (a link, a pipe or a folder); it was not opened",
        );
        log.note_file("unsupported-file", note);
        report.refused |= source::is_data_name(path);
        report.findings.append(log.findings);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
