//! Keys of the public log, in the forms of the C2SP note `signed-note`: Ed25519, or SM2 with SM3. The one
//! hand on both.
//!
//! SM2 is for those who must show a signature of the national algorithms. This code is no certified product
//! of commercial cryptography, and nothing here says that it is.

use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use sm2::dsa::signature::Verifier as _;

use super::Digest;

/// What the file of a secret key begins with.
const SECRET: &str = "gongshi-log-secret-key-1 ";
/// The same of an SM2 key.
const SECRET_SM2: &str = "gongshi-log-secret-key-sm2-1 ";
/// The kind of signature in the forms of signed notes: Ed25519.
const ED25519: &[u8] = &[1];
/// The same for SM2 with SM3: signed notes leave 255 to kinds that name themselves.
const SM2: &[u8] = b"\xffsm2-sm3";
/// The identity that GM/T 0009 gives to signers who have none of their own.
const SIGNER: &str = "1234567812345678";

/// How a log is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    /// Ed25519 (RFC 8032).
    Ed25519,
    /// SM2 with SM3 (GM/T 0003, GM/T 0004); nonces as RFC 6979 makes them, so that a signature has the same
    /// bytes every time.
    Sm2,
}

/// The key a bureau signs with. Never printed.
#[derive(Clone)]
pub(crate) struct LogKey(Secret);

#[derive(Clone)]
enum Secret {
    Ed25519(SigningKey),
    Sm2(sm2::dsa::SigningKey),
}

impl LogKey {
    /// The key of these secret bytes, which must be random. No SM2 key is zero or beyond the curve's order:
    /// for such bytes, which never come by chance, there is none.
    pub(crate) fn of(algorithm: Algorithm, seed: [u8; 32]) -> Option<Self> {
        Some(Self(match algorithm {
            Algorithm::Ed25519 => Secret::Ed25519(SigningKey::from_bytes(&seed)),
            Algorithm::Sm2 => Secret::Sm2(sm2::dsa::SigningKey::from_slice(SIGNER, &seed).ok()?),
        }))
    }

    /// Reads the text of a key file.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim_end();
        let (algorithm, seed) = match text.strip_prefix(SECRET) {
            Some(seed) => (Algorithm::Ed25519, seed),
            None => (Algorithm::Sm2, text.strip_prefix(SECRET_SM2)?),
        };
        Self::of(algorithm, unbase64(seed)?.try_into().ok()?)
    }

    /// The text of its file.
    pub(crate) fn secret_text(&self) -> String {
        match &self.0 {
            Secret::Ed25519(key) => format!("{SECRET}{}\n", base64(&key.to_bytes())),
            Secret::Sm2(key) => format!("{SECRET_SM2}{}\n", base64(&key.to_bytes())),
        }
    }

    /// What others verify with.
    pub(crate) fn public(&self) -> PublicKey {
        match &self.0 {
            Secret::Ed25519(key) => PublicKey::Ed25519(key.verifying_key()),
            Secret::Sm2(key) => PublicKey::Sm2(key.verifying_key().clone()),
        }
    }

    /// The signature of a text.
    pub(super) fn sign(&self, text: &[u8]) -> Vec<u8> {
        match &self.0 {
            Secret::Ed25519(key) => key.sign(text).to_bytes().to_vec(),
            Secret::Sm2(key) => sm2::dsa::signature::Signer::sign(key, text).to_vec(),
        }
    }
}

/// The key others verify with.
#[derive(Clone, Debug)]
pub(crate) enum PublicKey {
    /// Of Ed25519.
    Ed25519(VerifyingKey),
    /// Of SM2.
    Sm2(sm2::dsa::VerifyingKey),
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl PublicKey {
    /// What it verifies, as people call it.
    pub(crate) fn algorithm(&self) -> &'static str {
        match self {
            Self::Ed25519(_) => "Ed25519",
            Self::Sm2(_) => "SM2（SM3，未经商用密码认证）",
        }
    }

    /// Its kind and its bytes.
    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Ed25519(key) => [ED25519, key.as_bytes()].concat(),
            Self::Sm2(key) => [SM2, &key.to_sec1_bytes()].concat(),
        }
    }

    /// Its id, made with the name of the log it signs.
    pub(super) fn id(&self, origin: &str) -> [u8; 4] {
        let digest = Digest::of_all(&[origin.as_bytes(), b"\n", &self.bytes()]);
        let [a, b, c, d, ..] = *digest.bytes();
        [a, b, c, d]
    }

    /// Its text, for the log of this origin: `ORIGIN+ID+KEY`.
    pub(crate) fn text(&self, origin: &str) -> String {
        let id = self.id(origin).map(|b| format!("{b:02x}")).concat();
        format!("{origin}+{id}+{}\n", base64(&self.bytes()))
    }

    /// Reads such a text.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (origin, rest) = text.trim_end().split_once('+')?;
        let (_, key) = rest.split_once('+')?;
        let key = unbase64(key)?;
        let key = match key.strip_prefix(SM2) {
            Some(point) => Self::Sm2(sm2::dsa::VerifyingKey::from_sec1_bytes(SIGNER, point).ok()?),
            None => {
                let bytes = key.strip_prefix(ED25519)?.try_into().ok()?;
                Self::Ed25519(VerifyingKey::from_bytes(bytes).ok()?)
            }
        };
        (key.text(origin).trim_end() == text.trim_end()).then_some(key)
    }

    /// Whether this signature of the text is the key's.
    pub(super) fn holds(&self, text: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Ed25519(key) => ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|s| key.verify_strict(text, &s).is_ok()),
            Self::Sm2(key) => sm2::dsa::Signature::from_slice(signature)
                .is_ok_and(|s| key.verify(text, &s).is_ok()),
        }
    }
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes as base64 with padding.
pub(super) fn base64(bytes: &[u8]) -> String {
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

/// What [`base64`] wrote; `None` for anything else.
pub(super) fn unbase64(text: &str) -> Option<Vec<u8>> {
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
        for algorithm in [Algorithm::Ed25519, Algorithm::Sm2] {
            let key = LogKey::of(algorithm, [7; 32]).expect("a key");
            let again = LogKey::parse(&key.secret_text()).expect("a key");
            assert_eq!(again.public(), key.public());
            let text = key.public().text("www.example.invalid");
            assert_eq!(PublicKey::parse(&text), Some(key.public()));
            assert_eq!(PublicKey::parse(&text.replace("www", "ww2")), None);
        }
    }
}
