//! The working-day calendar: weekends, the yearly holiday notices, make-up days, local extra days.

use super::Day;

/// A deadline with what is known about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    /// The last day on which the duty is still met in time.
    pub(crate) on: Day,
    /// Whether next year's notice may still move it (28 to 31 December, domain 8.3).
    pub(crate) provisional: bool,
}

/// A deadline needs a year for which no holiday notice is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UnknownYear(pub(crate) i32);
/// Working days.
#[derive(Debug)]
pub(crate) struct Calendar;
