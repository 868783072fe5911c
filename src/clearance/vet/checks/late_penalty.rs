//! `late-penalty`: a penalty decision still undisclosed when its term has run out (domain M1).
//!
//! It is published all the same: holding it would make it later still.

use super::super::super::record::{CaseFile, TableKind};
use super::super::{Check, Context, Verdict, clock};

/// The check.
pub(super) struct LatePenalty;

impl Check for LatePenalty {
    fn id(&self) -> &'static str {
        "late-penalty"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        match file.table {
            TableKind::Penalties => clock::late(self.id(), file, cx),
            TableKind::Inspections | TableKind::Orders => Verdict::Passed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::record::{Field, Read};
    use super::super::super::build::{Said, ask, day, inspection, penalty, world};
    use super::*;

    fn decided(on: &str) -> CaseFile {
        penalty().words(|w| w.decided_on = Read::Word(day(on))).file()
    }

    #[test]
    fn the_last_day_is_still_in_time() {
        let mut world = world();
        world.today = "2026-02-28"; // Domain 8.4, row 6: a make-up Saturday.
        assert_eq!(world.ask(&LatePenalty, &decided("2026-02-12")), Said::Passed);
        world.today = "2026-03-01";
        let late = world.ask(&LatePenalty, &decided("2026-02-12"));
        assert_eq!(late, Said::at(&[Field::DecidedOn]));
    }

    #[test]
    fn a_clock_that_has_stopped_is_silent() {
        let mut world = world();
        world.published = true;
        assert_eq!(world.ask(&LatePenalty, &decided("2025-01-02")), Said::Passed);
    }

    #[test]
    fn it_is_about_penalties_with_a_date() {
        assert_eq!(ask(&LatePenalty, &inspection().file()), Said::Passed);
        let undated = penalty().words(|w| w.decided_on = Read::NoColumn).file();
        assert_eq!(ask(&LatePenalty, &undated), Said::NotChecked);
    }
}
