//! `minor-party`: the party was under age on the day of decision; the whole record is withheld (S7, S9).
//!
//! The finding carries neither age nor shape: both would tell something of a child.

use super::super::super::record::{CaseFile, Field};
use super::super::age::{born_place, is_younger_than, said_minor};
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
        let (adult, today) = (cx.law.limits.adult_age.value, cx.today.day());
        match is_younger_than(adult, file, today) {
            None => {
                let cells = || Field::ALL.iter().filter_map(|f| Some((*f, file.look(*f)?)));
                let said = said_minor(adult, file, today, cells().map(|(_, text)| text));
                let field = said.and_then(|at| cells().nth(at));
                field.map_or(Verdict::NotChecked, |(field, _)| {
                    Verdict::one(Finding::new(self.id(), file.at(field)))
                })
            }
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
    }

    #[test]
    fn where_no_column_tells_the_age_the_texts_do() {
        let with = |facts: &str| {
            person("1990-01-01").words(|w| w.born_on = Read::Blank).put(Field::Facts, facts).file()
        };
        for facts in ["当事人系未成年人。", "当事人，男，15岁。", "当事人2012年5月1日出生。"]
        {
            assert_eq!(ask(&MinorParty, &with(facts)), Said::at(&[Field::Facts]), "{facts}");
        }
        for facts in ["当事人，男，35岁。", "当事人与未成年人同行。"] {
            assert_eq!(ask(&MinorParty, &with(facts)), Said::NotChecked, "{facts}");
        }
    }

    #[test]
    fn organizations_have_no_age() {
        assert_eq!(ask(&MinorParty, &penalty().file()), Said::Passed);
    }
}
