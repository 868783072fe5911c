//! Annual statistics: tables first, charts after them, counting rules in words, downloads.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::ledger::{Overview, YearFigures};
use crate::vocab::{ExtraFigure, Money, WithholdGround};

use super::super::annual::{Filled, shown};
use super::super::chart;
use super::super::downloads::csv_line;
use super::super::head::Column;
use super::super::press::Press;
use super::super::render::Markup;
use super::super::{Page, Scope};
use super::home::percent;
use super::list::figures;
use super::{Crumb, annual, column_sheet};

/// One figure with its title.
#[derive(Clone, Serialize)]
struct Figure {
    title: String,
    value: String,
}

/// How the cases of a year add up (invariant 7).
#[derive(Serialize)]
struct Balance {
    title: &'static str,
    received: u64,
    published: u64,
    withheld: u64,
    held: u64,
    taken_down: u64,
    expired: u64,
    adds_up: bool,
    on_time: u64,
    late: u64,
    punctual: Option<String>,
    corrected: u64,
    grounds: Vec<Figure>,
}

#[derive(Serialize)]
struct Month {
    month: u32,
    penalties: u64,
    inspections: u64,
}

#[derive(Serialize)]
struct YearView<'a> {
    crumbs: Vec<Crumb>,
    title: &'a str,
    year: i32,
    next_year: i32,
    running: bool,
    by: Option<&'a str>,
    form_title: &'a str,
    form: Vec<Figure>,
    months: Vec<Month>,
    balances: Vec<Balance>,
    by_kind: Markup,
    by_month: Markup,
    rules: &'a [String],
    csv: String,
    json: String,
    tables: Vec<annual::TableView<'a>>,
    published: Option<annual::Published<'a>>,
    entered_by: Vec<String>,
}

#[derive(Serialize)]
struct IndexYear {
    year: i32,
    running: bool,
    penalties: u64,
    amount: String,
    inspections: u64,
}

#[derive(Serialize)]
struct IndexView<'a> {
    years: Vec<IndexYear>,
    /// Cases that wait for their day to be mended.
    undated: u64,
    by: Option<&'a str>,
}

