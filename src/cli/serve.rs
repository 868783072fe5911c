//! `gongshi serve`: a preview on loopback that follows every change. It changes neither ledger nor site.

mod files;
mod http;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use notify::Watcher as _;
use tower_livereload::{LiveReloadLayer, Reloader};

use crate::diag::{Exit, Failure};
use crate::publish;

use super::args::{Common, DropArgs};
use super::check::aside;
use super::pipeline;
use super::report;
use super::root::Root;
use super::summary::Summary;
use super::terminal::Terminal;
use super::timings::Timings;

use files::Preview;

/// How long after a change the preview waits for more of them.
const SETTLE: Duration = Duration::from_millis(120);

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
    let preview = Arc::new(Preview::new());
    // Watched before anything is read: a change during the first build must show, too.
    let changes = Changes::watch(common, drops)?;
    rebuild(common, drops, folder.path(), &preview, terminal)?;
    let layer = LiveReloadLayer::new();
    let reloader = layer.reloader();
    let server = http::serve(Arc::clone(&preview), layer, port)?;
    terminal.complain(&format!(
        "{} http://127.0.0.1:{}/  {}",
        terminal.word("预览", "preview"),
        server.port(),
        terminal.word("按 Ctrl-C 结束", "Ctrl-C to stop"),
    ));
    follow(common, drops, folder.path(), (&preview, &reloader, &changes), terminal)
}

/// Changes of the site root and the drops, from when it was made.
struct Changes {
    told: mpsc::Receiver<()>,
    /// Tells as long as it lives.
    _watcher: notify::RecommendedWatcher,
}

impl Changes {
    /// Begins to watch.
    ///
    /// # Errors
    /// The system cannot watch a folder.
    fn watch(common: &Common, drops: &DropArgs) -> Result<Self, Failure> {
        let (tell, told) = mpsc::channel();
        let mut watcher =
            notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                if event.is_ok_and(|e| !e.kind.is_access()) {
                    // The receiver lives as long as the watcher.
                    let _ = tell.send(());
                }
            })
            .map_err(|e| Failure::Internal(format!("cannot watch for changes: {e}")))?;
        for path in watched(common, drops) {
            watcher
                .watch(&path, notify::RecursiveMode::Recursive)
                .map_err(|e| Failure::Internal(format!("cannot watch {}: {e}", path.display())))?;
        }
        Ok(Self { told, _watcher: watcher })
    }
}

/// Builds the preview anew and puts it on show.
fn rebuild(
    common: &Common,
    drops: &DropArgs,
    folder: &Path,
    preview: &Preview,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let root = Root::open(common)?;
    let (aside, out) = (folder.join("aside"), folder.join("public"));
    let timings = Timings::new(false);
    let work = || -> Result<Summary, Failure> {
        let mut cleared = pipeline::settle(&root, &root.drops(drops)?, &[], &aside, &timings)?;
        let (site, _) = pipeline::stage_site(
            &root,
            &mut cleared.settled,
            &cleared.report.stores,
            &out,
            &timings,
        )?;
        let summary = Summary::of(&root, &cleared.report, &cleared.settled);
        preview.show(&site.dir, &cleared.settled, root.bureau.base_url.as_deref())?;
        Ok(summary)
    };
    let done = work();
    // What was written aside is redacted text in a folder of this run; the next build begins anew.
    publish::discard(&aside, &out);
    let _ = std::fs::remove_dir_all(&aside);
    match done {
        Ok(summary) => terminal.say(&summary.zh(), &summary.en()),
        Err(failure) => {
            report::failure(&failure, &root, common, terminal)?;
            return Err(failure);
        }
    }
    Ok(())
}

/// Waits for changes of the site root and the drops; a faulty change is told and the old preview stays.
fn follow(
    common: &Common,
    drops: &DropArgs,
    folder: &Path,
    (preview, reloader, changes): (&Preview, &Reloader, &Changes),
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    while changes.told.recv().is_ok() {
        while changes.told.recv_timeout(SETTLE).is_ok() {}
        match rebuild(common, drops, folder, preview, terminal) {
            Ok(()) => reloader.reload(),
            Err(failure) => terminal.complain(&failure.sentence(terminal.lang)),
        }
    }
    Ok(Exit::Done)
}

fn watched(common: &Common, drops: &DropArgs) -> Vec<PathBuf> {
    let own = ["content", "themes", "data", "drops", "site.yml"];
    own.iter()
        .map(|name| common.root.join(name))
        .chain(drops.drops.clone())
        .filter(|path| path.exists())
        .collect()
}
