//! A local folder as a target: each publication is a whole folder of its own beside it, and the target is a
//! link that is changed in one step. Older ones stay for a way back, as long as none of them shows what is
//! down or was corrected since.

use std::ffi::OsString;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};

use crate::diag::Failure;
use crate::ledger::{Digest, read_or_empty};

use super::super::checkup::walk;
use super::super::manifest::{self, FileEntry, Manifest};
use super::super::staging::{clear, sync};
use super::{Built, Sent, Stands, record_of};

/// A folder as a target.
pub(crate) struct Generations {
    /// The link.
    path: PathBuf,
    /// Folder of the generations.
    folder: PathBuf,
    /// How many stay, the present one not counted.
    keep: usize,
}

/// A generation that stood before.
pub(crate) struct Prior {
    /// Its folder's name.
    name: OsString,
    /// Its site.
    pub(crate) stands: Stands,
}

impl Generations {
    /// The target at `path`, of which `keep` older generations stay.
    ///
    /// # Errors
    /// The path names no folder.
    pub(crate) fn at(path: &Path, keep: usize) -> Result<Self, Failure> {
        let Some(name) = path.file_name() else {
            return Err(Failure::Usage {
                zh: format!("目标目录 {} 无效", path.display()),
                en: format!("{} is no folder for a target", path.display()),
            });
        };
        let mut beside = OsString::from(".");
        beside.push(name);
        beside.push(".generations");
        Ok(Self { path: path.to_path_buf(), folder: path.with_file_name(beside), keep })
    }

    /// The site that stands there.
    ///
    /// # Errors
    /// The folder holds files of somebody else.
    pub(crate) fn stands(&self) -> Result<Option<Stands>, Failure> {
        let text = read_or_empty(&self.path.join(manifest::NAME))?;
        if !text.is_empty() {
            let shown = self.path.join(manifest::NAME);
            return Stands::of(&text, &shown.display().to_string()).map(Some);
        }
        let is_free = match std::fs::read_dir(&self.path) {
            Ok(mut entries) => entries.next().is_none(),
            Err(e) => e.kind() == std::io::ErrorKind::NotFound,
        };
        if is_free { Ok(None) } else { Err(self.foreign()) }
    }

    fn foreign(&self) -> Failure {
        Failure::State {
            zh: format!(
                "{} 里有不是 gongshi 发布的文件，为免误删已停下；请换一个空目录",
                self.path.display()
            ),
            en: format!(
                "{} holds files that gongshi did not publish: choose an empty folder",
                self.path.display()
            ),
        }
    }

