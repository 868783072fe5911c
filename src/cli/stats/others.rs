//! The other tables of the report and what is wrong with figures, as text, JSON and cells.

use serde_json::{Value, json};

use crate::diag::Lang;
use crate::site::{Filled, shown};

use super::print::line;
use super::table::{Table, UNKNOWN};

/// For people: each table, and what must add up in its sum.
pub(super) fn text(table: &Table<'_>, lang: Lang) -> String {
    let mut out = String::new();
    for filled in &table.others {
        let form = filled.table;
        let head = match lang {
            Lang::Zh => format!("\n{}（{}）", form.title, form.unit),
            Lang::En => format!("\n{} ({}; {})", form.title, form.id, form.unit),
        };
        out.push_str(&head);
        match (filled.duty, filled.is_known(), lang) {
            (false, _, Lang::Zh) => out.push_str("：没有这项职责\n"),
            (false, _, Lang::En) => out.push_str(": no such duty\n"),
            (true, false, Lang::Zh) => out.push_str(&format!("：{UNKNOWN}\n")),
            (true, false, Lang::En) => out.push_str(&format!(": {UNKNOWN} (not counted)\n")),
            (true, true, _) => {
                out.push('\n');
                rows(&mut out, filled, lang);
            }
        }
    }
    out
}

fn rows(out: &mut String, filled: &Filled<'_>, lang: Lang) {
    let units = filled.rows.len() - 1;
    for (n, row) in (1..=units).zip(&filled.rows) {
        out.push_str(&format!("  {n}  {}\n", row.label));
    }
    let sum = filled.rows.iter().skip(units).map(|row| row.label.clone());
    line(out, "", (1..=units).map(|n| n.to_string()).chain(sum));
    for (at, column) in filled.table.columns.iter().enumerate() {
        let figures = filled.rows.iter().map(|row| shown(filled.text(row, at)));
        line(out, &column.title, figures);
    }
    for (holds, words) in filled.relations() {
        let verdict = match (holds, lang) {
            (Some(true), Lang::Zh) => "相符",
            (Some(false), Lang::Zh) => "不符",
            (None, Lang::Zh) => "未检查",
            (Some(true), Lang::En) => "holds",
            (Some(false), Lang::En) => "DOES NOT HOLD",
            (None, Lang::En) => "not checked",
        };
        out.push_str(&format!("  {verdict}  {words}\n"));
    }
}

/// For programs: an unknown figure is `null`, an amount is text.
pub(super) fn json(table: &Table<'_>) -> Value {
    let one = |filled: &Filled<'_>| {
        let width = filled.table.columns.len();
        let figure = |text: Option<String>| match text {
            None => Value::Null,
            Some(text) => text.parse::<u64>().map_or_else(|_| Value::from(text), Value::from),
        };
        let rows = filled.rows.iter().map(|row| {
            let values: Vec<Value> = (0..width).map(|at| figure(filled.text(row, at))).collect();
            json!({ "unit": row.label, "values": values })
        });
        let relations = filled
            .relations()
            .into_iter()
            .map(|(holds, words)| json!({ "holds": holds, "zh": words.to_string() }));
        json!({
            "id": filled.table.id, "title": filled.table.title, "unit": filled.table.unit,
            "duty": filled.duty, "null_means": UNKNOWN,
            "columns": filled.table.columns.iter().map(|c| c.title.as_str()).collect::<Vec<_>>(),
            "rows": rows.collect::<Vec<_>>(),
            "relations": relations.collect::<Vec<_>>(),
        })
    };
    table.others.iter().map(one).collect::<Vec<_>>().into()
}

/// What is wrong with figures: check and words.
pub(super) fn findings(table: &Table<'_>) -> Value {
    let sorted = table.findings.sorted();
    let one = |f: &&crate::diag::Finding| {
        let note = |lang| f.note.as_ref().map(|note| note.text(lang));
        let (file, row) = match &f.place {
            crate::diag::Place::File { file } => (file.to_string(), None),
            crate::diag::Place::Cell { file, row, .. } => (file.to_string(), Some(*row)),
            crate::diag::Place::Page { path, .. } => (path.clone(), None),
        };
        json!({ "check": f.check, "file": file, "row": row, "zh": note(Lang::Zh), "en": note(Lang::En) })
    };
    sorted.iter().map(one).collect::<Vec<_>>().into()
}

/// Header and rows of a table.
pub(super) fn grid(filled: &Filled<'_>) -> Vec<Vec<String>> {
    let titles = filled.table.columns.iter().map(|c| c.title.clone());
    let mut lines: Vec<Vec<String>> =
        vec![["序号".to_owned(), "单位名称".to_owned()].into_iter().chain(titles).collect()];
    for (n, row) in (1..).zip(&filled.rows) {
        let number = if n < filled.rows.len() { n.to_string() } else { String::new() };
        let figures = (0..filled.table.columns.len()).map(|at| shown(filled.text(row, at)));
        lines.push([number, row.label.clone()].into_iter().chain(figures).collect());
    }
    lines
}
