//! Reads the yearly holiday notices: one file a year in `data/law/calendar/`. It counts nothing.

use serde::Deserialize;

use crate::diag::Failure;

use super::rules::parse;
use super::{Day, Shelf};

/// One notice of the State Council, as its file holds it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Notice {
    /// Year in the notice's title. Its days may lie in the years beside it (domain 8.2).
    pub(super) year: i32,
    /// Numbers of the notice and of those that changed it; empty where they are not recorded.
    #[serde(default)]
    pub(super) numbers: Vec<String>,
    /// Where the notice stands.
    pub(super) papers: Vec<String>,
    /// Its days; empty where the notice is not out yet.
    pub(super) days: Vec<NoticeDay>,
}

/// One day of a notice.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoticeDay {
    /// The day.
    pub(super) date: Day,
    /// Off or on.
    pub(super) kind: NoticeKind,
    /// The holiday it belongs to.
    pub(super) name: String,
}

/// What a notice makes of a day.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum NoticeKind {
    /// A day off.
    Holiday,
    /// A working day, mostly a make-up day on a weekend.
    Workday,
}

impl NoticeKind {
    /// Whether people work.
    pub(super) fn works(self) -> bool {
        matches!(self, Self::Workday)
    }
}

/// All notices of the shelf with the names of their files, by year.
pub(super) fn read_notices(shelf: &Shelf) -> Result<Vec<(String, Notice)>, Failure> {
    let mut notices = Vec::new();
    for name in shelf.names("law/calendar/")? {
        let Some(stem) = name.strip_prefix("law/calendar/").and_then(|n| n.strip_suffix(".yml"))
        else {
            continue; // README.md
        };
        let notice: Notice = shelf.load(&name)?;
        named_for_its_year(&name, stem, &notice)?;
        notices.push((name, notice));
    }
    Ok(notices)
}

/// One notice out of the text of its file.
pub(super) fn read_notice(name: &str, text: &str) -> Result<Notice, Failure> {
    let notice: Notice = parse(name, text)?;
    let stem = name.strip_prefix("law/calendar/").and_then(|n| n.strip_suffix(".yml"));
    named_for_its_year(name, stem.unwrap_or_default(), &notice)?;
    Ok(notice)
}

fn named_for_its_year(name: &str, stem: &str, notice: &Notice) -> Result<(), Failure> {
    if stem == notice.year.to_string() {
        return Ok(());
    }
    let message = "the year in the file is not the year in its name".into();
    Err(Failure::Rule { file: name.into(), message })
}
