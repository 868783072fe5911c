//! What a takedown leaves to do outside the site: files for the web server, and lists for caches and
//! search engines.
//!
//! They are internal, lie in `report/`, and name cases by address only. The lists say what one build
//! changed; builds of one day are taken together, so that none is lost by building again.

mod server;

use std::collections::BTreeSet;
use std::path::Path;

use crate::diag::Failure;
use crate::law::Day;
use crate::ledger::Listed;
use crate::site::{case_folder, notice_folder};
use crate::vocab::CaseId;

use super::manifest::{self, Change, Manifest};
use super::replace;

/// A case whose address is dead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gone {
    /// Its name in addresses.
    name: String,
    /// Folder of the page that its dead address shows: its notice, or what says that its time is over.
    body: String,
}

impl Gone {
    fn of(case: &Listed) -> Option<Self> {
        let head = &case.head;
        let (id, _) = (head.id?, head.died_on()?);
        let body = match head.tombstone {
            Some(_) => notice_folder(id),
            None => case_folder(head.key.kind, head.year(), id),
        };
        Some(Self { name: id.to_string(), body })
    }
}

/// The dead cases of a settled ledger, by name.
fn gone(cases: &[Listed]) -> Vec<Gone> {
    let mut gone: Vec<Gone> = cases.iter().filter_map(Gone::of).collect();
    gone.sort_by(|a, b| a.name.cmp(&b.name));
    gone
}

/// What a build leaves to others, as a plan tells it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Outside {
    /// Files for the web server that get other bytes, below `report/`.
    pub(crate) server_files: Vec<String>,
    /// Paths to delete where the site was copied to.
    pub(crate) delete: Vec<String>,
    /// Addresses to purge from caches.
    pub(crate) purge: Vec<String>,
    /// Addresses, or paths where the site has none, of case pages whose prints are to be recalled.
    pub(crate) recall: Vec<String>,
}

/// What one build takes away and changes, by path below the site's root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sweep {
    servers: Vec<(&'static str, String)>,
    removed: BTreeSet<String>,
    changed: BTreeSet<String>,
    dead: BTreeSet<String>,
    base: Option<String>,
    on: Day,
}

impl Sweep {
    /// What changes from the site in `out` to the one staged in `next`. `base` is the site's address.
    pub(crate) fn of(
        cases: &[Listed],
        (out, next): (&Path, &Path),
        base: Option<&str>,
        on: Day,
    ) -> Self {
        let path = base.and_then(crate::site::path_of).unwrap_or_else(|| "/".to_owned());
        let gone = gone(cases);
        let servers = vec![
            ("gongshi-gone.map.conf", server::nginx_maps(&path, &gone)),
            ("gongshi-gone.server.conf", server::nginx_server(&path)),
            ("gongshi-gone.map.txt", server::apache_map(&path, &gone)),
            ("gongshi-gone.host.conf", server::apache_host(&path)),
            ("gongshi-gone.caddy", server::caddy(&path, &gone)),
            ("gongshi-gone.web.config", server::iis(&path, &gone)),
        ];
        let [removed, changed, dead] = [const { BTreeSet::new() }; 3];
        let mut sweep = Self { servers, removed, changed, dead, base: base.map(str::to_owned), on };
        if let (Some(old), Some(new)) = (Manifest::of(out), Manifest::of(next)) {
            sweep.dead = dead_pages(cases, old.as_of);
            for (path, change) in new.changes_since(Some(&old)) {
                match change {
                    Change::Added => {}
                    Change::Changed => drop(sweep.changed.insert(path.to_owned())),
                    Change::Removed => drop(sweep.removed.insert(path.to_owned())),
                }
            }
            if !(sweep.removed.is_empty() && sweep.changed.is_empty()) {
                sweep.changed.insert(manifest::NAME.to_owned());
            }
        }
        sweep
    }

