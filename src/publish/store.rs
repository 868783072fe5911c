//! What every place that holds a published site can do, whatever it is. It knows nothing of sites,
//! manifests or order: that is the publisher's.

/// The folder, below a store's root, in which servers with folders keep a file until it is whole.
/// What stands there between two publications was left by one that broke off, and may be deleted.
pub(crate) const ASIDE: &str = ".gongshi-upload/";

/// A place that holds a published site's files by their paths below its root; shared by threads.
pub(crate) trait Store: Sync {
    /// The bytes of a file; `None` where there is none.
    ///
    /// # Errors
    /// The store did not answer, or refused.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Trouble>;

    /// Puts a file in place; whoever reads meanwhile sees the old bytes or the new ones where the
    /// protocol can do so (written aside and renamed on SFTP, FTP and WebDAV; object stores are atomic).
    ///
    /// # Errors
    /// The store did not answer, or refused. What stood in place still does, except on an FTP server that
    /// renames onto no file.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble>;

    /// Removes a file, and the folders that it leaves empty; none there is fine.
    ///
    /// # Errors
    /// The store did not answer, or refused.
    fn delete(&self, name: &str) -> Result<(), Trouble>;

    /// Names of all files below the root, sorted; those below [`ASIDE`] too.
    ///
    /// # Errors
    /// The store did not answer, or refused.
    fn list(&self) -> Result<Vec<String>, Trouble>;

    /// How a file of this name is shown to people (never with credentials).
    fn shown(&self, name: &str) -> String;
}

/// Why a store did not do it, in both languages, without credentials or file content.
#[derive(Debug)]
pub(crate) struct Trouble {
    /// Whether trying again can help: the connection, a time-out, a server that is busy or ill.
    pub(crate) again: bool,
    /// The sentence in Chinese.
    pub(crate) zh: String,
    /// The sentence in English.
    pub(crate) en: String,
}

#[cfg_attr(
    not(feature = "remote"),
    expect(dead_code, reason = "remote storage alone is in trouble")
)]
impl Trouble {
    /// Trouble that may pass.
    pub(crate) fn passing(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { again: true, zh: zh.into(), en: en.into() }
    }

    /// Trouble that stays until somebody mends it.
    pub(crate) fn lasting(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { again: false, zh: zh.into(), en: en.into() }
    }
}
