//! The order of the stages, for every verb that needs more than one.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::audit::Auditor;
use crate::clearance::{CaseKind, Clearing, DropFolder, Report, TakedownOrder, Watch};
use crate::diag::render::Titles as _;
use crate::diag::{Failure, Finding, Findings, Place, Severity, shown_file_name};
use crate::ledger::{self, Files, Ledger, Listed, Overview, Settled, Settling, State, Years};
use crate::publish::{SiteStaged, Stage};
use crate::site::{Beside, CASES_PER_PAGE, ListSpec, Page, Press};

use super::root::Root;
use super::timings::Timings;
use super::yearly;

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
    let published = PublishedDays::of(&ledger);
    let clearing = Clearing::new(root.rules())?;
    let mut settling = Settling::begin(ledger, aside, (&root.law, &root.retention), root.today)?;
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
}

/// Prints, audits and stages the whole site.
///
/// # Errors
/// A leak or another fault of the output: nothing may be put in place.
pub(super) fn stage_site(
    root: &Root,
    settled: &mut Settled,
    stores: &[Watch],
    out: &Path,
    timings: &Timings,
) -> Result<(SiteStaged, Noticed), Failure> {
    let key = root.log_key()?;
    let press = timings.stage("theme", || Press::new(root.setup(key.as_ref())))?;
    let (mut overview, of_years) = timings.stage("overview", || yearly::overview(root, settled))?;
    overview.log =
        timings.stage("log", || ledger::public_log(&settled.staged.dir, &settled.append))?;
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
    timings.stage("cases", || run.cases(&settled.cases))?;
    timings.stage("pages", || run.fixed(&overview))?;
    let mut noticed = press.findings().clone();
    noticed.append(of_years);
    noticed.append(timings.stage("links", || auditor.close()));
    if noticed.iter().any(|f| root.law.severity(f.check) == Severity::Error) {
        return Err(Failure::Refused(noticed));
    }
    let head = settled.staged.head;
    let staged = timings.stage("sync", || stage.finish(root.today.day(), head))?;
    let (not_looked, years) = (press.not_looked(), overview.years);
    Ok((staged, Noticed { findings: noticed, not_looked, years }))
}

fn auditor<'o>(root: &Root, settled: &mut Settled) -> Result<Auditor<'o>, Failure> {
    let watches = std::mem::take(&mut settled.watches);
    let mut auditor = Auditor::new(watches, &root.bureau, &root.staff)?;
    // One task of inspections has many cases: its number stays where another of them stands.
    let numbers_in = |states: &[State]| -> BTreeSet<String> {
        let heads = settled.cases.iter().map(|case| &case.head);
        let standing = heads.filter(|head| states.contains(&head.state) && head.id.is_some());
        let tasks = standing.filter(|head| !head.key.party.is_empty());
        tasks.map(|head| head.key.number.clone()).collect()
    };
    let shown = numbers_in(&[State::Published]);
    let told = numbers_in(&[State::Published, State::TakenDown]);
    for case in &settled.cases {
        let head = &case.head;
        let unless = |shared: &BTreeSet<String>| {
            let number = head.key.number.as_str();
            if shared.contains(number) { "" } else { number }
        };
        let gone = matches!(head.state, State::TakenDown | State::Expired | State::Withheld);
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
    Ok(auditor)
}

/// How many cases are printed together.
const BATCH: usize = CASES_PER_PAGE * 10;
/// How many findings of the audit are worth collecting before giving up.
const ENOUGH: usize = 200;

/// Checks of the audit that on a page of prose mean a leak of its text.
const LEAKS: [&str; 2] = ["private-value-on-page", "personal-number-on-page"];

/// One printing of the site.
struct Run<'r> {
    press: &'r Press,
    auditor: &'r Auditor<'r>,
    stage: &'r Stage,
    files: &'r Files,
    root: &'r Path,
    timings: &'r Timings,
}

/// What one case became: its page is written; its rows wait for their turn.
struct Printed {
    rows: Vec<Page>,
    standing: Option<ledger::Standing>,
}

