//! Reads the clock, once a run, and who runs it: the only place that does.

use crate::diag::Failure;
use crate::law::{Day, Today};

/// Today: the day asked for, else the day in China by the clock.
///
/// # Errors
/// The clock stands before 1970 or beyond what a calendar can say.
pub(super) fn today(asked: Option<Day>) -> Result<Today, Failure> {
    if let Some(day) = asked {
        return Ok(Today::is(day));
    }
    now()
        .and_then(|since| Day::in_china(i64::try_from(since.as_secs()).ok()?))
        .map(Today::is)
        .ok_or_else(|| Failure::Usage {
            zh: "系统时钟不可用，请用 --as-of 指定日期".into(),
            en: "the clock cannot be used; give --as-of".into(),
        })
}

/// A moment of a run, for receipts.
pub(super) struct Moment {
    /// In China's time, as in `2026-02-13T09:30:00+08:00`.
    pub(super) at: String,
    /// Seconds since 1970.
    pub(super) seconds: u64,
}

/// The moment of this run.
///
/// # Errors
/// The clock stands before 1970 or beyond what a calendar can say.
pub(super) fn moment() -> Result<Moment, Failure> {
    let unusable = || Failure::Usage {
        zh: "系统时钟不可用".into(),
        en: "the clock cannot be used".into(),
    };
    let since = now().ok_or_else(unusable)?;
    let day = i64::try_from(since.as_secs()).ok().and_then(Day::in_china).ok_or_else(unusable)?;
    // China's time has no changes within a year: eight hours ahead, always.
    let of_day = (since.as_secs() + 8 * 3600) % 86400;
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    Ok(Moment {
        at: format!("{day}T{hour:02}:{minute:02}:{second:02}+08:00"),
        seconds: since.as_secs(),
    })
}

fn now() -> Option<std::time::Duration> {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    let now = std::time::SystemTime::now();
    now.duration_since(std::time::UNIX_EPOCH).ok()
}

/// The name under which somebody is logged in here.
pub(super) fn user() -> Option<String> {
    ["GONGSHI_BY", "USER", "LOGNAME"]
        .iter()
        .filter_map(|name| super::secret::variable(name))
        .map(|name| name.chars().filter(|c| !c.is_control()).take(40).collect::<String>())
        .find(|name| !name.trim().is_empty())
}
