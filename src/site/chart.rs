//! Bar charts as SVG: zero-based, values on the bars, a text alternative in the drawing.
//! A chart never stands alone; its table comes before it.

use std::fmt::Write as _;

use super::render::Markup;
use super::svg::{Style, open, text};

const ROW: i32 = 30;
const LABELS: i32 = 220;
const BARS: i32 = 420;
const LABEL: Style = Style { class: "label", size: 14, anchor: "end" };
const VALUE: Style = Style { class: "value", size: 14, anchor: "start" };
const UNDER: Style = Style { class: "label", size: 13, anchor: "middle" };
const ON_TOP: Style = Style { class: "value", size: 13, anchor: "middle" };

/// Horizontal bars, one for each row.
pub(super) fn bars(title: &str, rows: &[(&str, u64)]) -> Markup {
    let height = ROW * count(rows) + 8;
    let mut out = open("chart", (LABELS + BARS + 70, height), (title, &said(rows)));
    for (i, (label, value)) in (0_i32..).zip(rows) {
        let y = i * ROW + 4;
        let w = part(*value, rows, BARS);
        text(&mut out, (LABELS - 10, y + 19), LABEL, label);
        let _ = write!(
            out,
            "<rect class=\"bar\" fill=\"#1a4f8b\" x=\"{LABELS}\" y=\"{}\" width=\"{w}\" height=\"20\"/>",
            y + 4
        );
        text(&mut out, (LABELS + w + 8, y + 19), VALUE, &value.to_string());
    }
    line(&mut out, (LABELS, 0), (LABELS, height));
    out.push_str("</svg>");
    Markup::ours(&out)
}

/// Upright bars in a row, for months.
pub(super) fn columns(title: &str, rows: &[(&str, u64)]) -> Markup {
    const STEP: i32 = 56;
    const TALL: i32 = 180;
    let width = STEP * count(rows) + 8;
    let mut out = open("chart", (width, TALL + 56), (title, &said(rows)));
    for (i, (label, value)) in (0_i32..).zip(rows) {
        let (x, h) = (i * STEP + 12, part(*value, rows, TALL));
        let top = TALL + 26 - h;
        let _ = write!(
            out,
            "<rect class=\"bar\" fill=\"#1a4f8b\" x=\"{x}\" y=\"{top}\" width=\"36\" height=\"{h}\"/>"
        );
        text(&mut out, (x + 18, top - 6), ON_TOP, &value.to_string());
        text(&mut out, (x + 18, TALL + 46), UNDER, label);
    }
    line(&mut out, (0, TALL + 26), (width, TALL + 26));
    out.push_str("</svg>");
    Markup::ours(&out)
}

fn line(out: &mut String, (x1, y1): (i32, i32), (x2, y2): (i32, i32)) {
    let _ = write!(out, "<path class=\"axis\" stroke=\"#505a5f\" d=\"M{x1} {y1}L{x2} {y2}\"/>");
}

fn count(rows: &[(&str, u64)]) -> i32 {
    i32::try_from(rows.len()).unwrap_or(i32::MAX / 64)
}

/// Length of a bar out of `whole`; anything above zero shows at least a line.
fn part(value: u64, rows: &[(&str, u64)], whole: i32) -> i32 {
    let most = rows.iter().map(|(_, v)| *v).max().unwrap_or(0).max(1);
    let length = u128::from(value) * u128::from(whole.unsigned_abs()) / u128::from(most);
    i32::try_from(length).unwrap_or(whole).max(i32::from(value > 0) * 2)
}

/// The chart in words.
fn said(rows: &[(&str, u64)]) -> String {
    let parts: Vec<String> = rows.iter().map(|(l, v)| format!("{l} {v}")).collect();
    format!("{}。", parts.join("，"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_begin_at_zero_and_are_in_proportion() {
        let rows = [("警告", 0), ("罚款", 10), ("其他", 5)];
        assert_eq!([0, 10, 5].map(|v| part(v, &rows, 400)), [0, 400, 200]);
        assert_eq!(part(1, &[("甲", 1), ("乙", 100_000)], 400), 2);
        assert_eq!(said(&rows), "警告 0，罚款 10，其他 5。");
    }
}
