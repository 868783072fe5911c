//! Pages of a year's lists and their divisions.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::clearance::CaseKind;
use crate::diag::Failure;

use super::super::head::Column;
use super::super::lists::{
    Filter, ListForm, ListPage, Month, SUBJECTS_BESIDE, Selection, Side, YearLists,
};
use super::super::paths::{column, download, kind_folder};
use super::super::press::Press;
use super::super::{CASES_PER_PAGE, Page, Scope};
use super::home::percent;
use super::landing::describes;
use super::row::Row;
use super::{Crumb, column_sheet, sheet};

#[derive(Serialize)]
struct Choice {
    title: String,
    /// `None` for the list that is open.
    href: Option<String>,
    cases: usize,
}

/// What a year can be divided by.
#[derive(Serialize)]
struct Choices {
    title: &'static str,
    choices: Vec<Choice>,
    /// Where all of them stand, where they are too many.
    all: Option<String>,
}

#[derive(Serialize)]
struct ListView<'a> {
    crumbs: Vec<Crumb>,
    penalty: bool,
    title: &'a str,
    year: i32,
    month: Option<u32>,
    is_whole: bool,
    page: usize,
    pages: usize,
    total: usize,
    on_time: usize,
    late: usize,
    punctual: Option<String>,
    down: Month,
    rows: Vec<Row<'a>>,
    previous: Option<String>,
    next: Option<String>,
    first_page: String,
    last_page: String,
    whole: String,
    csv: Option<String>,
    json: Option<String>,
    /// Cases in the downloads.
    in_file: usize,
    sides: Vec<Choices>,
}

/// One page of a list.
pub(in crate::site) fn page(
    press: &Press,
    lists: &YearLists,
    at: ListPage,
) -> Result<Page, Failure> {
    let (kind, year) = (lists.kind, lists.year);
    let Some(selection) = lists.selections.get(at.selection) else {
        return Err(Failure::Internal("no such list".into()));
    };
    let (filter, pages) = (&selection.filter, selection.pages());
    let folder = |page: usize| lists.folder(filter, page);
    let in_file = lists.rows(selection).count();
    let own = |form| match filter {
        Filter::Year => Some(download(kind, year, form)),
        _ if in_file == 0 => None,
        filter => Some(lists.download(filter, form)),
    };
    let mut crumbs = vec![Crumb::after(), Crumb::new(column(kind), kind_folder(kind))];
    let whole = lists.folder(&Filter::Year, 1);
    if *filter != Filter::Year {
        crumbs.push(Crumb::new(format!("{year}年"), whole.clone()));
    }
    let of = |at: &usize| lists.lines.get(*at);
    let lines = || selection.cases.iter().filter_map(of);
    let count = |on_time: bool| lines().filter(|line| line.on_time == Some(on_time)).count();
    let (on_time, late) = (count(true), count(false));
    let title = title(lists, (filter, &press.forms.lists), at.page);
    let view = ListView {
        crumbs,
        penalty: kind == CaseKind::Penalty,
        title: &title,
        year,
        month: month_of(filter),
        is_whole: *filter == Filter::Year,
        page: at.page,
        pages,
        total: selection.cases.len(),
        on_time,
        late,
        punctual: percent(on_time as u64, (on_time + late) as u64),
        down: down(lists, filter),
        rows: lines()
            .skip(at.page.saturating_sub(1) * CASES_PER_PAGE)
            .take(CASES_PER_PAGE)
            .map(|line| Row::of_line(line, year))
            .collect(),
        previous: (at.page > 1).then(|| folder(at.page - 1)),
        next: (at.page < pages).then(|| folder(at.page + 1)),
        first_page: folder(1),
        last_page: folder(pages),
        whole,
        csv: own("csv"),
        json: own("json"),
        in_file,
        sides: sides(lists, filter, &press.forms.lists),
    };
    let column = Column { name: &title, describes: describes(kind), keywords: column(kind) };
    let mut sheet = column_sheet(&folder(at.page), "list.html", "shihou", column);
    sheet.scope = Scope::Cases;
    sheet.head.sheet = Some(press.theme.sheet("find"));
    press.print(sheet, &view)
}

