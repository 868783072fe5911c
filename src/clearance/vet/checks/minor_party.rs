//! `minor-party`: the party was under age on the day of decision; the whole record is withheld (S7, S9).
//!
//! The finding carries neither age nor shape: both would tell something of a child.

use super::super::super::record::CaseFile;
use super::super::age::{born_place, is_younger_than};
use super::super::{Check, Context, Verdict};
use crate::diag::Finding;
use crate::vocab::WithholdGround;

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

#[cfg(test)]
mod tests {
    use super::super::super::super::record::{Field, Read};
    use super::super::super::build::{Build, Said, ask, day, penalty};
    use super::*;
    use crate::vocab::PartyKind;

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
