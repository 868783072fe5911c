//! The bureau's own words (`data/dictionary.yml`): terms that always go, and words that raise no doubt.

use crate::clearance::fold::{Fold, folded, is_han, places};
use crate::diag::Failure;
use crate::vocab::Dictionary;

use super::known::Public;
use super::spans::Spans;
use super::tables::Rule;
use super::text::Doubt;

/// The words, folded.
#[derive(Default)]
pub(super) struct Terms {
    keep: Vec<String>,
    redact: Vec<String>,
}

impl Terms {
    /// Takes the words over; those that stay are public from now on.
    ///
    /// # Errors
    /// A word that is too short, or stands in both lists.
    pub(super) fn new(dictionary: &Dictionary, public: &mut Public) -> Result<Self, Failure> {
        if let Some((list, number)) = dictionary.fault() {
            return Err(Failure::Rule {
                file: "data/dictionary.yml".into(),
                message: format!("{list}: word {number} is too short, or stands in both lists"),
            });
        }
        for word in &dictionary.keep {
            public.keep(word);
            if !word.contains(is_han) {
                public.number(word);
            }
        }
        let fold = |words: &[String]| words.iter().map(|w| folded(w.trim())).collect();
        Ok(Self { keep: fold(&dictionary.keep), redact: fold(&dictionary.redact) })
    }

    /// Cuts the terms that go, and drops the doubts about words that stay and about what is cut.
    pub(super) fn apply(&self, fold: &Fold<'_>, doubts: &mut Vec<Doubt>, spans: &mut Spans) {
        let all = |words: &[String], loose: bool| {
            let found = words.iter().flat_map(|word| places(fold.text(), word, loose));
            found.map(|at| fold.source(at)).collect::<Vec<_>>()
        };
        for at in all(&self.redact, true) {
            spans.push(at, Rule::TradeSecret, "");
        }
        if doubts.is_empty() {
            return;
        }
        let stay = all(&self.keep, false);
        let covered = spans.covered();
        doubts.retain(|doubt| {
            let is_kept = stay.iter().any(|k| k.start <= doubt.at.start && doubt.at.end <= k.end);
            !is_kept && (self.redact.is_empty() || !covered.holds(&doubt.at))
        });
    }
}
