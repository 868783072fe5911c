//! A year's statistics as CSV, JSON and XLSX: the same figures as the page, in every form.

use serde_json::{Map, Value, json};

use crate::diag::Failure;
use crate::vocab::UNCOUNTED;

use super::super::annual::shown;
use super::super::downloads::csv_line;
use super::super::press::Press;
use super::super::workbook::{Sheet, workbook};
use super::super::{Page, Scope};
use super::annual;
use super::year::{Part, Year};

/// Path of a year's file.
pub(super) fn path(year: i32, suffix: &str) -> String {
    format!("shuju/tongji-{year}.{suffix}")
}

/// All files of a year.
pub(super) fn pages(press: &Press, told: &Year<'_>) -> Result<Vec<Page>, Failure> {
    let file = |suffix, body| Page {
        path: path(told.year, suffix),
        body,
        scope: Scope::Open,
        append: false,
    };
    let mut pages = vec![
        file("csv", csv(told)?),
        file("json", json_of(told)?),
        file("xlsx", xlsx(press, told)?),
    ];
    for table in told.tables.iter().filter(|table| table.duty) {
        pages.push(annual::csv(table, told.year)?);
    }
    Ok(pages)
}

fn csv(told: &Year<'_>) -> Result<Vec<u8>, Failure> {
    let mut out = "\u{feff}".as_bytes().to_vec();
    out.extend(csv_line(&told.form.iter().map(|f| f.title.as_str()).collect::<Vec<_>>())?);
    out.extend(csv_line(&told.form.iter().map(|f| f.value.as_str()).collect::<Vec<_>>())?);
    Ok(out)
}

fn json_of(told: &Year<'_>) -> Result<Vec<u8>, Failure> {
    let figures: Map<String, Value> =
        told.form.iter().map(|f| (f.title.clone(), Value::from(f.value.as_str()))).collect();
    let months = told.months.iter().map(
        |m| json!({ "month": m.month, "penalties": m.penalties, "inspections": m.inspections }),
    );
    let part = |p: &Part| json!({ "title": p.title, "penalties": p.penalties });
    let object = json!({
        "year": told.year,
        "figures": figures,
        "months": months.collect::<Vec<_>>(),
        "units": told.units.iter().map(part).collect::<Vec<_>>(),
        "procedures": told.procedures.iter().map(part).collect::<Vec<_>>(),
        "balances": told.balances,
        "tables": annual::json(&told.tables),
    });
    let mut text = serde_json::to_string_pretty(&object)
        .map_err(|_| Failure::Internal("a table cannot be written".into()))?;
    text.push('\n');
    Ok(text.into_bytes())
}

fn xlsx(press: &Press, told: &Year<'_>) -> Result<Vec<u8>, Failure> {
    let sheet = |name, title, lines| Sheet { name, title, texts: 1, lines };
    let form = &press.statistics.title;
    let mut lines = vec![vec!["项目".to_owned(), "数量".to_owned()]];
    lines.extend(told.form.iter().map(|f| vec![f.title.clone(), f.value.clone()]));
    let mut sheets = vec![sheet("行政处罚", format!("{}年{form}", told.year), lines)];
    for filled in told.tables.iter().filter(|filled| filled.duty) {
        let titles = filled.table.columns.iter().map(|c| c.title.clone());
        let mut lines: Vec<Vec<String>> =
            vec![std::iter::once("单位".to_owned()).chain(titles).collect()];
        for row in &filled.rows {
            let figures = (0..filled.table.columns.len()).map(|at| shown(filled.text(row, at)));
            lines.push(std::iter::once(row.label.clone()).chain(figures).collect());
        }
        let title = format!("{}年{}（{}）", told.year, filled.table.title, filled.table.unit);
        sheets.push(sheet(&filled.table.name, title, lines));
    }
    let mut lines =
        vec![["月份", "行政处罚（宗）", "双随机检查（次）"].map(str::to_owned).to_vec()];
    for m in &told.months {
        lines.push(vec![
            format!("{}月", m.month),
            m.penalties.to_string(),
            m.inspections.to_string(),
        ]);
    }
    sheets.push(sheet("按月", format!("{}年按月分布", told.year), lines));
    if !told.units.is_empty() {
        let mut lines = vec![["办案单位", "行政处罚（宗）"].map(str::to_owned).to_vec()];
        let line = |p: &Part| vec![p.title.clone(), p.penalties.to_string()];
        lines.extend(told.units.iter().map(line));
        sheets.push(sheet("按办案单位", format!("{}年按办案单位分布", told.year), lines));
    }
    let note = format!("空白单元格批注“{UNCOUNTED}”的，表示没有填报，不是 0。");
    let sentences = told.balances.iter().map(|b| b.sentence()).chain([note]);
    let sentences: Vec<String> = sentences.chain(press.statistics.rules.iter().cloned()).collect();
    workbook(press.today, &sheets, ("核对与说明", &sentences))
}
