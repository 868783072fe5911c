//! The table as a workbook: one sheet with the form, one for each other table, one with what to know of it.

use crate::diag::{Failure, Lang};
use crate::site::{Sheet, workbook};

use super::notes::{identity, notes, reconciliation, said};
use super::others;
use super::print::grid;
use super::table::Table;

/// Number and name of the unit stand before the figures.
const TEXTS: u16 = 2;

/// The workbook's bytes. The same table on the same day gives the same bytes.
///
/// # Errors
/// The writer fails; no value is told.
pub(super) fn bytes(table: &Table<'_>) -> Result<Vec<u8>, Failure> {
    let title = format!("{}年{}", table.year, table.form.title);
    let mut sheets = vec![Sheet { name: "行政处罚", title, texts: TEXTS, lines: grid(table) }];
    for filled in table.others.iter().filter(|filled| filled.duty) {
        let title = format!("{}年{}（{}）", table.year, filled.table.title, filled.table.unit);
        let lines = others::grid(filled);
        sheets.push(Sheet { name: &filled.table.name, title, texts: TEXTS, lines });
    }
    let checks = table.identities().into_iter().map(|(what, verdict)| identity(what, verdict));
    let sentences = checks.chain([reconciliation(table)]).chain(notes(table));
    let sentences = sentences.map(|sentence| said(&sentence, Lang::Zh).to_owned());
    let sentences: Vec<String> = sentences.chain(table.form.rules.iter().cloned()).collect();
    workbook(table.today, &sheets, ("核对与说明", &sentences))
}
