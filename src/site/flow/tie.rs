//! Ties a flow to the law: fills in the numbers of terms and limits, words the clauses, and tells where the
//! file says something else than the law. What is shown is always what the law's tables say.

use std::collections::BTreeMap;

use crate::diag::{Finding, Findings, Note, Place};
use crate::law::{Cite, Day, Law, Span, Term, Title, Unit};

use super::super::content::line_of;
use super::model::{FlowFile, Limit, Step};

/// Check of clauses and limits.
const DIFFERS: &str = "flow-differs-from-law";
/// Check of instruments that are no longer in force.
const REPEALED: &str = "repealed-basis";

/// A step in words, with every number in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Worded {
    /// What is done.
    pub(super) text: String,
    /// Clauses.
    pub(super) clause: Option<String>,
    /// Term, with the kind of day.
    pub(super) limit: Option<String>,
}

impl Worded {
    /// What stands in small under the box's text.
    pub(super) fn fine_print(&self) -> Vec<String> {
        let limit = self.limit.as_ref().map(|limit| format!("期限：{limit}"));
        self.clause.iter().cloned().chain(limit).collect()
    }
}

/// A flow's words.
#[derive(Debug)]
pub(super) struct Words {
    /// When it applies.
    pub(super) applies: String,
    /// Of each step.
    pub(super) steps: Vec<Worded>,
    /// Legal basis, by instrument.
    pub(super) basis: Vec<String>,
}

/// Puts the flow into words. `file` and `text` are for the places of findings.
///
/// # Errors
/// A key that no table has.
pub(super) fn words(
    flow: &FlowFile,
    law: &Law,
    today: Day,
    (file, text): (&str, &str),
    findings: &mut Findings,
) -> Result<Words, String> {
    let tie = Tie { flow, law };
    let mut steps = Vec::with_capacity(flow.steps.len());
    for step in &flow.steps {
        let at = |note: Note| Finding::new(DIFFERS, place(file, text, &step.id)).noted(note);
        tie.differences(step)?.into_iter().for_each(|note| findings.push(at(note)));
        steps.push(tie.step(step).map_err(|e| format!("step {}: {e}", step.id))?);
    }
    for (title, until) in tie.repealed(today) {
        let note = Note::new("{}，施行至 {}", "{}, in force until {}").with(title).with(until);
        findings.push(Finding::new(REPEALED, Place::File { file: file.into() }).noted(note));
    }
    Ok(Words { applies: tie.filled(&flow.applies)?, steps, basis: tie.basis() })
}

/// The line of a file on which a step begins.
fn place(file: &str, text: &str, id: &str) -> Place {
    let names = |line: &str| {
        let key = line.trim_start_matches([' ', '-', '{']);
        key.strip_prefix("id:").is_some_and(|rest| {
            rest.trim_start()
                .strip_prefix(id)
                .is_some_and(|r| !r.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
        })
    };
    let row =
        (1_u32..).zip(text.lines()).skip(1).find(|(_, line)| names(line)).map_or(1, |(row, _)| row);
    line_of(file, row)
}

struct Tie<'t> {
    flow: &'t FlowFile,
    law: &'t Law,
}

