//! What stands before and after a name: `证人…`, `…的身份证`, `…路`. Weights from `data/redact/name-contexts.yml`;
//! positive speaks for a name, negative against it, in tenths of a nat.

use std::ops::Range;

use serde::Deserialize;

use super::lexicon::{Keyed, LONGEST, key, key_of, unit};
use crate::clearance::fold::is_han;
use crate::diag::Failure;

/// How far after a name the end of an organization's name may stand, in characters.
const ORGANIZATION: usize = 14;
/// Weight from which a word before is a role.
const ROLE: i32 = 100;
/// Most marks between a label and a name.
const MARKS: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    weight: i32,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContextFile {
    before: Vec<Row>,
    after: Vec<Row>,
    labelled: i32,
    organization: Organization,
    reporters: Vec<String>,
    copulas: Vec<String>,
    officials: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organization {
    weight: i32,
    ends: Vec<String>,
    breaks: String,
}

/// The tables of contexts.
pub(super) struct Contexts {
    before: Keyed<i32>,
    after: Keyed<i32>,
    labelled: i32,
    organization: i32,
    ends: Keyed<()>,
    breaks: Vec<char>,
    reporters: Vec<String>,
    copulas: Vec<String>,
    /// Their last characters.
    copula_ends: Vec<char>,
    officials: Vec<String>,
}

impl Contexts {
    /// Takes the tables.
    ///
    /// # Errors
    /// A word of more than four characters, or one that stands twice.
    pub(super) fn new(file: ContextFile) -> Result<Self, Failure> {
        let mut ends = Keyed::default();
        for end in &file.organization.ends {
            ends.insert(known(end)?, ());
        }
        Ok(Self {
            before: table(&file.before)?,
            after: table(&file.after)?,
            labelled: file.labelled,
            organization: file.organization.weight,
            ends,
            breaks: file.organization.breaks.chars().collect(),
            reporters: file.reporters,
            copula_ends: file.copulas.iter().filter_map(|c| c.chars().next_back()).collect(),
            copulas: file.copulas,
            officials: file.officials,
        })
    }

    /// What stands before.
    pub(super) fn before(&self, text: &str) -> i32 {
        let mut units = [0_u16; LONGEST];
        let (mut count, mut marks, mut labelled) = (0, 0, false);
        for c in text.chars().rev() {
            let is_mark =
                matches!(c, ':' | ' ' | '|' | '*' | '(' | ')' | '"' | '“' | '\n' | '>' | '-');
            if is_mark && count == 0 && marks < MARKS {
                marks += 1;
                labelled |= matches!(c, ':' | '|');
                continue;
            }
            units[LONGEST - 1 - count] = unit(c);
            count += 1;
            if count == LONGEST {
                break;
            }
        }
        let said = (1..=count).rev().find_map(|n| self.before.get(&key(&units[LONGEST - n..])));
        if marks == 0
            && let Some(role) = self.role_before(text)
        {
            return role.max(said.copied().unwrap_or(0));
        }
        let bracketed = marks > 0 && !labelled && text.ends_with(['(', '"', '“', '\n', '>']);
        match said {
            Some(weight) if bracketed && *weight < ROLE => 0,
            Some(weight) if labelled => weight + self.labelled,
            Some(weight) => *weight,
            None => 0,
        }
    }

    /// A role that a copula joins to the name: `房东是…`, `现经营者为…`.
    fn role_before(&self, text: &str) -> Option<i32> {
        let last = text.chars().next_back()?;
        if !self.copula_ends.contains(&last) {
            return None;
        }
        let rest = self.copulas.iter().find_map(|c| text.strip_suffix(c.as_str()))?;
        let mut units = [0_u16; LONGEST];
        let mut count = 0;
        for c in rest.chars().rev().take(LONGEST) {
            units[LONGEST - 1 - count] = unit(c);
            count += 1;
        }
        let role = (2..=count).rev().find_map(|n| self.before.get(&key(&units[LONGEST - n..])))?;
        (*role >= ROLE).then_some(*role)
    }

    /// Whether the characters are the word for a role and so no name: 居民, 官员.
    pub(super) fn is_role(&self, units: &[u16]) -> bool {
        units.len() <= LONGEST && self.before.get(&key(units)).is_some_and(|weight| *weight >= 0)
    }

    /// Whether what stands before says that somebody reported the case.
    pub(super) fn is_reported(&self, text: &str) -> bool {
        let text = text.trim_end_matches([':', ' ', '|', '*', '(']);
        self.reporters.iter().any(|r| text.ends_with(r.as_str()))
    }

    /// Whether what stands before says that somebody acts for the organ.
    pub(super) fn is_official(&self, text: &str) -> bool {
        let text = text.trim_end_matches([':', ' ', '|', '*', '(']);
        let text = self.copulas.iter().find_map(|c| text.strip_suffix(c.as_str())).unwrap_or(text);
        self.officials.iter().any(|o| text.ends_with(o.as_str())) && !text.ends_with("被询问人")
    }

    /// What stands after, and by how many characters that is told.
    pub(super) fn after(&self, text: &str) -> (i32, usize) {
        let mut units = [0_u16; LONGEST];
        let mut count = 0;
        for c in text.chars().take(LONGEST) {
            units[count] = unit(c);
            count += 1;
        }
        let told = |n| self.after.get(&key(&units[..n])).map(|weight| (*weight, n));
        (1..=count).rev().find_map(told).unwrap_or((0, 0))
    }

    /// What an organization's name that goes on after the name says against it.
    pub(super) fn organization(&self, text: &str) -> i32 {
        let mut units = [0_u16; ORGANIZATION];
        let mut count = 0;
        for c in text.chars().take(ORGANIZATION) {
            if !is_han(c) && c != '(' && c != ')' || self.breaks.contains(&c) {
                break;
            }
            units[count] = unit(c);
            count += 1;
            let ends = (2..=LONGEST.min(count))
                .any(|n| self.ends.contains_key(&key(&units[count - n..count])));
            if ends {
                return self.organization;
            }
        }
        0
    }
}

/// The most that the frame of a candidate adds.
pub(super) const MOST: i32 = CELL + SUBJECT + NUMBERED;
/// What a name gains that fills a cell of a table, or that a personal number follows.
const CELL: i32 = 50;
const NUMBERED: i32 = 115;
/// What it gains that a line begins with, as the one addressed or as the subject of a date.
const SUBJECT: i32 = 60;
/// Digits of a personal number, and how far behind the name they may end.
const NUMBER: usize = 11;
const WITHIN: usize = 30;

/// What the frame of a candidate says: a cell of its own, a personal number right behind it.
pub(super) fn frame(text: &str, at: &Range<usize>) -> i32 {
    let rest =
        text[at.end..].trim_start_matches([',', '(', ' ', ':', '|', '\t', '[', '"', '”', '/']);
    let digits = |c: &char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '|' | '\t' | '.' | '+');
    let number = rest.chars().take(WITHIN).take_while(digits).filter(char::is_ascii_digit).count();
    let begins = text[..at.start].trim_end_matches(' ').ends_with(['|', '\t', '>']);
    let ends = text[at.end..].trim_start_matches(' ').starts_with(['|', '\t', '<']);
    let cell = if begins && ends { CELL } else { 0 };
    let opens = text[..at.start].chars().next_back().is_none_or(|c| matches!(c, '\n' | '。' | ';'));
    let year = |rest: &str| rest.starts_with("19") || rest.starts_with("20");
    let subject = if opens
        && (rest.starts_with('\n') || text[at.end..].starts_with(':') || year(&text[at.end..]))
    {
        SUBJECT
    } else {
        0
    };
    cell + subject
        + if number >= NUMBER && rest.starts_with(|c: char| c.is_ascii_digit() || c == '+') {
            NUMBERED
        } else {
            0
        }
}

fn table(rows: &[Row]) -> Result<Keyed<i32>, Failure> {
    let mut table = Keyed::default();
    for row in rows {
        for word in &row.words {
            if table.insert(known(word)?, row.weight).is_some() {
                return Err(broken(format!("{word} stands twice")));
            }
        }
    }
    Ok(table)
}

fn known(word: &str) -> Result<u64, Failure> {
    key_of(word).ok_or_else(|| broken(format!("{word}: one to four characters")))
}

fn broken(message: String) -> Failure {
    Failure::Rule { file: super::CONTEXTS.into(), message }
}
