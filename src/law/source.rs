//! The instruments that rules rest on, each once, and the citation of one of their clauses.
//!
//! Citations elsewhere are `key#clause`; a test of [`super::Law`] refuses one that points nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Deserializer};

use super::Day;
use crate::diag::{OnDay, SafeWord};

/// How well a source was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Certainty {
    /// The text itself was read.
    Read,
    /// Only excerpts were read.
    Excerpt,
    /// From memory or second hand: the legal office must confirm it.
    ToConfirm,
}

/// One instrument: a law, a regulation, a notice, a standard.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    /// Short name in citations.
    pub(crate) key: String,
    /// Full title, without the book marks.
    pub(crate) title: String,
    /// Title as cited, with book marks; the full title in book marks where absent.
    #[serde(default)]
    pub(crate) short: Option<String>,
    /// Title as cited in English.
    pub(crate) title_en: String,
    /// Document number.
    #[serde(default)]
    pub(crate) number: Option<String>,
    /// Who issued it.
    pub(crate) issuer: String,
    /// First day in force, where known.
    #[serde(default)]
    pub(crate) in_force_from: Option<Day>,
    /// Last day in force; `None` while it is.
    #[serde(default)]
    pub(crate) in_force_until: Option<Day>,
    /// Whether these days are from memory, and the legal office must confirm them.
    #[serde(default)]
    pub(crate) days_to_confirm: bool,
    /// How well it was read.
    pub(crate) certainty: Certainty,
    /// Clause id to what it says, in one sentence of ours.
    pub(crate) clauses: BTreeMap<String, String>,
    /// Clauses less certain than the rest: the legal office must confirm them.
    #[serde(default)]
    pub(crate) to_confirm: BTreeSet<String>,
    /// Ids that the table of redaction gives its grounds by, each with the clause it is.
    #[serde(default)]
    pub(super) aliases: BTreeMap<String, String>,
}

/// The title of an instrument of the table, which may stand in a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Title(String);

impl fmt::Display for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl SafeWord for Title {}

impl Source {
    /// Title in book marks.
    pub(crate) fn full_title(&self) -> Title {
        Title(format!("《{}》", self.title))
    }

    /// Whether a text names this instrument, by title or number.
    pub(super) fn is_named_in(&self, text: &str) -> bool {
        text.contains(&self.full_title().0)
            || self.number.as_ref().is_some_and(|number| text.contains(number.as_str()))
    }

    /// Whether it is in force on a day. One whose days are not known is taken to be.
    pub(super) fn is_in_force_on(&self, day: impl Into<OnDay>) -> bool {
        let day = day.into();
        self.in_force_from.is_none_or(|first| OnDay::from(first) <= day)
            && self.in_force_until.is_none_or(|last| day <= last.into())
    }

    /// Title as cited in Chinese.
    pub(crate) fn cited_zh(&self) -> String {
        self.short.clone().unwrap_or_else(|| format!("《{}》", self.title))
    }

    /// How well this clause was read.
    pub(crate) fn certainty_of(&self, clause: &str) -> Certainty {
        if self.to_confirm.contains(clause) { Certainty::ToConfirm } else { self.certainty }
    }
}

/// A citation: a source and one of its clauses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cite {
    /// Key of the source.
    pub(crate) source: String,
    /// Clause id, as in `48`, `48(2)` or `一`; empty for the instrument as a whole.
    pub(crate) clause: String,
}

impl<'de> Deserialize<'de> for Cite {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (source, clause) = text.split_once('#').unwrap_or((&text, ""));
        Ok(Self { source: source.into(), clause: clause.into() })
    }
}

/// `48(2)` as 第四十八条第二款; a clause id of another form as it stands.
pub(super) fn clause_zh(clause: &str) -> String {
    match article_and_paragraph(clause) {
        Some((article, None)) => format!("第{}条", han(article)),
        Some((article, Some(paragraph))) => format!("第{}条第{}款", han(article), han(paragraph)),
        None => clause.to_owned(),
    }
}

/// `48(2)` as art. 48(2); a clause id of another form as it stands.
pub(super) fn clause_en(clause: &str) -> String {
    if article_and_paragraph(clause).is_some() {
        format!("art. {clause}")
    } else {
        clause.to_owned()
    }
}

/// The place of a clause in its instrument: articles by number, then what is named otherwise.
pub(super) fn clause_order(clause: &str) -> (u32, u32) {
    article_and_paragraph(clause)
        .map_or((u32::MAX, 0), |(article, paragraph)| (article, paragraph.unwrap_or(0)))
}

fn article_and_paragraph(clause: &str) -> Option<(u32, Option<u32>)> {
    let Some((article, rest)) = clause.split_once('(') else {
        return Some((clause.parse().ok()?, None));
    };
    Some((article.parse().ok()?, Some(rest.strip_suffix(')')?.parse().ok()?)))
}

/// A number below a thousand as statutes write it: 四十八, 一百零二.
fn han(number: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u32| DIGITS[(n % 10) as usize];
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let mut out = String::new();
    if hundreds > 0 {
        out.push_str(digit(hundreds));
        out.push('百');
    }
    match (hundreds, tens) {
        (0, 1) => out.push('十'),
        (0, 0) => {}
        (_, 0) if ones > 0 => out.push('零'),
        (_, 0) => {}
        _ => {
            out.push_str(digit(tens));
            out.push('十');
        }
    }
    if ones > 0 || number == 0 {
        out.push_str(digit(ones));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_written_as_statutes_write_them() {
        for (clause, zh) in [
            ("48", "第四十八条"),
            ("48(2)", "第四十八条第二款"),
            ("10", "第十条"),
            ("9", "第九条"),
            ("103", "第一百零三条"),
            ("111", "第一百一十一条"),
            ("100", "第一百条"),
            ("二(一)3", "二(一)3"),
        ] {
            assert_eq!(clause_zh(clause), zh);
        }
        assert_eq!(clause_en("48(2)"), "art. 48(2)");
    }
}
