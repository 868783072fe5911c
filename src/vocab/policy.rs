//! What a bureau may choose where the law leaves a choice: `data/policy.yml`.

use serde::Deserialize;

use super::{RetentionFamily, SeriesBreak};

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

/// What the open data say of cases against natural persons. A whole table of people is another thing than a
/// page about one: rows can be joined with other tables (domain 5.3, 32).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BulkPersons {
    /// As much as the case's page.
    Full,
    /// Their rows without party, facts, conclusion and permit.
    #[default]
    Reduced,
    /// No rows of them.
    Omitted,
}

impl BulkPersons {
    /// The choice in words, as the public reads it.
    pub(crate) const fn zh(self) -> &'static str {
        match self {
            Self::Full => "自然人案件的各项与案件页相同。",
            Self::Reduced => {
                "为防止批量汇集、关联，自然人案件在数据文件、接口和检索中不列当事人、事实、结论等各项（字段说明中注明），其余各项照列；单个案件的公示内容见案件页。"
            }
            Self::Omitted => {
                "为防止批量汇集、关联，数据文件、接口和检索不含自然人案件；单个案件的公示内容见案件页。"
            }
        }
    }

    /// What the search does not find because of the choice, as the public reads it.
    pub(crate) const fn unsearched_zh(self) -> Option<&'static str> {
        match self {
            Self::Full => None,
            Self::Reduced => Some("自然人案件只能按文号和违法行为（抽查事项）检索。"),
            Self::Omitted => Some("自然人案件不编入检索，请按年份和类别查阅。"),
        }
    }

    /// The word of `data/policy.yml`.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Reduced => "reduced",
            Self::Omitted => "omitted",
        }
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
    /// What the open data say of cases against natural persons.
    pub(crate) open_data_persons: BulkPersons,
    /// Years from which figures cannot be compared with earlier ones, beside those the form names.
    pub(crate) statistics_breaks: Vec<SeriesBreak>,
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
            open_data_persons: BulkPersons::default(),
            statistics_breaks: Vec::new(),
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
