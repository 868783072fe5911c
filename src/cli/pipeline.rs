//! The order of the stages, for every verb that needs more than one.

mod printing;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::audit::Auditor;
use crate::clearance::{Clearing, DropFolder, RecordKey, Report, TakedownOrder, Watch};
use crate::diag::render::Titles as _;
use crate::diag::{Failure, Findings, Severity};
use crate::law::Day;
use crate::ledger::{self, Ledger, LineHead, PlacardBook, Settled, Settling, State, Years};
use crate::publish::{SiteStaged, Stage};
use crate::site::Press;

use super::root::Root;
use super::timings::Timings;
use super::yearly;
use printing::Run;

/// Drops settled with the ledger: the next state written aside, nothing put in place.
pub(super) struct Cleared {
    /// What clearing found.
    pub(super) report: Report,
    /// The next state.
    pub(super) settled: Settled,
}

/// Reads the drops and settles them with the ledger into the folder `aside`.
///
/// # Errors
/// A drop is refused, carries a classification mark, or something cannot be read or written.
pub(super) fn settle(
    root: &Root,
    drops: &[DropFolder],
    orders: &[TakedownOrder],
    aside: &Path,
    timings: &Timings,
) -> Result<Cleared, Failure> {
    let ledger = timings.stage("ledger", || Ledger::open(&root.ledger()))?;
    let unseen = ledger::unseen(&root.ledger())?;
    let published = PublishedDays::of(&ledger, &unseen);
    let clearing = Clearing::new(root.rules())?;
    let mut settling = Settling::begin(ledger, aside, (&root.law, &root.retention), root.today)?;
    settling.unseen = unseen;
    let mut report = timings.stage("clear", || {
        clearing.run(drops, &|number| published.day(number), &mut |record| settling.take(record))
    })?;
    let unmatched = std::mem::take(&mut report.unmatched);
    let strange = unmatched.into_iter().filter(|(number, _)| !published.knows(number));
    report.findings.extend(strange.map(|(_, found)| found));
    let settled = timings.stage("settle", || {
        settling.apply(&report)?;
        settling.orders(orders, "command");
        settling.finish();
        ledger::close(settling, aside, root.today.day())
    })?;
    Ok(Cleared { report, settled })
}

/// What printing has shown beside the pages.
pub(super) struct Noticed {
    /// What was found.
    pub(super) findings: Findings,
    /// Checks that were not made.
    pub(super) not_looked: &'static [&'static str],
    /// The figures of published years, as the next ledger has them.
    pub(super) years: Years,
    /// The versions of placards, as the next ledger has them.
    pub(super) placards: PlacardBook,
}

/// Prints, audits and stages the whole site.
///
/// # Errors
/// A leak or another fault of the output: nothing may be put in place.
pub(super) fn stage_site(
    root: &Root,
    settled: &Settled,
    stores: &[Watch],
    out: &Path,
    timings: &Timings,
) -> Result<(SiteStaged, Noticed), Failure> {
    let key = root.log_key()?;
    let press = timings.stage("theme", || Press::new(root.setup(key.as_ref())))?;
    let (mut overview, of_years) = timings.stage("overview", || yearly::overview(root, settled))?;
    overview.log =
        timings.stage("log", || ledger::public_log(&settled.staged.dir, &settled.append))?;
    overview.placards = PlacardBook::open(&settled.staged.dir)?;
    let (sheets, ended) = (press.placards().sheets(), |sheet: &str| press.placards().ended(sheet));
    overview.placards.see(&sheets, ended, root.today.day());
    let mut auditor = auditor(root, settled)?;
    auditor.refuse_recordings(&root.law.process.recording_endings.value, stores);
    auditor.know(press.origins());
    let stage = Stage::begin(out)?;
    let run = Run {
        press: &press,
        auditor: &auditor,
        stage: &stage,
        files: &settled.files,
        root: &root.dir,
        timings,
    };
    let gathered = timings.stage("cases", || run.cases(&settled.cases))?;
    overview.files = stage.grown();
    timings.stage("pages", || run.fixed(&overview, &gathered))?;
    let mut noticed = press.findings().clone();
    noticed.append(of_years);
    noticed.append(timings.stage("links", || auditor.close()));
    if noticed.iter().any(|f| root.law.severity(f.check) == Severity::Error) {
        return Err(Failure::Refused(noticed));
    }
    let head = settled.staged.head;
    let staged = timings.stage("sync", || stage.finish(root.today.day(), head))?;
    let (not_looked, years, placards) = (press.not_looked(), overview.years, overview.placards);
    Ok((staged, Noticed { findings: noticed, not_looked, years, placards }))
}

