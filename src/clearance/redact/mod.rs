//! The wall: the only door from raw to public. Only this room makes a [`ClearText`] or a [`Disclosure`].
//!
//! What a record says is private goes first (`people`, `gather`, `known`), then what a form or a
//! label gives away (`numbers`, `patterns`), and at last every written text is read again against
//! the record's watch: what is still there holds the record.

mod address;
mod decide;
mod dictionary;
mod disclosure;
mod discover;
mod facts;
mod forms;
mod freely;
mod gather;
mod homes;
mod known;
mod mask;
mod names;
mod numbers;
mod orders;
mod patterns;
mod pending;
mod people;
mod readmit;
mod redactor;
mod search;
mod secrets;
mod spans;
mod tables;
mod telling;
mod text;
mod write;

pub(crate) use disclosure::{ClearText, Cut, Disclosure, InspectionDisclosure, PenaltyDisclosure};
pub(in crate::clearance) use freely::Cell;
pub(crate) use readmit::readmit;
pub(in crate::clearance) use redactor::{Redacted, Redactor};

#[cfg(test)]
mod tests;
