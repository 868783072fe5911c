//! What a bureau may choose where the law leaves a choice: `data/policy.yml`.

use serde::Deserialize;

use super::RetentionFamily;

/// How the name of a punished natural person is shown (domain 2.1: a choice, not a constant).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NaturalPersonParty {
    /// In full.
    Keep,
    /// Surname and 某.
    #[default]
    SurnameMou,
    /// The record is withheld.
    Withhold,
}

/// What becomes of slight cases (domain 3.6): summary procedure, or nothing but a warning or criticism.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SlightCases {
    /// They are published like any other.
    Publish,
    /// They are withheld and counted.
    Withhold,
    /// Each waits for a word in the column on disclosure.
    Ask,
}

/// How two people of one mask are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MaskNumbers {
    /// 张某1, 张某2.
    #[default]
    Arabic,
    /// 张某甲, 张某乙.
    Stems,
}

impl MaskNumbers {
    /// The stem for the `n`-th of a name, from 1; after the tenth, numbers go on.
    pub(crate) fn stem(self, n: usize) -> Option<char> {
        let stem = || "甲乙丙丁戊己庚辛壬癸".chars().nth(n.checked_sub(1)?);
        (self == Self::Stems).then(stem).flatten()
    }
}

/// `data/policy.yml`; every row has a default.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Policy {
    /// Name of a punished natural person.
    pub(crate) natural_person_party: NaturalPersonParty,
    /// Whether an individual business's trade name stays when it holds its operator's name.
    pub(crate) keep_trade_name_with_operator: bool,
    /// How two people of one mask are told apart.
    pub(crate) mask_numbers: MaskNumbers,
    /// Whether officers' names are shown on case pages.
    pub(crate) show_officers: bool,
    /// Whether a review column the export does not have holds every record.
    pub(crate) require_secrecy_review: bool,
    /// Whether a missing legal-review column holds major decisions.
    pub(crate) require_legal_review: bool,
    /// What becomes of slight cases; `None` where the bureau has not chosen: then they are published.
    pub(crate) slight_cases: Option<SlightCases>,
    /// Whose regimes end disclosure where an export names no last day; `None`: nothing ends it.
    pub(crate) retention: Option<RetentionFamily>,
    /// Id of the form of the annual statistics; `None` where the bureau chose none: then its region's
    /// (domain 4.2: regions print their own).
    pub(crate) statistics_form: Option<String>,
    /// Days of local holidays and local working days beyond the national notice.
    pub(crate) extra_days: Vec<ExtraDay>,
    /// Hosts of git that the bureau keeps itself: a repository beside raw drops may have a remote there.
    pub(crate) own_git_hosts: Vec<String>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            natural_person_party: NaturalPersonParty::default(),
            keep_trade_name_with_operator: true,
            mask_numbers: MaskNumbers::default(),
            show_officers: false,
            require_secrecy_review: false,
            require_legal_review: false,
            slight_cases: None,
            retention: None,
            statistics_form: None,
            extra_days: Vec::new(),
            own_git_hosts: Vec::new(),
        }
    }
}

/// A local day off, or a local working day, ordered by notice (domain 10.6).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExtraDay {
    /// The day.
    pub(crate) date: crate::law::Day,
    /// `holiday` or `workday`.
    pub(crate) kind: String,
    /// The notice that ordered it.
    #[expect(dead_code, reason = "the table tells it to people; no stage asks yet")]
    pub(crate) notice: String,
}
