//! What stands before and after a name: `证人…`, `…的身份证`, `…路`. Weights from `data/redact/name-contexts.yml`;
//! positive speaks for a name, negative against it, in tenths of a nat.

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
            copulas: file.copulas,
        })
    }

    /// What stands before.
    pub(super) fn before(&self, text: &str) -> i32 {
        let mut units = [0_u16; LONGEST];
        let (mut count, mut marks, mut labelled) = (0, 0, false);
        for c in text.chars().rev() {
            let is_mark = matches!(c, ':' | ' ' | '|' | '*' | '(' | '"' | '“' | '\n' | '>' | '-');
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

    /// Whether what stands before says that somebody reported the case.
    pub(super) fn is_reported(&self, text: &str) -> bool {
        let text = text.trim_end_matches([':', ' ', '|', '*', '(']);
        self.reporters.iter().any(|r| text.ends_with(r.as_str()))
    }

    /// What stands after.
    pub(super) fn after(&self, text: &str) -> i32 {
        let mut units = [0_u16; LONGEST];
        let mut count = 0;
        for c in text.chars().take(LONGEST) {
            units[count] = unit(c);
            count += 1;
        }
        (1..=count).rev().find_map(|n| self.after.get(&key(&units[..n]))).copied().unwrap_or(0)
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
