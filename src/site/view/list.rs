//! Lists of a year, and the landing pages of 事后公开 and its columns.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::ledger::{Overview, Standing, YearFigures};

use super::super::head::Column;
use super::super::paths::{column, download, kind_folder, list_folder, slug};
use super::super::press::Press;
use super::super::{ListSpec, Page, Scope};
use super::row::Row;
use super::{Crumb, column_sheet, sheet};

#[derive(Serialize)]
struct ListView<'a> {
    crumbs: Vec<Crumb>,
    penalty: bool,
    title: &'a str,
    year: i32,
    page: usize,
    pages: usize,
    total: usize,
    first: usize,
    rows: Vec<Row<'a>>,
    previous: Option<String>,
    next: Option<String>,
    first_page: String,
    last_page: String,
    csv: String,
    json: String,
}

/// One page of a year's list.
pub(in crate::site) fn page(
    press: &Press,
    spec: ListSpec,
    rows: &[Standing],
) -> Result<Page, Failure> {
    let ListSpec { kind, year, page, pages, total } = spec;
    let at = |n: usize| list_folder(kind, year, n);
    let title = match page {
        0 | 1 => format!("{year}年{}结果", column(kind)),
        n => format!("{year}年{}结果（第{n}页）", column(kind)),
    };
    let view = ListView {
        crumbs: vec![
            Crumb::new("事后公开", "shihou/"),
            Crumb::new(column(kind), kind_folder(kind)),
        ],
        penalty: kind == CaseKind::Penalty,
        title: &title,
        year,
        page,
        pages,
        total,
        first: page.saturating_sub(1) * super::super::CASES_PER_PAGE,
        rows: rows.iter().filter_map(Row::of).collect(),
        previous: (page > 1).then(|| at(page - 1)),
        next: (page < pages).then(|| at(page + 1)),
        first_page: at(1),
        last_page: at(pages.max(1)),
        csv: download(kind, year, "csv"),
        json: download(kind, year, "json"),
    };
    let column = Column { name: &title, describes: describes(kind), keywords: column(kind) };
    let mut sheet = column_sheet(&at(page), "list.html", "shihou", column);
    sheet.scope = Scope::Cases;
    press.print(sheet, &view)
}

const fn describes(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Penalty => "行政处罚决定的公示：执法机关、执法对象、执法类别、执法结论",
        CaseKind::Inspection => "“双随机、一公开”检查结果的公示",
    }
}

#[derive(Serialize)]
struct YearLink {
    year: i32,
    href: Option<String>,
    published: u64,
    on_time: u64,
    late: u64,
    taken_down: u64,
    expired: u64,
    withheld: u64,
    csv: String,
    json: String,
}

#[derive(Serialize)]
struct LandingView<'a> {
    crumbs: Vec<Crumb>,
    title: &'static str,
    describes: &'static str,
    penalty: bool,
    years: Vec<YearLink>,
    rows: Vec<Row<'a>>,
}

/// Landing pages: 事后公开, and one for each kind of case.
pub(super) fn landings(press: &Press, overview: &Overview) -> Result<Vec<Page>, Failure> {
    Ok(vec![
        after(press, overview)?,
        landing(press, overview, CaseKind::Penalty)?,
        landing(press, overview, CaseKind::Inspection)?,
    ])
}

/// The figures of one kind of case.
pub(in crate::site) fn figures(overview: &Overview, kind: CaseKind) -> &BTreeMap<i32, YearFigures> {
    match kind {
        CaseKind::Penalty => &overview.penalties,
        CaseKind::Inspection => &overview.inspections,
    }
}

fn landing(press: &Press, overview: &Overview, kind: CaseKind) -> Result<Page, Failure> {
    let link = |(year, f): (&i32, &YearFigures)| YearLink {
        year: *year,
        href: (f.published > 0).then(|| list_folder(kind, *year, 1)),
        published: f.published,
        on_time: f.on_time,
        late: f.late,
        taken_down: f.taken_down,
        expired: f.expired,
        withheld: f.withheld_total(),
        csv: download(kind, *year, "csv"),
        json: download(kind, *year, "json"),
    };
    let latest = overview.latest.iter().filter(|c| c.key.kind == kind);
    let view = LandingView {
        crumbs: vec![Crumb::new("事后公开", "shihou/")],
        title: column(kind),
        describes: describes(kind),
        penalty: kind == CaseKind::Penalty,
        years: figures(overview, kind).iter().rev().map(link).collect(),
        rows: latest.filter_map(Row::of).collect(),
    };
    let head = Column { name: view.title, describes: view.describes, keywords: view.title };
    let mut sheet = column_sheet(&kind_folder(kind), "landing.html", "shihou", head);
    sheet.scope = Scope::Cases;
    press.print(sheet, &view)
}

#[derive(Serialize)]
struct KindCard {
    title: &'static str,
    href: String,
    slug: &'static str,
    describes: &'static str,
    published: u64,
}

#[derive(Serialize)]
struct AfterView {
    kinds: Vec<KindCard>,
    taken_down: usize,
    corrected: usize,
}

fn after(press: &Press, overview: &Overview) -> Result<Page, Failure> {
    let card = |kind| KindCard {
        title: column(kind),
        href: kind_folder(kind),
        slug: slug(kind),
        describes: describes(kind),
        published: figures(overview, kind).values().map(|f| f.published).sum(),
    };
    let view = AfterView {
        kinds: vec![card(CaseKind::Penalty), card(CaseKind::Inspection)],
        taken_down: overview.taken_down.len(),
        corrected: overview.corrected.len(),
    };
    press.print(sheet("shihou/", "after.html", "shihou", "事后公开"), &view)
}