/// Index, a page for each year, and each year's table as CSV and JSON.
pub(super) fn pages(press: &Press, overview: &Overview) -> Result<Vec<Page>, Failure> {
    let years = years(press, overview);
    let mut pages = vec![index(press, overview, &years)?];
    for year in years {
        pages.extend(of_year(press, overview, year)?);
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

fn of(overview: &Overview, kind: CaseKind, year: i32) -> YearFigures {
    figures(overview, kind).get(&year).cloned().unwrap_or_default()
}

fn index(press: &Press, overview: &Overview, years: &[i32]) -> Result<Page, Failure> {
    let row = |year: &i32| {
        let (p, i) =
            (of(overview, CaseKind::Penalty, *year), of(overview, CaseKind::Inspection, *year));
        IndexYear {
            year: *year,
            running: *year >= press.today.year(),
            penalties: p.row.total,
            amount: Money::fen(p.row.fen).wan_text(),
            inspections: i.by_month.values().sum(),
        }
    };
    let kinds = [CaseKind::Penalty, CaseKind::Inspection];
    let undated = kinds.map(|kind| of(overview, kind, 0).received).iter().sum();
    let view = IndexView { years: years.iter().map(row).collect(), undated, by: by(press) };
    let head = Column {
        name: "统计年报",
        describes: "行政执法年度统计数据",
        keywords: "统计年报,执法数据",
    };
    press.print(column_sheet("tongji/", "statistics-index.html", "tongji", head), &view)
}

/// The last lawful day of a year's figures, in words.
pub(super) fn by(press: &Press) -> Option<&str> {
    press.forms.clock("annual-statistics")?.by.as_deref()
}

fn of_year(press: &Press, overview: &Overview, year: i32) -> Result<Vec<Page>, Failure> {
    let (penalties, inspections) =
        (of(overview, CaseKind::Penalty, year), of(overview, CaseKind::Inspection, year));
    let entered = press.annual.penalties(year);
    let tables = press.annual.tables(year, overview.random_inspections(year));
    let form = form(press, &penalties, entered.as_ref());
    let title = format!("{year}年行政执法统计");
    let path = |suffix: &str| format!("shuju/tongji-{year}.{suffix}");
    let kinds = kinds(press, &penalties);
    let months: Vec<Month> = (1..=12)
        .map(|month| Month {
            month,
            penalties: penalties.by_month.get(&month).copied().unwrap_or(0),
            inspections: inspections.by_month.get(&month).copied().unwrap_or(0),
        })
        .collect();
    let labels: Vec<String> = months.iter().map(|m| format!("{}月", m.month)).collect();
    let columns: Vec<(&str, u64)> =
        labels.iter().zip(&months).map(|(l, m)| (l.as_str(), m.penalties)).collect();
    let view = YearView {
        crumbs: vec![Crumb::new("统计年报", "tongji/")],
        title: &title,
        year,
        next_year: year + 1,
        running: year >= press.today.year(),
        by: by(press),
        form_title: &press.statistics.title,
        by_kind: chart::bars(&format!("{year}年行政处罚按类别（宗）"), &kinds),
        by_month: chart::columns(&format!("{year}年行政处罚按月（宗）"), &columns),
        balances: vec![balance("行政处罚", &penalties), balance("双随机检查", &inspections)],
        months,
        rules: &press.statistics.rules,
        csv: path("csv"),
        json: path("json"),
        form: form.clone(),
        tables: tables.iter().map(|table| annual::table(table, year)).collect(),
        published: overview.years.year(year).map(annual::published),
        entered_by: entered.as_ref().map(annual::sources).unwrap_or_default(),
    };
    let head =
        Column {
            name: &title, describes: "行政执法年度统计数据", keywords: "统计年报,执法数据"
        };
    let folder = format!("tongji/{year}/");
    let page = press.print(column_sheet(&folder, "statistics.html", "tongji", head), &view)?;
    let files = [(view.csv, csv(&form)?), (view.json, json(year, &form, &tables)?)];
    let file = |(path, body)| Page { path, body, scope: Scope::Open, append: false };
    let mut pages: Vec<Page> = std::iter::once(page).chain(files.map(file)).collect();
    for table in tables.iter().filter(|table| table.duty) {
        pages.push(annual::csv(table, year)?);
    }
    Ok(pages)
}

/// The form's row: kinds, sum, amount, and what else the form asks for.
fn form(press: &Press, figures: &YearFigures, entered: Option<&Filled<'_>>) -> Vec<Figure> {
    let figure = |title: &str, value: String| Figure { title: title.to_owned(), value };
    let (form, counted) = (&press.statistics, &figures.row);
    let mut row: Vec<Figure> =
        kinds(press, figures).iter().map(|(title, n)| figure(title, n.to_string())).collect();
    if counted.kindless > 0 {
        row.push(figure("未载明种类", counted.kindless.to_string()));
    }
    row.push(figure("合计（宗）", counted.total.to_string()));
    row.push(figure(&form.amount_title(), form.unit.text(Money::fen(counted.fen))));
    for column in &form.extra {
        let by_hand = || entered?.total_of(column.figure.id());
        let value = counted.extra(column.figure).map(|n| n.to_string()).or_else(by_hand);
        row.push(figure(&column.title, shown(value)));
    }
    let asks = form.extra.iter().any(|c| c.figure == ExtraFigure::Ordinary);
    if asks && counted.procedureless() > 0 {
        row.push(figure("未载明程序", counted.procedureless().to_string()));
    }
    row
}

/// Columns of kinds with their counts; a year without cases has zeros.
fn kinds<'p>(press: &'p Press, figures: &YearFigures) -> Vec<(&'p str, u64)> {
    let columns = press.statistics.columns.iter().enumerate();
    columns
        .map(|(at, c)| (c.title.as_str(), figures.row.cells.get(at).copied().unwrap_or_default()))
        .collect()
}

fn balance(title: &'static str, f: &YearFigures) -> Balance {
    let ground =
        |(g, n): (&WithholdGround, &u64)| Figure { title: g.zh().to_owned(), value: n.to_string() };
    let parts = f.published + f.withheld_total() + f.held + f.taken_down + f.expired;
    Balance {
        title,
        received: f.received,
        published: f.published,
        withheld: f.withheld_total(),
        held: f.held,
        taken_down: f.taken_down,
        expired: f.expired,
        adds_up: parts == f.received,
        on_time: f.on_time,
        late: f.late,
        punctual: percent(f.on_time, f.on_time + f.late),
        corrected: f.corrected,
        grounds: f.withheld.iter().map(ground).collect(),
    }
}

fn csv(form: &[Figure]) -> Result<Vec<u8>, Failure> {
    let mut out = "\u{feff}".as_bytes().to_vec();
    out.extend(csv_line(&form.iter().map(|f| f.title.as_str()).collect::<Vec<_>>())?);
    out.extend(csv_line(&form.iter().map(|f| f.value.as_str()).collect::<Vec<_>>())?);
    Ok(out)
}

fn json(year: i32, form: &[Figure], tables: &[Filled<'_>]) -> Result<Vec<u8>, Failure> {
    let figures: Map<String, Value> =
        form.iter().map(|f| (f.title.clone(), Value::from(f.value.as_str()))).collect();
    let object =
        serde_json::json!({ "year": year, "figures": figures, "tables": annual::json(tables) });
    let mut text = serde_json::to_string_pretty(&object)
        .map_err(|_| Failure::Internal("a table cannot be written".into()))?;
    text.push('\n');
    Ok(text.into_bytes())
}
