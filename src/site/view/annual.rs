//! The tables that people fill in, on the page of a year and as downloads; and what changed after publication.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::diag::Failure;
use crate::ledger::PublishedYear;
use crate::vocab::UNCOUNTED;

use super::super::annual::{Filled, shown};
use super::super::downloads::csv_line;
use super::super::{Page, Scope};

/// One line of a table: a column of the form, and its figure in each row.
#[derive(Serialize)]
struct Line<'a> {
    title: &'a str,
    values: Vec<String>,
}

/// A table as the page shows it: units side by side, figures below each other.
#[derive(Serialize)]
pub(super) struct TableView<'a> {
    title: &'a str,
    unit: &'a str,
    duty: bool,
    known: bool,
    heads: Vec<&'a str>,
    lines: Vec<Line<'a>>,
    sources: Vec<String>,
    rules: &'a [String],
    csv: String,
}

/// A line of the table of organs.
#[derive(Serialize)]
struct OrganLine {
    title: String,
    values: Vec<String>,
}

/// The table of penalties with the organs side by side.
#[derive(Serialize)]
pub(super) struct OrgansView {
    heads: Vec<String>,
    lines: Vec<OrganLine>,
}

/// A figure that changed after publication.
#[derive(Serialize)]
struct Change<'a> {
    on: String,
    table: &'a str,
    row: &'a str,
    column: &'a str,
    from: String,
    to: String,
}

/// When the year was published, and what has changed since.
#[derive(Serialize)]
pub(super) struct Published<'a> {
    on: String,
    corrected_on: Option<String>,
    changed_on: Option<String>,
    changes: Vec<Change<'a>>,
}

/// Path of a table's CSV.
pub(super) fn csv_path(year: i32, id: &str) -> String {
    format!("shuju/tongji-{year}-{id}.csv")
}

/// A table for the page.
pub(super) fn table<'a>(filled: &'a Filled<'_>, year: i32) -> TableView<'a> {
    // One unit alone and the sum are the same figures.
    let rows = if filled.rows.len() == 2 { &filled.rows[1..] } else { &filled.rows[..] };
    let line = |(at, title): (usize, &'a str)| Line {
        title,
        values: rows.iter().map(|row| shown(filled.text(row, at))).collect(),
    };
    let titles = filled.table.columns.iter().map(|c| c.title.as_str());
    TableView {
        title: &filled.table.title,
        unit: &filled.table.unit,
        duty: filled.duty,
        known: filled.is_known(),
        heads: rows.iter().map(|row| row.label.as_str()).collect(),
        lines: titles.enumerate().map(line).collect(),
        sources: sources(filled),
        rules: &filled.table.rules,
        csv: csv_path(year, &filled.table.id),
    }
}

/// The table of penalties with a column for each organ, which is told by its name.
pub(super) fn of_organs(organs: Vec<(String, Vec<(String, String)>)>) -> OrgansView {
    let titles: Vec<String> = organs
        .first()
        .map(|(_, row)| row.iter().map(|(title, _)| title.clone()).collect())
        .unwrap_or_default();
    let value = |row: &[(String, String)], title: &str| {
        row.iter().find(|(t, _)| t == title).map_or_else(|| "0".to_owned(), |(_, v)| v.clone())
    };
    let line = |title: String| {
        let values = organs.iter().map(|(_, row)| value(row, &title)).collect();
        OrganLine { title, values }
    };
    OrgansView {
        lines: titles.into_iter().map(line).collect(),
        heads: organs.iter().map(|(name, _)| name.clone()).collect(),
    }
}

/// Who entered the table and what the ledger counted, in words.
pub(super) fn sources(filled: &Filled<'_>) -> Vec<String> {
    let mut words: Vec<String> = filled
        .sources
        .iter()
        .map(|(post, on)| {
            let post = post.as_deref().unwrap_or("填报人未写明");
            on.map_or_else(|| format!("{post}填报"), |on| format!("{post}填报，{}", on.zh()))
        })
        .collect();
    if filled.from_ledger {
        words.push("双随机抽查次数从本站台账计数".into());
    }
    words
}

/// What the page says of a published year.
pub(super) fn published(year: &PublishedYear) -> Published<'_> {
    let changes: Vec<Change<'_>> = year
        .changes
        .iter()
        .map(|c| Change {
            on: c.on.to_string(),
            table: &c.table,
            row: &c.row,
            column: &c.column,
            from: shown(c.from.clone()),
            to: shown(c.to.clone()),
        })
        .collect();
    Published {
        on: year.published_on.zh(),
        corrected_on: year.corrected_on.map(|on| on.zh()),
        changed_on: year.changes.last().map(|c| c.on.zh()),
        changes,
    }
}

/// A table as CSV: units below each other.
pub(super) fn csv(filled: &Filled<'_>, year: i32) -> Result<Page, Failure> {
    let mut body = "\u{feff}".as_bytes().to_vec();
    let titles = filled.table.columns.iter().map(|c| c.title.as_str());
    body.extend(csv_line(&std::iter::once("单位").chain(titles).collect::<Vec<_>>())?);
    for row in &filled.rows {
        let figures = (0..filled.table.columns.len()).map(|at| shown(filled.text(row, at)));
        body.extend(csv_line(
            &std::iter::once(row.label.clone()).chain(figures).collect::<Vec<_>>(),
        )?);
    }
    let path = csv_path(year, &filled.table.id);
    Ok(Page { path, body, scope: Scope::Open, append: false })
}

/// The tables for programs: an unknown figure is `null`, an amount is text, for it is exact.
pub(super) fn json(tables: &[Filled<'_>]) -> Value {
    let row = |filled: &Filled<'_>, row: &super::super::annual::FilledRow| {
        let columns = filled.table.columns.iter().enumerate();
        let figures: Map<String, Value> = columns
            .map(|(at, c)| (c.title.clone(), filled.text(row, at).map_or(Value::Null, number)))
            .collect();
        json!({ "unit": row.label, "figures": figures })
    };
    let table = |filled: &Filled<'_>| {
        json!({
            "id": filled.table.id, "title": filled.table.title, "unit": filled.table.unit,
            "duty": filled.duty, "null_means": UNCOUNTED,
            "rows": filled.rows.iter().map(|r| row(filled, r)).collect::<Vec<_>>(),
            "sources": sources(filled),
        })
    };
    Value::from(tables.iter().map(table).collect::<Vec<_>>())
}

/// A count as a number; an amount stays text.
fn number(text: String) -> Value {
    text.parse::<u64>().map_or_else(|_| Value::from(text), Value::from)
}
