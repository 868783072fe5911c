//! The landing pages of 事后公开 and its columns.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::ledger::{Overview, YearFigures};

use super::super::head::Column;
use super::super::paths::{column, download, kind_folder, list_folder};
use super::super::press::Press;
use super::super::{Page, Scope};
use super::row::Row;
use super::{Crumb, column_sheet, sheet};

/// What a column of results holds.
pub(super) const fn describes(kind: CaseKind) -> &'static str {
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
        crumbs: vec![Crumb::after()],
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
    describes: &'static str,
    published: u64,
}

#[derive(Serialize)]
struct AfterView {
    crumbs: Vec<Crumb>,
    kinds: Vec<KindCard>,
    taken_down: usize,
    corrected: usize,
}

fn after(press: &Press, overview: &Overview) -> Result<Page, Failure> {
    let card = |kind| KindCard {
        title: column(kind),
        href: kind_folder(kind),
        describes: describes(kind),
        published: figures(overview, kind).values().map(|f| f.published).sum(),
    };
    let view = AfterView {
        crumbs: Vec::new(),
        kinds: vec![card(CaseKind::Penalty), card(CaseKind::Inspection)],
        taken_down: overview.taken_down.len(),
        corrected: overview.corrected.len(),
    };
    press.print(sheet("shihou/", "after.html", "shihou", "事后公开"), &view)
}
