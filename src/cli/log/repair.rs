//! Mends an event log whose last line was torn: by order only, with a copy of what was there.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::diag::{Exit, Failure};
use crate::ledger::{log_path, read_or_empty, repair, verify};
use crate::publish::{self, Lock};

use super::super::args::Common;
use super::super::clock;
use super::super::terminal::Terminal;
use super::{broken, say};

/// Shows what is torn; with `yes`, mends it.
///
/// # Errors
/// Damage of another kind, which only a backup mends; or a file cannot be written.
pub(super) fn run(common: &Common, yes: bool, terminal: &Terminal) -> Result<Exit, Failure> {
    let today = clock::today(common.as_of)?.day();
    let dir = common.root.join("ledger");
    let path = log_path(&dir);
    if !path.exists() {
        return Err(broken("没有台账日志", "there is no event log"));
    }
    let _lock = Lock::take(&dir)?;
    if yes {
        publish::recover(&dir)?;
    }
    let log = read_or_empty(&path)?;
    let Err(fault) = verify(&log) else {
        say(
            terminal,
            "台账日志每行完好，无需修复\n",
            "every line of the log holds: nothing to repair\n",
        )?;
        return Ok(Exit::Done);
    };
    let Some(mended) = repair(&log, today) else {
        return Err(broken(
            format!(
                "台账日志第 {} 行的损坏不是末行截断，不能自动修复：请从备份恢复 {}",
                fault.line,
                path.display()
            ),
            format!(
                "line {} of the log is damaged, and not by a cut at its end: restore {} from a backup",
                fault.line,
                path.display()
            ),
        ));
    };
    if !yes {
        say(
            terminal,
            &format!(
                "第 {} 行被截断。修复将保留损坏文件的副本，并把修复记入日志；确认请加 --yes\n",
                fault.line
            ),
            &format!(
                "line {} is torn. Repair keeps a copy of the damaged file and records itself in the log; confirm with --yes\n",
                fault.line
            ),
        )?;
        return Ok(Exit::Refused);
    }
    let copy = keep(&path, &log)?;
    publish::replace(&path, &mended)?;
    say(
        terminal,
        &format!("已修复；损坏的文件留存为 {}。请随后运行 build\n", copy.display()),
        &format!("repaired; the damaged file is kept as {}. Now build\n", copy.display()),
    )?;
    Ok(Exit::Done)
}

/// Writes the damaged bytes under a new name.
fn keep(path: &Path, log: &[u8]) -> Result<PathBuf, Failure> {
    for n in 1.. {
        let copy = path.with_extension(format!("jsonl.damaged-{n}"));
        let fail = |cause| Failure::Write { path: copy.clone(), cause };
        match std::fs::File::options().write(true).create_new(true).open(&copy) {
            Ok(mut out) => {
                out.write_all(log).and_then(|()| out.sync_all()).map_err(fail)?;
                return Ok(copy);
            }
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(cause) => return Err(fail(cause)),
        }
    }
    Err(Failure::Internal("no name is left for a copy".into()))
}
