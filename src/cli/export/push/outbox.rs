//! The outbox: messages that the platform has not acknowledged, and what is known of the others. It is brought in step
//! with the ledger before anything else, so that nothing of a case that is gone stays in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::diag::Failure;
use crate::ledger::{Head, read_or_empty, stated_at};
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

/// The folder. It lies nowhere else, so that every build finds it.
pub(super) fn dir(root: &Root) -> PathBuf {
    root.dir.join(FOLDER)
}

/// Removes all messages but those of these names.
///
/// # Errors
/// A file cannot be removed.
pub(super) fn withdraw(root: &Root, keep: &BTreeSet<&str>) -> Result<(), Failure> {
    let dir = dir(root);
    // As in `messages/00000007-NAME.json`.
    let name = |path: &str| Some(path.split_once('-')?.1.split_once('.')?.0.to_owned());
    for path in messages(&dir)? {
        if name(&path).is_none_or(|name| !keep.contains(name.as_str())) {
            let path = dir.join(path);
            std::fs::remove_file(&path).map_err(|cause| Failure::Write { path, cause })?;
        }
    }
    Ok(())
}

impl Outbox {
    /// Opens the folder, or makes it.
    ///
    /// # Errors
    /// It lies in a site; another run uses it; what it knows of messages cannot be read, or was learned of another log
    /// than the ledger's.
    pub(super) fn open(root: &Root) -> Result<Self, Failure> {
        let dir = dir(root);
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
        let Head { events, digest } = book.log;
        if stated_at(&root.ledger(), events)? != Some(digest) {
            return Err(of_another_ledger(&dir, events));
        }
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
        for name in messages(&self.dir)? {
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
}

/// The files in the folder of messages, our own leftovers included, as paths below the outbox.
fn messages(dir: &Path) -> Result<Vec<String>, Failure> {
    let folder = dir.join(MESSAGES);
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

fn damaged(path: &Path) -> Failure {
    let path = path.display();
    Failure::State {
        zh: format!("{path} 已损坏：请从备份恢复，或者删除后重新推送（收方按消息编号去重）"),
        en: format!(
            "{path} is damaged: restore it, or delete it and send again (the platform tells repeated messages by their names)"
        ),
    }
}

fn of_another_ledger(dir: &Path, events: u64) -> Failure {
    let dir = dir.display();
    Failure::State {
        zh: format!(
            "发件箱 {dir} 不是这本台账的：它是按 {events} 条事件的日志做的，这里的日志没有第 {events} 条，或者第 {events} 条是另一件事。台账如被换成旧的，请先从备份恢复较新的台账；这里的台账才是对的，就删除 {dir} 后重新推送（收方按消息编号去重）"
        ),
        en: format!(
            "the outbox {dir} is not of this ledger: it was made of a log of {events} events, and here event {events} is missing or another one. If the ledger was rolled back, restore the newer one; if this is the right ledger, delete {dir} and send again (the platform tells repeated messages by their names)"
        ),
    }
}
