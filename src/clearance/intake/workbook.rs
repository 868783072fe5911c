//! Excel workbooks as tables. The only hand on `calamine`.
//!
//! Cells are streamed, so that one cell in the last row costs nothing. A long number that was stored as a
//! number is damaged already (domain 10.15): it is handed on as a spreadsheet would show it, so that no
//! later step takes it for sound.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{Data, DataRef, ExcelDateTime, Reader as _, SheetVisible, Xls, Xlsx};

use crate::diag::{Failure, Note};

use super::folder::shown;
use super::header::{MOST_COLUMNS, TOP, TopRow};
use super::log::Log;
use super::package;
use super::rows::RawRow;
use super::source::Kind;

/// Numbers from here on have 12 digits or more: codes that a spreadsheet took for amounts.
const CODE_LIKE: f64 = 1e11;

enum Book {
    Xlsx(Box<Xlsx<Cursor<Vec<u8>>>>),
    Xls(Box<Xls<Cursor<Vec<u8>>>>),
}

/// A workbook.
pub(super) struct Workbook {
    book: Book,
    sheets: Vec<SheetInfo>,
}

/// One worksheet.
pub(super) struct SheetInfo {
    name: String,
    /// Name as shown; `None` in a workbook with one sheet.
    pub(super) shown: Option<Arc<str>>,
    /// Whether the clerk sees it.
    pub(super) is_visible: bool,
    /// Its first written rows.
    pub(super) top: Vec<TopRow>,
    /// How many written rows it has.
    pub(super) rows: usize,
}

/// Takes a row of a worksheet.
type Visit<'v> = dyn FnMut(u32, &[String]) -> Result<(), Failure> + 'v;

impl Workbook {
    /// Opens a workbook and looks it through once; `None` after a finding says why not.
    ///
    /// `cell` sees the name and each cell of every sheet, hidden ones too, with the sheet's number and the row.
    pub(super) fn new(
        kind: Kind,
        bytes: Vec<u8>,
        log: &mut Log,
        cell: &mut dyn FnMut(&str, usize, u32),
    ) -> Option<Self> {
        if kind == Kind::Xlsx && !package::is_harmless(&bytes) {
            let note = Note::new(
                "工作簿展开后过大或已损坏",
                "the workbook is damaged or inflates to too much",
            );
            log.refuse("unreadable-file", note);
            return None;
        }
        let mut workbook = Self::open(kind, bytes).or_else(|| {
            let note = Note::new("工作簿已损坏或加密", "the workbook is damaged or encrypted");
            log.refuse("unreadable-file", note);
            None
        })?;
        for index in 0..workbook.sheets.len() {
            cell(&workbook.sheets[index].name, index, 0);
            let (mut top, mut rows) = (Vec::new(), 0);
            let looked = workbook.walk(index, &mut |row, cells| {
                rows += 1;
                cells.iter().for_each(|text| cell(text, index, row));
                if top.len() < TOP {
                    top.push(TopRow { row, cells: cells.to_vec() });
                }
                Ok(())
            });
            if !matches!(looked, Ok(true)) {
                let note = Note::new("第 {} 张工作表无法读取", "worksheet {} cannot be read");
                log.refuse("unreadable-file", note.with(index + 1));
                return None;
            }
            (workbook.sheets[index].top, workbook.sheets[index].rows) = (top, rows);
        }
        Some(workbook)
    }

