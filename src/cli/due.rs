//! `gongshi due`: every clock that runs, with its last lawful day.

use crate::clearance::{CaseKind, RecordKey};
use crate::diag::{Exit, Failure, Lang};
use crate::law::{Calendar, Day};
use crate::ledger::{Settled, State};

use super::args::{Common, DropArgs, Format};
use super::check::aside;
use super::pipeline;
use super::report;
use super::root::Root;
use super::terminal::Terminal;
use super::timings::Timings;

/// Working days before a last day from which a clock is called near.
const NEAR: u32 = 3;
/// Calendar days before the end of a certificate or a disclosure from which it is told.
const AHEAD: u32 = 30;

/// What a clock is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
enum Duty {
    Takedown,
    Penalty,
    Inspection,
    AnnualStatistics,
    Expiry,
    Certificate,
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Late,
    Near,
    Running,
    /// The year of the last day has no calendar yet.
    Unknown,
}

/// One clock.
#[derive(Debug, serde::Serialize)]
struct Clock {
    status: Status,
    duty: Duty,
    due: Option<Day>,
    working_days_left: Option<u32>,
    since: Option<Day>,
    what: String,
}

/// Runs the verb: 0 nothing is late, 3 a date is missed, 5 a takedown is overdue.
///
/// # Errors
/// The drop cannot be read, or must be refused whole.
pub(super) fn run(
    common: &Common,
    drops: &DropArgs,
    within: Option<u32>,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let root = Root::open(common)?;
    let folders = root.drops(drops)?;
    let aside = aside()?;
    let settled = pipeline::settle(&root, &folders, &[], aside.path(), &Timings::new(false))
        .map(|cleared| cleared.settled)
        .inspect_err(|failure| {
            // The failure itself is told by the caller; a closed output adds nothing to it.
            let _ = report::failure(failure, &root, common, terminal);
        })?;
    let mut clocks = clocks(&root, &settled);
    if let Some(within) = within {
        clocks.retain(|c| c.working_days_left.is_none_or(|left| left <= within));
    }
    terminal.result(&match common.format {
        Format::Json => json(&root, &clocks)?,
        Format::Text => text(&root, &clocks, terminal.lang),
        Format::Github => github(&clocks),
    })?;
    Ok(exit_of(&clocks))
}

fn exit_of(clocks: &[Clock]) -> Exit {
    let late = |duty: Duty| clocks.iter().any(|c| c.status == Status::Late && c.duty == duty);
    if late(Duty::Takedown) {
        Exit::TakedownOverdue
    } else if [Duty::Penalty, Duty::Inspection, Duty::AnnualStatistics].into_iter().any(late) {
        Exit::Late
    } else {
        Exit::Done
    }
}

fn clocks(root: &Root, settled: &Settled) -> Vec<Clock> {
    let (today, calendar) = (root.today.day(), &root.law.calendar);
    let clock = |duty, since: Option<Day>, due: Option<Day>, what: String| {
        let (status, left) = status(calendar, today, due);
        Clock { status, duty, due, working_days_left: left, since, what }
    };
    let disclosure = |key: &RecordKey| match key.kind {
        CaseKind::Penalty => Duty::Penalty,
        CaseKind::Inspection => Duty::Inspection,
    };
    let mut clocks = Vec::new();
    for (key, due) in &settled.news.published {
        clocks.push(clock(disclosure(key), None, *due, key.number.clone()));
    }
    for (key, due) in &settled.news.taken_down {
        clocks.push(clock(Duty::Takedown, None, *due, key.number.clone()));
    }
    for head in settled.cases.iter().map(|c| &c.head) {
        match (head.state, head.until) {
            (State::Held, _) if head.count.on.is_some() => {
                clocks.push(clock(disclosure(&head.key), head.count.on, head.due_on, head.key.number.clone()));
            }
            (State::Published, Some(until)) if today.plus_days(AHEAD).is_some_and(|d| until <= d) => {
                clocks.push(clock(Duty::Expiry, head.published_on, Some(until), head.key.number.clone()));
            }
            _ => {}
        }
    }
    for officer in root.staff.iter().filter(|o| o.may_be_shown_on(today) || o.certified_on(today) == Some(false)) {
        if let Some(until) = officer.certificate_until
            && officer.status == crate::vocab::OfficerStatus::Active
            && today.plus_days(AHEAD).is_some_and(|d| until <= d)
        {
            clocks.push(clock(Duty::Certificate, officer.certificate_from, Some(until), officer.name.clone()));
        }
    }
    clocks.extend(statistics(root).map(|(year, due)| clock(Duty::AnnualStatistics, None, Some(due), year.to_string())));
    clocks.sort_by(|a, b| (a.status, a.due, a.duty, &a.what).cmp(&(b.status, b.due, b.duty, &b.what)));
    clocks
}

