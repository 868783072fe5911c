//! The hand that writes tables as a workbook. The same tables on the same day give the same bytes.
//!
//! It knows no form and no figure: callers bring titles, lines and sentences, all of them public.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatBorder, Note, Workbook, Worksheet, XlsxError,
};

use crate::diag::Failure;
use crate::law::Day;
use crate::vocab::UNCOUNTED;

/// A sheet with a table.
pub(crate) struct Sheet<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// What stands above the table; empty where the header is the first row.
    pub(crate) title: String,
    /// How many columns are text whatever stands in them, so that a code stays text.
    pub(crate) texts: u16,
    /// Header and rows.
    pub(crate) lines: Vec<Vec<String>>,
}

/// A workbook of these sheets, and one with sentences at the end, as of a day.
///
/// # Errors
/// The writer fails; no value is told.
pub(crate) fn workbook(
    made_on: Day,
    sheets: &[Sheet<'_>],
    (name, sentences): (&str, &[String]),
) -> Result<Vec<u8>, Failure> {
    written(made_on, sheets, (name, sentences))
        .map_err(|_| Failure::Internal("the workbook cannot be written".into()))
}

fn written(
    made_on: Day,
    sheets: &[Sheet<'_>],
    (name, sentences): (&str, &[String]),
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::parse_from_str(&made_on.to_string())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for sheet in sheets {
        fill(book.add_worksheet().set_name(sheet.name)?, sheet)?;
    }
    let last = book.add_worksheet().set_name(name)?;
    for (r, sentence) in (0_u32..).zip(sentences) {
        last.write_string(r, 0, sentence)?;
    }
    last.set_column_width(0, 100)?;
    book.save_to_buffer()
}

/// Writes a title, a header and rows. A figure nobody counted is an empty cell with a note.
fn fill(out: &mut Worksheet, sheet: &Sheet<'_>) -> Result<(), XlsxError> {
    let framed = Format::new().set_border(FormatBorder::Thin);
    let head = framed.clone().set_bold().set_text_wrap();
    let top = u32::from(!sheet.title.is_empty());
    if top > 0 {
        out.write_string(0, 0, &sheet.title)?;
    }
    for (r, line) in (top..).zip(&sheet.lines) {
        for (c, cell) in (0_u16..).zip(line) {
            if cell == UNCOUNTED {
                out.write_blank(r, c, &framed)?;
                out.insert_note(r, c, &Note::new(UNCOUNTED).add_author_prefix(false))?;
                continue;
            }
            match cell.parse::<f64>() {
                Ok(number) if r > top && c >= sheet.texts => {
                    out.write_number_with_format(r, c, number, &framed)?
                }
                _ if r == top => out.write_string_with_format(r, c, cell, &head)?,
                _ => out.write_string_with_format(r, c, cell, &framed)?,
            };
        }
    }
    out.set_column_width(sheet.texts.saturating_sub(1), 30)?;
    Ok(())
}
