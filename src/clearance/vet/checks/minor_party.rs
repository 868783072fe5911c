//! `minor-party`: the party was under age on the day of decision; the whole record is withheld (S7, S9).
//!
//! The finding carries neither age nor shape: both would tell something of a child.

use super::super::super::record::{CaseFile, Field, Read};
use super::super::{Check, Context, Verdict, clock};
use crate::diag::Finding;
use crate::law::Day;
use crate::vocab::{PartyKind, WithholdGround};

/// The check.
pub(super) struct MinorParty;

impl Check for MinorParty {
    fn id(&self) -> &'static str {
        "minor-party"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        match is_younger_than(cx.law.limits.adult_age.value, file, cx) {
            None => Verdict::NotChecked,
            Some(false) => Verdict::Passed,
            Some(true) => Verdict::one(Finding::new(self.id(), born_place(file))),
        }
    }

    fn ground(&self, _: &CaseFile) -> WithholdGround {
        WithholdGround::Minor
    }
}

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

#[cfg(test)]
mod tests {
    use super::super::super::build::{Build, Said, ask, day, penalty};
    use super::*;

    fn person(born: &str) -> Build {
        penalty().put(Field::BornOn, born).words(|w| {
            w.party_kind = Read::Word(PartyKind::NaturalPerson);
            w.born_on = Read::Word(day(born));
        })
    }

    #[test]
    fn eighteen_on_the_day_is_of_age() {
        assert_eq!(ask(&MinorParty, &person("2008-03-02").file()), Said::Passed);
        let minor = person("2008-03-03");
        assert_eq!(ask(&MinorParty, &minor.file()), Said::at(&[Field::BornOn]));
        let by_id = person("2010-01-01").without(Field::BornOn);
        assert_eq!(ask(&MinorParty, &by_id.file()), Said::at(&[Field::IdNumber]));
    }

    #[test]
    fn an_unknown_age_is_not_checked() {
        let unknown = person("1990-01-01").words(|w| w.born_on = Read::Blank);
        assert_eq!(ask(&MinorParty, &unknown.file()), Said::NotChecked);
        assert_eq!(ask(&MinorParty, &penalty().file()), Said::Passed);
    }
}
