//! The takedown register and the corrections log.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diag::Failure;
use crate::ledger::Overview;

use super::super::head::Column;
use super::super::paths::{case_folder, column, year_of};
use super::super::press::Press;
use super::super::{Page, Scope};
use super::case::RevisionView;
use super::notice::Taken;
use super::{Crumb, column_sheet};

#[derive(Serialize)]
struct YearTotal {
    year: i32,
    count: u64,
    on_time: u64,
    late: u64,
}

#[derive(Serialize)]
struct RegisterView {
    crumbs: Vec<Crumb>,
    taken: Vec<Taken>,
    years: Vec<YearTotal>,
    suppressed: u64,
}

#[derive(Serialize)]
struct Correction {
    id: String,
    href: String,
    column: &'static str,
    number: String,
    #[serde(flatten)]
    revision: RevisionView,
}

#[derive(Serialize)]
struct CorrectionsView {
    crumbs: Vec<Crumb>,
    rows: Vec<Correction>,
    /// Whether it is written down of any of them who approved it.
    tells_approver: bool,
}

/// Both pages.
pub(super) fn pages(press: &Press, overview: &Overview) -> Result<Vec<Page>, Failure> {
    Ok(vec![register(press, overview)?, corrections(press, overview)?])
}

fn register(press: &Press, overview: &Overview) -> Result<Page, Failure> {
    let taken: Vec<Taken> = overview.taken_down.iter().filter_map(Taken::of).collect();
    let mut years: BTreeMap<i32, YearTotal> = BTreeMap::new();
    for t in &taken {
        let total = years.entry(t.year).or_insert(YearTotal {
            year: t.year,
            count: 0,
            on_time: 0,
            late: 0,
        });
        total.count += 1;
        total.on_time += u64::from(t.on_time == Some(true));
        total.late += u64::from(t.on_time == Some(false));
    }
    let view = RegisterView {
        crumbs: Vec::new(),
        taken,
        years: years.into_values().rev().collect(),
        suppressed: overview.suppressed,
    };
    let head = Column {
        name: "撤下公告",
        describes: "已公示的执法决定被变更、撤销、确认违法或者确认无效后的撤下与说明",
        keywords: "撤下,撤销,更正",
    };
    let mut sheet = column_sheet("chexia/", "register.html", "chexia", head);
    sheet.scope = Scope::Cases;
    press.print(sheet, &view)
}

fn corrections(press: &Press, overview: &Overview) -> Result<Page, Failure> {
    let mut rows = Vec::new();
    for case in &overview.corrected {
        let Some(id) = case.id else { continue };
        for revision in case.revisions.iter().rev() {
            rows.push(Correction {
                id: id.to_string(),
                href: case_folder(case.key.kind, year_of(case), id),
                column: column(case.key.kind),
                number: case.key.number.clone(),
                revision: RevisionView::of(revision),
            });
        }
    }
    let head = Column {
        name: "更正记录",
        describes: "已公示信息的更正日期和更正项目",
        keywords: "更正,公示信息更正",
    };
    let mut sheet = column_sheet("gengzheng/", "corrections.html", "chexia", head);
    sheet.scope = Scope::Cases;
    let tells_approver = rows.iter().any(|row: &Correction| row.revision.approved_by.is_some());
    let view = CorrectionsView { crumbs: vec![Crumb::takedowns()], rows, tells_approver };
    press.print(sheet, &view)
}
