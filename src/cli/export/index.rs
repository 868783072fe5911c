//! What this program wrote into a folder for documents: `index.json` says of each file its digest, and which cases it
//! is about, so that a file of any kind can be taken back when one of them is gone.
//!
//! A file that the index does not know, or knows with other bytes, is somebody else's and is never removed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diag::Failure;
use crate::ledger::{Digest, Standing, read_or_empty};
use crate::publish::{self, Lock};
use crate::vocab::CaseId;

use super::material::Document;

/// Name of the index in its folder.
pub(super) const NAME: &str = "index.json";
/// The form that this program writes.
const VERSION: u32 = 1;

/// What documents are about.
#[derive(Default)]
pub(super) struct About {
    name: String,
    shown: BTreeSet<CaseId>,
    down: BTreeSet<CaseId>,
}

impl About {
    /// About cases that are shown, and cases of which is said that they are down.
    pub(super) fn of<'c>(
        shown: impl IntoIterator<Item = &'c Standing>,
        down: impl IntoIterator<Item = &'c Standing>,
    ) -> Self {
        let ids = |case: &Standing| case.id;
        Self {
            name: String::new(),
            shown: shown.into_iter().filter_map(ids).collect(),
            down: down.into_iter().filter_map(ids).collect(),
        }
    }

    /// Adds a case that is shown.
    pub(super) fn shows(&mut self, case: &Standing) {
        self.shown.extend(case.id);
    }

    /// The same under the name that the documents of a run share, whatever their endings and parts.
    pub(super) fn named(self, name: String) -> Self {
        Self { name, ..self }
    }

    /// The same under the name of these documents, which differ by their endings only.
    pub(super) fn named_as(self, documents: &[Document]) -> Self {
        let path = documents.first().map_or("", |document| &document.path);
        let name = path.rsplit_once('.').map_or(path, |(name, _)| name).to_owned();
        self.named(name)
    }
}

/// Documents of one run.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// Digest of each file.
    pub(super) files: BTreeMap<String, Digest>,
    /// Cases that they show.
    pub(super) cases: BTreeSet<CaseId>,
    /// Cases of which they say that they are down.
    pub(super) down: BTreeSet<CaseId>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    version: u32,
    documents: BTreeMap<String, Entry>,
}

/// The index of a folder, which no other run uses.
pub(super) struct Index {
    folder: PathBuf,
    /// Documents by their name.
    pub(super) documents: BTreeMap<String, Entry>,
    _lock: Lock,
}

impl Index {
    /// Opens the index of a folder, which is made where it was not there.
    ///
    /// # Errors
    /// Another run uses the folder, or its index is not one that this program wrote.
    pub(super) fn open(folder: &Path) -> Result<Self, Failure> {
        let mut index = Self::unread(folder)?;
        index.documents = read(folder)?;
        Ok(index)
    }

    /// The index of a folder as if nothing were known of it.
    ///
    /// # Errors
    /// Another run uses the folder.
    pub(super) fn unread(folder: &Path) -> Result<Self, Failure> {
        let lock = Lock::take(folder)?;
        Ok(Self { folder: folder.to_path_buf(), documents: BTreeMap::new(), _lock: lock })
    }

    /// Whether a file stands as it was written, and is reached through no link.
    pub(super) fn is_own(&self, path: &str, digest: Digest) -> bool {
        let mut at = self.folder.clone();
        let is_linked = path.split('/').any(|part| {
            at.push(part);
            at.is_symlink()
        });
        !is_linked
            && std::fs::read(self.folder.join(path)).is_ok_and(|bytes| Digest::of(&bytes) == digest)
    }

    /// Removes a file.
    ///
    /// # Errors
    /// It stands there and cannot be removed.
    pub(super) fn remove(&self, path: &str) -> Result<(), Failure> {
        let path = self.folder.join(path);
        match std::fs::remove_file(&path) {
            Ok(()) => Ok(()),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(cause) => Err(Failure::Write { path, cause }),
        }
    }

    /// Writes it, where it says something else than before.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn keep(&self) -> Result<(), Failure> {
        let form = Form { version: VERSION, documents: self.documents.clone() };
        let mut bytes = serde_json::to_vec(&form)
            .map_err(|_| Failure::Internal("the index of documents does not serialize".into()))?;
        bytes.push(b'\n');
        let path = self.folder.join(NAME);
        if read_or_empty(&path)? == bytes { Ok(()) } else { publish::replace(&path, &bytes) }
    }
}

/// Writes the documents of a run, each whole or not at all, in the place of those of the run before. A file is in the
/// index before it is in the folder: after a kill there may be one too few, never one that nobody knows.
///
/// # Errors
/// Another run uses the folder; its index is not one that this program wrote; a file cannot be written.
pub(super) fn write(folder: &Path, about: &About, documents: &[Document]) -> Result<(), Failure> {
    if documents.is_empty() && !folder.exists() {
        return Ok(());
    }
    let mut index = Index::open(folder)?;
    let files: BTreeMap<String, Digest> =
        documents.iter().map(|doc| (doc.path.clone(), Digest::of(&doc.body))).collect();
    let before = index.documents.remove(&about.name).unwrap_or_default();
    for (path, digest) in &before.files {
        if files.get(path) != Some(digest) && index.is_own(path, *digest) {
            index.remove(path)?;
        }
    }
    if !files.is_empty() {
        let entry = Entry { files, cases: about.shown.clone(), down: about.down.clone() };
        index.documents.insert(about.name.clone(), entry);
    }
    index.keep()?;
    documents.iter().try_for_each(|doc| publish::replace(&folder.join(&doc.path), &doc.body))
}

fn read(folder: &Path) -> Result<BTreeMap<String, Entry>, Failure> {
    let path = folder.join(NAME);
    let bytes = read_or_empty(&path)?;
    if bytes.is_empty() {
        return Ok(BTreeMap::new());
    }
    let form: Option<Form> = serde_json::from_slice(&bytes).ok();
    let sound =
        form.filter(|form| form.version == VERSION && form.documents.values().all(is_sound));
    sound.map(|form| form.documents).ok_or_else(|| Failure::State {
        zh: format!(
            "{} 已损坏，或者不是本程序写的：请从备份恢复，或者移走它，并核对同一目录中的文件是否还可以留着",
            path.display()
        ),
        en: format!(
            "{} is damaged or not this program's: restore it, or move it away and look whether the files beside it may stay",
            path.display()
        ),
    })
}

/// Whether every file lies below the folder.
fn is_sound(entry: &Entry) -> bool {
    let is_plain = |part: &str| !matches!(part, "" | "." | "..");
    entry.files.keys().all(|path| path.split('/').all(is_plain) && !path.contains('\\'))
}
