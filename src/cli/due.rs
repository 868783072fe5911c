//! `gongshi due`: every clock that runs, with its last lawful day and how the day was counted.

mod clock;
mod explain;
mod ics;
mod sheet;
mod text;
mod watchmaker;

use std::collections::BTreeSet;

use crate::diag::render::{html, junit, sarif};
use crate::diag::{Exit, Failure, Lang};
use crate::law::Role;
use crate::ledger::{Receipts, Years, taken_down_since};
use crate::publish;
use crate::vocab::CaseId;

use super::args::{Common, DueArgs, Format};
use super::check::aside;
use super::figures;
use super::pipeline;
use super::report;
use super::root::Root;
use super::terminal::Terminal;
use super::timings::Timings;

use clock::{Clock, Duty, Status};
pub(super) use text::pad;

/// Every clock of a site root on one day.
struct Clocks {
    all: Vec<Clock>,
    /// Newer rows of published cases that wait: corrections that cannot be made yet.
    waiting_changes: u64,
    /// Cases known.
    cases: usize,
    /// Held records that do not say which case they are: nobody can tell their last day.
    nameless: u64,
    /// For whom they are, where for one role only, and how many are left out.
    left_out: Option<(Role, usize)>,
}

impl Clocks {
    /// How many of these duties are late.
    fn late(&self, of: impl Fn(Duty) -> bool) -> usize {
        self.all.iter().filter(|c| c.status == Status::Late && of(c.duty)).count()
    }

    /// Keeps what the role sees to, and counts the rest.
    fn keep_for(&mut self, root: &Root, role: Role) {
        let all = self.all.len();
        self.all.retain(|clock| clock.duty.roles(&root.law).contains(&role));
        self.left_out = Some((role, all - self.all.len()));
    }
}

/// Writes what was asked for beside the result: a calendar, a summary of the job, a report.
///
/// # Errors
/// A file cannot be written.
fn write(root: &Root, args: &DueArgs, clocks: &Clocks, lang: Lang) -> Result<(), Failure> {
    if let Some(path) = &args.ics {
        let text = ics::ics(&root.bureau.name, root.today.day(), &clocks.all, lang);
        publish::replace(path, text.as_bytes())?;
    }
    if let Some(path) = &args.summary.file {
        let figures = text::figures(root, clocks, lang);
        report::job(path, &sheet::sheet(root, clocks, lang), "gongshi due", &figures)?;
    }
    if args.summary.report {
        let figures = text::figures(root, clocks, lang);
        let heading = report::folder::heading(root, "due", lang);
        let sheet = sheet::sheet(root, clocks, lang);
        let page = html::render(&sheet, &heading, &figures);
        report::folder::write(root, "due", &page, &json(root, clocks)?)?;
    }
    Ok(())
}

/// Runs the verb: 0 nothing is late, 3 a date is missed, 5 a takedown is overdue.
///
/// # Errors
/// The drop cannot be read, or must be refused whole.
pub(super) fn run(common: &Common, args: &DueArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let root = Root::open(common)?;
    let folders = root.drops(&args.drops)?;
    let aside = aside()?;
    let settled = pipeline::settle(&root, &folders, &[], aside.path(), &Timings::new(false))
        .map(|cleared| cleared.settled)
        .inspect_err(|failure| {
            // The failure itself is told by the caller; a closed output adds nothing to it.
            let _ = report::failure(failure, &root, common, terminal);
            let job = (&args.summary, "due");
            let _ = report::folder::write_failed(&root, job, failure, terminal.lang);
            let _ = report::failed_job(&args.summary, failure, &root, terminal.lang);
        })?;
    let mut clocks = Clocks {
        all: watchmaker::clocks(&root, &settled, &Years::open(&root.ledger())?, &unproven(&root)?),
        waiting_changes: settled.waiting_changes,
        cases: settled.cases.len(),
        nameless: settled.keyless,
        left_out: None,
    };
    if let Some(within) = args.within {
        clocks.all.retain(|c| c.working_days_left.is_none_or(|left| left <= within));
    }
    let exit = exit_of(&clocks.all);
    figures::write(
        args.figures.file.as_deref(),
        &[
            ("overdue", clocks.late(|duty| DISCLOSURES.contains(&duty)).to_string()),
            ("takedown_overdue", clocks.late(|duty| duty == Duty::Takedown).to_string()),
        ],
    )?;
    if let Some(role) = args.reader.role() {
        clocks.keep_for(&root, role);
    }
    if args.explain {
        for clock in &mut clocks.all {
            clock.derivation = explain::derivation(&root.law, clock, root.today.day());
        }
    }
    if args.ids_only {
        clocks.all.iter_mut().for_each(Clock::name_by_id);
    }
    write(&root, args, &clocks, terminal.lang)?;
    terminal.result(&match common.format {
        Format::Json => json(&root, &clocks)?,
        Format::Text => text::text(&root, &clocks, terminal.lang),
        Format::Github => text::github(&clocks.all),
        Format::Sarif => sarif::render(&sheet::sheet(&root, &clocks, terminal.lang)),
        Format::Junit => junit::render(&sheet::sheet(&root, &clocks, terminal.lang)),
    })?;
    Ok(exit)
}

/// Cases that are down and that no `verify` has yet seen gone from every target in use.
///
/// # Errors
/// The receipts or the log cannot be read.
fn unproven(root: &Root) -> Result<BTreeSet<CaseId>, Failure> {
    let receipts = Receipts::open(&root.ledger())?;
    let names = root.bureau.targets.iter().map(|target| target.name.as_str());
    match receipts.verified(names) {
        None => Ok(BTreeSet::new()),
        Some(seen) => taken_down_since(&root.ledger(), seen),
    }
}

/// Duties to disclose something by a day the law sets.
const DISCLOSURES: [Duty; 3] = [Duty::Penalty, Duty::Inspection, Duty::AnnualStatistics];

fn exit_of(clocks: &[Clock]) -> Exit {
    let late = |duty: Duty| clocks.iter().any(|c| c.status == Status::Late && c.duty == duty);
    if late(Duty::Takedown) {
        Exit::TakedownOverdue
    } else if DISCLOSURES.into_iter().any(late) {
        Exit::Late
    } else {
        Exit::Done
    }
}

fn json(root: &Root, clocks: &Clocks) -> Result<String, Failure> {
    let waiting = clocks.all.iter().filter(|c| c.waits_for_review).count();
    let mut whole = serde_json::json!({
        "version": 1,
        "as_of": root.today.day(),
        "clocks": clocks.all,
        "waiting_for_review": waiting,
        "waiting_changes": clocks.waiting_changes,
        "held_without_case": clocks.nameless,
    });
    if let Some((role, hidden)) = clocks.left_out {
        whole["for"] = role.word().into();
        whole["hidden"] = hidden.into();
    }
    serde_json::to_string_pretty(&whole)
        .map(|text| text + "\n")
        .map_err(|e| Failure::Internal(format!("clocks do not serialize: {e}")))
}
