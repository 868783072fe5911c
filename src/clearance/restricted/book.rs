//! The restricted sheet as a workbook. Every cell is text: a number of eighteen digits keeps all of them.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, XlsxError};

use crate::clearance::record::Private;
use crate::law::Day;

/// A table, and a sheet of sentences behind it. `None` where the writer fails; it is not asked why.
pub(super) fn workbook<'l>(
    made_on: Day,
    title: &str,
    lines: impl Iterator<Item = Vec<(&'l str, bool)>>,
    sentences: &[String],
) -> Option<Private<Vec<u8>>> {
    written(made_on, title, lines, sentences).ok().map(Private::new)
}

fn written<'l>(
    made_on: Day,
    title: &str,
    lines: impl Iterator<Item = Vec<(&'l str, bool)>>,
    sentences: &[String],
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::parse_from_str(&made_on.to_string())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let framed = Format::new().set_border(FormatBorder::Thin);
    let head = framed.clone().set_bold().set_text_wrap();
    let out = book.add_worksheet().set_name(title)?;
    for (r, line) in (0_u32..).zip(lines) {
        let format = if r == 0 { &head } else { &framed };
        for (c, (cell, _)) in (0_u16..).zip(line) {
            out.write_string_with_format(r, c, cell, format)?;
        }
    }
    let last = book.add_worksheet().set_name("说明")?;
    for (r, sentence) in (0_u32..).zip(sentences) {
        last.write_string(r, 0, sentence)?;
    }
    last.set_column_width(0, 100)?;
    book.save_to_buffer()
}
