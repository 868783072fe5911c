//! Names of people in running text that stand in no column.
//!
//! A candidate is a surname with one or two characters, or a run of transliterated characters. It is a name
//! if reading it as one costs less than reading the same characters as words, with what stands around it
//! taken into account. Everything here works on folded text and says only where.

mod clauses;
mod context;
mod foreign;
mod lexicon;
mod model;
mod reading;
mod weigh;
mod window;

use std::ops::Range;

use crate::clearance::fold::Fold;
use crate::diag::Failure;
use crate::law::Shelf;

use context::Contexts;
use foreign::Words;
use lexicon::{Class, Lexicon};
use model::Model;
pub(in crate::clearance::redact) use model::Shares;
pub(in crate::clearance::redact) use reading::are_listed;

use reading::Reading;

const CONTEXTS: &str = "redact/name-contexts.yml";

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Where, in bytes of the folded text.
    pub(super) at: Range<usize>,
    /// How much speaks for it, in tenths of a nat.
    evidence: i32,
}

/// The tables.
pub(super) struct Names {
    lexicon: Lexicon,
    model: Model,
    contexts: Contexts,
    /// Places that are written like transliterated names.
    places: Words,
    /// Parts of names of ethnic minorities.
    parts: Words,
}

/// What the characters of a known name stand for at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occurrence {
    /// The person.
    Person,
    /// An everyday word.
    Word,
}

/// Evidence that is enough.
const ENOUGH: i32 = 2;
/// The evidence of a name that is known already.
const ANCHOR: i32 = i32::MAX;

impl Names {
    /// Loads the tables.
    ///
    /// # Errors
    /// A table that is missing or broken.
    pub(super) fn load(shelf: &Shelf) -> Result<Self, Failure> {
        let table = |name: &str| {
            shelf.text(name)?.ok_or_else(|| Failure::Rule {
                file: name.into(),
                message: "no such rule file".into(),
            })
        };
        let shares: Shares = shelf.load("redact/surnames.yml")?;
        Ok(Self {
            lexicon: Lexicon::read(&table("redact/lexicon.tsv")?),
            model: Model::read(&shares, &table("redact/given.tsv")?, &table("redact/foreign.tsv")?),
            contexts: Contexts::new(shelf.load(CONTEXTS)?)?,
            places: Words::new(&shelf.load::<Vec<String>>("redact/place-names.yml")?),
            parts: Words::new(&shelf.load::<Vec<String>>("redact/ethnic-names.yml")?),
        })
    }

    /// The names in a text, in order. `raw` is what the fold was made of; `anchors` are places of names that
    /// are known already: they are not found again, but lists go on from them.
    pub(super) fn find(&self, raw: &str, fold: &Fold<'_>, anchors: &[Range<usize>]) -> Vec<Found> {
        let mut reading = Reading::new(self, fold.text(), anchors);
        reading.dotted(raw, fold);
        reading.clauses();
        reading.lists();
        reading.finish()
    }

    /// Whether the name is also a word, or so short that two words may make it.
    pub(super) fn is_ambiguous(&self, name: &str) -> bool {
        let word = || lexicon::key_of(name).and_then(|key| self.lexicon.word(key));
        name.chars().count() <= 2 || word().is_some_and(|word| word.class != Class::Name)
    }

    /// Whether the person is said to have reported the case: such a name never stays, not even where an
    /// officer bears the same.
    pub(super) fn is_reported(&self, text: &str, at: &Range<usize>) -> bool {
        self.contexts.is_reported(&text[..at.start])
    }

    /// Whether the person is said to act for the organ: `执法人员…`.
    pub(super) fn is_official(&self, text: &str, at: &Range<usize>) -> bool {
        self.contexts.is_official(&text[..at.start])
    }
}
