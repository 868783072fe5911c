//! `future-decision-date`: a decision or result dated later than the day of the run.

use super::super::super::record::CaseFile;
use super::super::{Check, Context, Verdict, clock};
use crate::diag::Finding;

/// The check.
pub(super) struct FutureDecisionDate;

impl Check for FutureDecisionDate {
    fn id(&self) -> &'static str {
        "future-decision-date"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        match clock::day_zero(file).word() {
            Some(day) if *day > cx.today.day() => {
                let field = clock::day_zero_field(file);
                let shape = file.look(field).unwrap_or_default();
                Verdict::one(Finding::new(self.id(), file.at(field)).shaped(shape))
            }
            _ => Verdict::Passed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::record::{Field, Read};
    use super::super::super::build::{Said, TODAY, ask, day, inspection, penalty};
    use super::*;

    #[test]
    fn today_is_not_the_future() {
        let decided = |on: &str| penalty().words(|w| w.decided_on = Read::Word(day(on))).file();
        assert_eq!(ask(&FutureDecisionDate, &decided(TODAY)), Said::Passed);
        let tomorrow = ask(&FutureDecisionDate, &decided("2026-03-05"));
        assert_eq!(tomorrow, Said::at(&[Field::DecidedOn]));
        let found = inspection().words(|w| w.result_on = Read::Word(day("2027-01-01"))).file();
        assert_eq!(ask(&FutureDecisionDate, &found), Said::at(&[Field::ResultOn]));
    }
}
