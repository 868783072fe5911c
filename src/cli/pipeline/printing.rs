//! One printing of the site: each page printed, audited and written by itself, on all cores.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::audit::{AuditedPage, Auditor};
use crate::clearance::CaseKind;
use crate::diag::{Failure, Finding, Findings, Place, shown_file_name};
use crate::law::Day;
use crate::ledger::{self, Files, Listed, Overview, State};
use crate::publish::Stage;
use crate::site::{
    Beside, Copied, Gathered, Index, Indexed, Line, ListPage, Page, Press, YearLists,
};

use super::super::timings::Timings;

/// How many cases are printed together.
const BATCH: usize = 500;
/// How many findings of the audit are worth collecting before giving up.
const ENOUGH: usize = 200;

/// Checks of the audit that on a page of prose mean a leak of its text.
const LEAKS: [&str; 2] = ["private-value-on-page", "personal-number-on-page"];

/// One printing of the site.
pub(super) struct Run<'r> {
    pub(super) press: &'r Press,
    pub(super) auditor: &'r Auditor<'r>,
    pub(super) stage: &'r Stage,
    pub(super) files: &'r Files,
    pub(super) root: &'r Path,
    pub(super) timings: &'r Timings,
}

/// What one case became: its page is written; its rows, read, its line and entry wait for their turn.
struct Printed {
    rows: Vec<AuditedPage>,
    line: Option<Line>,
    indexed: Option<Indexed>,
}

/// What grows from year to year.
struct Growing {
    index: Index,
    lists: Vec<String>,
    begun: BTreeSet<CaseKind>,
}

