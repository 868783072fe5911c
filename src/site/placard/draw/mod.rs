//! Sheets as PDF pages: the same facts, places and sizes as the pages of the site.

use super::super::font::FontFile;
use super::super::pdf::{Align, Document, Type, Unset};
use super::super::qr;
use super::sizes::Names;
use super::{BoardSheet, CardSheet, Layout, OfficerFacts, Photo, Placards, Roll, size_of};

mod board;
mod cards;
mod stands;
mod window;

/// Smallest type that text is shrunk to before it is broken, as a share of its size.
const SMALLEST: f32 = 0.8;
/// How much of its box text on two lines fills.
const TWO_LINES: f32 = 0.94;
/// Height of a line in millimetres, for a point of type size.
const LEADING: f32 = 1.2 * 25.4 / 72.0;

impl Placards {
    /// The sheets of a kind as one PDF file; `None` where there is none to print.
    ///
    /// # Errors
    /// The font cannot be used, or lacks a character.
    pub(crate) fn pdf(&self, layout: Layout, font: &FontFile) -> Result<Option<Vec<u8>>, Unset> {
        let mut paper = Paper { document: Document::new(font).ok_or(Unset::Font)?, placards: self };
        let roll = self.roll(layout);
        if roll.len() == 0 {
            return Ok(None);
        }
        match &roll {
            Roll::Board(sheets) => sheets.iter().for_each(|sheet| paper.board(layout, sheet)),
            Roll::Cards(sheets) => sheets.iter().for_each(|sheet| paper.sheet(layout, sheet)),
            Roll::Windows(sheets) => sheets.iter().for_each(|sheet| paper.window(sheet)),
        }
        let title = format!("{}执法人员{}", self.organ, layout.title());
        paper.document.finish(&title).map(Some)
    }
}

/// A document with the record it shows.
struct Paper<'p> {
    document: Document<'p>,
    placards: &'p Placards,
}

/// A box that text is set in: its upper left corner, width and height, in millimetres.
#[derive(Clone, Copy)]
struct Field {
    x: f32,
    y: f32,
    w: f32,
    h: f32,
}

/// Type of this size.
const fn plain(size: f32, align: Align) -> Type {
    Type { size, is_bold: false, align }
}

/// The same, bold.
const fn bold(size: f32, align: Align) -> Type {
    Type { size, is_bold: true, align }
}

impl Paper<'_> {
    fn sheet(&mut self, layout: Layout, sheet: &CardSheet) {
        self.document.page(layout.size());
        match layout {
            Layout::Cards => self.cards(sheet),
            Layout::Desk => sheet.officers.iter().for_each(|o| self.desk(0.0, o)),
            Layout::Tent => sheet.officers.iter().for_each(|o| self.tent(o)),
            Layout::Badge | Layout::BadgeFour => self.badges(layout, sheet),
            Layout::Board | Layout::BoardA3 | Layout::Window => {}
        }
    }

    /// Sets text in a box: on one line, a little smaller where it must be, else on two. Returns the height used.
    fn fit(&mut self, field: Field, set: Type, text: &str) -> f32 {
        let width = self.document.width(text, set.size);
        let share = (field.w / width.max(f32::EPSILON)).min(1.0);
        let (lines, share) = if share >= SMALLEST {
            (vec![text.to_owned()], share)
        } else {
            let lines = halves(text);
            let widest = lines.iter().map(|l| self.document.width(l, set.size)).fold(0.0, f32::max);
            let share = (field.w / widest.max(f32::EPSILON)).min(1.0);
            // Two lines at full size may be higher than the box.
            (lines, share.min(TWO_LINES * field.h / (2.0 * set.size * LEADING)))
        };
        let size = set.size * share;
        let x = match set.align {
            Align::Start => field.x,
            Align::Middle => field.x + field.w / 2.0,
            Align::End => field.x + field.w,
        };
        let step = size * LEADING;
        let height = lines.len() as f32 * step;
        let mut y = field.y + (field.h - height) / 2.0;
        for line in &lines {
            // The foot of a line of Chinese stands about four fifths down.
            self.document.text((x, y + step * 0.78), Type { size, ..set }, line);
            y += step;
        }
        height
    }

    /// Draws the code that leads to an address.
    fn code(&mut self, corner: (f32, f32), side: f32, address: Option<String>) {
        if let Some(code) = address.and_then(|address| qr::of(&address)) {
            self.document.code(corner, side, &code);
        }
    }

    /// The portrait of an officer, where there is one.
    fn photo_of(&self, officer: &OfficerFacts) -> Option<&'_ Photo> {
        let path = officer.photo.as_deref()?;
        self.placards.photos.iter().find(|photo| photo.path == path)
    }

    /// Draws it; whether there was one.
    fn photo(&mut self, corner: (f32, f32), officer: &OfficerFacts) -> bool {
        let Some(photo) = self.photo_of(officer).cloned() else { return false };
        self.document.photo(corner, (25.0, 35.0), &photo);
        true
    }

    /// The complaint telephone in words, else nothing.
    fn complaint(&self) -> String {
        let telephone = self.placards.complaint.as_ref();
        telephone.map(|t| format!("监督电话 {t}")).unwrap_or_default()
    }

    /// The day of printing and a version, in words.
    fn dated(&self, version: &str) -> String {
        format!("打印日期 {}　版本 {version}", self.placards.today)
    }
}

