//! What a target holds, as this program knows from its own runs: only files that it sent there are ever taken
//! away, and a run that breaks off is gone on with, not begun again.
//!
//! One file a target, beside the ledger: a line a file, the last line about it counts. Before a run sends
//! anything it writes down what it is about to send, so that no file is forgotten by a kill.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diag::Failure;
use crate::ledger::{Digest, read_or_empty};

use super::super::manifest;
use super::super::whole::replace;
use super::{Stands, Steps};

/// Folder, beside the ledger's files, of what targets hold.
pub(in crate::publish) const FOLDER: &str = "targets";

/// What one target holds.
pub(crate) struct Held {
    path: PathBuf,
    log: Option<File>,
    /// Files that may stand there; the digest where it is known.
    pub(crate) files: BTreeMap<String, Option<Digest>>,
    /// Files that stood there once and were taken away.
    pub(crate) gone: BTreeSet<String>,
    manifest: Option<Digest>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Line {
    Manifest { manifest: Option<Digest> },
    Gone { path: String, gone: bool },
    File { path: String, sha256: Option<Digest> },
}

impl Held {
    /// What `target` holds: as noted, unless another machine has put the site there that `stands` since.
    ///
    /// # Errors
    /// The note cannot be read.
    pub(crate) fn open(
        ledger: &Path,
        target: &str,
        stands: Option<&Stands>,
    ) -> Result<Self, Failure> {
        let path = ledger.join(FOLDER).join(format!("{target}.jsonl"));
        let (files, gone) = (BTreeMap::new(), BTreeSet::new());
        let text = read_or_empty(&path)?;
        let mut held = Self { path, log: None, files, gone, manifest: None };
        // A torn last line is what a kill leaves: of that file the line before counts.
        for line in text.split_inclusive(|b| *b == b'\n').filter(|line| line.ends_with(b"\n")) {
            match serde_json::from_slice(line) {
                Ok(line) => held.take(line),
                Err(_) => return Err(damaged(&held.path)),
            }
        }
        if let Some(stands) = stands
            && held.manifest != Some(stands.digest)
        {
            let there = stands.manifest.files.iter();
            held.files.extend(there.map(|file| (file.path.clone(), Some(file.sha256))));
            held.manifest = Some(stands.digest);
        }
        if stands.is_none() && held.manifest.is_some() {
            // A site stood there whole, and the target was emptied since: all must be sent.
            held.files.values_mut().for_each(|digest| *digest = None);
            held.manifest = None;
        }
        Ok(held)
    }

    fn take(&mut self, line: Line) {
        match line {
            Line::Manifest { manifest } => self.manifest = manifest,
            Line::Gone { path, .. } => self.removed(&path),
            Line::File { path, sha256 } => {
                self.gone.remove(&path);
                self.files.insert(path, sha256);
            }
        }
    }

    /// Notes, durably, that these files may not stand there as noted: the next run writes them again, or takes them
    /// away.
    ///
    /// # Errors
    /// The note cannot be written.
    pub(crate) fn doubt<'p>(
        &mut self,
        paths: impl Iterator<Item = &'p str>,
    ) -> Result<(), Failure> {
        let mut has_doubts = false;
        for path in paths.filter(|path| *path != manifest::NAME) {
            if self.gone.remove(path) || self.files.contains_key(path) {
                self.files.insert(path.to_owned(), None);
                has_doubts = true;
            }
        }
        if has_doubts { self.rewrite() } else { Ok(()) }
    }

    /// Notes, durably, what is about to be sent.
    ///
    /// # Errors
    /// The note cannot be written: then nothing may be sent.
    pub(crate) fn intend(&mut self, steps: &Steps) -> Result<(), Failure> {
        for path in steps.writes() {
            self.gone.remove(path);
            self.files.insert(path.clone(), None);
        }
        self.rewrite()?;
        let fail = |cause| Failure::Write { path: self.path.clone(), cause };
        self.log = Some(File::options().append(true).open(&self.path).map_err(fail)?);
        Ok(())
    }

    /// Notes that a file stands there now.
    pub(crate) fn sent(&mut self, path: &str, digest: Digest) {
        let line = Line::File { path: path.to_owned(), sha256: Some(digest) };
        self.note(&line);
        self.take(line);
    }

    /// Notes that a file is gone.
    pub(crate) fn gone(&mut self, path: &str) {
        self.note(&Line::Gone { path: path.to_owned(), gone: true });
        self.removed(path);
    }

