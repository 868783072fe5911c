//! Words particular to one finding, in two languages, that cannot carry a raw value.

use std::fmt::Display;

/// The language a person reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Lang {
    /// Chinese, the default.
    #[default]
    Zh,
    /// English.
    En,
}

/// A word that is safe to print: a number of ours, a date, a fixed word, a term of the law.
///
/// Implemented only for types that cannot hold text out of a drop.
pub(crate) trait SafeWord: Display {}

impl SafeWord for u16 {}
impl SafeWord for u32 {}
impl SafeWord for u64 {}
impl SafeWord for usize {}
impl SafeWord for &'static str {}

/// A sentence made of a fixed text and safe words: each `{}` takes the next word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    zh: &'static str,
    en: &'static str,
    words: Vec<String>,
}

impl Note {
    /// A sentence in both languages; `{}` marks where words go, in the same order in both.
    pub(crate) fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en, words: Vec::new() }
    }

    /// The same sentence with the next gap filled.
    pub(crate) fn with(mut self, word: impl SafeWord) -> Self {
        self.words.push(word.to_string());
        self
    }

    /// The sentence in `lang`. A gap without a word stays empty.
    pub(crate) fn text(&self, lang: Lang) -> String {
        let pattern = match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        };
        let mut out = String::with_capacity(pattern.len() + 16);
        let mut words = self.words.iter();
        for (i, piece) in pattern.split("{}").enumerate() {
            if i > 0 {
                out.push_str(words.next().map_or("", String::as_str));
            }
            out.push_str(piece);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_in_order() {
        let note =
            Note::new("应于 {} 前，已过 {} 天", "due {}, {} days late").with(7_u32).with("3");
        assert_eq!(note.text(Lang::Zh), "应于 7 前，已过 3 天");
        assert_eq!(note.text(Lang::En), "due 7, 3 days late");
    }
}
