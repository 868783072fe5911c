//! Collects the raw values of one record into a [`Watch`], knowing what of them is public anyway.

use memchr::memmem;

use super::{Form, HitKind, Watch};
use crate::clearance::fold::{Runs, folded};

/// Values under collection. Holds raw values, so it implements nothing.
pub(in crate::clearance) struct Watching {
    words: Vec<(HitKind, String)>,
    numbers: Vec<(HitKind, String)>,
    /// Folded public texts of the record.
    public: Vec<String>,
    /// Digits of public texts, each text's own.
    public_digits: Vec<String>,
}

/// Shorter words tell nothing, or stand everywhere.
const SHORTEST_WORD: usize = 2;
/// Shorter numbers are too common to look for.
pub(super) const SHORTEST_NUMBER: usize = 7;

impl Watching {
    /// Nothing yet.
    pub(in crate::clearance) fn new() -> Self {
        Self {
            words: Vec::new(),
            numbers: Vec::new(),
            public: Vec::new(),
            public_digits: Vec::new(),
        }
    }

    /// A text that the public may read in full: what it holds is explained there.
    pub(in crate::clearance) fn explain(&mut self, public: &str) {
        let text = folded(public);
        let digits = all_digits(&text);
        if digits.len() >= SHORTEST_NUMBER {
            self.public_digits.push(digits);
        }
        self.public.push(text);
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
            if self.public.iter().any(|p| p == word) {
                continue;
            }
            put(&mut bytes, *kind, Form::Word, 0, word);
            for context in self.public.iter().filter(|p| p.len() < 256 && p.contains(word.as_str()))
            {
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
            let is_public =
                self.public_digits.iter().any(|p| memmem::find(p.as_bytes(), window).is_some());
            windows |= u16::from(!is_public) << i;
        }
        windows
    }
}

fn put(bytes: &mut Vec<u8>, kind: HitKind, form: Form, windows: u16, text: &str) {
    let mut end = text.len().min(255);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
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
    let mut all = String::new();
    let mut runs = Runs::of(text);
    while let Some(run) = runs.next() {
        all.extend(run.digits.iter().map(|b| char::from(*b)));
    }
    all
}
