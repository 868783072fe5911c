//! The outbox: messages that the platform has not acknowledged, and what is known of the others. It is brought in step
//! with the ledger before anything else, so that nothing of a case that is gone stays in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::diag::Failure;
use crate::ledger::read_or_empty;
use crate::publish::{self, Lock};
use crate::site::PUSH_FORMS;

use super::super::super::report::folder;
use super::super::super::root::Root;
use super::super::material::Document;
use super::receipts::Book;

/// Name of the folder, below the site root.
const FOLDER: &str = "outbox";
/// Folder of the messages in it.
const MESSAGES: &str = "messages";
/// Folder of the forms in it.
const FORMS: &str = "schema";
/// What is known of messages.
const BOOK: &str = "receipts.json";

/// The folder, which no other run uses.
pub(super) struct Outbox {
    dir: PathBuf,
    /// What is known of messages.
    pub(super) book: Book,
    _lock: Lock,
}

/// The folder that is asked for, else the one below the site root.
pub(super) fn dir(root: &Root, asked: Option<&Path>) -> PathBuf {
    asked.map_or_else(|| root.dir.join(FOLDER), Path::to_path_buf)
}

/// Whether it is in use.
pub(super) fn is_kept(dir: &Path) -> bool {
    dir.join(BOOK).is_file()
}

impl Outbox {
    /// Opens the folder, or makes it.
    ///
    /// # Errors
    /// It lies in a site; another run uses it; what it knows of messages cannot be read.
    pub(super) fn open(root: &Root, dir: PathBuf) -> Result<Self, Failure> {
        folder::refuse_inside_site(root, &dir)?;
        let lock = Lock::take(&dir)?;
        let path = dir.join(BOOK);
        let bytes = read_or_empty(&path)?;
        let book = if bytes.is_empty() {
            Book::new()
        } else {
            let read = serde_json::from_slice(&bytes).ok().filter(Book::is_readable);
            read.ok_or_else(|| damaged(&path))?
        };
        Ok(Self { dir, book, _lock: lock })
    }

    /// Where it is.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Brings the folder in step: what is not among these documents goes first, then they are put in place.
    ///
    /// # Errors
    /// A file cannot be removed or written.
    pub(super) fn bring_in_step(&self, documents: &[Document]) -> Result<(), Failure> {
        let wanted: BTreeMap<&str, &[u8]> =
            documents.iter().map(|doc| (doc.path.as_str(), doc.body.as_slice())).collect();
        let mut standing = BTreeSet::new();
        for name in self.messages()? {
            let path = self.dir.join(&name);
            let stands = wanted.get(name.as_str());
            let is_same = stands.is_some_and(|body| std::fs::read(&path).is_ok_and(|b| b == *body));
            if is_same {
                standing.insert(name);
            } else {
                std::fs::remove_file(&path).map_err(|cause| Failure::Write { path, cause })?;
            }
        }
        for (name, body) in wanted.into_iter().filter(|(name, _)| !standing.contains(*name)) {
            publish::replace(&self.dir.join(name), body)?;
        }
        for (name, text) in PUSH_FORMS {
            let path = self.dir.join(FORMS).join(name);
            if read_or_empty(&path)? != text.as_bytes() {
                publish::replace(&path, text.as_bytes())?;
            }
        }
        self.keep_book()
    }

    /// Forgets a message that was acknowledged.
    ///
    /// # Errors
    /// A file cannot be removed.
    pub(super) fn forget(&self, documents: &[&Document]) -> Result<(), Failure> {
        for document in documents {
            let path = self.dir.join(&document.path);
            match std::fs::remove_file(&path) {
                Ok(()) => {}
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
                Err(cause) => return Err(Failure::Write { path, cause }),
            }
        }
        Ok(())
    }

    /// Writes down what is known of messages.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) fn keep_book(&self) -> Result<(), Failure> {
        let mut bytes = serde_json::to_vec_pretty(&self.book)
            .map_err(|_| Failure::Internal("the book of receipts does not serialize".into()))?;
        bytes.push(b'\n');
        let path = self.dir.join(BOOK);
        if read_or_empty(&path)? == bytes { Ok(()) } else { publish::replace(&path, &bytes) }
    }

    /// The files in the folder of messages, our own leftovers included, as paths below the outbox.
    fn messages(&self) -> Result<Vec<String>, Failure> {
        let folder = self.dir.join(MESSAGES);
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(cause) => return Err(Failure::Read { path: folder, cause }),
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|cause| Failure::Read { path: folder.clone(), cause })?;
            if entry.file_type().is_ok_and(|kind| !kind.is_dir()) {
                names.push(format!("{MESSAGES}/{}", entry.file_name().to_string_lossy()));
            }
        }
        names.sort();
        Ok(names)
    }
}

fn damaged(path: &Path) -> Failure {
    let path = path.display();
    Failure::State {
        zh: format!("{path} 已损坏：请从备份恢复，或者删除后重新推送（收方按消息编号去重）"),
        en: format!(
            "{path} is damaged: restore it, or delete it and send again (the platform tells repeated messages by their names)"
        ),
    }
}
