//! The page of a year: tables first, charts after them, how the cases add up, counting rules, downloads.

use serde::Serialize;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::ledger::{FormRow, Overview, YearFigures};
use crate::vocab::SeriesBreak;

use super::super::annual::Filled;
use super::super::chart::{self, Bar, Look};
use super::super::head::Column;
use super::super::press::Press;
use super::super::render::Markup;
use super::super::{Page, linked};
use super::home::percent;
use super::statistics::{awaited, by, is_running, of};
use super::year_form::{Figure, comparable, form, kinds, organs};
use super::{Crumb, annual, column_sheet, year_files};

/// How the cases of a year add up (invariant 7).
#[derive(Serialize)]
pub(super) struct Balance {
    /// Kind of case.
    pub(super) title: &'static str,
    received: u64,
    published: u64,
    withheld: u64,
    held: u64,
    taken_down: u64,
    never_public: u64,
    expired: u64,
    adds_up: bool,
    /// Published by the last lawful day.
    pub(super) on_time: u64,
    /// Published later.
    pub(super) late: u64,
    punctual: Option<String>,
    corrected: u64,
    waiting: u64,
    grounds: Vec<Withheld>,
}

/// Cases that are not disclosed on one ground.
#[derive(Serialize)]
struct Withheld {
    title: &'static str,
    value: u64,
}

/// Decisions of a month.
#[derive(Serialize)]
pub(super) struct Month {
    /// 1 to 12.
    pub(super) month: u32,
    /// Penalties.
    pub(super) penalties: u64,
    /// Random inspections.
    pub(super) inspections: u64,
}

/// Penalties of a unit or by a procedure.
#[derive(Serialize)]
pub(super) struct Part {
    /// Its name.
    pub(super) title: String,
    /// How many.
    pub(super) penalties: u64,
}

/// Everything that the page and the files of a year tell.
pub(super) struct Year<'a> {
    /// The year.
    pub(super) year: i32,
    /// Figures in the order of the form.
    pub(super) form: Vec<Figure>,
    /// The other tables of the report.
    pub(super) tables: Vec<Filled<'a>>,
    /// Its months.
    pub(super) months: Vec<Month>,
    /// Its units.
    pub(super) units: Vec<Part>,
    /// Procedures of its penalties.
    pub(super) procedures: Vec<Part>,
    /// How its cases add up.
    pub(super) balances: Vec<Balance>,
}

#[derive(Serialize)]
struct YearView<'a> {
    crumbs: Vec<Crumb>,
    title: &'a str,
    year: i32,
    next_year: i32,
    running: bool,
    due: Option<String>,
    /// Published after the last lawful day, which this was.
    late: Option<String>,
    by: Option<&'a str>,
    form_title: &'a str,
    form: &'a [Figure],
    compares: bool,
    breaks: Vec<&'a SeriesBreak>,
    organs: Option<annual::OrgansView>,
    months: &'a [Month],
    units: &'a [Part],
    procedures: &'a [Part],
    balances: &'a [Balance],
    by_kind: Option<Markup>,
    by_month: Markup,
    by_unit: Option<Markup>,
    by_procedure: Option<Markup>,
    punctual: Option<Markup>,
    rules: &'a [String],
    csv: String,
    json: String,
    xlsx: String,
    tables: Vec<annual::TableView<'a>>,
    published: Option<annual::Published<'a>>,
    entered_by: Vec<String>,
    previous: Option<i32>,
    next: Option<i32>,
}

