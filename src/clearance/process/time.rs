//! A moment with its hour, in China. Terms in hours cannot be told by days (domain 10.1).

use serde::{Deserialize, Deserializer};

use crate::clearance::intake;
use crate::law::Day;

/// A moment, in seconds since 1970-01-01 00:00 in China. Compared and subtracted, never shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::clearance) struct Moment(i64);

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Moment {
    /// Reads `2026-03-01 09:30`, with seconds or with `T` where someone writes them. A day alone is no
    /// moment.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (day, clock) = text.trim().split_once([' ', 'T'])?;
        Self::on(Day::iso(day)?, clock)
    }

    /// Reads a moment as a spreadsheet writes it: `2026/3/1 9:30`, with full-width marks too.
    pub(super) fn of_a_table(text: &str) -> Option<Self> {
        let text: String = text.trim().replace('：', ":").replace('\u{3000}', " ");
        let (date, clock) = text.split_once([' ', 'T'])?;
        let clock = clock.trim();
        let hour = if clock.find(':') == Some(1) { "0" } else { "" };
        Self::on(intake::day(date)?, &format!("{hour}{clock}"))
    }

    fn on(day: Day, clock: &str) -> Option<Self> {
        let day = Day::new(1970, 1, 1)?.days_until(day);
        let mut parts = clock.split(':').map(two_digits);
        let (hour, minute) = (parts.next()??, parts.next()??);
        let second = parts.next().map_or(Some(0), |s| s)?;
        let is_clock = hour < 24 && minute < 60 && second < 60 && parts.next().is_none();
        is_clock.then(|| Self(day * DAY + hour * HOUR + minute * MINUTE + second))
    }

    /// So many minutes later.
    pub(super) fn plus_minutes(self, minutes: u32) -> Self {
        Self(self.0.saturating_add(i64::from(minutes) * MINUTE))
    }

    /// So many hours later.
    pub(super) fn plus_hours(self, hours: u32) -> Self {
        Self(self.0.saturating_add(i64::from(hours) * HOUR))
    }
}

fn two_digits(text: &str) -> Option<i64> {
    let is_two = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    is_two.then(|| text.parse().ok())?
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("no moment"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_its_hour() {
        let at = |text| Moment::parse(text);
        for wrong in ["2026-03-01", "2026-03-01 9:30", "2026-03-01 24:00", "2026-02-30 09:00", ""] {
            assert!(at(wrong).is_none(), "{wrong}");
        }
        for same in ["2026/3/6 9:30", "2026-03-06 09:30:00", "2026年3月6日 9：30", "20260306 09:30"]
        {
            assert!(Moment::of_a_table(same) == at("2026-03-06 09:30"), "{same}");
        }
        assert!(Moment::of_a_table("2026/3/6").is_none() && Moment::of_a_table("9:30").is_none());
        let end = at("2026-03-06 17:30").expect("a moment");
        // Friday to Saturday: hours run over weekends.
        assert!(end.plus_hours(24) == at("2026-03-07T17:30:00").expect("a moment"));
        assert!(end.plus_hours(24) < at("2026-03-07 17:31").expect("a moment"));
        assert!(end.plus_minutes(31) > at("2026-03-06 18:00").expect("a moment"));
    }
}
