//! What clearing and the ledger depend on, told by the marks of the files alone: while these stay as they are, what
//! was cleared need not be cleared again. Reads no file.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::clearance::DropFolder;
use crate::law::Day;

use super::super::root::Root;

/// Parts of the site root that clearing and the ledger read; not the prose and the theme, which only pages show.
const PARTS: [&str; 3] = ["site.yml", "data", "ledger"];

/// The day, and each file with the marks that change whenever it is written.
#[derive(PartialEq, Eq)]
pub(super) struct Stamp {
    day: Day,
    files: BTreeMap<PathBuf, Marks>,
}

/// Number, size, and time of the last change in seconds and nanoseconds. The system sets that time, not who
/// writes.
type Marks = (u64, u64, i64, i64);

impl Stamp {
    /// The marks of now.
    pub(super) fn of(root: &Root, drops: &[DropFolder]) -> Self {
        let mut stamp = Self { day: root.today.day(), files: BTreeMap::new() };
        for part in PARTS {
            let below = WalkDir::new(root.dir.join(part)).follow_links(false).into_iter();
            below.flatten().for_each(|entry| stamp.mark(entry.path()));
        }
        for drop in drops {
            let files = [&drop.files, &drop.odd, &drop.records, &drop.corrections];
            files.into_iter().flatten().for_each(|file| stamp.mark(file));
        }
        stamp
    }

    /// Follows a link to what it stands for: there the change shows.
    fn mark(&mut self, file: &Path) {
        if let Ok(meta) = std::fs::metadata(file)
            && !meta.is_dir()
        {
            let marks = (meta.ino(), meta.len(), meta.ctime(), meta.ctime_nsec());
            self.files.insert(file.to_path_buf(), marks);
        }
    }
}
