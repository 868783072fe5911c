//! A file of a drop on its way to rows: opened, searched for classification marks, laid out.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::diag::{Column, Failure, Note};

use super::columns::Columns;
use super::csv_table::CsvTable;
use super::decode::decode;
use super::header::{self, Layout, TOP, TopRow};
use super::log::Log;
use super::rows::{RawRow, RowReader};
use super::secrecy::{Scan, scan};
use super::sheet::Sheet;
use super::source::{self, Kind};
use super::workbook::Workbook;

/// What a file holds.
pub(super) enum Body {
    /// Nothing that can be read; findings say why.
    Nothing,
    /// Delimited text.
    Csv(CsvTable),
    /// YAML.
    Yaml(Sheet),
    /// A workbook.
    Book(Workbook),
}

/// Rows with a word that resembles a mark, ascending, by number of the worksheet.
type Doubtful = BTreeMap<usize, Vec<u32>>;

/// A file that is decoded and bears no classification mark.
pub(super) struct Opened {
    body: Body,
    doubtful: Doubtful,
    log: Log,
}

/// A table of a file, laid out.
pub(super) struct Laid {
    /// Number of the worksheet; 0 for other files.
    pub(super) sheet: usize,
    /// Which column is what.
    pub(super) layout: Layout,
}

/// A file whose structure is judged.
pub(super) struct Ready {
    /// What it holds.
    pub(super) body: Body,
    /// Its tables whose rows can be read.
    pub(super) tables: Vec<Laid>,
    /// Rows that resemble marked ones.
    pub(super) doubtful: Doubtful,
    /// What was found.
    pub(super) log: Log,
}

impl Opened {
    /// Opens and decodes a file, and searches all of it for classification marks.
    ///
    /// # Errors
    /// A classification mark.
    pub(super) fn new(path: &Path, shown: &Arc<str>, columns: &Columns) -> Result<Self, Failure> {
        let known = |top: &[TopRow]| header::find(top, columns).map_or(0, |(_, known)| known);
        Self::by(path, shown, columns, &known)
    }

    /// The same for a table of other columns: `known` counts the headers among the top rows.
    ///
    /// # Errors
    /// A classification mark.
    pub(super) fn by(
        path: &Path,
        shown: &Arc<str>,
        columns: &Columns,
        known: &dyn Fn(&[TopRow]) -> usize,
    ) -> Result<Self, Failure> {
        let mut log = Log::new(Arc::clone(shown));
        let mut marks = Marks::default();
        let body = match source::open(path, &mut log) {
            None => Body::Nothing,
            Some((kind @ (Kind::Xlsx | Kind::Xls), bytes)) => {
                let book = Workbook::new(kind, bytes, &mut log, &mut |text, sheet, row| {
                    marks.see(text, sheet, row);
                });
                book.map_or(Body::Nothing, Body::Book)
            }
            Some((kind, bytes)) => match decode(bytes, &mut log) {
                None => Body::Nothing,
                Some(text) if kind == Kind::Yaml => {
                    let found = scan(text.as_str(), None);
                    marks.found |= found.marked;
                    let sheet = Sheet::new(text, columns, &mut log, &mut |text, line| {
                        marks.see(text, 0, line);
                    });
                    sheet.map_or(Body::Nothing, Body::Yaml)
                }
                Some(text) => {
                    let table = CsvTable::new(text, known);
                    marks.take(scan(table.text(), Some(table.delimiter())), &table);
                    Body::Csv(table)
                }
            },
        };
        if marks.found {
            return Err(Failure::SecrecyMark { file: shown.to_string() });
        }
        Ok(Self { body, doubtful: marks.doubtful, log })
    }
}

impl Opened {
    /// What the file holds and what was found; every mark has been searched for.
    pub(super) fn into_parts(self) -> (Body, Log) {
        (self.body, self.log)
    }

    /// What the file holds, and its tables whatever their columns: the first row of known headers is the
    /// header, else the first row.
    pub(super) fn of_any_columns(self, columns: &Columns) -> (Body, Vec<Laid>, Log) {
        let Self { body, log, .. } = self;
        let tops: Vec<(usize, Vec<TopRow>)> = match &body {
            Body::Nothing => Vec::new(),
            Body::Csv(table) => vec![(0, table.top())],
            Body::Yaml(sheet) => sheet.header().map(|row| (0, vec![row])).into_iter().collect(),
            Body::Book(book) => visible_tops(book),
        };
        let laid = |(sheet, top): (usize, Vec<TopRow>)| {
            let header = header::find(&top, columns).map(|(row, _)| row).or(top.first())?;
            Some(Laid { sheet, layout: Layout::of_any(header) })
        };
        let tables = tops.into_iter().filter_map(laid).collect();
        (body, tables, log)
    }
}

/// The top rows of the worksheets that are not hidden.
pub(super) fn visible_tops(book: &Workbook) -> Vec<(usize, Vec<TopRow>)> {
    let sheets = book.sheets().iter().enumerate();
    let shown = sheets.filter(|(_, s)| s.rows > 0 && s.is_visible);
    let copy = |row: &TopRow| TopRow { row: row.row, cells: row.cells.clone() };
    shown.map(|(index, sheet)| (index, sheet.top.iter().map(copy).collect())).collect()
}

/// What the search for marks has found so far.
#[derive(Default)]
struct Marks {
    found: bool,
    doubtful: Doubtful,
}

