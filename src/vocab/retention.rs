//! How long a decision stays public where its export does not say: `data/law/retention.yml`.
//!
//! No national rule ends publication on a bureau's own site, so nothing ends unless `data/policy.yml` chooses a
//! family of regimes (domain 3.6). A regime is that of the day of decision; its periods run from what it says.

use serde::Deserialize;

use super::{PenaltyKind, Procedure};
use crate::diag::Failure;
use crate::law::{Cite, Day, Law, Shelf};

const FILE: &str = "law/retention.yml";

/// A family of regimes, one after the other in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RetentionFamily {
    /// Credit sites.
    Credit,
    /// The disclosure system of market supervision.
    Market,
}

/// How grave what a decision punishes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Gravity {
    Minor,
    General,
    Serious,
}

/// What starts a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Start {
    Decision,
    Publication,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RetentionFile {
    gravity: Grades,
    regimes: Vec<Regime>,
}

/// What makes a case minor or serious; everything else is general.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Grades {
    minor: Vec<PenaltyKind>,
    minor_procedures: Vec<Procedure>,
    serious: Vec<PenaltyKind>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Regime {
    #[serde(rename = "id")]
    _id: String,
    family: RetentionFamily,
    #[serde(rename = "whose")]
    _whose: String,
    from: Day,
    #[serde(default)]
    until: Option<Day>,
    start: Start,
    periods: Vec<Period>,
    cites: Vec<Cite>,
}

/// Months for one gravity.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Period {
    gravity: Gravity,
    #[serde(default, rename = "least")]
    _least: u32,
    most: u32,
}

/// What is minor and what is serious, and the regimes that a bureau chose, if it did.
pub(crate) struct Retention {
    grades: Grades,
    regimes: Vec<Regime>,
}

impl Retention {
    /// Loads the grades, and the regimes of a family.
    ///
    /// # Errors
    /// A broken rule file, or a regime that cites what is not there.
    pub(crate) fn load(
        shelf: &Shelf,
        law: &Law,
        family: Option<RetentionFamily>,
    ) -> Result<Self, Failure> {
        let RetentionFile { gravity: grades, mut regimes } = shelf.load(FILE)?;
        law.tie_cites(FILE, regimes.iter().flat_map(|regime| &regime.cites))?;
        regimes.retain(|regime| Some(regime.family) == family);
        Ok(Self { grades, regimes })
    }

    /// Last day on which a decision of these kinds stays public; `None` where no regime covers it.
    pub(crate) fn last_day(
        &self,
        (kinds, procedure): (&[PenaltyKind], Option<Procedure>),
        decided_on: Day,
        published_on: Day,
    ) -> Option<Day> {
        let covers =
            |r: &&Regime| r.from <= decided_on && r.until.is_none_or(|last| decided_on <= last);
        let regime = self.regimes.iter().find(covers)?;
        let gravity = self.gravity(kinds, procedure);
        let period = |gravity| regime.periods.iter().find(move |p| p.gravity == gravity);
        let months = period(gravity).or_else(|| period(Gravity::General))?.most;
        let start = match regime.start {
            Start::Decision => decided_on,
            Start::Publication => published_on,
        };
        start.plus_months(months)
    }

    /// Whether the procedure makes a case minor.
    pub(crate) fn is_minor_procedure(&self, procedure: Procedure) -> bool {
        self.grades.minor_procedures.contains(&procedure)
    }

    /// Whether a case has kinds of penalty, and minor ones only.
    pub(crate) fn are_minor_kinds(&self, kinds: &[PenaltyKind]) -> bool {
        !kinds.is_empty() && kinds.iter().all(|kind| self.grades.minor.contains(kind))
    }

    fn gravity(&self, kinds: &[PenaltyKind], procedure: Option<Procedure>) -> Gravity {
        if kinds.iter().any(|kind| self.grades.serious.contains(kind)) {
            return Gravity::Serious;
        }
        let is_summary = procedure.is_some_and(|p| self.is_minor_procedure(p));
        if is_summary || self.are_minor_kinds(kinds) { Gravity::Minor } else { Gravity::General }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retention(family: RetentionFamily) -> Retention {
        let shelf = Shelf::embedded();
        let law = Law::load(&shelf, &[]).expect("the embedded law");
        Retention::load(&shelf, &law, Some(family)).expect("regimes")
    }

    fn day(text: &str) -> Day {
        Day::iso(text).expect("a day")
    }

    #[test]
    fn the_regime_is_that_of_the_day_of_decision() {
        let credit = retention(RetentionFamily::Credit);
        let last = |on, kinds: &[PenaltyKind], procedure| {
            let end = credit.last_day((kinds, procedure), day(on), day("2030-01-01"));
            end.map(|end| end.to_string())
        };
        let fine = [PenaltyKind::Fine];
        let ordinary = Some(Procedure::Ordinary);
        assert_eq!(last("2019-06-30", &fine, ordinary), None);
        assert_eq!(last("2023-04-30", &fine, ordinary).as_deref(), Some("2024-04-30"));
        assert_eq!(last("2023-05-01", &fine, ordinary).as_deref(), Some("2026-05-01"));
        assert_eq!(last("2026-03-31", &fine, ordinary).as_deref(), Some("2029-03-31"));
        assert_eq!(last("2026-04-01", &fine, ordinary).as_deref(), Some("2027-04-01"));
        let summary = Some(Procedure::Summary);
        assert_eq!(last("2026-04-01", &fine, summary).as_deref(), Some("2026-07-01"));
        assert_eq!(last("2026-03-31", &fine, summary).as_deref(), Some("2029-03-31"));
        let warned = [PenaltyKind::Warning, PenaltyKind::CirculatedCriticism];
        assert_eq!(last("2026-04-01", &warned, ordinary).as_deref(), Some("2026-07-01"));
        let both = [PenaltyKind::Warning, PenaltyKind::PermitRevoked];
        assert_eq!(last("2026-04-01", &both, summary).as_deref(), Some("2029-04-01"));
    }

    #[test]
    fn a_period_may_run_from_publication() {
        let market = retention(RetentionFamily::Market);
        let end =
            market.last_day((&[PenaltyKind::Fine], None), day("2026-01-30"), day("2026-02-28"));
        assert_eq!(end, Some(day("2029-02-28")));
    }
}