    /// The link.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Names of all files that stand there, sorted.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub(crate) fn list(&self) -> Result<Vec<String>, Failure> {
        Ok(walk(&self.path, &self.path)?.into_iter().collect())
    }

    /// Puts the site there: a whole folder aside, then the link. What stands unchanged is not copied again.
    ///
    /// # Errors
    /// The disk is full or read-only, or a file is not as it was built; then the old site stands.
    pub(crate) fn publish(&self, site: &Built) -> Result<Sent, Failure> {
        let old = self.stands()?;
        let digest = site.digest();
        let name = format!("{}-{}", site.manifest.as_of, &digest.to_string()[..12]);
        let part = self.folder.join(format!(".{name}.part"));
        clear(&part)?;
        let mut sent = Sent::default();
        for file in &site.manifest.files {
            self.put(site, file, &part, &mut sent)?;
        }
        if sent == Sent::default() && old.as_ref().is_some_and(|old| old.digest == digest) {
            // What a run that was cut short left behind goes all the same.
            clear(&part)?;
            return self.prune(&site.manifest).map(|()| sent);
        }
        write(&part.join(manifest::NAME), &site.text)?;
        (sent.written, sent.bytes) = (sent.written + 1, sent.bytes + site.text.len() as u64);
        sync(&part)?;
        let whole = self.folder.join(&name);
        // One of this name is of a run that was cut short, or of the same bytes: the new one is whole.
        if self.current() != Some(OsString::from(&name)) {
            clear(&whole)?;
            std::fs::rename(&part, &whole).map_err(|cause| fail(&whole, cause))?;
            self.point_to(&name)?;
        } else {
            self.exchange(&part, &whole)?;
        }
        let is_gone = |file: &&FileEntry| site.manifest.digest_of(&file.path).is_none();
        sent.removed = old.iter().flat_map(|o| &o.manifest.files).filter(is_gone).count() as u64;
        self.prune(&site.manifest)?;
        Ok(sent)
    }

    fn exchange(&self, part: &Path, whole: &Path) -> Result<(), Failure> {
        renameat_with(CWD, part, CWD, whole, RenameFlags::EXCHANGE)
            .map_err(|cause| fail(whole, cause.into()))?;
        clear(part)
    }

    fn put(
        &self,
        site: &Built,
        file: &FileEntry,
        part: &Path,
        sent: &mut Sent,
    ) -> Result<(), Failure> {
        let (old, new) = (self.path.join(&file.path), part.join(&file.path));
        let folder = new.parent().unwrap_or(part);
        std::fs::create_dir_all(folder).map_err(|cause| fail(folder, cause))?;
        let stands = std::fs::read(&old).is_ok_and(|bytes| Digest::of(&bytes) == file.sha256);
        if stands && std::fs::hard_link(&old, &new).is_ok() {
            return Ok(());
        }
        let bytes = site.file(&file.path)?;
        sent.written += 1;
        sent.bytes += bytes.len() as u64;
        write(&new, &bytes)
    }

    /// Name of the generation that the link leads to.
    fn current(&self) -> Option<OsString> {
        let link = std::fs::read_link(&self.path).ok()?;
        link.file_name().map(OsString::from)
    }

    /// Leads the link to a generation, in one step.
    fn point_to(&self, name: impl AsRef<Path>) -> Result<(), Failure> {
        let link = self.folder.join(".link");
        match std::fs::remove_file(&link) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(fail(&link, e)),
            _ => {}
        }
        let folder = self.folder.file_name().map(Path::new).unwrap_or(&self.folder);
        symlink(folder.join(name), &link).map_err(|cause| fail(&link, cause))?;
        match std::fs::symlink_metadata(&self.path) {
            Ok(meta) if meta.is_dir() => {
                // A plain folder: an empty one, or a copy of the site made by hand.
                renameat_with(CWD, &link, CWD, &self.path, RenameFlags::EXCHANGE)
                    .map_err(|cause| fail(&self.path, cause.into()))?;
                clear(&link)?;
            }
            _ => std::fs::rename(&link, &self.path).map_err(|cause| fail(&self.path, cause))?,
        }
        sync(&self.folder)
    }

    /// The generations that stood before, the newest first.
    ///
    /// # Errors
    /// The folder cannot be read.
    fn priors(&self) -> Result<Vec<Prior>, Failure> {
        let fail = |cause| Failure::Read { path: self.folder.clone(), cause };
        let current = self.current();
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&self.folder).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let name = entry.file_name();
            let text = read_or_empty(&entry.path().join(manifest::NAME))?;
            if Some(&name) != current.as_ref()
                && !text.is_empty()
                && let Some(manifest) = Manifest::parse(&text)
            {
                let changed = entry.metadata().and_then(|m| m.modified()).map_err(fail)?;
                let stands = Stands { manifest, digest: Digest::of(&text) };
                found.push((changed, Prior { name, stands }));
            }
        }
        found.sort_by(|(a, x), (b, y)| (b, &y.name).cmp(&(a, &x.name)));
        Ok(found.into_iter().map(|(_, prior)| prior).collect())
    }

    /// Removes generations that are too old, half written, or show what must not be seen again.
    fn prune(&self, now: &Manifest) -> Result<(), Failure> {
        let priors = self.priors()?;
        let lawful = priors.iter().filter(|prior| is_lawful(&prior.stands.manifest, now));
        let mut stay: Vec<OsString> =
            lawful.take(self.keep).map(|prior| prior.name.clone()).collect();
        stay.extend(self.current());
        let fail = |cause| Failure::Read { path: self.folder.clone(), cause };
        for entry in std::fs::read_dir(&self.folder).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            if !stay.contains(&entry.file_name()) {
                clear(&entry.path())?;
            }
        }
        Ok(())
    }

    /// The newest generation before the present one that may be shown again.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn prior(&self) -> Result<Prior, Failure> {
        let now = self.stands()?;
        let priors = if now.is_some() { self.priors()? } else { Vec::new() };
        let is_open = |prior: &Prior| {
            now.as_ref().is_some_and(|now| {
                let (old, now) = (&prior.stands.manifest, &now.manifest);
                // Not a later one, which somebody went back from.
                (old.ledger.events, old.as_of) <= (now.ledger.events, now.as_of)
                    && is_lawful(old, now)
            })
        };
        priors.into_iter().find(is_open).ok_or_else(|| Failure::State {
            zh: "没有可以退回的旧版本：只保留其后没有撤下、更正任何案件的版本".into(),
            en: "there is no earlier site to go back to: only those are kept after which no case was taken down or corrected".into(),
        })
    }

    /// Leads the link back to an earlier generation.
    ///
    /// # Errors
    /// The disk is read-only.
    pub(crate) fn go_back_to(&self, prior: &Prior) -> Result<(), Failure> {
        self.point_to(&prior.name)
    }
}

/// Whether an earlier site may be seen again: every case it shows is still shown, in the same words.
fn is_lawful(old: &Manifest, now: &Manifest) -> bool {
    let records = old
        .files
        .iter()
        .filter(|file| record_of(&file.path).is_some() && file.path.ends_with(".json"));
    records.into_iter().all(|file| now.digest_of(&file.path) == Some(file.sha256))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|cause| fail(path, cause))
}

fn fail(path: &Path, cause: std::io::Error) -> Failure {
    Failure::Write { path: path.to_path_buf(), cause }
}
