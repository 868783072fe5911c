//! Unified social credit codes (GB 32100-2015).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A unified social credit code whose check character is right, or the prescribed code of an
/// individual business without one (17 zeros and X, domain 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CreditCode([u8; 18]);

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const PLACEHOLDER: &[u8; 18] = b"00000000000000000X";

impl CreditCode {
    /// Reads a code; lower-case letters are taken as upper-case.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut code: [u8; 18] = text.as_bytes().try_into().ok()?;
        code.make_ascii_uppercase();
        if &code == PLACEHOLDER {
            return Some(Self(code));
        }
        let mut sum = 0_u32;
        for (byte, weight) in code.iter().zip(WEIGHTS) {
            sum += value(*byte)? * weight;
        }
        (value(code[17])? == (31 - sum % 31) % 31).then_some(Self(code))
    }

    /// Whether it is the prescribed placeholder rather than a code of its own.
    pub(crate) fn is_placeholder(&self) -> bool {
        &self.0 == PLACEHOLDER
    }

    /// The code as text.
    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

fn value(byte: u8) -> Option<u32> {
    ALPHABET.iter().position(|a| *a == byte).and_then(|p| u32::try_from(p).ok())
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CreditCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CreditCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| serde::de::Error::custom("not a unified social credit code"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn live_codes_pass_and_damaged_ones_do_not() {
        for code in
            ["91230500MA1B3N1N2M", "11500226753092798P", "115002227398230135", "11500000MB1553803Q"]
        {
            assert!(CreditCode::parse(code).is_some(), "{code}");
        }
        assert!(CreditCode::parse("00000000000000000X").is_some_and(|c| c.is_placeholder()));
        for wrong in ["91230500MA1B3N1N2N", "91230500MA1B3N1N2", "I1230500MA1B3N1N2M", ""] {
            assert!(CreditCode::parse(wrong).is_none(), "{wrong}");
        }
    }
}
