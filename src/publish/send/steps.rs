//! In which order files travel: what is down goes first, then what is new, then the lists that lead to it,
//! then what nothing leads to any more. The manifest closes a publication.

use std::collections::{BTreeMap, BTreeSet};

use crate::ledger::{Digest, LineHead, State};
use crate::site::case_folder;

use super::super::manifest::{self, Manifest};

/// Name of the file beside a case's page that tells programs how it stands.
const RECORD: &str = "index.json";

/// One file on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// It is written.
    Write(String),
    /// It is taken away.
    Remove(String),
}

/// The steps of one publication, in four parts: each is over before the next begins.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Steps {
    /// The parts.
    pub(crate) parts: [Vec<Step>; 4],
}

impl Steps {
    /// What makes of the files that are `held` at a target, as far as their bytes are known, the site of
    /// `manifest`. Below the folders that are `dead` no case is shown any more.
    pub(crate) fn plan(
        manifest: &Manifest,
        held: &BTreeMap<String, Option<Digest>>,
        dead: &BTreeSet<String>,
    ) -> Self {
        let mut steps = Self::default();
        for file in &manifest.files {
            if held.get(&file.path) != Some(&Some(file.sha256)) {
                let part = match () {
                    () if is_below(&file.path, dead) => 0,
                    () if has_own_address(&file.path) => 1,
                    () => 2,
                };
                steps.parts[part].push(Step::Write(file.path.clone()));
            }
        }
        for path in held.keys() {
            if path != manifest::NAME && manifest.digest_of(path).is_none() {
                // A case that left, for whatever reason, leaves before anything else happens.
                let part = if record_of(path).is_some() { 0 } else { 3 };
                steps.parts[part].push(Step::Remove(path.clone()));
            }
        }
        steps
    }

    /// Files to be written.
    pub(crate) fn writes(&self) -> impl Iterator<Item = &String> {
        self.parts.iter().flatten().filter_map(|step| match step {
            Step::Write(path) => Some(path),
            Step::Remove(_) => None,
        })
    }

    /// Whether nothing is to be done.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.iter().all(Vec::is_empty)
    }
}

/// Folders of cases that have an address and are not shown.
pub(crate) fn dead_folders<'h>(heads: impl Iterator<Item = &'h LineHead>) -> BTreeSet<String> {
    let dead = heads.filter(|head| head.state != State::Published);
    dead.filter_map(|h| Some(case_folder(h.key.kind, h.year(), h.id?))).collect()
}

/// The folder of a case, where this is a file of one: its page, or its record for programs.
pub(crate) fn record_of(path: &str) -> Option<&str> {
    let (folder, name) = path.rsplit_once('/')?;
    let is_case = folder.starts_with("shihou/")
        && folder.split('/').count() == 4
        && folder.rsplit('/').next().is_some_and(|id| id.len() == 8);
    (is_case && [RECORD, "index.html"].contains(&name)).then(|| &path[..=folder.len()])
}

fn is_below(path: &str, folders: &BTreeSet<String>) -> bool {
    record_of(path).is_some_and(|folder| folders.contains(folder))
}

/// Whether a file is reached by its own address and leads to no other: a case, a notice, a style sheet.
fn has_own_address(path: &str) -> bool {
    let is_notice = path.starts_with("chexia/") && path != "chexia/index.html";
    path.starts_with("assets/") || is_notice || record_of(path).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::super::manifest::FileEntry;
    use super::*;
    use crate::law::Day;
    use crate::ledger::Head;

    fn manifest(files: &[(&str, u8)]) -> Manifest {
        let entry = |(path, byte): &(&str, u8)| FileEntry {
            path: (*path).into(),
            sha256: Digest::of(&[*byte]),
            bytes: 1,
        };
        let day = Day::new(2026, 2, 13).expect("a day");
        Manifest::new(day, Head::EMPTY, files.iter().map(entry).collect())
    }

    #[test]
    fn what_is_down_goes_before_what_is_new_and_lists_come_after() {
        let (dead, gone) = ("shihou/chufa/2026/aaaaaaaa/", "shihou/chufa/2026/cccccccc/");
        let site = manifest(&[
            ("assets/site.1.css", 1),
            ("chexia/aaaaaaaa/index.html", 1),
            ("index.html", 2),
            (&format!("{dead}index.html"), 2),
            ("shihou/chufa/2026/bbbbbbbb/index.html", 1),
            ("shihou/chufa/2026/index.html", 2),
            ("guanyu/index.html", 1),
        ]);
        let old = [
            ("assets/site.0.css", 1),
            ("index.html", 1),
            (&format!("{dead}index.html"), 1),
            (&format!("{gone}index.html"), 1),
            ("shihou/chufa/2026/index.html", 1),
            ("guanyu/index.html", 1),
            (manifest::NAME, 1),
        ];
        let held = old.map(|(path, byte)| (path.to_owned(), Some(Digest::of(&[byte]))));
        let steps = Steps::plan(&site, &held.into(), &BTreeSet::from([dead.to_owned()]));
        let write = |path: &str| Step::Write(path.into());
        let remove = |path: &str| Step::Remove(path.into());
        assert_eq!(
            steps.parts,
            [
                vec![write(&format!("{dead}index.html")), remove(&format!("{gone}index.html"))],
                vec![
                    write("assets/site.1.css"),
                    write("chexia/aaaaaaaa/index.html"),
                    write("shihou/chufa/2026/bbbbbbbb/index.html"),
                ],
                vec![write("index.html"), write("shihou/chufa/2026/index.html")],
                vec![remove("assets/site.0.css")],
            ]
        );
    }

    #[test]
    fn a_file_of_unknown_bytes_is_written_again_and_one_that_is_not_wanted_goes() {
        let site = manifest(&[("a.html", 1)]);
        let held = BTreeMap::from([("a.html".to_owned(), None), ("b.html".to_owned(), None)]);
        let steps = Steps::plan(&site, &held, &BTreeSet::new());
        assert_eq!(steps.writes().collect::<Vec<_>>(), ["a.html"]);
        assert_eq!(steps.parts[3], [Step::Remove("b.html".into())]);
        let held = BTreeMap::from([("a.html".to_owned(), Some(Digest::of(&[1])))]);
        assert!(Steps::plan(&site, &held, &BTreeSet::new()).is_empty());
    }
}
