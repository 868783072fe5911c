//! The tokens of a theme: named colours, fonts and measures, as one small stylesheet. A colour that text
//! cannot be read in is refused here, before any page is made.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diag::Failure;

/// The token that `colour` of `site.yml` sets.
pub(super) const MAIN: &str = "main";

/// Lowest contrast of text on its ground (WCAG 2.2, 1.4.3, level AA; domain 5.4).
const LOWEST: f64 = 4.5;
/// Lowest contrast in the high-contrast mode (WCAG 2.2, 1.4.6, level AAA).
const LOWEST_HIGH: f64 = 7.0;

/// Text and the ground it stands on, by token, with the lowest contrast of the pair.
const PAIRS: [(&str, &str, f64); 18] = [
    ("ink", "paper", LOWEST),
    ("ink", "wash", LOWEST),
    ("soft", "paper", LOWEST),
    ("soft", "wash", LOWEST),
    ("main", "paper", LOWEST),
    ("main", "wash", LOWEST),
    ("on-main", "main", LOWEST),
    ("good", "paper", LOWEST),
    ("on-main", "bad", LOWEST),
    ("wait", "paper", LOWEST),
    ("note", "paper", LOWEST),
    ("focus-ink", "focus", LOWEST),
    ("mark-ink", "mark", LOWEST),
    ("high-ink", "high-paper", LOWEST_HIGH),
    ("high-soft", "high-paper", LOWEST_HIGH),
    ("high-link", "high-paper", LOWEST_HIGH),
    ("high-ink", "high-wash", LOWEST_HIGH),
    ("high-link", "high-wash", LOWEST_HIGH),
];

/// The stylesheet.
///
/// # Errors
/// A value that could end its declaration, or a pair of colours below its lowest contrast.
pub(super) fn css(tokens: &BTreeMap<String, String>) -> Result<String, Failure> {
    for (name, value) in tokens {
        if !is_plain(name, value) {
            return Err(refused(name, "的值不能用在样式中".into()));
        }
    }
    for (text, ground, lowest) in PAIRS {
        let [above, below] = [text, ground].map(|name| {
            let colour = tokens.get(name).and_then(|value| luminance(value));
            colour.ok_or_else(|| refused(name, "须为 #rrggbb 形式的颜色".into()))
        });
        let found = contrast(above?, below?);
        if found < lowest {
            // Rounded down: a pair that just fails must not be told as one that passes.
            let tenths = (found * 10.0).floor() / 10.0;
            let message = format!("与 {ground} 的对比度只有 {tenths}:1，须不低于 {lowest}:1");
            return Err(refused(if ground == MAIN { ground } else { text }, message));
        }
    }
    let mut out = String::from(":root{");
    for (name, value) in tokens {
        let _ = write!(out, "--{name}:{value};");
    }
    out.push_str("}\n");
    Ok(out)
}

/// The main colour is the bureau's own choice; the others stand in the theme.
fn refused(name: &str, message: String) -> Failure {
    let (file, named) = match name {
        MAIN => ("site.yml", "colour"),
        other => (super::TOKENS, other),
    };
    Failure::Rule { file: file.into(), message: format!("{named} {message}") }
}

fn is_plain(name: &str, value: &str) -> bool {
    let in_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let in_value = |c: char| c.is_alphanumeric() || " #%.,-\"()".contains(c);
    name.bytes().all(in_name) && value.chars().all(in_value) && !value.contains("url")
}

fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance of `#rrggbb` (WCAG 2.2); `None` for any other text.
fn luminance(colour: &str) -> Option<f64> {
    let hex = colour.strip_prefix('#').filter(|h| h.len() == 6)?;
    if !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let channel = |at: usize| -> Option<f64> {
        let part = f64::from(u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if part <= 0.039_28 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}
