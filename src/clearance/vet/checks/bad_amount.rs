//! `bad-amount`: a fine or confiscated amount that is no plain number of 万元 (domain 10.24).

use super::super::super::record::{CaseFile, CellFault, Field, Read};
use super::super::{Check, Context, Verdict};
use crate::diag::Finding;

/// The check.
pub(super) struct BadAmount;

impl Check for BadAmount {
    fn id(&self) -> &'static str {
        "bad-amount"
    }

    fn check(&self, file: &CaseFile, _: &Context<'_>) -> Verdict {
        let amounts =
            [(Field::Fine, &file.words.fine), (Field::Confiscated, &file.words.confiscated)];
        let bad = amounts.into_iter().filter(|(_, read)| **read == Read::Fault(CellFault::Form));
        let finding = |field| {
            Finding::new(self.id(), file.at(field)).shaped(file.look(field).unwrap_or_default())
        };
        Verdict::of(bad.map(|(field, _)| finding(field)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Said, ask, penalty};
    use super::*;

    #[test]
    fn an_amount_that_is_none_is_found() {
        assert_eq!(ask(&BadAmount, &penalty().file()), Said::Passed);
        let bad = penalty().words(|w| w.confiscated = Read::Fault(CellFault::Form));
        assert_eq!(ask(&BadAmount, &bad.file()), Said::at(&[Field::Confiscated]));
    }
}
