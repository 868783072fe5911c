//! `incomplete-archiving`: a case file without its number or day of archiving (domain A19).

use super::super::model::{Case, says};
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct IncompleteArchiving;

impl ProcessCheck for IncompleteArchiving {
    fn id(&self) -> &'static str {
        "incomplete-archiving"
    }

    fn look(&self, case: &Case, _: &Law, said: &mut Said<'_>) {
        let Some(archive) = &case.archive else {
            return said.missing();
        };
        if !says(archive.number.as_ref()) || archive.date.is_none() {
            said.found(
                "第 {} 件：归档没有档号或者日期",
                "case {}: archived without number or date",
                1,
            );
        }
    }
}
