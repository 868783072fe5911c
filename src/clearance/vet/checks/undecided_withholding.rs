//! `undecided-withholding`: the column on disclosure gives no complete decision (domain 0, P1).
//!
//! A blank is not taken for yes: a record published in error cannot be called back.

use super::super::super::record::{CaseFile, Field};
use super::super::review::flag;
use super::super::{Check, Context, Verdict};
use crate::diag::{Finding, Note};

/// The check.
pub(super) struct UndecidedWithholding;

impl Check for UndecidedWithholding {
    fn id(&self) -> &'static str {
        "undecided-withholding"
    }

    fn check(&self, file: &CaseFile, _: &Context<'_>) -> Verdict {
        if !file.cells.has(Field::Disclose) {
            return Verdict::NotChecked;
        }
        match file.look(Field::Disclose).and_then(flag) {
            Some(true) => Verdict::Passed,
            Some(false) => {
                let needed = [Field::WithholdGround, Field::WithholdApprover].into_iter();
                let blank = needed.filter(|field| file.look(*field).is_none());
                Verdict::of(blank.map(|f| Finding::new(self.id(), file.at(f))).collect())
            }
            None => {
                let note = Note::new("应填“是”或者“否”", "write 是 or 否");
                let shape = file.look(Field::Disclose).unwrap_or_default();
                let finding = Finding::new(self.id(), file.at(Field::Disclose));
                Verdict::one(finding.shaped(shape).noted(note))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Said, ask, penalty};
    use super::*;

    const CHECK: UndecidedWithholding = UndecidedWithholding;

    #[test]
    fn a_no_needs_ground_and_approver() {
        let no = || penalty().put(Field::Disclose, "否");
        let said = ask(&CHECK, &no().file());
        assert_eq!(said, Said::at(&[Field::WithholdGround, Field::WithholdApprover]));
        let half = no().put(Field::WithholdGround, "个人隐私");
        assert_eq!(ask(&CHECK, &half.file()), Said::at(&[Field::WithholdApprover]));
        let whole =
            no().put(Field::WithholdGround, "个人隐私").put(Field::WithholdApprover, "测试丙");
        assert_eq!(ask(&CHECK, &whole.file()), Said::Passed);
    }

    #[test]
    fn a_blank_or_odd_word_is_no_decision() {
        for odd in ["", "待定"] {
            let said = ask(&CHECK, &penalty().put(Field::Disclose, odd).file());
            assert_eq!(said, Said::at(&[Field::Disclose]));
        }
        assert_eq!(ask(&CHECK, &penalty().put(Field::Disclose, "是").file()), Said::Passed);
        assert_eq!(ask(&CHECK, &penalty().file()), Said::NotChecked);
    }
}
