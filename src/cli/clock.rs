//! Reads the clock, once a run: the only place that does.

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
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    let now = std::time::SystemTime::now();
    now.duration_since(std::time::UNIX_EPOCH)
        .ok()
        .and_then(|since| Day::in_china(i64::try_from(since.as_secs()).ok()?))
        .map(Today::is)
        .ok_or_else(|| Failure::Usage {
            zh: "系统时钟不可用，请用 --as-of 指定日期".into(),
            en: "the clock cannot be used; give --as-of".into(),
        })
}