/// The page of a year and its files.
pub(super) fn pages(press: &Press, overview: &Overview, year: i32) -> Result<Vec<Page>, Failure> {
    let (penalties, inspections) =
        (of(overview, CaseKind::Penalty, year), of(overview, CaseKind::Inspection, year));
    let entered = press.annual.penalties(year);
    let told = Year {
        year,
        form: form(press, overview, (year, &penalties), entered.as_ref()),
        tables: press.annual.tables(year, overview.random_inspections(year)),
        months: months(&penalties, &inspections),
        units: units(press, &penalties),
        procedures: procedures(&penalties.row),
        balances: vec![balance("行政处罚", &penalties), balance("双随机检查", &inspections)],
    };
    let organs = organs(press, &penalties);
    let title = format!("{year}年行政执法统计");
    let years = super::statistics::years(press, overview);
    let view = YearView {
        crumbs: vec![Crumb::statistics()],
        title: &title,
        year,
        next_year: year + 1,
        running: is_running(press, year),
        due: awaited(press, overview, year),
        late: late(press, overview, year),
        by: by(press),
        form_title: &press.statistics.title,
        compares: told.form.iter().any(|f| f.before.is_some()),
        breaks: press.statistics.breaks.iter().filter(|b| b.year == year).collect(),
        organs,
        by_kind: by_kind(press, overview, (year, &penalties)),
        by_month: by_month(&told),
        by_unit: by_part(&format!("{year}年行政处罚按办案单位（宗）"), &told.units),
        by_procedure: by_part(&format!("{year}年行政处罚按程序（宗）"), &told.procedures),
        punctual: by_time(&told),
        rules: &press.statistics.rules,
        csv: year_files::path(year, "csv"),
        json: year_files::path(year, "json"),
        xlsx: year_files::path(year, "xlsx"),
        tables: told.tables.iter().map(|table| annual::table(table, year)).collect(),
        published: overview.years.year(year).map(annual::published),
        entered_by: entered.as_ref().map(annual::sources).unwrap_or_default(),
        previous: years.iter().copied().find(|other| *other < year),
        next: years.iter().rev().copied().find(|other| *other > year),
        form: &told.form,
        months: &told.months,
        units: &told.units,
        procedures: &told.procedures,
        balances: &told.balances,
    };
    let head =
        Column {
            name: &title, describes: "行政执法年度统计数据", keywords: "统计年报,执法数据"
        };
    let folder = format!("tongji/{year}/");
    let trail = linked::trail(press, &[("统计年报", "tongji/"), (&title, &folder)]);
    let mut sheet = column_sheet(&folder, "statistics.html", "tongji", head);
    sheet.head.linked = trail.as_ref();
    let page = press.print(sheet, &view)?;
    let mut pages = vec![page];
    pages.extend(year_files::pages(press, &told)?);
    Ok(pages)
}

/// The last lawful day of a year whose figures this site published after it. A day of publication that the
/// bureau names counts, for it may have published elsewhere before.
fn late(press: &Press, overview: &Overview, year: i32) -> Option<String> {
    let due = overview.due.get(&year)?;
    let here = overview.years.year(year)?.published_on;
    let first = press.annual.published_on(year).map_or(here, |named| named.min(here));
    (first > *due).then(|| due.zh())
}

fn months(penalties: &YearFigures, inspections: &YearFigures) -> Vec<Month> {
    let of = |figures: &YearFigures, month| figures.by_month.get(&month).copied().unwrap_or(0);
    let month = |month| Month {
        month,
        penalties: of(penalties, month),
        inspections: of(inspections, month),
    };
    (1..=12).map(month).collect()
}

/// The bureau's units in their order, then what no unit is known of. None where no unit is known at all.
fn units(press: &Press, figures: &YearFigures) -> Vec<Part> {
    let part = |title: &str, name: &str| {
        let penalties = figures.by_unit.get(name).copied().unwrap_or(0);
        Part { title: title.to_owned(), penalties }
    };
    let names = press.bureau.units.iter().map(|unit| unit.name.as_str());
    let mut units: Vec<Part> = names.map(|name| part(name, name)).collect();
    units.retain(|unit| unit.penalties > 0);
    if units.is_empty() {
        return units;
    }
    let rest = part("未载明办案单位", "");
    units.extend((rest.penalties > 0).then_some(rest));
    units
}

