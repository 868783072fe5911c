//! `single-officer`: fewer officers than ordinary procedure asks for (处罚法 42).

use super::super::super::record::{CaseFile, Field, TableKind};
use super::super::{Check, Context, Verdict, staff};
use crate::diag::Finding;
use crate::vocab::Procedure;

/// The check.
pub(super) struct SingleOfficer;

impl Check for SingleOfficer {
    fn id(&self) -> &'static str {
        "single-officer"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        if file.table != TableKind::Penalties {
            return Verdict::Passed;
        }
        match (file.words.procedure.word(), file.look(Field::Officers)) {
            (Some(Procedure::Summary), _) => Verdict::Passed,
            (Some(Procedure::Ordinary), Some(cell))
                if staff::names(cell).count() < cx.law.limits.fewest_officers.value =>
            {
                Verdict::one(Finding::new(self.id(), file.at(Field::Officers)))
            }
            (Some(Procedure::Ordinary), Some(_)) => Verdict::Passed,
            (None, _) | (_, None) => Verdict::NotChecked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::record::Read;
    use super::super::super::build::{Said, ask, penalty};
    use super::*;

    #[test]
    fn ordinary_procedure_takes_two() {
        let one = || penalty().put(Field::Officers, "测试甲");
        assert_eq!(ask(&SingleOfficer, &penalty().file()), Said::Passed);
        assert_eq!(ask(&SingleOfficer, &one().file()), Said::at(&[Field::Officers]));
        let summary = one().words(|w| w.procedure = Read::Word(Procedure::Summary));
        assert_eq!(ask(&SingleOfficer, &summary.file()), Said::Passed);
        let unknown = one().words(|w| w.procedure = Read::NoColumn);
        assert_eq!(ask(&SingleOfficer, &unknown.file()), Said::NotChecked);
    }
}