impl Marks {
    /// Searches one cell.
    fn see(&mut self, text: &str, sheet: usize, row: u32) {
        let found = scan(text, None);
        self.found |= found.marked;
        if !found.doubtful.is_empty() {
            let rows = self.doubtful.entry(sheet).or_default();
            if rows.last() != Some(&row) {
                rows.push(row);
            }
        }
    }

    /// Takes what a search of a whole text has found.
    fn take(&mut self, found: Scan, table: &CsvTable) {
        self.found |= found.marked;
        if !found.doubtful.is_empty() {
            let mut rows = table.lines_of(&found.doubtful);
            rows.dedup();
            self.doubtful.insert(0, rows);
        }
    }
}

impl Ready {
    /// Judges the structure of a file.
    pub(super) fn new(file: Opened, columns: &Columns) -> Self {
        let Opened { body, doubtful, mut log } = file;
        let tables = match &body {
            Body::Nothing => Vec::new(),
            Body::Csv(table) => csv_tables(table, columns, &mut log),
            Body::Yaml(sheet) => yaml_tables(sheet, columns, &mut log),
            Body::Book(book) => book_tables(book, columns, &mut log),
        };
        for table in &tables {
            let above = doubtful.get(&table.sheet).into_iter().flatten();
            above.filter(|row| **row < table.layout.row).for_each(|row| {
                log.note_row("suspected-secrecy-word", *row, None);
            });
        }
        Self { body, tables, doubtful, log }
    }
}

fn csv_tables(table: &CsvTable, columns: &Columns, log: &mut Log) -> Vec<Laid> {
    let top = table.top();
    if table.text().trim().is_empty() {
        log.refuse_at("empty-table", 1, None);
        return Vec::new();
    }
    let Some(mut layout) = layout(&top, columns, log) else { return Vec::new() };
    layout.may_be_wider = !table.has_fitting_row(&layout);
    let reader =
        RowReader { layout: &layout, columns, drop: "".into(), is_strict: true, doubtful: &[] };
    let is_sound = table.check(&layout, &|cells| reader.is_no_case(cells), log);
    if is_sound { vec![Laid { sheet: 0, layout }] } else { Vec::new() }
}

fn yaml_tables(sheet: &Sheet, columns: &Columns, log: &mut Log) -> Vec<Laid> {
    let Some(header) = sheet.header() else {
        log.refuse_at("empty-table", 1, None);
        return Vec::new();
    };
    let layout = layout(&[header], columns, log);
    layout.into_iter().map(|layout| Laid { sheet: 0, layout }).collect()
}

fn layout(top: &[TopRow], columns: &Columns, log: &mut Log) -> Option<Layout> {
    let Some((header, _)) = header::find(top, columns) else {
        let note = Note::new("前 {} 行中找不到表头", "no header in the first {} rows").with(TOP);
        log.refuse_at("unknown-columns", top.first().map_or(1, |r| r.row), Some(note));
        return None;
    };
    header::lay_out(header, columns, log)
}

fn book_tables(book: &Workbook, columns: &Columns, log: &mut Log) -> Vec<Laid> {
    let has_header = |top: &[TopRow]| header::find(top, columns).is_some();
    let is_any = book.sheets().iter().any(|s| s.is_visible && has_header(&s.top));
    let mut tables = Vec::new();
    let mut written = 0;
    for (index, sheet) in book.sheets().iter().enumerate().filter(|(_, s)| s.rows > 0) {
        log.enter_sheet(sheet.shown.clone());
        if !sheet.is_visible {
            log.note_row("hidden-sheet", 1, None);
            continue;
        }
        written += 1;
        if is_any && !has_header(&sheet.top) {
            // A sheet of instructions or codes beside the table.
            log.note_column("unknown-column", 1, Column::Foreign(1));
            continue;
        }
        let layout = layout(&sheet.top, columns, log);
        tables.extend(layout.map(|layout| Laid { sheet: index, layout }));
    }
    log.enter_sheet(None);
    if written == 0 {
        log.refuse_at("empty-table", 1, None);
    }
    tables
}

impl Body {
    /// Whether each row must have as many cells as the header.
    pub(super) fn is_strict(&self) -> bool {
        matches!(self, Self::Csv(_))
    }

    /// The worksheet's name as shown, in a workbook with several.
    pub(super) fn sheet_name(&self, sheet: usize) -> Option<Arc<str>> {
        match self {
            Self::Book(book) => book.sheets().get(sheet)?.shown.clone(),
            Self::Nothing | Self::Csv(_) | Self::Yaml(_) => None,
        }
    }

    /// Hands each row of a table to `visit`.
    ///
    /// # Errors
    /// What `visit` returns.
    pub(super) fn each_row(
        &mut self,
        table: &Laid,
        columns: &Columns,
        log: &mut Log,
        visit: &mut dyn FnMut(&RawRow<'_>, &mut Log) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        match self {
            Self::Nothing => Ok(()),
            Self::Csv(csv) => csv.each_row(&table.layout, log, visit),
            Self::Yaml(sheet) => sheet.each_row(columns, &mut |raw| visit(raw, log)),
            Self::Book(book) => {
                let header = table.layout.row;
                if !book.each_row(table.sheet, header, &mut |raw| visit(raw, log))? {
                    let note =
                        Note::new("工作表读到一半出错", "the worksheet cannot be read to its end");
                    log.refuse("unsupported-file", note);
                }
                Ok(())
            }
        }
    }
}
