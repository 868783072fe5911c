//! The keyed digest of a record's version: HMAC-SHA256 (RFC 2104) over all its cells.
//!
//! Without the key nobody can try out which value a digest belongs to. The key itself is made and kept by
//! `cli`; a value, or a digest without a key, must never leave through here.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use crate::clearance::record::{CaseFile, Field, TableKind};

/// Bytes that SHA-256 takes in at a time.
const BLOCK: usize = 64;

/// The bureau's key. It implements nothing that shows it.
#[derive(Clone)]
pub(crate) struct ReviewKey([u8; 32]);

/// The digest of one version of a record, as 64 hexadecimal characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RecordDigest([u8; 32]);

impl ReviewKey {
    /// A key of these bytes.
    pub(crate) fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads 64 hexadecimal characters.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        bytes_of(text.trim()).map(Self)
    }

    /// The digest of a record. Columns go by their headers, so that a field this program learns later
    /// changes the digest only of records that have it.
    pub(super) fn digest(&self, file: &CaseFile) -> RecordDigest {
        let mut message = Vec::new();
        let mut feed = |text: &str| {
            message.extend_from_slice(&(text.len() as u64).to_be_bytes());
            message.extend_from_slice(text.as_bytes());
        };
        feed(match file.table {
            TableKind::Penalties => "penalties",
            TableKind::Inspections => "inspections",
            TableKind::Orders => "orders",
        });
        for field in Field::ALL {
            if let Some(cell) = file.look(*field) {
                feed(&super::header(file, *field));
                feed(cell);
            }
        }
        RecordDigest(self.hmac(&message))
    }

    fn hmac(&self, message: &[u8]) -> [u8; 32] {
        let pad = |byte: u8| {
            let mut pad = [byte; BLOCK];
            pad.iter_mut().zip(self.0).for_each(|(p, k)| *p ^= k);
            pad
        };
        let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
        Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
    }
}

impl RecordDigest {
    /// Reads 64 hexadecimal characters.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        bytes_of(text).map(Self)
    }
}

fn bytes_of(text: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    for (i, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(out)
}

impl fmt::Display for RecordDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for RecordDigest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RecordDigest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a digest"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_hmac_sha256() {
        // RFC 4231, test case 1; its key of 20 bytes is filled with zeros, as HMAC does.
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        let digest = RecordDigest(ReviewKey::new(key).hmac(b"Hi There"));
        let want = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
        assert_eq!(digest.to_string(), want);
        assert_eq!(RecordDigest::parse(want), Some(digest));
        assert_eq!(RecordDigest::parse(&want[1..]), None);
    }
}
