//! The redaction engine as a filter: records of any columns in, the same records redacted out.
//!
//! It streams: a batch of records is redacted on all cores, written in order of input and forgotten.
//! What it says of a record is a status, columns and checks; never a value.

mod line;

use std::io::{BufRead, Write};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::{Failure, Place};
use crate::law::{Day, Law};
use crate::vocab::PartyKind;

use super::intake::Headings;
use super::record::{CaseFile, Field, Read, TableKind};
use super::redact::{Cell, Redactor};
use super::rules::Rules;
use super::vet;
use line::{Answer, Record};

/// How many rows of a table are redacted together.
const ROWS: usize = 256;
/// How many bytes of input are redacted together.
const BATCH: usize = 1 << 20;

/// What a run of the filter did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Records that may be published.
    pub(crate) published: usize,
    /// Records that must not appear.
    pub(crate) blocked: usize,
    /// Records that a person must look at.
    pub(crate) review: usize,
    /// Lines that are no record.
    pub(crate) faulty: usize,
}

/// What may become of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Published,
    Blocked,
    Review,
}

/// The filter, set up.
pub(crate) struct Filter<'a> {
    law: &'a Law,
    headings: Headings,
    redactor: Redactor,
    today: Day,
}

impl<'a> Filter<'a> {
    /// Loads headers and rules.
    ///
    /// # Errors
    /// A broken rule file.
    pub(crate) fn new(rules: &Rules<'a>) -> Result<Self, Failure> {
        Ok(Self {
            law: rules.law,
            headings: Headings::load(rules.shelf)?,
            redactor: Redactor::new(rules)?,
            today: rules.today.day(),
        })
    }

    /// Redacts JSON lines.
    ///
    /// # Errors
    /// Input that cannot be read, or output that cannot be written.
    pub(crate) fn lines(
        &self,
        input: &mut dyn BufRead,
        out: &mut dyn Write,
    ) -> Result<Tally, Failure> {
        let mut tally = Tally::default();
        let mut lines: Vec<Vec<u8>> = Vec::new();
        loop {
            let more = read_batch(input, &mut lines)?;
            let done: Vec<(Option<Status>, Vec<u8>)> =
                lines.par_iter().map(|line| self.line(line)).collect();
            for (status, line) in done {
                tally.count(status);
                out.write_all(&line).map_err(write_failed)?;
            }
            if !more {
                return out.flush().map_err(write_failed).map(|()| tally);
            }
        }
    }

    /// Redacts the rows of a table (CSV, Excel, YAML).
    ///
    /// # Errors
    /// A file that cannot be read, a classification mark, or output that cannot be written.
    pub(crate) fn table(&self, path: &Path, out: &mut dyn Write) -> Result<Tally, Failure> {
        let mut tally = Tally::default();
        let mut rows: Vec<Record> = Vec::new();
        let mut flush = |rows: &mut Vec<Record>| -> Result<(), Failure> {
            let done: Vec<Answer> = rows.par_iter().map(|record| self.judge(record)).collect();
            for (answer, record) in done.iter().zip(rows.iter()) {
                tally.count(Some(answer.status));
                out.write_all(&answer.line(record)).map_err(write_failed)?;
            }
            rows.clear();
            Ok(())
        };
        let whole = self.headings.rows(path, &mut |number, fields| {
            rows.push(Record::row(number, fields));
            if rows.len() < ROWS { Ok(()) } else { flush(&mut rows) }
        })?;
        flush(&mut rows)?;
        out.flush().map_err(write_failed)?;
        tally.faulty += usize::from(!whole);
        Ok(tally)
    }

    /// One line of input to one line of output; `None` where it is no record.
    fn line(&self, line: &[u8]) -> (Option<Status>, Vec<u8>) {
        let Some(record) = Record::read(line) else {
            return (None, line::unreadable());
        };
        let answer = self.judge(&record);
        (Some(answer.status), answer.line(&record))
    }

    fn judge(&self, record: &Record) -> Answer {
        let (file, kind, cells) = self.case_file(record);
        let mut secrecy = (false, Vec::new());
        for (slot, (_, text)) in record.fields.iter().enumerate() {
            let (marked, doubtful) = super::intake::looks_classified(text);
            secrecy.0 |= marked;
            if doubtful {
                secrecy.1.push((slot, "suspected-secrecy-word"));
            }
        }
        if secrecy.0 {
            return Answer::blocked("secrecy-mark");
        }
        if self.is_minor(&file, &cells) {
            return Answer::blocked("minor-party");
        }
        let freed = self.redactor.free(&file, kind, &cells);
        let mut reasons = secrecy.1;
        reasons.extend(freed.doubts);
        Answer::of(freed.texts, reasons)
    }

    /// Whether the party was a minor, by its columns, else by what any of the texts says.
    fn is_minor(&self, file: &CaseFile, cells: &[Cell<'_>]) -> bool {
        let adult = self.law.limits.adult_age.value;
        let texts = cells.iter().map(|cell| cell.text);
        vet::is_younger_than(adult, file, self.today)
            .unwrap_or_else(|| vet::said_minor(adult, file, self.today, texts).is_some())
    }

    /// The record as a case file, and its cells in order.
    fn case_file<'r>(&self, record: &'r Record) -> (CaseFile, PartyKind, Vec<Cell<'r>>) {
        let fields: Vec<Option<Field>> =
            record.fields.iter().map(|(header, _)| self.headings.field(header)).collect();
        let known = record.fields.iter().zip(&fields);
        let (cells, words) =
            self.headings.read(known.map(|((header, text), _)| (header.as_str(), text.as_str())));
        let mut file = CaseFile {
            table: TableKind::Penalties,
            drop: Arc::from(""),
            place: Place::row(&Arc::from(""), None, 0),
            cells,
            words,
            headers: self.headings.headers(),
        };
        vet::settle_kind(&mut file);
        // What nothing tells is read the careful way.
        let kind = file.words.party_kind.word().copied().unwrap_or(PartyKind::NaturalPerson);
        file.words.party_kind = Read::Word(kind);
        let cells = record.fields.iter().zip(fields);
        (file, kind, cells.map(|((_, text), field)| Cell { field, text }).collect())
    }
}

impl Tally {
    fn count(&mut self, status: Option<Status>) {
        let counter = match status {
            Some(Status::Published) => &mut self.published,
            Some(Status::Blocked) => &mut self.blocked,
            Some(Status::Review) => &mut self.review,
            None => &mut self.faulty,
        };
        *counter += 1;
    }
}

/// Reads the next lines; whether more may follow. Blank lines are passed over.
fn read_batch(input: &mut dyn BufRead, lines: &mut Vec<Vec<u8>>) -> Result<bool, Failure> {
    lines.clear();
    let mut bytes = 0;
    while bytes < BATCH {
        let mut line = Vec::new();
        let read = input.read_until(b'\n', &mut line).map_err(read_failed)?;
        if read == 0 {
            return Ok(false);
        }
        bytes += read;
        if !line.trim_ascii().is_empty() {
            lines.push(line);
        }
    }
    Ok(true)
}

fn read_failed(cause: std::io::Error) -> Failure {
    Failure::Read { path: "<stdin>".into(), cause }
}

fn write_failed(cause: std::io::Error) -> Failure {
    Failure::Write { path: "<stdout>".into(), cause }
}
