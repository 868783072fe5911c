//! Which case a row speaks of: a key of public words, made before the row's fate is known.

use crate::clearance::record::{CaseFile, CaseKind, RecordKey, TableKind};
use crate::clearance::review::public_number;
use crate::vocab::Bureau;

/// What an inspection's name needs from its row.
pub(super) struct InspectionName {
    /// Code of the organ.
    pub(super) organ: String,
}

/// Code of the organ: the row's, else the bureau's.
pub(super) fn organ_of(file: &CaseFile, bureau: &Bureau) -> String {
    let organ = file.words.organ_code.word().or(bureau.credit_code.as_ref());
    organ.map(ToString::to_string).unwrap_or_default()
}

/// Which case a row speaks of. `None` where the number cannot be read or names somebody; also for an
/// inspection whose number is free text or whose party has no public code: it is named after redaction.
pub(super) fn key_of(file: &CaseFile, bureau: &Bureau) -> Option<RecordKey> {
    let (organ, number) = (organ_of(file, bureau), public_number(file)?);
    match file.table {
        TableKind::Penalties => {
            Some(RecordKey { kind: CaseKind::Penalty, organ, number, party: String::new() })
        }
        TableKind::Inspections => {
            let code = file.words.credit_code.word().filter(|c| !c.is_placeholder())?;
            Some(RecordKey { kind: CaseKind::Inspection, organ, number, party: code.to_string() })
        }
        TableKind::Orders => None,
    }
}
