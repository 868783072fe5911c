//! Terms: how long a duty may take, in which kind of day, and from which event.
//!
//! The three kinds of time never mix: working days, calendar days, hours (domain 10.1).

use serde::Deserialize;

use crate::diag::Failure;

use super::{Calendar, Cite, Day, Due, UnknownYear};

/// What a term counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Unit {
    /// 工作日.
    WorkingDay,
    /// 自然日.
    CalendarDay,
    /// 小时.
    Hour,
    /// 个月.
    Month,
}

impl Unit {
    /// The unit in Chinese.
    pub(crate) const fn zh(self) -> &'static str {
        match self {
            Self::WorkingDay => "个工作日",
            Self::CalendarDay => "日（自然日）",
            Self::Hour => "小时",
            Self::Month => "个月",
        }
    }

    /// The unit in English.
    pub(crate) const fn en(self) -> &'static str {
        match self {
            Self::WorkingDay => "working days",
            Self::CalendarDay => "calendar days",
            Self::Hour => "hours",
            Self::Month => "months",
        }
    }
}

/// The reach of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Span {
    /// So much time after the event.
    Within {
        /// How many.
        length: u32,
        /// Of what.
        unit: Unit,
    },
    /// By this day of the year after the event's year.
    By {
        /// Month.
        month: u32,
        /// Day of the month.
        day: u32,
    },
}

/// One row of `data/law/terms.yml`.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    /// Id.
    pub(crate) id: String,
    /// What has to be done, in Chinese.
    pub(crate) zh: String,
    /// The same in English.
    pub(crate) en: String,
    /// How long it may take.
    pub(crate) span: Span,
    /// The event that starts it, as the law names it.
    pub(crate) from: String,
    /// Where it stands.
    pub(crate) cites: Vec<Cite>,
    /// Whether the length is the product's own choice where the law says only "promptly".
    pub(crate) own_choice: bool,
}

impl Term {
    /// The last day for a duty whose event was on `event` (day 0).
    ///
    /// A term in hours ends, by days, on the last day that its hours can reach.
    ///
    /// # Errors
    /// A year that has to be counted has no holiday notice.
    pub(crate) fn due(&self, calendar: &Calendar, event: Day) -> Result<Due, UnknownYear> {
        let beyond = UnknownYear(event.year() + 1);
        let fixed = |on: Option<Day>| on.map(|on| Due { on, provisional: false }).ok_or(beyond);
        match self.span {
            Span::Within { length, unit: Unit::WorkingDay } => {
                calendar.add_working_days(event, length)
            }
            Span::Within { length, unit: Unit::CalendarDay } => fixed(event.plus_days(length)),
            Span::Within { length, unit: Unit::Hour } => {
                fixed(event.plus_days(length.div_ceil(24)))
            }
            Span::Within { length, unit: Unit::Month } => fixed(event.plus_months(length)),
            Span::By { month, day } => fixed(Day::new(event.year() + 1, month, day)),
        }
    }

    /// How many hours, where the term is in hours.
    pub(crate) fn hours(&self) -> Option<u32> {
        match self.span {
            Span::Within { length, unit: Unit::Hour } => Some(length),
            Span::Within { .. } | Span::By { .. } => None,
        }
    }

    /// The length in Chinese: 7个工作日, 1月31日前.
    pub(crate) fn span_zh(&self) -> String {
        match self.span {
            Span::Within { length, unit } => format!("{length}{}", unit.zh()),
            Span::By { month, day } => format!("次年{month}月{day}日前"),
        }
    }

    /// The length in English.
    pub(crate) fn span_en(&self) -> String {
        match self.span {
            Span::Within { length, unit } => format!("{length} {}", unit.en()),
            Span::By { month, day } => format!("by {month:02}-{day:02} of the next year"),
        }
    }
}

/// A row as its file holds it: either `length` and `unit`, or `by`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TermRow {
    id: String,
    zh: String,
    en: String,
    #[serde(default)]
    length: Option<u32>,
    #[serde(default)]
    unit: Option<Unit>,
    #[serde(default)]
    by: Option<String>,
    from: String,
    cites: Vec<Cite>,
    #[serde(default)]
    own_choice: bool,
}

impl TermRow {
    /// The term, or what is wrong with the row.
    pub(super) fn into_term(self, file: &str) -> Result<Term, Failure> {
        let span = match (self.length, self.unit, self.by.as_deref().map(month_and_day)) {
            (Some(length), Some(unit), None) => Span::Within { length, unit },
            (None, None, Some(Some((month, day)))) => Span::By { month, day },
            _ => {
                let message = format!("term {}: needs length and unit, or by: MM-DD", self.id);
                return Err(Failure::Rule { file: file.into(), message });
            }
        };
        let Self { id, zh, en, from, cites, own_choice, .. } = self;
        Ok(Term { id, zh, en, span, from, cites, own_choice })
    }
}

fn month_and_day(text: &str) -> Option<(u32, u32)> {
    let (month, day) = text.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    Day::new(2001, month, day).map(|_| (month, day)) // A day that every year has.
}
