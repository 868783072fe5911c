//! Flowcharts: the list, each flow with its text, its further parts, and its sheets to print.

use serde::Serialize;

use crate::diag::Failure;

use super::super::flow::{Drawn, Flow, part_folder};
use super::super::head::{Column, Head};
use super::super::press::{PRINTING, Press, Sheet};
use super::super::qr;
use super::super::render::Markup;
use super::super::{Page, Scope};
use super::{Crumb, column_sheet, sheet};

#[derive(Serialize)]
struct FlowsView<'a> {
    crumbs: Vec<Crumb>,
    flows: &'a [Flow],
}

/// A part of a flow, on its own page.
#[derive(Serialize)]
struct FlowView<'a> {
    crumbs: Vec<Crumb>,
    flow: &'a Flow,
    drawing: &'a Drawn,
    /// Number of the part, from 1.
    part: usize,
    /// Folders of all parts, below that of the flow.
    parts: Vec<String>,
}

/// Sheets of one size, with the text after them.
#[derive(Serialize)]
struct SheetsView<'a> {
    flow: &'a Flow,
    sheets: Vec<&'a [Drawn]>,
    qr: Option<Markup>,
}

/// All of them.
pub(super) fn pages(press: &Press) -> Result<Vec<Page>, Failure> {
    let mut pages = vec![list(press)?];
    for flow in &press.flows {
        for part in 0..flow.drawings.len() {
            pages.push(chart(press, flow, part)?);
        }
        let a4 = flow.a4.iter().map(std::slice::from_ref).collect();
        pages.push(sheets(press, flow, ("a4", "A4 纵向"), a4)?);
        let a3 = flow.a3.iter().map(Vec::as_slice).collect();
        pages.push(sheets(press, flow, ("a3", "A3 横向"), a3)?);
    }
    Ok(pages)
}

fn list(press: &Press) -> Result<Page, Failure> {
    let view = FlowsView { crumbs: vec![Crumb::before()], flows: &press.flows };
    let head = Column {
        name: "执法流程图",
        describes: "各类执法程序的流程图和文字说明",
        keywords: "执法流程图,执法程序",
    };
    press.print(column_sheet("liucheng/", "flows.html", "shiqian", head), &view)
}

fn folder(flow: &Flow) -> String {
    format!("liucheng/{}/", flow.slug)
}

fn chart(press: &Press, flow: &Flow, part: usize) -> Result<Page, Failure> {
    let mut crumbs = vec![Crumb::before(), Crumb::new("执法流程图", "liucheng/")];
    let mut title = flow.title.clone();
    if part > 0 {
        crumbs.push(Crumb::new(&flow.title, folder(flow)));
        title = format!("{title}（第{}页）", part + 1);
    }
    let view = FlowView {
        crumbs,
        flow,
        drawing: &flow.drawings[part],
        part: part + 1,
        parts: (0..flow.drawings.len()).map(part_folder).collect(),
    };
    let at = format!("{}{}", folder(flow), part_folder(part));
    press.print(sheet(&at, "flow.html", "shiqian", &title), &view)
}

fn sheets(
    press: &Press,
    flow: &Flow,
    (size, words): (&str, &'static str),
    sheets: Vec<&[Drawn]>,
) -> Result<Page, Failure> {
    let address = press.bureau.base_url.as_ref().map(|base| format!("{base}{}", folder(flow)));
    let view =
        SheetsView {
            flow, sheets, qr: address.and_then(|to| qr::code(&to, "扫码看现行流程图"))
        };
    let title = format!("{}（{words}）", flow.title);
    let sheet = Sheet {
        path: format!("{}{size}/index.html", folder(flow)),
        scope: Scope::Open,
        template: "flow-sheet.html",
        shell: PRINTING,
        section: "liucheng",
        head: Head {
            title: &title,
            noindex: true,
            sheet: Some(press.theme.sheet("flow-sheet")),
            paper: Some(press.theme.sheet(&format!("flow-{size}"))),
            ..Head::default()
        },
    };
    press.print(sheet, &view)
}
