//! Two trees of one site: which files differ, and which rows about some cases.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use crate::diag::Failure;
use crate::ledger::read_or_empty;
use crate::publish::{Change, Manifest, SiteStaged};

/// Letters of the name of a case in addresses; months and pages have shorter names.
const CASE_ID: usize = 8;

/// A file that differs and names one of the cases.
#[derive(Debug, Serialize)]
pub(super) struct FileChange {
    /// Path below the site's root.
    pub(super) path: String,
    /// What happens to it.
    pub(super) change: Change,
    /// What part of the site it is.
    pub(super) part: &'static str,
}

/// How often a case stands in a file of rows, before and after.
#[derive(Debug, Serialize)]
pub(super) struct RowChange {
    /// Path below the site's root.
    pub(super) path: String,
    /// What part of the site it is.
    pub(super) part: &'static str,
    /// The case.
    pub(super) id: String,
    /// The row's word of state before, or how it stood; `None` where it did not stand.
    pub(super) before: Option<String>,
    /// The same after.
    pub(super) after: Option<String>,
}

/// What differs between two trees.
pub(super) struct Compared {
    /// Files that name one of the cases.
    pub(super) files: Vec<FileChange>,
    /// Rows about them.
    pub(super) rows: Vec<RowChange>,
    /// Other files that differ.
    pub(super) others: usize,
    /// Whether there is a tree to compare with.
    pub(super) has_site: bool,
}

/// Compares what stands with what was staged.
///
/// # Errors
/// A file cannot be read.
pub(super) fn sites(site: &SiteStaged, ids: &BTreeSet<String>) -> Result<Compared, Failure> {
    let (old, new) = (Manifest::of(&site.out), Manifest::of(&site.dir));
    let has_site = old.is_some();
    let mut compared = Compared { files: Vec::new(), rows: Vec::new(), others: 0, has_site };
    let changes = new.iter().flat_map(|new| new.changes_since(old.as_ref()));
    for (path, change) in changes {
        let read = |dir: &Path| read_or_empty(&dir.join(path));
        let (before, after) = (read(&site.out)?, read(&site.dir)?);
        let (before, after) = (String::from_utf8_lossy(&before), String::from_utf8_lossy(&after));
        let named = ids.iter().filter(|id| {
            path.contains(id.as_str())
                || before.contains(id.as_str())
                || after.contains(id.as_str())
        });
        let named: Vec<&String> = named.collect();
        if named.is_empty() {
            compared.others += 1;
            continue;
        }
        let part = part_of(path);
        for id in named {
            let (before, after) = (row_of(&before, id), row_of(&after, id));
            if before != after && !["case", "record", "notice"].contains(&part) {
                let (before, after) = (before.map(word_of), after.map(word_of));
                compared.rows.push(RowChange {
                    path: path.to_owned(),
                    part,
                    id: id.clone(),
                    before,
                    after,
                });
            }
        }
        compared.files.push(FileChange { path: path.to_owned(), change, part });
    }
    Ok(compared)
}

/// The line, or the table row, in which an id first stands.
fn row_of<'t>(text: &'t str, id: &str) -> Option<&'t str> {
    let at = text.find(id)?;
    let from = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let to = text[at..].find('\n').map_or(text.len(), |n| at + n);
    Some(&text[from..to])
}

/// What a row says of its case: never more of it than a word of state.
fn word_of(row: &str) -> String {
    // As a value of its own: the words stand in names of columns and in what a case tells, too.
    let words = [
        ("deleted-entry", "deleted-entry"),
        ("\"taken_down\"", "taken_down"),
        ("\"撤下\"", "taken_down"),
        (">撤下<", "taken_down"),
        ("撤下公告", "taken_down"),
        ("\"expired\"", "expired"),
        ("\"期满\"", "expired"),
        (">期满<", "expired"),
    ];
    let found = words.iter().find(|(word, _)| row.contains(word));
    found.map_or("stands", |(_, told)| told).to_owned()
}

/// Which part of the site a path belongs to.
pub(in crate::cli) fn part_of(path: &str) -> &'static str {
    let folders: Vec<&str> = path.split('/').collect();
    match folders.as_slice() {
        ["index.html"] => "home",
        ["chexia", "index.html"] => "register",
        ["chexia", ..] => "notice",
        ["gengzheng", ..] => "corrections",
        ["shihou", _, _, _, "index.json"] => "record",
        ["shihou", _, _, id, "index.html"] if id.len() == CASE_ID => "case",
        ["shihou", ..] => "list",
        ["sousuo", ..] => "search",
        ["shuju", ..] => "download",
        ["tongji", ..] => "statistics",
        [name] if name.starts_with("feed") && name.ends_with(".xml") => "feed",
        ["rizhi", ..] => "log",
        ["silian.txt" | "silian.xml"] => "dead-links",
        ["renyuan", "gongshipai", ..] => "placard",
        [name] if name.starts_with("sitemap") => "sitemap",
        _ => "other",
    }
}
