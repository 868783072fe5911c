//! QR codes as dark runs and as SVG. With `case_code`, the hand on the QR crate.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

use super::render::{Markup, escape_into};

/// Blank modules around the code that readers need.
const QUIET: usize = 4;
/// What marks a code inside a page.
pub(super) const ON_PAGE: &str = "class=\"qr\"";

/// A code as dark runs on a square: what a page and a PDF file draw.
pub(super) struct Code {
    /// Modules on a side, the blank ones around included.
    pub(super) side: usize,
    /// Dark runs: column, row, length, in modules.
    pub(super) runs: Vec<(usize, usize, usize)>,
}

impl Code {
    /// The code of so many modules on a side, of which `is_dark` tells by column and row.
    pub(super) fn of(size: usize, is_dark: impl Fn(usize, usize) -> bool) -> Self {
        let mut runs = Vec::new();
        for y in 0..size {
            let mut x = 0;
            while x < size {
                let start = x;
                while x < size && is_dark(x, y) {
                    x += 1;
                }
                if x > start {
                    runs.push((start + QUIET, y + QUIET, x - start));
                }
                x += 1;
            }
        }
        Self { side: size + 2 * QUIET, runs }
    }

    /// The drawing, with words for those who do not see it. Each row is one dashed line, which takes a third of
    /// the bytes of squares.
    pub(super) fn svg(&self, attribute: &str, label: &str) -> String {
        let side = self.side;
        let mut out = String::with_capacity(3 << 10);
        let _ = write!(
            out,
            "<svg {attribute} role=\"img\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\"><title>"
        );
        escape_into(&mut out, label);
        out.push_str("</title><path stroke=\"#000\" d=\"");
        let mut pen = (0, usize::MAX);
        for (x, y, run) in &self.runs {
            let _ = match pen.1 == *y {
                true => write!(out, "m{} 0h{run}", x - pen.0),
                false => write!(out, "M{x} {y}.5h{run}"),
            };
            pen = (x + run, *y);
        }
        out.push_str("\"/></svg>");
        out
    }
}

/// The code that leads to `url`, or `None` where it is too long for one.
pub(super) fn of(url: &str) -> Option<Code> {
    let code = QRBuilder::new(url).ecl(ECL::M).build().ok()?;
    Some(Code::of(code.size, |x, y| code[y][x].value()))
}

/// The code that leads to `url` as part of a page, with words for those who do not see it.
pub(super) fn code(url: &str, label: &str) -> Option<Markup> {
    Some(Markup::ours(&of(url)?.svg(ON_PAGE, label)))
}

/// The same as a file of its own.
pub(super) fn file(url: &str, label: &str) -> Option<String> {
    Some(of(url)?.svg("xmlns=\"http://www.w3.org/2000/svg\"", label) + "\n")
}
