//! `gongshi build`: drops in, an audited site out, ledger and site put in place together.

use std::path::Path;

use crate::clearance::TakedownOrder;
use crate::diag::{Exit, Failure, Findings};
use crate::ledger::{NEXT, Settled};
use crate::publish::{self, Lock, SiteStaged};

use super::args::{BuildArgs, Common, FailOn};
use super::pipeline::{self, Cleared};
use super::report;
use super::root::Root;
use super::summary::Summary;
use super::terminal::Terminal;
use super::timings::Timings;

/// Runs the verb.
///
/// # Errors
/// Anything that keeps the site from being written; what stood before stands as it was.
pub(super) fn run(common: &Common, args: &BuildArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut root = Root::open(common)?;
    root.key_file = args.key.clone().or(root.key_file);
    let timings = Timings::new(args.timings);
    let work = Work { root: &root, args, orders: &[], timings: &timings };
    let built = match work.carry_out(terminal) {
        Ok(built) => built,
        Err(failure) => {
            report::failure(&failure, &root, common, terminal)?;
            return Err(failure);
        }
    };
    report::outcome(&built.findings, Some(&built.summary), &root.law, common, terminal)?;
    if args.timings {
        terminal.complain(&timings.table());
    }
    Ok(exit_of(&built, &args.fail_on))
}

fn exit_of(built: &Built, fail_on: &[FailOn]) -> Exit {
    if fail_on.contains(&FailOn::Late) && built.summary.takedowns_overdue > 0 {
        return Exit::TakedownOverdue;
    }
    if fail_on.contains(&FailOn::Late) && built.summary.late > 0 {
        return Exit::Late;
    }
    if fail_on.contains(&FailOn::Held) && built.summary.held + built.summary.waiting_changes > 0 {
        return Exit::Refused;
    }
    Exit::Done
}

/// One build.
pub(super) struct Work<'w> {
    /// The site root.
    pub(super) root: &'w Root,
    /// Its flags.
    pub(super) args: &'w BuildArgs,
    /// Takedown orders given by hand.
    pub(super) orders: &'w [TakedownOrder],
    /// Measures.
    pub(super) timings: &'w Timings,
}

/// A build that was put in place.
pub(super) struct Built {
    /// Everything that was noticed.
    pub(super) findings: Findings,
    /// The figures.
    pub(super) summary: Summary,
}

impl Work<'_> {
    /// Does it, under the lock; on failure nothing of it stays.
    ///
    /// # Errors
    /// Anything that keeps the site from being written.
    pub(super) fn carry_out(&self, terminal: &Terminal) -> Result<Built, Failure> {
        let (ledger, out) = (self.root.ledger(), self.root.out(self.args.out.as_deref()));
        let by_hand = !self.orders.is_empty() && self.args.drops.drops.is_none();
        // A takedown must not wait for a faulty drop.
        let drops = if by_hand { Vec::new() } else { self.root.drops(&self.args.drops)? };
        let fresh = !ledger.exists();
        let lock = Lock::take(&ledger)?;
        if publish::recover(&ledger)? {
            terminal.say(
                "上次运行中断，已先完成其未写完的部分",
                "the last run was interrupted; what it had begun is now complete",
            );
        }
        if publish::is_ahead_of(&out, &ledger) {
            terminal.complain(terminal.word(
                "注意：输出目录中的网站记载的台账比现在的更新或不同。台账如被误删或换成旧的，已撤下的案件会重新公开；请先恢复台账，再重新生成",
                "mind: the site in the output folder states a newer or another ledger. If the ledger was lost or rolled back, taken-down cases come back: restore it and build again",
            ));
        }
        let built = self.build(&drops, &ledger, &out);
        if built.is_err() {
            publish::discard(&ledger, &out);
        }
        drop(lock);
        if fresh && built.is_err() {
            publish::forget_empty(&ledger);
        }
        built
    }

    fn build(
        &self,
        drops: &[crate::clearance::DropFolder],
        ledger: &Path,
        out: &Path,
    ) -> Result<Built, Failure> {
        let aside = ledger.join(NEXT);
        let Cleared { report, mut settled } =
            pipeline::settle(self.root, drops, self.orders, &aside, self.timings)?;
        if self.args.strict && Summary::held_of(&settled) + settled.waiting_changes > 0 {
            let mut findings = report.findings;
            findings.append(settled.findings);
            return Err(Failure::Refused(findings));
        }
        let (site, noticed) =
            pipeline::stage_site(self.root, &mut settled, &report.stores, out, self.timings)?;
        let mut summary = Summary::of(self.root, &report, &settled).with_site(&site);
        summary.not_looked = noticed.not_looked;
        let mut findings = report.findings;
        findings.append(std::mem::take(&mut settled.findings));
        findings.append(noticed.findings);
        self.put_in_place(settled, site)?;
        Ok(Built { findings, summary })
    }

    fn put_in_place(&self, settled: Settled, site: SiteStaged) -> Result<(), Failure> {
        let staged = settled.staged;
        self.timings.stage("swap", || publish::commit(staged, Some(site)))
    }
}
