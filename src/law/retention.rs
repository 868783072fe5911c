//! Retention.
/// Retention.
#[derive(Debug)]
pub(crate) struct Retention;
