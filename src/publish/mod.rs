//! Writes: pages aside, then site and ledger together in place, or neither.
//!
//! Only an audited page gets here. A kill at any moment leaves the old site or the new one, whole, and
//! the next run ends what was begun.

mod backup;
mod checkup;
mod inspect;
mod journal;
mod lock;
mod manifest;
mod media;
mod place;
#[cfg(feature = "remote")]
mod remote;
#[cfg(not(feature = "remote"))]
#[path = "remote/absent.rs"]
mod remote;
mod send;
mod staging;
mod store;
mod sweep;
mod web;
mod whole;

pub(crate) use backup::back_up;
pub(crate) use checkup::{leftovers, mend, site_checkup};
pub(crate) use inspect::{Eye, Fault, Forbidden, Inspection, inspect};
pub(crate) use journal::{commit, discard, forget_empty, is_ahead_of, recover, refuse_unended};
pub(crate) use lock::{Lock, Locked};
pub(crate) use manifest::{Change, FileEntry, Manifest};
pub(crate) use media::content_type;
pub(crate) use place::Place;
pub(crate) use remote::open as open_remote;
#[cfg(test)]
pub(crate) use send::CaseFate;
pub(crate) use send::{
    Branch, Built, Difference, Errand, Fate, Generations, Held, Outlet, Reading, Sent, Stands,
    dead_folders, pause,
};
pub(crate) use staging::{SiteStaged, Stage};
pub(crate) use store::Store;
pub(crate) use sweep::{Outside, Sweep};
pub(crate) use web::{Parcel, Web};
pub(crate) use whole::{is_left_aside, put_new, replace};