    fn removed(&mut self, path: &str) {
        self.files.remove(path);
        self.gone.insert(path.to_owned());
    }

    /// A line that is lost is a file sent once more.
    fn note(&mut self, line: &Line) {
        if let (Some(log), Ok(mut text)) = (&mut self.log, serde_json::to_vec(line)) {
            text.push(b'\n');
            let _ = log.write_all(&text);
        }
    }

    /// Notes that the site of this manifest stands there whole.
    ///
    /// # Errors
    /// The note cannot be written.
    pub(crate) fn settle(&mut self, manifest: Digest) -> Result<(), Failure> {
        self.manifest = Some(manifest);
        self.files.remove(manifest::NAME);
        self.log = None;
        self.rewrite()
    }

    fn rewrite(&self) -> Result<(), Failure> {
        let manifest = std::iter::once(Line::Manifest { manifest: self.manifest });
        let files = self.files.iter().map(|(path, sha256)| (path.clone(), *sha256));
        let files = files.map(|(path, sha256)| Line::File { path, sha256 });
        let gone = self.gone.iter().map(|path| Line::Gone { path: path.clone(), gone: true });
        let mut text = Vec::new();
        for line in manifest.chain(files).chain(gone) {
            let json = serde_json::to_vec(&line);
            text.extend(json.map_err(|e| Failure::Internal(format!("a note: {e}")))?);
            text.push(b'\n');
        }
        replace(&self.path, &text)
    }
}

fn damaged(path: &Path) -> Failure {
    Failure::State {
        zh: format!("{} 已损坏；删除它后再发布，会按目标现有的清单继续", path.display()),
        en: format!(
            "{} is damaged: remove it and publish again; the target's own manifest counts then",
            path.display()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Day;
    use crate::ledger::Head;
    use crate::publish::manifest::FileEntry;
    use crate::publish::{Manifest, send::steps::Step};

    fn stands(paths: &[&str]) -> Stands {
        let file = |path: &&str| FileEntry {
            path: (*path).into(),
            sha256: Digest::of(path.as_bytes()),
            bytes: 1,
        };
        let day = Day::new(2026, 2, 13).expect("a day");
        let manifest = Manifest::new(day, Head::EMPTY, paths.iter().map(file).collect());
        let digest = Digest::of(paths.concat().as_bytes());
        Stands { manifest, digest }
    }

    #[test]
    fn a_run_that_breaks_off_is_remembered_line_by_line() {
        let dir = tempfile::tempdir().expect("a folder");
        let before = stands(&["a", "b"]);
        let mut held = Held::open(dir.path(), "portal", Some(&before)).expect("opened");
        assert_eq!(held.files["a"], Some(Digest::of(b"a")), "known by the target's manifest");
        let mut steps = Steps::default();
        steps.parts[1] = ["c", "d"].map(|path| Step::Write(path.into())).to_vec();
        held.intend(&steps).expect("noted");
        held.sent("c", Digest::of(b"c"));
        held.gone("b");
        drop(held);
        let note = dir.path().join("targets/portal.jsonl");
        let mut torn = std::fs::read(&note).expect("a note");
        torn.extend(b"{\"path\":\"d\",\"sha2");
        std::fs::write(&note, torn).expect("written");
        let again = Held::open(dir.path(), "portal", Some(&before)).expect("opened");
        assert_eq!(again.files["c"], Some(Digest::of(b"c")));
        assert_eq!(again.files["d"], None, "it may stand there, in unknown bytes");
        assert!(again.gone.contains("b") && !again.files.contains_key("b"));
        let other = Held::open(dir.path(), "portal", Some(&stands(&["b", "e"]))).expect("opened");
        assert!(other.files.contains_key("e") && other.files.contains_key("b"), "somebody else's");
        let mut whole = Held::open(dir.path(), "portal", Some(&before)).expect("opened");
        whole.settle(before.digest).expect("noted");
        whole.doubt(["a", "b", "strange"].into_iter()).expect("noted");
        let doubted = Held::open(dir.path(), "portal", Some(&before)).expect("opened");
        assert_eq!((doubted.files["a"], doubted.files["b"]), (None, None), "also what was gone");
        assert!(!doubted.files.contains_key("strange") && doubted.files["c"].is_some());
        let emptied = Held::open(dir.path(), "portal", None).expect("opened");
        assert!(emptied.files.values().all(Option::is_none), "everything is sent again");
    }
}
