//! `gongshi stats`: the annual tables, from the ledger and what was entered.

mod after;
mod cell;
mod notes;
mod others;
mod print;
mod table;
mod workbook;

use std::path::{Path, PathBuf};

use crate::clearance::CaseKind;
use crate::diag::render::{Format as Form, Renderer};
use crate::diag::{Exit, Failure};
use crate::law::Day;
use crate::ledger::{Ledger, LineHead, Years, first_days, log_path, read_or_empty};
use crate::publish;
use crate::site::Annual;
use crate::vocab::{AnnualTable, StatisticsForm};

use super::args::{Common, Format, StatsArgs};
use super::root::Root;
use super::terminal::Terminal;
use super::yearly::due_on;
use after::After;
use table::Table;

/// Runs the verb: 0 everything that could be checked adds up, 1 something does not.
///
/// # Errors
/// No such form or cell; the ledger or the folder for the files cannot be used.
pub(super) fn run(common: &Common, args: &StatsArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let format = common.format.of_figures()?;
    let root = Root::open(common)?;
    let form = match &args.form {
        Some(id) => StatisticsForm::load(&root.shelf, id)?,
        None => root.form.clone(),
    };
    let annual = match &args.form {
        Some(_) => {
            let tables = AnnualTable::of_form(&root.shelf, &form)?;
            Annual::load(&root.dir, tables, &form, &root.bureau)?
        }
        None => root.annual.clone(),
    };
    let ledger = Ledger::open(&root.ledger())?;
    let heads: Vec<&LineHead> = ledger.slots.iter().map(|slot| &slot.head).collect();
    let mut table = Table::count(&heads, args.year, &form, &root.bureau, root.today.day());
    let random = random_inspections(&heads, args.year);
    table.enter(&annual, random);
    if let Some(published) = Years::open(&root.ledger())?.year(args.year)
        && form.id == root.form.id
    {
        let now = annual.figures(&form, args.year, table.whole(), random);
        let changes = published.differences(&now, root.today.day());
        table.findings.extend(changes.iter().map(|change| change.finding(args.year)));
    }
    if let Some(closed_on) = closed_on(&root, args.year) {
        let log = read_or_empty(&log_path(&ledger.dir))?;
        table.after = Some(After::count(&heads, &table, &first_days(&log), closed_on));
    }
    if let Some(asked) = &args.explain {
        let answer = cell::explain(&heads, &table, asked)?;
        terminal.result(&match format {
            Format::Json => answer.json()?,
            _ => answer.text(terminal.lang),
        })?;
        return Ok(Exit::Done);
    }
    if let Some(out) = &args.out {
        let written = write(&table, out)?;
        terminal
            .say(&format!("已写出 {}", names(&written)), &format!("written: {}", names(&written)));
    }
    let today = root.today.day().into();
    let renderer = Renderer::new(&root.law, terminal.lang, today).colored(terminal.color());
    terminal.result(&match format {
        Format::Json => print::json(&table)?,
        Format::Github => print::github(&table, &renderer),
        _ => {
            let told = renderer.render(&table.findings, Form::Text);
            let gap = if told.is_empty() { "" } else { "\n" };
            print::text(&table, terminal.lang) + gap + &told
        }
    })?;
    Ok(if table.adds_up() { Exit::Done } else { Exit::Refused })
}

/// The last lawful day for the year's figures, once it is over: what comes later changes figures that
/// stand published. `None` while the day is not over.
fn closed_on(root: &Root, year: i32) -> Option<Day> {
    let due = due_on(root, year)?;
    (due < root.today.day()).then_some(due)
}

/// Random inspections of a year with a day of their result.
fn random_inspections(heads: &[&LineHead], year: i32) -> u64 {
    let is_one = |head: &&&LineHead| {
        head.key.kind == CaseKind::Inspection && head.year() == year && head.count.on.is_some()
    };
    heads.iter().filter(is_one).count() as u64
}

fn names(paths: &[PathBuf]) -> String {
    paths.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join("  ")
}

/// Writes the table as CSV, JSON and XLSX. Each file is whole or stays as it was.
fn write(table: &Table<'_>, out: &Path) -> Result<Vec<PathBuf>, Failure> {
    let files = [
        ("csv", print::csv(table)?),
        ("json", print::json(table)?.into_bytes()),
        ("xlsx", workbook::bytes(table)?),
    ];
    let name = |suffix: &str| format!("tongji-{}-{}{suffix}", table.year, table.form.id);
    let mut files: Vec<(String, Vec<u8>)> =
        files.into_iter().map(|(suffix, bytes)| (name(&format!(".{suffix}")), bytes)).collect();
    for filled in table.others.iter().filter(|filled| filled.duty) {
        let bytes = print::csv_of(&others::grid(filled))?;
        files.push((name(&format!("-{}.csv", filled.table.id)), bytes));
    }
    let mut written = Vec::new();
    for (name, bytes) in files {
        let path = out.join(name);
        publish::replace(&path, &bytes)?;
        written.push(path);
    }
    Ok(written)
}
