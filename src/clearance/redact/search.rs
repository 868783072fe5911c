//! Looks for many words at once.

use aho_corasick::{AhoCorasick, MatchKind};

use crate::diag::Failure;

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
