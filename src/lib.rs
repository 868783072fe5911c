//! The module tree of `gongshi`. Its public face is [`run`] and what benches and fuzz targets need.
//!
//! Rooms stand on floors (see `ARCHITECTURE.md`): a room uses the rooms below it, never one above.

mod audit;
mod clearance;
mod cli;
mod diag;
mod law;
mod ledger;
mod publish;
mod site;
mod vocab;

pub use cli::run;
#[doc(hidden)]
pub use cli::{Indexing, Vetting, VettingRows, redact_lines};
