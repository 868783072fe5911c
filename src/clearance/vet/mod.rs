//! The checks that a case file must pass before anything of it is published.

use super::record::CaseFile;

/// A case file that passed.
pub(in crate::clearance) struct Vetted(CaseFile);

impl Vetted {
    /// The case file.
    pub(in crate::clearance) fn file(&self) -> &CaseFile {
        &self.0
    }

    /// For tests of the rooms behind.
    #[cfg(test)]
    pub(in crate::clearance) fn passed(file: CaseFile) -> Self {
        Self(file)
    }
}
