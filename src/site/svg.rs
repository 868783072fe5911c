//! Small parts that flowchart and bar chart share: wrapped labels, text elements, round numbers.

use std::fmt::Write as _;

use super::render::escape_into;

/// Half-widths a character takes: Han and full-width marks two, the rest one.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| if u32::from(c) < 0x2e80 { 1 } else { 2 }).sum()
}

/// Marks that must not begin a line.
const NOT_FIRST: &str = "，。；：、！？）》】〕”’%";

/// Breaks `text` into as few lines of at most `room` half-widths as it takes, and these about equally
/// long, so that no single character stands on the last. Closing marks may hang over by one.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let fewest = fill(text, room).len();
    let even = (room / 2..room).find(|narrow| fill(text, *narrow).len() == fewest);
    fill(text, even.unwrap_or(room))
}

/// Fills one line after the other.
fn fill(text: &str, room: usize) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    for piece in pieces(text) {
        let w = width(piece);
        if used + w > room && !line.is_empty() && !piece.starts_with(|c| NOT_FIRST.contains(c)) {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        line.push_str(piece);
        used += w;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Han characters one by one; runs of digits and letters whole.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = if first.is_ascii_alphanumeric() {
            rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (piece, left) = rest.split_at(end);
        rest = left;
        Some(piece)
    })
}

/// How a text element looks.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// Class in the stylesheet.
    pub(super) class: &'static str,
    /// Size in user units.
    pub(super) size: u32,
    /// `start`, `middle` or `end`.
    pub(super) anchor: &'static str,
}

/// Appends a text element.
pub(super) fn text(out: &mut String, (x, y): (i32, i32), style: Style, words: &str) {
    let Style { class, size, anchor } = style;
    let _ = write!(
        out,
        "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"{anchor}\">"
    );
    escape_into(out, words);
    out.push_str("</text>");
}

/// Opens a drawing with its text alternative.
pub(super) fn open(class: &str, (w, h): (i32, i32), (title, desc): (&str, &str)) -> String {
    let mut out = format!(
        "<svg class=\"{class}\" role=\"img\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\"><title>"
    );
    escape_into(&mut out, title);
    out.push_str("</title><desc>");
    escape_into(&mut out, desc);
    out.push_str("</desc>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_filled_and_marks_never_begin_one() {
        assert_eq!(wrap("出示执法证件，表明身份", 12), ["出示执法证件，", "表明身份"]);
        assert_eq!(wrap("在7个工作日内公示", 14), ["在7个工作", "日内公示"]);
    }
}
