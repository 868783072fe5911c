//! Pages: views of what the ledger holds, through one template hand, into bytes in memory.
//!
//! Nothing here writes to disk, reads the clock, or sees anything raw.

use std::path::Path;

use crate::clearance::CaseKind;
use crate::diag::{Failure, Findings};
use crate::law::{Law, Today};
use crate::ledger::{Overview, Standing};
use crate::vocab::{Bureau, CaseId, Officer, Policy};

/// One built file, before the audit has read it.
#[derive(Debug)]
pub(crate) struct Page {
    /// Path below the site's root, ASCII, `/`-separated, as in `shihou/chufa/2026/k7m3x2qd/index.html`.
    pub(crate) path: String,
    /// The bytes.
    pub(crate) body: Vec<u8>,
    /// Whose raw values must not stand in it.
    pub(crate) scope: Scope,
    /// Whether the bytes are added to a file that earlier pages of the same path began.
    pub(crate) append: bool,
}

/// Which records a page speaks of: tells the audit whose raw values to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// No particular record: patterns and public values only.
    Open,
    /// One record.
    Case(CaseId),
    /// Several records: from each `data-case="ID"` (or, in downloads, each line that starts with or
    /// carries the id) to the next, the text speaks of that record.
    Cases,
}

/// What the press works with. All of it public.
#[derive(Clone, Copy)]
pub(crate) struct Setup<'a> {
    /// Site root: `content/`, `themes/`, `data/` are looked up here, then in the binary.
    pub(crate) root: &'a Path,
    /// The law, for terms and citations on pages.
    pub(crate) law: &'a Law,
    /// The bureau.
    pub(crate) bureau: &'a Bureau,
    /// Its officers.
    pub(crate) staff: &'a [Officer],
    /// Its choices.
    pub(crate) policy: &'a Policy,
    /// The day the site shows.
    pub(crate) today: Today,
}

/// One page of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListSpec {
    /// Penalties or inspections.
    pub(crate) kind: CaseKind,
    /// Year of decision or result.
    pub(crate) year: i32,
    /// Number of this page, from 1.
    pub(crate) page: usize,
    /// How many pages the year has.
    pub(crate) pages: usize,
    /// How many cases the year's list has.
    pub(crate) total: usize,
}

/// Cases on one list page.
pub(crate) const CASES_PER_PAGE: usize = 50;

/// The press: templates, content, flowcharts and bureau facts loaded, ready to print pages.
/// It is shared by threads.
pub(crate) struct Press {
    findings: Findings,
}

impl Press {
    /// Loads theme, content, flowcharts.
    ///
    /// # Errors
    /// A broken template, content file or flow; a symlink or special file among the content.
    pub(crate) fn new(setup: Setup<'_>) -> Result<Self, Failure> {
        let _ = (setup.root, setup.law, setup.bureau, setup.staff, setup.policy, setup.today);
        Ok(Self { findings: Findings::new() })
    }

    /// What was noticed while loading.
    pub(crate) fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The page of a published case.
    pub(crate) fn case(&self, standing: &Standing) -> Result<Page, Failure> {
        let _ = standing;
        Err(Failure::Internal("no press yet".into()))
    }

    /// What stands at the address of a taken-down or expired case and at its notice: two pages for a
    /// taken-down case, one for an expired one.
    pub(crate) fn notices(&self, standing: &Standing) -> Result<Vec<Page>, Failure> {
        let _ = standing;
        Err(Failure::Internal("no press yet".into()))
    }

    /// One page of a year's list. `rows` are at most [`CASES_PER_PAGE`] published cases, newest first.
    pub(crate) fn list(&self, spec: ListSpec, rows: &[Standing]) -> Result<Page, Failure> {
        let _ = (spec, rows);
        Err(Failure::Internal("no press yet".into()))
    }

    /// The beginning of a year's download files (CSV header, JSON opening), one page each.
    pub(crate) fn download_heads(&self, kind: CaseKind, year: i32) -> Result<Vec<Page>, Failure> {
        let _ = (kind, year);
        Ok(Vec::new())
    }

    /// One case as rows of the year's downloads, to be appended in list order. `first` says whether
    /// it is the file's first row.
    pub(crate) fn download_rows(
        &self,
        standing: &Standing,
        first: bool,
    ) -> Result<Vec<Page>, Failure> {
        let _ = (standing, first);
        Ok(Vec::new())
    }

    /// The end of a year's download files.
    pub(crate) fn download_tails(&self, kind: CaseKind, year: i32) -> Result<Vec<Page>, Failure> {
        let _ = (kind, year);
        Ok(Vec::new())
    }

    /// Every other page: home, lists' landing pages, register, statistics, staff, placards, flows,
    /// content, open data index, feed, sitemap, robots, 404, 410, stylesheets.
    pub(crate) fn fixed(&self, overview: &Overview) -> Result<Vec<Page>, Failure> {
        let _ = overview;
        Ok(Vec::new())
    }
}
