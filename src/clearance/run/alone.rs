//! The checks alone, for the bench that measures them: rows read in advance, nothing redacted.

use rayon::prelude::*;

use crate::diag::Failure;

use super::super::DropFolder;
use super::super::record::CaseFile;
use super::super::vet::vet;
use super::Clearing;

/// Rows of a drop, read and not yet looked at.
pub(crate) struct Rows(Vec<CaseFile>);

/// What the checks said about rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// Rows looked at.
    pub(crate) rows: usize,
    /// Findings.
    pub(crate) found: usize,
    /// Checks that could not be made, over all rows.
    pub(crate) not_checked: usize,
}

impl Clearing<'_> {
    /// Reads the rows of a drop.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn rows(&self, drop: &DropFolder) -> Result<Rows, Failure> {
        let mut rows = Vec::new();
        self.intake.read(drop, &mut |file| {
            rows.push(file);
            Ok(())
        })?;
        Ok(Rows(rows))
    }

    /// Every check of a case on every row; none was published before.
    pub(crate) fn vet_alone(&self, rows: Rows) -> Said {
        let cx = self.context(&|_| None, None);
        let one = |file| {
            let judged = vet(file, &cx);
            Said { rows: 1, found: judged.findings.len(), not_checked: judged.not_checked.len() }
        };
        rows.0.into_par_iter().map(one).reduce(Said::default, |a, b| Said {
            rows: a.rows + b.rows,
            found: a.found + b.found,
            not_checked: a.not_checked + b.not_checked,
        })
    }
}