    fn open(kind: Kind, bytes: Vec<u8>) -> Option<Self> {
        // The parser indexes into what the file says; a lie may make it panic.
        let book = catch_unwind(|| match kind {
            Kind::Xls => Xls::new(Cursor::new(bytes)).ok().map(|b| Book::Xls(Box::new(b))),
            Kind::Xlsx | Kind::Delimited | Kind::Yaml => {
                Xlsx::new(Cursor::new(bytes)).ok().map(|b| Book::Xlsx(Box::new(b)))
            }
        })
        .ok()??;
        let all = match &book {
            Book::Xlsx(book) => book.sheets_metadata(),
            Book::Xls(book) => book.sheets_metadata(),
        };
        let several = all.len() > 1;
        let sheets = all
            .iter()
            .map(|sheet| SheetInfo {
                name: sheet.name.clone(),
                shown: several.then(|| shown(sheet.name.as_ref())),
                is_visible: sheet.visible == SheetVisible::Visible,
                top: Vec::new(),
                rows: 0,
            })
            .collect();
        Some(Self { book, sheets })
    }

    /// The worksheets in order.
    pub(super) fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    /// Hands each written row below row `header` to `visit`; `false` where the file cannot be read on.
    ///
    /// # Errors
    /// What `visit` returns.
    pub(super) fn each_row(
        &mut self,
        sheet: usize,
        header: u32,
        visit: &mut dyn FnMut(&RawRow<'_>) -> Result<(), Failure>,
    ) -> Result<bool, Failure> {
        self.walk(sheet, &mut |row, cells| {
            if row <= header {
                return Ok(());
            }
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            visit(&RawRow { row, last: row, cells: &cells })
        })
    }

    /// Walks the written rows of a sheet; `false` where the file cannot be read on.
    fn walk(&mut self, sheet: usize, visit: &mut Visit<'_>) -> Result<bool, Failure> {
        let name = self.sheets[sheet].name.clone();
        let book = &mut self.book;
        catch_unwind(AssertUnwindSafe(|| match book {
            Book::Xlsx(book) => walk_xlsx(book, &name, visit),
            Book::Xls(book) => walk_xls(book, &name, visit),
        }))
        .unwrap_or(Ok(false))
    }
}

fn walk_xlsx(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    visit: &mut Visit<'_>,
) -> Result<bool, Failure> {
    // A chart sheet has no cells.
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return Ok(true) };
    let mut row = RowBuffer::default();
    loop {
        let cell = match cells.next_cell() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            Err(_) => return Ok(false),
        };
        let (at, column) = cell.get_position();
        if at.saturating_add(1) != row.number {
            row.hand_to(visit)?;
            row.number = at.saturating_add(1);
        }
        let text = text_of_ref(cell.get_value());
        if !text.is_empty() && !row.put(column, text) {
            return Ok(false);
        }
    }
    row.hand_to(visit)?;
    Ok(true)
}

fn walk_xls(
    book: &mut Xls<Cursor<Vec<u8>>>,
    name: &str,
    visit: &mut Visit<'_>,
) -> Result<bool, Failure> {
    let Ok(range) = book.worksheet_range(name) else { return Ok(false) };
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    let mut row = RowBuffer::default();
    for (at, cells) in (first_row..).zip(range.rows()) {
        row.number = at.saturating_add(1);
        for (column, cell) in (first_column..).zip(cells) {
            let text = text_of(cell);
            if !text.is_empty() && !row.put(column, text) {
                return Ok(false);
            }
        }
        row.hand_to(visit)?;
    }
    Ok(true)
}

/// The row being put together.
#[derive(Default)]
struct RowBuffer {
    number: u32,
    cells: Vec<String>,
}

impl RowBuffer {
    /// Puts a cell; `false` where the column lies beyond any table.
    fn put(&mut self, column: u32, text: String) -> bool {
        let index = column as usize;
        // A few notes far to the right are no table; they are left out by the layout.
        if index >= 4 * MOST_COLUMNS {
            return false;
        }
        if self.cells.len() <= index {
            self.cells.resize_with(index + 1, String::new);
        }
        self.cells[index] = text;
        true
    }

    fn hand_to(&mut self, visit: &mut Visit<'_>) -> Result<(), Failure> {
        if !self.cells.is_empty() {
            visit(self.number, &self.cells)?;
            self.cells.clear();
        }
        Ok(())
    }
}

