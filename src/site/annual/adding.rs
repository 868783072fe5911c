//! A table filled in: rows of units, the sum, and what does not add up. A sum of which a part is unknown is
//! unknown.

use std::sync::Arc;

use crate::diag::{Column, Finding, Findings, Note, Place};
use crate::law::Day;
use crate::vocab::{AnnualTable, Bond, LedgerFigure, TableWord};

use super::{Annual, Row, TOTAL};

/// A table of one year.
pub(crate) struct Filled<'a> {
    /// Its form.
    pub(crate) table: &'a AnnualTable,
    /// Whether the bureau has the duty at all.
    pub(crate) duty: bool,
    /// Units that entered something, then the sum.
    pub(crate) rows: Vec<FilledRow>,
    /// Whether a column was counted from the ledger.
    pub(crate) from_ledger: bool,
    /// Posts and days of who entered.
    pub(crate) sources: Vec<(Option<String>, Option<Day>)>,
    /// What was entered as the sum.
    stated: Option<&'a Row>,
    /// Where the table is told of when no row is to blame.
    file: Arc<str>,
    places: Vec<Option<Place>>,
    counted: Option<i64>,
}

/// A row.
#[derive(Clone, Debug)]
pub(crate) struct FilledRow {
    /// Unit, or the word for the sum.
    pub(crate) label: String,
    /// Figures in the order of columns; `None` where nobody counted or entered it.
    pub(crate) figures: Vec<Option<i64>>,
}

impl Annual {
    /// Fills a table with what is known of a year.
    pub(super) fn filled<'a>(
        &'a self,
        table: &'a AnnualTable,
        year: i32,
        random: u64,
    ) -> Filled<'a> {
        let entered = self.years.get(&year);
        let row = |unit: &str| entered?.rows.get(&(table.id.clone(), unit.to_owned()));
        let width = table.columns.len();
        let mut filled = Filled {
            table,
            duty: !entered.is_some_and(|e| e.no_duty.contains(&table.id)),
            rows: Vec::new(),
            from_ledger: false,
            sources: entered
                .and_then(|e| e.sources.get(&table.id))
                .map(|sources| sources.iter().cloned().collect())
                .unwrap_or_default(),
            stated: row(TOTAL),
            file: format!("data/statistics/{year}.yml").into(),
            places: Vec::new(),
            counted: i64::try_from(random).ok().filter(|n| *n > 0),
        };
        for unit in &self.units {
            if let Some(row) = row(unit) {
                let figure = |at| row.figures.get(&at).copied().flatten();
                filled.rows.push(FilledRow {
                    label: unit.clone(),
                    figures: (0..width).map(figure).collect(),
                });
                filled.places.push(Some(row.place.clone()));
            }
        }
        let total = (0..width).map(|at| filled.total(at)).collect();
        filled.from_ledger = (0..width).any(|at| filled.ledger(at).is_some());
        filled.rows.push(FilledRow { label: TOTAL.into(), figures: total });
        filled.places.push(filled.stated.map(|row| row.place.clone()));
        filled
    }
}

impl Filled<'_> {
    /// Whether any figure is known.
    pub(crate) fn is_known(&self) -> bool {
        self.rows.iter().any(|row| row.figures.iter().any(Option::is_some))
    }

    /// A figure of a row as printed; `None` where it is unknown.
    pub(crate) fn text(&self, row: &FilledRow, at: usize) -> Option<String> {
        row.figures.get(at).copied().flatten().map(|figure| self.table.text(at, figure))
    }

    /// The sum of a column as printed.
    pub(crate) fn total_of(&self, column: &str) -> Option<String> {
        self.text(self.rows.last()?, self.table.column_at(column)?)
    }

    /// The figure of a column in the row of this label, as printed.
    pub(crate) fn of(&self, label: &str, column: &str) -> Option<String> {
        let row = self.rows.iter().find(|row| row.label == label)?;
        self.text(row, self.table.column_at(column)?)
    }

    /// What must add up in the sum, in words, and whether it does; `None` where a figure is unknown.
    pub(crate) fn relations(&self) -> Vec<(Option<bool>, TableWord)> {
        let Some(sum) = self.rows.last() else { return Vec::new() };
        let one = |r| (self.table.holds(r, &sum.figures), self.table.words(r));
        self.table.relations.iter().map(one).collect()
    }

    fn ledger(&self, at: usize) -> Option<i64> {
        match self.table.columns.get(at)?.ledger? {
            LedgerFigure::RandomInspections => self.counted,
        }
    }

    /// The sum of a column: what the ledger counts, else what was entered as the sum, else the sum of
    /// the units.
    fn total(&self, at: usize) -> Option<i64> {
        self.ledger(at).or_else(|| self.by_hand(at))
    }

    fn by_hand(&self, at: usize) -> Option<i64> {
        match self.stated.and_then(|row| row.figures.get(&at)) {
            Some(stated) => *stated,
            None => self.sum(at),
        }
    }

    /// The sum of the units; `None` where there is none, or one of them has no figure.
    fn sum(&self, at: usize) -> Option<i64> {
        let units = self.rows.iter().filter(|row| row.label != TOTAL);
        let mut sum = None;
        for row in units {
            sum = Some(row.figures.get(at).copied().flatten()?.checked_add(sum.unwrap_or(0))?);
        }
        sum
    }

    /// What does not add up.
    pub(super) fn doubts(&self, findings: &mut Findings) {
        for (row, place) in self.rows.iter().zip(&self.places) {
            let place = || place.clone().unwrap_or(Place::File { file: Arc::clone(&self.file) });
            for relation in &self.table.relations {
                if self.table.holds(relation, &row.figures) != Some(false) {
                    continue;
                }
                let note =
                    Note::new("不符：{}", "does not hold: {}").with(self.table.words(relation));
                findings.push(match relation.bond {
                    Bond::Equals => Finding::new("unbalanced-statistics", place()).noted(note),
                    Bond::AtMost => Finding::new("unlikely-statistics", place()).noted(note),
                });
            }
        }
        for (at, column) in self.table.columns.iter().enumerate() {
            let (sum, stated) = (self.sum(at), self.by_hand(at));
            let place = self.places.last().cloned().flatten();
            let place = place.or_else(|| self.places.first().cloned().flatten());
            let place = place
                .unwrap_or(Place::File { file: Arc::clone(&self.file) })
                .at(Column::Known(column.title.as_str().into()));
            if let (Some(sum), Some(stated)) = (sum, stated)
                && sum != stated
            {
                let note = Note::new(
                    "各单位之和 {}，填报的合计 {}",
                    "the units sum to {}, the sum entered is {}",
                );
                let note = note.with(self.table.word(at, sum)).with(self.table.word(at, stated));
                findings.push(Finding::new("unbalanced-statistics", place.clone()).noted(note));
            }
            if let (Some(counted), Some(stated)) = (self.ledger(at), stated)
                && counted != stated
            {
                let note = Note::new(
                    "台账计数 {}，填报 {}；采用台账的",
                    "the ledger counts {}, entered {}; the ledger's is taken",
                );
                let note =
                    note.with(self.table.word(at, counted)).with(self.table.word(at, stated));
                findings.push(Finding::new("unbalanced-statistics", place).noted(note));
            }
        }
    }
}
