//! Kinds of penalty in the order of 行政处罚法 art. 9 (domain 3.3).

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $zh:literal),* $(,)?) => {
        /// One of the thirteen named kinds, or another.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum PenaltyKind { $($(#[$doc])* $name),* }

        impl PenaltyKind {
            /// All kinds in statute order.
            pub(crate) const ALL: &[PenaltyKind] = &[$(Self::$name),*];

            /// The statute's word.
            pub(crate) const fn zh(self) -> &'static str {
                match self { $(Self::$name => $zh),* }
            }
        }
    };
}

kinds! {
    /// 警告.
    Warning = "警告",
    /// 通报批评.
    CirculatedCriticism = "通报批评",
    /// 罚款.
    Fine = "罚款",
    /// 没收违法所得.
    ConfiscatedGains = "没收违法所得",
    /// 没收非法财物.
    ConfiscatedProperty = "没收非法财物",
    /// 暂扣许可证件.
    PermitSuspended = "暂扣许可证件",
    /// 降低资质等级.
    QualificationLowered = "降低资质等级",
    /// 吊销许可证件.
    PermitRevoked = "吊销许可证件",
    /// 限制开展生产经营活动.
    BusinessRestricted = "限制开展生产经营活动",
    /// 责令停产停业.
    BusinessSuspended = "责令停产停业",
    /// 责令关闭.
    BusinessClosed = "责令关闭",
    /// 限制从业.
    EmploymentRestricted = "限制从业",
    /// 行政拘留.
    Detention = "行政拘留",
    /// 法律、行政法规规定的其他行政处罚.
    Other = "其他行政处罚",
}

impl PenaltyKind {
    /// Reads one kind; older and shorter forms seen in exports are accepted.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(kind) = Self::ALL.iter().find(|k| k.zh() == text) {
            return Some(*kind);
        }
        Some(match text {
            "处以罚款" | "罚 款" => Self::Fine,
            "暂扣许可证" | "暂扣执照" | "暂扣许可证、执照" | "暂扣许可证件、执照" => {
                Self::PermitSuspended
            }
            "吊销许可证" | "吊销执照" | "吊销营业执照" | "吊销许可证、执照" => {
                Self::PermitRevoked
            }
            "停产停业" => Self::BusinessSuspended,
            "没收非法财务" => Self::ConfiscatedProperty,
            "其他" | "其它" => Self::Other,
            other if other.starts_with("其他-") || other.starts_with("其他—") => Self::Other,
            _ => return None,
        })
    }

    /// Reads a cell of kinds joined by 、，；/ or blanks. `Err` holds how many parts are unknown.
    pub(crate) fn parse_list(text: &str) -> Result<Vec<Self>, usize> {
        if let Some(kind) = Self::parse(text) {
            return Ok(vec![kind]);
        }
        let parts = text.split(['、', '，', ',', '；', ';', '/', '+', ' ', '\n']);
        let read: Vec<Option<Self>> =
            parts.map(str::trim).filter(|p| !p.is_empty()).map(Self::parse).collect();
        let unknown = read.iter().filter(|k| k.is_none()).count();
        if unknown > 0 || read.is_empty() {
            return Err(unknown);
        }
        let mut kinds: Vec<Self> = read.into_iter().flatten().collect();
        kinds.sort();
        kinds.dedup();
        Ok(kinds)
    }
}
