//! What stands published, and how it came to stand: standings and events.

mod overview;
mod standing;

pub(crate) use overview::{Entry, Overview, YearFigures};
pub(crate) use standing::{Revision, Standing, State, Tombstone};
