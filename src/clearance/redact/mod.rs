//! The wall: the only door from raw to public. Only this room makes a [`ClearText`] or a [`Disclosure`].

mod disclosure;
mod readmit;

pub(crate) use disclosure::{ClearText, Cut, Disclosure, InspectionDisclosure, PenaltyDisclosure};
pub(crate) use readmit::readmit;
