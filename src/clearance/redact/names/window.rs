//! The cheapest reading of a few characters as words, and what a name among them saves.

use std::ops::Range;

use super::lexicon::{Class, LONGEST, Lexicon, key};

/// Characters on each side of a candidate that are read along: a word may reach over its edge.
const MARGIN: usize = 4;
/// Longest candidate and both margins.
const MOST: usize = 2 * MARGIN + 8;

/// Cheapest readings from both ends of a stretch.
pub(super) struct Window {
    /// Cheapest reading from the beginning up to a place.
    from_start: [i32; MOST + 1],
    /// Cheapest reading from a place to the end.
    to_end: [i32; MOST + 1],
    start: usize,
    end: usize,
    length: usize,
}

impl Window {
    /// Reads `units` around `at`.
    pub(super) fn new(lexicon: &Lexicon, units: &[u16], at: &Range<usize>) -> Self {
        let left = at.start.saturating_sub(MARGIN);
        let right = (at.end + MARGIN).min(units.len());
        let units = &units[left..right];
        let length = units.len().min(MOST);
        let mut costs = [[i32::MAX; LONGEST]; MOST];
        for i in 0..length {
            costs[i][0] = lexicon.single(units[i]);
            for n in 2..=LONGEST.min(length - i) {
                if let Some(word) = lexicon.word(key(&units[i..i + n]))
                    && word.class != Class::Name
                {
                    costs[i][n - 1] = word.cost;
                }
            }
        }
        let mut from_start = [0; MOST + 1];
        for end in 1..=length {
            from_start[end] = (1..=LONGEST.min(end))
                .map(|n| costs[end - n][n - 1].saturating_add(from_start[end - n]))
                .min()
                .unwrap_or(0);
        }
        let mut to_end = [0; MOST + 1];
        for start in (0..length).rev() {
            to_end[start] = (1..=LONGEST.min(length - start))
                .map(|n| costs[start][n - 1].saturating_add(to_end[start + n]))
                .min()
                .unwrap_or(0);
        }
        Self { from_start, to_end, start: at.start - left, end: at.end - left, length }
    }

    /// What a name of this cost saves against the cheapest reading without it.
    pub(super) fn evidence(&self, cost: i32) -> i32 {
        self.from_start[self.length] - (self.from_start[self.start] + cost + self.to_end[self.end])
    }
}
