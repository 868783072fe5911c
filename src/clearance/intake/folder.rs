//! Finds drops and the files in them. It opens no file and follows no link.

use std::ffi::OsStr;
use std::fs::{self, DirEntry, FileType};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diag::{Failure, shown_file_name};

/// A drop: one folder of files.
#[derive(Clone, Debug)]
pub(crate) struct DropFolder {
    /// Folder name, safe to show; drops are read in the order of their names.
    pub(crate) name: Arc<str>,
    /// Regular files in it, sorted by name.
    pub(crate) files: Vec<PathBuf>,
    /// Links, pipes, folders and the like, sorted by name. They are named in a finding, never opened.
    pub(crate) odd: Vec<PathBuf>,
    /// Records of the whole process, sorted by name. They hold no cases to publish: intake passes them by.
    pub(crate) records: Vec<PathBuf>,
    /// Corrections of single cells, sorted by name: read before any row.
    pub(crate) corrections: Vec<PathBuf>,
}

/// Name of the drop of loose files: it sorts before every other.
const LOOSE: &str = ".";

impl DropFolder {
    pub(super) fn empty(name: Arc<str>) -> Self {
        Self {
            name,
            files: Vec::new(),
            odd: Vec::new(),
            records: Vec::new(),
            corrections: Vec::new(),
        }
    }

    /// Whether these are the loose files beside the drops' folders.
    pub(crate) fn is_loose(&self) -> bool {
        &*self.name == LOOSE
    }
}

/// Finds the drops below `path`, sorted by name: each sub-folder is one, and the loose files beside
/// them are one that goes first.
///
/// # Errors
/// A folder that cannot be listed.
pub(crate) fn find_drops(path: &Path) -> Result<Vec<DropFolder>, Failure> {
    let unreadable = |cause| Failure::Read { path: path.to_path_buf(), cause };
    if fs::metadata(path).map_err(unreadable)?.is_file() {
        let mut drop = DropFolder::empty(LOOSE.into());
        drop.files.push(path.to_path_buf());
        return Ok(vec![drop]);
    }
    let (loose, folders) = list(path, LOOSE.into())?;
    let mut drops = vec![loose];
    for folder in folders {
        let (mut drop, deeper) = list(&folder, shown(folder.file_name().unwrap_or_default()))?;
        drop.odd.extend(deeper);
        drop.odd.sort();
        drops.push(drop);
    }
    drops.sort_by(|a, b| in_order(&a.name, &b.name));
    drops.retain(|d| {
        !d.files.is_empty()
            || !d.odd.is_empty()
            || !d.records.is_empty()
            || !d.corrections.is_empty()
    });
    Ok(drops)
}

/// What lies directly in `path`, and the folders in it.
fn list(path: &Path, name: Arc<str>) -> Result<(DropFolder, Vec<PathBuf>), Failure> {
    let unreadable = |cause| Failure::Read { path: path.to_path_buf(), cause };
    let mut drop = DropFolder::empty(name);
    let mut folders = Vec::new();
    for entry in fs::read_dir(path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if is_no_data(&entry.file_name()) {
            continue;
        }
        match kind(&entry) {
            Some(kind) if kind.is_file() && is_records(&entry.path()) => {
                drop.records.push(entry.path());
            }
            Some(kind) if kind.is_file() && is_corrections(&entry.path()) => {
                drop.corrections.push(entry.path());
            }
            Some(kind) if kind.is_file() => drop.files.push(entry.path()),
            Some(kind) if kind.is_dir() => folders.push(entry.path()),
            _ => drop.odd.push(entry.path()),
        }
    }
    drop.files.sort();
    drop.odd.sort();
    drop.records.sort();
    drop.corrections.sort();
    folders.sort();
    Ok((drop, folders))
}

/// The entry's own type; a link is a link, not what it points to.
fn kind(entry: &DirEntry) -> Option<FileType> {
    entry.file_type().ok()
}

