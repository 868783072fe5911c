//! A calendar day. The only hand on `chrono`; no other file names it, and none reads the clock.

use std::fmt;

use chrono::{Datelike as _, NaiveDate, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::diag::{OnDay, SafeWord};

/// One day of the Gregorian calendar, printed `YYYY-MM-DD`. It has no time and no zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(NaiveDate);

impl Day {
    /// The day with this year, month and day of month, or `None` where there is no such day.
    pub(crate) fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    pub(crate) fn iso(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let digits = |range: std::ops::Range<usize>| -> Option<u32> {
            bytes
                .get(range)?
                .iter()
                .try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
        };
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        Self::new(i32::try_from(digits(0..4)?).ok()?, digits(5..7)?, digits(8..10)?)
    }

    /// Reads a spreadsheet's serial day number (1900 system), as in 46027 for 2026-01-05.
    pub(crate) fn from_spreadsheet_serial(serial: u32) -> Option<Self> {
        let base = NaiveDate::from_ymd_opt(1899, 12, 30)?;
        base.checked_add_days(chrono::Days::new(u64::from(serial))).map(Self)
    }

    /// The day of the clock in China at this count of seconds since 1970-01-01T00:00Z.
    pub(crate) fn in_china(unix_seconds: i64) -> Option<Self> {
        const CHINA_IS_AHEAD_BY: i64 = 8 * 60 * 60;
        chrono::DateTime::from_timestamp(unix_seconds.checked_add(CHINA_IS_AHEAD_BY)?, 0)
            .map(|t| Self(t.date_naive()))
    }

    /// Calendar year.
    pub(crate) fn year(self) -> i32 {
        self.0.year()
    }

    /// Month of the year, 1 to 12.
    pub(crate) fn month(self) -> u32 {
        self.0.month()
    }

    /// Day of the month, 1 to 31.
    pub(crate) fn day_of_month(self) -> u32 {
        self.0.day()
    }

    /// Whether it is a Saturday or a Sunday. Says nothing about holidays.
    pub(crate) fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// 一 to 日.
    pub(crate) fn weekday_zh(self) -> &'static str {
        ["一", "二", "三", "四", "五", "六", "日"][self.0.weekday().num_days_from_monday() as usize]
    }

    /// The day after. The last day that can be written stays itself.
    pub(crate) fn next(self) -> Self {
        self.0.succ_opt().map_or(self, Self)
    }

    /// The day before. The first day that can be written stays itself.
    pub(crate) fn before(self) -> Self {
        self.0.pred_opt().map_or(self, Self)
    }

    /// This many calendar days later, or `None` past the end of time.
    pub(crate) fn plus_days(self, days: u32) -> Option<Self> {
        self.0.checked_add_days(chrono::Days::new(u64::from(days))).map(Self)
    }

    /// This many months later; a day that the month lacks becomes its last.
    pub(crate) fn plus_months(self, months: u32) -> Option<Self> {
        self.0.checked_add_months(chrono::Months::new(months)).map(Self)
    }

    /// Calendar days from `self` to `later`; negative when `later` is earlier.
    pub(crate) fn days_until(self, later: Self) -> i64 {
        (later.0 - self.0).num_days()
    }

    /// `2026年2月13日`, for running text.
    pub(crate) fn zh(self) -> String {
        format!("{}年{}月{}日", self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl SafeWord for Day {}

impl From<Day> for OnDay {
    fn from(day: Day) -> Self {
        Self { year: day.year(), month: day.month(), day: day.day_of_month() }
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::iso(&text).ok_or_else(|| serde::de::Error::custom("a day is written YYYY-MM-DD"))
    }
}

/// The day a run takes as today. Made once, in `cli`, from `--as-of` or the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Today(Day);

impl Today {
    /// Declares `day` to be today.
    pub(crate) fn is(day: Day) -> Self {
        Self(day)
    }

    /// The day.
    pub(crate) fn day(self) -> Day {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_takes_one_form_only() {
        assert_eq!(Day::iso("2024-02-29").map(|d| d.to_string()).as_deref(), Some("2024-02-29"));
        for wrong in ["2024-02-30", "2024-2-9", "2024/02/09", "20240209", "２０２４-02-09", ""]
        {
            assert_eq!(Day::iso(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn china_is_eight_hours_ahead() {
        assert_eq!(Day::in_china(1_771_000_000), Day::new(2026, 2, 14));
        assert_eq!(Day::in_china(1_770_998_399), Day::new(2026, 2, 13));
        assert_eq!(Day::from_spreadsheet_serial(46027), Day::new(2026, 1, 5));
    }
}
