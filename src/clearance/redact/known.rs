//! What one record says is private, and what of it is public: the first line of redaction. Patterns
//! are only the second (security 1a).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use memchr::memmem;

use crate::clearance::fold::{Fold, Run, Runs, folded, places};
use crate::vocab::PartyKind;

use super::names::{Names, Occurrence};
use super::search::places_of;
use super::spans::{Covered, Spans};
use super::tables::Rule;
use super::telling::Numbers;

/// A name and its mask.
pub(super) struct Name {
    pub(super) folded: String,
    pub(super) mask: String,
    pub(super) rule: Rule,
    /// Whether the name is also a word, or so short that it arises by chance: then each place is
    /// judged by what stands around it.
    pub(super) judged: bool,
    /// Whether a column says so. What only running text says may be mistaken: it is masked in the texts of
    /// the record, but the audit does not look for it on whole pages.
    pub(super) is_sure: bool,
}

/// A place in one text where a name was found that stands in no column.
pub(super) struct Spot {
    /// Bytes of the folded text.
    pub(super) at: Range<usize>,
    /// Which name, as folded.
    pub(super) name: String,
}

/// Raw and public values of one record, folded. Implements nothing: it holds raw values.
pub(super) struct Known<'a> {
    /// People, longest name first.
    pub(super) names: Vec<Name>,
    /// Where running text names people, by text.
    pub(super) spots: BTreeMap<usize, Vec<Spot>>,
    /// Numbers, digits only.
    pub(super) numbers: Numbers,
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

/// Which text of the record is read.
#[derive(Clone, Copy)]
pub(super) enum Text {
    /// Running text.
    Running(usize),
    /// A column that holds names.
    Names(usize),
}

impl Text {
    const fn slot(self) -> usize {
        match self {
            Self::Running(slot) | Self::Names(slot) => slot,
        }
    }
}

/// What is public anyway, folded.
#[derive(Default)]
pub(super) struct Public {
    /// Texts in which nothing is masked.
    pub(super) keeps: Vec<String>,
    /// Names of officers and reviewers, who act in public.
    pub(super) people: BTreeSet<String>,
    /// Digits of numbers.
    pub(super) numbers: BTreeSet<String>,
    /// E-mail addresses and numbers with letters.
    pub(super) words: BTreeSet<String>,
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
            self.numbers.insert(run.text(0, last).to_owned());
            self.numbers.extend((0..=last).map(|i| run.text(i, i).to_owned()));
        }
        let words = text.split([',', '、', ';', ' ', '/']);
        self.words.extend(words.filter(|w| w.len() >= 5).map(String::from));
    }
}

/// What `values_in` leaves where it stands although it reads like a name.
pub(super) type Left = Vec<(usize, Range<usize>)>;

