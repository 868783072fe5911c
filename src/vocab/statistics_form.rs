//! The annual penalty table as a form: columns, order of severity, unit of money, what counts.
//!
//! Every region prints its own form, so a form is data (`data/forms/statistics-*.yml`) and never code.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::diag::Failure;
use crate::law::Shelf;

use super::{Money, PenaltyKind};

/// Folder of the forms on the shelf.
const FOLDER: &str = "forms/";
/// What the name of a form's file begins with.
const PREFIX: &str = "statistics-";

/// Unit of the amount column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AmountUnit {
    /// 万元.
    Wan,
    /// 元.
    Yuan,
}

impl AmountUnit {
    /// The unit's word.
    pub(crate) const fn zh(self) -> &'static str {
        match self {
            Self::Wan => "万元",
            Self::Yuan => "元",
        }
    }

    /// The amount in this unit as a plain decimal, exact, without digit groups.
    pub(crate) fn text(self, amount: Money) -> String {
        match self {
            Self::Wan => amount.wan_text(),
            Self::Yuan => amount.yuan_text().replace(',', ""),
        }
    }
}

/// A figure that a form asks for beside the kinds and the amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ExtraFigure {
    /// Decisions by 简易程序.
    Summary,
    /// Decisions by 普通程序, on older forms 一般程序.
    Ordinary,
    /// Decisions with a legal review.
    Reviewed,
    /// Decisions that the legal review put right; entered by hand.
    ReviewCorrected,
    /// Cases handed over as suspected crimes; entered by hand.
    Transferred,
    /// Of those, accepted by the judicial organ; entered by hand.
    Accepted,
}

impl ExtraFigure {
    /// Whether the ledger never knows it: what nobody enters stays unknown.
    pub(crate) const fn is_entered(self) -> bool {
        matches!(self, Self::ReviewCorrected | Self::Transferred | Self::Accepted)
    }

    /// Its id among the columns of the table of penalties.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Ordinary => "ordinary",
            Self::Reviewed => "reviewed",
            Self::ReviewCorrected => "review_corrected",
            Self::Transferred => "transferred",
            Self::Accepted => "accepted",
        }
    }
}

/// A column of kinds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KindColumn {
    /// Title as printed.
    pub(crate) title: String,
    /// Kinds that are counted in it.
    pub(crate) kinds: Vec<PenaltyKind>,
}

/// A column behind the amount.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExtraColumn {
    /// Title as printed.
    pub(crate) title: String,
    /// What stands in it.
    pub(crate) figure: ExtraFigure,
}

/// What a form says of decisions that were revoked afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RevokedRule {
    /// Its notes say that they count.
    Counted,
    /// Its notes are silent. They were made in the year, so they count, and the output says how many.
    Silent,
    /// They do not count.
    Excluded,
}

/// A year from which figures are counted otherwise than before: a series is broken there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeriesBreak {
    /// The first year that is counted otherwise, in part or whole.
    pub(crate) year: i32,
    /// Why, as the public reads it.
    pub(crate) why: String,
}

/// A form, checked: each kind stands in just one column, the order of severity is whole.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatisticsForm {
    /// Name on the command line and in `data/policy.yml`; also the end of its file's name.
    pub(crate) id: String,
    /// Where and when the form was printed.
    pub(crate) source: String,
    /// Title of the table.
    pub(crate) title: String,
    /// Unit of the amount.
    pub(crate) unit: AmountUnit,
    /// Decisions revoked afterwards.
    pub(crate) revoked: RevokedRule,
    /// Whether each unit has a row of its own above the sum.
    #[serde(default)]
    pub(crate) row_per_unit: bool,
    /// Columns of kinds.
    pub(crate) columns: Vec<KindColumn>,
    /// Named kinds from light to heavy; what stands in the column of 其他 yields to them all.
    pub(crate) severity: Vec<PenaltyKind>,
    /// Columns behind the amount.
    #[serde(default)]
    pub(crate) extra: Vec<ExtraColumn>,
    /// Ids of the other tables of the year's report, of `data/forms/annual-tables.yml`.
    #[serde(default)]
    pub(crate) tables: Vec<String>,
    /// Breaks of its series, oldest first.
    #[serde(default)]
    pub(crate) breaks: Vec<SeriesBreak>,
    /// Counting rules, in words.
    pub(crate) rules: Vec<String>,
}

impl StatisticsForm {
    /// The form `id` of the site root or the binary.
    ///
    /// # Errors
    /// There is no such form, or it is broken.
    pub(crate) fn load(shelf: &Shelf, id: &str) -> Result<Self, Failure> {
        let known = Self::ids(shelf)?;
        let id = id.to_ascii_lowercase();
        if !known.contains(&id) {
            let list = known.join("、");
            return Err(Failure::Usage {
                zh: format!("没有这个统计表式；已有的表式：{list}"),
                en: format!("there is no such statistics form; known forms: {}", known.join(", ")),
            });
        }
        let file = format!("{FOLDER}{PREFIX}{id}.yml");
        let form: Self = shelf.load(&file)?;
        form.fault(&id).map_or(Ok(form), |message| Err(Failure::Rule { file, message }))
    }

