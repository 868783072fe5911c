//! The dictionary of headers for records that come without a table: what each column means, and the
//! typed words of a record.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, RwLock};

use crate::clearance::record::{Cells, Field, Headers, Words};
use crate::diag::Failure;
use crate::law::Shelf;

use super::columns::{Columns, Entry};
use super::header::Units;
use super::table::Opened;
use super::{folder, rows, words};

/// The dictionary.
pub(in crate::clearance) struct Headings {
    columns: Columns,
    /// Headers that were met: records of one sender have the same ones.
    met: RwLock<HashMap<String, Entry>>,
}

/// Most headers that are remembered.
const MOST: usize = 4096;

impl Headings {
    /// Loads the dictionary.
    ///
    /// # Errors
    /// A broken rule file.
    pub(in crate::clearance) fn load(shelf: &Shelf) -> Result<Self, Failure> {
        let columns = Columns::load(shelf)?;
        Ok(Self { columns, met: RwLock::new(HashMap::new()) })
    }

    fn entry(&self, header: &str) -> Entry {
        if let Ok(met) = self.met.read()
            && let Some(entry) = met.get(header)
        {
            return *entry;
        }
        let entry = self.columns.entry(header);
        if let Ok(mut met) = self.met.write()
            && met.len() < MOST
        {
            met.insert(header.to_owned(), entry);
        }
        entry
    }

    /// The field that a header means.
    pub(in crate::clearance) fn field(&self, header: &str) -> Option<Field> {
        match self.entry(header) {
            Entry::Known(meaning, _) => Some(meaning.field),
            Entry::Ignored | Entry::Foreign => None,
        }
    }

    /// Canonical headers, for places.
    pub(in crate::clearance) fn headers(&self) -> Arc<Headers> {
        self.columns.headers()
    }

    /// Hands each row of a table to `visit`: its number and its cells by header, in order. Returns whether
    /// the file could be read to its end.
    ///
    /// # Errors
    /// A classification mark, or what `visit` returns.
    pub(in crate::clearance) fn rows(
        &self,
        path: &Path,
        visit: &mut dyn FnMut(u32, Vec<(String, String)>) -> Result<(), Failure>,
    ) -> Result<bool, Failure> {
        let shown = folder::shown(path.file_name().unwrap_or_default());
        let opened = Opened::new(path, &shown, &self.columns)?;
        let (mut body, tables, mut log) = opened.of_any_columns(&self.columns);
        for table in &tables {
            let header = &table.layout.header;
            body.each_row(table, &self.columns, &mut log, &mut |raw, _| {
                if raw.row <= table.layout.row && raw.cells.iter().map(|c| c.trim()).eq(header) {
                    return Ok(());
                }
                let cells = raw.cells.iter().map(|cell| (*cell).to_owned());
                let names = (1_usize..).map(|n| match header.get(n - 1) {
                    Some(name) if !name.is_empty() => name.clone(),
                    _ => format!("#{n}"),
                });
                visit(raw.row, names.zip(cells).collect())
            })?;
        }
        Ok(!log.refused && !tables.is_empty())
    }

    /// Cells and words of a record of headers and texts.
    pub(in crate::clearance) fn read<'r>(
        &self,
        record: impl Iterator<Item = (&'r str, &'r str)>,
    ) -> (Cells, Words) {
        let mut cells = Cells::empty();
        for (header, text) in record {
            if let Entry::Known(meaning, _) = self.entry(header) {
                rows::put_plain(&mut cells, meaning, text);
            }
        }
        let words = words::read(&cells, Units::default(), &self.columns);
        (cells, words)
    }
}