fn title(lists: &YearLists, (filter, form): (&Filter, &ListForm), page: usize) -> String {
    let (year, column) = (lists.year, column(lists.kind));
    let what = match filter {
        Filter::Year => format!("{year}年{column}结果"),
        Filter::Month(month) => format!("{year}年{month}月{column}结果"),
        Filter::Kind(_)
        | Filter::Result(_)
        | Filter::Amount(..)
        | Filter::Unit(_)
        | Filter::Subject(_) => {
            format!("{year}年{column}结果：{}", filter.title(form))
        }
    };
    if page > 1 { format!("{what}（第{page}页）") } else { what }
}

const fn month_of(filter: &Filter) -> Option<u32> {
    match filter {
        Filter::Month(month) => Some(*month),
        _ => None,
    }
}

/// What is not in the list any more. By kind, amount, unit or subject it is not told: that would say
/// something of a case that is down.
fn down(lists: &YearLists, filter: &Filter) -> Month {
    match filter {
        Filter::Year => lists.whole,
        Filter::Month(month) => lists.months.get(month).copied().unwrap_or_default(),
        _ => Month::default(),
    }
}

fn sides(lists: &YearLists, here: &Filter, form: &ListForm) -> Vec<Choices> {
    let has_more = lists.subjects().count() > SUBJECTS_BESIDE;
    let mut sides: BTreeMap<Side, Vec<Choice>> = BTreeMap::new();
    for selection in lists.beside.iter().filter_map(|at| lists.selections.get(*at)) {
        let (filter, cases) = (&selection.filter, selection.cases.len());
        let href = (filter != here).then(|| lists.folder(filter, 1));
        let choice = Choice { title: filter.title(form), href, cases };
        sides.entry(filter.side()).or_default().push(choice);
    }
    let penalty = lists.kind == CaseKind::Penalty;
    let division = |(side, choices): (Side, Vec<Choice>)| Choices {
        title: side.zh(penalty),
        choices,
        all: (side == Side::Subject && has_more).then(|| subjects_folder(lists)),
    };
    sides.into_iter().map(division).collect()
}

/// Folder of the page of all subjects of a year.
fn subjects_folder(lists: &YearLists) -> String {
    format!("{}shiyou/", lists.folder(&Filter::Year, 1))
}

#[derive(Serialize)]
struct SubjectsView {
    crumbs: Vec<Crumb>,
    title: String,
    choices: Vec<Choice>,
    others: usize,
}

/// The page of all subjects of a year, where they are too many to stand beside each list.
pub(in crate::site) fn subjects(press: &Press, lists: &YearLists) -> Result<Option<Page>, Failure> {
    let (kind, year) = (lists.kind, lists.year);
    if lists.subjects().count() <= SUBJECTS_BESIDE {
        return Ok(None);
    }
    let choice = |s: &Selection| Choice {
        title: s.filter.title(&press.forms.lists),
        href: Some(lists.folder(&s.filter, 1)),
        cases: s.cases.len(),
    };
    let mut choices: Vec<Choice> = lists.subjects().map(choice).collect();
    choices.sort_by(|a, b| b.cases.cmp(&a.cases).then_with(|| a.title.cmp(&b.title)));
    let what = Side::Subject.zh(kind == CaseKind::Penalty);
    let view = SubjectsView {
        crumbs: vec![
            Crumb::after(),
            Crumb::new(column(kind), kind_folder(kind)),
            Crumb::new(format!("{year}年"), lists.folder(&Filter::Year, 1)),
        ],
        title: format!("{year}年{}结果：按{what}查阅", column(kind)),
        choices,
        others: lists.other_subjects,
    };
    let title = view.title.clone();
    let sheet = sheet(&subjects_folder(lists), "subjects.html", "shihou", &title);
    press.print(sheet, &view).map(Some)
}
