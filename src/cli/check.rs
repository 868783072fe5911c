//! `gongshi check`: everything `build` would find, and nothing written.

use crate::diag::render::Titles as _;
use crate::diag::{Exit, Failure, Severity};
use crate::site::Press;

use super::args::{Common, DropArgs, SummaryArgs};
use super::pipeline;
use super::report;
use super::root::Root;
use super::summary::Summary;
use super::terminal::Terminal;
use super::timings::Timings;

/// Runs the verb: 0 nothing to mend, 1 findings of level error, 3 a date is missed, 5 a takedown is.
///
/// # Errors
/// The drop cannot be read, or must be refused whole.
pub(super) fn run(
    common: &Common,
    (drops, job): (&DropArgs, &SummaryArgs),
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let root = Root::open(common)?;
    let folders = root.drops(drops)?;
    let aside = aside()?;
    let timings = Timings::new(false);
    let checked = pipeline::settle(&root, &folders, &[], aside.path(), &timings)
        .and_then(|cleared| Ok((cleared, Press::new(root.setup(None))?)));
    let (cleared, press) = match checked {
        Ok(checked) => checked,
        Err(failure) => {
            report::failure(&failure, &root, common, terminal)?;
            report::failed_job(job, &failure, &root.law, terminal.lang)?;
            return Err(failure);
        }
    };
    let mut summary = Summary::of(&root, &cleared.report, &cleared.settled);
    summary.not_looked = press.not_looked();
    let mut findings = cleared.report.findings;
    findings.append(cleared.settled.findings);
    findings.append(press.findings().clone());
    report::outcome(&findings, Some(&summary), &root.law, common, terminal)?;
    if let Some(path) = &job.file {
        let sheet = report::sheet(&findings, Some(&summary), &root.law, terminal.lang);
        report::job(path, &sheet, "gongshi check", &report::figures(&summary, terminal.lang))?;
    }
    let worst = findings.iter().map(|f| root.law.severity(f.check)).max();
    Ok(match worst {
        _ if summary.takedowns_overdue > 0 => Exit::TakedownOverdue,
        Some(Severity::Error) => Exit::Refused,
        _ if summary.late > 0 => Exit::Late,
        _ => Exit::Done,
    })
}

/// A folder for what is written aside and thrown away: redacted text only, removed with the run.
pub(super) fn aside() -> Result<tempfile::TempDir, Failure> {
    tempfile::Builder::new()
        .prefix("gongshi-")
        .tempdir()
        .map_err(|cause| Failure::Write { path: std::env::temp_dir(), cause })
}
