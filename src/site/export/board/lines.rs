//! Where the lines of a notice board break: by the width of characters in any Chinese font, so that the page and the PDF
//! file break alike, whatever font each is set in.

/// Number of columns.
pub(super) const COLUMNS: usize = 6;
/// Edge of the paper, and its size, in millimetres: A3 landscape.
pub(super) const MARGIN: f32 = 12.0;
/// Width and height of the paper.
pub(super) const PAPER: (f32, f32) = (420.0, 297.0);
/// Widths of the columns, in millimetres; together the paper without its edges.
pub(super) const WIDTHS: [f32; COLUMNS] = [86.0, 74.0, 102.0, 54.0, 41.0, 39.0];
/// Type size of the table, in points.
pub(super) const SIZE: f32 = 15.0;
/// Height of one line, in millimetres.
pub(super) const LINE: f32 = 6.6;
/// Blank above and below the lines of a row together.
pub(super) const BLANK: f32 = 3.6;
/// Blank left and right of a cell's text.
pub(super) const SIDE: f32 = 2.0;
/// Height that the rows of one sheet have: the paper without edges, title, head row and foot.
pub(super) const ROOM: f32 = 188.0;
/// Most lines of one cell; what is longer ends with dots, and the code leads to the whole.
const MOST: usize = 5;
/// Millimetres in a point.
const POINT: f32 = 25.4 / 72.0;

/// A text to be set in a column.
pub(super) struct Text<'t>(pub(super) &'t str);

impl Text<'_> {
    /// Its lines in a column.
    pub(super) fn lines(&self, column: usize) -> Vec<String> {
        let width = WIDTHS.get(column).copied().unwrap_or_default() - 2.0 * SIDE;
        let most = width / (SIZE * POINT);
        let (mut lines, mut used) = (vec![String::new()], 0.0);
        for c in self.0.chars().map(|c| if c.is_whitespace() { ' ' } else { c }) {
            let wide = width_of(c);
            if used + wide > most {
                lines.push(String::new());
                used = 0.0;
            }
            used += wide;
            lines.last_mut().into_iter().for_each(|line| line.push(c));
        }
        if lines.len() > MOST {
            lines.truncate(MOST);
            lines.last_mut().into_iter().for_each(|line| {
                line.pop();
                line.push('…');
            });
        }
        lines
    }
}

/// Width of a character in widths of a Chinese one; Latin letters and digits are at most so wide.
fn width_of(c: char) -> f32 {
    if c.is_ascii() { 0.62 } else { 1.0 }
}

/// Height of a row, in millimetres.
pub(super) fn height(cells: &[Vec<String>]) -> f32 {
    let lines = cells.iter().map(Vec::len).max().unwrap_or(1);
    lines as f32 * LINE + BLANK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_their_column_and_lose_nothing_until_they_are_too_many() {
        let text = "未按照规定运输建筑垃圾，造成沿途泄漏、遗撒 ABC123";
        let lines = Text(text).lines(2);
        assert_eq!(lines.concat(), text);
        let most = (WIDTHS[2] - 2.0 * SIDE) / (SIZE * POINT);
        assert!(lines.iter().all(|line| line.chars().map(width_of).sum::<f32>() <= most));
        let long = Text(&"长".repeat(400)).lines(2);
        assert_eq!(long.len(), MOST);
        assert!(long[MOST - 1].ends_with('…'));
        assert_eq!(Text("").lines(0), [""]);
        assert!((WIDTHS.iter().sum::<f32>() - (PAPER.0 - 2.0 * MARGIN)).abs() < 0.01);
    }
}
