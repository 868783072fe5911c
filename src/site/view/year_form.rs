//! The row of the form for a year, figure by figure, and the year before beside it where the two can be compared.

use serde::Serialize;

use crate::clearance::CaseKind;
use crate::ledger::{FormRow, Overview, YearFigures};
use crate::vocab::{ExtraFigure, Money};

use super::super::annual::{Filled, shown};
use super::super::press::Press;
use super::annual;
use super::statistics::{is_running, of};

/// One figure with its title, and the year before.
#[derive(Clone, Serialize)]
pub(super) struct Figure {
    /// Title as the form prints it.
    pub(super) title: String,
    /// Value in words.
    pub(super) value: String,
    /// The value of the year before, where the years can be set side by side.
    pub(super) before: Option<String>,
    /// How much it went up or down.
    change: Option<String>,
}

/// The form's row: kinds, sum, amount, and what else the form asks for; beside it the year before, where both
/// are over and counted alike.
pub(super) fn form(
    press: &Press,
    overview: &Overview,
    (year, figures): (i32, &YearFigures),
    entered: Option<&Filled<'_>>,
) -> Vec<Figure> {
    let before = comparable(press, overview, year).map(|figures| {
        let entered = press.annual.penalties(year - 1);
        row(press, &figures, entered.as_ref())
    });
    let is_break = press.statistics.breaks.iter().any(|b| b.year == year);
    let now = row(press, figures, entered);
    let figure = |(title, value): (String, String)| {
        let known = before.as_ref().and_then(|all| all.iter().find(|(t, _)| *t == title));
        let before = known.map(|(_, value)| value.clone());
        let change = before.as_ref().map(|before| match is_break {
            true => "※".to_owned(),
            false => change(before, &value),
        });
        Figure { title, value, before, change }
    };
    now.into_iter().map(figure).collect()
}

/// The figures of the year before, where the two years can be set side by side.
pub(super) fn comparable(press: &Press, overview: &Overview, year: i32) -> Option<YearFigures> {
    let has = overview.penalties.contains_key(&(year - 1));
    (has && !is_running(press, year)).then(|| of(overview, CaseKind::Penalty, year - 1))
}

fn row(
    press: &Press,
    figures: &YearFigures,
    entered: Option<&Filled<'_>>,
) -> Vec<(String, String)> {
    let (form, counted) = (&press.statistics, &figures.row);
    let mut row: Vec<(String, String)> = kinds(press, figures)
        .iter()
        .map(|(title, n)| ((*title).to_owned(), n.to_string()))
        .collect();
    let mut put = |title: &str, value: String| row.push((title.to_owned(), value));
    if counted.kindless > 0 {
        put("未载明种类", counted.kindless.to_string());
    }
    put("合计（宗）", counted.total.to_string());
    put(&form.amount_title(), form.unit.text(Money::fen(counted.fen)));
    for column in &form.extra {
        let by_hand = || entered?.total_of(column.figure.id());
        let value = counted.extra(column.figure).map(|n| n.to_string()).or_else(by_hand);
        put(&column.title, shown(value));
    }
    let asks = form.extra.iter().any(|c| c.figure == ExtraFigure::Ordinary);
    if asks && counted.procedureless() > 0 {
        put("未载明程序", counted.procedureless().to_string());
    }
    row
}

/// By how much a figure went up or down; a dash where one of the two was not counted.
fn change(before: &str, now: &str) -> String {
    let (Some(before), Some(now)) = (millionths(before), millionths(now)) else {
        return "—".into();
    };
    let by = now - before;
    let text = format!("{}.{:06}", by.abs() / MILLION, by.abs() % MILLION);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match by.signum() {
        0 => "持平".into(),
        1 => format!("＋{text}"),
        _ => format!("－{text}"),
    }
}

const MILLION: i64 = 1_000_000;

/// A plain decimal with at most six places, exact, in millionths.
fn millionths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || part.len() > 6 || !digits(whole) || !digits(part) {
        return None;
    }
    let part: i64 = format!("{part:0<6}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(MILLION)?.checked_add(part)
}

/// Columns of kinds with their counts; a year without cases has zeros.
pub(super) fn kinds<'p>(press: &'p Press, figures: &YearFigures) -> Vec<(&'p str, u64)> {
    let columns = press.statistics.columns.iter().enumerate();
    columns
        .map(|(at, c)| (c.title.as_str(), figures.row.cells.get(at).copied().unwrap_or_default()))
        .collect()
}

/// The rows of the organs, where the form wants them and there is more than one.
pub(super) fn organs(press: &Press, figures: &YearFigures) -> Option<annual::OrgansView> {
    (figures.organs.len() > 1).then(|| {
        let named = |(code, counted): (&String, &FormRow)| {
            let own = YearFigures { row: counted.clone(), ..YearFigures::default() };
            (press.bureau.organ_name(code), row(press, &own, None))
        };
        annual::of_organs(figures.organs.iter().map(named).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::change;

    #[test]
    fn changes_are_exact_and_unknown_stays_unknown() {
        for (before, now, told) in [
            ("3", "5", "＋2"),
            ("5", "3", "－2"),
            ("4", "4", "持平"),
            ("0", "0", "持平"),
            ("0.55", "1.05", "＋0.5"),
            ("873.177", "873.176999", "－0.000001"),
            ("未统计", "0", "—"),
            ("3", "未统计", "—"),
        ] {
            assert_eq!(change(before, now), told, "{before} {now}");
        }
    }
}
