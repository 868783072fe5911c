//! What one record says is private, and what of it is public: the first line of redaction. Patterns
//! are only the second (security 1a).

use std::ops::Range;

use memchr::memmem;

use crate::clearance::fold::{Fold, Run, Runs, folded, places};
use crate::vocab::PartyKind;

use super::spans::Spans;
use super::tables::Rule;

/// How many digits of a known number in a row are enough to cut them: what the watch counts, too.
const fn telling(rule: Rule) -> usize {
    match rule {
        Rule::IdNumber | Rule::BankAccount => 11,
        _ => 8,
    }
}

/// A name and its mask.
pub(super) struct Name {
    pub(super) folded: String,
    pub(super) mask: String,
    pub(super) rule: Rule,
}

/// Raw and public values of one record, folded. Implements nothing: it holds raw values.
pub(super) struct Known<'a> {
    /// People, longest name first.
    pub(super) names: Vec<Name>,
    /// Numbers, digits only.
    pub(super) numbers: Vec<(Rule, String)>,
    /// Plates, e-mail addresses, accounts.
    pub(super) words: Vec<(Rule, String)>,
    /// The parts of home addresses below the county.
    pub(super) addresses: Vec<String>,
    /// What is public of the record.
    pub(super) public: Public,
    /// What is public of the bureau.
    pub(super) bureau: &'a Public,
    /// Kind of party.
    pub(super) kind: PartyKind,
}

/// What is public anyway, folded.
#[derive(Default)]
pub(super) struct Public {
    /// Texts in which nothing is masked.
    pub(super) keeps: Vec<String>,
    /// Digits of numbers.
    pub(super) numbers: Vec<String>,
    /// E-mail addresses and numbers with letters.
    pub(super) words: Vec<String>,
}

impl Public {
    /// A text that stays whole wherever it stands.
    pub(super) fn keep(&mut self, text: &str) {
        let text = folded(text);
        if text.chars().count() >= 3 {
            self.keeps.push(text);
        }
    }

    /// Numbers (with or without letters) that stay wherever they stand.
    pub(super) fn number(&mut self, text: &str) {
        let text = folded(text);
        let mut runs = Runs::of(&text);
        while let Some(run) = runs.next() {
            let last = run.groups.len() - 1;
            self.numbers.push(run.text(0, last).to_owned());
            self.numbers.extend((0..=last).map(|i| run.text(i, i).to_owned()));
        }
        let words = text.split([',', '、', ';', ' ', '/']);
        self.words.extend(words.filter(|w| w.len() >= 5).map(String::from));
        self.numbers.sort();
        self.numbers.dedup();
    }
}

impl Known<'_> {
    /// Whether these digits are a number that the public knows anyway.
    pub(super) fn is_public_number(&self, digits: &str) -> bool {
        let is_in = |public: &Public| public.numbers.iter().any(|n| n == digits);
        digits.len() >= 5 && (is_in(&self.public) || is_in(self.bureau))
    }

    /// Whether this word is an address or number that the public knows anyway.
    pub(super) fn is_public_word(&self, word: &str) -> bool {
        let is_in = |public: &Public| public.words.iter().any(|w| w == word);
        is_in(&self.public) || is_in(self.bureau)
    }

    /// Names, words and addresses of the record in a text.
    pub(super) fn values_in(&self, fold: &Fold<'_>, spans: &mut Spans) {
        let mut kept: Option<Vec<Range<usize>>> = None;
        let mut is_kept = |at: &Range<usize>| {
            let kept = kept.get_or_insert_with(|| self.kept(fold.text()));
            kept.iter().any(|k| k.start <= at.start && at.end <= k.end)
        };
        for name in &self.names {
            for at in places(fold.text(), &name.folded, false) {
                if !is_kept(&at) {
                    spans.push(fold.source(at), name.rule, &name.mask);
                }
            }
        }
        for (rule, word) in &self.words {
            for at in places(fold.text(), word, true) {
                spans.push(fold.source(at), *rule, "");
            }
        }
        for tail in &self.addresses {
            for at in places(fold.text(), tail, true) {
                if !is_kept(&at) {
                    spans.push(fold.source(at), Rule::Address, "");
                }
            }
        }
    }

    /// Stretches in which names stay.
    fn kept(&self, text: &str) -> Vec<Range<usize>> {
        let mut kept: Vec<Range<usize>> = Vec::new();
        for keep in self.public.keeps.iter().chain(&self.bureau.keeps) {
            kept.extend(places(text, keep, false));
        }
        kept
    }

    /// Known numbers in a run of digits, whole or a telling part.
    pub(super) fn numbers_in(&self, run: &Run, fold: &Fold<'_>, spans: &mut Spans) {
        for (rule, number) in &self.numbers {
            let size = telling(*rule).min(number.len());
            if run.digits.len() < size {
                continue;
            }
            for (first, last) in shared(&run.digits, number.as_bytes(), size) {
                let at = fold.source(run.at[first].0..run.at[last].1);
                let public = self.is_public_part(&run.digits[first..=last]);
                if !public {
                    spans.push(at, *rule, "");
                }
            }
        }
    }

    fn is_public_part(&self, digits: &[u8]) -> bool {
        let mut all = self.public.numbers.iter().chain(&self.bureau.numbers);
        all.any(|n| memmem::find(n.as_bytes(), digits).is_some())
    }
}

/// Stretches of `run` (first and last digit) that share at least `size` digits in a row with `number`.
fn shared(run: &[u8], number: &[u8], size: usize) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (i, window) in run.windows(size).enumerate() {
        if memmem::find(number, window).is_some() {
            match found.last_mut() {
                Some(last) if i <= last.1 => last.1 = i + size - 1,
                _ => found.push((i, i + size - 1)),
            }
        }
    }
    found
}
