//! How lists are divided, as `data/forms/lists.yml` says.

use serde::Deserialize;

use crate::clearance::CaseKind;
use crate::vocab::Money;

/// A band of amounts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::site) struct Band {
    /// Name in addresses.
    pub(in crate::site) slug: String,
    /// Title.
    pub(in crate::site) title: String,
    /// Amounts below this many yuan; the last band has none.
    #[serde(default)]
    below: Option<i64>,
}

/// Fields of the downloads of a selection.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SelectionFields {
    penalty: Vec<String>,
    inspection: Vec<String>,
}

/// The form.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::site) struct ListForm {
    no_amount: Band,
    amounts: Vec<Band>,
    selection: SelectionFields,
}

/// Fen in a yuan.
const FEN: i64 = 100;

impl ListForm {
    /// Place of the band of an amount; 0 is the one without.
    pub(in crate::site) fn band_of(&self, amount: Option<Money>) -> usize {
        let Some(fen) = amount.map(Money::as_fen).filter(|fen| *fen > 0) else { return 0 };
        let fits = |band: &Band| band.below.is_none_or(|below| fen < below.saturating_mul(FEN));
        self.amounts.iter().position(fits).map_or(self.amounts.len(), |at| at + 1)
    }

    /// The band at a place.
    pub(in crate::site) fn band(&self, at: usize) -> &Band {
        at.checked_sub(1).and_then(|at| self.amounts.get(at)).unwrap_or(&self.no_amount)
    }

    /// Names of the fields of a selection's downloads.
    pub(in crate::site) fn fields(&self, kind: CaseKind) -> &[String] {
        match kind {
            CaseKind::Penalty => &self.selection.penalty,
            CaseKind::Inspection => &self.selection.inspection,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Shelf;

    #[test]
    fn a_round_amount_stands_in_the_band_it_opens() {
        let form: ListForm = Shelf::embedded().load("forms/lists.yml").unwrap();
        let title = |yuan: i64| &*form.band(form.band_of(Some(Money::fen(yuan * FEN)))).title;
        assert_eq!(title(999), "不满1000元");
        assert_eq!(title(1000), "1000元以上不满1万元");
        assert_eq!(title(100_000), "10万元以上");
        assert_eq!(title(0), "没有罚没款");
        assert_eq!(form.band(form.band_of(None)).title, "没有罚没款");
    }
}
