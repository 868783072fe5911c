//! The fixed words of a records file, each in English and in Chinese.

use serde::Deserialize;

/// One of several words, each with its Chinese form.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $zh:literal $word:ident,)* })*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(super) enum $name { $($(#[$word_doc])* #[serde(alias = $zh)] $word,)* })*
    };
}

words! {
    /// Why a recording stopped (av-record art. 5).
    GapReason {
        /// The device failed.
        "设备故障" Fault,
        /// Bad weather.
        "天气恶劣" Weather,
        /// No more power.
        "电量不足" Power,
        /// No more room.
        "存储空间不足" Space,
        /// The place of inspection changed.
        "场所变化" Place,
        /// Another reason, which the rules do not accept.
        "其他" Other,
    }
    /// What a recording shows (av-record art. 6).
    Content {
        /// Officers.
        "执法人员" Officers,
        /// Time and place.
        "时间地点" TimeAndPlace,
        /// The matter.
        "执法事项" Matter,
        /// Party and scene.
        "相对人和现场" PartyAndScene,
        /// Process and purpose.
        "执法过程" Process,
        /// Service of documents.
        "送达" Service,
        /// Anything else.
        "其他" Other,
    }
    /// What a device is used for.
    Role {
        /// The place where it is kept.
        "主存储" Primary,
        /// The copy.
        "备份" Backup,
    }
    /// Why nothing was recorded (av-record art. 4).
    WaiverReason {
        /// Secrets or privacy.
        "涉密或者隐私" Secret,
        /// Urgency.
        "情况紧急" Urgent,
        /// Objective causes.
        "客观原因" Objective,
        /// Another reason, which the rules do not accept.
        "其他" Other,
    }
    /// How a decision was served.
    Method {
        /// Handed over.
        "直接送达" Direct,
        /// Refused and left at the residence.
        "留置送达" Left,
        /// By mail.
        "邮寄送达" Mail,
        /// By electronic means.
        "电子送达" Electronic,
        /// By another organ.
        "委托送达" Entrusted,
        /// By public notice.
        "公告送达" Announced,
    }
    /// Why a review is called for.
    Required {
        /// Grave public interest.
        "重大公共利益" PublicInterest,
        /// Effect on society, or a risk of it.
        "重大社会影响" SocialRisk,
        /// Grave rights, after a hearing.
        "重大权益" GraveRights,
        /// A hearing was held.
        "经过听证" Heard,
        /// Hard, or with several legal relations.
        "疑难复杂" Complicated,
        /// Listed in the bureau's catalogue.
        "目录列明" Listed,
    }
    /// What a review answers (enforcement-plan 审核内容).
    ReviewItem {
        /// Is the organ competent to enforce?
        "主体" Organ,
        /// Are the officers qualified?
        "人员" Officers,
        /// Was the procedure kept?
        "程序" Procedure,
        /// Are the facts clear and the evidence sufficient?
        "事实证据" Facts,
        /// Is the law applied rightly, is discretion used well?
        "法律适用" Law,
        /// Is it within the powers?
        "权限" Powers,
        /// Are the documents complete?
        "文书" Documents,
        /// Is there a crime to hand on?
        "移送" Crime,
    }
    /// What a written opinion says.
    Opinion {
        /// Agreed.
        "同意" Agreed,
        /// There are problems.
        "存在问题" Problems,
    }
}

impl ReviewItem {
    /// All eight.
    pub(super) const ALL: [Self; 8] = [
        Self::Organ,
        Self::Officers,
        Self::Procedure,
        Self::Facts,
        Self::Law,
        Self::Powers,
        Self::Documents,
        Self::Crime,
    ];
}

/// How long something is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(untagged)]
pub(super) enum Keep {
    /// So many years.
    Years(u32),
    /// Without end.
    Always(Always),
}

words! {
    /// Without end.
    Always {
        /// 永久.
        "永久" Permanent,
    }
}
