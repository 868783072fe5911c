//! A flow as its file holds it, with what can be told wrong from the file alone.
//!
//! Numbers of the law do not stand here: a file names terms and limits by their keys.

use serde::{Deserialize, Serialize};

use crate::law::{Cite, Day, Unit};

/// Most ways on from one step: more cannot be told apart at one box.
const MOST_WAYS: usize = 6;
/// Most lanes: more cannot be read on a sheet of paper.
const MOST_LANES: usize = 6;

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
    /// Instrument whose clauses are cited without its title.
    #[serde(default)]
    pub(super) law: Option<String>,
    /// Legal basis besides the clauses of the steps.
    #[serde(default)]
    pub(super) basis: Vec<String>,
    /// Last revision.
    #[serde(default)]
    pub(super) updated: Option<Day>,
    /// Earlier revisions, newest first.
    #[serde(default)]
    pub(super) revisions: Vec<Revision>,
    /// What has taken its place.
    #[serde(default)]
    pub(super) superseded: Option<Superseded>,
    /// Who acts, from left to right.
    pub(super) lanes: Vec<String>,
    /// Steps, in reading order.
    pub(super) steps: Vec<Step>,
}

/// A revision of a flow.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Revision {
    /// The day.
    pub(super) on: Day,
    /// What was changed.
    pub(super) what: String,
}

/// That a flow does not apply any more.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Superseded {
    /// First day on which it does not apply.
    pub(super) on: Day,
    /// Id of the flow in its place, where there is one.
    #[serde(default)]
    pub(super) by: Option<String>,
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
    /// Clauses.
    #[serde(default)]
    pub(super) cites: Vec<Cite>,
    /// A rule that the table of sources does not have, in words.
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

/// A term of a step: one of the law by its key, or the bureau's own by length and unit. Both together are
/// held against each other.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limit {
    /// Id of the term in `data/law/terms.yml`.
    #[serde(default)]
    pub(super) term: Option<String>,
    /// How many.
    #[serde(default)]
    pub(super) length: Option<u32>,
    /// Of what.
    #[serde(default)]
    pub(super) unit: Option<Unit>,
    /// Word after the number; 内 where absent.
    #[serde(default)]
    pub(super) suffix: Option<String>,
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

impl FlowFile {
    /// Index of a step.
    pub(super) fn index(&self, id: &str) -> Option<usize> {
        self.steps.iter().position(|s| s.id == id)
    }

    /// Index of a step's lane.
    pub(super) fn lane(&self, step: &Step) -> usize {
        self.lanes.iter().position(|l| *l == step.lane).unwrap_or(0)
    }

    /// What is wrong with the file.
    ///
    /// # Errors
    /// The first fault, with the step it is at.
    pub(super) fn check(&self) -> Result<(), String> {
        if !is_plain(&self.id) {
            return Err("`id` takes a-z, 0-9 and - only".into());
        }
        if self.steps.is_empty() || self.lanes.is_empty() {
            return Err("needs lanes and steps".into());
        }
        if self.lanes.len() > MOST_LANES {
            return Err(format!("at most {MOST_LANES} lanes"));
        }
        (0..self.steps.len()).try_for_each(|i| self.check_step(i))
    }

    fn check_step(&self, i: usize) -> Result<(), String> {
        let step = &self.steps[i];
        let fault = |message: &str| Err(format!("step {}: {message}", step.id));
        if self.index(&step.id) != Some(i) {
            return fault("another step has this id");
        }
        if step.text.trim().is_empty() {
            return fault("needs a text");
        }
        if !self.lanes.contains(&step.lane) {
            return fault("no such lane");
        }
        if let Some(way) = step.next.iter().find(|w| self.index(&w.to).is_none()) {
            return fault(&format!("no step {}", way.to));
        }
        if step.next.iter().any(|w| w.to == step.id) {
            return fault("leads to itself");
        }
        if step.next.is_empty() != (step.kind == StepKind::End) {
            return fault("an end, and only an end, leads nowhere");
        }
        if step.next.len() > MOST_WAYS {
            return fault(&format!("at most {MOST_WAYS} ways on"));
        }
        if let Some(limit) = &step.limit
            && (limit.length.is_some() != limit.unit.is_some()
                || limit.term.is_none() && limit.length.is_none())
        {
            return fault("a limit is a term of the law, or a length with its unit");
        }
        Ok(())
    }
}

/// Whether a text can be a part of an address.
pub(super) fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}
