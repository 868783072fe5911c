//! Front matter: the YAML between two `---` lines at the top of a content file.

use serde::Deserialize;

use crate::diag::Failure;
use crate::law::{Day, parse_rules};

/// What a content file says of itself. Unknown keys are ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Front {
    /// Title.
    pub(super) title: Option<String>,
    /// First publication; not shown before this day.
    pub(super) date: Option<Day>,
    /// Last revision.
    pub(super) updated: Option<Day>,
    /// Not public.
    pub(super) draft: bool,
    /// Last day it is public.
    pub(super) expires: Option<Day>,
    /// Last part of the address, where the file name cannot be one.
    pub(super) slug: Option<String>,
    /// Unit that answers for it.
    pub(super) unit: Option<String>,
    /// Legal basis.
    pub(super) basis: Vec<String>,
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
        parse_rules("content", yaml).map_err(|failure| match failure {
            Failure::Rule { message, .. } => line_in(&message).map_or(1, |line| line + 1),
            _ => 1,
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
