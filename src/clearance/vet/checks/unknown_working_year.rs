//! `unknown-working-year`: a deadline that needs a year without a holiday notice (domain 8.3).

use super::super::super::record::CaseFile;
use super::super::{Check, Context, Verdict, clock};
use crate::diag::{Finding, Note};

/// The check.
pub(super) struct UnknownWorkingYear;

impl Check for UnknownWorkingYear {
    fn id(&self) -> &'static str {
        "unknown-working-year"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        let Some(Err(year)) = clock::due(file, cx) else { return Verdict::Passed };
        if clock::is_published(file, cx) {
            return Verdict::Passed;
        }
        let note = Note::new("需要 {} 年的放假安排", "needs the holidays of {}").with(year);
        let place = file.at(clock::day_zero_field(file));
        Verdict::one(Finding::new(self.id(), place).noted(note))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::record::{Field, Read};
    use super::super::super::build::{Said, ask, day, inspection, world};
    use super::*;

    #[test]
    fn a_term_into_2027_cannot_be_counted() {
        let ends = |on: &str| inspection().words(|w| w.result_on = Read::Word(day(on))).file();
        let into = ends("2026-12-21"); // Domain 8.4, row 15.
        assert_eq!(ask(&UnknownWorkingYear, &into), Said::at(&[Field::ResultOn]));
        assert_eq!(ask(&UnknownWorkingYear, &ends("2026-11-02")), Said::Passed);
        let mut world = world();
        world.published = true;
        assert_eq!(world.ask(&UnknownWorkingYear, &into), Said::Passed);
    }
}