fn text_of_ref(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => integer(*number),
        DataRef::Float(number) => float(*number),
        DataRef::Bool(word) => truth(*word),
        DataRef::DateTime(day) => date(day),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn text_of(value: &Data) -> String {
    match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => integer(*number),
        Data::Float(number) => float(*number),
        Data::Bool(word) => truth(*word),
        Data::DateTime(day) => date(day),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

fn truth(word: bool) -> String {
    if word { "是".into() } else { "否".into() }
}

fn integer(number: i64) -> String {
    if number.unsigned_abs() >= CODE_LIKE as u64 {
        damaged(number as f64)
    } else {
        number.to_string()
    }
}

/// A number with the 15 digits that a spreadsheet keeps.
fn float(number: f64) -> String {
    if number.abs() >= CODE_LIKE {
        return damaged(number);
    }
    format!("{number:.14e}").parse::<f64>().unwrap_or(number).to_string()
}

/// As a spreadsheet shows a long number: `1.15E+17`.
fn damaged(number: f64) -> String {
    let text = format!("{number:.5E}");
    text.replacen('E', "E+", 1)
}

fn date(day: &ExcelDateTime) -> String {
    if day.is_duration() {
        return float(day.as_f64());
    }
    let (year, month, day_of_month, hour, minute, second, _) = day.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day_of_month:02}");
    if (hour, minute, second) == (0, 0, 0) {
        return date;
    }
    format!("{date} {hour:02}:{minute:02}:{second:02}")
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime as Date, Format, Workbook as Writer};

    use super::*;

    fn sample() -> Vec<u8> {
        let mut book = Writer::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "行政处罚公示").expect("a cell");
        sheet.write(2, 0, "文号").expect("a cell");
        sheet.write(2, 3, 500_199_199_108_221_312_i64).expect("a cell");
        sheet.write(3, 1, 0.1 + 0.2).expect("a cell");
        sheet.write(3, 2, true).expect("a cell");
        let format = Format::new().set_num_format("yyyy-mm-dd");
        let day = Date::from_ymd(2024, 5, 20).expect("a day");
        sheet.write_with_format(3, 3, &day, &format).expect("a cell");
        let hidden = book.add_worksheet().set_name("草稿").expect("a name");
        hidden.write(0, 0, "机密★10年").expect("a cell");
        hidden.set_hidden(true);
        book.save_to_buffer().expect("a workbook")
    }

    #[test]
    fn rows_are_numbered_as_the_spreadsheet_shows_them() {
        let mut log = Log::new("a.xlsx".into());
        let mut seen = Vec::new();
        let mut book = Workbook::new(Kind::Xlsx, sample(), &mut log, &mut |t, s, r| {
            seen.push((t.to_owned(), s, r));
        })
        .expect("a workbook");
        assert!(seen.contains(&("机密★10年".to_owned(), 1, 1)));
        let visible: Vec<bool> = book.sheets().iter().map(|s| s.is_visible).collect();
        assert_eq!(visible, [true, false]);
        let mut rows = Vec::new();
        book.each_row(0, 1, &mut |row| {
            rows.push((row.row, row.cells.join("|")));
            Ok(())
        })
        .expect("rows");
        let want = [(3, "文号|||5.00199E+17".to_owned()), (4, "|0.3|是|2024-05-20".to_owned())];
        assert_eq!(rows, want);
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        for bytes in [&b"PK\x03\x04"[..], b"", &sample()[..500]] {
            let mut log = Log::new("a.xlsx".into());
            let book = Workbook::new(Kind::Xlsx, bytes.to_vec(), &mut log, &mut |_, _, _| {});
            assert!(book.is_none() && log.refused);
        }
        let mut log = Log::new("a.xls".into());
        let bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".repeat(100);
        assert!(Workbook::new(Kind::Xls, bytes, &mut log, &mut |_, _, _| {}).is_none());
    }
}
