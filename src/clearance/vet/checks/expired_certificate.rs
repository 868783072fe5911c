//! `expired-certificate`: an officer whose certificate did not cover the day of decision (处罚法 42).

use super::super::super::record::{CaseFile, Field};
use super::super::{Check, Context, Verdict, clock, staff};
use crate::diag::{Finding, Note};

/// The check.
pub(super) struct ExpiredCertificate;

impl Check for ExpiredCertificate {
    fn id(&self) -> &'static str {
        "expired-certificate"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        let Some(cell) = file.look(Field::Officers).filter(|_| !cx.staff.is_empty()) else {
            return Verdict::NotChecked;
        };
        let Some(on) = clock::day_zero(file).word() else { return Verdict::NotChecked };
        let mut findings = Vec::new();
        for (i, name) in staff::names(cell).enumerate() {
            if cx.staff.certified_on(name, *on) == Some(false) {
                let note = Note::new("第 {} 名", "officer {}").with(i + 1);
                findings.push(Finding::new(self.id(), file.at(Field::Officers)).noted(note));
            }
        }
        Verdict::of(findings)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::record::Read;
    use super::super::super::build::{Said, ask, day, penalty};
    use super::*;

    #[test]
    fn the_certificate_covers_the_day() {
        // In these surroundings the second officer's certificate ended with 2025.
        let said = ask(&ExpiredCertificate, &penalty().file());
        assert_eq!(said, Said::at(&[Field::Officers]));
        let before = penalty().words(|w| w.decided_on = Read::Word(day("2025-12-31")));
        assert_eq!(ask(&ExpiredCertificate, &before.file()), Said::Passed);
        let first = penalty().put(Field::Officers, "测试甲").file();
        assert_eq!(ask(&ExpiredCertificate, &first), Said::Passed);
    }
}
