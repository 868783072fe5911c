//! `bad-decision-number`: a number that cannot stand as title and address of a page (domain 10.28).

use super::super::super::record::{CaseFile, Field, Read, TableKind};
use super::super::{Check, Context, Verdict};
use crate::diag::{Finding, Note};
use crate::vocab::NumberFault;

/// The check.
pub(super) struct BadDecisionNumber;

impl Check for BadDecisionNumber {
    fn id(&self) -> &'static str {
        "bad-decision-number"
    }

    fn check(&self, file: &CaseFile, _: &Context<'_>) -> Verdict {
        let Read::Fault(fault) = &file.words.number else { return Verdict::Passed };
        if file.table == TableKind::Inspections && is_form_only(*fault) {
            return Verdict::Passed;
        }
        let Some(note) = note(*fault) else { return Verdict::Passed };
        let shape = file.look(Field::Number).unwrap_or_default();
        Verdict::one(Finding::new(self.id(), file.at(Field::Number)).shaped(shape).noted(note))
    }
}

/// Numbers of inspection tasks have no form of their own: year and serial may be missing.
fn is_form_only(fault: NumberFault) -> bool {
    matches!(fault, NumberFault::NoYear | NumberFault::NoSerial)
}

/// What is wrong; `None` for an empty cell, which `missing-field` reports.
fn note(fault: NumberFault) -> Option<Note> {
    Some(match fault {
        NumberFault::Empty => return None,
        NumberFault::ForeignCharacter => {
            Note::new("含文号不用的字符", "characters that no number has")
        }
        NumberFault::NoYear => Note::new("没有括号中的年份", "no year in brackets"),
        NumberFault::NoSerial => Note::new("年份后没有序号", "no serial after the year"),
        NumberFault::PersonalNumber => {
            Note::new("像证件、电话或者银行卡号码", "reads as a personal number")
        }
        NumberFault::TooLong => Note::new("过长", "too long"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Said, ask, penalty};
    use super::*;

    #[test]
    fn every_fault_but_emptiness_is_found() {
        let said = |fault| {
            let file = penalty().words(|w| w.number = Read::Fault(fault)).file();
            ask(&BadDecisionNumber, &file)
        };
        assert_eq!(said(NumberFault::Empty), Said::Passed);
        for fault in [
            NumberFault::ForeignCharacter,
            NumberFault::NoYear,
            NumberFault::NoSerial,
            NumberFault::PersonalNumber,
            NumberFault::TooLong,
        ] {
            assert_eq!(said(fault), Said::at(&[Field::Number]));
        }
        assert_eq!(ask(&BadDecisionNumber, &penalty().file()), Said::Passed);
    }
}
