//! How old a party was on the day of decision. Tells yes or no, never the age.

use super::super::record::{CaseFile, Field, Read};
use super::{Context, clock};
use crate::law::Day;
use crate::vocab::PartyKind;

/// Whether the party was younger than this on the day of decision; `None` where a natural person's
/// birth date is unknown. Organizations have no age.
pub(super) fn is_younger_than(years: u32, file: &CaseFile, cx: &Context<'_>) -> Option<bool> {
    let kind = file.words.party_kind.word();
    if kind == Some(&PartyKind::Organization) {
        return Some(false);
    }
    let on = clock::day_zero(file).word().copied().unwrap_or(cx.today.day());
    match &file.words.born_on {
        Read::Word(born) => Some(birthday(*born, years)? > on),
        _ if kind == Some(&PartyKind::NaturalPerson) => None,
        Read::NoColumn | Read::Blank | Read::Fault(_) => Some(false),
    }
}

fn birthday(born: Day, years: u32) -> Option<Day> {
    born.plus_months(years.checked_mul(12)?)
}

/// The cell that tells the birth date.
pub(super) fn born_place(file: &CaseFile) -> crate::diag::Place {
    let told = file.look(Field::BornOn).is_some();
    file.at(if told { Field::BornOn } else { Field::IdNumber })
}
