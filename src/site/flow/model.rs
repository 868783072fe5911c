//! A flow as its file holds it, with its checks.

use serde::Deserialize;

use crate::law::{Law, Span};

use crate::law::Day;

use super::StepText;

/// `data/flow/<name>.yml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlowFile {
    /// Name in addresses.
    pub(super) id: String,
    /// Title.
    pub(super) title: String,
    /// When it applies, one sentence.
    pub(super) applies: String,
    /// Legal basis.
    #[serde(default)]
    pub(super) basis: Vec<String>,
    /// Last revision.
    #[serde(default)]
    pub(super) updated: Option<Day>,
    /// Who acts, from left to right.
    pub(super) lanes: Vec<String>,
    /// Steps, in reading order.
    pub(super) steps: Vec<Step>,
}

/// A step.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    /// Its name inside the file.
    pub(super) id: String,
    /// What is done.
    pub(super) text: String,
    /// Form of its box.
    #[serde(default)]
    pub(super) kind: StepKind,
    /// Who acts.
    pub(super) lane: String,
    /// Clause.
    #[serde(default)]
    pub(super) clause: Option<String>,
    /// Term.
    #[serde(default)]
    pub(super) limit: Option<Limit>,
    /// Where it leads.
    #[serde(default)]
    pub(super) next: Vec<Way>,
}

/// Form of a step's box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StepKind {
    /// Something is done.
    #[default]
    Step,
    /// Something is asked.
    Decision,
    /// The beginning.
    Start,
    /// An end.
    End,
}

/// A term of a step.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limit {
    /// How many.
    pub(super) length: u32,
    /// Of what: 工作日, 日, 小时.
    pub(super) unit: String,
    /// Word after the number; 内 where absent.
    #[serde(default)]
    pub(super) suffix: Option<String>,
    /// Id of the term in `data/law/terms.yml`, where it is one: length and unit must be its.
    #[serde(default)]
    pub(super) term: Option<String>,
}

/// A way on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Way {
    /// Id of the next step.
    pub(super) to: String,
    /// On what answer.
    #[serde(default)]
    pub(super) label: Option<String>,
}

impl Step {
    /// Clause and term in one line, as under the box's text.
    pub(super) fn fine_print(&self) -> Option<String> {
        let parts: Vec<String> = self.clause.iter().cloned().chain(self.term_words()).collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    }

    fn term_words(&self) -> Option<String> {
        let limit = self.limit.as_ref()?;
        Some(format!("{}{}{}", limit.length, limit.unit, limit.suffix.as_deref().unwrap_or("内")))
    }
}

impl FlowFile {
    /// Holds every limit that names a term of the law against it.
    ///
    /// # Errors
    /// The first step whose limit is another.
    pub(super) fn tie(&self, law: &Law) -> Result<(), String> {
        for step in &self.steps {
            let Some(limit) = &step.limit else { continue };
            let Some(id) = &limit.term else { continue };
            let term = law.term(id).ok_or_else(|| format!("{}: no term {id}", step.id))?;
            let same = match term.span {
                Span::Within { length, unit } => {
                    length == limit.length && unit.zh().contains(&limit.unit)
                }
                Span::By { .. } => false,
            };
            if !same {
                return Err(format!("{}: {id} is {}", step.id, term.span_zh()));
            }
        }
        Ok(())
    }

    /// Index of a step.
    pub(super) fn index(&self, id: &str) -> Option<usize> {
        self.steps.iter().position(|s| s.id == id)
    }

    /// Index of a step's lane.
    pub(super) fn lane(&self, step: &Step) -> usize {
        self.lanes.iter().position(|l| *l == step.lane).unwrap_or(0)
    }

    /// What is wrong with the file.
    pub(super) fn check(&self) -> Result<(), String> {
        let plain = |s: &str| s.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if self.id.is_empty() || !plain(&self.id) {
            return Err("`id` takes a-z, 0-9 and - only".into());
        }
        if self.steps.is_empty() || self.lanes.is_empty() {
            return Err("needs lanes and steps".into());
        }
        for (i, step) in self.steps.iter().enumerate() {
            if self.index(&step.id) != Some(i) {
                return Err(format!("two steps have the id {}", step.id));
            }
            if !self.lanes.contains(&step.lane) {
                return Err(format!("step {}: no such lane", step.id));
            }
            if let Some(way) = step.next.iter().find(|w| self.index(&w.to).is_none()) {
                return Err(format!("step {}: no step {}", step.id, way.to));
            }
            if step.next.is_empty() != (step.kind == StepKind::End) {
                return Err(format!("step {}: an end, and only an end, leads nowhere", step.id));
            }
        }
        Ok(())
    }

    /// The steps as numbered text.
    pub(super) fn in_words(&self) -> Vec<StepText> {
        let words = |(i, step): (usize, &Step)| StepText {
            number: i + 1,
            text: step.text.clone(),
            lane: step.lane.clone(),
            clause: step.clause.clone(),
            limit: step.term_words(),
            next: self.ways_in_words(i, step),
        };
        self.steps.iter().enumerate().map(words).collect()
    }

    /// Only what is not simply "go on to the next number".
    fn ways_in_words(&self, from: usize, step: &Step) -> Vec<String> {
        let on = |way: &super::model::Way| {
            let to = self.index(&way.to)? + 1;
            match &way.label {
                Some(label) => Some(format!("{label}：转第{to}步")),
                None if to == from + 2 => None,
                None => Some(format!("转第{to}步")),
            }
        };
        step.next.iter().filter_map(on).collect()
    }
}
