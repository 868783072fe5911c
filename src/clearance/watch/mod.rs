//! What must not appear: the raw values of one record, folded. It answers where, never what.

mod reading;
mod values;

pub(crate) use reading::Reading;
pub(in crate::clearance) use values::{Explained, Watching};

use super::fold;

/// The raw values of one record, as the audit must not find them. Made by `redact` only.
///
/// One small allocation, because a build holds one for each of 100,000 records. It implements
/// nothing that could show or copy it.
pub(crate) struct Watch(Box<[u8]>);

/// Something private at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// What kind of thing.
    pub(crate) kind: HitKind,
    /// Byte offset in the original.
    pub(crate) offset: usize,
}

/// Kinds of private things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum HitKind {
    /// A name of a natural person.
    Name,
    /// An identity, passport or permit number.
    IdNumber,
    /// A telephone number.
    Phone,
    /// A bank card or account.
    Card,
    /// The part of an address below the county.
    Address,
    /// A plate.
    Plate,
    /// An e-mail address.
    Email,
    /// Anything else that is private: an account of a messenger, a certificate of title.
    Other,
}

impl HitKind {
    const ALL: [Self; 8] = [
        Self::Name,
        Self::IdNumber,
        Self::Phone,
        Self::Card,
        Self::Address,
        Self::Plate,
        Self::Email,
        Self::Other,
    ];

    /// The word a report shows.
    pub(crate) const fn zh(self) -> &'static str {
        match self {
            Self::Name => "自然人姓名",
            Self::IdNumber => "证件号码",
            Self::Phone => "电话号码",
            Self::Card => "银行账号",
            Self::Address => "住址",
            Self::Plate => "车牌号码",
            Self::Email => "电子邮箱",
            Self::Other => "其他个人信息",
        }
    }

    /// The word in English.
    pub(crate) const fn en(self) -> &'static str {
        match self {
            Self::Name => "name of a natural person",
            Self::IdNumber => "identity number",
            Self::Phone => "telephone number",
            Self::Card => "bank account",
            Self::Address => "home address",
            Self::Plate => "plate",
            Self::Email => "e-mail address",
            Self::Other => "other personal information",
        }
    }

    /// How many digits of such a number in a row already tell who it is (security 3.12).
    const fn window(self) -> usize {
        match self {
            Self::IdNumber | Self::Card => 11,
            Self::Phone => 8,
            Self::Name | Self::Address | Self::Plate | Self::Email | Self::Other => 7,
        }
    }
}

/// How one value is stored: a tag, its length, which windows count (numbers only), its bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Found as a whole.
    Word,
    /// Found by its windows of digits.
    Number,
    /// Public text that holds the word stored before it, and so explains it.
    Context,
}

/// One stored value.
struct Entry<'a> {
    kind: HitKind,
    form: Form,
    windows: u16,
    bytes: &'a [u8],
}

impl Watch {
    /// Everything of this record that can be read in `reading`, in order of the stored values; at
    /// most one hit for each value.
    pub(crate) fn hits(&self, reading: &Reading) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut entries = self.entries();
        while let Some(entry) = entries.next() {
            let at = match entry.form {
                Form::Word => word(&entry, &entries, reading),
                Form::Number => number(&entry, reading),
                Form::Context => None,
            };
            hits.extend(at.map(|offset| Hit { kind: entry.kind, offset }));
        }
        hits
    }

    /// A watch on invented values, for tests of the audit.
    #[cfg(test)]
    pub(crate) fn invented(values: &[(HitKind, &str)], public: &[&str]) -> Self {
        let mut watching = Watching::new();
        public.iter().for_each(|p| watching.explain(p));
        for (kind, value) in values {
            match kind {
                HitKind::IdNumber | HitKind::Phone | HitKind::Card => watching.number(*kind, value),
                _ => watching.word(*kind, value),
            }
        }
        watching.finish()
    }

    /// Whether there is nothing to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn entries(&self) -> Entries<'_> {
        Entries(&self.0)
    }
}

/// Walks over the stored values.
#[derive(Clone)]
struct Entries<'a>(&'a [u8]);

impl<'a> Iterator for Entries<'a> {
    type Item = Entry<'a>;

    fn next(&mut self) -> Option<Entry<'a>> {
        let [tag, length, low, high, more @ ..] = self.0 else { return None };
        let (bytes, after) = more.split_at_checked(usize::from(*length))?;
        self.0 = after;
        let form = match tag >> 4 {
            0 => Form::Word,
            1 => Form::Number,
            _ => Form::Context,
        };
        let kind = HitKind::ALL[usize::from(tag & 7)];
        Some(Entry { kind, form, windows: u16::from_le_bytes([*low, *high]), bytes })
    }
}

/// A word that none of the contexts stored after it explains.
fn word(entry: &Entry<'_>, after: &Entries<'_>, reading: &Reading) -> Option<usize> {
    let text = reading.folded();
    let needle = std::str::from_utf8(entry.bytes).ok()?;
    let loose = matches!(entry.kind, HitKind::Address | HitKind::Plate);
    let explained = |start: usize| {
        let mut contexts = after.clone().take_while(|e| e.form == Form::Context);
        contexts.any(|context| explains(context.bytes, entry.bytes, text, start))
    };
    let place = fold::places(text, needle, loose).into_iter().find(|p| !explained(p.start))?;
    Some(reading.offset(place.start))
}

/// Whether the word at `at` is part of a public text that holds it.
fn explains(context: &[u8], word: &[u8], text: &str, at: usize) -> bool {
    fold::starts(context, word).any(|inside| {
        at.checked_sub(inside).is_some_and(|start| text.as_bytes()[start..].starts_with(context))
    })
}

fn number(entry: &Entry<'_>, reading: &Reading) -> Option<usize> {
    let size = entry.kind.window().min(entry.bytes.len());
    let digits = reading.digits();
    if digits.len() < size {
        return None;
    }
    let windows = entry.bytes.windows(size).take(16).enumerate();
    let counted = windows.filter(|(i, _)| entry.windows & (1 << i) != 0);
    counted
        .filter_map(|(_, window)| place_of(digits, window))
        .min()
        .map(|at| reading.offset_of_digit(at))
}

/// Where a window stands in a short row of digits; most places are told by its ends.
fn place_of(digits: &[u8], window: &[u8]) -> Option<usize> {
    let (first, last) = (window.first()?, window.last()?);
    digits.windows(window.len()).position(|place| {
        place.first() == Some(first) && place.last() == Some(last) && place == window
    })
}

#[cfg(test)]
mod tests;
