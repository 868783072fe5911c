//! `fine-text-mismatch`: a figure that is none of the amounts in the text, though not far off (10.24).

use super::super::super::record::{CaseFile, Field};
use super::super::figures::{Agreement, agreement, figures};
use super::super::{Check, Context, Verdict};
use crate::diag::Finding;

/// The check.
pub(super) struct FineTextMismatch;

impl Check for FineTextMismatch {
    fn id(&self) -> &'static str {
        "fine-text-mismatch"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        let Some(figures) = figures(file) else { return Verdict::NotChecked };
        let text = file.look(Field::Content).unwrap_or_default();
        let slip = cx.law.limits.unit_slip_ratio.value;
        let differs = figures
            .into_iter()
            .flatten()
            .filter(|(_, figure)| agreement(*figure, text, slip) == Agreement::Different);
        Verdict::of(differs.map(|(field, _)| Finding::new(self.id(), file.at(field))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::record::Read;
    use super::super::super::build::{Said, ask, penalty};
    use super::*;
    use crate::vocab::Money;

    #[test]
    fn a_near_difference_is_reported() {
        let said = |fen, content: &str| {
            let build = penalty().put(Field::Content, content);
            let file = build.words(|w| w.fine = Read::Word(Money::fen(fen))).file();
            ask(&FineTextMismatch, &file)
        };
        assert_eq!(said(500_000, "处以罚款人民币3000元"), Said::at(&[Field::Fine]));
        assert_eq!(said(500_000, "处以罚款人民币5000元"), Said::Passed);
        assert_eq!(said(5_000_000_000, "处以罚款人民币5000元"), Said::Passed);
    }
}
