//! Looks at what a target shows, as a stranger would: what should stand there stands, in the same bytes; what
//! must not, does not. It tells addresses and never what stands at them.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::Serialize;

use crate::audit::Auditor;
use crate::ledger::Digest;

use super::manifest;
use super::place::is_page;
use super::send::{Built, CLAIM, Reading};
use super::store::ASIDE;
use super::web::{Answer, Web};

/// Where one looks.
pub(crate) enum Eye<'e> {
    /// At an address, as any visitor.
    Visitor(&'e Web),
    /// At the files of a target.
    Files(&'e Reading<'e>),
}

/// What is wrong at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fault {
    /// What was taken down can still be read there.
    StillShown,
    /// Something that was never audited stands there, and holds a form of a personal number.
    PersonalNumber,
    /// The manifest is not that of the built site.
    OtherSite,
    /// A file is not there.
    Missing,
    /// A file has other bytes.
    Differs,
    /// A file of an earlier site is still there.
    LeftOver,
    /// A file of somebody else is there.
    Foreign,
    /// The address does not answer.
    Silent,
    /// A header of an answer is not as advised. Not an error.
    Header,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Found {
    /// What is wrong.
    pub(crate) fault: Fault,
    /// Path below the site's root; of a header, its name.
    pub(crate) path: String,
}

/// What was looked at, and what was found.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Inspection {
    /// Files that were held against the manifest.
    pub(crate) files: u64,
    /// Dead addresses that were asked.
    pub(crate) dead: u64,
    /// Files of earlier sites that were asked for.
    pub(crate) old: u64,
    /// What is wrong, the gravest first.
    pub(crate) found: Vec<Found>,
}

/// What must not stand at a target.
pub(crate) struct Forbidden {
    /// Folders of cases that are not shown.
    pub(crate) dead: BTreeSet<String>,
    /// Files that were taken away.
    pub(crate) gone: BTreeSet<String>,
}

/// What stands at an address.
struct Seen {
    status: u16,
    body: Vec<u8>,
}

impl Inspection {
    /// Whether anything is wrong; headers are advice.
    pub(crate) fn is_clean(&self) -> bool {
        self.found.iter().all(|found| found.fault == Fault::Header)
    }

    /// Files that are not there as they were put there, or are there although they were taken away.
    pub(crate) fn doubtful(&self) -> impl Iterator<Item = &str> {
        let is_so = |found: &&Found| {
            matches!(
                found.fault,
                Fault::Missing | Fault::Differs | Fault::StillShown | Fault::LeftOver
            )
        };
        self.found.iter().filter(is_so).map(|found| found.path.as_str())
    }

    /// Whether something that was taken down can still be read.
    pub(crate) fn shows_the_dead(&self) -> bool {
        self.found.iter().any(|found| found.fault == Fault::StillShown)
    }
}

/// Looks at everything; `listed` are the files of a target, where it can tell them. `auditor` reads what stands
/// there in other bytes than were built. An address that does not answer is a fault.
pub(crate) fn inspect(
    (eye, listed): (&Eye<'_>, &[String]),
    site: &Built,
    forbidden: &Forbidden,
    auditor: &Auditor<'_>,
) -> Inspection {
    let look =
        Look { eye, site, forbidden, auditor, found: Mutex::default(), files: AtomicU64::new(0) };
    look.manifest();
    site.manifest.files.par_iter().for_each(|file| look.file(&file.path, file.sha256));
    let dead: Vec<&String> = forbidden.dead.iter().collect();
    dead.par_iter().for_each(|folder| look.dead(folder));
    let gone = forbidden.gone.iter().filter(|path| site.manifest.digest_of(path).is_none());
    let gone: Vec<&String> = gone.collect();
    gone.par_iter().for_each(|path| look.gone(path));
    look.foreign(listed);
    if let Eye::Visitor(web) = eye {
        look.headers(web);
    }
    let mut found = look.found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort();
    found.dedup();
    let (files, dead, old) = (look.files.into_inner(), dead.len() as u64, gone.len() as u64);
    Inspection { files, dead, old, found }
}

struct Look<'l> {
    eye: &'l Eye<'l>,
    site: &'l Built,
    forbidden: &'l Forbidden,
    auditor: &'l Auditor<'l>,
    found: Mutex<Vec<Found>>,
    files: AtomicU64,
}

