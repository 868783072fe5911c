//! `gongshi reinstate`: sets a takedown aside; the case is published again from its next export.

use crate::diag::{Exit, Failure};
use crate::vocab::Act;

use super::args::{Common, ReinstateArgs};
use super::order::{self, Meant};
use super::root::Root;
use super::terminal::Terminal;

/// Runs the verb.
///
/// # Errors
/// No such case, one that is not down, a date that cannot be, or a build that fails.
pub(super) fn run(
    common: &Common,
    args: &ReinstateArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let root = Root::open(common)?;
    let meant = Meant::find(&root, &args.id)?;
    let order = meant.order(&root, (Act::Reinstate, "reinstate"), &args.order)?;
    order::carry_out((&root, common), order, &args.order, terminal)
}
