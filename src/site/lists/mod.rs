//! The lists of one year and kind: all its published cases, and the selections that visitors can follow
//! without a script. Knows published cases only; makes no markup.
//!
//! A selection divides the year by one thing at a time, and stands only where a case is in it (months
//! excepted: an empty one says so). So the pages grow with the cases, not with what could be combined.

mod filter;
mod form;
mod line;

use std::collections::BTreeMap;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::ledger::{LineHead, State};

use super::forms::Forms;
use super::paths::{list_folder, slug};
use super::{CASES_PER_PAGE, Page, Scope};

pub(super) use filter::{Filter, Side};
pub(super) use form::ListForm;
pub(crate) use line::Line;

/// Most subjects of a year that have a list of their own: the most frequent ones.
const MOST_SUBJECTS: usize = 200;
/// Most subjects named beside a list; all that have a list are named on a page of their own.
pub(super) const SUBJECTS_BESIDE: usize = 12;
/// Fewest cases for which a subject has one.
const FEWEST: usize = 2;

/// What is down of a month, as far as the public knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Month {
    /// Taken down, with a public notice.
    pub(super) taken_down: u64,
    /// Disclosure period over.
    pub(super) expired: u64,
}

impl Month {
    fn add(&mut self, head: &LineHead) {
        self.taken_down += u64::from(head.state == State::TakenDown && head.id.is_some());
        self.expired += u64::from(head.state == State::Expired);
    }
}

/// Cases of a year that have something in common, in list order.
#[derive(Debug)]
pub(super) struct Selection {
    /// What they have in common.
    pub(super) filter: Filter,
    /// Their places among the year's lines.
    pub(super) cases: Vec<usize>,
}

impl Selection {
    /// How many pages its list has; an empty one has one.
    pub(super) fn pages(&self) -> usize {
        self.cases.len().div_ceil(CASES_PER_PAGE).max(1)
    }
}

/// The lists of one year and kind.
#[derive(Debug)]
pub(crate) struct YearLists {
    /// Penalties or inspections.
    pub(super) kind: CaseKind,
    /// Year of decision or result; 0 where cases have no day.
    pub(super) year: i32,
    /// Published cases, newest first.
    pub(super) lines: Vec<Line>,
    /// The whole year first, then its divisions.
    pub(super) selections: Vec<Selection>,
    /// Months of the year that are to have a page.
    pub(super) months: BTreeMap<u32, Month>,
    /// The year as a whole.
    pub(super) whole: Month,
    /// Places of the selections that are named beside each list: all but the less frequent subjects.
    pub(super) beside: Vec<usize>,
    /// How many subjects have no list of their own.
    pub(super) other_subjects: usize,
}

/// One page of one list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListPage {
    /// Place of the selection.
    pub(super) selection: usize,
    /// From 1.
    pub(super) page: usize,
}

