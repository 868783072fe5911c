//! `gongshi build`: drops in, an audited site out, ledger and site put in place together.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::clearance::{Report, TakedownOrder};
use crate::diag::{Exit, Failure, Finding, Findings, Lang};
use crate::ledger::{self, NEXT, PLACARDS, Settled, VERSION, YEARS};
use crate::publish::{self, Lock, SiteStaged, Sweep};

use super::args::{BuildArgs, Common, FailOn};
use super::export;
use super::figures;
use super::pipeline::{self, Cleared};
use super::report::{self, Reader};
use super::root::Root;
use super::summary::Summary;
use super::terminal::Terminal;
use super::timings::Timings;
use super::yearly;

/// Runs the verb.
///
/// # Errors
/// Anything that keeps the site from being written; what stood before stands as it was.
pub(super) fn run(common: &Common, args: &BuildArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut root = Root::open(common)?;
    root.key_file = args.key.clone().or(root.key_file);
    let timings = Timings::new(args.timings);
    let work = Work { root: &root, args, orders: &[], extra: None, timings: &timings };
    let built = match work.carry_out(terminal) {
        Ok(built) => built,
        Err(failure) => {
            report::failure(&failure, &root, common, terminal)?;
            return Err(failure);
        }
    };
    let reader = Reader { root: &root, role: args.reader.role() };
    if args.figures.file.is_some() {
        let mut lines = figures::of(&built.summary);
        lines.push(figures::manifest(&root.out(args.out.as_deref()))?);
        figures::write(args.figures.file.as_deref(), &lines)?;
    }
    report::outcome(&built.findings, Some(&built.summary), reader, common, terminal)?;
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
    /// A file of corrections that no drop holds yet, with the drop it belongs to.
    pub(super) extra: Option<(Arc<str>, PathBuf)>,
    /// Measures.
    pub(super) timings: &'w Timings,
}

/// A next state, written aside.
struct Next {
    report: Report,
    settled: Settled,
    site: SiteStaged,
    noticed: &'static [&'static str],
    findings: Findings,
}

/// A build that was put in place.
pub(super) struct Built {
    /// Everything that was noticed.
    pub(super) findings: Findings,
    /// The figures.
    pub(super) summary: Summary,
    /// What is left to do at the web server and with search engines.
    sweep: Sweep,
}

