//! Amounts, ages and numbers of people that the law draws a line at: `data/law/limits.yml`.

use serde::Deserialize;

use super::{Cite, Day};

/// A number with where it comes from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Limit<T> {
    /// The number, in the unit its name says.
    pub(crate) value: T,
    /// Where it stands; empty for a choice of the product.
    #[serde(default)]
    pub(crate) cites: Vec<Cite>,
    /// Whether it is the product's own choice, for want of a rule.
    #[serde(default)]
    #[expect(dead_code, reason = "the table tells it to people; no stage asks yet")]
    pub(crate) own_choice: bool,
}

/// An amount of fines by kind of party, in fen: the cap of summary procedure, or where a decision is major.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FineLines {
    /// Against a natural person.
    pub(crate) natural_person: Limit<i64>,
    /// Against an organization.
    pub(crate) organization: Limit<i64>,
    /// Against an individual business, which the statute does not name.
    pub(crate) individual_business: Limit<i64>,
}

/// `data/law/limits.yml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Limits {
    /// Caps of summary procedure.
    pub(crate) summary_fine_caps: FineLines,
    /// From these fines on, a decision is a major one.
    pub(crate) major_fines: FineLines,
    /// First day of decision from which slight cases are in principle not shown.
    pub(crate) slight_cases_since: Limit<Day>,
    /// Highest fine that is always collected on the spot, in fen.
    pub(crate) spot_collection: Limit<i64>,
    /// Age of majority, in years.
    pub(crate) adult_age: Limit<u32>,
    /// Age below which nobody is penalized, in years.
    pub(crate) penalty_age: Limit<u32>,
    /// Fewest officers of ordinary procedure.
    pub(crate) fewest_officers: Limit<usize>,
    /// Amount above which a figure is taken for a slip, in fen.
    pub(crate) implausible_fen: Limit<i64>,
    /// From this ratio on, a difference between figure and text is taken for a slip of unit.
    pub(crate) unit_slip_ratio: Limit<i64>,
}

impl Limits {
    /// A number of the table with its unit, as a person reads it: 200元, 14周岁, 2名. `None` where there is no
    /// such row, or where it is no number that a public text would name.
    pub(crate) fn words_zh(&self, key: &str) -> Option<String> {
        let yuan = |fen: &Limit<i64>| format!("{}元", fen.value / 100);
        let (caps, major) = (&self.summary_fine_caps, &self.major_fines);
        Some(match key {
            "summary_fine_caps.natural_person" => yuan(&caps.natural_person),
            "summary_fine_caps.organization" => yuan(&caps.organization),
            "summary_fine_caps.individual_business" => yuan(&caps.individual_business),
            "major_fines.natural_person" => yuan(&major.natural_person),
            "major_fines.organization" => yuan(&major.organization),
            "major_fines.individual_business" => yuan(&major.individual_business),
            "spot_collection" => yuan(&self.spot_collection),
            "adult_age" => format!("{}周岁", self.adult_age.value),
            "penalty_age" => format!("{}周岁", self.penalty_age.value),
            "fewest_officers" => format!("{}名", self.fewest_officers.value),
            _ => return None,
        })
    }

    /// Every row of the file with what it cites.
    pub(super) fn rows(&self) -> Vec<(&'static str, &[Cite])> {
        let (caps, major) = (&self.summary_fine_caps, &self.major_fines);
        vec![
            ("summary_fine_caps.natural_person", &caps.natural_person.cites),
            ("summary_fine_caps.organization", &caps.organization.cites),
            ("summary_fine_caps.individual_business", &caps.individual_business.cites),
            ("slight_cases_since", &self.slight_cases_since.cites),
            ("major_fines.natural_person", &major.natural_person.cites),
            ("major_fines.organization", &major.organization.cites),
            ("major_fines.individual_business", &major.individual_business.cites),
            ("spot_collection", &self.spot_collection.cites),
            ("adult_age", &self.adult_age.cites),
            ("penalty_age", &self.penalty_age.cites),
            ("fewest_officers", &self.fewest_officers.cites),
            ("implausible_fen", &self.implausible_fen.cites),
            ("unit_slip_ratio", &self.unit_slip_ratio.cites),
        ]
    }
}
