//! The form of a records file: one entry a case, every field strict, Chinese or English keys.
//!
//! Raw values stay wrapped: nothing here implements `Debug`, `Display`, `Serialize` or `Clone`.

use serde::{Deserialize, Deserializer};

use crate::clearance::record::Private;
use crate::law::{Day, Scene};
use crate::vocab::DecisionNumber;

use super::time::Moment;
pub(super) use super::words::{
    Content, GapReason, Keep, Method, Opinion, Required, ReviewItem, Role, WaiverReason,
};

/// A raw text: a name, a reason, the place of a file.
pub(super) struct Text(Private<String>);

impl Text {
    /// A text of a table's cell.
    pub(super) fn new(text: &str) -> Self {
        Self(Private::new(text.to_owned()))
    }

    /// The text without blanks around it; only compared, never shown.
    pub(super) fn look(&self) -> &str {
        self.0.look().trim()
    }

    /// Whether it says nothing.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self.look(), "" | "/" | "无" | "—" | "——" | "-")
    }
}

/// Whether an optional text says something.
pub(super) fn says(text: Option<&Text>) -> bool {
    text.is_some_and(|text| !text.is_blank())
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Private::new(text)))
    }
}

/// A decision number in one form.
pub(super) struct Number(pub(super) DecisionNumber);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let fault = |_| serde::de::Error::custom("no decision number");
        DecisionNumber::parse(&text).map(Self).map_err(fault)
    }
}

