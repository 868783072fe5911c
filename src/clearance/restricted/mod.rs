//! The restricted sheet of the credit system: public rows, filled up with what identifies the parties, out of the drops
//! and straight into a file that its owner alone can read.
//!
//! Nothing raw leaves this room but by [`FilledSheet::write`]: no reader, no digest, no length, no name of a cell's
//! content. What the rooms above get is a [`RestrictedTally`].

mod book;
mod cell;
mod file;
mod identity;
mod sheet;

pub(crate) use file::refuse_open;
pub(crate) use identity::{Identities, Identity, Whose};
pub(crate) use sheet::{
    FilledSheet, RestrictedColumn, RestrictedRow, RestrictedSheet, RestrictedTally,
};

#[cfg(test)]
mod tests;
