//! The home page.

use serde::Serialize;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::law::Day;
use crate::ledger::{Overview, Standing, YearFigures};

use super::super::forms::BeforeColumn;
use super::super::head::Head;
use super::super::paths::column;
use super::super::press::{Press, READING, Sheet};
use super::super::render::Markup;
use super::super::{Page, Scope, linked};
use super::landing::figures;
use super::notice::replacement;
use super::prose::Attached;
use super::row::Row;
use super::statistics::by;

/// A takedown without id and number: a dead case is named on its notice and in the register only.
#[derive(Serialize)]
struct TakenLine {
    on: String,
    column: &'static str,
    ground: &'static str,
    replacement: Option<String>,
}

impl TakenLine {
    fn of(case: &Standing) -> Option<Self> {
        let stone = case.tombstone.as_ref()?;
        Some(Self {
            on: stone.taken_down_on.to_string(),
            column: column(case.key.kind),
            ground: stone.ground.zh(),
            replacement: replacement(case),
        })
    }
}

#[derive(Serialize)]
struct HomeView<'a> {
    intro: Option<Markup>,
    attached: Vec<Attached<'a>>,
    published: u64,
    punctual: Option<String>,
    late: u64,
    taken_down: u64,
    corrected: usize,
    withheld: u64,
    rows: Vec<Row<'a>>,
    columns: &'a [BeforeColumn],
    notices: Vec<TakenLine>,
    statistics_year: Option<i32>,
    due: Option<StatisticsDue<'a>>,
    /// Day of the last publication, where none has been made for long.
    quiet_since: Option<String>,
}

/// Last year's statistics, which are not published yet.
#[derive(Serialize)]
struct StatisticsDue<'a> {
    year: i32,
    by: Option<&'a str>,
}

/// After so many days without a publication the home page says when the last one was.
const QUIET: i64 = 31;

/// The page.
pub(super) fn page(press: &Press, overview: &Overview) -> Result<Page, Failure> {
    let year = press.today.year();
    let of_year: Vec<&YearFigures> = [CaseKind::Penalty, CaseKind::Inspection]
        .into_iter()
        .filter_map(|kind| figures(overview, kind).get(&year))
        .collect();
    let sum = |of: fn(&YearFigures) -> u64| of_year.iter().map(|f| of(f)).sum::<u64>();
    let (on_time, late) = (sum(|f| f.on_time), sum(|f| f.late));
    let view = HomeView {
        intro: press.library.at("").map(|c| c.html.clone()),
        attached: press.library.at("").map(Attached::of).unwrap_or_default(),
        published: sum(|f| f.published),
        punctual: percent(on_time, on_time + late),
        late,
        taken_down: sum(|f| f.taken_down),
        corrected: overview.corrected.len(),
        withheld: sum(YearFigures::withheld_total),
        rows: overview.latest.iter().take(10).filter_map(Row::of).collect(),
        columns: &press.forms.columns,
        notices: overview.taken_down.iter().take(3).filter_map(TakenLine::of).collect(),
        due: statistics_due(press, overview),
        quiet_since: overview
            .latest
            .iter()
            .filter_map(|case| case.published_on)
            .max()
            .filter(|last| last.days_until(press.today) > QUIET)
            .map(Day::zh),
        statistics_year: overview.penalties.keys().rev().find(|y| **y < year).copied(),
    };
    let described = linked::site(press);
    let sheet = Sheet {
        path: "index.html".into(),
        scope: Scope::Cases,
        template: "home.html",
        shell: READING,
        section: "home",
        head: Head { title: &press.site_title, linked: Some(&described), ..Head::default() },
    };
    press.print(sheet, &view)
}

/// In January, last year's statistics as long as they are not published.
fn statistics_due<'a>(press: &'a Press, overview: &Overview) -> Option<StatisticsDue<'a>> {
    let year = press.today.year() - 1;
    let counted = [CaseKind::Penalty, CaseKind::Inspection]
        .into_iter()
        .any(|kind| figures(overview, kind).contains_key(&year));
    let is_due = press.today.month() == 1 && counted && overview.years.year(year).is_none();
    is_due.then(|| StatisticsDue { year, by: by(press) })
}

/// A share in percent with one decimal, rounded down so that 100% means all; `None` of nothing.
pub(super) fn percent(part: u64, whole: u64) -> Option<String> {
    let tenths = part.checked_mul(1000)?.checked_div(whole)?;
    Some(match tenths % 10 {
        0 => format!("{}%", tenths / 10),
        tenth => format!("{}.{tenth}%", tenths / 10),
    })
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn all_means_all() {
        assert_eq!(percent(999, 1000).as_deref(), Some("99.9%"));
        assert_eq!(percent(99_999, 100_000).as_deref(), Some("99.9%"));
        assert_eq!(percent(7, 7).as_deref(), Some("100%"));
        assert_eq!(percent(0, 0), None);
    }
}
