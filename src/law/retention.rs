//! How long a decision stays public: dated regimes as data, and which one a bureau goes by.
//!
//! No national rule ends publication on a bureau's own site (domain 3.6), so none is the default; the
//! end that an export asks for wins over every regime.

use serde::Deserialize;

use super::{Cite, Day};

/// The event a period runs from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StartEvent {
    /// The day of the decision.
    Decision,
    /// The day of first publication.
    Publication,
}

/// How grave a violation is, in the regimes that tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Gravity {
    /// 轻微.
    Minor,
    /// 一般.
    General,
    /// 严重.
    Serious,
}

/// The period for one gravity, in months.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Period {
    /// Gravity.
    pub(crate) gravity: Gravity,
    /// Shortest, after which repair may be asked for; `None` where the regime sets none.
    #[serde(default)]
    pub(crate) least: Option<u32>,
    /// Longest, after which publication stops by itself.
    pub(crate) most: u32,
}

/// One regime.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Regime {
    /// Id, as in `data/policy.yml`.
    pub(crate) id: String,
    /// Whose site it governs.
    pub(crate) whose: String,
    /// First day of the regime.
    pub(crate) from: Day,
    /// Last day; `None` while it holds.
    #[serde(default)]
    pub(crate) until: Option<Day>,
    /// What the period runs from.
    pub(crate) start: StartEvent,
    /// Periods by gravity.
    pub(crate) periods: Vec<Period>,
    /// Where it stands.
    pub(crate) cites: Vec<Cite>,
}

impl Regime {
    /// The first day on which a decision of this gravity is no longer public.
    pub(crate) fn ends_on(&self, gravity: Gravity, decided: Day, published: Day) -> Option<Day> {
        let start = match self.start {
            StartEvent::Decision => decided,
            StartEvent::Publication => published,
        };
        let period = self.periods.iter().find(|p| p.gravity == gravity)?;
        start.plus_months(period.most)
    }
}

/// `data/law/retention.yml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Retention {
    /// The regime of a site whose policy names none; `None`: publication has no end.
    #[serde(default)]
    pub(crate) default_regime: Option<String>,
    /// All regimes.
    pub(crate) regimes: Vec<Regime>,
}

impl Retention {
    /// The regime with this id, or the default one.
    pub(crate) fn regime(&self, id: Option<&str>) -> Option<&Regime> {
        let id = id.or(self.default_regime.as_deref())?;
        self.regimes.iter().find(|r| r.id == id)
    }
}