/// The annual statistics, told from the December before their last day until that day.
fn statistics(root: &Root) -> Option<(i32, Day)> {
    let today = root.today.day();
    let year = if today.month() == 12 { today.year() } else { today.year() - 1 };
    let year_end = Day::new(year, 12, 31)?;
    let due = root.law.term("annual-statistics")?.due(&root.law.calendar, year_end).ok()?.on;
    (today <= due && today.month() != 11).then_some((year, due))
}

fn status(calendar: &Calendar, today: Day, due: Option<Day>) -> (Status, Option<u32>) {
    let Some(due) = due else { return (Status::Unknown, None) };
    if due < today {
        return (Status::Late, None);
    }
    match calendar.count_working_days(today, due) {
        Ok(left) if left <= NEAR => (Status::Near, Some(left)),
        Ok(left) => (Status::Running, Some(left)),
        Err(_) => (Status::Running, None),
    }
}

fn json(root: &Root, clocks: &[Clock]) -> Result<String, Failure> {
    let whole = serde_json::json!({
        "version": 1, "as_of": root.today.day(), "clocks": clocks,
    });
    serde_json::to_string_pretty(&whole)
        .map(|text| text + "\n")
        .map_err(|e| Failure::Internal(format!("clocks do not serialize: {e}")))
}

fn text(root: &Root, clocks: &[Clock], lang: Lang) -> String {
    let today = root.today.day();
    if clocks.is_empty() {
        return match lang {
            Lang::Zh => format!("截至 {today}，没有进行中的期限\n"),
            Lang::En => format!("as of {today} no clock is running\n"),
        };
    }
    let mut out = match lang {
        Lang::Zh => format!("截至 {today}（周{}）共 {} 项期限\n", today.weekday_zh(), clocks.len()),
        Lang::En => format!("{} clocks as of {today}\n", clocks.len()),
    };
    for clock in clocks {
        let due = clock.due.map_or_else(|| "—".to_owned(), |d| d.to_string());
        let left = clock.working_days_left.map_or_else(String::new, |n| match lang {
            Lang::Zh => format!("余 {n} 个工作日"),
            Lang::En => format!("{n} working days left"),
        });
        let (status, duty) = words(clock, lang);
        out.push_str(&format!("{} {due:<10}  {} {}  {left}\n", pad(status, 6), pad(duty, 14), clock.what));
    }
    out
}

fn words(clock: &Clock, lang: Lang) -> (&'static str, &'static str) {
    let status = match (clock.status, lang) {
        (Status::Late, Lang::Zh) => "逾期",
        (Status::Near, Lang::Zh) => "临近",
        (Status::Running, Lang::Zh) => "进行中",
        (Status::Unknown, Lang::Zh) => "待定",
        (Status::Late, Lang::En) => "late",
        (Status::Near, Lang::En) => "near",
        (Status::Running, Lang::En) => "runs",
        (Status::Unknown, Lang::En) => "open",
    };
    let duty = match (clock.duty, lang) {
        (Duty::Takedown, Lang::Zh) => "撤下",
        (Duty::Penalty, Lang::Zh) => "处罚决定公示",
        (Duty::Inspection, Lang::Zh) => "抽查结果公示",
        (Duty::AnnualStatistics, Lang::Zh) => "年度统计",
        (Duty::Expiry, Lang::Zh) => "公示期满",
        (Duty::Certificate, Lang::Zh) => "执法证到期",
        (Duty::Takedown, Lang::En) => "takedown",
        (Duty::Penalty, Lang::En) => "penalty",
        (Duty::Inspection, Lang::En) => "inspection",
        (Duty::AnnualStatistics, Lang::En) => "statistics",
        (Duty::Expiry, Lang::En) => "expiry",
        (Duty::Certificate, Lang::En) => "certificate",
    };
    (status, duty)
}

fn github(clocks: &[Clock]) -> String {
    let mut out = String::new();
    for clock in clocks.iter().filter(|c| matches!(c.status, Status::Late | Status::Near)) {
        let level = if clock.status == Status::Late { "error" } else { "warning" };
        let (status, duty) = words(clock, Lang::Zh);
        let due = clock.due.map_or_else(String::new, |d| d.to_string());
        out.push_str(&format!("::{level} title={duty}{status}::{} {due}\n", clock.what));
    }
    out
}

/// Pads to a width in columns, in which a Han character takes two.
fn pad(text: &str, width: usize) -> String {
    let taken = unicode_width::UnicodeWidthStr::width(text);
    format!("{text}{}", " ".repeat(width.saturating_sub(taken)))
}
