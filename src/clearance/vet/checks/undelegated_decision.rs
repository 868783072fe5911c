//! `undelegated-decision`: a delegated unit decided on a day that no letter of delegation covers (处罚法 20).

use super::super::super::record::{CaseFile, Field};
use super::super::{Check, Context, Verdict, clock};
use crate::diag::Finding;

/// The check.
pub(super) struct UndelegatedDecision;

impl Check for UndelegatedDecision {
    fn id(&self) -> &'static str {
        "undelegated-decision"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        let named = [Field::Organ, Field::HandlingUnit];
        let units = named.into_iter().filter_map(|field| {
            let name = file.look(field)?;
            Some((field, cx.bureau.units.iter().find(|unit| unit.name == name)?))
        });
        let mut findings = Vec::new();
        for (field, unit) in units {
            // A letter whose term nobody wrote down covers no day that could be asked for.
            let has_untold = unit.letters.is_none() && unit.delegated_by_letter.is_some();
            let Some(day) = clock::day_zero(file).word().filter(|_| !has_untold) else {
                return Verdict::NotChecked;
            };
            if unit.is_delegated_on(*day) == Some(false) {
                findings.push(Finding::new(self.id(), file.at(field)));
            }
        }
        Verdict::of(findings)
    }
}
