//! What a record is called in lists and files that last: by public words only.

use crate::clearance::record::{CaseFile, Field};
use crate::diag::Place;
use crate::vocab::PartyKind;

/// The number of the case, unless it cannot be read or names a person of its row: it would stand in
/// ledger, log and review for good.
pub(in crate::clearance) fn public_number(file: &CaseFile) -> Option<String> {
    let number = file.words.number.word()?.to_string();
    (!names_somebody(&number, file)).then_some(number)
}

/// The public number, else file and row.
pub(in crate::clearance) fn record_name(file: &CaseFile) -> Option<String> {
    public_number(file).or_else(|| match &file.place {
        Place::Cell { file, sheet: None, row, .. } => Some(format!("{file}#{row}")),
        Place::Cell { file, sheet: Some(sheet), row, .. } => Some(format!("{file}[{sheet}]#{row}")),
        Place::File { .. } | Place::Page { .. } => None,
    })
}

/// Whether a number holds the name of a person of its row.
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
