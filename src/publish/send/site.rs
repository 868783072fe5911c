//! A built site that is to be sent, and what is known of the one that stands at a target.

use std::path::{Path, PathBuf};

use crate::diag::Failure;
use crate::ledger::{Digest, read_or_empty};

use super::super::manifest::{self, Manifest};

/// A built site in the output folder.
pub(crate) struct Built {
    dir: PathBuf,
    /// Its manifest.
    pub(crate) manifest: Manifest,
    /// The manifest as it stands.
    pub(crate) text: Vec<u8>,
}

impl Built {
    /// The site in `dir`.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn open(dir: &Path) -> Result<Self, Failure> {
        let text = read_or_empty(&dir.join(manifest::NAME))?;
        let manifest = Manifest::parse(&text).ok_or_else(|| Failure::Usage {
            zh: format!("{} 里没有生成好的网站，请先运行 gongshi build", dir.display()),
            en: format!("there is no built site in {}: run gongshi build first", dir.display()),
        })?;
        Ok(Self { dir: dir.to_path_buf(), manifest, text })
    }

    /// Digest of its manifest.
    pub(crate) fn digest(&self) -> Digest {
        Digest::of(&self.text)
    }

    /// The bytes of one of its files.
    ///
    /// # Errors
    /// The file is not the one that was built and audited.
    pub(crate) fn file(&self, path: &str) -> Result<Vec<u8>, Failure> {
        if path == manifest::NAME {
            return Ok(self.text.clone());
        }
        let bytes = read_or_empty(&self.dir.join(path))?;
        if self.manifest.digest_of(path) == Some(Digest::of(&bytes)) {
            return Ok(bytes);
        }
        Err(Failure::State {
            zh: format!("输出目录中的 {path} 与生成时不同，未发布；请重新运行 gongshi build"),
            en: format!("{path} is not as it was built; nothing of it is sent: run gongshi build"),
        })
    }
}

/// The site that stands at a target, by its manifest.
pub(crate) struct Stands {
    /// The manifest.
    pub(crate) manifest: Manifest,
    /// Its digest.
    pub(crate) digest: Digest,
}

impl Stands {
    /// What a file that should be a manifest says.
    ///
    /// # Errors
    /// It is no manifest of this program's.
    pub(crate) fn of(text: &[u8], shown: &str) -> Result<Self, Failure> {
        let manifest = Manifest::parse(text).ok_or_else(|| Failure::State {
            zh: format!("{shown} 不是 gongshi 的清单，已停下；请核对目标的路径"),
            en: format!("{shown} is no manifest of gongshi: check the target's path"),
        })?;
        Ok(Self { manifest, digest: Digest::of(text) })
    }
}
