//! The checks that a case file must pass before anything of it is published.
//!
//! A check looks at one case file and returns findings; what a finding does to the record stands in the
//! table (`data/law/checks.yml`), never here. "Not checked" is never "passed" (invariant 6).

use crate::diag::Finding;
use crate::law::{Day, Effect, Law, Today};
use crate::vocab::{Bureau, Policy, Retention, WithholdGround};

use super::process::DropRecords;
use super::record::{CaseFile, TableKind};

mod age;
mod amounts;
mod checks;
mod clock;
mod code_cell;
mod dates;
mod figures;
mod party;
mod review;
mod said_age;
mod slight;
mod staff;

#[cfg(test)]
mod build;

pub(in crate::clearance) use age::{is_younger_than, said_minor};
pub(in crate::clearance) use checks::{Repeat, Seen};
pub(in crate::clearance) use party::settle_kind;
pub(in crate::clearance) use review::is_passed;
pub(in crate::clearance) use staff::StaffIndex;

/// What every check may ask. Everything in it is public.
pub(in crate::clearance) struct Context<'a> {
    /// The law.
    pub(in crate::clearance) law: &'a Law,
    /// The bureau's own facts.
    pub(in crate::clearance) bureau: &'a Bureau,
    /// Its officers, by name.
    pub(in crate::clearance) staff: &'a StaffIndex,
    /// Its choices.
    pub(in crate::clearance) policy: &'a Policy,
    /// How grave cases are, and how long their decisions stay public.
    pub(in crate::clearance) retention: &'a Retention,
    /// The day.
    pub(in crate::clearance) today: Today,
    /// The day on which the case with this number was first published, if it was: a clock that
    /// has stopped is not reported again with every build.
    pub(in crate::clearance) published: &'a (dyn Fn(&str) -> Option<Day> + Sync),
    /// What the drop says about the process of its cases, where it says anything.
    pub(in crate::clearance) records: Option<&'a DropRecords>,
}

/// One check: a row of the table, a file in `checks/`, a fixture folder, a page.
pub(in crate::clearance) trait Check: Sync {
    /// Its id, a row of `data/law/checks.yml`.
    fn id(&self) -> &'static str;

    /// Looks at one case file.
    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict;

    /// On which ground a record that this check found is not disclosed; asked only of checks
    /// whose effect is to withhold.
    fn ground(&self, _file: &CaseFile) -> WithholdGround {
        WithholdGround::Decided
    }
}

/// What a check says.
pub(in crate::clearance) enum Verdict {
    /// Nothing found, or the check is not about such a record.
    Passed,
    /// A column it needs is missing, or the cell is blank where blank says nothing.
    NotChecked,
    /// Something was found.
    Found(Vec<Finding>),
}

impl Verdict {
    /// One finding.
    fn one(finding: Finding) -> Self {
        Self::Found(vec![finding])
    }

    /// Passed where nothing was found.
    fn of(findings: Vec<Finding>) -> Self {
        if findings.is_empty() { Self::Passed } else { Self::Found(findings) }
    }
}

/// A case file that may go to redaction. Made in this room only.
pub(in crate::clearance) struct Vetted(CaseFile);

impl Vetted {
    /// The file.
    pub(in crate::clearance) fn file(&self) -> &CaseFile {
        &self.0
    }

    /// For tests of the rooms behind.
    #[cfg(test)]
    pub(in crate::clearance) fn passed(file: CaseFile) -> Self {
        Self(file)
    }
}

/// What becomes of a record after all checks.
pub(in crate::clearance) enum Ruling {
    /// It may be redacted and published.
    Clear(Box<Vetted>),
    /// It is rightly not disclosed.
    Withhold(WithholdGround),
    /// It waits; these checks hold it.
    Hold(Vec<&'static str>),
}

/// Findings and ruling on one case file.
pub(in crate::clearance) struct Judgement {
    /// What was found.
    pub(in crate::clearance) findings: Vec<Finding>,
    /// Checks that could not be made.
    pub(in crate::clearance) not_checked: Vec<&'static str>,
    /// The ruling.
    pub(in crate::clearance) ruling: Ruling,
}

pub(in crate::clearance) use checks::CHECKS;

/// Runs every check on `file`. Orders are not case files: they pass unlooked at.
pub(in crate::clearance) fn vet(mut file: CaseFile, cx: &Context<'_>) -> Judgement {
    let mut tally = Tally::default();
    if file.table != TableKind::Orders {
        party::settle_kind(&mut file);
        for check in CHECKS {
            tally.take(*check, &file, cx);
        }
    }
    let Tally { mut findings, not_checked, holds, ground } = tally;
    let ruling = match ground {
        Some(ground) => {
            // No clock runs for what is not to be disclosed.
            findings.retain(|f| cx.law.check(f.check).is_none_or(|row| row.term.is_none()));
            Ruling::Withhold(ground)
        }
        None if holds.is_empty() => Ruling::Clear(Box::new(Vetted(file))),
        None => Ruling::Hold(holds),
    };
    Judgement { findings, not_checked, ruling }
}

/// What the checks said so far. Allocates nothing while all pass.
#[derive(Default)]
struct Tally {
    findings: Vec<Finding>,
    not_checked: Vec<&'static str>,
    holds: Vec<&'static str>,
    ground: Option<WithholdGround>,
}

impl Tally {
    fn take(&mut self, check: &dyn Check, file: &CaseFile, cx: &Context<'_>) {
        match check.check(file, cx) {
            Verdict::Passed => {}
            Verdict::NotChecked => self.not_checked.push(check.id()),
            Verdict::Found(mut findings) => {
                let row = cx.law.check(check.id());
                let on = row.and_then(|r| r.counts_from(clock::day_zero(file).word().copied()));
                findings.iter_mut().for_each(|finding| finding.on = on);
                match row.map_or(Effect::Hold, |row| row.effect) {
                    Effect::Refuse | Effect::Hold => self.holds.push(check.id()),
                    Effect::Withhold => {
                        self.ground.get_or_insert(check.ground(file));
                    }
                    Effect::Report | Effect::Notice => {}
                }
                self.findings.extend(findings);
            }
        }
    }
}

#[cfg(test)]
mod tests;
