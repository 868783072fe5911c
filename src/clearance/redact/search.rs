//! Looks for many words at once.

use aho_corasick::{AhoCorasick, MatchKind};

use std::ops::Range;

use crate::clearance::fold::{places, squeezed};
use crate::diag::Failure;

/// So many words are looked for at once instead of one by one, if the text is long.
const MANY: usize = 48;
/// Words times bytes from which preparing a search pays.
const MUCH: usize = 1 << 20;

/// Where each of `words` stands in `text`, both folded: which word, and its bytes. With `loose`, marks and
/// blanks may part its characters.
pub(super) fn places_of(words: &[&str], text: &str, loose: bool) -> Vec<(usize, Range<usize>)> {
    if words.len() > MANY && words.len() * text.len() > MUCH {
        let found = if loose { at_once_loosely(words, text) } else { at_once(words, text) };
        if let Some(found) = found {
            return found;
        }
    }
    let of =
        |(i, word): (usize, &&str)| places(text, word, loose).into_iter().map(move |at| (i, at));
    words.iter().enumerate().flat_map(of).collect()
}

fn at_once<W: AsRef<[u8]>>(words: &[W], text: &str) -> Option<Vec<(usize, Range<usize>)>> {
    Some(Search::each(words)?.find_each(text).collect())
}

/// Marks between the characters of a word are not counted here, so a little more is found than one by one.
fn at_once_loosely(words: &[&str], text: &str) -> Option<Vec<(usize, Range<usize>)>> {
    let (tight, stood) = squeezed(text);
    let words: Vec<String> = words.iter().map(|word| squeezed(word).0).collect();
    let found = at_once(&words, &tight)?.into_iter().filter(|(_, at)| !at.is_empty());
    Some(found.map(|(i, at)| (i, stood[at.start]..stood[at.end - 1] + 1)).collect())
}

/// Words to be looked for.
pub(super) struct Search(AhoCorasick);

impl Search {
    /// Prepares words; of two that begin at one place, the longer is found.
    ///
    /// # Errors
    /// More words than can be looked for.
    pub(super) fn longest<W: AsRef<[u8]>>(words: &[W]) -> Result<Self, Failure> {
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words)
            .map(Self)
            .map_err(|e| Failure::Internal(format!("words: {e}")))
    }

    /// Prepares words, each of which is found wherever it stands.
    pub(super) fn each<W: AsRef<[u8]>>(words: &[W]) -> Option<Self> {
        AhoCorasick::builder().build(words).ok().map(Self)
    }

    /// Where the longest words stand, without overlaps.
    pub(super) fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
        self.0.find_iter(text).map(|found| (found.start(), found.end()))
    }

    /// Which word stands where, overlaps included.
    pub(super) fn find_each<'t>(
        &'t self,
        text: &'t str,
    ) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> + 't {
        self.0.find_overlapping_iter(text).map(|found| (found.pattern().as_usize(), found.range()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_words_are_found_where_few_are() {
        let words: Vec<String> = (0..200).map(|n| format!("渝A{:05}", 10_000 + n * 37)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let text = "停放渝A10037、渝 A·10074 与渝A17363，无渝A1111。".repeat(200);
        for loose in [false, true] {
            let mut at_once = places_of(&words, &text, loose);
            at_once.sort_by_key(|(_, at)| at.start);
            let mut one_by_one: Vec<(usize, Range<usize>)> = Vec::new();
            for (i, word) in words.iter().enumerate() {
                one_by_one.extend(places(&text, word, loose).into_iter().map(|at| (i, at)));
            }
            one_by_one.sort_by_key(|(_, at)| at.start);
            assert_eq!(at_once, one_by_one, "loose: {loose}");
            assert_eq!(at_once.len(), if loose { 600 } else { 400 });
        }
    }
}
