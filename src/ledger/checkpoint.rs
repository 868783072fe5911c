//! The checkpoint of the public log: its size and root on a day, signed. The one hand on Ed25519.
//!
//! The forms are those of the C2SP notes `tlog-checkpoint` and `signed-note`, so that other people's
//! tools read them too. A key is 32 bytes; its id is made with the name of the log it signs.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::law::Day;

use super::Digest;

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
/// What the secret key's file begins with.
const SECRET: &str = "gongshi-log-secret-key-1 ";
/// The kind of signature in the forms of signed notes: Ed25519.
const ED25519: u8 = 1;

impl Checkpoint {
    fn body(&self) -> String {
        let root = base64(self.root.bytes());
        format!("{}\n{}\n{root}\n{}\n", self.origin, self.size, self.on)
    }

    /// The checkpoint's text, signed where there is a key.
    pub(crate) fn text(&self, key: Option<&LogKey>) -> String {
        let body = self.body();
        let signature = key.map(|key| {
            let mut blob = key_id(&self.origin, key.public().0.as_bytes()).to_vec();
            blob.extend(key.0.sign(body.as_bytes()).to_bytes());
            format!("{DASH}{} {}\n", self.origin, base64(&blob))
        });
        format!("{body}\n{}", signature.unwrap_or_default())
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
                let signature = Signature::from_slice(signature);
                id == key_id(origin, key.0.as_bytes())
                    && signature.is_ok_and(|s| key.0.verify_strict(body.as_bytes(), &s).is_ok())
            })
        })
    }
}

/// The key a bureau signs with. Never printed.
#[derive(Clone)]
pub(crate) struct LogKey(SigningKey);

impl LogKey {
    /// The key of these secret bytes, which must be random.
    pub(crate) fn of(seed: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&seed))
    }

    /// Reads the text of a key file.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let seed = unbase64(text.trim_end().strip_prefix(SECRET)?)?;
        Some(Self::of(seed.try_into().ok()?))
    }

    /// The text of its file.
    pub(crate) fn secret_text(&self) -> String {
        format!("{SECRET}{}\n", base64(&self.0.to_bytes()))
    }

    /// What others verify with.
    pub(crate) fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }
}

/// The key others verify with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Its text, for the log of this origin: `ORIGIN+ID+KEY`.
    pub(crate) fn text(&self, origin: &str) -> String {
        let id = key_id(origin, self.0.as_bytes()).map(|b| format!("{b:02x}")).concat();
        let mut key = vec![ED25519];
        key.extend(self.0.as_bytes());
        format!("{origin}+{id}+{}\n", base64(&key))
    }

    /// Reads such a text.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (origin, rest) = text.trim_end().split_once('+')?;
        let (_, key) = rest.split_once('+')?;
        let key = unbase64(key)?;
        let (kind, bytes) = key.split_first()?;
        let key = Self(VerifyingKey::from_bytes(bytes.try_into().ok()?).ok()?);
        (*kind == ED25519 && key.text(origin).trim_end() == text.trim_end()).then_some(key)
    }
}

fn key_id(origin: &str, key: &[u8; 32]) -> [u8; 4] {
    let digest = Digest::of_all(&[origin.as_bytes(), b"\n", &[ED25519], key]);
    let [a, b, c, d, ..] = *digest.bytes();
    [a, b, c, d]
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let byte = |i: usize| u32::from(three.get(i).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * i)) as usize & 63];
            out.push(if i > three.len() { '=' } else { char::from(letter) });
        }
    }
    out
}

fn unbase64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    for four in text.as_bytes().chunks(4) {
        let letters = four.iter().take_while(|b| **b != b'=').count();
        let mut bits = 0_u32;
        for letter in &four[..letters] {
            bits = bits << 6 | u32::try_from(LETTERS.iter().position(|l| l == letter)?).ok()?;
        }
        bits <<= 6 * (4 - letters);
        out.extend(&bits.to_be_bytes()[1..letters.max(1)]);
    }
    // Also refuses missing padding and bits that no byte takes.
    (base64(&out) == text).then_some(out)
}

#[cfg(test)]
mod tests {
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
    fn base64_is_the_usual_one() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
            assert_eq!(unbase64(text).as_deref(), Some(bytes.as_bytes()));
        }
        for bad in ["Zg=", "Zh==", "Z", "====", "Zm 8", "Zg==Zg=="] {
            assert_eq!(unbase64(bad), None, "{bad}");
        }
    }

    #[test]
    fn keys_read_back() {
        let key = LogKey::of([7; 32]);
        let again = LogKey::parse(&key.secret_text()).expect("a key");
        assert_eq!(again.public(), key.public());
        let text = key.public().text("www.example.invalid");
        assert_eq!(PublicKey::parse(&text), Some(key.public()));
        assert_eq!(PublicKey::parse(&text.replace("www", "ww2")), None);
    }

    #[test]
    fn a_signed_checkpoint_holds_until_a_byte_changes() {
        let key = LogKey::of([7; 32]);
        let text = checkpoint().text(Some(&key));
        assert_eq!(Checkpoint::parse(&text), Some(checkpoint()));
        assert!(Checkpoint::is_signed_by(&text, &key.public()));
        assert!(!Checkpoint::is_signed_by(&text, &LogKey::of([8; 32]).public()));
        for at in 0..text.len() - 1 {
            let mut bad = text.clone().into_bytes();
            bad[at] ^= 1;
            let Ok(bad) = String::from_utf8(bad) else { continue };
            assert!(!Checkpoint::is_signed_by(&bad, &key.public()), "byte {at}");
        }
    }

    #[test]
    fn an_unsigned_checkpoint_says_so() {
        let text = checkpoint().text(None);
        assert_eq!(Checkpoint::parse(&text), Some(checkpoint()));
        assert!(!Checkpoint::has_signature(&text));
    }
}