impl Run<'_> {
    /// All cases, year by year and kind by kind, each read, printed, audited and written by itself.
    fn cases(&self, cases: &[Listed]) -> Result<(), Failure> {
        let group = |c: &Listed| (c.head.year(), c.head.key.kind);
        for year in cases.chunk_by(|a, b| group(a) == group(b)) {
            let shown: Vec<&Listed> = year.iter().filter(|c| is_shown(c)).collect();
            if let Some(first) = year.iter().find(|c| has_left_the_queue(c)) {
                let (year, kind) = group(first);
                self.year(kind, year, &shown)?;
            }
        }
        Ok(())
    }

    fn year(&self, kind: CaseKind, year: i32, shown: &[&Listed]) -> Result<(), Failure> {
        for head in self.press.download_heads(kind, year)? {
            self.put(Page { append: true, ..head })?;
        }
        let total = shown.iter().filter(|c| c.head.state == State::Published).count();
        let pages = total.div_ceil(CASES_PER_PAGE).max(1);
        let mut list =
            List { spec: ListSpec { kind, year, page: 1, pages, total }, rows: Vec::new() };
        let beside = Beside::of_all(shown);
        for (batch_number, batch) in shown.chunks(BATCH).enumerate() {
            let beside = &beside[batch_number * BATCH..];
            let printed: Vec<Result<Printed, Failure>> = batch
                .par_iter()
                .enumerate()
                .map(|(i, case)| self.case(case, &beside[i], batch_number == 0 && i == 0))
                .collect();
            for one in all(printed)? {
                self.put_all(one.rows)?;
                list.rows.extend(one.standing);
            }
            self.lists(&mut list, false)?;
        }
        self.lists(&mut list, true)?;
        self.put_all(self.press.download_tails(kind, year)?)
    }

    fn case(&self, case: &Listed, beside: &Beside, first: bool) -> Result<Printed, Failure> {
        let standing = ledger::read(case, self.files)?;
        let published = standing.state == State::Published;
        let pages = if published {
            vec![self.timings.page(|| self.press.case(&standing, beside))?]
        } else {
            self.press.notices(&standing)?
        };
        self.put_all(pages)?;
        let rows = self.press.download_rows(&standing, first)?;
        Ok(Printed { rows, standing: published.then_some(standing) })
    }

    /// Prints the list pages that are full; with `last`, also the one that is not.
    fn lists(&self, list: &mut List, last: bool) -> Result<(), Failure> {
        let full = list.rows.len() / CASES_PER_PAGE * CASES_PER_PAGE;
        let take = if last { list.rows.len() } else { full };
        let ready: Vec<ledger::Standing> = list.rows.drain(..take).collect();
        let empty_year = last && list.spec.total == 0;
        let chunks: Vec<&[ledger::Standing]> =
            if empty_year { vec![&[]] } else { ready.chunks(CASES_PER_PAGE).collect() };
        let first_page = list.spec.page;
        list.spec.page += chunks.len();
        let done: Vec<Result<(), Failure>> = chunks
            .into_par_iter()
            .enumerate()
            .map(|(i, rows)| {
                let spec = ListSpec { page: first_page + i, ..list.spec };
                self.put(self.press.list(spec, rows)?)
            })
            .collect();
        all(done).map(|_| ())
    }

    fn fixed(&self, overview: &Overview) -> Result<(), Failure> {
        let pages = self.press.fixed(overview)?;
        all(pages.into_par_iter().map(|page| self.put(page)).collect()).map(|_| ())
    }

    fn put_all(&self, pages: Vec<Page>) -> Result<(), Failure> {
        pages.into_iter().try_for_each(|page| self.put(page))
    }

    fn put(&self, page: Page) -> Result<(), Failure> {
        let source = self.press.source_of(&page.path).map(str::to_owned);
        let audited = self.timings.audit(|| self.auditor.read(page)).map_err(|found| {
            Failure::Leak(source.map_or_else(|| found.clone(), |s| self.in_source(&s, &found)))
        })?;
        self.timings.write(|| self.stage.write(&audited))
    }

    /// A fault on a page of prose, told by the file it was written in; a leak also by its lines.
    fn in_source(&self, source: &str, told: &Findings) -> Findings {
        let file: Arc<str> = shown_file_name(source).into();
        let whole = |check| Finding::new(check, Place::File { file: Arc::clone(&file) });
        let (leaks, others): (Vec<&Finding>, Vec<&Finding>) =
            told.iter().partition(|f| LEAKS.contains(&f.check));
        let others: BTreeSet<&str> = others.into_iter().map(|f| f.check).collect();
        let mut found: Vec<Finding> = others.into_iter().map(whole).collect();
        if !leaks.is_empty() {
            let text = std::fs::read_to_string(self.root.join(source)).unwrap_or_default();
            let lines = self.auditor.lines_with_personal_numbers(&text);
            let at = |line: u32| Finding::new("content-leak", Place::row(&file, None, line));
            found.extend(lines.iter().map(|line| at(*line)));
            found.extend(lines.is_empty().then(|| whole("content-leak")));
        }
        Findings::from(found)
    }
}

/// Whether the landing page counts the case among those that have or had a page. A year of such has
/// its list and downloads, even where a case was over before it came and left both empty.
fn has_left_the_queue(case: &Listed) -> bool {
    !matches!(case.head.state, State::Held | State::Withheld)
}

struct List {
    spec: ListSpec,
    rows: Vec<ledger::Standing>,
}

/// Whether a case has any page: it is public, or was and has a notice.
fn is_shown(case: &Listed) -> bool {
    let was_public = case.head.id.is_some();
    match case.head.state {
        State::Published => true,
        State::TakenDown | State::Expired => was_public,
        State::Held | State::Withheld | State::Suppressed => false,
    }
}

/// All results, or the first failure; leaks of several pages are told together.
fn all<T>(results: Vec<Result<T, Failure>>) -> Result<Vec<T>, Failure> {
    let mut done = Vec::with_capacity(results.len());
    let mut leaks: Vec<Finding> = Vec::new();
    for result in results {
        match result {
            Ok(one) => done.push(one),
            Err(Failure::Leak(found)) => leaks.extend(found.iter().cloned()),
            Err(other) => return Err(other),
        }
    }
    if leaks.is_empty() {
        return Ok(done);
    }
    leaks.truncate(ENOUGH);
    Err(Failure::Leak(Findings::from(leaks)))
}

/// The cases of the ledger by number, and when each was first published, for the checks that ask.
struct PublishedDays(Vec<(String, Option<crate::law::Day>)>);

impl PublishedDays {
    fn of(ledger: &Ledger) -> Self {
        let day = |slot: &ledger::Slot| (slot.head.key.number.clone(), slot.head.published_on);
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