/// None where no procedure is known at all.
fn procedures(row: &FormRow) -> Vec<Part> {
    let part = |title: &str, penalties| Part { title: title.into(), penalties };
    if row.summary + row.ordinary == 0 {
        return Vec::new();
    }
    let mut parts = vec![part("简易程序", row.summary), part("普通程序", row.ordinary)];
    parts.extend((row.procedureless() > 0).then(|| part("未载明程序", row.procedureless())));
    parts
}

/// The kinds that there were; beside each the year before, where the years can be set side by side.
fn by_kind(
    press: &Press,
    overview: &Overview,
    (year, figures): (i32, &YearFigures),
) -> Option<Markup> {
    let title = format!("{year}年行政处罚按类别（宗）");
    let is_break = press.statistics.breaks.iter().any(|b| b.year == year);
    let before = comparable(press, overview, year).filter(|_| !is_break);
    let before = before.map(|figures| kinds(press, &figures));
    let mut rows = Vec::new();
    for (at, (title, n)) in kinds(press, figures).into_iter().enumerate() {
        let earlier = before.as_ref().and_then(|all| all.get(at)).map(|(_, n)| *n);
        if n == 0 && earlier.unwrap_or(0) == 0 {
            continue;
        }
        rows.push(Bar::count(title, n));
        let of_before = |n| Bar { look: Look::Before, ..Bar::count(title, n) };
        rows.extend(earlier.map(of_before));
    }
    (!rows.is_empty()).then(|| chart::bars(&title, &rows))
}

fn by_month(told: &Year<'_>) -> Markup {
    let bar = |m: &Month| Bar::count(format!("{}月", m.month), m.penalties);
    let bars: Vec<Bar> = told.months.iter().map(bar).collect();
    chart::columns(&format!("{}年行政处罚按月（宗）", told.year), &bars, None, &[])
}

fn by_part(title: &str, parts: &[Part]) -> Option<Markup> {
    let bars: Vec<Bar> =
        parts.iter().map(|part| Bar::count(part.title.as_str(), part.penalties)).collect();
    (!bars.is_empty()).then(|| chart::bars(title, &bars))
}

/// On time and late, for each kind of case that was published.
fn by_time(told: &Year<'_>) -> Option<Markup> {
    let mut bars = Vec::new();
    for balance in told.balances.iter().filter(|b| b.on_time + b.late > 0) {
        bars.push(Bar::count(format!("{}：按时", balance.title), balance.on_time));
        bars.push(Bar::count(format!("{}：逾期", balance.title), balance.late));
    }
    (!bars.is_empty())
        .then(|| chart::bars(&format!("{}年按时公示与逾期公示（件）", told.year), &bars))
}

fn balance(title: &'static str, f: &YearFigures) -> Balance {
    let parts = f.published + f.withheld_total() + f.held + f.taken_down + f.expired;
    Balance {
        title,
        received: f.received,
        published: f.published,
        withheld: f.withheld_total(),
        held: f.held,
        taken_down: f.taken_down,
        never_public: f.never_public,
        expired: f.expired,
        adds_up: parts == f.received,
        on_time: f.on_time,
        late: f.late,
        punctual: percent(f.on_time, f.on_time + f.late),
        corrected: f.corrected,
        waiting: f.waiting,
        grounds: f.withheld.iter().map(|(g, n)| Withheld { title: g.zh(), value: *n }).collect(),
    }
}

impl Balance {
    /// How the cases add up, as a sentence.
    pub(super) fn sentence(&self) -> String {
        format!(
            "{}：公示中 {} ＋ 不予公开 {} ＋ 待补正 {} ＋ 已撤下 {} ＋ 公示期满 {} ＝ 收到 {}（件）{}",
            self.title,
            self.published,
            self.withheld,
            self.held,
            self.taken_down,
            self.expired,
            self.received,
            if self.adds_up { "。" } else { "；两数不符，正在核对。" }
        )
    }
}
