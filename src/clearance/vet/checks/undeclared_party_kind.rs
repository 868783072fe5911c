//! `undeclared-party-kind`: the kind of party is blank or unreadable and nothing else tells it (domain 2.4).

use super::super::super::record::{CaseFile, Field, Read};
use super::super::{Check, Context, Verdict};
use crate::diag::Finding;

/// The check.
pub(super) struct UndeclaredPartyKind;

impl Check for UndeclaredPartyKind {
    fn id(&self) -> &'static str {
        "undeclared-party-kind"
    }

    fn check(&self, file: &CaseFile, _: &Context<'_>) -> Verdict {
        match file.words.party_kind {
            Read::Word(_) => Verdict::Passed,
            Read::NoColumn | Read::Blank | Read::Fault(()) => {
                let shape = file.look(Field::PartyKind).unwrap_or_default();
                let place = file.at(Field::PartyKind);
                Verdict::one(Finding::new(self.id(), place).shaped(shape))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Said, ask, penalty};
    use super::*;

    #[test]
    fn the_kind_must_be_known() {
        assert_eq!(ask(&UndeclaredPartyKind, &penalty().file()), Said::Passed);
        for read in [Read::Blank, Read::Fault(()), Read::NoColumn] {
            let file = penalty().words(|w| w.party_kind = read).file();
            assert_eq!(ask(&UndeclaredPartyKind, &file), Said::at(&[Field::PartyKind]));
        }
    }
}
