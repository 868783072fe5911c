//! The table of checks.
/// A row.
#[derive(Debug)]
pub(crate) struct CheckRow;
/// What a finding of a check does to its record.
#[derive(Debug)]
pub(crate) enum Effect {}
