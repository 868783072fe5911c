//! The tables of the annual report that people fill in: what was entered, year by year, and what of it
//! cannot stand. What nobody counted or entered stays unknown.

mod adding;
mod entries;
mod sheet;
mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diag::{Failure, Finding, Findings};
use crate::law::Day;
use crate::ledger::{Figures, FormRow};
use crate::vocab::{AnnualTable, Bureau, Money, StatisticsForm, UNCOUNTED};

pub(crate) use adding::Filled;
pub(super) use adding::FilledRow;

/// Folder of the site root where figures are entered.
const FOLDER: &str = "data/statistics";
/// The check of an entry that cannot be read.
const BAD: &str = "bad-statistics-figure";
/// Label of the sum.
pub(crate) const TOTAL: &str = "合计";

/// All figures that were entered, and the tables they belong to.
#[derive(Clone, Debug)]
pub(crate) struct Annual {
    tables: Vec<AnnualTable>,
    penalties: Option<AnnualTable>,
    /// Units in the order of rows: the bureau, then its own.
    units: Vec<String>,
    years: BTreeMap<i32, Entered>,
    findings: Findings,
}

/// What was entered for a year.
#[derive(Clone, Debug, Default)]
pub(super) struct Entered {
    /// The day on which the bureau publishes the year.
    published_on: Option<Day>,
    /// The day on which it publishes the year corrected.
    corrected_on: Option<Day>,
    /// Ids of tables of duties that the bureau does not have.
    no_duty: BTreeSet<String>,
    /// Posts and days of those who entered, by table.
    sources: BTreeMap<String, BTreeSet<Source>>,
    /// Rows by table and unit.
    rows: BTreeMap<(String, String), Row>,
}

/// Post and day of who entered.
type Source = (Option<String>, Option<Day>);

/// A row as it was entered.
#[derive(Clone, Debug)]
struct Row {
    place: crate::diag::Place,
    /// Figures by column; `None` where two entries contradict each other.
    figures: BTreeMap<usize, Option<i64>>,
}

impl Annual {
    /// Reads what was entered in a site root. What is wrong with it is a finding and never a figure.
    ///
    /// # Errors
    /// A folder or file that cannot be read, or a broken form.
    pub(crate) fn load(
        root: &Path,
        tables: Vec<AnnualTable>,
        form: &StatisticsForm,
        bureau: &Bureau,
    ) -> Result<Self, Failure> {
        let own = bureau.units.iter().map(|unit| unit.name.clone());
        let mut annual = Self {
            tables,
            penalties: AnnualTable::of_penalties(form),
            units: std::iter::once(bureau.name.clone()).chain(own).collect(),
            years: BTreeMap::new(),
            findings: Findings::new(),
        };
        for name in names(&root.join(FOLDER))? {
            let path = root.join(FOLDER).join(&name);
            let bytes = std::fs::read(&path).map_err(|cause| Failure::Read { path, cause })?;
            annual.read(&name, &bytes);
        }
        Ok(annual)
    }

    /// What cannot be used of what was entered.
    pub(crate) fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The day the bureau publishes a year, where it says so.
    pub(crate) fn published_on(&self, year: i32) -> Option<Day> {
        self.years.get(&year)?.published_on
    }

    /// The day the bureau publishes a year corrected, where it says so.
    pub(crate) fn corrected_on(&self, year: i32) -> Option<Day> {
        self.years.get(&year)?.corrected_on
    }

    /// The tables of a year; `random` is how many random inspections the ledger has of it.
    pub(crate) fn tables(&self, year: i32, random: u64) -> Vec<Filled<'_>> {
        self.tables.iter().map(|table| self.filled(table, year, random)).collect()
    }

    /// The figures of the table of penalties that only people know; `None` where the form asks none.
    pub(crate) fn penalties(&self, year: i32) -> Option<Filled<'_>> {
        self.penalties.as_ref().map(|table| self.filled(table, year, 0))
    }

    /// What does not add up in a year, or is unlike what the ledger counts.
    pub(crate) fn doubts(&self, year: i32, random: u64) -> Findings {
        let mut findings = Findings::new();
        for table in self.tables(year, random).iter().chain(&self.penalties(year)) {
            table.doubts(&mut findings);
        }
        findings
    }

    /// Every year for which something was entered.
    pub(crate) fn years(&self) -> impl Iterator<Item = i32> {
        self.years.keys().copied()
    }

    /// Everything a year's page states as a figure: what is remembered once it is published.
    pub(crate) fn figures(
        &self,
        form: &StatisticsForm,
        year: i32,
        counted: &FormRow,
        random: u64,
    ) -> Figures {
        let mut figures = Figures::new();
        let mut put = |row: &str, column: &str, value: Option<String>| {
            let table = figures.entry("行政处罚".to_owned()).or_default();
            table.entry(row.to_owned()).or_default().insert(column.to_owned(), value);
        };
        for (at, column) in form.columns.iter().enumerate() {
            let n = counted.cells.get(at).copied().unwrap_or_default();
            put(TOTAL, &column.title, Some(n.to_string()));
        }
        put(TOTAL, "未载明种类", Some(counted.kindless.to_string()));
        put(TOTAL, "合计（宗）", Some(counted.total.to_string()));
        put(TOTAL, &form.amount_title(), Some(form.unit.text(Money::fen(counted.fen))));
        let entered = self.penalties(year);
        for column in &form.extra {
            let by_hand = || entered.as_ref()?.total_of(column.figure.id());
            let value = counted.extra(column.figure).map(|n| n.to_string()).or_else(by_hand);
            put(TOTAL, &column.title, value);
        }
        for table in self.tables(year, random).iter().filter(|t| t.duty) {
            for row in &table.rows {
                let own = figures.entry(table.table.name.clone()).or_default();
                let cells = own.entry(row.label.clone()).or_default();
                for (at, column) in table.table.columns.iter().enumerate() {
                    cells.insert(column.title.clone(), table.text(row, at));
                }
            }
        }
        figures
    }
}

/// What a figure that may be unknown shows.
pub(crate) fn shown(figure: Option<String>) -> String {
    figure.unwrap_or_else(|| UNCOUNTED.to_owned())
}

/// Names of the files in the folder, sorted; hidden ones are not ours.
fn names(folder: &Path) -> Result<Vec<String>, Failure> {
    let fail = |cause| Failure::Read { path: folder.to_path_buf(), cause };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(fail(cause)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(fail)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().map_err(fail)?.is_file() && !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// A finding of an entry.
fn bad(place: crate::diag::Place, zh: &'static str, en: &'static str) -> Finding {
    Finding::new(BAD, place).noted(crate::diag::Note::new(zh, en))
}
