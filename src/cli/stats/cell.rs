//! The cases behind one cell. A number is shown only of a case that has been published: the others are
//! counted and never named.

use crate::diag::{Failure, Lang};
use crate::ledger::{LineHead, State, stands_in};

use super::print::shown;
use super::table::{Row, TOTAL, Table, penalties};

/// What is behind a cell.
pub(super) struct Answer {
    row: String,
    column: String,
    value: String,
    known: bool,
    listed: Vec<(String, State)>,
    unlisted: u64,
}

/// Looks a cell up, as in `合计,罚款` or `1,3`.
///
/// # Errors
/// There is no such row or column.
pub(super) fn explain(
    heads: &[&LineHead],
    table: &Table<'_>,
    asked: &str,
) -> Result<Answer, Failure> {
    let (row, column) = asked.rsplit_once([',', '，']).ok_or_else(|| no_cell(table))?;
    let row = row_of(table, row.trim()).ok_or_else(|| no_cell(table))?;
    let column = column.trim();
    let by_number = column.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    let at = table.columns.iter().position(|c| c.title == column).or(by_number);
    let column = at.and_then(|at| table.columns.get(at)).ok_or_else(|| no_cell(table))?;
    let (mut listed, mut unlisted) = (Vec::new(), 0);
    for head in penalties(heads, table.year) {
        let in_row = row.organ.as_ref().is_none_or(|organ| *organ == head.key.organ);
        if !in_row || !stands_in(table.form, head, column.what) {
            continue;
        }
        if head.published_on.is_some() {
            listed.push((head.key.number.clone(), head.state));
        } else {
            unlisted += 1;
        }
    }
    listed.sort();
    Ok(Answer {
        row: row.label.clone(),
        column: column.title.clone(),
        value: shown(table, row, column.what),
        known: table.value(row, column.what).is_some(),
        listed,
        unlisted,
    })
}

/// The row of this number or name.
fn row_of<'t>(table: &'t Table<'_>, asked: &str) -> Option<&'t Row> {
    let units = || table.rows.iter().filter(|r| r.organ.is_some());
    let by_number = asked.parse::<usize>().ok().and_then(|n| units().nth(n.checked_sub(1)?));
    let is_sum = asked == TOTAL || asked.eq_ignore_ascii_case("total");
    let sum = table.rows.iter().find(|r| is_sum && r.organ.is_none());
    sum.or(by_number).or_else(|| units().find(|r| r.label == asked))
}

fn no_cell(table: &Table<'_>) -> Failure {
    let titles: Vec<&str> = table.columns.iter().map(|c| c.title.as_str()).collect();
    let titles = titles.join(" | ");
    Failure::Usage {
        zh: format!("没有这一格；写作 行,列，行是序号或“合计”，列是第几列或：{titles}"),
        en: format!(
            "no such cell; write ROW,COLUMN: a number or total, a number or one of {titles}"
        ),
    }
}

impl Answer {
    /// For people.
    pub(super) fn text(&self, lang: Lang) -> String {
        let mut out = format!("{} · {}：{}\n", self.row, self.column, self.value);
        if !self.known {
            out.push_str(match lang {
                Lang::Zh => "  台账没有记载这一栏，也没有填报\n",
                Lang::En => "  the ledger does not know this column and nobody entered it\n",
            });
        }
        for (number, state) in &self.listed {
            let mark = match (state, lang) {
                (State::TakenDown, Lang::Zh) => "（已撤下）",
                (State::TakenDown, Lang::En) => " (taken down)",
                (State::Suppressed, Lang::Zh) => "（已移除）",
                (State::Suppressed, Lang::En) => " (removed)",
                (State::Expired, Lang::Zh) => "（公示期满）",
                (State::Expired, Lang::En) => " (expired)",
                (State::Held | State::Withheld | State::Published, _) => "",
            };
            out.push_str(&format!("  {number}{mark}\n"));
        }
        if self.unlisted > 0 {
            out.push_str(&match lang {
                Lang::Zh => format!("  另有 {} 宗未曾公示，只计数，不列文号\n", self.unlisted),
                Lang::En => {
                    format!("  {} more were never published: counted, not named\n", self.unlisted)
                }
            });
        }
        out
    }

    /// For programs.
    ///
    /// # Errors
    /// It does not serialize.
    pub(super) fn json(&self) -> Result<String, Failure> {
        let cases: Vec<_> = self
            .listed
            .iter()
            .map(|(number, state)| serde_json::json!({ "number": number, "state": state }))
            .collect();
        let whole = serde_json::json!({
            "version": 1, "row": self.row, "column": self.column, "value": self.value,
            "known": self.known, "cases": cases, "never_published": self.unlisted,
        });
        serde_json::to_string_pretty(&whole)
            .map(|text| text + "\n")
            .map_err(|_| Failure::Internal("the cell does not serialize".into()))
    }
}
