//! The table as text, as JSON, as CSV and as lines for a workflow.

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use crate::diag::render::{Format as Form, Renderer};
use crate::diag::{Failure, Lang};
use crate::ledger::{TableColumn, Verdict};
use crate::site::csv_line;

use super::notes::{identity, notes, reconciliation, said};
use super::others;
use super::table::{Row, Table, UNKNOWN};

/// For people: a line a column, since forms are wider than a terminal.
pub(super) fn text(table: &Table<'_>, lang: Lang) -> String {
    let form = table.form;
    let mut out = match lang {
        Lang::Zh => {
            format!("{}年{}（表式 {}：{}）\n", table.year, form.title, form.id, form.source)
        }
        Lang::En => format!("{} {} (form {}: {})\n", table.year, form.title, form.id, form.source),
    };
    let units = table.rows.len() - 1;
    for (n, row) in (1..=units).zip(&table.rows) {
        out.push_str(&format!("  {n}  {}\n", row.label));
    }
    let heads = (1..=units).map(|n| n.to_string()).chain([table.rows[units].label.clone()]);
    line(&mut out, "", heads);
    for column in &table.columns {
        let cells = table.rows.iter().map(|row| shown(table, row, column.what));
        line(&mut out, &column.title, cells);
    }
    out.push_str(match lang {
        Lang::Zh => "\n核对\n",
        Lang::En => "\nWhat must add up\n",
    });
    for (what, verdict) in table.identities() {
        out.push_str(&format!("  {}\n", said(&identity(what, verdict), lang)));
    }
    out.push_str(&format!("  {}\n", said(&reconciliation(table), lang)));
    let notes = notes(table);
    if !notes.is_empty() {
        out.push_str(match lang {
            Lang::Zh => "\n说明\n",
            Lang::En => "\nNotes\n",
        });
    }
    for note in &notes {
        out.push_str(&format!("  {}\n", said(note, lang)));
    }
    out.push_str(&others::text(table, lang));
    out
}

pub(super) fn line(out: &mut String, title: &str, cells: impl Iterator<Item = String>) {
    out.push_str(&format!("  {title}{}", " ".repeat(34_usize.saturating_sub(title.width()))));
    for cell in cells {
        out.push_str(&format!("{}{cell}", " ".repeat(14_usize.saturating_sub(cell.width()))));
    }
    out.push('\n');
}

/// What a cell shows.
pub(super) fn shown(table: &Table<'_>, row: &Row, column: TableColumn) -> String {
    table.value(row, column).unwrap_or_else(|| UNKNOWN.to_owned())
}

/// For programs. What the ledger does not know is `null`; the amount is text, for it is exact.
pub(super) fn json(table: &Table<'_>) -> Result<String, Failure> {
    let (form, states) = (table.form, &table.states);
    let value = |row: &Row, what| match (table.value(row, what), what) {
        (None, _) => Value::Null,
        (Some(text), TableColumn::Amount) => Value::from(text),
        (Some(text), _) => text.parse::<u64>().map_or(Value::Null, Value::from),
    };
    let row = |row: &Row| {
        let values: Vec<Value> = table.columns.iter().map(|c| value(row, c.what)).collect();
        json!({ "unit": row.label, "organ": row.organ, "values": values })
    };
    let identity = |(what, verdict)| {
        let (zh, en) = identity(what, verdict);
        json!({ "verdict": verdict, "zh": zh, "en": en })
    };
    let whole = json!({
        "version": 1,
        "as_of": table.today,
        "year": table.year,
        "form": { "id": form.id, "source": form.source, "title": form.title, "amount_unit": form.unit.zh() },
        "columns": table.columns.iter().map(|c| c.title.as_str()).collect::<Vec<_>>(),
        "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
        "adds_up": table.adds_up(),
        "identities": table.identities().into_iter().map(identity).collect::<Vec<_>>(),
        "reconciliation": {
            "published": states.published, "withheld": states.withheld_total(), "held": states.held,
            "taken_down": states.taken_down, "expired": states.expired, "decided": states.received,
            "in_table": states.row.total, "revoked": states.row.revoked,
            "revoked_left_out": states.row.excluded, "without_day": table.undated,
            "adds_up": table.reconciles(),
        },
        "after_due_day": table.after.as_ref().map(|after| json!({
            "due_day": after.closed_on, "came_later": after.rows.total,
            "corrected_later": after.corrected, "not_checked": after.unknown,
        })),
        "notes": notes(table).into_iter()
            .map(|(zh, en)| json!({ "zh": zh, "en": en })).collect::<Vec<_>>(),
        "rules": form.rules,
        "tables": others::json(table),
        "findings": others::findings(table),
    });
    serde_json::to_string_pretty(&whole)
        .map(|text| text + "\n")
        .map_err(|_| Failure::Internal("the table does not serialize".into()))
}

/// For a spreadsheet: header and rows, UTF-8 with a mark at the front.
pub(super) fn csv(table: &Table<'_>) -> Result<Vec<u8>, Failure> {
    csv_of(&grid(table))
}

/// Lines of cells as CSV.
pub(super) fn csv_of(lines: &[Vec<String>]) -> Result<Vec<u8>, Failure> {
    let mut out = "\u{feff}".as_bytes().to_vec();
    for line in lines {
        out.extend(csv_line(line)?);
    }
    Ok(out)
}

/// Header and rows, as the form prints them: number, unit, figures.
pub(super) fn grid(table: &Table<'_>) -> Vec<Vec<String>> {
    let head = ["序号".to_owned(), "单位名称".to_owned()].into_iter();
    let mut lines = vec![head.chain(table.columns.iter().map(|c| c.title.clone())).collect()];
    for (n, row) in (1..).zip(&table.rows) {
        let number = if row.organ.is_some() { format!("{n}") } else { String::new() };
        let figures = table.columns.iter().map(|c| shown(table, row, c.what));
        lines.push([number, row.label.clone()].into_iter().chain(figures).collect());
    }
    lines
}

/// A line for each thing that does not add up or was not checked.
pub(super) fn github(table: &Table<'_>, renderer: &Renderer<'_>) -> String {
    let mut out = String::new();
    for (what, verdict) in table.identities() {
        let level = match verdict {
            Verdict::Holds => continue,
            Verdict::Broken => "error",
            Verdict::Unknown => "notice",
        };
        out.push_str(&format!("::{level} title=年度统计::{}\n", identity(what, verdict).0));
    }
    if !table.reconciles() {
        out.push_str(&format!("::error title=年度统计::{}\n", reconciliation(table).0));
    }
    out.push_str(&renderer.render(&table.findings, Form::Github));
    out
}
