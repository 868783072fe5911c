//! QR codes as SVG. The one hand on the QR crate.

use fast_qr::{ECL, QRBuilder};

use super::render::{Markup, escape_into};

/// Blank modules around the code that readers need.
const QUIET: usize = 4;

/// A code that leads to `url`, or `None` where it is too long for one.
pub(super) fn code(url: &str, label: &str) -> Option<Markup> {
    let code = QRBuilder::new(url).ecl(ECL::M).build().ok()?;
    let side = code.size + 2 * QUIET;
    let mut out = format!(
        "<svg class=\"qr\" role=\"img\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\"><title>"
    );
    escape_into(&mut out, label);
    out.push_str("</title><path fill=\"#000\" d=\"");
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let start = x;
            while x < code.size && code[y][x].value() {
                x += 1;
            }
            if x > start {
                let run = x - start;
                out.push_str(&format!("M{} {}h{run}v1h-{run}z", start + QUIET, y + QUIET));
            }
            x += 1;
        }
    }
    out.push_str("\"/></svg>");
    Some(Markup::ours(&out))
}
