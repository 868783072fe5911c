//! `gongshi check`: everything `build` would find, and nothing written.

use crate::diag::render::Titles as _;
use crate::diag::{Exit, Failure, Severity};
use crate::site::Press;

use super::args::{Common, DropArgs, FiguresArgs, RoleArgs, SummaryArgs};
use super::figures;
use super::pipeline;
use super::report::{self, Reader};
use super::root::Root;
use super::summary::Summary;
use super::terminal::Terminal;
use super::timings::Timings;
use super::tracked::{self, Asked};
use super::yearly;

/// Runs the verb: 0 nothing to mend, 1 findings of level error, 3 a date is missed, 4 raw exports are committed
/// beside an outside remote, 5 a takedown is missed.
///
/// # Errors
/// The drop cannot be read, or must be refused whole.
pub(super) fn run(
    common: &Common,
    (drops, (job, figures), reader): (&DropArgs, (&SummaryArgs, &FiguresArgs), RoleArgs),
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let root = Root::open(common)?;
    let folders = root.drops(drops)?;
    let aside = aside()?;
    let timings = Timings::new(false);
    let checked =
        pipeline::settle(&root, &folders, &[], aside.path(), &timings).and_then(|cleared| {
            let (_, of_years) = yearly::overview(&root, &cleared.settled)?;
            Ok((cleared, Press::new(root.setup(None))?, of_years))
        });
    let (cleared, press, of_years) = match checked {
        Ok(checked) => checked,
        Err(failure) => {
            report::failure(&failure, &root, common, terminal)?;
            report::folder::write_failed(&root, (job, "check"), &failure, terminal.lang)?;
            report::failed_job(job, &failure, &root, terminal.lang)?;
            return Err(failure);
        }
    };
    let mut summary = Summary::of(&root, &cleared.report, &cleared.settled);
    summary.not_looked = press.not_looked();
    let mut findings = cleared.report.findings;
    findings.append(cleared.settled.findings);
    findings.append(press.findings().clone());
    findings.append(of_years);
    match tracked::ask(&root.dir, &root.drops_folder(drops), &root.policy.own_git_hosts) {
        Asked::Known(found) => findings.append(found),
        Asked::Unknown => terminal.complain(terminal.word(
            "数据批次在版本库中，但无法运行 git，未能检查原始数据是否进了版本库",
            "the drops are in a working tree and git cannot be run: not checked whether it tracks them",
        )),
        Asked::Apart => {}
    }
    let reader = Reader { root: &root, role: reader.role() };
    figures::write(figures.file.as_deref(), &figures::of(&summary))?;
    report::outcome(&findings, Some(&summary), reader, common, terminal)?;
    report::internal((job, "check"), &findings, &summary, reader, terminal.lang)?;
    if let Some(path) = &job.file {
        let sheet = report::sheet(&findings, Some(&summary), reader, terminal.lang);
        report::job(path, &sheet, "gongshi check", &report::figures(&summary, terminal.lang))?;
    }
    let worst = findings.iter().map(|f| root.law.severity(f.check)).max();
    let has = |id: &str| findings.iter().any(|f| f.check == id);
    if has("tracked-drop") && has("exposed-drop") {
        // Raw data that is committed where others can fetch it has left the bureau already.
        return Ok(Exit::Leak);
    }
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
