//! The preview's files in memory, swapped as one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use walkdir::WalkDir;

use crate::diag::Failure;
use crate::ledger::{LineHead, Settled};
use crate::publish::content_type;
use crate::site::{case_folder, path_of};

/// What is on show.
pub(super) struct Preview(RwLock<Arc<Shown>>);

/// One build of the preview.
#[derive(Default)]
struct Shown {
    files: BTreeMap<String, Vec<u8>>,
    gone: BTreeSet<String>,
    /// Path the site will stand at, as in `gongshi/`: the pages for lost addresses link from there.
    base: String,
}

/// An answer to a request.
pub(super) struct Answer {
    /// HTTP status.
    pub(super) status: u16,
    /// Media type.
    pub(super) media: &'static str,
    /// Body.
    pub(super) body: Vec<u8>,
}

impl Preview {
    /// Nothing on show yet.
    pub(super) fn new() -> Self {
        Self(RwLock::new(Arc::new(Shown::default())))
    }

    /// Reads a staged site into memory and shows it.
    pub(super) fn show(
        &self,
        dir: &Path,
        settled: &Settled,
        base_url: Option<&str>,
    ) -> Result<(), Failure> {
        let base = base_url.and_then(path_of).unwrap_or_default();
        let base = base.trim_start_matches('/').to_owned();
        let mut shown = Shown { files: BTreeMap::new(), gone: gone(settled), base };
        for entry in WalkDir::new(dir).follow_links(false).sort_by_file_name() {
            let entry = entry.map_err(|e| Failure::Internal(format!("preview: {e}")))?;
            if !entry.file_type().is_file() {
                continue;
            }
            let read = |cause| Failure::Read { path: entry.path().to_path_buf(), cause };
            let name = entry.path().strip_prefix(dir).unwrap_or(entry.path());
            let body = std::fs::read(entry.path()).map_err(read)?;
            shown.files.insert(name.to_string_lossy().into_owned(), body);
        }
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
        Ok(())
    }

    /// Answers a request for a decoded path.
    pub(super) fn answer(&self, path: &str) -> Answer {
        let shown = Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner));
        let name = path.trim_start_matches('/');
        let name = name.strip_prefix(shown.base.as_str()).unwrap_or(name);
        let folder = format!(
            "{}index.html",
            if name.is_empty() || name.ends_with('/') {
                name.to_owned()
            } else {
                format!("{name}/")
            }
        );
        let found = shown.files.get_key_value(name).or_else(|| shown.files.get_key_value(&folder));
        match found {
            Some((name, body)) => {
                let status = if shown.gone.contains(name) { 410 } else { 200 };
                Answer { status, media: content_type(name), body: body.clone() }
            }
            None => {
                let body = shown.files.get("404.html").cloned().unwrap_or_default();
                Answer { status: 404, media: content_type("404.html"), body }
            }
        }
    }
}

/// Addresses that answer 410: cases that were public and are not any more.
fn gone(settled: &Settled) -> BTreeSet<String> {
    let dead = settled.cases.iter().map(|case| &case.head).filter(|head| head.died_on().is_some());
    let page = |head: &LineHead| {
        Some(format!("{}index.html", case_folder(head.key.kind, head.year(), head.id?)))
    };
    dead.filter_map(page).collect()
}
