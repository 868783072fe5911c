//! What stands published, and how it came to stand: standings and events.
//!
//! The ledger holds public words only. It is read from one folder and written aside into it; `publish`
//! puts the next state in place together with the site, or not at all.

mod case;
mod chain;
mod checkpoint;
mod checkup;
mod claim;
mod clock;
mod close;
mod correct;
mod defer;
mod delivered;
mod diff;
mod digest;
mod event;
mod line;
pub(crate) mod merkle;
mod note_key;
mod orders;
mod overview;
mod placards;
mod public;
mod receipts;
mod settle;
mod standing;
mod store;
mod tally;
mod telling;
mod transition;
mod version;
mod yearly;
mod years;

use std::path::PathBuf;

pub(crate) use chain::stated_at;
pub(crate) use checkpoint::{Checkpoint, signed_note};
pub(crate) use checkup::{Checkup, checkup};
pub(crate) use close::{APPEND, Settled, close, log_path};
pub(crate) use defer::{taken_down_since, unseen};
pub(crate) use delivered::{Turn, turns};
pub(crate) use digest::{Digest, RunningDigest};
pub(crate) use event::{EventKind, Fault, Head, first_days, repair, verify};
pub(crate) use line::LineHead;
pub(crate) use note_key::{Algorithm, LogKey, PublicKey};
pub(crate) use overview::{Entry, Overview, WrittenFile, YearFigures};
pub(crate) use placards::{Ended, PLACARDS, PlacardBook, Stale, Version};
pub(crate) use public::{PublicEntry, PublicKind, PublicLog, entry, public_log};
pub(crate) use receipts::{Deed, RECEIPTS, Receipt, Receipts};
pub(crate) use settle::Settling;
pub(crate) use standing::{
    Gap, Overtaken, Replacement, Revision, SetAside, Standing, State, Tombstone,
};
pub(crate) use store::{
    EVENTS, Extent, Files, Ledger, NEXT, Slot, read_or_empty, standings_names, verified,
};
pub(crate) use tally::{count, overview, read, states};
pub(crate) use telling::{Occurrence, Telling, tellings};
pub(crate) use transition::Move;
pub(crate) use version::{BACKUP, VERSION, older_form, version_bytes};
pub(crate) use yearly::{FormRow, Identity, TableColumn, Verdict, stands_in};
pub(crate) use years::{Figures, PublishedYear, YEARS, Years};

/// One case of the next state, with where its line can be read.
#[derive(Debug)]
pub(crate) struct Listed {
    /// Its head.
    pub(crate) head: LineHead,
    /// Its line.
    pub(crate) line: Extent,
}

/// The next state of a ledger, written aside in its `.next` folder.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Staged {
    /// The ledger's folder.
    pub(crate) dir: PathBuf,
    /// Files that differ from what stands: standings, and the figures of published years.
    pub(crate) standings: Vec<String>,
    /// Standings files that no case stands in any more.
    pub(crate) emptied: Vec<String>,
    /// Length of the log before.
    pub(crate) log_before: u64,
    /// Length of the log after.
    pub(crate) log_after: u64,
    /// End of the log after.
    pub(crate) head: Head,
}

impl Staged {
    /// Whether the ledger stays as it is.
    pub(crate) fn is_unchanged(&self) -> bool {
        self.standings.is_empty() && self.emptied.is_empty() && self.log_before == self.log_after
    }
}
