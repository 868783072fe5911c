//! `gongshi serve`: a preview on loopback that follows every change. It changes neither ledger nor site.

mod desk;
mod files;
mod http;
mod stamp;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use notify::Watcher as _;

use crate::diag::{Exit, Failure, Findings};
use crate::publish;

use super::args::{Common, DropArgs};
use super::check::aside;
use super::pipeline::{self, Cleared};
use super::report;
use super::root::Root;
use super::summary::Summary;
use super::terminal::Terminal;
use super::timings::Timings;

use desk::Desk;
use files::Preview;
use http::Counter;
use stamp::Stamp;

/// How long after a change the preview waits for more of them.
const SETTLE: Duration = Duration::from_millis(60);

/// Runs the verb until it is stopped.
///
/// # Errors
/// The first preview cannot be built, or the port is taken.
pub(super) fn run(
    common: &Common,
    drops: &DropArgs,
    port: u16,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let folder = aside()?;
    let counter = Counter { preview: Arc::new(Preview::new()), desk: Arc::new(Desk::new()) };
    // Watched before anything is read: a change during the first build must show, too.
    let mut changes = Changes::watch(common, drops)?;
    let kept = RefCell::default();
    let job = Job { common, drops, folder: folder.path(), counter: &counter, terminal, kept };
    job.rebuild()?;
    let server = http::serve(counter.clone(), port)?;
    terminal.complain(&format!(
        "{} http://127.0.0.1:{}/  {}",
        terminal.word("预览", "preview"),
        server.port(),
        terminal.word("按 Ctrl-C 结束", "Ctrl-C to stop"),
    ));
    job.follow(&mut changes)
}

/// Changes of the site root and the drops, from when it was made.
struct Changes {
    told: mpsc::Receiver<()>,
    /// Tells as long as it lives.
    watcher: notify::RecommendedWatcher,
    /// What is watched already.
    paths: BTreeSet<PathBuf>,
}

impl Changes {
    /// Begins to watch.
    ///
    /// # Errors
    /// The system cannot watch a folder.
    fn watch(common: &Common, drops: &DropArgs) -> Result<Self, Failure> {
        let (tell, told) = mpsc::channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|e| !e.kind.is_access()) {
                // The receiver lives as long as the watcher.
                let _ = tell.send(());
            }
        })
        .map_err(|e| Failure::Internal(format!("cannot watch for changes: {e}")))?;
        let mut changes = Self { told, watcher, paths: BTreeSet::new() };
        // The root by itself, without what lies below: there a folder appears that was not there before.
        changes.add(common.root.clone(), notify::RecursiveMode::NonRecursive)?;
        changes.catch_up(common, drops)?;
        Ok(changes)
    }

    /// Watches, too, what has appeared since.
    ///
    /// # Errors
    /// The system cannot watch a folder.
    fn catch_up(&mut self, common: &Common, drops: &DropArgs) -> Result<(), Failure> {
        let all = watched(common, drops);
        // A folder that went away and came again is another one.
        self.paths.retain(|path| path.exists());
        all.into_iter().try_for_each(|path| self.add(path, notify::RecursiveMode::Recursive))
    }

    fn add(&mut self, path: PathBuf, mode: notify::RecursiveMode) -> Result<(), Failure> {
        if self.paths.contains(&path) {
            return Ok(());
        }
        self.watcher
            .watch(&path, mode)
            .map_err(|e| Failure::Internal(format!("cannot watch {}: {e}", path.display())))?;
        self.paths.insert(path);
        Ok(())
    }
}

/// What is built again and again.
struct Job<'j> {
    common: &'j Common,
    drops: &'j DropArgs,
    /// Where builds are written aside.
    folder: &'j Path,
    counter: &'j Counter,
    terminal: &'j Terminal,
    /// What the drops came to, kept while they and the rules stay as they are: a change of prose or theme
    /// prints and audits every page anew, and clears nothing twice.
    kept: RefCell<Option<(Stamp, Rc<Cleared>)>>,
}

impl Job<'_> {
    /// Builds the preview anew, puts it on show and tells what was found. A faulty change is told, too, and
    /// the old preview stays.
    fn rebuild(&self) -> Result<(), Failure> {
        let (desk, lang) = (&self.counter.desk, self.terminal.lang);
        let root =
            Root::open(self.common).inspect_err(|failure| desk.tell_broken(failure, lang))?;
        let (aside, out) = (self.folder.join("aside"), self.folder.join("public"));
        let done = self.build(&root, &aside, &out);
        // The pages are in memory now; what was cleared stays in the folder of this run.
        publish::discard(&aside, &out);
        match done {
            Ok((summary, findings)) => {
                desk.tell(&root, &findings, None, lang);
                self.terminal.say(&summary.zh(), &summary.en());
                Ok(())
            }
            Err(failure) => {
                let none = Findings::new();
                desk.tell(&root, failure.findings().unwrap_or(&none), Some(&failure), lang);
                report::failure(&failure, &root, self.common, self.terminal)?;
                Err(failure)
            }
        }
    }

    fn build(&self, root: &Root, aside: &Path, out: &Path) -> Result<(Summary, Findings), Failure> {
        let timings = Timings::new(false);
        let cleared = self.cleared(root, aside, &timings)?;
        let stores = &cleared.report.stores;
        let (site, noticed) = pipeline::stage_site(root, &cleared.settled, stores, out, &timings)?;
        let summary = Summary::of(root, &cleared.report, &cleared.settled);
        let base = root.bureau.base_url.as_deref();
        self.counter.preview.show(&site.dir, &cleared.settled, base)?;
        let mut findings = cleared.report.findings.clone();
        findings.append(cleared.settled.findings.clone());
        findings.append(noticed.findings);
        Ok((summary, findings))
    }

    /// What the drops come to, settled with the ledger: what is kept, where nothing that it rests on changed.
    fn cleared(
        &self,
        root: &Root,
        aside: &Path,
        timings: &Timings,
    ) -> Result<Rc<Cleared>, Failure> {
        let drops = root.drops(self.drops)?;
        let stamp = Stamp::of(root, &drops);
        if let Some((known, cleared)) = self.kept.take().filter(|(known, _)| *known == stamp) {
            self.kept.replace(Some((known, Rc::clone(&cleared))));
            return Ok(cleared);
        }
        // What was written aside is redacted text in a folder of this run; it begins anew.
        let _ = std::fs::remove_dir_all(aside);
        let cleared = Rc::new(pipeline::settle(root, &drops, &[], aside, timings)?);
        self.kept.replace(Some((stamp, Rc::clone(&cleared))));
        Ok(cleared)
    }

    /// Waits for changes of the site root and the drops.
    fn follow(&self, changes: &mut Changes) -> Result<Exit, Failure> {
        while changes.told.recv().is_ok() {
            while changes.told.recv_timeout(SETTLE).is_ok() {}
            changes.catch_up(self.common, self.drops)?;
            if let Err(failure) = self.rebuild() {
                self.terminal.complain(&failure.sentence(self.terminal.lang));
            }
        }
        Ok(Exit::Done)
    }
}

fn watched(common: &Common, drops: &DropArgs) -> Vec<PathBuf> {
    let own = ["content", "themes", "data", "drops", "site.yml"];
    own.iter()
        .map(|name| common.root.join(name))
        .chain(drops.drops.clone())
        .filter(|path| path.exists())
        .collect()
}
