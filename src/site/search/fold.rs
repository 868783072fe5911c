//! What search compares: texts without the differences a reader does not mean. The page's script
//! (`themes/default/assets/seek.js`) folds the same way; `tests/browser/search.mjs` ties the two.
//!
//! Each character folds by itself, so that a part of a text folds to a part of its fold. It is not the
//! fold of the redactor: this one is for visitors, and may change without a leak.

use std::iter::once;

use unicode_normalization::UnicodeNormalization as _;

/// Two neighboring characters of a folded text: what the index is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Gram(u64);

impl Gram {
    /// The pair.
    pub(super) fn of(first: char, second: char) -> Self {
        Self(u64::from(u32::from(first)) << 32 | u64::from(u32::from(second)))
    }

    /// It as text.
    pub(super) fn text(self) -> String {
        let halves = [self.0 >> 32, self.0 & u64::from(u32::MAX)];
        let letter = |half: u64| u32::try_from(half).ok().and_then(char::from_u32);
        halves.into_iter().filter_map(letter).collect()
    }

    /// Its UTF-16 units: scripts order texts by these.
    pub(super) fn units(self) -> Vec<u16> {
        self.text().encode_utf16().collect()
    }
}

/// Adds the folded characters of `text` to `out`: compatibility forms taken apart (full width, radicals,
/// ligatures), case and everything that is neither letter nor figure left out.
pub(super) fn fold_into(text: &str, out: &mut Vec<char>) {
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' | '\u{4e00}'..='\u{9fff}' => out.push(c),
            c if c.is_ascii() => {
                out.extend(Some(c.to_ascii_lowercase()).filter(char::is_ascii_alphanumeric));
            }
            c => out.extend(once(c).nfkd().flat_map(char::to_lowercase).filter(|c| is_kept(*c))),
        }
    }
}

/// Letters, figures, and what a bureau's own font draws in the private areas (rare names stand there).
fn is_kept(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// The pairs of these texts, each by itself, sorted, each once.
pub(super) fn grams(texts: &[&str]) -> Vec<Gram> {
    let (mut grams, mut folded) = (Vec::new(), Vec::new());
    for text in texts {
        folded.clear();
        fold_into(text, &mut folded);
        grams.extend(folded.windows(2).map(|pair| Gram::of(pair[0], pair[1])));
    }
    grams.sort_unstable();
    grams.dedup();
    grams
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn fold(text: &str) -> String {
        let mut out = Vec::new();
        fold_into(text, &mut out);
        out.into_iter().collect()
    }

    #[test]
    fn what_a_reader_does_not_mean_is_folded_away() {
        for (text, folded) in [
            ("示清城管罚决字〔2026〕第3号", "示清城管罚决字2026第3号"),
            ("ＡＢＣ　１２３", "abc123"),
            ("Ⅳ号、①", "iv号1"),
            ("⽯桥", "石桥"),
            ("Café", "cafe"),
            ("张××（某）", "张某"),
            ("㎡", "m2"),
            ("\u{20000}\u{e000}", "\u{20000}\u{e000}"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn a_part_folds_to_a_part() {
        let text = "ﬁⅣ号İ示例Café（１２）\u{3000}〇";
        let chars: Vec<char> = text.chars().collect();
        for from in 0..chars.len() {
            for to in from..=chars.len() {
                let part: String = chars[from..to].iter().collect();
                assert!(fold(text).contains(&fold(&part)), "{part}");
            }
        }
    }

    #[test]
    fn pairs_never_join_two_texts() {
        let texts: Vec<String> =
            grams(&["甲乙", "丙丁", "乙甲"]).into_iter().map(Gram::text).collect();
        assert_eq!(texts, ["丙丁", "乙甲", "甲乙"].map(String::from).to_vec());
    }

    /// Every character with its fold, for the script to be held against.
    #[test]
    fn every_fold_is_written_down_for_the_script() {
        let mut table = String::new();
        for c in ('\u{20}'..='\u{3ffff}').filter(|c| fold(&c.to_string()) != c.to_string()) {
            let _ = writeln!(table, "{:x}\t{}", u32::from(c), fold(&c.to_string()));
        }
        let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/search");
        std::fs::create_dir_all(&dir).unwrap();
        std::fs::write(dir.join("folds.tsv"), table).unwrap();
    }
}