/// Files that lie in every folder and hold no records: hidden ones, notes, locks of office programs.
fn is_no_data(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let lower = name.to_ascii_lowercase();
    name.starts_with('.')
        || name.starts_with("~$")
        || lower.starts_with("readme")
        || lower.ends_with(".md")
        || matches!(lower.as_str(), "thumbs.db" | "desktop.ini" | "__macosx")
}

/// Names, without ending, of corrections of single cells.
const CORRECTIONS: [&str; 2] = ["corrections", "更正"];

/// Name without ending, and ending, in small letters.
fn name_parts(path: &Path) -> (String, String) {
    let text = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().to_lowercase();
    (text(path.file_stem()), text(path.extension()))
}

/// Whether the file holds corrections, by its name.
fn is_corrections(path: &Path) -> bool {
    let (stem, ending) = name_parts(path);
    CORRECTIONS.contains(&stem.as_str()) && matches!(ending.as_str(), "yml" | "yaml")
}

/// Whether the file is a record of the whole process, by its name. Tables of it may come in parts:
/// `全过程记录-音像.csv`.
fn is_records(path: &Path) -> bool {
    let (stem, ending) = name_parts(path);
    (stem == "records" || stem.starts_with("全过程记录"))
        && matches!(ending.as_str(), "yml" | "yaml" | "csv" | "tsv" | "xlsx" | "xls")
}

/// A file or folder name that may be shown: covered digits, no control and no direction marks.
pub(super) fn shown(name: &OsStr) -> Arc<str> {
    let text: String = shown_file_name(&name.to_string_lossy())
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect();
    if text.is_empty() { Arc::from(".") } else { Arc::from(text) }
}

/// The order of drops by name, in which digits count as numbers: `2024-9` comes before `2024-10`.
pub(crate) fn in_order(a: &str, b: &str) -> std::cmp::Ordering {
    parts(a).cmp(parts(b)).then_with(|| a.cmp(b))
}

/// A name in pieces: runs of digits as (length without zeros, digits), anything else as one character.
fn parts(name: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (piece, after) = rest.split_at(if digits > 0 { digits } else { first.len_utf8() });
        rest = after;
        let number = piece.trim_start_matches('0');
        Some(if digits > 0 { (number.len(), number) } else { (0, piece) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_drops_and_loose_files_are_one() {
        let root = tempfile::tempdir().expect("a folder");
        let base = root.path().join("批次");
        for name in ["2025-02", "2025-01", ".hidden", "empty"] {
            fs::create_dir_all(base.join(name)).expect("a folder");
        }
        for name in
            ["2025-01/b.csv", "2025-01/a.csv", "2025-01/README", "2025-02/x.yml", "z.csv", "c.md"]
        {
            fs::write(base.join(name), "x").expect("a file");
        }
        std::os::unix::fs::symlink("/etc/passwd", base.join("2025-01/link.csv")).expect("a link");
        fs::create_dir(base.join("2025-01/inner")).expect("a folder");
        let drops = find_drops(&base).expect("drops");
        let names: Vec<&str> = drops.iter().map(|d| &*d.name).collect();
        assert_eq!(names, [".", "2025-01", "2025-02"]);
        let files = |d: &DropFolder| -> Vec<Arc<str>> {
            d.files.iter().map(|p| shown(p.file_name().unwrap_or_default())).collect()
        };
        assert_eq!(files(&drops[0]), ["z.csv".into()]);
        assert_eq!(files(&drops[1]), ["a.csv".into(), "b.csv".into()]);
        assert_eq!(drops[1].odd.len(), 2);
        assert!(find_drops(&base.join("none")).is_err());
    }

    #[test]
    fn a_shown_name_has_no_direction_marks() {
        assert_eq!(&*shown(OsStr::new("a\u{202e}b\u{7}.csv")), "ab.csv");
        assert_eq!(&*shown(OsStr::new("")), ".");
    }
}
