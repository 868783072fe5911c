//! `gongshi export`: documents for other channels, out of the ledger and held against the site.

mod credit;
mod index;
mod material;
mod news;
mod outcome;
mod place;
mod push;
mod recall;
mod restricted;
mod signoff;
mod wechat;

use std::path::Path;

use crate::diag::{Exit, Failure};
use crate::ledger::{Ledger, tellings};

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
/// what cannot be done is told, and fails nothing. First of all goes what names a case that is gone.
pub(super) fn after_build(root: &Root, site: &Path, terminal: &Terminal) {
    if !push::is_kept(root) && !recall::is_kept(root) {
        return;
    }
    let tell = |failure: Failure| terminal.complain(&failure.sentence(terminal.lang));
    let read = Ledger::open(&root.ledger())
        .and_then(|ledger| tellings(&root.ledger()).map(|tellings| (ledger, tellings)));
    let known = read.as_ref().ok().map(|(ledger, tellings)| (ledger, tellings.as_slice()));
    push::withdraw(root, known).unwrap_or_else(tell);
    let (ledger, tellings) = match read {
        Ok(read) => read,
        Err(failure) => return tell(failure),
    };
    recall::recall(root, &ledger, terminal).unwrap_or_else(tell);
    push::after_build(root, site, (ledger, &tellings)).unwrap_or_else(tell);
}
