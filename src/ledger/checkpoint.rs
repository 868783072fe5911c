//! The checkpoint of the public log: its size and root on a day, signed.
//!
//! The forms are those of the C2SP notes `tlog-checkpoint` and `signed-note`, so that other people's
//! tools read them too.

use crate::law::Day;

use super::Digest;
use super::note_key::{LogKey, PublicKey, base64, unbase64};

/// Size and root of a public log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Checkpoint {
    /// Whose log: the address of the site, without scheme.
    pub(crate) origin: String,
    /// Number of lines.
    pub(crate) size: u64,
    /// Root over them.
    pub(crate) root: Digest,
    /// The day it was made on.
    pub(crate) on: Day,
}

/// First word of a line of signature.
const DASH: &str = "— ";
impl Checkpoint {
    fn body(&self) -> String {
        let root = base64(self.root.bytes());
        format!("{}\n{}\n{root}\n{}\n", self.origin, self.size, self.on)
    }

    /// The checkpoint's text, signed where there is a key.
    pub(crate) fn text(&self, key: Option<&LogKey>) -> String {
        signed_note(&self.body(), &self.origin, key)
    }

    /// Reads a checkpoint; its signatures are looked at by [`Checkpoint::is_signed_by`].
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (body, _) = text.split_once("\n\n")?;
        let lines: Vec<&str> = body.split('\n').collect();
        let [origin, size, root, on] = lines[..] else { return None };
        let parsed = Self {
            origin: origin.to_owned(),
            size: size.parse().ok()?,
            root: Digest::from_bytes(unbase64(root)?.try_into().ok()?),
            on: Day::iso(on)?,
        };
        // One checkpoint has one form: nothing that reads the same may be written otherwise.
        (!origin.is_empty() && parsed.body().trim_end_matches('\n') == body).then_some(parsed)
    }

    /// Whether a checkpoint's text has any signature.
    pub(crate) fn has_signature(text: &str) -> bool {
        text.lines().any(|line| line.starts_with(DASH))
    }

    /// Whether this key signed the text.
    pub(crate) fn is_signed_by(text: &str, key: &PublicKey) -> bool {
        let Some((body, signatures)) = text.split_once("\n\n") else { return false };
        let body = format!("{body}\n");
        let origin = body.lines().next().unwrap_or_default();
        signatures.lines().any(|line| {
            let named = line.strip_prefix(DASH).and_then(|l| l.strip_prefix(origin));
            let blob = named.and_then(|l| l.strip_prefix(' ')).and_then(unbase64);
            blob.is_some_and(|blob| {
                let Some((id, signature)) = blob.split_at_checked(4) else { return false };
                id == key.id(origin) && key.holds(body.as_bytes(), signature)
            })
        })
    }
}

/// A note whose first line is `origin`, signed where there is a key.
pub(crate) fn signed_note(body: &str, origin: &str, key: Option<&LogKey>) -> String {
    let signature = key.map(|key| {
        let mut blob = key.public().id(origin).to_vec();
        blob.extend(key.sign(body.as_bytes()));
        format!("{DASH}{origin} {}\n", base64(&blob))
    });
    format!("{body}\n{}", signature.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::note_key::Algorithm;
    use super::*;

    fn checkpoint() -> Checkpoint {
        Checkpoint {
            origin: "www.example.invalid/gongshi".into(),
            size: 7,
            root: Digest::of(b"root"),
            on: Day::new(2026, 2, 13).expect("a day"),
        }
    }

    #[test]
    fn a_signed_checkpoint_holds_until_a_byte_changes() {
        for algorithm in [Algorithm::Ed25519, Algorithm::Sm2] {
            let of = |byte| LogKey::of(algorithm, [byte; 32]).expect("a key");
            let (key, other) = (of(7), of(8));
            let text = checkpoint().text(Some(&key));
            assert_eq!(text, checkpoint().text(Some(&key)), "the same bytes every time");
            assert_eq!(Checkpoint::parse(&text), Some(checkpoint()));
            assert!(Checkpoint::is_signed_by(&text, &key.public()));
            assert!(!Checkpoint::is_signed_by(&text, &other.public()));
            for at in 0..text.len() - 1 {
                let mut bad = text.clone().into_bytes();
                bad[at] ^= 1;
                let Ok(bad) = String::from_utf8(bad) else { continue };
                assert!(!Checkpoint::is_signed_by(&bad, &key.public()), "byte {at}");
            }
        }
    }

    #[test]
    fn an_unsigned_checkpoint_says_so() {
        let text = checkpoint().text(None);
        assert_eq!(Checkpoint::parse(&text), Some(checkpoint()));
        assert!(!Checkpoint::has_signature(&text));
    }
}
