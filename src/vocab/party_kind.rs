//! Kinds of party (行政相对人类别). The kind decides name policy, codes and addresses (domain 2.4).

use serde::{Deserialize, Serialize};

/// What the party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PartyKind {
    /// 法人及非法人组织.
    Organization,
    /// 自然人.
    NaturalPerson,
    /// 个体工商户.
    IndividualBusiness,
}

impl PartyKind {
    /// The term of the credit standard.
    pub(crate) const fn zh(self) -> &'static str {
        match self {
            Self::Organization => "法人及非法人组织",
            Self::NaturalPerson => "自然人",
            Self::IndividualBusiness => "个体工商户",
        }
    }

    /// Reads the term; the forms seen in exports are accepted.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text.trim() {
            "法人及非法人组织"
            | "法人及其他组织"
            | "法人或其他组织"
            | "法人和非法人组织"
            | "法人"
            | "非法人组织"
            | "其他组织"
            | "单位"
            | "企业"
            | "法人或者其他组织" => Self::Organization,
            "自然人" | "公民" | "个人" => Self::NaturalPerson,
            "个体工商户" | "个体户" | "个体" => Self::IndividualBusiness,
            _ => return None,
        })
    }
}
