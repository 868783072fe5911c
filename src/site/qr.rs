//! QR codes as SVG. The one hand on the QR crate.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

use super::render::{Markup, escape_into};

/// Blank modules around the code that readers need.
const QUIET: usize = 4;

/// A code as dark runs on a square: what a page and a PDF file draw.
pub(super) struct Code {
    /// Modules on a side, the blank ones around included.
    pub(super) side: usize,
    /// Dark runs: column, row, length, in modules.
    pub(super) runs: Vec<(usize, usize, usize)>,
}

/// The code that leads to `url`, or `None` where it is too long for one.
pub(super) fn of(url: &str) -> Option<Code> {
    let code = QRBuilder::new(url).ecl(ECL::M).build().ok()?;
    let mut runs = Vec::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let start = x;
            while x < code.size && code[y][x].value() {
                x += 1;
            }
            if x > start {
                runs.push((start + QUIET, y + QUIET, x - start));
            }
            x += 1;
        }
    }
    Some(Code { side: code.size + 2 * QUIET, runs })
}

/// The code that leads to `url` as part of a page, with words for those who do not see it.
pub(super) fn code(url: &str, label: &str) -> Option<Markup> {
    drawing(url, "class=\"qr\"", label).map(|svg| Markup::ours(&svg))
}

/// The same as a file of its own.
pub(super) fn file(url: &str, label: &str) -> Option<String> {
    Some(drawing(url, "xmlns=\"http://www.w3.org/2000/svg\"", label)? + "\n")
}

fn drawing(url: &str, attribute: &str, label: &str) -> Option<String> {
    let Code { side, runs } = of(url)?;
    let mut out = format!(
        "<svg {attribute} role=\"img\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\"><title>"
    );
    escape_into(&mut out, label);
    out.push_str("</title><path fill=\"#000\" d=\"");
    for (x, y, run) in runs {
        let _ = write!(out, "M{x} {y}h{run}v1h-{run}z");
    }
    out.push_str("\"/></svg>");
    Some(out)
}
