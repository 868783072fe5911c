//! Trade secrets: what is marked, what the party asked to keep, and what only looks like one (domain 2.2).
//! Words in `data/redact/secrets.yml`; the bureau's own in `data/dictionary.yml`.

use std::ops::Range;

use memchr::memmem;
use regex::Regex;
use serde::Deserialize;

use super::patterns::{any_of, compile};
use super::spans::Spans;
use super::tables::Rule;
use super::text::visible;
use crate::clearance::fold::{Fold, Markup};
use crate::diag::Failure;
use crate::law::Shelf;

const OPENS: [&str; 4] = ["【商业秘密】", "[商业秘密]", "〔商业秘密〕", "<商业秘密>"];
const CLOSES: [&str; 4] = ["【/商业秘密】", "[/商业秘密]", "〔/商业秘密〕", "</商业秘密>"];
const FILE: &str = "redact/secrets.yml";
/// Items that make a list of ingredients look like a formula.
const ITEMS: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SecretsFile {
    cues: Vec<String>,
    subjects: Vec<String>,
    not: Vec<String>,
    shapes: Shapes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shapes {
    formula: Vec<String>,
    price: Vec<String>,
    list: Vec<String>,
}

/// The patterns of trade secrets.
pub(super) struct Secrets {
    after_cue: Regex,
    in_brackets: Regex,
    before_cue: Regex,
    subject: Regex,
    not: Vec<String>,
    item: Regex,
    price: Regex,
    lists: Regex,
}

impl Secrets {
    /// Reads the words and compiles the patterns.
    ///
    /// # Errors
    /// A broken rule file.
    pub(super) fn load(shelf: &Shelf) -> Result<Self, Failure> {
        let file: SecretsFile = shelf.load(FILE)?;
        let cues = any_of(&file.cues);
        Ok(Self {
            after_cue: compile(&format!(
                "(?:{cues})[^。;:\\n:()“”]{{0,14}}:\\s?([^。\\n]{{2,200}})"
            ))?,
            in_brackets: compile(&format!(
                "(?:{cues})[^。;:\\n:()“”]{{0,10}}[(]([^()\\n]{{2,200}})[)]"
            ))?,
            before_cue: compile(&format!(
                "“([^“”\\n]{{2,200}})”[)]?(?:系|属于|属|为|是)[^。;\\n,]{{0,12}}(?:{cues})"
            ))?,
            subject: compile(&format!(
                "(?:{})(?:为|是|如下|包括|有)?[:为]\\s?([^。;\\n]{{4,200}})",
                any_of(&file.subjects)
            ))?,
            not: file.not,
            item: compile(&format!(
                "[\\p{{Han}}]{{1,8}}[0-9][0-9.]*(?:{})",
                any_of(&file.shapes.formula)
            ))?,
            price: compile(&format!(
                "(?:进货|采购|供货|供应|客户|内部|成本|结算|招标)[^。;\\n]{{0,12}}(?:{})[^。;\\n]{{0,10}}[0-9]",
                any_of(&file.shapes.price)
            ))?,
            lists: compile(&format!(
                "(?:{})[:为](?:[^。\\n、]{{2,20}}、){{2}}",
                any_of(&file.shapes.list)
            ))?,
        })
    }

    /// Words without which nothing here can match.
    pub(super) fn triggers(shelf: &Shelf) -> Result<Vec<String>, Failure> {
        let file: SecretsFile = shelf.load(FILE)?;
        Ok([file.cues, file.subjects, file.shapes.price, file.shapes.list].concat())
    }

    /// Spans marked as trade secrets, and those the party asked to keep.
    pub(super) fn find(&self, raw: &str, fold: &Fold<'_>, spans: &mut Spans) {
        let text = fold.text();
        if memmem::find(text.as_bytes(), "商业秘密".as_bytes()).is_some() {
            marked(raw, fold, spans);
        }
        for pattern in [&self.after_cue, &self.in_brackets, &self.before_cue, &self.subject] {
            for found in pattern.captures_iter(text) {
                let (Some(whole), Some(content)) = (found.get(0), found.get(1)) else { continue };
                let cue = &text[whole.start()..content.start().max(whole.start())];
                let before = &text[..content.start()];
                let of_a_person = self
                    .not
                    .iter()
                    .any(|n| cue.contains(n.as_str()) || before.ends_with(n.as_str()));
                let is_mark = content.as_str().starts_with(['【', '[', '《']);
                if !of_a_person && !is_mark {
                    spans.push(fold.source(content.range()), Rule::TradeSecret, "");
                }
            }
        }
    }

    /// What looks like a formula, a price list or a list of customers, and is not marked: a person must
    /// decide. Places in the folded text.
    pub(super) fn suspected(&self, fold: &Fold<'_>) -> Vec<Range<usize>> {
        let text = fold.text();
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut run: Option<(Range<usize>, usize)> = None;
        for item in self.item.find_iter(text) {
            run = match run {
                Some((at, n))
                    if text[at.end..item.start()]
                        .chars()
                        .all(|c| matches!(c, '、' | ',' | ' ')) =>
                {
                    Some((at.start..item.end(), n + 1))
                }
                _ => Some((item.range(), 1)),
            };
            if let Some((at, n)) = &run
                && *n == ITEMS
            {
                found.push(at.clone());
            }
        }
        found.extend(self.price.find_iter(text).map(|m| m.range()));
        found.extend(self.lists.find_iter(text).map(|m| m.range()));
        found
    }
}

/// Spans between marks; one that is not closed runs to the end of its paragraph.
fn marked(raw: &str, fold: &Fold<'_>, spans: &mut Spans) {
    for (at, _) in stretches(raw, fold) {
        spans.push(at, Rule::TradeSecret, "");
    }
}

/// Whether a mark in the text has no end in its paragraph.
pub(super) fn is_unclosed(raw: &str) -> bool {
    if memmem::find(raw.as_bytes(), "商业秘密".as_bytes()).is_none() {
        return false;
    }
    let text = visible(raw);
    stretches(&text, &Fold::new(&*text, Markup::Read)).iter().any(|(_, is_closed)| !is_closed)
}

/// What each mark covers, and whether its end stands there.
fn stretches(raw: &str, fold: &Fold<'_>) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    let text = fold.text();
    let closes = ends_of(text, &CLOSES);
    let breaks: Vec<usize> = raw.match_indices("\n\n").map(|(at, _)| at).collect();
    let mut from = 0;
    for inside in ends_of(text, &OPENS) {
        let mark = text[..inside].rfind(['【', '[', '〔', '<']).unwrap_or(inside);
        let start = fold.source(mark..inside).start;
        if start < from {
            continue;
        }
        let paragraph = breaks.get(breaks.partition_point(|at| *at < start)).copied();
        let paragraph = paragraph.unwrap_or(raw.len());
        let closed = closes.get(closes.partition_point(|at| *at < inside));
        let end = closed.map(|end| fold.source(inside..*end).end).filter(|end| *end <= paragraph);
        from = end.unwrap_or(paragraph);
        found.push((start..from, end.is_some()));
    }
    found
}

/// Where any of `words` ends in `text`, in order.
fn ends_of(text: &str, words: &[&str]) -> Vec<usize> {
    let mut ends: Vec<usize> = words
        .iter()
        .flat_map(|word| text.match_indices(word).map(|(at, word)| at + word.len()))
        .collect();
    ends.sort_unstable();
    ends
}
