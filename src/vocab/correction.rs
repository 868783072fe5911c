//! Why published content is corrected.

use serde::{Deserialize, Serialize};

/// The reason of a correction. Another decision is none: what was altered is taken down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CorrectionReason {
    /// 录入错误: the decision is right, what was published of it was not.
    EntryError,
    /// 文书补正: the document itself was put right.
    Amended,
    /// 隐私保护: something personal stood in the published text.
    PersonalInformation,
}

impl CorrectionReason {
    /// All reasons.
    pub(crate) const ALL: [Self; 3] = [Self::EntryError, Self::Amended, Self::PersonalInformation];

    /// The word the public reads.
    pub(crate) const fn zh(self) -> &'static str {
        match self {
            Self::EntryError => "录入错误",
            Self::Amended => "文书补正",
            Self::PersonalInformation => "隐私保护",
        }
    }

    /// The word of the command line.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::EntryError => "entry-error",
            Self::Amended => "amended",
            Self::PersonalInformation => "personal-information",
        }
    }

    /// Reads either word.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let known = Self::ALL.into_iter().find(|r| r.zh() == text || r.code() == text);
        known.or_else(|| (text == "保护个人信息").then_some(Self::PersonalInformation))
    }
}