    /// Ids of all forms, sorted.
    ///
    /// # Errors
    /// The folder of the site root cannot be read.
    pub(crate) fn ids(shelf: &Shelf) -> Result<Vec<String>, Failure> {
        let id = |name: &String| {
            let id = name.strip_prefix(FOLDER)?.strip_prefix(PREFIX)?.strip_suffix(".yml")?;
            Some(id.to_owned())
        };
        Ok(shelf.names(FOLDER)?.iter().filter_map(id).collect())
    }

    /// What is wrong with the form, if anything is.
    fn fault(&self, id: &str) -> Option<String> {
        if self.id != id {
            return Some(format!("id is {} in the file of {id}", self.id));
        }
        let titles: BTreeSet<&str> = self.columns.iter().map(|c| c.title.as_str()).collect();
        if titles.len() != self.columns.len() {
            return Some("two columns have one title".into());
        }
        for kind in PenaltyKind::ALL {
            let claims = self.columns.iter().filter(|c| c.kinds.contains(kind)).count();
            if claims != 1 {
                return Some(format!("{} stands in {claims} columns, not in one", kind.zh()));
            }
            let ranks = self.severity.iter().filter(|k| *k == kind).count();
            let rest = self
                .columns
                .iter()
                .any(|c| c.kinds.contains(kind) && c.kinds.contains(&PenaltyKind::Other));
            if ranks != usize::from(!rest) {
                return Some(format!("{} stands {ranks} times in severity", kind.zh()));
            }
        }
        None
    }

    /// The column a decision with these kinds is counted in: that of the heaviest kind; a named kind
    /// goes before what the form puts under 其他. `None` for a decision without a kind.
    pub(crate) fn column_of(&self, kinds: &[PenaltyKind]) -> Option<usize> {
        let rank = |kind: &PenaltyKind| self.severity.iter().position(|k| k == kind);
        let heaviest = kinds.iter().max_by_key(|kind| rank(kind))?;
        self.columns.iter().position(|c| c.kinds.contains(heaviest))
    }

    /// Title of the amount column.
    pub(crate) fn amount_title(&self) -> String {
        format!("罚没金额（{}）", self.unit.zh())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PenaltyKind::{
        BusinessSuspended, CirculatedCriticism, ConfiscatedGains, Fine, Other, PermitRevoked,
        Warning,
    };

    fn form(id: &str) -> StatisticsForm {
        StatisticsForm::load(&Shelf::embedded(), id).expect("a form")
    }

    fn title(id: &str, kinds: &[PenaltyKind]) -> String {
        let form = form(id);
        let at = form.column_of(kinds).expect("a column");
        form.columns[at].title.clone()
    }

    #[test]
    fn every_embedded_form_is_whole() {
        let ids = StatisticsForm::ids(&Shelf::embedded()).expect("ids");
        assert_eq!(ids, ["a", "b", "c", "d", "e"]);
        let columns: Vec<usize> = ids.iter().map(|id| form(id).columns.len()).collect();
        assert_eq!(columns, [8, 12, 14, 9, 13]);
    }

    #[test]
    fn revocation_and_suspension_land_where_the_form_says() {
        let both = [BusinessSuspended, PermitRevoked];
        assert_eq!(title("a", &both), "吊销许可证、执照");
        assert_eq!(title("b", &both), "吊销许可证件");
        assert_eq!(title("c", &both), "责令停产停业");
    }

    #[test]
    fn a_named_kind_goes_before_the_rest() {
        for id in ["a", "b", "c", "d", "e"] {
            assert_eq!(title(id, &[Warning, Other]), title(id, &[Warning]), "{id}");
            assert_eq!(title(id, &[Other, Warning]), title(id, &[Warning]), "{id}");
            assert_eq!(title(id, &[Other]), title(id, &[Other]), "{id}");
            assert_eq!(title(id, &[Warning, Fine]), title(id, &[Fine]), "{id}");
            assert_eq!(title(id, &[Fine, ConfiscatedGains]), title(id, &[ConfiscatedGains]));
            assert_eq!(form(id).column_of(&[]), None);
        }
        // A form older than the kind counts it among the others, which yield.
        assert_eq!(title("a", &[CirculatedCriticism]), "其他行政处罚");
        assert_eq!(title("a", &[CirculatedCriticism, Warning]), "警告");
    }

    #[test]
    fn a_broken_form_is_refused() {
        let mut missing = form("e");
        missing.severity.pop();
        assert!(missing.fault("e").is_some_and(|m| m.contains("行政拘留")));
        let mut twice = form("e");
        twice.columns[0].kinds.push(Fine);
        assert!(twice.fault("e").is_some_and(|m| m.contains("罚款")));
        assert!(form("e").fault("x").is_some());
        assert!(StatisticsForm::load(&Shelf::embedded(), "../e").is_err());
    }

    #[test]
    fn amounts_are_exact_in_either_unit() {
        let amount = Money::fen(123_456_789);
        assert_eq!(AmountUnit::Wan.text(amount), "123.456789");
        assert_eq!(AmountUnit::Yuan.text(amount), "1234567.89");
    }
}
