//! `late-inspection`: the result of a random inspection still undisclosed when its term has run out (M3).

use super::super::super::record::{CaseFile, TableKind};
use super::super::{Check, Context, Verdict, clock};

/// The check.
pub(super) struct LateInspection;

impl Check for LateInspection {
    fn id(&self) -> &'static str {
        "late-inspection"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        match file.table {
            TableKind::Inspections => clock::late(self.id(), file, cx),
            TableKind::Penalties | TableKind::Orders => Verdict::Passed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::record::{Field, Read};
    use super::super::super::build::{Said, ask, day, inspection, penalty, world};
    use super::*;

    #[test]
    fn twenty_working_days_run_from_the_result() {
        let file = inspection().words(|w| w.result_on = Read::Word(day("2026-02-12"))).file();
        let mut world = world();
        world.today = "2026-03-18"; // Domain 8.4, row 7.
        assert_eq!(world.ask(&LateInspection, &file), Said::Passed);
        world.today = "2026-03-19";
        assert_eq!(world.ask(&LateInspection, &file), Said::at(&[Field::ResultOn]));
        assert_eq!(ask(&LateInspection, &penalty().file()), Said::Passed);
    }
}