impl Work<'_> {
    /// Does it, under the lock; on failure nothing of it stays.
    ///
    /// # Errors
    /// Anything that keeps the site from being written.
    pub(super) fn carry_out(&self, terminal: &Terminal) -> Result<Built, Failure> {
        let (ledger, out) = (self.root.ledger(), self.root.out(self.args.out.as_deref()));
        report::folder::refuse_site(self.root, &out)?;
        let drops = self.sources()?;
        let fresh = !ledger.exists();
        let lock = Lock::take(&ledger)?;
        self.recover(terminal)?;
        if publish::is_ahead_of(&out, &ledger) {
            terminal.complain(terminal.word(
                "注意：输出目录中的网站记载的台账比现在的更新或不同。台账如被误删或换成旧的，已撤下的案件会重新公开；请先恢复台账，再重新生成",
                "mind: the site in the output folder states a newer or another ledger. If the ledger was lost or rolled back, taken-down cases come back: restore it and build again",
            ));
        }
        if let Some(kept) = publish::back_up(&ledger)? {
            terminal.complain(&match terminal.lang {
                Lang::Zh => {
                    format!("台账由旧格式写成，写入新格式之前已原样备份到 {}", kept.display())
                }
                Lang::En => format!(
                    "the ledger has an older form; it was kept as it was in {}",
                    kept.display()
                ),
            });
        }
        let built = self.build(&drops, &ledger, &out);
        match &built {
            Ok(built) => {
                export::after_build(self.root, &out, terminal);
                self.leave_sweep(&built.sweep, terminal);
            }
            Err(_) => publish::discard(&ledger, &out),
        }
        drop(lock);
        if fresh && built.is_err() {
            publish::forget_empty(&ledger);
        }
        built
    }

    /// Makes the next state aside, lets `look` compare it with what stands, and throws it away.
    ///
    /// # Errors
    /// What would keep a build from being written, or what `look` returns.
    pub(super) fn rehearse<T>(
        &self,
        terminal: &Terminal,
        look: impl FnOnce(&Settled, &SiteStaged) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let (ledger, out) = (self.root.ledger(), self.root.out(self.args.out.as_deref()));
        let drops = self.sources()?;
        let fresh = !ledger.exists();
        let lock = Lock::take(&ledger)?;
        let looked = self
            .recover(terminal)
            .and_then(|()| self.stage(&drops, &ledger, &out))
            .and_then(|next| look(&next.settled, &next.site));
        publish::discard(&ledger, &out);
        drop(lock);
        if fresh {
            publish::forget_empty(&ledger);
        }
        looked
    }

    /// Ends what an interrupted run had begun, as that run would have ended it. The caller holds the lock.
    fn recover(&self, terminal: &Terminal) -> Result<(), Failure> {
        if publish::recover(&self.root.ledger())? {
            terminal.say(
                "上次运行中断，已先完成其未写完的部分",
                "the last run was interrupted; what it had begun is now complete",
            );
            export::after_build(self.root, &self.root.out(self.args.out.as_deref()), terminal);
        }
        Ok(())
    }

    /// The drops to read. A takedown must not wait for a faulty one.
    fn sources(&self) -> Result<Vec<crate::clearance::DropFolder>, Failure> {
        let by_hand = !self.orders.is_empty() && self.args.drops.drops.is_none();
        if by_hand {
            return Ok(Vec::new());
        }
        let mut drops = self.root.drops(&self.args.drops)?;
        if let Some((name, path)) = &self.extra {
            let own = drops.iter_mut().filter(|drop| drop.name == *name);
            own.for_each(|drop| drop.corrections.push(path.clone()));
        }
        Ok(drops)
    }

    fn build(
        &self,
        drops: &[crate::clearance::DropFolder],
        ledger: &Path,
        out: &Path,
    ) -> Result<Built, Failure> {
        let Next { report, settled, site, noticed, findings } = self.stage(drops, ledger, out)?;
        let mut summary = Summary::of(self.root, &report, &settled).with_site(&site);
        summary.not_looked = noticed;
        let sweep = self.sweep(&settled, &site);
        self.put_in_place(settled, site)?;
        Ok(Built { findings, summary, sweep })
    }

    fn stage(
        &self,
        drops: &[crate::clearance::DropFolder],
        ledger: &Path,
        out: &Path,
    ) -> Result<Next, Failure> {
        let aside = ledger.join(NEXT);
        let Cleared { report, mut settled } =
            pipeline::settle(self.root, drops, self.orders, &aside, self.timings)?;
        self.refuse_unlawful(&settled)?;
        if self.args.strict && Summary::held_of(&settled) + settled.waiting_changes > 0 {
            let mut findings = report.findings;
            findings.append(settled.findings);
            return Err(Failure::Refused(findings));
        }
        let (site, noticed) =
            pipeline::stage_site(self.root, &settled, &report.stores, out, self.timings)?;
        let mut report = report;
        let mut findings = std::mem::take(&mut report.findings);
        findings.append(std::mem::take(&mut settled.findings));
        findings.append(noticed.findings);
        yearly::keep((YEARS, &noticed.years.bytes()?), &aside, &mut settled)?;
        yearly::keep((PLACARDS, &noticed.placards.bytes()?), &aside, &mut settled)?;
        yearly::keep((VERSION, &ledger::version_bytes()?), &aside, &mut settled)?;
        Ok(Next { report, settled, site, noticed: noticed.not_looked, findings })
    }

    /// An order given by hand that the case's state does not admit stops the run; a row of a drop is told.
    fn refuse_unlawful(&self, settled: &Settled) -> Result<(), Failure> {
        let by_hand = |f: &&Finding| self.orders.iter().any(|order| order.place == f.place);
        let Some(found) = settled.findings.iter().find(by_hand) else { return Ok(()) };
        let reason = |lang| found.note.as_ref().map_or_else(String::new, |note| note.text(lang));
        Err(Failure::State {
            zh: format!("未执行（{}）：{}", found.check, reason(Lang::Zh)),
            en: format!("not done ({}): {}", found.check, reason(Lang::En)),
        })
    }

    /// The site stands already: a report folder that cannot be written is told, and fails nothing.
    fn leave_sweep(&self, sweep: &Sweep, terminal: &Terminal) {
        let written = report::folder::open(self.root).and_then(|folder| {
            let servers = !sweep.outside(&folder).server_files.is_empty();
            sweep.write(&folder).map(|()| servers)
        });
        match written {
            Ok(true) => terminal.say(
                "失效地址有变动：请换上 report/server/ 中的服务器文件，按 report/sweep/ 清理副本和缓存",
                "dead addresses have changed: put the files of report/server/ in place, and clear copies and caches by report/sweep/",
            ),
            Ok(false) => {}
            Err(failure) => terminal.complain(&failure.sentence(terminal.lang)),
        }
    }

    /// What this build leaves to do at the web server and with search engines.
    fn sweep(&self, settled: &Settled, site: &SiteStaged) -> Sweep {
        let base = self.root.bureau.base_url.as_deref();
        Sweep::of(&settled.cases, (&site.out, &site.dir), base, self.root.today.day())
    }

    fn put_in_place(&self, settled: Settled, site: SiteStaged) -> Result<(), Failure> {
        let staged = settled.staged;
        self.timings.stage("swap", || publish::commit(staged, Some(site)))
    }
}
