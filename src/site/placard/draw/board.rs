//! The board of everybody, A4 and A3.

use super::super::sizes::{BOARD, BOARD_A3, BoardSizes};
use super::{Align, BoardSheet, Field, Layout, Paper, Table, bold, foot, plain};

/// Measures of a board.
struct Measures {
    margin: f32,
    edges: [f32; 6],
    sizes: BoardSizes,
    /// Height of a row.
    row: f32,
}

/// Where the columns begin, as shares of the width.
const COLUMNS: [f32; 6] = [0.0, 0.22, 0.46, 0.67, 0.82, 1.0];

fn measures(layout: Layout) -> Measures {
    let (margin, sizes, row) =
        if layout == Layout::BoardA3 { (12.0, BOARD_A3, 12.5) } else { (10.0, BOARD, 11.2) };
    let width = layout.size().0 - 2.0 * margin;
    Measures { margin, edges: COLUMNS.map(|share| margin + share * width), sizes, row }
}

impl Paper<'_> {
    /// One page of the board.
    pub(super) fn board(&mut self, layout: Layout, sheet: &BoardSheet) {
        let (width, height) = layout.size();
        self.document.page((width, height));
        let Measures { margin, edges, sizes, row } = measures(layout);
        let BoardSizes { title: name, day, .. } = sizes;
        let title = format!("{}执法人员岗位信息公示牌", self.placards.organ);
        let across = |y, h| Field { x: margin, y, w: width - 2.0 * margin, h };
        let mut y = margin;
        self.fit(across(y, name * 0.46), bold(name, Align::Middle), &title);
        y += name * 0.46;
        let count = self.placards.count();
        let told = format!("数据截至 {}　共 {count} 人", self.placards.today);
        self.fit(across(y, day * 0.5), plain(day, Align::Middle), &told);
        y += day * 0.5 + 3.0;
        let rows: Vec<Vec<&str>> = sheet
            .officers
            .iter()
            .map(|o| {
                let certificate = o.certificate.as_deref().unwrap_or("—");
                vec![o.name.as_str(), &o.unit, &o.post, &o.badge, certificate]
            })
            .collect();
        let drawn =
            Table { edges: &edges, y, heights: (10.0, row), size: sizes.text, names: sizes.names };
        drawn.draw(self, &["姓名", "单位", "职务", "胸牌号码", "执法证号"], &rows);
        let dated = self.dated(&self.placards.version);
        let page = format!("第 {}/{} 页", sheet.page, sheet.pages);
        let parts = [self.complaint(), dated, page];
        let at = (margin, width - margin, height - margin - 1.5);
        foot(self, at, sizes.foot, parts.each_ref().map(String::as_str));
    }
}
