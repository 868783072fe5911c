//! How old a party was on the day of decision. Tells yes or no, never the age.

use super::super::record::{CaseFile, Field, Read};
use super::clock;
use super::said_age::says_minor;
use crate::law::Day;
use crate::vocab::PartyKind;

/// Whether the party was younger than this on the day of decision; `None` where a natural person's
/// birth date is unknown. Organizations have no age.
pub(in crate::clearance) fn is_younger_than(
    years: u32,
    file: &CaseFile,
    today: Day,
) -> Option<bool> {
    let kind = file.words.party_kind.word();
    if kind == Some(&PartyKind::Organization) {
        return Some(false);
    }
    let on = day_of(file, today);
    match &file.words.born_on {
        Read::Word(born) => Some(birthday(*born, years)? > on),
        _ if kind == Some(&PartyKind::NaturalPerson) => None,
        Read::NoColumn | Read::Blank | Read::Fault(_) => Some(false),
    }
}

/// Which of these texts says that the natural person of this record, whose birth date no column tells,
/// was a minor on the day of decision.
pub(in crate::clearance) fn said_minor<'t>(
    adult: u32,
    file: &CaseFile,
    today: Day,
    texts: impl IntoIterator<Item = &'t str>,
) -> Option<usize> {
    let party = file.look(Field::Party)?;
    let on = day_of(file, today);
    texts.into_iter().position(|text| says_minor(text, party, (adult, on)))
}

fn day_of(file: &CaseFile, today: Day) -> Day {
    clock::day_zero(file).word().copied().unwrap_or(today)
}

fn birthday(born: Day, years: u32) -> Option<Day> {
    born.plus_months(years.checked_mul(12)?)
}

/// The cell that tells the birth date.
pub(super) fn born_place(file: &CaseFile) -> crate::diag::Place {
    let told = file.look(Field::BornOn).is_some();
    file.at(if told { Field::BornOn } else { Field::IdNumber })
}
