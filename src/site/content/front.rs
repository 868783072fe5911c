//! Front matter: the YAML between two `---` lines at the top of a content file.

use serde::Deserialize;

use crate::diag::Failure;
use crate::law::{Day, parse_rules};

/// Front matter as written. Days are text here, so that a wrong one is told with its line.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Raw {
    title: Option<String>,
    date: Option<String>,
    updated: Option<String>,
    draft: bool,
    expires: Option<String>,
    review_by: Option<String>,
    slug: Option<String>,
    unit: Option<String>,
    basis: Vec<String>,
    numbered: bool,
    repealed_on: Option<String>,
    changes: Vec<RawChange>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawChange {
    on: String,
    what: String,
}

/// One revision of a page, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::site) struct Change {
    /// Its day.
    pub(in crate::site) on: Day,
    /// What changed.
    pub(in crate::site) what: String,
}

/// What a content file says of itself. Unknown keys are ignored.
#[derive(Debug, Default)]
pub(super) struct Front {
    /// Title.
    pub(super) title: Option<String>,
    /// First publication; not shown before this day.
    pub(super) date: Option<Day>,
    /// Last revision.
    pub(super) updated: Option<Day>,
    /// Last day before it must be looked through again, where the bureau sets one.
    pub(super) review_by: Option<Day>,
    /// Last part of the address, where the file name cannot be one.
    pub(super) slug: Option<String>,
    /// Unit that answers for it.
    pub(super) unit: Option<String>,
    /// Legal basis.
    pub(super) basis: Vec<String>,
    /// Whether its headings are numbered.
    pub(super) numbered: bool,
    /// First day on which what the page says is no longer in force; it stays to be read.
    pub(super) repealed_on: Option<Day>,
    /// Its revisions, newest first.
    pub(super) changes: Vec<Change>,
    draft: bool,
    expires: Option<Day>,
}

impl Front {
    /// Splits a file in front matter and body.
    ///
    /// # Errors
    /// The line, from 1, where the front matter is broken.
    pub(super) fn split(text: &str) -> Result<(Self, &str), u32> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let rest =
            text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")).ok_or(1_u32)?;
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            if line.trim_end() == "---" {
                let (yaml, body) = (&rest[..at], &rest[at + line.len()..]);
                return Ok((Self::read(yaml)?, body));
            }
            at += line.len();
        }
        Err(1)
    }

    fn read(yaml: &str) -> Result<Self, u32> {
        if yaml.trim().is_empty() {
            return Ok(Self::default());
        }
        let raw: Raw = parse_rules("content", yaml).map_err(|failure| match failure {
            Failure::Rule { message, .. } => line_in(&message).map_or(1, |line| line + 1),
            _ => 1,
        })?;
        let day = |key: &str, text: Option<&String>| match text {
            None => Ok(None),
            Some(text) => Day::iso(text.trim()).map(Some).ok_or_else(|| line_of(yaml, key)),
        };
        let mut changes = Vec::with_capacity(raw.changes.len());
        for RawChange { on, what } in raw.changes {
            let on = day("changes", Some(&on))?.ok_or(1_u32)?;
            changes.push(Change { on, what });
        }
        changes.sort_by_key(|change| std::cmp::Reverse(change.on));
        Ok(Self {
            repealed_on: day("repealed_on", raw.repealed_on.as_ref())?,
            changes,
            date: day("date", raw.date.as_ref())?,
            updated: day("updated", raw.updated.as_ref())?,
            expires: day("expires", raw.expires.as_ref())?,
            review_by: day("review_by", raw.review_by.as_ref())?,
            title: raw.title,
            slug: raw.slug,
            unit: raw.unit,
            basis: raw.basis,
            numbered: raw.numbered,
            draft: raw.draft,
        })
    }

    /// Whether the page stands public on `today`.
    pub(super) fn is_public_on(&self, today: Day) -> bool {
        !self.draft
            && self.expires.is_none_or(|last| today <= last)
            && self.date.is_none_or(|first| first <= today)
    }
}

/// The line a YAML message speaks of, as in `at line 2 column 7`.
fn line_in(message: &str) -> Option<u32> {
    let after = message.split_once("line ")?.1;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The line of the file that `key` stands on; the opening `---` is line 1.
fn line_of(yaml: &str, key: &str) -> u32 {
    let stands = |line: &str| {
        line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'))
    };
    (2_u32..).zip(yaml.lines()).find(|(_, line)| stands(line)).map_or(1, |(at, _)| at)
}
