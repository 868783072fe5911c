//! `gongshi calendar`: working days, with their derivation and the source of each year.

mod import;
mod notice;

use crate::diag::{Exit, Failure};
use crate::law::{Calendar, Day, DayKind, Shelf, UnknownYear};
use crate::ledger::Digest;
use crate::vocab::Policy;

use super::args::{CalendarVerb, Common};
use super::terminal::Terminal;

/// Runs the verb. A site root is used where there is one, for local extra days and newer calendars.
///
/// # Errors
/// A year without a published calendar.
pub(super) fn run(
    common: &Common,
    what: &CalendarVerb,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let shelf = Shelf::at(&common.root);
    let policy: Policy = shelf.config("data/policy.yml")?.unwrap_or_default();
    let calendar = Calendar::load(&shelf, &super::root::extra_days(&policy)?)?;
    match what {
        CalendarVerb::Due { date, days, explain } => {
            due(&calendar, (*date, *days), *explain, terminal)
        }
        CalendarVerb::Show { year } => show(&calendar, &file_of(&shelf, *year)?, *year, terminal),
        CalendarVerb::Import(args) => import::run(common, args, terminal),
    }
}

fn due(
    calendar: &Calendar,
    (date, days): (Day, u16),
    explain: bool,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let due = calendar.add_working_days(date, u32::from(days)).map_err(unknown)?;
    terminal.result(&format!("{}\n", due.on))?;
    if due.provisional {
        terminal.say(
            "暂定：年末几日可能因下一年放假安排而变动",
            "provisional: next year's holiday notice may move the last days of December",
        );
    }
    if explain {
        for (i, (day, made_up)) in
            calendar.derivation(date, u32::from(days)).map_err(unknown)?.iter().enumerate()
        {
            let mark = if *made_up {
                terminal.word("  调休上班", "  make-up working day")
            } else {
                ""
            };
            terminal.result(&format!("{:>3}  {day}（周{}）{mark}\n", i + 1, day.weekday_zh()))?;
        }
    }
    Ok(Exit::Done)
}

/// Name and digest of the file a year comes from: two people with the same digest have the same days.
fn file_of(shelf: &Shelf, year: i32) -> Result<String, Failure> {
    let name = format!("law/calendar/{year}.yml");
    let digest = shelf.text(&name)?.map(|text| Digest::of(text.as_bytes()).to_string());
    Ok(format!("data/{name}  SHA-256 {}", digest.unwrap_or_default()))
}

fn show(calendar: &Calendar, file: &str, year: i32, terminal: &Terminal) -> Result<Exit, Failure> {
    let known: Vec<String> = calendar.known_years().map(|y| y.to_string()).collect();
    let days = calendar.days_of_year(year).ok_or_else(|| Failure::State {
        zh: format!("没有 {year} 年的放假安排；已收录：{}", known.join("、")),
        en: format!("no holiday notice for {year}; known: {}", known.join(", ")),
    })?;
    let working = days.iter().filter(|d| d.kind.works()).count();
    let mut out = format!("{year}  {working} {}\n", terminal.word("个工作日", "working days"));
    for day in days {
        let kind = match day.kind {
            DayKind::Holiday => terminal.word("放假", "off"),
            DayKind::MakeUp => terminal.word("调休上班", "make-up working day"),
            DayKind::Working | DayKind::Weekend => continue,
        };
        let name = day.name.unwrap_or_default();
        out.push_str(&format!("{}（周{}）  {kind}  {name}\n", day.day, day.day.weekday_zh()));
    }
    for line in calendar.source(year).iter().flat_map(|s| s.numbers.iter().chain(&s.papers)) {
        out.push_str(&format!("{} {line}\n", terminal.word("依据", "notice")));
    }
    out.push_str(&format!("{} {file}\n", terminal.word("文件", "file")));
    terminal.result(&out)?;
    Ok(Exit::Done)
}

fn unknown(year: UnknownYear) -> Failure {
    Failure::State {
        zh: format!(
            "{} 年的放假安排尚未收录，无法推算；请读入国务院办公厅通知：gongshi calendar import {}.json",
            year.0, year.0
        ),
        en: format!(
            "no holiday notice is known for {0}; read it in: gongshi calendar import {0}.json",
            year.0
        ),
    }
}
