//! A clock: a duty, its last lawful day, and how it stands today.

use crate::diag::Lang;
use crate::law::{Calendar, Day, Law, Role};
use crate::ledger::LineHead;

use super::explain::Derivation;

/// Working days before a last day from which a clock is called near.
const NEAR: u32 = 3;
/// Calendar days that count as near where working days cannot be counted: the longest holiday and
/// some days before it. Rather a warning too early than none.
const NEAR_DAYS: i64 = 12;

/// What a clock is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::cli) enum Duty {
    /// Take a decision down within the statutory term.
    Takedown,
    /// Take a decision down where the law says "promptly" only.
    TakedownOther,
    /// Disclose a penalty decision.
    Penalty,
    /// Disclose the result of a random inspection.
    Inspection,
    /// Publish what has been corrected.
    Correction,
    /// Publish the statistics of a year.
    AnnualStatistics,
    /// The disclosure period of a case ends.
    Expiry,
    /// An officer's certificate ends.
    Certificate,
}

impl Duty {
    /// All duties, in order.
    pub(super) const ALL: [Self; 8] = [
        Self::Takedown,
        Self::TakedownOther,
        Self::Penalty,
        Self::Inspection,
        Self::Correction,
        Self::AnnualStatistics,
        Self::Expiry,
        Self::Certificate,
    ];

    /// The term it is measured by, an id of `data/law/terms.yml`; none where a fixed day ends it.
    pub(super) const fn term(self) -> Option<&'static str> {
        match self {
            Self::Takedown => Some("takedown"),
            Self::TakedownOther => Some("takedown-other"),
            Self::Penalty => Some("penalty-disclosure"),
            Self::Inspection => Some("inspection-disclosure"),
            Self::Correction => Some("correction"),
            Self::AnnualStatistics => Some("annual-statistics"),
            Self::Expiry | Self::Certificate => None,
        }
    }

    /// The check of the table that stands for the duty, else a name of its own.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Takedown => "late-takedown",
            Self::TakedownOther => "prompt-takedown",
            Self::Penalty => "late-penalty",
            Self::Inspection => "late-inspection",
            Self::Correction => "prompt-correction",
            Self::AnnualStatistics => "late-annual-report",
            Self::Expiry => "disclosure-ends",
            Self::Certificate => "expired-certificate",
        }
    }

    /// Who sees to it: as its check says, else by what it asks.
    pub(super) fn roles(self, law: &Law) -> Vec<Role> {
        match self {
            Self::Correction | Self::Expiry => vec![Role::Clerk, Role::Webmaster],
            Self::TakedownOther => vec![Role::Clerk, Role::Legal, Role::Webmaster],
            _ => law.check(self.id()).map(|row| row.roles.clone()).unwrap_or_default(),
        }
    }

    /// The duty in a few characters.
    pub(super) const fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Takedown, Lang::Zh) => "撤下",
            (Self::TakedownOther, Lang::Zh) => "及时撤下",
            (Self::Penalty, Lang::Zh) => "处罚决定公示",
            (Self::Inspection, Lang::Zh) => "抽查结果公示",
            (Self::Correction, Lang::Zh) => "更正",
            (Self::AnnualStatistics, Lang::Zh) => "年度统计",
            (Self::Expiry, Lang::Zh) => "公示期满",
            (Self::Certificate, Lang::Zh) => "执法证到期",
            (Self::Takedown, Lang::En) => "takedown",
            (Self::TakedownOther, Lang::En) => "prompt takedown",
            (Self::Penalty, Lang::En) => "penalty",
            (Self::Inspection, Lang::En) => "inspection",
            (Self::Correction, Lang::En) => "correction",
            (Self::AnnualStatistics, Lang::En) => "statistics",
            (Self::Expiry, Lang::En) => "expiry",
            (Self::Certificate, Lang::En) => "certificate",
        }
    }
}

/// How a clock stands. The order is the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::cli) enum Status {
    /// The last day is over.
    Late,
    /// The last day is near.
    Near,
    /// There is time.
    Running,
    /// No last day is known: its year has no calendar, or the day it starts from is not known.
    Unknown,
}

impl Status {
    /// All, in order.
    pub(super) const ALL: [Self; 4] = [Self::Late, Self::Near, Self::Running, Self::Unknown];

    /// How a clock with this last day stands, with the working days left where they can be counted.
    ///
    /// A last day on a rest day counts by the last working day before it (domain 8.1.6).
    pub(super) fn of(calendar: &Calendar, today: Day, due: Option<Day>) -> (Self, Option<u32>) {
        let Some(due) = due else { return (Self::Unknown, None) };
        if due < today {
            return (Self::Late, None);
        }
        let last = if calendar.is_known_rest_day(due) {
            calendar.last_working_day_before(due)
        } else {
            Ok(due)
        };
        match last.and_then(|last| calendar.count_working_days(today, last)) {
            Ok(left) if left <= NEAR => (Self::Near, Some(left)),
            Ok(left) => (Self::Running, Some(left)),
            Err(_) if today.days_until(due) <= NEAR_DAYS => (Self::Near, None),
            Err(_) => (Self::Running, None),
        }
    }

    /// The status in a word.
    pub(super) const fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Late, Lang::Zh) => "逾期",
            (Self::Near, Lang::Zh) => "临近",
            (Self::Running, Lang::Zh) => "进行中",
            (Self::Unknown, Lang::Zh) => "待定",
            (Self::Late, Lang::En) => "late",
            (Self::Near, Lang::En) => "due soon",
            (Self::Running, Lang::En) => "running",
            (Self::Unknown, Lang::En) => "unknown",
        }
    }
}

impl Clock {
    /// The same clock, of this case.
    pub(super) fn of_case(mut self, head: Option<&LineHead>) -> Self {
        self.id = head.and_then(|head| head.id.as_ref()).map(ToString::to_string);
        self
    }

    /// Names a case by its id alone and an officer not at all, for readers outside the bureau.
    pub(super) fn name_by_id(&mut self) {
        if self.duty != Duty::AnnualStatistics {
            self.what = self.id.clone().unwrap_or_else(|| "—".to_owned());
        }
    }
}

/// One clock.
#[derive(Debug, serde::Serialize)]
pub(in crate::cli) struct Clock {
    pub(super) status: Status,
    pub(super) duty: Duty,
    pub(super) due: Option<Day>,
    pub(super) working_days_left: Option<u32>,
    /// Day 0 of a term, or the first day of what ends.
    pub(super) since: Option<Day>,
    pub(super) what: String,
    /// The case as addresses name it; none of one that was never public, and of what is no case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    /// Next year's holiday notice may still move the day.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) provisional: bool,
    /// The day the ledger holds, where today's calendar gives another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) was_due: Option<Day>,
    /// A doubt of redaction holds the case: a person must decide (`gongshi review`).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) waits_for_review: bool,
    /// It is taken down, and no `verify` has yet seen that it is gone from every target.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) waits_for_proof: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) derivation: Option<Derivation>,
}
