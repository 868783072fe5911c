//! The index of open data: files, field dictionary, how to read them. Sizes and hashes stand in `manifest.json`.

use serde::Serialize;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::ledger::Overview;

use super::super::Page;
use super::super::forms::Field;
use super::super::head::Column;
use super::super::paths::{column, download};
use super::super::press::Press;
use super::super::render::Markup;
use super::column_sheet;
use super::landing::figures;
use super::statistics;

#[derive(Serialize)]
struct File {
    title: String,
    rows: u64,
    csv: String,
    json: String,
}

#[derive(Serialize)]
struct Dictionary<'a> {
    title: &'static str,
    fields: &'a [Field],
}

#[derive(Serialize)]
struct DataView<'a> {
    prose: Option<&'a Markup>,
    files: Vec<File>,
    statistics: Vec<File>,
    dictionaries: Vec<Dictionary<'a>>,
}

/// The page.
pub(super) fn page(press: &Press, overview: &Overview) -> Result<Page, Failure> {
    let kinds = [CaseKind::Penalty, CaseKind::Inspection];
    let mut files = Vec::new();
    for kind in kinds {
        for (year, f) in figures(overview, kind).iter().rev() {
            // A year that never published anything has no file.
            if f.published + f.taken_down + f.expired > 0 {
                files.push(File {
                    title: format!("{year}年{}结果", column(kind)),
                    rows: f.published + f.taken_down + f.expired,
                    csv: download(kind, *year, "csv"),
                    json: download(kind, *year, "json"),
                });
            }
        }
    }
    let statistics = statistics::years(press, overview).into_iter().map(|year| File {
        title: format!("{year}年行政执法统计"),
        rows: 1,
        csv: format!("shuju/tongji-{year}.csv"),
        json: format!("shuju/tongji-{year}.json"),
    });
    let view = DataView {
        prose: press.library.at("shuju/").map(|c| &c.html),
        files,
        statistics: statistics.collect(),
        dictionaries: kinds
            .map(|k| Dictionary { title: column(k), fields: press.forms.fields.of(k) })
            .into(),
    };
    let head = Column {
        name: "开放数据",
        describes: "执法结果和统计数据的下载与字段说明",
        keywords: "开放数据,数据下载",
    };
    press.print(column_sheet("shuju/", "data.html", "shuju", head), &view)
}
