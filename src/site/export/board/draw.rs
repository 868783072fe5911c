//! The sheets of a notice board as a PDF file.

use super::super::super::FontFile;
use super::super::super::pdf::{Align, Document, Type, Unset};
use super::super::super::qr;
use super::lines::{BLANK, LINE, MARGIN, PAPER, SIDE, SIZE, WIDTHS, height};
use super::{NoticeBoard, Paper};

/// Type sizes in points: the title, what stands below it, the foot.
const TITLE: f32 = 30.0;
const BELOW: f32 = 15.0;
const FOOT: f32 = 15.0;
/// Height of the head row.
const HEAD: f32 = 11.0;
/// Side of the code.
const CODE: f32 = 32.0;

const fn set(size: f32, is_bold: bool, align: Align) -> Type {
    Type { size, is_bold, align }
}

/// The bytes of the file.
pub(super) fn pdf(board: &NoticeBoard<'_>, font: &FontFile) -> Result<Vec<u8>, Unset> {
    let mut document = Document::new(font).ok_or(Unset::Font)?;
    board.papers.iter().for_each(|paper| sheet(&mut document, board, paper));
    document.finish(&format!("{}行政执法结果公告", board.press.bureau.name))
}

fn sheet(document: &mut Document<'_>, board: &NoticeBoard<'_>, paper: &Paper) {
    document.page(PAPER);
    let (middle, right) = (PAPER.0 / 2.0, PAPER.0 - MARGIN);
    let title = format!("{}{}", board.press.bureau.name, paper.kind);
    document.text((middle, MARGIN + 11.0), set(TITLE, true, Align::Middle), &title);
    let told = format!("{}　共 {} 件", board.period.zh(), paper.count);
    document.text((middle, MARGIN + 20.0), set(BELOW, false, Align::Middle), &told);
    let mut y = MARGIN + 25.0;
    let heads: Vec<Vec<String>> = paper.heads.iter().map(|head| vec![(*head).to_owned()]).collect();
    row(document, (y, HEAD), &heads, true);
    y += HEAD;
    for cells in &paper.rows {
        let high = height(&cells.cells);
        row(document, (y, high), &cells.cells, false);
        y += high;
    }
    foot(document, board, (paper, right));
}

fn row(document: &mut Document<'_>, (y, high): (f32, f32), cells: &[Vec<String>], is_bold: bool) {
    let mut x = MARGIN;
    for (lines, width) in cells.iter().zip(WIDTHS) {
        document.frame((x, y), (width, high), 0.25);
        let mut at = y + (high - lines.len() as f32 * LINE) / 2.0;
        for line in lines {
            // The foot of a line of Chinese stands about four fifths down.
            document.text((x + SIDE, at + LINE * 0.78), set(SIZE, is_bold, Align::Start), line);
            at += LINE;
        }
        x += width;
    }
}

fn foot(document: &mut Document<'_>, board: &NoticeBoard<'_>, (paper, right): (&Paper, f32)) {
    let top = PAPER.1 - MARGIN - CODE;
    let middle = top + CODE / 2.0;
    let mut x = MARGIN;
    if let Some(code) = paper.list.as_deref().and_then(qr::of) {
        document.code((x, top), CODE, &code);
        x += CODE + BLANK;
        document.text((x, middle - LINE), set(FOOT, false, Align::Start), "扫码查看全部结果和详情");
    }
    if let Some(telephone) = &board.press.bureau.contact.complaint_telephone {
        let told = format!("监督电话 {telephone}");
        document.text((x, middle + LINE), set(FOOT + 5.0, true, Align::Start), &told);
    }
    let dated = format!("{}　{}", board.press.bureau.name, board.period.until.zh());
    document.text((right, middle - LINE), set(FOOT, false, Align::End), &dated);
    let page = format!("第 {}/{} 页", paper.page, paper.pages);
    document.text((right, middle + LINE), set(FOOT, false, Align::End), &page);
}
