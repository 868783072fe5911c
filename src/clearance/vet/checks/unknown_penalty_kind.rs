//! `unknown-penalty-kind`: a kind of penalty that the statute does not name (domain 3.3).

use super::super::super::record::{CaseFile, Field, Read};
use super::super::{Check, Context, Verdict};
use crate::diag::Finding;

/// The check.
pub(super) struct UnknownPenaltyKind;

impl Check for UnknownPenaltyKind {
    fn id(&self) -> &'static str {
        "unknown-penalty-kind"
    }

    fn check(&self, file: &CaseFile, _: &Context<'_>) -> Verdict {
        if !matches!(file.words.kinds, Read::Fault(())) {
            return Verdict::Passed;
        }
        let shape = file.look(Field::Kinds).unwrap_or_default();
        Verdict::one(Finding::new(self.id(), file.at(Field::Kinds)).shaped(shape))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Said, ask, penalty};
    use super::*;

    #[test]
    fn an_unread_kind_is_found() {
        assert_eq!(ask(&UnknownPenaltyKind, &penalty().file()), Said::Passed);
        let bad = penalty().words(|w| w.kinds = Read::Fault(()));
        assert_eq!(ask(&UnknownPenaltyKind, &bad.file()), Said::at(&[Field::Kinds]));
    }
}
