//! The words of records tables: `data/intake/records.yml`, loaded once and cross-checked.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::clearance::intake::as_header;
use crate::diag::Failure;
use crate::law::Shelf;

const FILE: &str = "intake/records.yml";

/// Names of a list, each with its key in the file.
macro_rules! keys {
    ($(#[$doc:meta])* $name:ident { $($key:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(super) enum $name { $(
            #[doc = concat!("`", stringify!($key), "` of the file.")]
            $key,
        )* }

        impl $name {
            /// All of them.
            const ALL: &[Self] = &[$(Self::$key),*];
        }
    };
}

keys! {
    /// What a row tells of a case, in the order in which rows build on each other.
    Kind {
        Event, Document, Recording, Gap, HandOver, Store, Backup, Note, View, Waiver, Service, Archive,
        Review, Reviewer, Round,
    }
}

keys! {
    /// What a column holds.
    Head {
        Kind, Number, Event, Recording, Scene, Start, End, Full, Edited, Contents, HashAtHandOver, HashNow,
        Recorder, Evidence, Retention, Deleted, Resumed, Reason, VoiceNote, Reported, Text, Time, Custodian,
        Device, Place, Matter, Party, Filed, Viewer, Approver, ApprovedByChief, Purpose, Method, Photographed,
        Document, ArchiveNumber, Archived, Required, Handlers, HandlingUnit, Signer, Items, Discussed,
        Decided, Name, Unit, Qualified, FirstReview, Date, Result, Opinion, Disposition,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormFile {
    kinds: BTreeMap<Kind, Vec<String>>,
    columns: BTreeMap<Head, Vec<String>>,
    ignored: Vec<String>,
}

/// The words, loaded.
pub(in crate::clearance) struct Form {
    kinds: BTreeMap<String, Kind>,
    heads: BTreeMap<String, Head>,
    shown: BTreeMap<Head, String>,
    ignored: Vec<String>,
}

/// What a header means.
pub(super) enum Meaning {
    /// A column of ours.
    Head(Head),
    /// One that says nothing of a case.
    Ignored,
    /// Not known.
    Foreign,
}

impl Form {
    /// Loads the words.
    ///
    /// # Errors
    /// A kind or a column without a word, or a word that means two things.
    pub(in crate::clearance) fn load(shelf: &Shelf) -> Result<Self, Failure> {
        let file: FormFile = shelf.load(FILE)?;
        let broken = |message: String| Failure::Rule { file: FILE.into(), message };
        let mut form = Self {
            kinds: BTreeMap::new(),
            heads: BTreeMap::new(),
            shown: BTreeMap::new(),
            ignored: file.ignored.iter().map(|word| as_header(word)).collect(),
        };
        for kind in Kind::ALL {
            let words = file.kinds.get(kind).filter(|words| !words.is_empty());
            for word in words.ok_or_else(|| broken("a kind of row has no word".into()))? {
                if form.kinds.insert(as_header(word), *kind).is_some() {
                    return Err(broken(format!("{word} means two kinds")));
                }
            }
        }
        for head in Head::ALL {
            let words = file.columns.get(head).filter(|words| !words.is_empty());
            let words = words.ok_or_else(|| broken("a column has no header".into()))?;
            form.shown.insert(*head, words[0].clone());
            for word in words {
                if form.heads.insert(as_header(word), *head).is_some() {
                    return Err(broken(format!("{word} means two columns")));
                }
            }
        }
        Ok(form)
    }

    /// The kind of row that a cell names.
    pub(super) fn kind(&self, word: &str) -> Option<Kind> {
        self.kinds.get(&as_header(word)).copied()
    }

    /// What a folded header means; a remark in brackets at its end is no part of it.
    pub(super) fn meaning(&self, header: &str) -> Meaning {
        let bare = header.split_once('(').map_or(header, |(head, _)| head);
        match self.heads.get(header).or_else(|| self.heads.get(bare)) {
            Some(head) => Meaning::Head(*head),
            None if header.is_empty() || self.ignored.iter().any(|word| word == header) => {
                Meaning::Ignored
            }
            None => Meaning::Foreign,
        }
    }

    /// Whether a folded header is one of ours.
    pub(in crate::clearance) fn is_known(&self, header: &str) -> bool {
        matches!(self.meaning(header), Meaning::Head(_))
    }

    /// The canonical header of a column.
    pub(super) fn header(&self, head: Head) -> &str {
        self.shown.get(&head).map_or("", String::as_str)
    }
}
