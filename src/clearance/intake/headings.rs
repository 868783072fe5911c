//! The dictionary of headers for records that come without a table: what each column means, and the
//! typed words of a record.

use std::sync::Arc;

use crate::clearance::record::{Cells, Field, Headers, Words};
use crate::diag::Failure;
use crate::law::Shelf;

use super::columns::{Columns, Entry};
use super::header::Units;
use super::{rows, words};

/// The dictionary.
pub(in crate::clearance) struct Headings(Columns);

impl Headings {
    /// Loads the dictionary.
    ///
    /// # Errors
    /// A broken rule file.
    pub(in crate::clearance) fn load(shelf: &Shelf) -> Result<Self, Failure> {
        Columns::load(shelf).map(Self)
    }

    /// The field that a header means.
    pub(in crate::clearance) fn field(&self, header: &str) -> Option<Field> {
        match self.0.entry(header) {
            Entry::Known(meaning, _) => Some(meaning.field),
            Entry::Ignored | Entry::Foreign => None,
        }
    }

    /// Canonical headers, for places.
    pub(in crate::clearance) fn headers(&self) -> Arc<Headers> {
        self.0.headers()
    }

    /// Cells and words of a record of headers and texts.
    pub(in crate::clearance) fn read<'r>(
        &self,
        record: impl Iterator<Item = (&'r str, &'r str)>,
    ) -> (Cells, Words) {
        let mut cells = Cells::empty();
        for (header, text) in record {
            if let Entry::Known(meaning, _) = self.0.entry(header) {
                rows::put_plain(&mut cells, meaning, text);
            }
        }
        let words = words::read(&cells, Units::default(), &self.0);
        (cells, words)
    }
}
