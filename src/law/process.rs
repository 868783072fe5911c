//! What the rules on recording the whole process ask of a case: `data/law/process.yml`.

use serde::Deserialize;

use super::limits::Limit;
use super::{Cite, Day};

/// A stretch of enforcement that may have to be recorded on film or tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Scene {
    /// 现场处理或者检查.
    #[serde(alias = "现场检查", alias = "现场处理")]
    AtTheSpot,
    /// 简易程序.
    #[serde(alias = "简易程序")]
    Summary,
    /// 先行登记保存.
    #[serde(alias = "先行登记保存")]
    Preservation,
    /// 查封、扣押.
    #[serde(alias = "查封扣押")]
    Seizure,
    /// 强制拆除.
    #[serde(alias = "强制拆除")]
    ForcedDemolition,
    /// 执法办案场所.
    #[serde(alias = "办案场所")]
    CaseSite,
    /// 询问.
    #[serde(alias = "询问")]
    Questioning,
    /// 听证.
    #[serde(alias = "听证")]
    Hearing,
    /// 直接送达.
    #[serde(alias = "直接送达")]
    DirectService,
    /// 留置送达.
    #[serde(alias = "留置送达")]
    LeftService,
    /// 不配合执法.
    #[serde(alias = "不配合")]
    NonCooperation,
    /// 突发事件、重大或者紧急行动.
    #[serde(alias = "突发事件")]
    Emergency,
    /// Anything that no rule asks to record.
    #[serde(alias = "其他")]
    Other,
}

/// A form of the uniform list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentForm {
    /// Id.
    pub(crate) id: String,
    /// Title.
    pub(crate) zh: String,
}

/// `data/law/process.yml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProcessRules {
    /// Scenes with a recording, or a waiver on a listed ground.
    pub(crate) recorded_scenes: Limit<Vec<Scene>>,
    /// Scenes recorded from end to end.
    pub(crate) full_scenes: Limit<Vec<Scene>>,
    /// By how many minutes two clocks may differ.
    pub(crate) tolerance_minutes: Limit<u32>,
    /// How many years 长期 is.
    pub(crate) lasting_years: Limit<u32>,
    /// From this day on, who first reviews must be qualified.
    pub(crate) qualified_from: Limit<Day>,
    /// The uniform list of documents.
    pub(crate) forms: Limit<Vec<DocumentForm>>,
    /// Endings of files that are recordings, small letters.
    pub(crate) recording_endings: Limit<Vec<String>>,
}

impl ProcessRules {
    /// Every row of the file with what it cites.
    pub(super) fn rows(&self) -> Vec<(&'static str, &[Cite])> {
        vec![
            ("recorded_scenes", &self.recorded_scenes.cites),
            ("full_scenes", &self.full_scenes.cites),
            ("tolerance_minutes", &self.tolerance_minutes.cites),
            ("lasting_years", &self.lasting_years.cites),
            ("qualified_from", &self.qualified_from.cites),
            ("forms", &self.forms.cites),
            ("recording_endings", &self.recording_endings.cites),
        ]
    }
}
