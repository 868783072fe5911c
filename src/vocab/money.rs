//! Amounts of money, exact to the fen.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount in fen (分). Never a float; 万元 with six decimals is exactly fen.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub(crate) struct Money(i64);

/// Fen in a 万元.
const FEN_PER_WAN: i64 = 1_000_000;

impl Money {
    /// This many fen.
    pub(crate) const fn fen(fen: i64) -> Self {
        Self(fen)
    }

    /// Reads a plain decimal number of 万元 with at most six decimals.
    pub(crate) fn wan(text: &str) -> Option<Self> {
        decimal(text, 6).map(Self)
    }

    /// Reads a plain decimal number of yuan with at most two decimals.
    pub(crate) fn yuan(text: &str) -> Option<Self> {
        decimal(text, 2).map(Self)
    }

    /// The amount in fen.
    pub(crate) const fn as_fen(self) -> i64 {
        self.0
    }

    /// Sum; `None` on overflow.
    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The amount in yuan with digit groups, as in `1,200` or `1,200.50`.
    pub(crate) fn yuan_text(self) -> String {
        let (yuan, fen) = (self.0 / 100, self.0 % 100);
        let digits = yuan.to_string();
        let mut out = String::new();
        for (i, d) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(d);
        }
        if fen != 0 {
            out.push_str(&format!(".{fen:02}"));
        }
        out
    }

    /// The amount in 万元 without needless zeros, as in `0.02`.
    pub(crate) fn wan_text(self) -> String {
        let text = format!("{}.{:06}", self.0 / FEN_PER_WAN, self.0 % FEN_PER_WAN);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

/// A plain decimal with at most `places` decimals, as an integer of the last place.
fn decimal(text: &str, places: usize) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part = if part.len() > places { part.trim_end_matches('0') } else { part };
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 12 || part.len() > places {
        return None;
    }
    if !all_digits(whole)
        || !all_digits(part)
        || (text.contains('.') && part.is_empty() && !text.ends_with('0'))
    {
        return None;
    }
    format!("{whole}{part:0<places$}").parse().ok()
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.yuan_text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wan_is_exact() {
        for (text, fen) in [
            ("0.5", 500_000),
            ("0.0200", 20_000),
            ("12", 12_000_000),
            ("0.000001", 1),
            ("0.50000000", 500_000),
        ] {
            assert_eq!(Money::wan(text).map(Money::as_fen), Some(fen), "{text}");
        }
        for wrong in ["", ".5", "5.", "-1", "1e3", "1,000", "0.0000001", "5000元", "０.5"] {
            assert_eq!(Money::wan(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn amounts_are_written_for_people() {
        assert_eq!(Money::fen(120_050).yuan_text(), "1,200.50");
        assert_eq!(Money::fen(20_000).yuan_text(), "200");
        assert_eq!(Money::fen(20_000).wan_text(), "0.02");
        assert_eq!(Money::fen(0).wan_text(), "0");
    }
}
