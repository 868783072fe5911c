//! `gongshi export`: documents for other channels, out of the ledger and held against the site.

mod credit;
mod material;
mod news;
mod place;
mod push;
mod restricted;
mod signoff;
mod told;
mod wechat;

use std::path::Path;

use crate::diag::{Exit, Failure};

use super::args::{Common, ExportVerb};
use super::root::Root;
use super::terminal::Terminal;

/// Runs the verb.
///
/// # Errors
/// As the channels tell.
pub(super) fn run(
    common: &Common,
    what: &ExportVerb,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    match what {
        ExportVerb::Credit(args) if args.restricted => restricted::run(common, args, terminal),
        ExportVerb::Credit(args) => credit::run(common, args, terminal),
        ExportVerb::Push(args) => push::run(common, args, terminal),
        ExportVerb::Wechat(args) => wechat::run(common, args, terminal),
        ExportVerb::Board(args) => news::board(common, args, terminal),
        ExportVerb::Digest(args) => news::digest(common, args, terminal),
        ExportVerb::Signoff(args) => signoff::run(common, args, terminal),
    }
}

/// Brings what was prepared for other channels in step with a ledger that has just changed. The site stands already:
/// what cannot be done is told, and fails nothing.
pub(super) fn after_build(root: &Root, site: &Path, terminal: &Terminal) {
    if let Err(failure) = push::after_build(root, site) {
        terminal.complain(&failure.sentence(terminal.lang));
    }
}
