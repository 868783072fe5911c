//! The manifest: every file of the site with its SHA-256, and the end of the ledger's log.

use std::io::{BufWriter, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diag::Failure;
use crate::law::Day;
use crate::ledger::{Digest, Head};

/// Name of the manifest, at the site's root.
pub(crate) const NAME: &str = "manifest.json";

/// One file of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileEntry {
    /// Path below the site's root.
    pub(crate) path: String,
    /// Digest of its bytes.
    pub(crate) sha256: Digest,
    /// Its size in bytes.
    pub(crate) bytes: u64,
}

/// What became of a file between two manifests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Change {
    /// It is new.
    Added,
    /// It has other bytes.
    Changed,
    /// It goes.
    Removed,
}

/// What a built site says of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Version of this form.
    pub(crate) version: u32,
    /// Which program wrote it.
    pub(crate) generator: String,
    /// The day the site shows.
    pub(crate) as_of: Day,
    /// End of the ledger's log: a cut tail or a rolled-back log shows against it.
    pub(crate) ledger: Head,
    /// Every file but this one, by path.
    pub(crate) files: Vec<FileEntry>,
}

impl Manifest {
    /// A manifest of these files; they are put in order of path.
    pub(crate) fn new(as_of: Day, ledger: Head, mut files: Vec<FileEntry>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { version: 1, generator: generator(), as_of, ledger, files }
    }

    /// The manifest of the site in `dir`; `None` where there is none, or another program's.
    pub(crate) fn of(dir: &Path) -> Option<Self> {
        Self::parse(&crate::ledger::read_or_empty(&dir.join(NAME)).ok()?)
    }

    /// The digest of the manifest in `dir`, which stands for every byte of the site.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn digest(dir: &Path) -> Result<Digest, Failure> {
        let path = dir.join(NAME);
        let bytes = std::fs::read(&path).map_err(|cause| Failure::Read { path, cause })?;
        Ok(Digest::of(&bytes))
    }

    /// The manifest in these bytes; `None` where they are none, or another program's.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        let is_own = manifest.generator.starts_with("gongshi");
        let is_ordered = manifest.files.windows(2).all(|pair| pair[0].path < pair[1].path);
        let is_sound = manifest.files.iter().all(|file| is_sound(&file.path));
        (is_own && is_ordered && is_sound).then_some(manifest)
    }

    /// The digest of a file by its path.
    pub(crate) fn digest_of(&self, path: &str) -> Option<Digest> {
        let at = self.files.binary_search_by(|f| f.path.as_str().cmp(path)).ok()?;
        Some(self.files[at].sha256)
    }

    /// The size of a file by its path, in bytes.
    pub(crate) fn bytes_of(&self, path: &str) -> Option<u64> {
        let at = self.files.binary_search_by(|f| f.path.as_str().cmp(path)).ok()?;
        Some(self.files[at].bytes)
    }

    /// The files that differ from those of `old`, by path; all are new where nothing stood.
    pub(crate) fn changes_since<'m>(&'m self, old: Option<&'m Self>) -> Vec<(&'m str, Change)> {
        let stood = |path| old.and_then(|old| old.digest_of(path));
        let new = self.files.iter().filter_map(|file| match stood(&file.path) {
            None => Some((&*file.path, Change::Added)),
            Some(digest) if digest != file.sha256 => Some((&*file.path, Change::Changed)),
            Some(_) => None,
        });
        let gone = old.into_iter().flat_map(|old| &old.files).map(|file| &*file.path);
        let gone = gone.filter(|path| self.digest_of(path).is_none());
        let mut changes: Vec<_> = new.chain(gone.map(|path| (path, Change::Removed))).collect();
        changes.sort_unstable_by_key(|(path, _)| *path);
        changes
    }

    /// Writes it into `dir`, one line a file.
    ///
    /// # Errors
    /// The disk is full.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), Failure> {
        let path = dir.join(NAME);
        let fail = |cause| Failure::Write { path: path.clone(), cause };
        let json = |e: serde_json::Error| Failure::Internal(format!("manifest: {e}"));
        let mut out = BufWriter::new(std::fs::File::create(&path).map_err(fail)?);
        let mut put = |piece: &[u8]| out.write_all(piece).map_err(fail);
        let head = serde_json::to_string(&self.ledger).map_err(json)?;
        put(format!(
            "{{\"version\":{},\"generator\":\"{}\",\"as_of\":\"{}\",\"ledger\":{head},\"files\":[",
            self.version, self.generator, self.as_of
        )
        .as_bytes())?;
        for (i, file) in self.files.iter().enumerate() {
            put(if i == 0 { b"\n" } else { b",\n" })?;
            put(&serde_json::to_vec(file).map_err(json)?)?;
        }
        put(b"\n]}\n")?;
        out.flush().map_err(fail)
    }
}

/// Whether a path stays below the site's root.
pub(super) fn is_sound(path: &str) -> bool {
    !path.is_empty()
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
        && !path.contains(['\\', '\0'])
}

fn generator() -> String {
    concat!("gongshi ", env!("CARGO_PKG_VERSION")).to_owned()
}
