//! Sheets for the notice board of the hall, A3 landscape: the results of a period in large type. The same sheets, line by
//! line, as a page to print and as a PDF file.

mod draw;
mod lines;

use serde::Serialize;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::ledger::Standing;

use super::super::paths::kind_folder;
use super::super::qr;
use super::super::render::Markup;
use super::super::view::Row;
use super::super::{FontFile, Page, Press, Unset};
use super::{Period, document};
use lines::{COLUMNS, ROOM, Text, height};

/// A row: each cell as the lines it takes.
#[derive(Debug, Serialize)]
struct Cells {
    cells: Vec<Vec<String>>,
}

/// One sheet of paper.
#[derive(Debug, Serialize)]
struct Paper {
    kind: &'static str,
    heads: [&'static str; COLUMNS],
    count: usize,
    rows: Vec<Cells>,
    page: usize,
    pages: usize,
    /// Address of the list that the code leads to.
    list: Option<String>,
    qr: Option<Markup>,
}

/// The sheets of a period.
pub(crate) struct NoticeBoard<'p> {
    press: &'p Press,
    period: Period,
    papers: Vec<Paper>,
}

#[derive(Serialize)]
struct BoardView<'b> {
    period: String,
    papers: &'b [Paper],
    complaint: Option<&'b str>,
}

impl Press {
    /// The sheets of what was published in a period; none where nothing was.
    pub(crate) fn notice_board(&self, period: Period, cases: &[Standing]) -> NoticeBoard<'_> {
        let mut papers = Vec::new();
        for kind in [CaseKind::Penalty, CaseKind::Inspection] {
            let own: Vec<Row<'_>> =
                cases.iter().filter(|case| case.key.kind == kind).filter_map(Row::of).collect();
            papers.extend(self.papers(kind, &own));
        }
        NoticeBoard { press: self, period, papers }
    }

    fn papers(&self, kind: CaseKind, rows: &[Row<'_>]) -> Vec<Paper> {
        let (title, heads) = heads(kind);
        let list = self.bureau.base_url.as_ref().map(|b| format!("{b}{}", kind_folder(kind)));
        let mut sheets: Vec<Vec<Cells>> = Vec::new();
        let mut used = ROOM;
        for row in rows {
            let cells = cells(kind, row);
            let high = height(&cells);
            if used + high > ROOM {
                sheets.push(Vec::new());
                used = 0.0;
            }
            used += high;
            sheets.last_mut().into_iter().for_each(|s| s.push(Cells { cells: cells.clone() }));
        }
        let pages = sheets.len();
        let paper = |(at, rows): (usize, Vec<Cells>)| Paper {
            kind: title,
            heads,
            count: 0,
            rows,
            page: at + 1,
            pages,
            qr: list.as_deref().and_then(|url| qr::code(url, "扫码查看全部结果")),
            list: list.clone(),
        };
        let all = sheets.into_iter().enumerate().map(paper);
        all.map(|paper| Paper { count: rows.len(), ..paper }).collect()
    }
}

impl NoticeBoard<'_> {
    /// Name of its files, without their endings.
    pub(crate) fn name(&self) -> String {
        format!("gonggaolan/{}", self.period.slug())
    }

    /// Whether there is anything to hang up.
    pub(crate) fn is_empty(&self) -> bool {
        self.papers.is_empty()
    }

    /// The sheets as one page to print, which needs no other file.
    ///
    /// # Errors
    /// A template that does not fit its view.
    pub(crate) fn page(&self) -> Result<Page, Failure> {
        let view = BoardView {
            period: self.period.zh(),
            papers: &self.papers,
            complaint: self.press.bureau.contact.complaint_telephone.as_deref(),
        };
        let text = self.press.block("export-board.html", &view)?;
        Ok(document(format!("{}.html", self.name()), text.into_bytes()))
    }

    /// The sheets as a PDF file: its path and its bytes. It holds what the page holds, which the audit reads.
    ///
    /// # Errors
    /// The font cannot be used, or lacks a character.
    pub(crate) fn pdf(&self, font: &FontFile) -> Result<(String, Vec<u8>), Unset> {
        let path = format!("{}.pdf", self.name());
        draw::pdf(self, font).map(|bytes| (path, bytes))
    }
}

const fn heads(kind: CaseKind) -> (&'static str, [&'static str; COLUMNS]) {
    match kind {
        CaseKind::Penalty => (
            "行政处罚结果公示",
            ["决定书文号", "当事人", "违法行为", "处罚类别", "金额（元）", "决定日期"],
        ),
        CaseKind::Inspection => (
            "双随机抽查结果公示",
            ["任务编号", "检查对象", "抽查事项", "检查结果", "公示日期", "结果日期"],
        ),
    }
}

fn cells(kind: CaseKind, row: &Row<'_>) -> Vec<Vec<String>> {
    let fifth = match kind {
        CaseKind::Penalty => row.amount.as_deref().unwrap_or("—"),
        CaseKind::Inspection => row.published_on.as_str(),
    };
    let texts = [row.number, row.party, row.about, &row.outcome, fifth, &row.day_zero];
    texts.iter().enumerate().map(|(column, text)| Text(text).lines(column)).collect()
}
