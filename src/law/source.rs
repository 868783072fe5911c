//! Sources.
/// A citation.
#[derive(Debug)]
pub(crate) struct Cite;
/// A source.
#[derive(Debug)]
pub(crate) struct Source;
