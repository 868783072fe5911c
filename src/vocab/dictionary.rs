//! Words of the bureau's own choice that redaction goes by: `data/dictionary.yml`. Those that stay are public;
//! those that go may be trade secrets, so nothing of the file is repeated in a message.

use serde::{Deserialize, Serialize};

/// `data/dictionary.yml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Dictionary {
    /// Products, places and numbers that stay wherever they stand.
    pub(crate) keep: Vec<String>,
    /// Terms that always go.
    pub(crate) redact: Vec<String>,
    /// Headers of columns that hold trade secrets: never published, and what stands in them goes wherever it
    /// stands in the record.
    pub(crate) secret_columns: Vec<String>,
}

impl Dictionary {
    /// Where it stands below the site root.
    pub(crate) const FILE: &str = "data/dictionary.yml";
    /// Fewest characters of a word that stays: a shorter one would stay inside others.
    pub(crate) const SHORTEST_KEPT: usize = 3;
    /// Fewest characters of a term that goes.
    pub(crate) const SHORTEST_CUT: usize = 2;

    /// The first word that the dictionary cannot go by, as list and number.
    pub(crate) fn fault(&self) -> Option<(&'static str, usize)> {
        let short =
            |words: &[String], least| words.iter().position(|w| w.trim().chars().count() < least);
        let both = self.redact.iter().position(|word| self.keep.contains(word));
        short(&self.keep, Self::SHORTEST_KEPT)
            .map(|at| ("keep", at + 1))
            .or_else(|| Some(("redact", 1 + short(&self.redact, Self::SHORTEST_CUT).or(both)?)))
            .or_else(|| Some(("secret_columns", 1 + short(&self.secret_columns, 1)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_cannot_be_gone_by_are_told() {
        let of = |keep: &[&str], redact: &[&str]| Dictionary {
            keep: keep.iter().map(ToString::to_string).collect(),
            redact: redact.iter().map(ToString::to_string).collect(),
            secret_columns: Vec::new(),
        };
        assert_eq!(of(&["通源大道"], &["青标"]).fault(), None);
        assert_eq!(of(&["通源大道", "通源"], &[]).fault(), Some(("keep", 2)));
        assert_eq!(of(&[], &["青"]).fault(), Some(("redact", 1)));
        assert_eq!(of(&["通源大道"], &["青标", "通源大道"]).fault(), Some(("redact", 2)));
    }
}
