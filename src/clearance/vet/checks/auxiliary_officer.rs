//! `auxiliary-officer`: somebody who may only assist stands in the record as an officer (处罚法 42, D40).

use super::super::super::record::{CaseFile, Field};
use super::super::{Check, Context, Verdict, staff};
use crate::diag::{Finding, Note};

/// The check.
pub(super) struct AuxiliaryOfficer;

impl Check for AuxiliaryOfficer {
    fn id(&self) -> &'static str {
        "auxiliary-officer"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        let Some(cell) = file.look(Field::Officers).filter(|_| !cx.staff.is_empty()) else {
            return Verdict::NotChecked;
        };
        let mut findings = Vec::new();
        for (i, name) in staff::names(cell).enumerate() {
            if cx.staff.only_assists(name) {
                let note = Note::new("第 {} 名", "officer {}").with(i + 1);
                findings.push(Finding::new(self.id(), file.at(Field::Officers)).noted(note));
            }
        }
        Verdict::of(findings)
    }
}