/// A text on two lines, broken after a dot between parts of a name where one is near the middle.
fn halves(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let middle = chars.len().div_ceil(2);
    let dots = (1..chars.len()).filter(|i| chars[i - 1] == '·');
    let at = dots.min_by_key(|i| i.abs_diff(middle)).unwrap_or(middle);
    let (first, second) = chars.split_at(at);
    vec![first.iter().collect(), second.iter().collect()]
}

/// One line of a foot: left, middle, right.
fn foot(paper: &mut Paper<'_>, (left, right, y): (f32, f32, f32), size: f32, parts: [&str; 3]) {
    let middle = f32::midpoint(left, right);
    let places = [(left, Align::Start), (middle, Align::Middle), (right, Align::End)];
    for ((x, align), text) in places.into_iter().zip(parts) {
        paper.document.text((x, y), plain(size, align), text);
    }
}

/// A table cell's text.
fn cell(field: Field) -> Field {
    Field { x: field.x + 2.5, w: field.w - 5.0, ..field }
}

/// A page's worth of rows under its heads.
struct Table<'t> {
    /// Left edges of the columns, and the right edge of the last.
    edges: &'t [f32],
    /// Upper edge.
    y: f32,
    /// Height of the head row and of the others.
    heights: (f32, f32),
    /// Type size.
    size: f32,
    /// Type sizes of the names in the first column.
    names: Names,
}

impl Table<'_> {
    /// Draws heads and rows; the first column is bold. Returns the lower edge.
    fn draw(&self, paper: &mut Paper<'_>, heads: &[&str], rows: &[Vec<&str>]) -> f32 {
        let mut y = self.y;
        let all = std::iter::once((self.heights.0, heads, true))
            .chain(rows.iter().map(|row| (self.heights.1, row.as_slice(), false)));
        for (h, row, is_head) in all {
            for (i, (text, edge)) in row.iter().zip(self.edges.windows(2)).enumerate() {
                let field = Field { x: edge[0], y, w: edge[1] - edge[0], h };
                paper.document.frame((field.x, y), (field.w, h), 0.25);
                let is_bold = is_head || i == 0;
                let is_name = i == 0 && !is_head;
                let size = if is_name { self.names.of(size_of(text)) } else { self.size };
                paper.fit(cell(field), Type { is_bold, ..plain(size, Align::Start) }, text);
            }
            y += h;
        }
        y
    }
}

#[cfg(test)]
mod tests {
    use super::halves;

    #[test]
    fn a_long_name_is_broken_at_its_dots() {
        assert_eq!(halves("买买提·吐尔逊江·阿不都热合曼"), ["买买提·吐尔逊江·", "阿不都热合曼"]);
        assert_eq!(halves("四级调研员兼联络员"), ["四级调研员", "兼联络员"]);
    }
}
