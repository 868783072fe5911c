//! The hand that writes the table as a workbook: one sheet with the form, one with what to know of it.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatBorder, Note, Workbook, Worksheet, XlsxError,
};

use crate::diag::{Failure, Lang};

use super::notes::{identity, notes, reconciliation, said};
use super::others;
use super::print::grid;
use super::table::{Table, UNKNOWN};

/// The workbook's bytes. The same table on the same day gives the same bytes.
///
/// # Errors
/// The writer fails; no value is told.
pub(super) fn bytes(table: &Table<'_>) -> Result<Vec<u8>, Failure> {
    written(table).map_err(|_| Failure::Internal("the workbook cannot be written".into()))
}

fn written(table: &Table<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::parse_from_str(&table.today.to_string())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let title = format!("{}年{}", table.year, table.form.title);
    fill(book.add_worksheet().set_name("行政处罚")?, &title, grid(table))?;
    for filled in table.others.iter().filter(|filled| filled.duty) {
        let title = format!("{}年{}（{}）", table.year, filled.table.title, filled.table.unit);
        fill(book.add_worksheet().set_name(&filled.table.name)?, &title, others::grid(filled))?;
    }
    let sheet = book.add_worksheet().set_name("核对与说明")?;
    let checks = table.identities().into_iter().map(|(what, verdict)| identity(what, verdict));
    let sentences = checks.chain([reconciliation(table)]).chain(notes(table));
    let sentences = sentences.map(|sentence| said(&sentence, Lang::Zh).to_owned());
    for (r, sentence) in (0_u32..).zip(sentences.chain(table.form.rules.iter().cloned())) {
        sheet.write_string(r, 0, sentence)?;
    }
    sheet.set_column_width(0, 100)?;
    book.save_to_buffer()
}

/// Writes a title, a header and rows. A figure nobody counted is an empty cell with a note.
fn fill(sheet: &mut Worksheet, title: &str, lines: Vec<Vec<String>>) -> Result<(), XlsxError> {
    let framed = Format::new().set_border(FormatBorder::Thin);
    let head = framed.clone().set_bold().set_text_wrap();
    sheet.write_string(0, 0, title)?;
    for (r, line) in (1_u32..).zip(lines) {
        for (c, cell) in (0_u16..).zip(line) {
            if cell == UNKNOWN {
                sheet.write_blank(r, c, &framed)?;
                sheet.insert_note(r, c, &Note::new(UNKNOWN).add_author_prefix(false))?;
                continue;
            }
            // Numbers only behind the unit's name, so that a code stays text.
            match cell.parse::<f64>() {
                Ok(number) if r > 1 && c > 1 => {
                    sheet.write_number_with_format(r, c, number, &framed)?
                }
                _ if r == 1 => sheet.write_string_with_format(r, c, cell, &head)?,
                _ => sheet.write_string_with_format(r, c, cell, &framed)?,
            };
        }
    }
    sheet.set_column_width(1, 30)?;
    Ok(())
}
