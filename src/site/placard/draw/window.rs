//! The window sign of a unit, A4 portrait.

use super::super::sizes::{CODE, FOOT, WINDOW};
use super::super::{UnitFacts, WindowSheet};
use super::{Align, Field, Paper, Table, bold, foot, plain};

const LEFT: f32 = 14.0;
const RIGHT: f32 = 196.0;
/// Left edges of the columns, and the right edge.
const EDGES: [f32; 4] = [LEFT, LEFT + 76.4, LEFT + 138.3, RIGHT];
/// Characters of a line of duties at their type size.
const DUTIES: usize = 39;

impl Paper<'_> {
    /// One page of a sign.
    pub(super) fn window(&mut self, sheet: &WindowSheet) {
        let unit = &sheet.unit;
        self.document.page(super::Layout::Window.size());
        let line = |y, h| Field { x: LEFT, y, w: RIGHT - LEFT, h };
        let organ = self.placards.organ.clone();
        self.fit(line(14.0, 9.0), plain(WINDOW.organ, Align::Middle), &organ);
        self.fit(line(24.0, 18.0), bold(WINDOW.unit, Align::Middle), &unit.name);
        let mut y = 44.0;
        for part in lines(unit.duties.as_deref().unwrap_or_default()) {
            self.document.text((LEFT, y + 4.5), plain(WINDOW.duties, Align::Start), &part);
            y += 6.2;
        }
        y = self.ways(y + 3.0, unit);
        if unit.officers.is_empty() {
            let day = self.placards.today.zh();
            let told = format!("截至{day}，本单位没有列入公示的执法人员。");
            self.document.text((LEFT, y + 10.0), plain(WINDOW.none, Align::Start), &told);
        } else {
            let told = format!("在岗执法人员 {} 名", sheet.count);
            self.document.text((LEFT, y + 8.5), bold(WINDOW.caption, Align::Start), &told);
            let rows = unit.officers.iter();
            let rows: Vec<Vec<&str>> =
                rows.map(|o| vec![o.name.as_str(), &o.post, &o.badge]).collect();
            let table = Table {
                edges: &EDGES,
                y: y + 10.5,
                heights: (8.0, 9.2),
                size: WINDOW.text,
                names: WINDOW.names,
            };
            table.draw(self, &["姓名", "职务", "胸牌号码"], &rows);
        }
        let dated = self.dated(&unit.version);
        let page = format!("第 {}/{} 页", sheet.page, sheet.pages);
        foot(self, (LEFT, RIGHT, 281.0), FOOT, ["执法时应当出示证件", &dated, &page]);
    }

    /// How the unit is reached, in a box. Returns its lower edge.
    fn ways(&mut self, top: f32, unit: &UnitFacts) -> f32 {
        let height = 52.0;
        self.document.frame((LEFT, top), (RIGHT - LEFT, height), 0.6);
        let text = LEFT + 4.0;
        if let Some(number) = self.placards.complaint.clone() {
            self.document.text(
                (text, top + 8.0),
                plain(WINDOW.telephone, Align::Start),
                "投诉举报电话",
            );
            let field = Field { x: text, y: top + 9.0, w: 125.0, h: 19.0 };
            self.fit(field, bold(WINDOW.number, Align::Start), &number);
        }
        let hours = self.placards.hours.as_ref();
        let ways = [("单位电话", &unit.telephone), ("办公地址", &unit.office)].into_iter();
        let ways = ways.filter_map(|(what, way)| Some(format!("{what} {}", way.as_ref()?)));
        let ways: Vec<String> = ways.chain(hours.map(|h| format!("工作时间 {h}"))).collect();
        let mut y = top + 29.0;
        for way in &ways {
            let field = Field { x: text, y, w: 125.0, h: 7.0 };
            self.fit(field, plain(WINDOW.ways, Align::Start), way);
            y += 7.0;
        }
        if self.placards.list_address.is_some() {
            let corner = (RIGHT - 4.0 - 37.0, top + 3.5);
            self.code(corner, 37.0, self.placards.list_address.clone());
            let middle = RIGHT - 4.0 - 18.5;
            self.document.text((middle, top + 46.0), plain(CODE, Align::Middle), "扫码核验人员");
        }
        top + height
    }
}

/// A sentence on as many lines as it takes; no line begins with a mark.
fn lines(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut lines = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let mut end = (at + DUTIES).min(chars.len());
        if chars.get(end).is_some_and(|c| "，。、；：）".contains(*c)) {
            end += 1;
        }
        lines.push(chars[at..end].iter().collect());
        at = end;
    }
    lines
}
