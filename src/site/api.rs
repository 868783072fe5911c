//! The interface for programs: files with addresses that stay (`shuju/api/v1/`). An index, a list of cases a year,
//! and each case's record beside its page.
//!
//! A case that is taken down or expired answers with its tombstone where its page answers 410; one that was
//! removed to protect a person is nowhere. Addresses are relative, so that the tree can stand under any path.

use serde::Serialize;
use serde_json::{Value, json};

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::law::Day;
use crate::ledger::{Overview, Standing};

use super::downloads::PLAIN;
use super::paths::{
    API, case_folder, case_json, column, download, list_json, slug, whole, year_of,
};
use super::press::Press;
use super::{Page, Scope};

/// The way from the interface's folder to the site's root.
const ROOT: &str = "../../../";

/// The beginning of a list of cases.
pub(super) fn list_head(kind: CaseKind, year: i32) -> Vec<u8> {
    format!("{{\"kind\":\"{}\",\"year\":{year},\"cases\":[\n", slug(kind)).into_bytes()
}

/// A case in a list: which, how it stands, since when, and where its record is.
#[derive(Serialize)]
struct ListRow<'a> {
    id: &'a str,
    status: &'a str,
    changed_on: Option<Day>,
    record: String,
    page: Option<String>,
}

/// A case as a line of the list of its year.
pub(super) fn list_row(case: &Standing, status: &str) -> Result<Vec<u8>, Failure> {
    let Some(id) = case.id else { return Ok(Vec::new()) };
    let (kind, year) = (case.key.kind, year_of(case));
    let page = case.disclosure.as_ref().map(|_| format!("{ROOT}{}", case_folder(kind, year, id)));
    let row = ListRow {
        id: id.as_str(),
        status,
        changed_on: case.changed_on(),
        record: format!("{ROOT}{}", case_json(kind, year, id)),
        page,
    };
    let mut line = serde_json::to_vec(&row)
        .map_err(|_| Failure::Internal("a row cannot be written".into()))?;
    line.push(b'\n');
    Ok(line)
}

/// The index: what there is, and where.
pub(super) fn index(press: &Press, overview: &Overview, years: &[i32]) -> Result<Page, Failure> {
    let kinds = [CaseKind::Penalty, CaseKind::Inspection];
    let statistics = years.iter().map(|year| {
        let at = |suffix: &str| format!("{ROOT}shuju/tongji-{year}.{suffix}");
        json!({ "year": year, "json": at("json"), "csv": at("csv"), "xlsx": at("xlsx") })
    });
    let licence = &press.bureau.data_licence;
    let index = json!({
        "version": 1,
        "title": press.site_title,
        "publisher": press.bureau.name,
        "as_of": press.today,
        "site": ROOT,
        "address": press.bureau.base_url,
        "documentation": format!("{ROOT}shuju/"),
        "licence": { "name": licence.name, "url": licence.url },
        "persons": press.bulk.word(),
        "cases": kinds.map(|kind| of_kind(overview, kind)),
        "statistics": statistics.collect::<Vec<Value>>(),
        "feeds": {
            "all": format!("{ROOT}feed.xml"), "penalties": format!("{ROOT}feed-chufa.xml"),
            "inspections": format!("{ROOT}feed-jiancha.xml"), "taken_down": format!("{ROOT}feed-chexia.xml"),
        },
    });
    written(format!("{API}index.json"), &index)
}

/// What there is of one kind of case. A file is named only where it was written.
fn of_kind(overview: &Overview, kind: CaseKind) -> Value {
    let file = |path: String| overview.files.contains_key(&path).then(|| format!("{ROOT}{path}"));
    let written = super::view::landing::figures(overview, kind)
        .keys()
        .rev()
        .filter(|year| overview.files.contains_key(&list_json(kind, **year)));
    let year = |year: &i32| {
        json!({
            "year": year,
            "list": file(list_json(kind, *year)),
            "json": file(download(kind, *year, "json")),
            "jsonl": file(download(kind, *year, "jsonl")),
            "csv": file(download(kind, *year, "csv")),
            "csv_without_bom": file(download(kind, *year, PLAIN)),
        })
    };
    json!({
        "kind": slug(kind),
        "title": column(kind),
        "record": format!("{ROOT}shihou/{}/{{year}}/{{id}}/index.json", slug(kind)),
        "schema": format!("{ROOT}{}", whole(kind, "schema.json")),
        "jsonl": file(whole(kind, "jsonl")),
        "csv": file(whole(kind, "csv")),
        "csv_without_bom": file(whole(kind, PLAIN)),
        "years": written.map(year).collect::<Vec<Value>>(),
    })
}

/// A JSON document as a page of no particular case.
pub(super) fn written(path: String, value: &Value) -> Result<Page, Failure> {
    let mut body = serde_json::to_vec_pretty(value)
        .map_err(|_| Failure::Internal("a description cannot be written".into()))?;
    body.push(b'\n');
    Ok(Page { path, body, scope: Scope::Open, append: false })
}
