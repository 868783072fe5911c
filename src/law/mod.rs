//! The law as data: sources, checks, terms, calendar. Loaded once, cross-checked, then only asked.
//!
//! No number that comes from law stands in this program's code; it stands in `data/law/` with its clause.

pub(crate) mod calendar;
mod checks;
mod day;
mod limits;
mod retention;
mod rules;
mod source;
mod term;

pub(crate) use calendar::{Calendar, Due, UnknownYear};
pub(crate) use checks::{CheckRow, Effect};
pub(crate) use day::{Day, Today};
pub(crate) use limits::Limits;
pub(crate) use retention::Retention;
pub(crate) use rules::{Shelf, parse as parse_rules};
pub(crate) use source::{Cite, Source};
pub(crate) use term::{Term, Unit};

/// Everything the stages ask of the law.
pub(crate) struct Law {
    /// Working days.
    pub(crate) calendar: Calendar,
}
