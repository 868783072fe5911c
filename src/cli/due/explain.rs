//! How the last day of a clock was found: day 0, every counted working day, the notices used.

use crate::diag::Lang;
use crate::law::{Day, Law, Span, Unit, YearSource};

use super::clock::{Clock, Duty, Status};

/// A working day that was counted.
#[derive(Debug, serde::Serialize)]
pub(super) struct Counted {
    day: Day,
    /// A notice makes it a working day (调休上班).
    make_up: bool,
}

/// The derivation of a last day.
#[derive(Debug, serde::Serialize)]
pub(in crate::cli) struct Derivation {
    /// Id of the term; none where the day itself is given.
    term: Option<&'static str>,
    /// The sentence of the term, in both languages.
    #[serde(skip)]
    rule: (String, String),
    /// The clauses it rests on, in Chinese.
    basis: String,
    /// Counted working days, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    counted: Vec<Counted>,
    /// Holiday notices of the years that were counted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notices: Vec<YearSource>,
    /// A year that is needed and has no notice.
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown_year: Option<i32>,
    /// The last working day before a last day that is a rest day.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_working_day: Option<Day>,
}

/// How the day of `clock` was found.
pub(super) fn derivation(law: &Law, clock: &Clock, today: Day) -> Option<Derivation> {
    let calendar = &law.calendar;
    let Some(term) = clock.duty.term().and_then(|id| law.term(id)) else {
        return Some(given(clock.duty));
    };
    let mut derivation = Derivation {
        term: clock.duty.term(),
        rule: (
            format!("{}：{}起{}", term.zh, term.from, term.span_zh()),
            format!("{}: {} from the day that starts it", term.en, term.span_en()),
        ),
        basis: law.basis(&term.cites, clock.since.unwrap_or(today).into(), Lang::Zh),
        counted: Vec::new(),
        notices: Vec::new(),
        unknown_year: None,
        last_working_day: None,
    };
    let Some(since) = clock.since else { return Some(derivation) };
    match term.span {
        Span::Within { length, unit: Unit::WorkingDay } => {
            match calendar.derivation(since, length) {
                Ok(days) => {
                    let counted = days.into_iter().map(|(day, make_up)| Counted { day, make_up });
                    derivation.counted = counted.collect();
                    let last = derivation.counted.last().map_or(since, |c| c.day);
                    let years = since.next().year()..=last.year();
                    derivation.notices =
                        years.filter_map(|year| calendar.source(year).cloned()).collect();
                }
                Err(unknown) => derivation.unknown_year = Some(unknown.0),
            }
        }
        Span::Within { .. } | Span::By { .. } => {
            let rest = clock.due.filter(|due| calendar.is_known_rest_day(*due));
            derivation.last_working_day =
                rest.and_then(|due| calendar.last_working_day_before(due).ok());
            derivation.notices = clock
                .due
                .and_then(|due| calendar.source(due.year()).cloned())
                .into_iter()
                .collect();
            if derivation.notices.is_empty() {
                derivation.unknown_year = clock.due.map(Day::year);
            }
        }
    }
    Some(derivation)
}

/// The derivation of a day that nobody has to count.
fn given(duty: Duty) -> Derivation {
    let (zh, en) = if duty == Duty::Certificate {
        ("执法证载明的有效期，见 data/staff.yml", "the last day stated in data/staff.yml")
    } else {
        ("数据中的公示截止期", "the last day of disclosure as the export states it")
    };
    Derivation {
        term: None,
        rule: (zh.into(), en.into()),
        basis: String::new(),
        counted: Vec::new(),
        notices: Vec::new(),
        unknown_year: None,
        last_working_day: None,
    }
}

impl Derivation {
    /// The derivation for people, indented below its clock.
    pub(super) fn text(&self, clock: &Clock, lang: Lang) -> String {
        let mut lines = vec![match lang {
            Lang::Zh => self.rule.0.clone(),
            Lang::En => self.rule.1.clone(),
        }];
        if !self.basis.is_empty() {
            lines.push(format!("{}{}", word(lang, "依据  ", "basis  "), self.basis));
        }
        lines.extend(self.start(clock, lang));
        for (n, counted) in (1..).zip(&self.counted) {
            let mark = if counted.make_up {
                word(lang, "  调休上班", "  make-up working day")
            } else {
                ""
            };
            lines.push(format!("{n:>3}  {}{mark}", dated(counted.day, lang)));
        }
        lines.extend(self.notices.iter().map(|source| notice(source, lang)));
        lines.extend(self.cautions(clock, lang));
        lines.into_iter().map(|line| format!("      {line}\n")).collect()
    }

    fn start(&self, clock: &Clock, lang: Lang) -> Option<String> {
        self.term?;
        Some(match (clock.since, lang) {
            (Some(day), Lang::Zh) => format!("  0  {}  当日不计", dated(day, lang)),
            (Some(day), Lang::En) => format!("  0  {}  not counted", dated(day, lang)),
            (None, Lang::Zh) => "起算日未知，无法推算".into(),
            (None, Lang::En) => "the day it starts from is not known: no day can be found".into(),
        })
    }

    fn cautions(&self, clock: &Clock, lang: Lang) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(day) = self.last_working_day {
            let head = word(
                lang,
                "末日是休息日；此前最后一个工作日 ",
                "the last day is a rest day; the last working day before it is ",
            );
            lines.push(format!("{head}{}", dated(day, lang)));
        }
        if let Some(year) = self.unknown_year {
            lines.push(match (clock.status, lang) {
                (Status::Unknown, Lang::Zh) => {
                    format!("{year} 年的放假安排尚未收录，不按周末推算；请从严掌握，尽早办理")
                }
                (Status::Unknown, Lang::En) => {
                    format!("no holiday notice is known for {year}; it is never guessed: act early")
                }
                (_, Lang::Zh) => format!("{year} 年的放假安排尚未收录，末日前的工作日数不详"),
                (_, Lang::En) => {
                    format!(
                        "no holiday notice is known for {year}: working days left are not counted"
                    )
                }
            });
        }
        if clock.provisional {
            let text = word(
                lang,
                "暂定：年末几日可能因下一年放假安排而变动",
                "provisional: next year's holiday notice may move the last days of December",
            );
            lines.push(text.into());
        }
        if let Some(was) = clock.was_due {
            let head = word(lang, "台账记载的是 ", "the ledger holds ");
            let tail = word(lang, "，放假安排有变动", ": the calendar has changed since");
            lines.push(format!("{head}{was}{tail}"));
        }
        lines
    }
}

fn notice(source: &YearSource, lang: Lang) -> String {
    let year = source.year;
    let named = if source.numbers.is_empty() { &source.papers } else { &source.numbers };
    match lang {
        Lang::Zh => format!("放假安排  {year} 年：{}", named.join("、")),
        Lang::En => format!("notice  {year}: {}", named.join(", ")),
    }
}

fn dated(day: Day, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{day}（周{}）", day.weekday_zh()),
        Lang::En => day.to_string(),
    }
}

fn word<'w>(lang: Lang, zh: &'w str, en: &'w str) -> &'w str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
