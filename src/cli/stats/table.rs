//! The table: rows of units, columns of the form, and how the year's cases add up.

use crate::clearance::CaseKind;
use crate::diag::{Finding, Findings};
use crate::law::Day;
use crate::ledger::{
    FormRow, Identity, LineHead, TableColumn, Verdict, YearFigures, count as count_case,
};
use crate::site::{Annual, Filled};
use crate::vocab::{Bureau, ExtraFigure, Money, StatisticsForm};

use super::after::After;

pub(super) use crate::site::TOTAL;
pub(super) use crate::vocab::UNCOUNTED as UNKNOWN;

/// One row.
pub(super) struct Row {
    /// Credit code of its organ as the ledger has it; `None` for the sum.
    pub(super) organ: Option<String>,
    /// Name of the unit.
    pub(super) label: String,
    /// Its figures.
    pub(super) figures: FormRow,
}

/// One column.
pub(super) struct Column {
    /// Title as printed.
    pub(super) title: String,
    /// What stands in it.
    pub(super) what: TableColumn,
}

/// A year's table.
pub(super) struct Table<'f> {
    /// Year of the decisions.
    pub(super) year: i32,
    /// The day it was counted.
    pub(super) today: Day,
    /// Its form.
    pub(super) form: &'f StatisticsForm,
    /// Its columns.
    pub(super) columns: Vec<Column>,
    /// Units, where the form wants them, then the sum.
    pub(super) rows: Vec<Row>,
    /// The year's penalties by state.
    pub(super) states: YearFigures,
    /// What came after the year's figures were due, where that day is over.
    pub(super) after: Option<After>,
    /// Penalties of no year, for they have no readable day of decision.
    pub(super) undated: u64,
    /// Its figures that only people know, where the form asks any.
    pub(super) entered: Option<Filled<'f>>,
    /// The other tables of the year's report.
    pub(super) others: Vec<Filled<'f>>,
    /// What is wrong with entered or published figures.
    pub(super) findings: Findings,
}

impl<'f> Table<'f> {
    /// Counts the penalties decided in `year`.
    pub(super) fn count(
        heads: &[&LineHead],
        year: i32,
        form: &'f StatisticsForm,
        bureau: &Bureau,
        today: Day,
    ) -> Self {
        let mut states = YearFigures { row: FormRow::new(form), ..YearFigures::default() };
        for head in penalties(heads, year) {
            count_case(&mut states, head, form);
        }
        let whole = states.row.clone();
        let organ = |(organ, figures): (&String, &FormRow)| Row {
            organ: Some(organ.clone()),
            label: bureau.organ_name(organ),
            figures: figures.clone(),
        };
        let mut rows: Vec<Row> = states.organs.iter().map(organ).collect();
        rows.push(Row { organ: None, label: TOTAL.into(), figures: whole });
        Self {
            year,
            today,
            form,
            columns: columns(form, &states.row),
            rows,
            states,
            after: None,
            undated: penalties(heads, 0).count() as u64,
            entered: None,
            others: Vec::new(),
            findings: Findings::new(),
        }
    }

    /// Adds what was entered for the year, and what is wrong with it.
    pub(super) fn enter(&mut self, annual: &'f Annual, random: u64) {
        self.entered = annual.penalties(self.year);
        self.others = annual.tables(self.year, random);
        self.findings = annual.findings().clone();
        self.findings.append(annual.doubts(self.year, random));
    }

    /// The row of the sum.
    pub(super) fn whole(&self) -> &FormRow {
        &self.states.row
    }

    /// What a cell shows; `None` where the ledger does not know and nobody entered it.
    pub(super) fn value(&self, row: &Row, column: TableColumn) -> Option<String> {
        let (label, row) = (&row.label, &row.figures);
        match column {
            TableColumn::Kind(at) => row.cells.get(at).map(u64::to_string),
            TableColumn::Kindless => Some(row.kindless.to_string()),
            TableColumn::Total => Some(row.total.to_string()),
            TableColumn::Procedureless => Some(row.procedureless().to_string()),
            TableColumn::Amount => Some(self.form.unit.text(Money::fen(row.fen))),
            TableColumn::Extra(figure) => {
                let by_hand = || self.entered.as_ref()?.of(label, figure.id());
                row.extra(figure).map(|n| n.to_string()).or_else(by_hand)
            }
        }
    }

    /// Whether the form asks for a figure.
    pub(super) fn asks(&self, figure: ExtraFigure) -> bool {
        self.form.extra.iter().any(|c| c.figure == figure)
    }

    /// What must add up in the sum, without what the form does not ask for.
    pub(super) fn identities(&self) -> Vec<(Identity, Verdict)> {
        let asked = |(identity, _): &(Identity, Verdict)| match identity {
            Identity::Procedures { .. } => self.asks(ExtraFigure::Ordinary),
            Identity::Reviews => self.asks(ExtraFigure::Reviewed),
            Identity::Kinds { .. } | Identity::Amount { .. } => true,
        };
        self.whole().identities().into_iter().filter(asked).collect()
    }

    /// Whether published, withheld, held, taken down and expired are all there is, and all in the sum.
    pub(super) fn reconciles(&self) -> bool {
        let s = &self.states;
        let parts = s.published + s.withheld_total() + s.held + s.taken_down + s.expired;
        parts == s.received && s.row.total + s.row.excluded == s.received
    }

    /// Whether nothing that could be checked is wrong.
    pub(super) fn adds_up(&self) -> bool {
        let harmless = |f: &Finding| f.check == "unlikely-statistics";
        self.reconciles()
            && self.identities().iter().all(|(_, v)| *v != Verdict::Broken)
            && self.findings.iter().all(harmless)
    }
}

/// The penalties decided in a year; year 0 has those without a day.
pub(super) fn penalties<'h>(
    heads: &[&'h LineHead],
    year: i32,
) -> impl Iterator<Item = &'h LineHead> {
    heads
        .iter()
        .copied()
        .filter(move |head| head.key.kind == CaseKind::Penalty && head.year() == year)
}

/// Columns in the form's order; what could not be put in a column has one of its own.
fn columns(form: &StatisticsForm, whole: &FormRow) -> Vec<Column> {
    let column = |title: &str, what| Column { title: title.to_owned(), what };
    let kinds = form.columns.iter().enumerate();
    let mut columns: Vec<Column> =
        kinds.map(|(at, c)| column(&c.title, TableColumn::Kind(at))).collect();
    if whole.kindless > 0 {
        columns.push(column("未载明种类", TableColumn::Kindless));
    }
    columns.push(column("合计（宗）", TableColumn::Total));
    columns.push(column(&form.amount_title(), TableColumn::Amount));
    columns.extend(form.extra.iter().map(|c| column(&c.title, TableColumn::Extra(c.figure))));
    let asks = form.extra.iter().any(|c| c.figure == ExtraFigure::Ordinary);
    if asks && whole.procedureless() > 0 {
        columns.push(column("未载明程序", TableColumn::Procedureless));
    }
    columns
}