/// A structure of the file: unknown keys are refused, each key has a Chinese form, a missing one is
/// `None` and means that the check which needs it is not made.
macro_rules! form {
    ($($(#[$doc:meta])* $name:ident {
        $($(#[$field_doc:meta])* $zh:literal $field:ident: $kind:ty,)*
    })*) => {
        $($(#[$doc])*
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            $($(#[$field_doc])* #[serde(alias = $zh)] pub(super) $field: $kind,)*
        })*
    };
}

form! {
    /// What is on record of one case.
    Case {
        /// Decision number.
        "文号" number: Number,
        /// What was done, in order.
        "环节" events: Option<Vec<Event>>,
        /// Ids or titles of the documents in the file.
        "文书" documents: Option<Vec<Text>>,
        /// Recordings.
        "音像记录" recordings: Option<Vec<Recording>>,
        /// Events without a recording, and why.
        "免录" waivers: Option<Vec<Waiver>>,
        /// How the decision was served.
        "送达" service: Option<Service>,
        /// How long the case file is kept.
        "案卷保管期限" retention: Option<Keep>,
        /// Where the case file went.
        "归档" archive: Option<Archive>,
        /// The legal review.
        "法制审核" review: Option<Review>,
    }
    /// A stretch of enforcement.
    Event {
        /// What it was.
        "类型" scene: Scene,
        /// When it began.
        "开始" start: Moment,
        /// When it ended.
        "结束" end: Moment,
    }
    /// A recording.
    Recording {
        /// Which event it shows, counted from 1.
        "环节" event: usize,
        /// When it begins.
        "开始" start: Moment,
        /// When it ends.
        "结束" end: Moment,
        /// Whether it shows the event from end to end.
        "全程" full: Option<bool>,
        /// Whether anything was cut out, put in or changed.
        "剪辑" edited: Option<bool>,
        /// Interruptions.
        "中断" gaps: Option<Vec<Gap>>,
        /// Which of the listed contents it shows.
        "内容" contents: Option<Vec<Content>>,
        /// Digest of the file when it was handed over.
        "移交时校验值" hash_at_hand_over: Option<Text>,
        /// Digest of the file now.
        "现校验值" hash_now: Option<Text>,
        /// Who recorded.
        "记录人" recorder: Option<Text>,
        /// Hand-over to the custodian.
        "移交" hand_over: Option<HandOver>,
        /// Where it is kept.
        "存储" stores: Option<Vec<Store>>,
        /// Whether it is evidence.
        "作为证据" evidence: Option<bool>,
        /// The written note on a recording that is evidence.
        "书面说明" note: Option<EvidenceNote>,
        /// How long it is kept.
        "保管期限" retention: Option<Keep>,
        /// When it was deleted, if it was.
        "删除时间" deleted: Option<Moment>,
        /// Who has looked at it.
        "查阅" views: Option<Vec<View>>,
    }
    /// An interruption.
    Gap {
        /// When the recording stopped.
        "开始" start: Moment,
        /// When it went on; absent where it could not.
        "恢复" resumed: Option<Moment>,
        /// Why.
        "原因" reason: Option<GapReason>,
        /// Whether the reason was spoken when it went on.
        "语音说明" voice_note: Option<bool>,
        /// When the head was told.
        "报告时间" reported: Option<Moment>,
        /// The written explanation.
        "书面说明" note: Option<Text>,
    }
    /// Hand-over to the custodian.
    HandOver {
        /// When.
        "时间" time: Moment,
        /// To whom.
        "保管员" custodian: Option<Text>,
    }
    /// A device on which the recording is kept.
    Store {
        /// Which.
        "编号" id: Text,
        /// What for.
        "用途" role: Role,
    }
    /// The written note on a recording that is evidence.
    EvidenceNote {
        /// Who recorded.
        "记录人" recorder: Option<Text>,
        /// When.
        "时间" time: Option<Moment>,
        /// Where.
        "地点" place: Option<Text>,
        /// About what.
        "执法事项" matter: Option<Text>,
        /// About whom.
        "相对人" party: Option<Text>,
        /// Whether the note lies in the case file.
        "附卷" filed: Option<bool>,
    }
    /// A look at a recording.
    View {
        /// Who looked.
        "查阅人" viewer: Option<Text>,
        /// Who allowed it.
        "批准人" approver: Option<Text>,
        /// Whether that is the head of the unit.
        "批准人是负责人" approver_is_head: Option<bool>,
        /// Why.
        "事由" reason: Option<Text>,
        /// When.
        "时间" time: Option<Moment>,
    }
    /// A reason not to record.
    Waiver {
        /// Which event, counted from 1.
        "环节" event: usize,
        /// The ground.
        "理由" reason: WaiverReason,
        /// What happened.
        "说明" text: Option<Text>,
    }
    /// Service of the decision.
    Service {
        /// How.
        "方式" method: Method,
        /// Whether a photograph was taken of it.
        "拍照" photographed: Option<bool>,
    }
    /// Where the case file went.
    Archive {
        /// Number in the archive.
        "档号" number: Option<Text>,
        /// When it was handed in.
        "归档日期" date: Option<Day>,
    }
    /// The legal review of a decision.
    Review {
        /// Why it was called for.
        "审核情形" required: Option<Vec<Required>>,
        /// Who handled the case.
        "办案人" handlers: Option<Vec<Text>>,
        /// Unit that handled the case.
        "办案机构" handling_unit: Option<Text>,
        /// Who reviewed it.
        "审核人" reviewers: Option<Vec<Reviewer>>,
        /// Who signed the decision.
        "审批人" signer: Option<Text>,
        /// Which of the eight contents were answered.
        "审核内容" items: Option<Vec<ReviewItem>>,
        /// Each time it was submitted, in order.
        "轮次" rounds: Vec<Round>,
        /// When the heads discussed it.
        "集体讨论日期" discussed: Option<Day>,
        /// When it was decided.
        "决定日期" decided: Option<Day>,
    }
    /// Somebody who reviewed.
    Reviewer {
        /// Who.
        "姓名" name: Text,
        /// Unit.
        "机构" unit: Option<Text>,
        /// Whether qualified in law.
        "法律职业资格" qualified: Option<bool>,
        /// When they first reviewed anything.
        "初次审核日期" first_review: Option<Day>,
    }
    /// One submission to review.
    Round {
        /// When the opinion was given.
        "日期" date: Day,
        /// What it says.
        "意见" result: Opinion,
        /// The written opinion.
        "意见书" document: Option<Text>,
        /// What was done about the problems.
        "处理" disposition: Option<Text>,
    }
}

impl Review {
    /// A review of which nothing is told.
    pub(super) fn bare() -> Self {
        Self {
            required: None,
            handlers: None,
            handling_unit: None,
            reviewers: None,
            signer: None,
            items: None,
            rounds: Vec::new(),
            discussed: None,
            decided: None,
        }
    }
}

impl Case {
    /// A case of which nothing is told but its number.
    pub(super) fn bare(number: Number) -> Self {
        Self {
            number,
            events: None,
            documents: None,
            recordings: None,
            waivers: None,
            service: None,
            retention: None,
            archive: None,
            review: None,
        }
    }

    /// Whether every event that is pointed to is there.
    pub(super) fn is_whole(&self) -> bool {
        let events = self.events.as_ref().map_or(0, Vec::len);
        let recordings = self.recordings.iter().flatten().map(|r| r.event);
        let mut named = recordings.chain(self.waivers.iter().flatten().map(|w| w.event));
        let in_order = |start, end| start <= end;
        let stretches = self.events.iter().flatten().all(|e| in_order(e.start, e.end));
        let shots = self.recordings.iter().flatten().all(|r| in_order(r.start, r.end));
        let rounds = self.review.as_ref().is_none_or(|r| !r.rounds.is_empty());
        stretches && shots && rounds && named.all(|n| (1..=events).contains(&n))
    }

    /// The event with this number, from 1.
    pub(super) fn event(&self, number: usize) -> Option<&Event> {
        self.events.as_ref()?.get(number.checked_sub(1)?)
    }

    /// The recordings of this event, from 1.
    pub(super) fn shots_of(&self, number: usize) -> impl Iterator<Item = &Recording> {
        self.recordings.iter().flatten().filter(move |r| r.event == number)
    }
}
