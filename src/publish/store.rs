//! What a place must be able to do so that a site can be mirrored to it, file by file.

/// A place that holds a published site's files by their paths below its root; shared by threads.
pub(crate) trait Store: Sync {
    /// The bytes of a file; `None` where there is none.
    ///
    /// # Errors
    /// The place does not answer, or not with a file.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Trouble>;

    /// Puts a file in place. Whoever reads meanwhile sees the old bytes or the new ones, where the protocol
    /// can do so.
    ///
    /// # Errors
    /// It was not written, or that is not known.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble>;

    /// Removes a file; none there is fine.
    ///
    /// # Errors
    /// It was not removed, or that is not known.
    fn delete(&self, name: &str) -> Result<(), Trouble>;

    /// Names of all files below the root, sorted.
    ///
    /// # Errors
    /// The place does not tell.
    fn list(&self) -> Result<Vec<String>, Trouble>;

    /// How a file of this name is shown to people; never with credentials.
    fn shown(&self, name: &str) -> String;
}

/// Why a store did not do what was asked. It holds no credentials and nothing of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// Whether to try again can help: the connection broke, it took too long, the place is busy.
    pub(crate) again: bool,
    /// In Chinese.
    pub(crate) zh: String,
    /// In English.
    pub(crate) en: String,
}
