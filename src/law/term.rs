//! Terms.
/// A term.
#[derive(Debug)]
pub(crate) struct Term;
/// A unit.
#[derive(Debug)]
pub(crate) enum Unit {}
