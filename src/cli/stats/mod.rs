//! `gongshi stats`: the annual table of penalties, from the ledger alone.

mod after;
mod cell;
mod notes;
mod print;
mod table;
mod workbook;

use std::path::{Path, PathBuf};

use crate::diag::{Exit, Failure};
use crate::law::Day;
use crate::ledger::{Ledger, LineHead, first_days, log_path, read_or_empty};
use crate::vocab::StatisticsForm;

use super::args::{Common, Format, StatsArgs};
use super::root::Root;
use super::terminal::Terminal;
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
    let ledger = Ledger::open(&root.ledger())?;
    let heads: Vec<&LineHead> = ledger.slots.iter().map(|slot| &slot.head).collect();
    let mut table = Table::count(&heads, args.year, &form, &root.bureau, root.today.day());
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
    terminal.result(&match format {
        Format::Json => print::json(&table)?,
        Format::Github => print::github(&table),
        _ => print::text(&table, terminal.lang),
    })?;
    Ok(if table.adds_up() { Exit::Done } else { Exit::Refused })
}

/// The last lawful day for the year's figures, once it is over: what comes later changes figures that
/// stand published. `None` while the day is not over.
fn closed_on(root: &Root, year: i32) -> Option<Day> {
    let year_end = Day::new(year, 12, 31)?;
    let due = root.law.term("annual-statistics")?.due(&root.law.calendar, year_end).ok()?.on;
    (due < root.today.day()).then_some(due)
}

fn names(paths: &[PathBuf]) -> String {
    paths.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join("  ")
}

/// Writes the table as CSV, JSON and XLSX. Each file is whole or stays as it was.
fn write(table: &Table<'_>, out: &Path) -> Result<Vec<PathBuf>, Failure> {
    std::fs::create_dir_all(out)
        .map_err(|cause| Failure::Write { path: out.to_path_buf(), cause })?;
    let files = [
        ("csv", print::csv(table)?),
        ("json", print::json(table)?.into_bytes()),
        ("xlsx", workbook::bytes(table)?),
    ];
    let mut written = Vec::new();
    for (suffix, bytes) in files {
        let path = out.join(format!("tongji-{}-{}.{suffix}", table.year, table.form.id));
        put(out, &path, &bytes)?;
        written.push(path);
    }
    Ok(written)
}

fn put(folder: &Path, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    use std::io::Write as _;
    use std::os::unix::fs::PermissionsExt as _;
    let fail = |cause| Failure::Write { path: path.to_path_buf(), cause };
    let mut file = tempfile::Builder::new()
        .prefix(".gongshi-")
        .permissions(std::fs::Permissions::from_mode(0o644))
        .tempfile_in(folder)
        .map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.persist(path).map_err(|e| fail(e.error))?;
    Ok(())
}
