//! Grounds for taking a decision down, and for withholding one.

use serde::{Deserialize, Serialize};

/// Why a published decision is taken down (domain M6, M7; ux 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ground {
    /// 变更.
    Altered,
    /// 撤销.
    Revoked,
    /// 确认违法.
    ConfirmedUnlawful,
    /// 确认无效.
    ConfirmedInvalid,
    /// 责令重新作出.
    OrderedAnew,
    /// 发布错误.
    PublishedInError,
    /// 依法不予公开.
    NotToBeDisclosed,
    /// 保护个人信息: the case leaves without a public word about which it was.
    PersonalInformation,
}

impl Ground {
    /// All grounds.
    pub(crate) const ALL: [Ground; 8] = [
        Self::Altered,
        Self::Revoked,
        Self::ConfirmedUnlawful,
        Self::ConfirmedInvalid,
        Self::OrderedAnew,
        Self::PublishedInError,
        Self::NotToBeDisclosed,
        Self::PersonalInformation,
    ];

    /// The word the public reads.
    pub(crate) const fn zh(self) -> &'static str {
        match self {
            Self::Altered => "变更",
            Self::Revoked => "撤销",
            Self::ConfirmedUnlawful => "确认违法",
            Self::ConfirmedInvalid => "确认无效",
            Self::OrderedAnew => "责令重新作出",
            Self::PublishedInError => "发布错误",
            Self::NotToBeDisclosed => "依法不予公开",
            Self::PersonalInformation => "保护个人信息",
        }
    }

    /// The word of the command line.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Altered => "altered",
            Self::Revoked => "revoked",
            Self::ConfirmedUnlawful => "confirmed-unlawful",
            Self::ConfirmedInvalid => "confirmed-invalid",
            Self::OrderedAnew => "ordered-anew",
            Self::PublishedInError => "published-in-error",
            Self::NotToBeDisclosed => "not-to-be-disclosed",
            Self::PersonalInformation => "personal-information",
        }
    }

    /// Whether the law asks for removal and a public reason within the takedown term.
    pub(crate) const fn has_statutory_term(self) -> bool {
        matches!(
            self,
            Self::Altered | Self::Revoked | Self::ConfirmedUnlawful | Self::ConfirmedInvalid
        )
    }

    /// Whether it says something about the decision itself, so that another decision may replace it.
    pub(crate) const fn is_about_the_decision(self) -> bool {
        self.has_statutory_term() || matches!(self, Self::OrderedAnew)
    }

    /// Reads either word.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL.into_iter().find(|g| g.zh() == text || g.code() == text).or(match text {
            "被撤销" | "依法撤销" | "已撤销" => Some(Self::Revoked),
            "重新作出" | "要求重新作出" => Some(Self::OrderedAnew),
            "被变更" | "依法变更" => Some(Self::Altered),
            "隐私保护" | "个人信息保护" => Some(Self::PersonalInformation),
            _ => None,
        })
    }
}

/// What an order does to a published case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Act {
    /// Take it down, on this ground.
    TakeDown(Ground),
    /// Set an earlier takedown aside: the case is published again.
    Reinstate,
}

impl Act {
    /// Reads the word of a row: a ground, or 恢复公示.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "恢复公示" | "恢复" | "撤销撤下" | "reinstated" => Some(Self::Reinstate),
            ground => Ground::parse(ground).map(Self::TakeDown),
        }
    }
}

/// Why a decision is not disclosed at all (domain 2.1 S7, S9; 处罚法 50; 条例 14–16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WithholdGround {
    /// The party is a minor.
    Minor,
    /// Its main facts are a state secret, a trade secret or personal privacy.
    Secret,
    /// Disclosure would endanger national, public or economic security or social stability.
    Security,
    /// A slight case, which the bureau's policy does not show.
    Slight,
    /// The bureau decided not to disclose, with approval.
    Decided,
}

impl WithholdGround {
    /// The words the public reads in the count of withheld decisions.
    pub(crate) const fn zh(self) -> &'static str {
        match self {
            Self::Minor => "当事人是未成年人",
            Self::Secret => "主要事实涉及国家秘密、商业秘密或者个人隐私",
            Self::Security => "公开后可能危及国家安全、公共安全、经济安全、社会稳定",
            Self::Slight => "轻微案件，原则上不公示",
            Self::Decided => "经审批依法不予公开",
        }
    }
}
