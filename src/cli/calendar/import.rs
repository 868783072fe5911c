//! `gongshi calendar import`: takes a new year's notice into the site root, and tells what it moves.

use std::path::Path;

use crate::clearance::CaseKind;
use crate::diag::{Exit, Failure, Lang};
use crate::law::{Calendar, Day};
use crate::ledger::{Ledger, LineHead, State};
use crate::publish;

use super::super::args::{Common, ImportArgs};
use super::super::root::{Root, extra_days};
use super::super::terminal::Terminal;
use super::notice::Notice;

/// Runs the verb.
///
/// # Errors
/// A file that cannot be read, a notice that cannot be right, a year that is there already.
pub(super) fn run(
    common: &Common,
    args: &ImportArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let root = Root::open(common)?;
    let text = std::fs::read_to_string(&args.file)
        .map_err(|cause| Failure::Read { path: args.file.clone(), cause })?;
    // A notice comes out in the year before its own.
    let latest = root.today.day().year() + 1;
    let notice = Notice::read(&text, &args.number, latest).map_err(|(zh, en)| Failure::Usage {
        zh: format!("{}：{zh}", args.file.display()),
        en: format!("{}: {en}", args.file.display()),
    })?;
    let (file, yaml) = (notice.file(), notice.yaml());
    let extra = extra_days(&root.policy)?;
    let new = Calendar::load_with(&root.shelf, &extra, Some((&file, &yaml)))?;
    let path = root.dir.join("data").join(&file);
    let mut out = format!(
        "{} {}\n",
        notice.year,
        terminal.word("年放假安排（* 为调休上班）", "(* make-up days)")
    );
    notice.overview().iter().for_each(|line| out.push_str(&format!("  {line}\n")));
    out.push_str(&moved(&root, &new, terminal.lang)?);
    terminal.result(&out)?;
    put(&path, &yaml, args.yes)?;
    terminal.say(
        &format!(
            "已写入 {}；请两人对照通知逐日核对：gongshi calendar show {}",
            path.display(),
            notice.year
        ),
        &format!(
            "{} written; let two people compare it with the notice: gongshi calendar show {}",
            path.display(),
            notice.year
        ),
    );
    if notice.numbers.is_empty() {
        terminal.say(
            "没有记文号；可加 --number 国办发明电〔YYYY〕N号 重新读入",
            "the notice's number is not recorded; read it again with --number",
        );
    }
    Ok(Exit::Done)
}

/// Writes the file; one that stands there with other words is replaced only when asked.
fn put(path: &Path, yaml: &str, yes: bool) -> Result<(), Failure> {
    let stands = std::fs::read(path).ok();
    if stands.as_deref() == Some(yaml.as_bytes()) {
        return Ok(());
    }
    if stands.is_some() && !yes {
        return Err(Failure::State {
            zh: format!("{} 已存在，未改动；确要替换请加 --yes", path.display()),
            en: format!("{} exists and was left alone; replace it with --yes", path.display()),
        });
    }
    publish::replace(path, yaml.as_bytes())
}

/// Which running deadlines of the ledger the new calendar moves.
fn moved(root: &Root, new: &Calendar, lang: Lang) -> Result<String, Failure> {
    if !root.ledger().exists() {
        return Ok(match lang {
            Lang::Zh => "没有台账，未比较进行中的期限\n".into(),
            Lang::En => "there is no ledger: running clocks were not compared\n".into(),
        });
    }
    let ledger = Ledger::open(&root.ledger())?;
    let held = ledger.slots.iter().map(|slot| &slot.head).filter(|h| h.state == State::Held);
    let (mut running, mut lines) = (0_usize, Vec::new());
    for head in held {
        running += 1;
        let (old, new) = (due(root, &root.law.calendar, head), due(root, new, head));
        if old != new {
            let (old, new) = (told(old, lang), told(new, lang));
            lines.push(format!("  {}  {old} → {new}\n", head.key.number));
        }
    }
    let count = lines.len();
    let head = match lang {
        Lang::Zh => format!("台账中进行中的期限 {running} 项，变动 {count} 项\n"),
        Lang::En => format!("{running} running clocks in the ledger, {count} moved\n"),
    };
    Ok(head + &lines.concat())
}

/// Last day and whether it is provisional; none where no day can be told.
fn due(root: &Root, calendar: &Calendar, head: &LineHead) -> Option<(Day, bool)> {
    let term = match head.key.kind {
        CaseKind::Penalty => "penalty-disclosure",
        CaseKind::Inspection => "inspection-disclosure",
    };
    let due = root.law.term(term)?.due(calendar, head.count.on?).ok()?;
    Some((due.on, due.provisional))
}

fn told(due: Option<(Day, bool)>, lang: Lang) -> String {
    match (due, lang) {
        (None, Lang::Zh) => "待定".into(),
        (None, Lang::En) => "unknown".into(),
        (Some((day, false)), _) => day.to_string(),
        (Some((day, true)), Lang::Zh) => format!("{day}（暂定）"),
        (Some((day, true)), Lang::En) => format!("{day} (provisional)"),
    }
}
