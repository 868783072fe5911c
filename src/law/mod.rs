//! The law as data: sources, checks, terms, calendar. Loaded once, cross-checked, then only asked.
//!
//! No number that comes from law stands in this program's code; it stands in `data/law/` with its clause.

pub(crate) mod calendar;
mod checks;
mod day;
mod explain;
mod holiday;
mod instrument;
mod limits;
mod process;
mod region;
mod rests;
mod rules;
mod source;
mod term;
mod whole;

pub(crate) use calendar::{Calendar, DayKind, Due, UnknownYear, YearSource};
pub(crate) use checks::{CheckRow, Effect, LawOf, Role, Stage};
pub(crate) use day::{Day, Today};
pub(crate) use explain::page as explain;
pub(crate) use instrument::{all as explain_sources, one as explain_source};
pub(crate) use limits::Limits;
pub(crate) use process::{ProcessRules, Scene};
pub(crate) use rules::{
    Shelf, parse as parse_rules, parse_or_line as parse_rules_or_line, written as written_rules,
};
pub(crate) use source::{Cite, Source, Title};
pub(crate) use term::{Span, Term, Unit};
pub(crate) use whole::Law;
