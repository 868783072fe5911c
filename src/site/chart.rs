//! Bar charts as SVG: zero-based, values on the bars, a text alternative in the drawing.
//! A chart never stands alone; its table comes before it. What nobody counted has no bar, and no 0.

use std::fmt::Write as _;

use super::render::Markup;
use super::svg::{Style, open, text, width, wrap};

const ROW: i32 = 30;
const LABELS: i32 = 220;
const BARS: i32 = 400;
const VALUES: i32 = 90;
const TALL: i32 = 180;
/// Width of a drawing below which a page would blow it up.
const NARROWEST: i32 = LABELS + BARS + VALUES;
/// Half-widths of a label beside a bar.
const LABEL_ROOM: usize = 28;
const LABEL: Style = Style { class: "label", size: 14, anchor: "end" };
const VALUE: Style = Style { class: "value", size: 14, anchor: "start" };
const UNDER: Style = Style { class: "label", size: 13, anchor: "middle" };
const ON_TOP: Style = Style { class: "value", size: 13, anchor: "middle" };

/// How a bar is drawn; each is told without color, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Filled.
    Full,
    /// An outline: the year before, beside the year.
    Before,
    /// A dashed outline: a year that is not over.
    Running,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Self::Full => "bar",
            Self::Before => "before",
            Self::Running => "running",
        }
    }
}

/// One bar.
#[derive(Clone, Debug)]
pub(super) struct Bar {
    /// What it stands for.
    pub(super) label: String,
    /// Its length; `None` where nobody counted.
    pub(super) value: Option<u64>,
    /// The value in words.
    pub(super) shown: String,
    /// How it is drawn.
    pub(super) look: Look,
}

impl Bar {
    /// A filled bar of a count.
    pub(super) fn count(label: impl Into<String>, value: u64) -> Self {
        Self { label: label.into(), value: Some(value), shown: value.to_string(), look: Look::Full }
    }
}

/// Horizontal bars, one for each row. Bars that stand for one thing follow each other and have one label.
pub(super) fn bars(title: &str, rows: &[Bar]) -> Markup {
    let height = ROW * count(rows.len()) + 8;
    let mut out = open("chart", (LABELS + BARS + VALUES, height), (title, &said(rows)));
    let most = longest(rows, None);
    let mut last = "";
    for (i, bar) in (0_i32..).zip(rows) {
        let y = i * ROW + 4;
        if bar.label != last {
            let lines = wrap(&bar.label, LABEL_ROOM);
            let (size, step) = if lines.len() > 1 { (12, 13) } else { (LABEL.size, 0) };
            for (n, part) in (0_i32..).zip(lines.iter().take(2)) {
                let at = (LABELS - 10, y + 19 + n * step - step / 2);
                text(&mut out, at, Style { size, ..LABEL }, part);
            }
        }
        last = &bar.label;
        let w = part(bar.value.unwrap_or(0), most, BARS);
        rect(&mut out, bar.look, (LABELS, y + 4), (w, 20));
        text(&mut out, (LABELS + w + 8, y + 19), VALUE, &bar.shown);
    }
    line(&mut out, "axis", (LABELS, 0), (LABELS, height));
    out.push_str("</svg>");
    Markup::ours(&out)
}

/// Upright bars in a row, for months and years. `top` is the value of the highest possible bar, as 100 %;
/// `breaks` are places of bars before which the series is broken.
pub(super) fn columns(title: &str, rows: &[Bar], top: Option<u64>, breaks: &[usize]) -> Markup {
    let widest = rows.iter().map(|bar| width(&bar.shown).max(width(&bar.label))).max();
    let step = count(widest.unwrap_or(0)).clamp(5, 16) * 8 + 8;
    let all = (step * count(rows.len()) + 8).max(NARROWEST);
    let mut out = open("chart", (all, TALL + 56), (title, &said(rows)));
    let most = longest(rows, top);
    for (i, bar) in (0_i32..).zip(rows) {
        let (middle, h) = (i * step + 4 + step / 2, part(bar.value.unwrap_or(0), most, TALL));
        let up = TALL + 26 - h;
        rect(&mut out, bar.look, (middle - 18, up), (36, h));
        text(&mut out, (middle, up - 6), ON_TOP, &bar.shown);
        text(&mut out, (middle, TALL + 46), UNDER, &bar.label);
    }
    line(&mut out, "axis", (0, TALL + 26), (step * count(rows.len()) + 8, TALL + 26));
    for at in breaks {
        let x = count(*at) * step + 4;
        line(&mut out, "break", (x, 14), (x, TALL + 40));
        text(&mut out, (x, 12), Style { size: 12, ..ON_TOP }, "※");
    }
    out.push_str("</svg>");
    Markup::ours(&out)
}

