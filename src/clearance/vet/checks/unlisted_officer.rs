//! `unlisted-officer`: an officer of the record who is not in the bureau's public list (处罚法 42, M10).

use super::super::super::record::{CaseFile, Field};
use super::super::{Check, Context, Verdict, clock, staff};
use crate::diag::{Finding, Note};

/// The check.
pub(super) struct UnlistedOfficer;

impl Check for UnlistedOfficer {
    fn id(&self) -> &'static str {
        "unlisted-officer"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        let Some(cell) = file.look(Field::Officers).filter(|_| !cx.staff.is_empty()) else {
            return Verdict::NotChecked;
        };
        let on = clock::day_zero(file).word().copied();
        let mut findings = Vec::new();
        for (i, name) in staff::names(cell).enumerate() {
            if !cx.staff.lists(name) {
                let note = Note::new("第 {} 名", "officer {}").with(i + 1);
                findings.push(Finding::new(self.id(), file.at(Field::Officers)).noted(note));
            } else if on.is_some_and(|day| !cx.staff.serves_on(name, day)) {
                let note = Note::new("第 {} 名，决定之日已经离岗", "officer {} had left by then");
                let note = note.with(i + 1);
                findings.push(Finding::new(self.id(), file.at(Field::Officers)).noted(note));
            }
        }
        Verdict::of(findings)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::StaffIndex;
    use super::super::super::build::{Said, ask, penalty, world};
    use super::*;

    #[test]
    fn each_unlisted_officer_is_found_by_position() {
        assert_eq!(ask(&UnlistedOfficer, &penalty().file()), Said::Passed);
        let two = penalty().put(Field::Officers, "测试甲、测试丙，测试丁").file();
        let said = ask(&UnlistedOfficer, &two);
        assert_eq!(said, Said::at(&[Field::Officers, Field::Officers]));
    }

    #[test]
    fn without_list_or_column_it_is_not_checked() {
        let bare = penalty().without(Field::Officers).file();
        assert_eq!(ask(&UnlistedOfficer, &bare), Said::NotChecked);
        let mut nobody = world();
        nobody.staff = StaffIndex::new(&[]);
        assert_eq!(nobody.ask(&UnlistedOfficer, &penalty().file()), Said::NotChecked);
    }
}
