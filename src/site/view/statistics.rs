//! Annual statistics: the comparison of years, and what every page of a year begins with.

use serde::Serialize;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::ledger::{Overview, YearFigures};
use crate::vocab::{Money, SeriesBreak};

use super::super::Page;
use super::super::chart::{self, Bar, Look};
use super::super::head::Column;
use super::super::press::Press;
use super::super::render::Markup;
use super::home::percent;
use super::landing::figures;
use super::{Crumb, column_sheet, year};

/// Most years that a chart compares.
const COMPARED: usize = 10;
/// All of a share, in tenths of a percent.
const WHOLE: u64 = 1000;

#[derive(Serialize)]
struct IndexYear {
    year: i32,
    running: bool,
    /// The figures of the year are not final yet: they are due on this day.
    due: Option<String>,
    penalties: u64,
    amount: String,
    inspections: u64,
    punctual: Option<String>,
    is_break: bool,
}

#[derive(Serialize)]
struct IndexView<'a> {
    crumbs: Vec<Crumb>,
    years: Vec<IndexYear>,
    /// Cases that wait for their day to be mended.
    undated: u64,
    by: Option<&'a str>,
    penalties: Option<Markup>,
    inspections: Option<Markup>,
    punctual: Option<Markup>,
    breaks: Vec<&'a SeriesBreak>,
}

/// Index, a page for each year, and each year's tables as files.
pub(super) fn pages(press: &Press, overview: &Overview) -> Result<Vec<Page>, Failure> {
    let years = years(press, overview);
    let mut pages = vec![index(press, overview, &years)?];
    for year in years {
        pages.extend(year::pages(press, overview, year)?);
    }
    Ok(pages)
}

/// Years with cases, and the running one. Cases whose day must be mended are of no year yet.
pub(super) fn years(press: &Press, overview: &Overview) -> Vec<i32> {
    let all = overview.penalties.keys().chain(overview.inspections.keys()).copied();
    // Figures of a year that has not begun are shown nowhere.
    let entered = press.annual.years().filter(|year| *year <= press.today.year());
    let all = all.filter(|year| *year > 0);
    let mut years: Vec<i32> = all.chain(entered).chain([press.today.year()]).collect();
    years.sort_unstable();
    years.dedup();
    years.reverse();
    years
}

/// The figures of one kind of case in a year.
pub(super) fn of(overview: &Overview, kind: CaseKind, year: i32) -> YearFigures {
    figures(overview, kind).get(&year).cloned().unwrap_or_default()
}

/// Whether a year is not over.
pub(super) fn is_running(press: &Press, year: i32) -> bool {
    year >= press.today.year()
}

/// The last lawful day for figures of a finished year that are not published yet.
pub(super) fn awaited(press: &Press, overview: &Overview, year: i32) -> Option<String> {
    let waits = !is_running(press, year) && overview.years.year(year).is_none();
    overview.due.get(&year).filter(|_| waits).map(|due| due.zh())
}

/// Shares of publications on time: both kinds of case together, in tenths of a percent, rounded down.
fn punctual(p: &YearFigures, i: &YearFigures) -> Option<u64> {
    let (on_time, late) = (p.on_time + i.on_time, p.late + i.late);
    (on_time * WHOLE).checked_div(on_time + late)
}

fn index(press: &Press, overview: &Overview, years: &[i32]) -> Result<Page, Failure> {
    let breaks = &press.statistics.breaks;
    let row = |year: &i32| {
        let (p, i) =
            (of(overview, CaseKind::Penalty, *year), of(overview, CaseKind::Inspection, *year));
        IndexYear {
            year: *year,
            running: is_running(press, *year),
            due: awaited(press, overview, *year),
            penalties: p.row.total,
            amount: Money::fen(p.row.fen).wan_text(),
            inspections: i.by_month.values().sum(),
            punctual: percent(p.on_time + i.on_time, p.on_time + i.on_time + p.late + i.late),
            is_break: breaks.iter().any(|found| found.year == *year),
        }
    };
    let kinds = [CaseKind::Penalty, CaseKind::Inspection];
    let undated = kinds.map(|kind| of(overview, kind, 0).received).iter().sum();
    let shown: Vec<i32> = years.iter().take(COMPARED).rev().copied().collect();
    let series = Series { press, overview, years: &shown };
    let within =
        |found: &&SeriesBreak| years.contains(&found.year) && years.iter().any(|y| *y < found.year);
    let view = IndexView {
        crumbs: Vec::new(),
        years: years.iter().map(row).collect(),
        undated,
        by: by(press),
        penalties: series
            .drawn("行政处罚各年合计（宗）", None, |p, _| Some(p.row.total)),
        inspections: series.drawn("双随机检查各年次数（次）", None, |_, i| {
            Some(i.by_month.values().sum())
        }),
        punctual: series.drawn("各年按时公示率（%）", Some(WHOLE), punctual),
        breaks: breaks.iter().filter(within).collect(),
    };
    let head = Column {
        name: "统计年报",
        describes: "行政执法年度统计数据",
        keywords: "统计年报,执法数据",
    };
    press.print(column_sheet("tongji/", "statistics-index.html", "tongji", head), &view)
}

/// Years beside each other, oldest first.
struct Series<'a> {
    press: &'a Press,
    overview: &'a Overview,
    years: &'a [i32],
}

impl Series<'_> {
    /// One figure of all years; nothing where there is only one year.
    fn drawn(
        &self,
        title: &str,
        top: Option<u64>,
        figure: impl Fn(&YearFigures, &YearFigures) -> Option<u64>,
    ) -> Option<Markup> {
        let bar = |year: &i32| {
            let p = of(self.overview, CaseKind::Penalty, *year);
            let value = figure(&p, &of(self.overview, CaseKind::Inspection, *year));
            let shown = match (value, top) {
                (None, _) => "—".to_owned(),
                (Some(n), Some(_)) => percent(n, WHOLE).unwrap_or_default(),
                (Some(n), None) => n.to_string(),
            };
            let running = is_running(self.press, *year);
            let label = if running { format!("{year}年累计") } else { format!("{year}年") };
            let look = if running { Look::Running } else { Look::Full };
            Bar { label, value, shown, look }
        };
        let bars: Vec<Bar> = self.years.iter().map(bar).collect();
        let breaks = &self.press.statistics.breaks;
        let broken: Vec<usize> = (1..self.years.len())
            .filter(|at| {
                breaks.iter().any(|b| self.years[at - 1] < b.year && b.year <= self.years[*at])
            })
            .collect();
        (bars.len() > 1).then(|| chart::columns(title, &bars, top, &broken))
    }
}

/// The day by which the law wants the figures, in words.
pub(super) fn by(press: &Press) -> Option<&str> {
    press.forms.clock("annual-statistics")?.by.as_deref()
}
