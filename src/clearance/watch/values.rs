//! Collects the raw values of one record into a [`Watch`], knowing what of them is public anyway.

use std::borrow::Cow;

use super::{Form, HitKind, Watch};
use crate::clearance::fold::{Runs, folded, starts};

/// Folded texts that the public may read in full, and the digits of each.
#[derive(Default)]
pub(in crate::clearance) struct Explained<'a> {
    texts: Vec<Cow<'a, str>>,
    digits: Vec<String>,
}

impl<'a> Explained<'a> {
    /// Adds a text that is folded.
    pub(in crate::clearance) fn add(&mut self, text: impl Into<Cow<'a, str>>) {
        let text = text.into();
        let digits = all_digits(&text);
        if digits.len() >= SHORTEST_NUMBER {
            self.digits.push(digits);
        }
        self.texts.push(text);
    }
}

/// Values under collection. Holds raw values, so it implements nothing.
pub(in crate::clearance) struct Watching<'a> {
    words: Vec<(HitKind, String)>,
    numbers: Vec<(HitKind, String)>,
    /// What is public of the record.
    own: Explained<'a>,
    /// What is public of the bureau, the same for every record.
    bureau: &'a Explained<'static>,
}

/// For tests, whose bureau has nothing to explain.
#[cfg(test)]
static NOTHING: Explained<'static> = Explained { texts: Vec::new(), digits: Vec::new() };

/// Shorter words tell nothing, or stand everywhere.
const SHORTEST_WORD: usize = 2;
/// Shorter numbers are too common to look for.
pub(super) const SHORTEST_NUMBER: usize = 7;

impl<'a> Watching<'a> {
    /// Nothing yet, and no bureau.
    #[cfg(test)]
    pub(in crate::clearance) fn new() -> Self {
        Self::beside(&NOTHING)
    }

    /// Nothing yet; what the bureau's texts hold is explained.
    pub(in crate::clearance) fn beside(bureau: &'a Explained<'static>) -> Self {
        Self { words: Vec::new(), numbers: Vec::new(), own: Explained::default(), bureau }
    }

    /// A text that the public may read in full: what it holds is explained there.
    pub(in crate::clearance) fn explain(&mut self, public: &str) {
        self.own.add(folded(public));
    }

    /// The same for a text that is folded already.
    pub(in crate::clearance) fn explain_folded(&mut self, public: &'a str) {
        self.own.add(public);
    }

    /// All texts that explain.
    fn public(&self) -> impl Iterator<Item = &str> {
        self.own.texts.iter().chain(&self.bureau.texts).map(|text| &**text)
    }

    /// A value to be found as a whole. `value` may be raw or folded.
    pub(in crate::clearance) fn word(&mut self, kind: HitKind, value: &str) {
        let mut value = folded(value);
        if kind == HitKind::Plate {
            value.retain(char::is_alphanumeric);
        }
        if value.chars().count() >= SHORTEST_WORD {
            self.words.push((kind, value));
        }
    }

    /// A number, found as soon as a telling part of it can be read.
    pub(in crate::clearance) fn number(&mut self, kind: HitKind, value: &str) {
        let mut digits = all_digits(&folded(value));
        if kind == HitKind::Phone && digits.len() == 13 && digits.starts_with("86") {
            digits.drain(..2);
        }
        if digits.len() >= SHORTEST_NUMBER {
            self.numbers.push((kind, digits));
        }
    }

    /// The watch.
    pub(in crate::clearance) fn finish(mut self) -> Watch {
        self.words.sort();
        self.words.dedup();
        self.numbers.sort();
        self.numbers.dedup();
        let mut bytes = Vec::new();
        for (kind, word) in &self.words {
            if self.public().any(|p| p == word) {
                continue;
            }
            put(&mut bytes, *kind, Form::Word, 0, word);
            let holds = |p: &&str| p.len() < 256 && has(p.as_bytes(), word.as_bytes());
            for context in self.public().filter(holds) {
                put(&mut bytes, *kind, Form::Context, 0, context);
            }
        }
        for (kind, number) in &self.numbers {
            let windows = self.telling(*kind, number);
            if windows != 0 {
                put(&mut bytes, *kind, Form::Number, windows, number);
            }
        }
        Watch(bytes.into_boxed_slice())
    }

    /// One bit for each window of the number that no public text holds.
    fn telling(&self, kind: HitKind, number: &str) -> u16 {
        let size = kind.window().min(number.len());
        let mut windows = 0;
        for (i, window) in number.as_bytes().windows(size).take(16).enumerate() {
            let mut public = self.own.digits.iter().chain(&self.bureau.digits);
            let is_public = public.any(|digits| has(digits.as_bytes(), window));
            windows |= u16::from(!is_public) << i;
        }
        windows
    }
}

fn has(text: &[u8], part: &[u8]) -> bool {
    starts(text, part).next().is_some()
}

fn put(bytes: &mut Vec<u8>, kind: HitKind, form: Form, windows: u16, text: &str) {
    let end = text.floor_char_boundary(255);
    let tag = match form {
        Form::Word => 0,
        Form::Number => 1 << 4,
        Form::Context => 2 << 4,
    };
    bytes.push(tag | kind as u8);
    bytes.push(u8::try_from(end).unwrap_or(u8::MAX));
    bytes.extend(windows.to_le_bytes());
    bytes.extend_from_slice(&text.as_bytes()[..end]);
}

/// All digits of a folded text in one row.
fn all_digits(text: &str) -> String {
    let mut all = Vec::new();
    let mut runs = Runs::of(text);
    while runs.digits(1, &mut all).is_some() {}
    String::from_utf8(all).unwrap_or_default()
}
