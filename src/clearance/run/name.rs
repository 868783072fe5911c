//! Which case a row speaks of: a key of public words, made before the row's fate is known.

use crate::clearance::record::{CaseFile, CaseKind, Field, RecordKey, TableKind};
use crate::vocab::{Bureau, PartyKind};

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
    let (organ, number) = (organ_of(file, bureau), file.words.number.word()?.to_string());
    if names_somebody(&number, file) {
        return None;
    }
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

/// Whether a number holds the name of a person of its row: it would stand in ledger and log for good.
fn names_somebody(number: &str, file: &CaseFile) -> bool {
    let person = file.words.party_kind.word() == Some(&PartyKind::NaturalPerson);
    let party = person.then_some(Field::Party);
    let people = [Field::Representative, Field::Operator, Field::Agents, Field::Witnesses];
    let people = people.into_iter().chain([Field::Reporters, Field::ContactPerson]).chain(party);
    people
        .filter_map(|field| file.look(field))
        .flat_map(|cell| cell.split(['、', '，', ',', '；', ';', ' ']))
        .any(|name| name.chars().count() >= 2 && number.contains(name))
}
