//! `overlong-publicity`: the export asks for a longer disclosure than the regime allows that the bureau chose (M8).

use super::super::super::record::{CaseFile, Field, Read, TableKind};
use super::super::{Check, Context, Verdict};
use crate::diag::{Finding, Note};

/// The check.
pub(super) struct OverlongPublicity;

impl Check for OverlongPublicity {
    fn id(&self) -> &'static str {
        "overlong-publicity"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        let words = &file.words;
        let (Some(decided_on), TableKind::Penalties) = (words.decided_on.word(), file.table) else {
            return Verdict::Passed;
        };
        let published = file.look(Field::Number).and_then(|number| (cx.published)(number));
        let kinds = words.kinds.word().map(Vec::as_slice).unwrap_or_default();
        let last = cx.retention.last_day(
            (kinds, words.procedure.word().copied()),
            *decided_on,
            published.unwrap_or_else(|| cx.today.day()),
        );
        match (last, &words.until) {
            (Some(last), Read::Word(until)) if *until > last => {
                let note = Note::new("最迟到 {}", "{} at the latest").with(last);
                Verdict::one(Finding::new(self.id(), file.at(Field::Until)).noted(note))
            }
            (Some(_), Read::NoColumn) => Verdict::NotChecked,
            // No regime, or a blank, which the regime itself ends; a fault is another check's.
            _ => Verdict::Passed,
        }
    }
}
