//! A laid-out flow as SVG. Colors come from the stylesheet; the attributes serve where there is none.

use std::fmt::Write as _;

use super::super::render::Markup;
use super::super::svg::{Style, open, text};
use super::layout::{BOX, Block, FINE, HEAD, LINE, PAD, Plan, Route};
use super::model::{FlowFile, StepKind};

const TEXT: Style = Style { class: "step", size: 15, anchor: "middle" };
const FINE_TEXT: Style = Style { class: "fine", size: 12, anchor: "middle" };
const LANE: Style = Style { class: "lane", size: 15, anchor: "middle" };
const ARROW: &str = "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L8 4L0 8Z\"/></marker></defs>";

/// The drawing.
pub(super) fn svg(flow: &FlowFile, plan: &Plan) -> Markup {
    let desc = format!("{}共{}步，文字说明见图下。", flow.applies, flow.steps.len());
    let mut out = open("flow", plan.size, (&flow.title, &desc));
    out.push_str(ARROW);
    for (x, name) in plan.lanes.iter().zip(&flow.lanes) {
        let _ = write!(
            out,
            "<rect class=\"band\" fill=\"#f3f2f1\" x=\"{}\" y=\"0\" width=\"{}\" height=\"{}\"/>",
            x - 10,
            BOX + 20,
            plan.size.1
        );
        text(&mut out, (x + BOX / 2, HEAD - 14), LANE, name);
    }
    for route in &plan.routes {
        line(&mut out, route);
    }
    for (block, step) in plan.blocks.iter().zip(&flow.steps) {
        shape(&mut out, block, step.kind);
        label(&mut out, block);
    }
    for route in &plan.routes {
        answer(&mut out, route);
    }
    out.push_str("</svg>");
    Markup::ours(&out)
}

fn line(out: &mut String, route: &Route) {
    out.push_str("<path class=\"way\" fill=\"none\" stroke=\"#0b0c0c\" stroke-width=\"1.5\" marker-end=\"url(#arrow)\" d=\"");
    for (i, (x, y)) in route.points.iter().enumerate() {
        let _ = write!(out, "{}{x} {y}", if i == 0 { 'M' } else { 'L' });
    }
    out.push_str("\"/>");
}

fn shape(out: &mut String, block: &Block, kind: StepKind) {
    let Block { x, y, h, .. } = block;
    let paint = "fill=\"#fff\" stroke=\"#0b0c0c\" stroke-width=\"1.5\"";
    let _ = match kind {
        StepKind::Decision => {
            let (right, low, mid) = (x + BOX, y + h, y + h / 2);
            write!(
                out,
                "<path class=\"box ask\" {paint} d=\"M{} {y}L{} {y}L{right} {mid}L{} {low}L{} {low}L{x} {mid}Z\"/>",
                x + 14,
                right - 14,
                right - 14,
                x + 14
            )
        }
        StepKind::Start | StepKind::End => write!(
            out,
            "<rect class=\"box end\" {paint} x=\"{x}\" y=\"{y}\" width=\"{BOX}\" height=\"{h}\" rx=\"{}\"/>",
            h / 2
        ),
        StepKind::Step => write!(
            out,
            "<rect class=\"box\" {paint} x=\"{x}\" y=\"{y}\" width=\"{BOX}\" height=\"{h}\" rx=\"2\"/>"
        ),
    };
}

fn label(out: &mut String, block: &Block) {
    let middle = block.x + BOX / 2;
    let mut y = block.y + PAD;
    for words in &block.lines {
        text(out, (middle, y + 15), TEXT, words);
        y += LINE;
    }
    for words in &block.fine {
        text(out, (middle, y + 13), FINE_TEXT, words);
        y += FINE;
    }
}

/// The label of a line, beside its beginning and over white, so that it reads on top of other lines.
fn answer(out: &mut String, route: &Route) {
    let (Some(words), [first, second, ..]) = (&route.label, route.points.as_slice()) else {
        return;
    };
    let turn = route.points.get(2).filter(|_| first.0 == second.0);
    let (x, y, anchor) = match turn {
        // Out of the side.
        None if first.1 == second.1 && second.0 >= first.0 => (first.0 + 6, first.1 - 6, "start"),
        None if first.1 == second.1 => (first.0 - 6, first.1 - 6, "end"),
        // Straight down.
        None => (first.0 + 8, first.1 + 20, "start"),
        // Down and then aside.
        Some(third) if third.0 >= second.0 => (second.0 + 30, second.1 - 5, "start"),
        Some(_) => (second.0 - 30, second.1 - 5, "end"),
    };
    text(out, (x, y), Style { class: "answer", size: 13, anchor }, words);
}
