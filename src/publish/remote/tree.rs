//! A store on a server that has folders: a file is written aside and renamed into place, folders are made
//! when one is missing and removed when they are left empty. What each request is, the server's own file
//! says.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::{Condvar, Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::publish::store::{ASIDE, Store, Trouble};

/// How many folders are read at once.
const READERS: usize = 8;

/// What a server with folders can do, one step each. Paths are below the root, `""` is the root itself,
/// and folders have no `/` at their end.
pub(super) trait Folders: Sync {
    /// The bytes of a file; `None` where there is none.
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Trouble>;
    /// Writes a file whose folder exists.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Trouble>;
    /// Renames a file, onto another one if need be. `false` where the new folder may be missing.
    fn rename(&self, from: &str, to: &str) -> Result<bool, Trouble>;
    /// Removes a file; none there is fine.
    fn remove(&self, path: &str) -> Result<(), Trouble>;
    /// Makes a folder whose parent exists; one that is there is fine.
    fn make_folder(&self, path: &str) -> Result<(), Trouble>;
    /// Removes an empty folder. `false` where it is not empty, not there, or not to be removed.
    fn remove_folder(&self, path: &str) -> Result<bool, Trouble>;
    /// What stands in a folder; nothing where there is no such folder.
    fn entries(&self, path: &str) -> Result<Vec<Entry>, Trouble>;
    /// How a path is shown to people.
    fn shown(&self, path: &str) -> String;
}

/// What stands in a folder, by its name there.
pub(super) enum Entry {
    /// A file, or what is read like one.
    File(String),
    /// A folder.
    Folder(String),
}

/// A store on a server that has folders.
pub(super) struct Tree<F> {
    server: F,
    /// Folders that are known to stand.
    made: Mutex<BTreeSet<String>>,
}

impl<F: Folders> Tree<F> {
    pub(super) fn new(server: F) -> Self {
        Self { server, made: Mutex::default() }
    }

    /// Makes a folder and those above it.
    fn make_folders(&self, path: &str) -> Result<(), Trouble> {
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        for folder in ends.map(|end| &path[..end]) {
            self.server.make_folder(folder)?;
        }
        Ok(())
    }

    /// The folder for files that are not whole yet, made once.
    fn aside(&self) -> Result<&'static str, Trouble> {
        let folder = ASIDE.trim_end_matches('/');
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if !made.contains(folder) {
            self.make_folders(folder)?;
            made.insert(folder.to_owned());
        }
        Ok(folder)
    }

    /// Puts what was written aside in place. Another thread that empties a folder may remove it between
    /// two steps, so this is tried more than once.
    fn place(&self, aside: &str, name: &str) -> Result<bool, Trouble> {
        for _ in 0..3 {
            if self.server.rename(aside, name)? {
                return Ok(true);
            }
            if let Some((folder, _)) = name.rsplit_once('/') {
                self.make_folders(folder)?;
            }
        }
        self.server.rename(aside, name)
    }
}

impl<F: Folders> Store for Tree<F> {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        self.server.get(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        let aside = format!("{}/{}", self.aside()?, short_name(name));
        if let Err(trouble) = self.server.put(&aside, bytes) {
            if trouble.again {
                return Err(trouble);
            }
            // Whoever cleaned up meanwhile took the empty folder away too.
            self.made.lock().unwrap_or_else(PoisonError::into_inner).clear();
            self.aside()?;
            self.server.put(&aside, bytes)?;
        }
        if self.place(&aside, name)? {
            return Ok(());
        }
        let shown = self.server.shown(name);
        Err(Trouble::lasting(
            format!("{shown}：服务器不让改名到这里，请核对目录权限"),
            format!(
                "{shown}: the server does not rename a file to this place; look at its permissions"
            ),
        ))
    }

    fn delete(&self, name: &str) -> Result<(), Trouble> {
        self.server.remove(name)?;
        let mut rest = name;
        // An empty folder would still answer at its address.
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if !self.server.remove_folder(folder)? {
                break;
            }
            self.made.lock().unwrap_or_else(PoisonError::into_inner).remove(folder);
            rest = folder;
        }
        Ok(())
    }

    fn list(&self) -> Result<Vec<String>, Trouble> {
        walk(&self.server)
    }

    fn shown(&self, name: &str) -> String {
        self.server.shown(name)
    }
}

/// The name that a file bears aside: of fixed length, and the same in each attempt.
fn short_name(name: &str) -> String {
    let digest = Sha256::digest(name.as_bytes());
    digest.iter().take(16).fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Folders still to be read, and how many are being read.
struct Queue {
    waiting: Vec<String>,
    busy: usize,
    found: Vec<String>,
    trouble: Option<Trouble>,
}

/// All files below the root, several folders at a time.
fn walk(server: &impl Folders) -> Result<Vec<String>, Trouble> {
    let queue = Mutex::new(Queue {
        waiting: vec![String::new()],
        busy: 0,
        found: Vec::new(),
        trouble: None,
    });
    let news = Condvar::new();
    std::thread::scope(|scope| {
        for _ in 0..READERS {
            scope.spawn(|| read_folders(server, &queue, &news));
        }
    });
    let queue = queue.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut found = queue.found;
    found.sort_unstable();
    queue.trouble.map_or(Ok(found), Err)
}

/// One reader: takes folders until none is left and nobody may find more.
fn read_folders(server: &impl Folders, queue: &Mutex<Queue>, news: &Condvar) {
    let mut state = queue.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if state.trouble.is_some() || (state.waiting.is_empty() && state.busy == 0) {
            break;
        }
        let Some(folder) = state.waiting.pop() else {
            state = news.wait(state).unwrap_or_else(PoisonError::into_inner);
            continue;
        };
        state.busy += 1;
        drop(state);
        let entries = server.entries(&folder);
        state = queue.lock().unwrap_or_else(PoisonError::into_inner);
        state.busy -= 1;
        let below = |name: &str| match folder.as_str() {
            "" => name.to_owned(),
            folder => format!("{folder}/{name}"),
        };
        match entries {
            Err(trouble) => state.trouble = Some(trouble),
            Ok(entries) => {
                for entry in entries {
                    match entry {
                        Entry::File(name) => state.found.push(below(&name)),
                        Entry::Folder(name) => state.waiting.push(below(&name)),
                    }
                }
            }
        }
        news.notify_all();
    }
    news.notify_all();
}
