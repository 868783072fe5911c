//! `fine-unit-suspicious`: a figure that is mostly yuan written into a 万元 column (domain 10.24).

use super::super::super::record::{CaseFile, Field};
use super::super::amounts::amounts;
use super::super::figures::{Agreement, agreement, figures};
use super::super::{Check, Context, Verdict};
use crate::diag::{Finding, Note};
use crate::law::Limits;
use crate::vocab::{Money, PenaltyKind};

/// The check.
pub(super) struct FineUnitSuspicious;

impl Check for FineUnitSuspicious {
    fn id(&self) -> &'static str {
        "fine-unit-suspicious"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        let Some(figures) = figures(file) else { return Verdict::NotChecked };
        let text = file.look(Field::Content).unwrap_or_default();
        let limits = &cx.law.limits;
        let mut findings = Vec::new();
        for (field, figure) in figures.into_iter().flatten() {
            if let Some(note) = suspicion(figure, text, limits) {
                let shape = file.look(field).unwrap_or_default();
                findings.push(Finding::new(self.id(), file.at(field)).shaped(shape).noted(note));
            }
        }
        if is_zero_fine(file, text) {
            let note = Note::new("处罚内容写有罚款数额", "the text names an amount");
            findings.push(Finding::new(self.id(), file.at(Field::Fine)).shaped("0").noted(note));
        }
        Verdict::of(findings)
    }
}

/// Whether the figure of a fine is zero though the text names an amount.
fn is_zero_fine(file: &CaseFile, text: &str) -> bool {
    let fined = file.words.kinds.word().is_some_and(|kinds| kinds == &[PenaltyKind::Fine]);
    let is_zero = file.words.fine.word().is_some_and(|m| m.as_fen() == 0);
    fined && is_zero && amounts(text).any(|m| m.as_fen() != 0)
}

fn suspicion(figure: Money, text: &str, limits: &Limits) -> Option<Note> {
    if figure.as_fen() > limits.implausible_fen.value {
        return Some(Note::new("高得不合常理", "implausibly large"));
    }
    let slip = limits.unit_slip_ratio.value;
    match agreement(figure, text, slip) {
        Agreement::SlipOfUnit => {
            Some(Note::new("与处罚内容相差百倍以上", "a hundred times or more off the text"))
        }
        Agreement::Same | Agreement::Silent | Agreement::Different => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::record::Read;
    use super::super::super::build::{Said, ask, inspection, penalty};
    use super::*;

    const CHECK: FineUnitSuspicious = FineUnitSuspicious;

    fn fined(fen: i64, content: &str) -> CaseFile {
        penalty()
            .put(Field::Content, content)
            .words(|w| w.fine = Read::Word(Money::fen(fen)))
            .file()
    }

    #[test]
    fn yuan_in_a_wan_column_is_found() {
        let slip = fined(5_000_000_000, "处以罚款人民币5000元");
        assert_eq!(ask(&CHECK, &slip), Said::at(&[Field::Fine]));
        let tiny = fined(50, "处以罚款人民币伍仟元整");
        assert_eq!(ask(&CHECK, &tiny), Said::at(&[Field::Fine]));
        let huge = fined(10_000_000_001, "处以罚款");
        assert_eq!(ask(&CHECK, &huge), Said::at(&[Field::Fine]));
    }

    #[test]
    fn a_fine_of_nothing_is_found() {
        let nil = |content: &str| {
            let fined = penalty().put(Field::Content, content).words(|w| {
                w.kinds = Read::Word(vec![PenaltyKind::Fine]);
                w.fine = Read::Word(Money::fen(0));
            });
            ask(&CHECK, &fined.file())
        };
        assert_eq!(nil("处以罚款人民币5000元"), Said::at(&[Field::Fine]));
        assert_eq!(nil("处以罚款"), Said::Passed);
    }

    #[test]
    fn what_agrees_or_is_near_passes() {
        for (fen, content) in [
            (500_000, "处以罚款人民币5000元"),
            (500_000, "没收违法所得300元，处罚款伍仟元整（¥5000.00）"),
            (500_000, "两案并处罚款2000元、3000元"),
            (500_000, "处以罚款人民币3000元"),
            (500_000, "处以罚款"),
            (0, "警告"),
        ] {
            assert_eq!(ask(&CHECK, &fined(fen, content)), Said::Passed, "{content}");
        }
        assert_eq!(ask(&CHECK, &inspection().file()), Said::Passed);
        let bare = penalty().words(|w| w.fine = Read::NoColumn).file();
        assert_eq!(ask(&CHECK, &bare), Said::NotChecked);
    }
}
