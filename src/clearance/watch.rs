//! What must not appear: the raw values of one record, folded. It answers where, never what.

/// The raw values of one record, as the audit must not find them. Made by `redact` only.
pub(crate) struct Watch(());

/// A page or a line of output, as a reader or a program could still read it.
pub(crate) struct Reading(());

/// Something private at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// What kind of thing.
    pub(crate) kind: HitKind,
    /// Byte offset in the original.
    pub(crate) offset: usize,
}

/// Kinds of private things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum HitKind {
    /// A name of a natural person.
    Name,
}
