//! The clocks as a sheet, for SARIF, JUnit and the job summary: one rule a duty.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::render::{Level, Outcome, Rule, Sheet, Titles as _};
use crate::diag::{Lang, Place, Severity};
use crate::law::Day;

use super::super::root::Root;
use super::Clocks;
use super::clock::{Clock, Duty, Status};

/// The sheet of all clocks.
pub(super) fn sheet(root: &Root, clocks: &Clocks, lang: Lang) -> Sheet {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let outcome = |clock: &Clock| {
        let mut mark = mark(clock);
        let times = seen.entry(mark.clone()).or_default();
        *times += 1;
        if *times > 1 {
            mark.push_str(&format!(":{times}"));
        }
        // A clock stands in no file, and services want one: the site's own, or the list of officers.
        let on_staff = clock.duty == Duty::Certificate;
        let file: Arc<str> = if on_staff { "data/staff.yml" } else { "site.yml" }.into();
        Outcome {
            rule: clock.duty.id().to_owned(),
            level: level(clock),
            message: message(clock, lang),
            shape: None,
            basis: basis(root, clock.duty, clock.since, lang),
            place: Some(Place::File { file }),
            mark,
        }
    };
    Sheet {
        rules: Duty::ALL.iter().map(|duty| rule(root, *duty, lang)).collect(),
        outcomes: clocks.all.iter().map(outcome).collect(),
        unchecked: unchecked(root, clocks, lang),
        complete: true,
        lang,
    }
}

/// Duties that could not be judged, or not for every case.
fn unchecked(root: &Root, clocks: &Clocks, lang: Lang) -> BTreeMap<String, String> {
    let text = |zh: &str, en: &str| Some(if lang == Lang::Zh { zh } else { en }.to_owned());
    let none_of = |duty: Duty| clocks.all.iter().all(|clock| clock.duty != duty);
    let is_others = |duty: Duty| {
        clocks.left_out.is_some_and(|(role, _)| !duty.roles(&root.law).contains(&role))
    };
    let reason = |duty: Duty| match duty {
        _ if is_others(duty) => {
            text("归其他岗位处理，此处不列", "for other roles: not listed here")
        }
        Duty::Certificate if root.staff.is_empty() => {
            text("没有人员名单，未判定", "there is no list of officers: not judged")
        }
        Duty::AnnualStatistics if none_of(duty) => text(
            "不在提醒期内，是否已经公开未判定",
            "out of season: whether they are disclosed is not judged",
        ),
        Duty::Certificate | Duty::AnnualStatistics => None,
        _ if clocks.cases == 0 => text("没有任何案件，未判定", "there is no case: not judged"),
        Duty::Penalty | Duty::Inspection if clocks.nameless > 0 => text(
            "有的记录读不出是哪一案，其期限未判定",
            "some records do not say which case they are: their clocks are not judged",
        ),
        _ => None,
    };
    Duty::ALL.into_iter().filter_map(|duty| Some((duty.id().to_owned(), reason(duty)?))).collect()
}

/// What is over is an error where the law sets the day; what runs is told, and what nobody can say is open.
/// That a disclosure ends is nobody's fault.
fn level(clock: &Clock) -> Level {
    let own_choice =
        matches!(clock.duty, Duty::TakedownOther | Duty::Correction | Duty::Certificate);
    match clock.status {
        _ if clock.duty == Duty::Expiry => Level::Notice,
        Status::Late if own_choice => Level::Warning,
        Status::Late => Level::Error,
        Status::Near => Level::Soon,
        Status::Running => Level::Notice,
        Status::Unknown => Level::Open,
    }
}

/// The clauses of a duty's term, by the law of the day it counts from.
fn basis(root: &Root, duty: Duty, since: Option<Day>, lang: Lang) -> String {
    let on = since.unwrap_or(root.today.day()).into();
    let term = duty.term().and_then(|id| root.law.term(id));
    term.map_or_else(String::new, |term| root.law.basis(&term.cites, on, lang))
}

fn rule(root: &Root, duty: Duty, lang: Lang) -> Rule {
    let law = &root.law;
    let term = duty.term().and_then(|id| law.term(id));
    let looks_for = term.map_or_else(String::new, |term| match lang {
        Lang::Zh => format!("{}：{}起{}", term.zh, term.from, term.span_zh()),
        Lang::En => format!("{}: {} from the day that starts it", term.en, term.span_en()),
    });
    let title = law.title(duty.id(), lang).unwrap_or(duty.word(lang)).to_owned();
    Rule {
        id: duty.id().to_owned(),
        group: "due",
        looks_for: if looks_for.is_empty() { title.clone() } else { looks_for },
        title,
        remedy: law.remedy(duty.id(), lang).unwrap_or(fallback(duty, lang)).to_owned(),
        basis: basis(root, duty, None, lang),
        severity: Severity::Warning,
    }
}

fn fallback(duty: Duty, lang: Lang) -> &'static str {
    match (duty, lang) {
        (Duty::Expiry, Lang::Zh) => "期满后的下一次生成会撤去该页，无需手工处理。",
        (Duty::Expiry, Lang::En) => "The next build after the last day removes the page by itself.",
        (_, Lang::Zh) => "尽快生成并发布网站。",
        (_, Lang::En) => "Build and publish the site soon.",
    }
}

/// Status, duty, what and day. A name of an officer stays out: reports of this form travel.
fn message(clock: &Clock, lang: Lang) -> String {
    let due = clock.due.map_or_else(|| "—".to_owned(), |d| d.to_string());
    let what = if clock.duty == Duty::Certificate { "" } else { clock.what.as_str() };
    let (status, duty) = (clock.status.word(lang), clock.duty.word(lang));
    let line = match lang {
        Lang::Zh => format!("{duty}（{status}）最后期限 {due} {what}"),
        Lang::En => format!("{duty} ({status}), last day {due} {what}"),
    };
    line.trim_end().to_owned()
}

/// Duty and days of a clock: nothing of the case.
fn mark(clock: &Clock) -> String {
    let day = |day: Option<Day>| day.map_or_else(|| "-".to_owned(), |d| d.to_string());
    format!("{}:{}:{}", clock.duty.id(), day(clock.since), day(clock.due))
}
