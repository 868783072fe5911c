//! The only room where raw data exists. A drop goes in; disclosures, holds and a watch come out.
//!
//! The inner rooms are private: `record → watch → intake → process, vet → review → redact → restricted`, each using those before it.
//! Nothing here prints, reads the clock, or shows a parser's own message: such messages echo the cell.

mod filter;
mod fold;
mod intake;
mod process;
mod record;
mod redact;
mod restricted;
mod review;
mod rules;
mod run;
mod vet;
mod watch;

pub(crate) use filter::{Filter, Tally};
pub(crate) use intake::{
    CorrectionNote, DropFolder, bears_classification_mark, find_drops, in_order,
};
pub(crate) use record::{CaseKind, RecordKey};
pub(crate) use redact::{
    ClearText, Cut, Disclosure, InspectionDisclosure, PenaltyDisclosure, readmit,
};
pub(crate) use restricted::{
    RestrictedColumn, RestrictedRow, RestrictedSheet, RestrictedTally, Whose, refuse_open,
};
pub(crate) use review::{Decision, Entry, Item, RecordDigest, ReviewKey, Reviews, Screen, Verdict};
pub(crate) use rules::Rules;
pub(crate) use run::alone::Rows;
pub(crate) use run::{ClearedRecord, Clearing, Count, Fate, Queue, Report, TakedownOrder};
pub(crate) use watch::{HitKind, Reading, Watch};