impl Look<'_> {
    fn tell(&self, fault: Fault, path: &str) {
        let found = Found { fault, path: path.to_owned() };
        self.found.lock().unwrap_or_else(PoisonError::into_inner).push(found);
    }

    /// What stands at a path; nothing where it does not answer, which is told.
    fn see(&self, path: &str) -> Option<Seen> {
        let seen = match self.eye {
            Eye::Visitor(web) => {
                let address = path.strip_suffix("index.html").unwrap_or(path);
                web.get(address).map(|Answer { status, body, .. }| Seen { status, body })
            }
            Eye::Files(reading) => reading.read(path).map(|body| match body {
                Some(body) => Seen { status: 200, body },
                None => Seen { status: 404, body: Vec::new() },
            }),
        };
        if seen.is_err() {
            self.tell(Fault::Silent, path);
        }
        seen.ok()
    }

    fn manifest(&self) {
        let Some(seen) = self.see(manifest::NAME) else { return };
        if seen.status != 200 || Digest::of(&seen.body) != self.site.digest() {
            self.tell(Fault::OtherSite, manifest::NAME);
        }
    }

    fn file(&self, path: &str, digest: Digest) {
        let Some(seen) = self.see(path) else { return };
        self.files.fetch_add(1, Ordering::Relaxed);
        if Digest::of(&seen.body) == digest && (seen.status == 200 || may_be_refused(path)) {
            return;
        }
        match seen.status {
            404 | 410 if may_be_refused(path) => {}
            404 | 410 if self.is_dead(path) => self.strange(path, &seen.body),
            404 | 410 => self.tell(Fault::Missing, path),
            200..300 => {
                self.tell(
                    if self.is_dead(path) { Fault::StillShown } else { Fault::Differs },
                    path,
                );
                self.strange(path, &seen.body);
            }
            // A server that is down, or sends elsewhere, shows nothing: that is not passed, and no alarm either.
            _ => self.tell(Fault::Silent, path),
        }
    }

    /// Whether a path is the page of a case that is not shown.
    fn is_dead(&self, path: &str) -> bool {
        let folder = path.rfind('/').map_or("", |end| &path[..=end]);
        self.forbidden.dead.contains(folder)
    }

    /// The address of a case that is not shown: gone, or what was built for it.
    fn dead(&self, folder: &str) {
        for name in ["index.html", "index.json"] {
            let path = format!("{folder}{name}");
            // What was built for it is looked at with the other files.
            if self.site.manifest.digest_of(&path).is_none() {
                self.absent(&path, Fault::StillShown);
            }
        }
    }

    fn gone(&self, path: &str) {
        let fault = if self.is_dead(path) { Fault::StillShown } else { Fault::LeftOver };
        self.absent(path, fault);
    }

    fn absent(&self, path: &str, fault: Fault) {
        let Some(seen) = self.see(path) else { return };
        match seen.status {
            404 | 410 => self.strange(path, &seen.body),
            // Some hosts answer every address with a page of theirs: it tells nothing of the case.
            200 if is_page(&seen.body) && !path.ends_with(".html") => {}
            200..300 => {
                self.tell(fault, path);
                self.strange(path, &seen.body);
            }
            _ => self.tell(Fault::Silent, path),
        }
    }

    /// Reads what nobody has audited.
    fn strange(&self, path: &str, body: &[u8]) {
        let text = String::from_utf8_lossy(body);
        if !self.auditor.lines_with_personal_numbers(&text).is_empty() {
            self.tell(Fault::PersonalNumber, path);
        }
    }

    fn foreign(&self, listed: &[String]) {
        let own = |path: &str| {
            path == manifest::NAME
                || path == CLAIM
                || path.starts_with(ASIDE)
                || self.site.manifest.digest_of(path).is_some()
                || self.forbidden.gone.contains(path)
        };
        for path in listed.iter().filter(|path| !own(path)) {
            let fault = if self.is_dead(path) { Fault::StillShown } else { Fault::Foreign };
            self.tell(fault, path);
            if let Some(seen) = self.see(path) {
                self.strange(path, &seen.body);
            }
        }
    }

    fn headers(&self, web: &Web) {
        let Ok(answer) = web.get("") else { return };
        let mut wanted = vec!["content-security-policy", "x-content-type-options", "cache-control"];
        if web.address("").starts_with("https://") {
            wanted.push("strict-transport-security");
        }
        for name in wanted {
            if !answer.headers.contains_key(name) {
                self.tell(Fault::Header, name);
            }
        }
    }
}

/// Pages that a server shows with the answers 404 and 410, and may refuse to show otherwise.
fn may_be_refused(path: &str) -> bool {
    ["404.html", "410.html"].contains(&path)
}
