//! The opaque name of a case in addresses.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Eight characters without vowels and without look-alikes, minted once by the ledger.
///
/// It says nothing about party, number or content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CaseId([u8; 8]);

const ALPHABET: &[u8; 28] = b"bcdfghjkmnpqrstvwxyz23456789";

impl CaseId {
    /// What an id looks like, as a pattern.
    pub(crate) const PATTERN: &str = "^[bcdfghjkmnpqrstvwxyz2-9]{8}$";

    /// Makes an id out of eight bytes of a digest.
    pub(crate) fn mint(bytes: [u8; 8]) -> Self {
        Self(bytes.map(|b| ALPHABET[usize::from(b) % ALPHABET.len()]))
    }

    /// Reads an id; `None` where it has another form.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 8] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(|b| ALPHABET.contains(b)).then_some(Self(bytes))
    }

    /// The id as text.
    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CaseId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CaseId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a case id"))
    }
}
