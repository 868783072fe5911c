//! `missing-field`: a cell that disclosure needs is blank (domain 3.2, 3.5).

use super::super::super::record::{CaseFile, Field, TableKind};
use super::super::{Check, Context, Verdict};
use crate::diag::Finding;

const PENALTY: [Field; 9] = [
    Field::Number,
    Field::Party,
    Field::Violation,
    Field::Facts,
    Field::Basis,
    Field::Kinds,
    Field::Content,
    Field::DecidedOn,
    Field::Organ,
];

const INSPECTION: [Field; 6] =
    [Field::Number, Field::Party, Field::Item, Field::Result, Field::ResultOn, Field::Organ];

/// The check.
pub(super) struct MissingField;

impl Check for MissingField {
    fn id(&self) -> &'static str {
        "missing-field"
    }

    fn check(&self, file: &CaseFile, _: &Context<'_>) -> Verdict {
        let required: &[Field] = match file.table {
            TableKind::Penalties => &PENALTY,
            TableKind::Inspections => &INSPECTION,
            TableKind::Orders => &[],
        };
        let blank = required.iter().filter(|field| file.look(**field).is_none());
        Verdict::of(blank.map(|field| Finding::new(self.id(), file.at(*field))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Said, ask, inspection, penalty};
    use super::*;

    #[test]
    fn each_blank_cell_is_named() {
        assert_eq!(ask(&MissingField, &penalty().file()), Said::Passed);
        assert_eq!(ask(&MissingField, &inspection().file()), Said::Passed);
        let gaps = penalty().put(Field::Facts, "  ").put(Field::Basis, "无").without(Field::Organ);
        let said = ask(&MissingField, &gaps.file());
        assert_eq!(said, Said::at(&[Field::Facts, Field::Basis, Field::Organ]));
        let gap = inspection().put(Field::Result, "/");
        assert_eq!(ask(&MissingField, &gap.file()), Said::at(&[Field::Result]));
    }
}
