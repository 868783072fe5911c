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
        let (Some(retention), TableKind::Penalties) = (cx.retention, file.table) else {
            return Verdict::Passed;
        };
        let words = &file.words;
        let until = match words.until {
            Read::Word(until) => until,
            Read::NoColumn => return Verdict::NotChecked,
            // A blank is ended by the regime itself; a fault is another check's.
            Read::Blank | Read::Fault(_) => return Verdict::Passed,
        };
        let Some(decided_on) = words.decided_on.word() else { return Verdict::NotChecked };
        let published = file.look(Field::Number).and_then(|number| (cx.published)(number));
        let kinds = words.kinds.word().map(Vec::as_slice).unwrap_or_default();
        let last = retention.last_day(
            (kinds, words.procedure.word().copied()),
            *decided_on,
            published.unwrap_or_else(|| cx.today.day()),
        );
        match last {
            Some(last) if until > last => {
                let note = Note::new("最迟到 {}", "{} at the latest").with(last);
                Verdict::one(Finding::new(self.id(), file.at(Field::Until)).noted(note))
            }
            _ => Verdict::Passed,
        }
    }
}
