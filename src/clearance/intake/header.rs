//! Finds the header of a table below its title rows, and lays out which column is which field.

use crate::clearance::record::{Field, TableKind};
use crate::diag::{Column, Finding, Note};

use super::columns::{Columns, Entry, Meaning, Unit};
use super::log::{Log, MOST_LINES};

/// How many rows from the top may come before the header.
pub(super) const TOP: usize = 10;
/// How many known headers make a header row.
const FEWEST: usize = 3;
/// The most columns a table may have.
pub(super) const MOST_COLUMNS: usize = 512;

/// A row near the top of a table.
pub(super) struct TopRow {
    /// Row as the spreadsheet counts it.
    pub(super) row: u32,
    /// Its cells.
    pub(super) cells: Vec<String>,
}

/// Units of the money columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Units {
    /// Of the fine.
    pub(super) fine: Unit,
    /// Of the confiscated amount.
    pub(super) confiscated: Unit,
}

/// Which column of a table is which field.
pub(super) struct Layout {
    /// Kind of the table.
    pub(super) table: TableKind,
    /// Row of the header.
    pub(super) row: u32,
    /// Known columns by position.
    pub(super) columns: Vec<Option<Meaning>>,
    /// Cells of the header, trimmed, to know it again where an export repeats it.
    pub(super) header: Vec<String>,
    /// The fewest cells a row may have: columns up to the last that has a header.
    pub(super) narrowest: usize,
    /// Whether rows may end in blank cells beyond the header: only where no row fits it exactly. Else an
    /// unquoted comma has shifted the cells, and the blank one is what is left of the last.
    pub(super) may_be_wider: bool,
    /// Units of money.
    pub(super) units: Units,
}

impl Layout {
    /// A table of columns that nobody needs to know.
    pub(super) fn of_any(header: &TopRow) -> Self {
        Self {
            table: TableKind::Penalties,
            row: header.row,
            columns: vec![None; header.cells.len()],
            header: header.cells.iter().map(|c| c.trim().to_owned()).collect(),
            narrowest: 0,
            may_be_wider: true,
            units: Units::default(),
        }
    }

    /// The column that holds the number of the case.
    pub(super) fn number_column(&self) -> Option<usize> {
        self.columns.iter().position(|c| c.is_some_and(|m| m.field == Field::Number))
    }

    /// Whether a row of so many cells has too few or too many.
    pub(super) fn is_ragged(&self, cells: usize) -> bool {
        cells < self.narrowest || (cells > self.columns.len() && !self.may_be_wider)
    }

    /// How the column is named in a finding: by our header, or by its number.
    pub(super) fn column(&self, index: usize, columns: &Columns) -> Column {
        match self.columns.get(index).copied().flatten() {
            Some(meaning) => columns.headers().column(meaning.field),
            None => foreign(index),
        }
    }
}

/// How many of `cells` are known headers, and whether the number of the case is among them.
fn standing(cells: &[String], columns: &Columns) -> (bool, usize) {
    let mut known: Vec<Field> = cells
        .iter()
        .filter_map(|c| match columns.entry(c) {
            Entry::Known(meaning, _) => Some(meaning.field),
            Entry::Ignored | Entry::Foreign => None,
        })
        .collect();
    let has_number = known.contains(&Field::Number);
    known.sort_unstable();
    known.dedup();
    (has_number, known.len())
}

/// The header among the top rows: most known headers, one with the number of the case first.
pub(super) fn find<'t>(top: &'t [TopRow], columns: &Columns) -> Option<(&'t TopRow, usize)> {
    let mut best: Option<(&TopRow, (bool, usize))> = None;
    for row in top {
        let found = standing(&row.cells, columns);
        if found.1 >= FEWEST && best.is_none_or(|(_, b)| found > b) {
            best = Some((row, found));
        }
    }
    best.map(|(row, (_, known))| (row, known))
}

/// Lays out the table under this header; `None` after findings say why it cannot be read.
pub(super) fn lay_out(header: &TopRow, columns: &Columns, log: &mut Log) -> Option<Layout> {
    if header.cells.len() > MOST_COLUMNS {
        let note = Note::new("列数超过 {}", "more than {} columns").with(MOST_COLUMNS);
        log.refuse_at("unknown-columns", header.row, Some(note));
        return None;
    }
    let entries: Vec<Entry> = header.cells.iter().map(|c| columns.entry(c)).collect();
    let layout = Layout {
        table: table_of(&entries, columns),
        row: header.row,
        columns: entries.iter().map(|e| known(*e)).collect(),
        header: header.cells.iter().map(|c| c.trim().to_owned()).collect(),
        narrowest: header.cells.iter().rposition(|c| !c.trim().is_empty()).map_or(0, |i| i + 1),
        may_be_wider: false,
        units: units(&entries),
    };
    note_header(&entries, header.row, log);
    let is_whole = has_required(&layout, columns, log);
    let is_clear = is_unambiguous(&layout, columns, log);
    (is_whole && is_clear).then_some(layout)
}

fn known(entry: Entry) -> Option<Meaning> {
    match entry {
        Entry::Known(meaning, _) => Some(meaning),
        Entry::Ignored | Entry::Foreign => None,
    }
}

fn units(entries: &[Entry]) -> Units {
    let unit = |field| {
        let column = entries.iter().filter_map(|e| known(*e)).find(|m| m.field == field);
        column.map_or(Unit::Wan, |m| m.unit)
    };
    Units { fine: unit(Field::Fine), confiscated: unit(Field::Confiscated) }
}

