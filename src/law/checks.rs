//! The table of checks: what each looks for, what it does to a record, which clause it rests on.
//!
//! A finding carries only the id; title, remedy, weight and clause are joined from here when printed.

use serde::Deserialize;

use crate::diag::{Lang, OnDay, Severity};

use super::{Cite, Day};

/// The stage that makes the finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    /// Reading a drop.
    Intake,
    /// Checking a case file.
    Vet,
    /// Checking the record of a case's whole process.
    Process,
    /// Redacting.
    Redact,
    /// Keeping the ledger.
    Ledger,
    /// Making pages.
    Site,
    /// Reading the built pages as a stranger.
    Audit,
}

impl Stage {
    /// The stage in a word, as programs read it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Vet => "vet",
            Self::Process => "process",
            Self::Redact => "redact",
            Self::Ledger => "ledger",
            Self::Site => "site",
            Self::Audit => "audit",
        }
    }
}

/// What a finding does to its record, or to the whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Effect {
    /// The drop, or the whole output, is refused.
    Refuse,
    /// The record waits until it is mended.
    Hold,
    /// The record is not disclosed, and rightly so.
    Withhold,
    /// The record is published; something should be mended.
    Report,
    /// Worth knowing.
    Notice,
}

impl Effect {
    /// The weight that follows from the effect.
    pub(crate) const fn severity(self) -> Severity {
        match self {
            Self::Refuse | Self::Hold => Severity::Error,
            Self::Report => Severity::Warning,
            Self::Withhold | Self::Notice => Severity::Notice,
        }
    }

    /// The word a report begins with.
    pub(crate) const fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Refuse, Lang::Zh) => "拒绝",
            (Self::Hold, Lang::Zh) => "扣留",
            (Self::Withhold, Lang::Zh) => "不公开",
            (Self::Report, Lang::Zh) => "提醒",
            (Self::Notice, Lang::Zh) => "提示",
            (Self::Refuse, Lang::En) => "refused",
            (Self::Hold, Lang::En) => "held",
            (Self::Withhold, Lang::En) => "withheld",
            (Self::Report, Lang::En) => "warning",
            (Self::Notice, Lang::En) => "notice",
        }
    }
}

/// Who sees to what a check finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    /// 案件管理员: data and exports.
    Clerk,
    /// 法制机构: lawfulness, redaction, terms.
    Legal,
    /// 网站管理员: pages and takedowns.
    Webmaster,
}

impl Role {
    /// The role in words.
    pub(crate) const fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Clerk, Lang::Zh) => "案件管理员",
            (Self::Legal, Lang::Zh) => "法制机构",
            (Self::Webmaster, Lang::Zh) => "网站管理员",
            (Self::Clerk, Lang::En) => "clerk",
            (Self::Legal, Lang::En) => "legal office",
            (Self::Webmaster, Lang::En) => "webmaster",
        }
    }

    /// The role as `--for` takes it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Legal => "legal",
            Self::Webmaster => "webmaster",
        }
    }
}

/// By the law of which day a finding is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LawOf {
    /// The day of the run: what is asked of publishing, of data and of pages.
    #[default]
    Today,
    /// The day of the decision, or of an inspection's result: what was asked of making it.
    Decision,
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bilingual {
    /// Chinese.
    pub(crate) zh: String,
    /// English.
    pub(crate) en: String,
}

impl Bilingual {
    /// The text in `lang`.
    pub(crate) fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// A cell that is found, and how it should be.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Example {
    /// Found.
    pub(crate) bad: String,
    /// Not found.
    pub(crate) good: String,
}

/// One row of `data/law/checks.yml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckRow {
    /// Id, named for what is found.
    pub(crate) id: String,
    /// Title.
    pub(crate) title: Bilingual,
    /// Stage.
    pub(crate) stage: Stage,
    /// Effect.
    pub(crate) effect: Effect,
    /// Who sees to its findings: at least one role.
    #[serde(rename = "for")]
    pub(crate) roles: Vec<Role>,
    /// Term it measures, an id of `terms.yml`.
    #[serde(default)]
    pub(crate) term: Option<String>,
    /// Clauses it rests on; empty for rules of good craft.
    #[serde(default)]
    pub(crate) cites: Vec<Cite>,
    /// The day whose law a finding cites.
    #[serde(default)]
    pub(crate) law_of: LawOf,
    /// What it looks for.
    pub(crate) looks_for: Bilingual,
    /// What to do.
    pub(crate) remedy: Bilingual,
    /// Bad and good example.
    #[serde(default)]
    pub(crate) example: Option<Example>,
    /// Ids of the project's list of legal and practical grounds.
    #[serde(default)]
    #[expect(dead_code, reason = "the table tells it to people; no stage asks yet")]
    pub(crate) domain: Vec<String>,
    /// First version that has it.
    pub(crate) since: String,
}

impl CheckRow {
    /// The weight of its findings.
    pub(crate) fn severity(&self) -> Severity {
        self.effect.severity()
    }

    /// The day a finding about a case decided on `decided` is judged by, where it is not that of the run.
    pub(crate) fn counts_from(&self, decided: Option<Day>) -> Option<OnDay> {
        match self.law_of {
            LawOf::Decision => decided.map(OnDay::from),
            LawOf::Today => None,
        }
    }
}
