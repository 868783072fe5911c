//! The procedure a penalty was imposed by.

use serde::{Deserialize, Serialize};

/// 简易程序 (行政处罚法 51–53) or 普通程序 (54–62).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Procedure {
    /// 简易程序.
    Summary,
    /// 普通程序, in older texts 一般程序.
    Ordinary,
}

impl Procedure {
    /// The statute's word.
    pub(crate) const fn zh(self) -> &'static str {
        match self {
            Self::Summary => "简易程序",
            Self::Ordinary => "普通程序",
        }
    }

    /// Reads the word.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text.trim() {
            "简易程序" | "简易" | "当场处罚" => Self::Summary,
            "普通程序" | "一般程序" | "普通" | "一般" | "听证程序" => {
                Self::Ordinary
            }
            _ => return None,
        })
    }
}
