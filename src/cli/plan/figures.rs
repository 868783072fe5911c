//! Figures of two ledgers, year by year: the cells of the statistics that differ.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::clearance::CaseKind;
use crate::ledger::{self, LineHead, YearFigures};
use crate::vocab::StatisticsForm;

/// One cell before and after.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct FigureChange {
    /// Penalties or inspections.
    pub(super) kind: CaseKind,
    /// Year of decision.
    pub(super) year: i32,
    /// Its name.
    pub(super) figure: String,
    /// Its name in English; a column of the form keeps its title.
    pub(super) figure_en: String,
    /// Before.
    pub(super) before: i64,
    /// After.
    pub(super) after: i64,
}

type Years = BTreeMap<(CaseKind, i32), YearFigures>;

/// Every cell that differs.
pub(super) fn changes<'h>(
    before: impl Iterator<Item = &'h LineHead>,
    after: impl Iterator<Item = &'h LineHead>,
    form: &StatisticsForm,
) -> Vec<FigureChange> {
    let (before, after) = (count(before, form), count(after, form));
    let groups: BTreeSet<&(CaseKind, i32)> = before.keys().chain(after.keys()).collect();
    let none = YearFigures::default();
    let mut changes = Vec::new();
    for group in groups {
        let cells = |years: &Years| cells(years.get(group).unwrap_or(&none), form);
        for (cell, (.., after)) in cells(&before).into_iter().zip(cells(&after)) {
            let ([figure, figure_en], before) = cell;
            if before != after {
                let (kind, year) = *group;
                changes.push(FigureChange { kind, year, figure, figure_en, before, after });
            }
        }
    }
    changes
}

fn count<'h>(heads: impl Iterator<Item = &'h LineHead>, form: &StatisticsForm) -> Years {
    let mut years = Years::new();
    for head in heads {
        ledger::count(years.entry((head.key.kind, head.year())).or_default(), head, form);
    }
    years
}

/// A cell: its name in both languages, and its figure.
type Cell = ([String; 2], i64);

/// The cells of a year, named as the statistics page names them.
fn cells(f: &YearFigures, form: &StatisticsForm) -> Vec<Cell> {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let mut cells: Vec<Cell> = [
        (["收到", "received"], f.received),
        (["公示", "published"], f.published),
        (["不予公开", "withheld"], f.withheld_total()),
        (["扣留", "held"], f.held),
        (["撤下", "taken down"], f.taken_down),
        (["期满", "expired"], f.expired),
        (["按时公示", "published in time"], f.on_time),
        (["逾期公示", "published late"], f.late),
        (["更正", "corrected"], f.corrected),
        (["统计表：合计", "form: total"], f.row.total),
        (["统计表：撤销", "form: revoked"], f.row.revoked),
        (["统计表：不计入", "form: not counted"], f.row.excluded),
    ]
    .into_iter()
    .map(|(names, n)| (names.map(str::to_owned), number(n)))
    .collect();
    for (i, column) in form.columns.iter().enumerate() {
        let n = f.row.cells.get(i).copied().unwrap_or_default();
        let names = [format!("统计表：{}", column.title), format!("form: {}", column.title)];
        cells.push((names, number(n)));
    }
    let fen = ["统计表：罚没金额（分）", "form: fined and confiscated (fen)"];
    cells.push((fen.map(str::to_owned), f.row.fen));
    cells
}
