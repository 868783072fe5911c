//! Enforcement officers: one row of `data/staff.yml`, the same record for list, placard and checks.

use serde::{Deserialize, Serialize};

use crate::law::Day;

/// Whether an officer acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OfficerStatus {
    /// On duty.
    #[default]
    Active,
    /// Suspended from enforcement.
    Suspended,
    /// Has left; stays in old decisions, leaves list and placards.
    Left,
}

/// One officer. Public duty: name and numbers are never masked (domain 2.2).
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Officer {
    /// 姓名.
    pub(crate) name: String,
    /// 单位.
    pub(crate) unit: String,
    /// 职务.
    pub(crate) post: String,
    /// 胸牌号码.
    pub(crate) badge_number: String,
    /// 执法证号.
    #[serde(default)]
    pub(crate) certificate_number: Option<String>,
    /// First day the certificate is valid.
    #[serde(default)]
    pub(crate) certificate_from: Option<Day>,
    /// Last day the certificate is valid.
    #[serde(default)]
    pub(crate) certificate_until: Option<Day>,
    /// Whether the officer acts.
    #[serde(default)]
    pub(crate) status: OfficerStatus,
    /// Last day of service of one who has left; decisions up to then may name the officer.
    #[serde(default)]
    pub(crate) left_on: Option<Day>,
    /// Auxiliary staff (协管员) are never shown as officers.
    #[serde(default)]
    pub(crate) auxiliary: bool,
    /// Opaque code of the landing page `/p/<code>/`; made from the badge number where absent.
    #[serde(default)]
    pub(crate) code: Option<String>,
}

impl Officer {
    /// Whether the certificate covers `day`. `None` where the record has no dates.
    pub(crate) fn certified_on(&self, day: Day) -> Option<bool> {
        let (from, until) = (self.certificate_from?, self.certificate_until?);
        Some(from <= day && day <= until)
    }

    /// Whether the officer had not left yet on `day`; without a last day it is not known that one had.
    pub(crate) fn serves_on(&self, day: Day) -> bool {
        self.left_on.is_none_or(|last| day <= last)
    }

    /// Whether the officer belongs on list and placards on `day`: active, qualified, certified.
    pub(crate) fn may_be_shown_on(&self, day: Day) -> bool {
        self.status == OfficerStatus::Active
            && self.serves_on(day)
            && !self.auxiliary
            && self.certificate_number.is_some()
            && self.certified_on(day) != Some(false)
    }
}