impl Tie<'_> {
    fn term(&self, id: &str) -> Result<&Term, String> {
        self.law.term(id).ok_or_else(|| format!("no term {id} in law/terms.yml"))
    }

    fn step(&self, step: &Step) -> Result<Worded, String> {
        let limit = step.limit.as_ref().map(|limit| self.limit(limit)).transpose()?;
        Ok(Worded { text: self.filled(&step.text)?, clause: self.clause(step), limit })
    }

    /// What the step says otherwise than the law.
    fn differences(&self, step: &Step) -> Result<Vec<Note>, String> {
        let mut notes = Vec::new();
        for cite in &step.cites {
            if self.law.gist(cite).is_none() {
                notes.push(Note::new(
                    "所引条文不在 data/law/sources.yml 中",
                    "the cited clause is not in data/law/sources.yml",
                ));
            }
        }
        let Some(limit) = &step.limit else { return Ok(notes) };
        let Some(id) = &limit.term else { return Ok(notes) };
        let term = self.term(id)?;
        if !step.cites.is_empty() && !term.cites.iter().any(|c| step.cites.contains(c)) {
            notes.push(Note::new(
                "所引条文不是该期限的依据",
                "the cited clause is not what the term rests on",
            ));
        }
        if let (Some(length), Some(unit)) = (limit.length, limit.unit)
            && term.span != (Span::Within { length, unit })
        {
            let note = Note::new(
                "写为 {}{}，与法定期限不同；网页按法定期限显示",
                "says {}{}, the law says otherwise; the page shows the law's",
            );
            notes.push(note.with(length).with(unit.zh()));
        }
        Ok(notes)
    }

    /// 7个工作日内; 15日内（自然日）.
    fn limit(&self, limit: &Limit) -> Result<String, String> {
        let suffix = limit.suffix.as_deref().unwrap_or("内");
        let span = match (&limit.term, limit.length, limit.unit) {
            (Some(id), ..) => self.term(id)?.span,
            (None, Some(length), Some(unit)) => Span::Within { length, unit },
            (None, ..) => return Err("a limit needs a term, or length and unit".into()),
        };
        Ok(match span {
            Span::Within { length, unit: Unit::CalendarDay } => {
                format!("{length}日{suffix}（自然日）")
            }
            Span::Within { length, unit } => format!("{length}{}{suffix}", unit.zh()),
            Span::By { month, day } => format!("次年{month}月{day}日前"),
        })
    }

    /// The clauses of a step: its own, or those its term rests on; then what is said in words.
    fn clause(&self, step: &Step) -> Option<String> {
        let of_term = || {
            let id = step.limit.as_ref()?.term.as_ref()?;
            Some(self.law.term(id)?.cites.iter().take(1).cloned().collect())
        };
        let cites =
            if step.cites.is_empty() { of_term().unwrap_or_default() } else { step.cites.clone() };
        let mut parts: Vec<String> = cites.iter().map(|cite| self.cited(cite)).collect();
        parts.extend(step.clause.clone());
        (!parts.is_empty()).then(|| parts.join("、"))
    }

    /// A clause; of the flow's own instrument without its title.
    fn cited(&self, cite: &Cite) -> String {
        let whole = self.law.cite_zh(cite);
        if self.flow.law.as_ref() != Some(&cite.source) {
            return whole;
        }
        let title = self.law.source(cite).map(|s| s.cited_zh()).unwrap_or_default();
        whole.strip_prefix(&title).map(str::to_owned).unwrap_or(whole)
    }

    /// The instruments of all steps with their clauses, in the order they come, then the file's own words.
    fn basis(&self) -> Vec<String> {
        let mut order: Vec<&str> = Vec::new();
        let mut clauses: BTreeMap<&str, Vec<&Cite>> = BTreeMap::new();
        let of_term = |s: &Step| self.law.term(s.limit.as_ref()?.term.as_ref()?)?.cites.first();
        let of_terms = self.flow.steps.iter().filter_map(of_term);
        for cite in self.flow.steps.iter().flat_map(|s| &s.cites).chain(of_terms) {
            let known = clauses.entry(&cite.source).or_default();
            if known.is_empty() {
                order.push(&cite.source);
            }
            if !known.contains(&cite) {
                known.push(cite);
            }
        }
        let line = |source: &&str| {
            let mut cites = clauses.get(source).cloned().unwrap_or_default();
            cites.sort_by_key(|c| {
                (c.clause.split('(').next().and_then(|n| n.parse::<u32>().ok()), c.clause.clone())
            });
            let title = cites
                .first()
                .and_then(|c| self.law.source(c))
                .map(|s| s.cited_zh())
                .unwrap_or_default();
            let bare = |cite: &&Cite| self.law.cite_zh(cite).replacen(&title, "", 1);
            format!(
                "{title}{}",
                cites.iter().map(bare).filter(|c| !c.is_empty()).collect::<Vec<_>>().join("、")
            )
        };
        order.iter().map(line).chain(self.flow.basis.iter().cloned()).collect()
    }

    /// Instruments that the flow rests on and that are no longer in force, each once.
    fn repealed(&self, today: Day) -> Vec<(Title, Day)> {
        let cited = self.flow.steps.iter().flat_map(|s| &s.cites).filter_map(|c| {
            let source = self.law.source(c)?;
            Some((source.full_title(), source.in_force_until.filter(|last| *last < today)?))
        });
        let said = self.flow.basis.iter().flat_map(|text| self.law.repealed(text, today));
        let mut found: Vec<(Title, Day)> = cited.chain(said).collect();
        found.sort();
        found.dedup();
        found
    }

    /// The text with `{term:KEY}` and `{limit:KEY}` as numbers with their units.
    fn filled(&self, text: &str) -> Result<String, String> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (key, tail) = after.split_once('}').ok_or("a `{` without its `}`")?;
            out.push_str(before);
            out.push_str(&self.number(key)?);
            rest = tail;
        }
        out.push_str(rest);
        Ok(out)
    }

    fn number(&self, key: &str) -> Result<String, String> {
        if let Some(id) = key.strip_prefix("term:") {
            return Ok(match self.term(id)?.span {
                Span::Within { length, unit: Unit::CalendarDay } => format!("{length}日"),
                Span::Within { length, unit } => format!("{length}{}", unit.zh()),
                Span::By { month, day } => format!("{month}月{day}日"),
            });
        }
        let id = key.strip_prefix("limit:").ok_or("braces hold term:KEY or limit:KEY")?;
        self.law.limits.words_zh(id).ok_or_else(|| format!("no limit {id} in law/limits.yml"))
    }
}
