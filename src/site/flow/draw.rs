//! A laid-out chart as SVG. Shape and word tell everything; colors come from the stylesheet, and the attributes
//! serve where there is none.

use std::fmt::Write as _;

use super::super::render::{Markup, attribute};
use super::super::svg::{Style, open, text};
use super::chart::{Chart, Form, Node};
use super::layout::{BOX, Block, FINE_LINE, LABEL_LINE, Label, Rect, Route, TEXT_LINE, plan};

const TEXT: Style = Style { class: "step", size: 16, anchor: "middle" };
const FINE_TEXT: Style = Style { class: "fine", size: 13, anchor: "middle" };
const LANE: Style = Style { class: "lane", size: 16, anchor: "middle" };
const ANSWER: Style = Style { class: "answer", size: 13, anchor: "start" };
const PAINT: &str = "fill=\"#fff\" stroke=\"#0b0c0c\" stroke-width=\"1.5\"";
/// How far the sides of a hexagon lean.
const LEAN: i32 = 11;
/// Radius of the corners of a beginning or end.
const ROUND: i32 = 20;
/// From the edge of a lane to its boxes.
const MARGIN: i32 = 8;

/// The drawing. `id` tells its arrowheads from those of other drawings on the page.
pub(super) fn svg(chart: &Chart, id: usize) -> Markup {
    let plan = plan(chart);
    let mut out = open("flow", plan.size, (&chart.title, &chart.describes));
    let _ = write!(
        out,
        "<defs><marker id=\"arrow{id}\" viewBox=\"0 0 9 9\" refX=\"8\" refY=\"4.5\" markerWidth=\"9\" markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L9 4.5L0 9Z\"/></marker></defs>"
    );
    for lane in &plan.lanes {
        let (x, w, h) = (lane.x - MARGIN, BOX + 2 * MARGIN, plan.size.1 - 2);
        let _ = write!(
            out,
            "<rect class=\"band\" fill=\"#f3f2f1\" stroke=\"#b1b4b6\" x=\"{x}\" y=\"1\" width=\"{w}\" height=\"{h}\"/><path class=\"rule\" stroke=\"#b1b4b6\" d=\"M{x} {head}h{w}\"/>",
            head = plan.head
        );
        let mut y = 23;
        for words in &lane.lines {
            text(&mut out, (lane.x + BOX / 2, y), LANE, words);
            y += TEXT_LINE;
        }
    }
    plan.routes.iter().for_each(|route| line(&mut out, route, id));
    for (block, node) in plan.blocks.iter().zip(&chart.nodes) {
        boxed(&mut out, block, node);
    }
    plan.routes.iter().filter_map(|r| r.label.as_ref()).for_each(|l| label(&mut out, l));
    out.push_str("</svg>");
    Markup::ours(&out)
}

fn line(out: &mut String, route: &Route, id: usize) {
    out.push_str("<path class=\"way\" fill=\"none\" stroke=\"#0b0c0c\" stroke-width=\"1.5\"");
    attribute(out, "marker-end", format_args!("url(#arrow{id})"));
    out.push_str(" d=\"");
    for (i, (x, y)) in route.points.iter().enumerate() {
        let _ = write!(out, "{}{x} {y}", if i == 0 { 'M' } else { 'L' });
    }
    out.push_str("\"/>");
}

fn boxed(out: &mut String, block: &Block, node: &Node) {
    if let Some(href) = &node.href {
        out.push_str("<a");
        attribute(out, "href", href);
        out.push('>');
    }
    shape(out, block.rect, node.form);
    let count = |of: &[String]| i32::try_from(of.len()).unwrap_or(0);
    let words = count(&block.lines) * TEXT_LINE + count(&block.fine) * FINE_LINE;
    let middle = block.rect.x + BOX / 2;
    let mut y = block.rect.y + (block.rect.h - words) / 2;
    for words in &block.lines {
        text(out, (middle, y + 16), TEXT, words);
        y += TEXT_LINE;
    }
    for words in &block.fine {
        text(out, (middle, y + 13), FINE_TEXT, words);
        y += FINE_LINE;
    }
    if node.href.is_some() {
        out.push_str("</a>");
    }
}

fn shape(out: &mut String, Rect { x, y, w, h }: Rect, form: Form) {
    let (right, low, mid) = (x + w, y + h, y + h / 2);
    let (from, to) = (x + LEAN, right - LEAN);
    let _ = match form {
        Form::Decision => write!(
            out,
            "<path class=\"box ask\" {PAINT} d=\"M{from} {y}L{to} {y}L{right} {mid}L{to} {low}L{from} {low}L{x} {mid}Z\"/>"
        ),
        Form::Terminal => write!(
            out,
            "<rect class=\"box end\" {PAINT} x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{}\"/>",
            ROUND.min(h / 2)
        ),
        Form::Step => write!(
            out,
            "<rect class=\"box\" {PAINT} x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/>"
        ),
        Form::Link => write!(
            out,
            "<rect class=\"box link\" {PAINT} stroke-dasharray=\"6 3\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/>"
        ),
    };
}

fn label(out: &mut String, label: &Label) {
    let Rect { x, y, w, .. } = label.rect;
    let (x, anchor) = if label.starts { (x, "start") } else { (x + w, "end") };
    let mut y = y + 13;
    for words in &label.lines {
        text(out, (x, y), Style { anchor, ..ANSWER }, words);
        y += LABEL_LINE;
    }
}
