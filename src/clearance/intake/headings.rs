//! The dictionary of headers for records that come without a table: what each column means, and the
//! typed words of a record.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use crate::clearance::record::{Cells, Field, Headers, Words};
use crate::diag::Failure;
use crate::law::Shelf;

use super::columns::{Columns, Entry};
use super::header::Units;
use super::{rows, words};

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
