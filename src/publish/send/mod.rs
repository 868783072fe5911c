//! Sends a built site to where the public reads it, in an order in which nothing that is down stays up.
//!
//! Only files of the manifest travel, and each is held against its digest first: what somebody else put into
//! the output folder never leaves it.

mod branch;
mod claim;
mod difference;
mod generations;
mod held;
mod mirror;
mod outlet;
mod site;
mod steps;
mod zipped;

use crate::diag::Failure;

use super::store::Trouble;

pub(crate) use branch::Branch;
pub(crate) use claim::CLAIM;
#[cfg(test)]
pub(crate) use difference::CaseFate;
pub(crate) use difference::{Difference, Fate};
pub(crate) use generations::Generations;
pub(super) use held::FOLDER as TARGETS;
pub(crate) use held::Held;
pub(crate) use mirror::pause;
pub(crate) use outlet::{Errand, Outlet, Reading};
pub(crate) use site::{Built, Stands};
pub(crate) use steps::dead_folders;

use claim::Claim;
use steps::{Steps, record_of};

#[cfg(test)]
mod tests;

/// What travelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Sent {
    /// Files that were written.
    pub(crate) written: u64,
    /// Their bytes.
    pub(crate) bytes: u64,
    /// Files that were taken away.
    pub(crate) removed: u64,
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self::State { zh: trouble.zh, en: trouble.en }
    }
}