impl Known<'_> {
    /// Whether these digits are a number that the public knows anyway.
    pub(super) fn is_public_number(&self, digits: &str) -> bool {
        let is_in = |public: &Public| public.numbers.contains(digits);
        digits.len() >= 5 && (is_in(&self.public) || is_in(self.bureau))
    }

    /// Whether this word is an address or number that the public knows anyway.
    pub(super) fn is_public_word(&self, word: &str) -> bool {
        let is_in = |public: &Public| public.words.contains(word);
        is_in(&self.public) || is_in(self.bureau)
    }

    /// Whether this is the name of an officer of the case.
    pub(super) fn is_public_person(&self, name: &str) -> bool {
        self.public.people.contains(name)
    }

    /// Names, words and addresses of the record in a text. Returns the places of names that stay.
    pub(super) fn values_in(
        &self,
        text: Text,
        fold: &Fold<'_>,
        names: &Names,
        spans: &mut Spans,
    ) -> Left {
        let kept = std::cell::OnceCell::new();
        let kept = || kept.get_or_init(|| self.kept(fold.text()));
        let mut left = Left::new();
        let in_titles = std::cell::OnceCell::new();
        let in_titles = || in_titles.get_or_init(|| Covered::of(titles(fold.text()).collect()));
        let is_column = matches!(text, Text::Names(_));
        for (index, at) in self.places_of_names(fold.text()) {
            let name = &self.names[index];
            let stands = || {
                self.stands_for_the_person(name, &at, fold.text(), names)
                    && !(name.judged && in_titles().holds(&at))
            };
            if !kept().holds(&at) && (is_column || stands()) {
                spans.push(fold.source(at), name.rule, &name.mask);
            } else {
                left.push((index, at));
            }
        }
        for spot in self.spots.get(&text.slot()).into_iter().flatten() {
            if let Some(name) = self.named(&spot.name) {
                spans.push(fold.source(spot.at.clone()), name.rule, &name.mask);
            }
        }
        if !left.is_empty() {
            let covered = spans.covered();
            left.retain(|(_, at)| !covered.holds(&fold.source(at.clone())));
        }
        let words: Vec<&str> = self.words.iter().map(|(_, word)| word.as_str()).collect();
        for (index, at) in places_of(&words, fold.text(), true) {
            spans.push(fold.source(at), self.words[index].0, "");
        }
        for tail in &self.addresses {
            for at in places(fold.text(), tail, true) {
                if !kept().holds(&at) {
                    spans.push(fold.source(at), Rule::Address, "");
                }
            }
        }
        left
    }

    /// The name of these characters; names are in the order that `mask::give` puts them in.
    fn named(&self, folded: &str) -> Option<&Name> {
        let order =
            |n: &Name| folded.len().cmp(&n.folded.len()).then(n.folded.as_str().cmp(folded));
        self.names.binary_search_by(order).ok().map(|at| &self.names[at])
    }

    /// Where names stand, one after the other; many are looked for at once.
    pub(super) fn places_of_names(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let names: Vec<&str> = self.names.iter().map(|n| n.folded.as_str()).collect();
        places_of(&names, text, false)
    }

    /// Whether the characters of a name stand for the person here, and not for a word or an officer of
    /// the same name.
    fn stands_for_the_person(
        &self,
        name: &Name,
        at: &Range<usize>,
        text: &str,
        names: &Names,
    ) -> bool {
        if self.is_public_person(&name.folded) {
            return names.is_reported(text, at);
        }
        !name.judged || names.judge(text, at) != Occurrence::Word
    }

    /// Stretches in which names stay: public texts of record and bureau, and titles of norms.
    pub(super) fn kept(&self, text: &str) -> Covered {
        let keeps: Vec<&str> =
            self.public.keeps.iter().chain(&self.bureau.keeps).map(String::as_str).collect();
        let mut kept: Vec<Range<usize>> =
            places_of(&keeps, text, false).into_iter().map(|(_, at)| at).collect();
        let is_norm = |at: &Range<usize>| NORMS.iter().any(|norm| text[at.clone()].ends_with(norm));
        kept.extend(titles(text).filter(is_norm));
        kept.sort_by_key(|at| at.start);
        Covered::of(kept)
    }

    /// Known numbers in a run of digits, whole or a telling part.
    pub(super) fn numbers_in(&self, run: &Run, fold: &Fold<'_>, spans: &mut Spans) {
        for (rule, first, last) in self.numbers.shared(&run.digits) {
            if !self.is_public_part(&run.digits[first..=last]) {
                spans.push(fold.source(run.at[first].0..run.at[last].1), rule, "");
            }
        }
    }

    fn is_public_part(&self, digits: &[u8]) -> bool {
        let whole = std::str::from_utf8(digits).is_ok_and(|digits| self.is_public_number(digits));
        let mut all = self.public.numbers.iter().chain(&self.bureau.numbers);
        whole || all.any(|n| memmem::find(n.as_bytes(), digits).is_some())
    }
}

/// Ends of titles of laws and norms.
const NORMS: [&str; 15] = [
    "法", "条例", "规定", "办法", "细则", "规则", "决定", "标准", "规范", "通知", "意见", "基准",
    "规程", "守则", "解释",
];

/// What stands between 《 and 》.
pub(super) fn titles(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices('《').filter_map(|(at, open)| {
        let start = at + open.len();
        let end = start + text[start..].find(['》', '\n', '。'])?;
        text[end..].starts_with('》').then_some(start..end)
    })
}