/// An auditor that knows what the records of the next build hold, and who is gone by then.
///
/// # Errors
/// None today; the signature leaves room for rules of its own.
pub(super) fn auditor<'o>(root: &Root, settled: &Settled) -> Result<Auditor<'o>, Failure> {
    let mut auditor = Auditor::new(Arc::clone(&settled.watches), &root.bureau, &root.staff)?;
    let heads: Vec<&LineHead> = settled.cases.iter().map(|case| &case.head).collect();
    expect(&mut auditor, &heads);
    Ok(auditor)
}

/// Tells the auditor which cases are gone and must be named nowhere, and what the pages of the others must say.
pub(super) fn expect(auditor: &mut Auditor<'_>, heads: &[&LineHead]) {
    // One task of inspections has many cases: its number stays where another of them stands.
    let numbers_in = |states: &[State]| -> BTreeSet<&str> {
        let standing = heads.iter().filter(|h| states.contains(&h.state) && h.id.is_some());
        let tasks = standing.filter(|head| !head.key.party.is_empty());
        tasks.map(|head| head.key.number.as_str()).collect()
    };
    let shown = numbers_in(&[State::Published]);
    let told = numbers_in(&[State::Published, State::TakenDown]);
    for head in heads {
        let unless = |shared: &BTreeSet<&str>| {
            let number = head.key.number.as_str();
            if shared.contains(number) { "" } else { number }
        };
        // Whatever once had an address and is neither shown nor suppressed: also what is held again since.
        let gone = !matches!(head.state, State::Published | State::Suppressed);
        if let (true, Some(id)) = (gone, head.id) {
            auditor.expect_gone(id, unless(&shown));
        }
        if let (State::Suppressed, Some(id)) = (head.state, head.id) {
            auditor.expect_vanished(id, unless(&told));
        }
        match (head.state, head.id) {
            (State::TakenDown, Some(id)) => {
                head.tombstone.iter().for_each(|stone| auditor.expect_reason(id, stone.ground));
            }
            (State::Published, Some(id)) => {
                head.published_on.iter().for_each(|day| auditor.expect_day(id, *day));
            }
            _ => {}
        }
    }
}

/// The cases of the ledger by number, and when each was first published, for the checks that ask.
struct PublishedDays(Vec<(String, Option<crate::law::Day>)>);

impl PublishedDays {
    fn of(ledger: &Ledger, unseen: &BTreeMap<RecordKey, Day>) -> Self {
        // What nobody has seen yet is published by this run, if at all.
        let seen = |head: &ledger::LineHead| {
            head.published_on.filter(|_| !unseen.contains_key(&*head.key))
        };
        let day = |slot: &ledger::Slot| (slot.head.key.number.clone(), seen(&slot.head));
        let mut days: Vec<_> = ledger.slots.iter().map(day).collect();
        days.sort();
        Self(days)
    }

    fn of_number(&self, number: &str) -> &[(String, Option<crate::law::Day>)] {
        let from = self.0.partition_point(|(n, _)| n.as_str() < number);
        let to = self.0.partition_point(|(n, _)| n.as_str() <= number);
        self.0.get(from..to).unwrap_or_default()
    }

    fn day(&self, number: &str) -> Option<crate::law::Day> {
        self.of_number(number).iter().find_map(|(_, day)| *day)
    }

    fn knows(&self, number: &str) -> bool {
        !self.of_number(number).is_empty()
    }
}

#[cfg(test)]
mod tests;
