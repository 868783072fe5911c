//! `missing-field`: a cell that disclosure needs is blank (domain 3.2, 3.5).

use super::super::super::record::{CaseFile, Field, Read, TableKind};
use super::super::{Check, Context, Verdict};
use crate::diag::Finding;
use crate::vocab::PenaltyKind;

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
        let blank = required.iter().copied().filter(|field| file.look(*field).is_none());
        let blank = blank.chain(lacks_fine(file).then_some(Field::Fine));
        Verdict::of(blank.map(|field| Finding::new(self.id(), file.at(field))).collect())
    }
}

/// Whether a fine was imposed and the column of its amount is left blank (domain 3.2: "if 罚款").
fn lacks_fine(file: &CaseFile) -> bool {
    let fined = file.words.kinds.word().is_some_and(|kinds| kinds.contains(&PenaltyKind::Fine));
    fined && file.words.fine == Read::Blank
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
        let unsaid = penalty().words(|w| {
            w.kinds = Read::Word(vec![PenaltyKind::Fine]);
            w.fine = Read::Blank;
        });
        assert_eq!(ask(&MissingField, &unsaid.file()), Said::at(&[Field::Fine]));
        let gap = inspection().put(Field::Result, "/");
        assert_eq!(ask(&MissingField, &gap.file()), Said::at(&[Field::Result]));
    }
}