fn rect(out: &mut String, look: Look, (x, y): (i32, i32), (w, h): (i32, i32)) {
    if w == 0 || h == 0 {
        return;
    }
    let class = look.class();
    let paint = match look {
        Look::Full => "fill=\"#1a4f8b\"",
        Look::Before => "fill=\"#fff\" stroke=\"#0b0c0c\"",
        Look::Running => "fill=\"#fff\" stroke=\"#1a4f8b\" stroke-dasharray=\"5 3\"",
    };
    let _ = write!(
        out,
        "<rect class=\"{class}\" {paint} x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/>"
    );
}

fn line(out: &mut String, class: &str, (x1, y1): (i32, i32), (x2, y2): (i32, i32)) {
    let _ = write!(out, "<path class=\"{class}\" stroke=\"#505a5f\" d=\"M{x1} {y1}L{x2} {y2}\"/>");
}

fn count(rows: usize) -> i32 {
    i32::try_from(rows).unwrap_or(i32::MAX / 64)
}

/// The value of a bar of full length.
fn longest(rows: &[Bar], top: Option<u64>) -> u64 {
    let most = rows.iter().filter_map(|bar| bar.value).max().unwrap_or(0);
    most.max(top.unwrap_or(0)).max(1)
}

/// Length of a bar out of `whole`; anything above zero shows at least a line.
fn part(value: u64, most: u64, whole: i32) -> i32 {
    let length = u128::from(value) * u128::from(whole.unsigned_abs()) / u128::from(most);
    i32::try_from(length).unwrap_or(whole).max(i32::from(value > 0) * 2)
}

/// The chart in words.
fn said(rows: &[Bar]) -> String {
    let look = |bar: &Bar| match bar.look {
        Look::Full => "",
        Look::Before => "上年",
        Look::Running => "截至目前",
    };
    let parts: Vec<String> =
        rows.iter().map(|bar| format!("{} {}{}", bar.label, look(bar), bar.shown)).collect();
    format!("{}。", parts.join("，"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(markup: &Markup) -> String {
        serde_json::to_value(markup).expect("text").as_str().expect("text").to_owned()
    }

    #[test]
    fn bars_begin_at_zero_and_are_in_proportion() {
        assert_eq!([0, 10, 5].map(|v| part(v, 10, 400)), [0, 400, 200]);
        assert_eq!(part(1, 100_000, 400), 2);
        let rows = [Bar::count("警告", 0), Bar::count("罚款", 10), Bar::count("其他", 5)];
        assert_eq!(said(&rows), "警告 0，罚款 10，其他 5。");
        assert_eq!(longest(&rows, None), 10);
        assert_eq!(longest(&rows, Some(1000)), 1000, "a share is drawn against the whole");
        assert_eq!(longest(&[], None), 1);
    }

    #[test]
    fn what_nobody_counted_has_no_bar_and_no_zero() {
        let unknown =
            Bar { label: "甲".into(), value: None, shown: "未统计".into(), look: Look::Full };
        let svg = drawn(&bars("题", &[unknown, Bar::count("乙", 3)]));
        assert_eq!(svg.matches("<rect").count(), 1, "{svg}");
        assert!(svg.contains(">未统计</text>") && !svg.contains(">0</text>"), "{svg}");
        assert!(svg.contains("<desc>甲 未统计，乙 3。</desc>"), "{svg}");
    }

    #[test]
    fn a_break_is_drawn_before_its_bar_and_an_open_year_is_dashed() {
        let mut rows = [Bar::count("2020", 4), Bar::count("2021", 5)];
        rows[1].look = Look::Running;
        let svg = drawn(&columns("题", &rows, None, &[1]));
        assert!(svg.contains("class=\"break\"") && svg.contains(">※</text>"), "{svg}");
        assert_eq!(svg.matches("stroke-dasharray").count(), 1, "{svg}");
        assert!(svg.contains("2021 截至目前5"), "{svg}");
    }
}
