//! Limits.
/// Limits.
#[derive(Debug)]
pub(crate) struct Limits;
