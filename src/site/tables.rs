//! Lists of the bureau kept as data: inspection items, catalogue of major decisions, discretion.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diag::Failure;
use crate::law::{Day, Shelf};

/// A list as its file holds it: `columns` name the keys of `rows` and give their order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableFile {
    title: String,
    #[serde(default)]
    basis: Vec<String>,
    #[serde(default)]
    updated: Option<Day>,
    columns: Vec<ColumnFile>,
    #[serde(default)]
    rows: Vec<BTreeMap<String, String>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnFile {
    key: String,
    title: String,
}

/// A list as a page shows it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Table {
    /// Title.
    pub(super) title: String,
    /// Legal basis.
    pub(super) basis: Vec<String>,
    /// Day of the last revision.
    pub(super) updated: Option<Day>,
    /// Headers.
    pub(super) heads: Vec<String>,
    /// Cells.
    pub(super) rows: Vec<Vec<String>>,
}

/// Files and the folders of the pages they stand on.
const FILES: [(&str, &str); 3] = [
    ("data/inspection-list.yml", "shiqian/suiji/"),
    ("data/discretion.yml", "shiqian/cailiang/"),
    ("data/legal-review-catalogue.yml", "shiqian/shenhe/"),
];

/// The file of the list that stands on the page of a folder.
pub(super) fn file_of(folder: &str) -> &'static str {
    FILES.iter().find(|(_, own)| *own == folder).map_or("data", |(file, _)| file)
}

/// Loads the lists that the site root has, by the folder of their page.
///
/// # Errors
/// A broken file, or a row that lacks a column or has one the list does not name.
pub(super) fn load(shelf: &Shelf) -> Result<BTreeMap<&'static str, Table>, Failure> {
    let mut tables = BTreeMap::new();
    for (file, folder) in FILES {
        if let Some(found) = shelf.config::<TableFile>(file)? {
            tables.insert(folder, shown(file, found)?);
        }
    }
    Ok(tables)
}

fn shown(file: &str, table: TableFile) -> Result<Table, Failure> {
    let mut rows = Vec::with_capacity(table.rows.len());
    for (i, mut row) in table.rows.into_iter().enumerate() {
        let cells: Option<Vec<String>> = table.columns.iter().map(|c| row.remove(&c.key)).collect();
        match cells {
            Some(cells) if row.is_empty() => rows.push(cells),
            _ => {
                let message = format!("row {} does not have just the named columns", i + 1);
                return Err(Failure::Rule { file: file.into(), message });
            }
        }
    }
    let heads = table.columns.into_iter().map(|c| c.title).collect();
    Ok(Table { title: table.title, basis: table.basis, updated: table.updated, heads, rows })
}
