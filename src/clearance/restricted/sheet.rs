//! The sheet: public rows with gaps, and the gaps filled. It is written as CSV and as a workbook, both or neither.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::clearance::record::{Field, Private, RecordKey};
use crate::diag::Failure;
use crate::law::Day;

use super::identity::{Identities, Known, Whose};
use super::{book, cell, file};

/// A column.
pub(crate) struct RestrictedColumn {
    /// Its title.
    pub(crate) title: String,
    /// Its code, a header that intake knows.
    pub(crate) code: String,
    /// Most characters that the systems take.
    pub(crate) length: usize,
    /// Whether the ledger has nothing for it, so that the drops are asked.
    pub(crate) is_gap: bool,
}

/// A row of the public sheet.
pub(crate) struct RestrictedRow {
    /// Which case.
    pub(crate) key: RecordKey,
    /// Whom it is about, as published.
    pub(crate) whose: Whose,
    /// Its public cells, one for each column.
    pub(crate) cells: Vec<String>,
}

/// The public sheet, in its order.
pub(crate) struct RestrictedSheet {
    /// What its files begin with.
    pub(crate) name: String,
    /// Name of the workbook's sheet.
    pub(crate) title: String,
    /// Its columns.
    pub(crate) columns: Vec<RestrictedColumn>,
    /// Its rows.
    pub(crate) rows: Vec<RestrictedRow>,
    /// What stands beside the table in the workbook.
    pub(crate) sentences: Vec<String>,
    /// The day.
    pub(crate) made_on: Day,
    /// How the public sheet writes a cell that a spreadsheet would run.
    pub(crate) disarmed: fn(&str) -> Cow<'_, str>,
}

/// How the filling went. Counts of rows and cells, nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct RestrictedTally {
    /// Rows.
    pub(crate) rows: u64,
    /// Rows with an identity number.
    pub(crate) with_number: u64,
    /// Rows whose record no drop has any more.
    pub(crate) not_found: u64,
    /// Rows whose newest record says something else, or may not be published.
    pub(crate) changed: u64,
    /// Identity numbers left out for their check character.
    pub(crate) wrong_check: u64,
    /// Other cells left out, because they are not what the column is for.
    pub(crate) unfit: u64,
    /// Numbers of documents whose type no drop tells.
    pub(crate) without_type: u64,
}

impl RestrictedTally {
    /// Rows without an identity number.
    pub(crate) fn without_number(self) -> u64 {
        self.rows - self.with_number
    }
}

impl RestrictedSheet {
    /// Names of its files.
    pub(crate) fn files(&self) -> [PathBuf; 2] {
        ["csv", "xlsx"].map(|form| PathBuf::from(format!("{}.restricted.{form}", self.name)))
    }

    /// Fills the gaps. `fields` says for each column which field of a drop it is.
    pub(in crate::clearance) fn filled(
        self,
        fields: &[Option<Field>],
        identities: &Identities,
    ) -> FilledSheet {
        let mut tally = RestrictedTally::default();
        let gaps: Vec<(usize, Field)> = (0..)
            .zip(&self.columns)
            .zip(fields)
            .filter(|((_, column), _)| column.is_gap)
            .filter_map(|((at, _), field)| Some((at, (*field)?)))
            .collect();
        let fill = |row: &RestrictedRow| fill(row, (&self.columns, &gaps), identities, &mut tally);
        let filled = self.rows.iter().map(fill).collect();
        FilledSheet { sheet: self, filled, tally }
    }
}

/// The cells of a row that are filled, by column.
pub(super) struct Filled(Vec<(usize, Private<String>)>);

fn fill(
    row: &RestrictedRow,
    (columns, gaps): (&[RestrictedColumn], &[(usize, Field)]),
    identities: &Identities,
    tally: &mut RestrictedTally,
) -> Filled {
    tally.rows += 1;
    let identity = match identities.of(&row.key, &row.whose) {
        Known::Same(identity) => identity,
        Known::Lost => {
            tally.not_found += 1;
            return Filled(Vec::new());
        }
        Known::Changed => {
            tally.changed += 1;
            return Filled(Vec::new());
        }
    };
    let (mut filled, mut has) = (Vec::new(), Vec::new());
    for (at, field) in gaps {
        match cell::cell(*field, (identity, row.whose.kind), columns[*at].length) {
            cell::Cell::Empty => {}
            cell::Cell::WrongCheck => tally.wrong_check += 1,
            cell::Cell::Unfit => tally.unfit += 1,
            cell::Cell::Fits(text) => {
                filled.push((*at, text));
                has.push(*field);
            }
        }
    }
    let pairs =
        [(Field::IdNumber, Field::IdType), (Field::RepresentativeId, Field::RepresentativeIdType)];
    // A party is asked for one of the two: this counts rows.
    for (_, kind) in pairs.into_iter().filter(|(number, _)| has.contains(number)) {
        tally.with_number += 1;
        tally.without_type += u64::from(!has.contains(&kind));
    }
    Filled(filled)
}

/// The sheet with its gaps filled: raw, and therefore closed.
pub(crate) struct FilledSheet {
    sheet: RestrictedSheet,
    filled: Vec<Filled>,
    tally: RestrictedTally,
}

impl FilledSheet {
    /// Writes both files into a folder that its owner alone can read, each for its owner alone.
    ///
    /// # Errors
    /// The folder is open to others, or a file cannot be written; then neither is.
    pub(crate) fn write(&self, folder: &Path) -> Result<RestrictedTally, Failure> {
        let [csv, xlsx] = self.sheet.files();
        let failed = || Failure::Internal("the restricted sheet cannot be written".into());
        let table = Private::new(self.csv().ok_or_else(failed)?);
        let (made_on, title) = (self.sheet.made_on, self.sheet.title.as_str());
        let book = book::workbook(made_on, title, self.lines(), &self.sheet.sentences);
        file::put(folder, &[(csv, table), (xlsx, book.ok_or_else(failed)?)])?;
        Ok(self.tally)
    }

    /// Header and rows, a filled cell in place of its gap.
    fn lines(&self) -> impl Iterator<Item = Vec<(&str, bool)>> {
        let head = self.sheet.columns.iter().map(|column| (column.title.as_str(), false)).collect();
        let rows = self.sheet.rows.iter().zip(&self.filled);
        std::iter::once(head).chain(rows.map(|(row, filled)| line(row, filled)))
    }

    fn csv(&self) -> Option<Vec<u8>> {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .quote_style(csv::QuoteStyle::Always)
            .from_writer("\u{feff}".as_bytes().to_vec());
        for line in self.lines() {
            // A filled cell begins with a letter or a digit: no spreadsheet runs it.
            let cells = line.iter().map(|(cell, is_filled)| match is_filled {
                true => Cow::Borrowed(*cell),
                false => (self.sheet.disarmed)(cell),
            });
            for cell in cells {
                writer.write_field(cell.as_bytes()).ok()?;
            }
            writer.write_record(None::<&[u8]>).ok()?;
        }
        writer.into_inner().ok()
    }
}

/// The cells of a row, and whether each was filled.
fn line<'s>(row: &'s RestrictedRow, filled: &'s Filled) -> Vec<(&'s str, bool)> {
    let mut cells: Vec<(&str, bool)> = row.cells.iter().map(|c| (c.as_str(), false)).collect();
    for (at, text) in &filled.0 {
        if let Some(cell) = cells.get_mut(*at) {
            *cell = (text.look().as_str(), true);
        }
    }
    cells
}
