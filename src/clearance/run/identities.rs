//! The way of drops through the room for the restricted sheet: each row is cleared as for the site, and only of the one
//! that stands published what identifies its party is kept.

use crate::clearance::restricted::{FilledSheet, Identities, RestrictedSheet};
use crate::diag::Failure;

use super::{Clearing, DropFolder, Fate};

impl Clearing<'_> {
    /// Fills the restricted sheet from the drops.
    ///
    /// # Errors
    /// A drop that must be refused whole, a classification mark, or a file that cannot be read.
    pub(crate) fn fill(
        mut self,
        drops: &[DropFolder],
        sheet: RestrictedSheet,
    ) -> Result<FilledSheet, Failure> {
        self.keeps_identities = true;
        let mut identities = Identities::wanted(sheet.rows.iter().map(|row| &row.key));
        // Whether a case stands published bears on its clocks only, never on its fate.
        self.run(drops, &|_| None, &mut |record| {
            if let (Some(key), Some(identity)) = (&record.key, record.identity) {
                let disclosure = match &record.fate {
                    Fate::Ready { disclosure, .. } => Some(&**disclosure),
                    Fate::Withheld(_) | Fate::Held(_) => None,
                };
                identities.take(key, disclosure, identity);
            }
            Ok(())
        })?;
        let field = |code: &str| self.intake.field_of(code);
        let fields: Vec<_> = sheet.columns.iter().map(|column| field(&column.code)).collect();
        Ok(sheet.filled(&fields, &identities))
    }
}
