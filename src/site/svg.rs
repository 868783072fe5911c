//! Small parts that flowchart and bar chart share: wrapped labels, text elements, round numbers.

use std::fmt::Write as _;

use super::render::escape_into;

/// Half-widths a text takes: Han and full-width marks two each, and what is narrower about its share. Never less
/// than a common font draws.
pub(super) fn width(text: &str) -> usize {
    half_widths(measure(text))
}

/// Broad and narrow characters of a text.
fn measure(text: &str) -> (usize, usize) {
    let (mut broad, mut narrow) = (0, 0);
    for c in text.chars() {
        match u32::from(c) {
            0..0xa0 => narrow += 1,
            0xa0..0x2010 => narrow += 2,
            // Quotation marks, dashes and dots are as wide as a Han character in Chinese fonts.
            _ => broad += 1,
        }
    }
    (broad, narrow)
}

fn half_widths((broad, narrow): (usize, usize)) -> usize {
    2 * broad + (narrow * 13).div_ceil(10)
}

/// Units of more than one character that stay with their number.
const UNITS: [&str; 2] = ["个工作日", "个月"];
/// Marks after which a sentence pauses.
const PAUSES: &str = "，、；：。！？）";
/// Marks that must not begin a line.
const NOT_FIRST: &str = "，。；：、！？）》】〕〉」』”’…—·%‰℃,.;:!?)]}";
/// Marks that must not end a line.
const NOT_LAST: &str = "（《【〔〈「『“‘([{";

/// What a line costs that breaks inside a clause of the sentence, in squared half-widths.
const BROKEN: usize = 24;

/// Breaks `text` into as few lines of at most `room` half-widths as it takes; among the ways to do so the one
/// whose lines are about equally long and end where the sentence pauses.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let pieces: Vec<&str> = pieces(text).flat_map(|piece| fitting(piece, room)).collect();
    let sizes: Vec<(usize, usize)> = pieces.iter().map(|piece| measure(piece)).collect();
    // For each count of pieces: fewest lines, their cost, and where the last of them begins.
    let mut best: Vec<(usize, usize, usize)> = vec![(0, 0, 0)];
    for end in 1..=pieces.len() {
        let (mut found, mut size) = ((usize::MAX, usize::MAX, end - 1), (0, 0));
        for from in (0..end).rev() {
            size = (size.0 + sizes[from].0, size.1 + sizes[from].1);
            let used = half_widths(size);
            if used > room {
                break;
            }
            let (lines, cost, _) = best[from];
            let rest = end < pieces.len();
            let broken = rest && !pieces[end - 1].trim_end().ends_with(|c| PAUSES.contains(c));
            let rough = (room - used).pow(2) + if broken { BROKEN } else { 0 };
            let cost = cost.saturating_add(rough);
            found = found.min((lines.saturating_add(1), cost, from));
        }
        best.push(found);
    }
    let (mut lines, mut end) = (Vec::new(), pieces.len());
    while end > 0 {
        let from = best[end].2;
        lines.push(pieces[from..end].concat().trim().to_owned());
        end = from;
    }
    lines.reverse();
    lines.retain(|line| !line.is_empty());
    lines
}

/// A piece that is longer than a line by itself, cut where it must be.
fn fitting(piece: &str, room: usize) -> Vec<&str> {
    let (mut parts, mut rest) = (Vec::new(), piece);
    while width(rest) > room {
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
        let cut = ends.take_while(|end| width(&rest[..*end]) <= room).last();
        let first = rest.chars().next().map_or(rest.len(), char::len_utf8);
        let (part, left) = rest.split_at(cut.unwrap_or(first));
        parts.push(part);
        rest = left;
    }
    parts.push(rest);
    parts
}

/// What is not broken: a Han character, or a run of letters and digits with the unit after it, and the marks that
/// must stand beside it.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let opening = rest.len() - rest.trim_start_matches(|c| NOT_LAST.contains(c)).len();
        let first = rest[opening..].chars().next().or_else(|| rest.chars().next())?;
        let core = &rest[opening..];
        let end = if first.is_ascii_alphanumeric() {
            let run = core.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(core.len());
            let unit = UNITS.iter().find(|unit| core[run..].starts_with(**unit)).map(|u| u.len());
            let next = || core[run..].chars().next().filter(|c| c.is_alphabetic());
            run + unit.unwrap_or_else(|| next().map_or(0, char::len_utf8))
        } else {
            core.chars().next().map_or(0, char::len_utf8)
        };
        let tail = &core[end..];
        let closing = tail.len() - tail.trim_start_matches(|c| NOT_FIRST.contains(c)).len();
        let (piece, left) = rest.split_at(opening + end + closing);
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
        assert_eq!(wrap("出示执法证件，表明身份", 14), ["出示执法证件，", "表明身份"]);
        assert_eq!(wrap("在7个工作日内公示", 14), ["在7个工作日", "内公示"]);
        assert_eq!(wrap("依据《处罚法》办", 8), ["依据《处", "罚法》办"]);
    }

    #[test]
    fn no_line_is_longer_than_its_room_whatever_the_text() {
        let mut seed = 7_u64;
        let signs: Vec<char> = "处罚决定书，。（《》）“”、7a9Z% ·—：".chars().collect();
        for _ in 0..3000 {
            let mut next = |below: usize| {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                usize::try_from(seed >> 40).unwrap_or(0) % below
            };
            let length = next(40);
            let text: String = (0..length).map(|_| signs[next(signs.len())]).collect();
            let room = 8 + next(20);
            let lines = wrap(&text, room);
            assert!(lines.iter().all(|line| width(line) <= room), "{text} in {room}: {lines:?}");
            let bare = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            assert_eq!(bare(&lines.concat()), bare(&text));
        }
    }
}