/// The kind of table of whose columns it has most; orders are known by the ground of takedown.
fn table_of(entries: &[Entry], columns: &Columns) -> TableKind {
    let has = |field: Field| entries.iter().any(|e| known(*e).is_some_and(|m| m.field == field));
    if has(Field::TakedownGround) {
        return TableKind::Orders;
    }
    let share = |table| columns.required(table).iter().filter(|f| has(**f)).count();
    if share(TableKind::Inspections) > share(TableKind::Penalties) {
        TableKind::Inspections
    } else {
        TableKind::Penalties
    }
}

/// Notices about headers that were put in order and columns that are not ours.
fn note_header(entries: &[Entry], row: u32, log: &mut Log) {
    let ordered = entries.iter().filter(|e| matches!(e, Entry::Known(_, true))).count();
    if ordered > 0 {
        let note =
            Note::new("{} 个表头按规范名称识别", "{} headers were read in their canonical form");
        log.note_row("normalised-header", row, Some(note.with(ordered)));
    }
    let unknown: Vec<usize> =
        entries.iter().enumerate().filter(|(_, e)| **e == Entry::Foreign).map(|(i, _)| i).collect();
    for index in unknown.iter().take(MOST_LINES) {
        log.note_column("unknown-column", row, foreign(*index));
    }
    if unknown.len() > MOST_LINES {
        let note = Note::new("另有 {} 列未识别", "{} more unknown columns");
        log.note_row("unknown-column", row, Some(note.with(unknown.len() - MOST_LINES)));
    }
}

fn foreign(index: usize) -> Column {
    Column::Foreign(u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1))
}

/// Names each required column that is missing.
fn has_required(layout: &Layout, columns: &Columns, log: &mut Log) -> bool {
    let mut is_whole = true;
    for field in columns.required(layout.table) {
        if !layout.columns.iter().flatten().any(|m| m.field == *field) {
            is_whole = false;
            log.refused = true;
            log.note_column("unknown-columns", layout.row, columns.headers().column(*field));
        }
    }
    is_whole
}

/// Names each field that two columns claim: which one counts cannot be known.
fn is_unambiguous(layout: &Layout, columns: &Columns, log: &mut Log) -> bool {
    let mut seen: Vec<Field> = Vec::new();
    let mut is_clear = true;
    for meaning in layout.columns.iter().flatten().filter(|m| !m.is_second) {
        if seen.contains(&meaning.field) {
            is_clear = false;
            let place = log.row(layout.row).at(columns.headers().column(meaning.field));
            let note = Note::new("表头重复出现", "the header occurs more than once");
            log.refused = true;
            log.findings.push(Finding::new("unknown-columns", place).noted(note));
        }
        seen.push(meaning.field);
    }
    is_clear
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Shelf;

    const PENALTIES: &str = "行政处罚决定书文号,行政相对人名称,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,处罚决定日期,处罚机关";

    fn top(rows: &[&str]) -> Vec<TopRow> {
        let cells = |r: &&str| r.split(',').map(str::to_owned).collect();
        (1..).zip(rows).map(|(row, r)| TopRow { row, cells: cells(r) }).collect()
    }

    fn laid(header: &str) -> (Option<Layout>, Vec<&'static str>) {
        let columns = Columns::load(&Shelf::embedded()).expect("the dictionary loads");
        let mut log = Log::new("a.csv".into());
        let rows = top(&[header]);
        let layout = lay_out(&rows[0], &columns, &mut log);
        assert_eq!(layout.is_none(), log.refused);
        (layout, log.findings.iter().map(|f| f.check).collect())
    }

    #[test]
    fn the_header_is_found_below_title_rows() {
        let columns = Columns::load(&Shelf::embedded()).expect("the dictionary loads");
        let rows = top(&["行政处罚公示表,,", "填报单位：某局,,", PENALTIES, "x,y,z"]);
        assert_eq!(find(&rows, &columns).map(|(r, n)| (r.row, n)), Some((3, 9)));
        assert!(find(&top(&["甲,乙,丙"]), &columns).is_none());
    }

    #[test]
    fn the_table_is_known_by_its_columns() {
        let table = |header| laid(header).0.map(|l| l.table);
        assert_eq!(table(PENALTIES), Some(TableKind::Penalties));
        assert_eq!(
            table("抽查任务编号,检查对象,抽查事项,检查结果,检查结果作出日期,检查机关"),
            Some(TableKind::Inspections)
        );
        assert_eq!(
            table("行政处罚决定书文号,撤下事由,依据文书,文书日期,生效日期"),
            Some(TableKind::Orders)
        );
    }

    #[test]
    fn faults_of_the_header_are_named() {
        assert_eq!(laid(PENALTIES).1, [""; 0]);
        assert_eq!(laid(&format!("{PENALTIES},内部意见,")).1, ["unknown-column", "unknown-column"]);
        assert_eq!(
            laid(&format!("{PENALTIES},处罚 内容")).1,
            ["normalised-header", "unknown-columns"]
        );
        assert_eq!(laid("行政处罚决定书文号,行政相对人名称,违法事实").1, ["unknown-columns"; 6]);
        let many = format!("{PENALTIES}{}", ",x".repeat(600));
        assert_eq!(laid(&many).1, ["unknown-columns"]);
    }

    #[test]
    fn a_column_without_header_may_be_left_out_of_rows() {
        let layout = laid(&format!("{PENALTIES},,")).0.expect("a layout");
        assert_eq!((layout.narrowest, layout.columns.len()), (9, 11));
    }
}