impl YearLists {
    /// Divides a year. `heads` are its cases in every state, `months` those that must have a page.
    pub(super) fn new<'h>(
        forms: &Forms,
        (kind, year): (CaseKind, i32),
        heads: impl Iterator<Item = &'h LineHead>,
        months: std::ops::RangeInclusive<u32>,
        lines: Vec<Line>,
    ) -> Self {
        let mut of_months: BTreeMap<u32, Month> = months.map(|m| (m, Month::default())).collect();
        let mut whole = Month::default();
        for head in heads {
            whole.add(head);
            if let Some(on) = head.count.on {
                of_months.entry(on.month()).or_default().add(head);
            }
        }
        let mut divided: BTreeMap<Filter, Vec<usize>> =
            of_months.keys().map(|month| (Filter::Month(*month), Vec::new())).collect();
        for (at, line) in lines.iter().enumerate() {
            line.filters(&forms.lists, |filter| divided.entry(filter).or_default().push(at));
        }
        let other_subjects = drop_rare(&mut divided);
        let all = Selection { filter: Filter::Year, cases: (0..lines.len()).collect() };
        let parts = divided.into_iter().map(|(filter, cases)| Selection { filter, cases });
        let selections: Vec<Selection> = std::iter::once(all).chain(parts).collect();
        let mut beside: Vec<usize> = (1..selections.len()).collect();
        // The sort keeps the order of what is not a subject: all of that counts as most frequent.
        beside.sort_by_key(|at| match selections[*at].filter.side() {
            Side::Subject => (1, std::cmp::Reverse(selections[*at].cases.len())),
            _ => (0, std::cmp::Reverse(0)),
        });
        let divisions = beside.iter().filter(|at| selections[**at].filter.side() != Side::Subject);
        beside.truncate(divisions.count() + SUBJECTS_BESIDE);
        let months = of_months;
        Self { kind, year, lines, selections, months, whole, beside, other_subjects }
    }

    /// The subjects that have a list of their own.
    pub(super) fn subjects(&self) -> impl Iterator<Item = &Selection> {
        self.selections.iter().filter(|s| s.filter.side() == Side::Subject)
    }

    /// Every page of every list.
    pub(crate) fn pages(&self) -> Vec<ListPage> {
        let of = |(at, selection): (usize, &Selection)| {
            (1..=selection.pages()).map(move |page| ListPage { selection: at, page })
        };
        self.selections.iter().enumerate().flat_map(of).collect()
    }

    /// Folders of the first pages of the lists that hold a case, for the site map.
    pub(crate) fn folders(&self) -> impl Iterator<Item = String> {
        let full = self.selections.iter().filter(|s| !s.cases.is_empty());
        full.map(|s| self.folder(&s.filter, 1))
    }

    /// Folder of a page of a list.
    pub(super) fn folder(&self, filter: &Filter, page: usize) -> String {
        let own = filter.folder();
        match (own.is_empty(), page) {
            (true, page) => list_folder(self.kind, self.year, page),
            (false, 0 | 1) => format!("{}{own}", list_folder(self.kind, self.year, 1)),
            (false, page) => format!("{}{own}ye{page}/", list_folder(self.kind, self.year, 1)),
        }
    }

    /// Path of the download of a selection; the whole year's stands with the open data.
    pub(super) fn download(&self, filter: &Filter, form: &str) -> String {
        let name = filter.folder().trim_end_matches('/').replace('/', "-");
        let (folder, slug) = (self.folder(filter, 1), slug(self.kind));
        format!("{folder}{slug}-{}-{name}.{form}", self.year)
    }

    /// The selections that have downloads of their own.
    pub(crate) fn selected(&self) -> impl Iterator<Item = usize> {
        let own = self.selections.iter().enumerate();
        own.filter(|(_, s)| s.filter != Filter::Year && self.rows(s).next().is_some())
            .map(|(at, _)| at)
    }

    /// The cases of a selection that its downloads have: those that the open data do not leave out.
    pub(super) fn rows(&self, selection: &Selection) -> impl Iterator<Item = &Line> {
        let lines = selection.cases.iter().filter_map(|at| self.lines.get(*at));
        lines.filter(|line| !line.csv.is_empty())
    }

    /// The downloads of a selection: its cases, no tombstones.
    pub(super) fn files(&self, forms: &Forms, selection: usize) -> Result<Vec<Page>, Failure> {
        let Some(selection) = self.selections.get(selection) else { return Ok(Vec::new()) };
        let mut csv = line::csv_head(forms, self.kind)?;
        let mut json = b"[\n".to_vec();
        for (i, line) in self.rows(selection).enumerate() {
            csv.extend_from_slice(&line.csv);
            json.extend_from_slice(if i == 0 { b"" } else { b"," });
            json.extend_from_slice(&line.json);
        }
        json.extend_from_slice(b"]\n");
        let file = |form, body| Page {
            path: self.download(&selection.filter, form),
            body,
            scope: Scope::Cases,
            append: false,
        };
        Ok(vec![file("csv", csv), file("json", json)])
    }
}

/// Drops subjects that are too rare for a list, and says how many; the most frequent ones stay.
fn drop_rare(divided: &mut BTreeMap<Filter, Vec<usize>>) -> usize {
    let is_subject = |filter: &Filter| filter.side() == Side::Subject;
    let mut counts: Vec<(usize, Filter)> = divided
        .iter()
        .filter(|(filter, _)| is_subject(filter))
        .map(|(filter, cases)| (cases.len(), filter.clone()))
        .collect();
    counts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let kept = counts.iter().take(MOST_SUBJECTS).take_while(|(n, _)| *n >= FEWEST).count();
    for (_, filter) in &counts[kept..] {
        divided.remove(filter);
    }
    counts.len() - kept
}