impl Run<'_> {
    /// All cases, year by year and kind by kind, each read, printed, audited and written by itself; then
    /// the lists of each year, and the search index.
    pub(super) fn cases(&self, cases: &[Listed]) -> Result<Gathered, Failure> {
        let group = |c: &Listed| (c.head.year(), c.head.key.kind);
        let mut growing =
            Growing { index: Index::default(), lists: Vec::new(), begun: BTreeSet::new() };
        let mut begun: BTreeMap<CaseKind, Day> = BTreeMap::new();
        for (kind, on) in cases.iter().filter_map(|c| Some((c.head.key.kind, c.head.count.on?))) {
            begun.entry(kind).and_modify(|first| *first = on.min(*first)).or_insert(on);
        }
        for year in cases.chunk_by(|a, b| group(a) == group(b)) {
            if let Some(first) = year.iter().find(|c| has_left_the_queue(c)) {
                self.year(year, begun.get(&first.head.key.kind).copied(), &mut growing)?;
            }
        }
        let (files, searchable) = growing.index.finish()?;
        self.put_each(files)?;
        Ok(Gathered { searchable, lists: growing.lists })
    }

    /// One year of one kind. `since` is the first day of which the ledger has a case of this kind.
    fn year(
        &self,
        year: &[Listed],
        since: Option<Day>,
        growing: &mut Growing,
    ) -> Result<(), Failure> {
        let Some((kind, of_year)) = year.first().map(|c| (c.head.key.kind, c.head.year())) else {
            return Ok(());
        };
        let shown: Vec<&Listed> = year.iter().filter(|c| is_shown(c)).collect();
        let is_first = growing.begun.insert(kind);
        self.put_copied(self.press.download_heads(kind, of_year, is_first)?)?;
        let mut has_rows = false;
        let mut lines = Vec::new();
        let beside = Beside::of_all(&shown);
        for (batch, beside) in shown.chunks(BATCH).zip(beside.chunks(BATCH)) {
            let printed: Vec<Result<Printed, Failure>> = batch
                .par_iter()
                .zip(beside)
                .map(|(case, beside)| self.case(case, beside))
                .collect();
            for one in all(printed)? {
                if has_rows && !one.rows.is_empty() {
                    self.put_copied(self.press.download_between(kind, of_year))?;
                }
                has_rows |= !one.rows.is_empty();
                one.rows.iter().try_for_each(|row| self.write(row))?;
                lines.extend(one.line);
                if let Some(case) = one.indexed {
                    self.put_all(growing.index.add(case)?)?;
                }
            }
        }
        self.put_copied(self.press.download_tails(kind, of_year))?;
        let heads = year.iter().map(|c| &c.head);
        let lists = self.press.year_lists((kind, of_year), heads, since, lines);
        growing.lists.extend(lists.folders());
        self.lists(&lists)
    }

    fn case(&self, case: &Listed, beside: &Beside) -> Result<Printed, Failure> {
        let standing = ledger::read(case, self.files)?;
        let pages = if standing.state == State::Published {
            vec![self.timings.page(|| self.press.case(&standing, beside))?]
        } else {
            self.press.notices(&standing)?
        };
        self.put_all(pages)?;
        let rows = self.read_all(self.press.download_rows(&standing)?)?;
        let (rows, whole): (Vec<_>, Vec<_>) = rows.into_iter().partition(AuditedPage::appends);
        whole.iter().try_for_each(|page| self.write(page))?;
        Ok(Printed {
            rows,
            line: self.press.line(&standing)?,
            indexed: self.press.indexed(&standing)?,
        })
    }

    /// Every page and download of a year's lists.
    fn lists(&self, lists: &YearLists) -> Result<(), Failure> {
        let print = |at: &ListPage| self.put(self.timings.page(|| self.press.list(lists, *at))?);
        all(lists.pages().par_iter().map(print).collect())?;
        let selected: Vec<usize> = lists.selected().collect();
        let files = |at: &usize| self.put_all(self.press.selection(lists, *at)?);
        all(selected.par_iter().map(files).collect())?;
        self.put_all(self.press.subjects(lists)?.into_iter().collect())
    }

    pub(super) fn fixed(&self, overview: &Overview, gathered: &Gathered) -> Result<(), Failure> {
        self.put_each(self.press.fixed(overview, gathered)?)?;
        self.press.enclosed().try_for_each(|file| self.put(file?))
    }

    fn put_each(&self, pages: Vec<Page>) -> Result<(), Failure> {
        all(pages.into_par_iter().map(|page| self.put(page)).collect()).map(|_| ())
    }

    fn put_all(&self, pages: Vec<Page>) -> Result<(), Failure> {
        pages.into_iter().try_for_each(|page| self.put(page))
    }

    fn put_copied(&self, copied: Vec<Copied>) -> Result<(), Failure> {
        self.read_all(copied)?.iter().try_for_each(|page| self.write(page))
    }

    /// Reads pages, and gives each its other paths.
    fn read_all(&self, copied: Vec<Copied>) -> Result<Vec<AuditedPage>, Failure> {
        let mut read = Vec::new();
        for Copied { page, also } in copied {
            let page = self.timings.audit(|| self.auditor.read(page)).map_err(Failure::Leak)?;
            for twin in also {
                read.push(self.auditor.also(&page, twin).map_err(Failure::Leak)?);
            }
            read.push(page);
        }
        Ok(read)
    }

    fn put(&self, page: Page) -> Result<(), Failure> {
        let source = self.press.source_of(&page.path).map(str::to_owned);
        let audited = self.timings.audit(|| self.auditor.read(page)).map_err(|found| {
            Failure::Leak(source.map_or_else(|| found.clone(), |s| self.in_source(&s, &found)))
        })?;
        self.write(&audited)
    }

    fn write(&self, page: &AuditedPage) -> Result<(), Failure> {
        self.timings.write(|| self.stage.write(page))
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
            if lines.is_empty() {
                // A packed file has no lines: what was read in it is told of the whole.
                for leak in leaks {
                    let told = Finding { note: leak.note.clone(), ..whole("content-leak") };
                    found.extend((!found.contains(&told)).then_some(told));
                }
            }
        }
        Findings::from(found)
    }
}

/// Whether the landing page counts the case among those that have or had a page. A year of such has
/// its list and downloads, even where a case was over before it came and left both empty.
fn has_left_the_queue(case: &Listed) -> bool {
    !matches!(case.head.state, State::Held | State::Withheld)
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