    /// What of it is to be done outside, next to what lies in `report` already.
    pub(crate) fn outside(&self, report: &Path) -> Outside {
        let is_new = |(name, text): &&(&str, String)| {
            std::fs::read(report.join("server").join(name)).ok().as_deref() != Some(text.as_bytes())
        };
        let servers = self.servers.iter().filter(is_new).map(|(name, _)| format!("server/{name}"));
        Outside {
            server_files: servers.collect(),
            delete: self.removed.iter().cloned().collect(),
            purge: self.addresses().into_iter().collect(),
            recall: self.recall().into_iter().collect(),
        }
    }

    /// Case pages that are gone or say so since this build, as a print of them names them: what was printed
    /// and put up has to come down with the page.
    fn recall(&self) -> BTreeSet<String> {
        let removed = self.removed.iter().filter(|path| is_case_page(path));
        let ended = self.changed.iter().filter(|path| self.dead.contains(*path));
        let shown = |path: &String| {
            self.base.as_ref().map_or_else(|| path.clone(), |base| address(base, path))
        };
        removed.chain(ended).map(shown).collect()
    }

    /// Addresses of what is removed or changed; none where the site's address is unknown.
    fn addresses(&self) -> BTreeSet<String> {
        let Some(base) = &self.base else { return BTreeSet::new() };
        self.removed.union(&self.changed).map(|path| address(base, path)).collect()
    }

    /// Writes all of it below `report`.
    ///
    /// # Errors
    /// The disk is full, or the folder cannot be written.
    pub(crate) fn write(&self, report: &Path) -> Result<(), Failure> {
        let servers = report.join("server");
        for (name, text) in &self.servers {
            replace(&servers.join(name), text.as_bytes())?;
        }
        if self.removed.is_empty() && self.changed.is_empty() {
            return Ok(());
        }
        let folder = report.join("sweep").join(self.on.to_string());
        let removed = with_earlier(&folder.join("delete.txt"), &self.removed);
        replace(&folder.join("delete.txt"), &listed(&removed))?;
        let recalled = with_earlier(&folder.join("recall.txt"), &self.recall());
        replace(&folder.join("recall.txt"), &listed(&recalled))?;
        if let Some(base) = &self.base {
            let mut urls = self.addresses();
            urls.extend(removed.iter().map(|path| address(base, path)));
            let urls = with_earlier(&folder.join("purge.txt"), &urls);
            replace(&folder.join("purge.txt"), &listed(&urls))?;
            let pages: BTreeSet<String> =
                urls.into_iter().filter(|url| url.ends_with('/')).collect();
            replace(&folder.join("indexnow.txt"), &listed(&pages))?;
        }
        Ok(())
    }
}

/// Pages of the cases that went down after the day of the site that stands.
fn dead_pages(cases: &[Listed], stands: Day) -> BTreeSet<String> {
    let dead = cases.iter().filter(|case| case.head.died_on().is_some_and(|day| day > stands));
    dead.filter_map(|Listed { head, .. }| {
        Some(format!("{}index.html", case_folder(head.key.kind, head.year(), head.id?)))
    })
    .collect()
}

/// Whether a path is the page of one case.
fn is_case_page(path: &str) -> bool {
    let folder = path.strip_prefix("shihou/").and_then(|rest| rest.strip_suffix("/index.html"));
    folder
        .and_then(|folder| folder.rsplit('/').next())
        .is_some_and(|id| CaseId::parse(id).is_some())
}

/// The address under which people know a path.
fn address(base: &str, path: &str) -> String {
    format!("{base}{}", path.strip_suffix("index.html").unwrap_or(path))
}

/// The lines of a list that an earlier build of the same day wrote, and these.
fn with_earlier(path: &Path, now: &BTreeSet<String>) -> BTreeSet<String> {
    let earlier = std::fs::read_to_string(path).unwrap_or_default();
    earlier.lines().map(str::to_owned).chain(now.iter().cloned()).collect()
}

fn listed(all: &BTreeSet<String>) -> Vec<u8> {
    all.iter().flat_map(|one| one.bytes().chain(*b"\n")).collect()
}
