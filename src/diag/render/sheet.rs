//! A report as a sheet: every rule, every result, and every rule that was not checked.
//!
//! SARIF, JUnit and the job summary are three forms of one sheet. A rule is called passed only where the
//! sheet's maker does not say that it was not checked.

use std::collections::BTreeMap;

use super::super::{Finding, Findings, Lang, Place, Severity};
use super::{Renderer, column_of};

/// A rule as a report introduces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// Id.
    pub(crate) id: String,
    /// The stage, or the group it is shown with.
    pub(crate) group: &'static str,
    /// Title.
    pub(crate) title: String,
    /// What it looks for.
    pub(crate) looks_for: String,
    /// What to do.
    pub(crate) remedy: String,
    /// The clauses it rests on.
    pub(crate) basis: String,
    /// Weight of its findings.
    pub(crate) severity: Severity,
}

/// How a result weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// To be mended before anything else.
    Error,
    /// To be mended.
    Warning,
    /// Not at fault yet, but soon.
    Soon,
    /// Worth knowing.
    Notice,
    /// Nothing can be said yet: neither passed nor failed.
    Open,
}

impl Level {
    /// All, heaviest first.
    pub(crate) const ALL: [Self; 5] =
        [Self::Error, Self::Warning, Self::Soon, Self::Notice, Self::Open];

    /// The level in a word.
    pub(crate) const fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Error, Lang::Zh) => "错误",
            (Self::Warning, Lang::Zh) => "提醒",
            (Self::Soon, Lang::Zh) => "临近",
            (Self::Notice, Lang::Zh) => "提示",
            (Self::Open, Lang::Zh) => "待定",
            (Self::Error, Lang::En) => "error",
            (Self::Warning, Lang::En) => "warning",
            (Self::Soon, Lang::En) => "due soon",
            (Self::Notice, Lang::En) => "notice",
            (Self::Open, Lang::En) => "open",
        }
    }
}

impl From<Severity> for Level {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Notice => Self::Notice,
        }
    }
}

/// One result of a rule. It holds no raw value, and its mark is made of the place, never of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Id of the rule.
    pub(crate) rule: String,
    /// Level.
    pub(crate) level: Level,
    /// What is told.
    pub(crate) message: String,
    /// What the cell looks like, drawn without its content.
    pub(crate) shape: Option<String>,
    /// The clauses it rests on, by the law of its day; empty where it rests on none.
    pub(crate) basis: String,
    /// Where it is, for what stands in a file.
    pub(crate) place: Option<Place>,
    /// What a tool knows the result by from one run to the next.
    pub(crate) mark: String,
}

/// A report as a sheet.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// Every rule, in order.
    pub(crate) rules: Vec<Rule>,
    /// Every result, in order.
    pub(crate) outcomes: Vec<Outcome>,
    /// Rules that were not checked, or not for every record, with the reason.
    pub(crate) unchecked: BTreeMap<String, String>,
    /// Whether the run came to its end.
    pub(crate) complete: bool,
    /// The language of its texts.
    pub(crate) lang: Lang,
}

impl Sheet {
    /// What the results of a rule rest on, each text once, in their order.
    pub(crate) fn bases<'s>(&'s self, rule: &'s str) -> Vec<&'s str> {
        let mut bases = Vec::new();
        for outcome in self.of(rule).filter(|o| !o.basis.is_empty()) {
            if !bases.contains(&outcome.basis.as_str()) {
                bases.push(&outcome.basis);
            }
        }
        bases
    }

    /// Results of a rule.
    pub(crate) fn of<'s>(&'s self, rule: &'s str) -> impl Iterator<Item = &'s Outcome> {
        self.outcomes.iter().filter(move |outcome| outcome.rule == rule)
    }
}

impl Renderer<'_> {
    /// The findings as a sheet; `unchecked` names the rules that were not checked, with the reason.
    pub(crate) fn sheet(
        &self,
        findings: &Findings,
        unchecked: BTreeMap<String, String>,
        complete: bool,
    ) -> Sheet {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let outcome = |finding: &Finding| {
            let mut mark = mark(finding);
            let times = seen.entry(mark.clone()).or_default();
            *times += 1;
            if *times > 1 {
                mark.push_str(&format!(":{times}"));
            }
            Outcome {
                rule: finding.check.to_owned(),
                level: self.titles.severity(finding.check).into(),
                message: self.message(finding),
                shape: finding.shape.as_ref().map(ToString::to_string),
                basis: self.basis(finding),
                place: Some(finding.place.clone()),
                mark,
            }
        };
        Sheet {
            rules: self.titles.rules(self.today, self.lang),
            outcomes: findings.sorted().into_iter().map(outcome).collect(),
            unchecked,
            complete,
            lang: self.lang,
        }
    }

    /// Title, column and note in one line.
    fn message(&self, finding: &Finding) -> String {
        let mut out = self.title(finding.check).to_owned();
        if let Place::Cell { column: Some(column), .. } = &finding.place {
            out.push_str(&column_of(column, self.lang));
        }
        if let Some(note) = &finding.note {
            out.push_str(if self.lang == Lang::Zh { "：" } else { ": " });
            out.push_str(&note.text(self.lang));
        }
        out
    }
}

/// Check and place of a finding, and nothing of what stands there.
fn mark(finding: &Finding) -> String {
    let place = match &finding.place {
        Place::File { file } => file.to_string(),
        Place::Cell { file, sheet, row, column } => {
            let sheet = sheet.as_deref().unwrap_or_default();
            let column = column.as_ref().map(|c| column_of(c, Lang::En)).unwrap_or_default();
            format!("{file}:{sheet}:{row}:{}", column.trim())
        }
        Place::Page { path, offset } => format!("{path}:{offset}"),
    };
    format!("{}:{place}", finding.check)
}
