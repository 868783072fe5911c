//! `party-below-penalty-age`: a party younger than anyone may be penalized (处罚法 30).

use super::super::super::record::{CaseFile, TableKind};
use super::super::age::{born_place, is_younger_than};
use super::super::{Check, Context, Verdict};
use crate::diag::Finding;

/// The check.
pub(super) struct PartyBelowPenaltyAge;

impl Check for PartyBelowPenaltyAge {
    fn id(&self) -> &'static str {
        "party-below-penalty-age"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        if file.table != TableKind::Penalties {
            return Verdict::Passed;
        }
        match is_younger_than(cx.law.limits.penalty_age.value, file, cx.today.day()) {
            None => Verdict::NotChecked,
            Some(false) => Verdict::Passed,
            Some(true) => Verdict::one(Finding::new(self.id(), born_place(file))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::record::{Field, Read};
    use super::super::super::build::{Said, ask, day, penalty};
    use super::*;
    use crate::vocab::PartyKind;

    #[test]
    fn fourteen_is_the_line() {
        let born = |on: &str| {
            let file = penalty().put(Field::BornOn, on).words(|w| {
                w.party_kind = Read::Word(PartyKind::NaturalPerson);
                w.born_on = Read::Word(day(on));
            });
            ask(&PartyBelowPenaltyAge, &file.file())
        };
        assert_eq!(born("2012-03-02"), Said::Passed);
        assert_eq!(born("2012-03-03"), Said::at(&[Field::BornOn]));
    }
}
