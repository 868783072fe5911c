//! Sensitive facts of a person's life: health, school and class (domain 2.2). Words in `data/redact/facts.yml`.

use regex::Regex;
use serde::Deserialize;

use super::patterns::{any_of, compile};
use super::search::Search;
use super::spans::Spans;
use super::tables::Rule;
use crate::clearance::fold::{Fold, is_han};
use crate::diag::Failure;
use crate::law::Shelf;

const FILE: &str = "redact/facts.yml";
/// Longest name of a school, in characters.
const LONGEST_SCHOOL: usize = 14;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactsFile {
    health: Health,
    school: School,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Health {
    leads: Vec<String>,
    ends: Vec<String>,
    words: Vec<String>,
    not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct School {
    kinds: Vec<String>,
    after: Vec<String>,
    before: Vec<String>,
}

/// The patterns of sensitive facts.
pub(super) struct Facts {
    illness: Regex,
    course: Regex,
    words: Search,
    not: Vec<String>,
    school: Regex,
    after: Vec<String>,
    before: Vec<String>,
}

impl Facts {
    /// Reads the words and compiles the patterns.
    ///
    /// # Errors
    /// A broken rule file.
    pub(super) fn load(shelf: &Shelf) -> Result<Self, Failure> {
        let FactsFile { health, school } = shelf.load(FILE)?;
        let words = Search::longest(&health.words)?;
        Ok(Self {
            illness: compile(&format!(
                "(?:{})((?:[0-9]型)?[^,。;:\\n在到于的等和及与、()|“”\"]{{0,9}}(?:{})(?:术后)?)",
                any_of(&health.leads),
                any_of(&health.ends)
            ))?,
            course: compile(
                "怀孕(?:已)?(?:约)?[0-9一二三四五六七八九十]{1,3}(?:个多?月|周|月)(?:余)?|孕[0-9一二三四五六七八九十]{1,3}周|住院(?:治疗)?(?:约|近)?[0-9一二三四五六七八九十百]{1,4}(?:余|多)?(?:日|天|周|个月)|[左右双][\\p{Han}]{1,6}(?:骨折|损伤|挫伤|脱臼|截肢|残疾)",
            )?,
            words,
            not: health.not,
            school: compile(&format!(
                "(?:{})((?:[一二三四五六七八九0-9]{{1,2}}年级|高[一二三]|初[一二三]|[大中小一二三四五六七八九])?[(]?[0-9一二三四五六七八九十]{{0,3}}[)]?班)?",
                any_of(&school.kinds)
            ))?,
            after: school.after,
            before: school.before,
        })
    }

    /// Words without which no health, and words without which no school can be found.
    pub(super) fn triggers(shelf: &Shelf) -> Result<(Vec<String>, Vec<String>), Failure> {
        let FactsFile { health, school } = shelf.load(FILE)?;
        let course = ["怀孕", "孕", "住院"].map(String::from);
        Ok(([health.ends, health.words, course.to_vec()].concat(), school.kinds))
    }

    /// Health.
    pub(super) fn health(&self, fold: &Fold<'_>, spans: &mut Spans) {
        let text = fold.text();
        let mut cut = |start: usize, end: usize| {
            if !self.is_other(text, start, end) {
                spans.push(fold.source(start..end), Rule::Health, "");
            }
        };
        for group in self.illness.captures_iter(text).filter_map(|c| c.get(1)) {
            if group.as_str().chars().count() >= 2 {
                let start = group.start();
                let sure = if text[..start].ends_with("确诊") { "确诊".len() } else { 0 };
                cut(start - sure, group.end());
            }
        }
        for found in self.course.find_iter(text) {
            cut(found.start(), found.end());
        }
        for (start, end) in self.words.find(text) {
            cut(start, end);
        }
    }

    /// Whether the words around say that no person's health is meant.
    fn is_other(&self, text: &str, start: usize, end: usize) -> bool {
        let from = text[..start].char_indices().rev().nth(3).map_or(0, |(i, _)| i);
        let to = text[end..].char_indices().nth(4).map_or(text.len(), |(i, _)| end + i);
        self.not.iter().any(|word| {
            text[from..to].match_indices(word.as_str()).any(|(at, _)| {
                let (at, after) = (from + at, from + at + word.len());
                at < end && start < after
            })
        })
    }

    /// Schools that somebody attends, with the class.
    pub(super) fn schools(&self, fold: &Fold<'_>, spans: &mut Spans) {
        let text = fold.text();
        for found in self.school.captures_iter(text) {
            let Some(whole) = found.get(0) else { continue };
            let start = self.beginning(&text[..whole.start()]);
            let attended = found.get(1).is_some()
                || self.after.iter().any(|w| text[whole.end()..].starts_with(w.as_str()))
                || text[..start].ends_with("就读于")
                || text[..start].ends_with("就读");
            if attended && start < whole.start() {
                spans.push(fold.source(start..whole.end()), Rule::School, "");
            }
        }
    }

    /// Where the name of a school begins that goes on after `before`.
    fn beginning(&self, before: &str) -> usize {
        let mut start = before.len();
        for (n, (at, c)) in before.char_indices().rev().enumerate() {
            let goes_on = is_han(c) || c.is_ascii_digit();
            if n == LONGEST_SCHOOL
                || !goes_on
                || self.before.iter().any(|w| before[..start].ends_with(w.as_str()))
            {
                break;
            }
            start = at;
        }
        start
    }
}
