//! A table of the annual report beside that of penalties: its columns and what must add up, as data.
//!
//! It knows no figure: those are counted or entered elsewhere.

use serde::Deserialize;

use crate::diag::{Failure, SafeWord};
use crate::law::Shelf;

use super::{ExtraFigure, Money, StatisticsForm};

/// File of the tables on the shelf.
const FILE: &str = "forms/annual-tables.yml";
/// What stands where nobody counted or entered a figure.
pub(crate) const UNCOUNTED: &str = "未统计";

/// What a column holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FigureKind {
    /// A number of cases.
    #[default]
    Count,
    /// An amount in 万元, kept in fen.
    Money,
}

/// A figure that the ledger can count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LedgerFigure {
    /// Random inspections with a result in the year.
    RandomInspections,
}

/// A column.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnnualColumn {
    /// Id, as in `applied`.
    id: String,
    /// Title as printed.
    pub(crate) title: String,
    #[serde(default)]
    kind: FigureKind,
    /// What of the ledger it counts.
    #[serde(default)]
    pub(crate) ledger: Option<LedgerFigure>,
}

/// How two sums of columns relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Bond {
    /// They are equal, or a figure is wrong.
    Equals,
    /// The left is usually not more than the right.
    AtMost,
}

/// A relation of columns, by their ids.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Relation {
    left: Vec<String>,
    /// How they relate.
    pub(crate) bond: Bond,
    right: Vec<String>,
}

/// A table, checked: its relations name its columns.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnnualTable {
    /// Id, as in `licences`.
    pub(crate) id: String,
    /// Short name, as in 行政许可.
    pub(crate) name: String,
    /// Title as printed.
    pub(crate) title: String,
    /// Unit of its counts.
    pub(crate) unit: String,
    /// Its columns.
    pub(crate) columns: Vec<AnnualColumn>,
    /// What must add up.
    #[serde(default)]
    pub(crate) relations: Vec<Relation>,
    /// Counting rules, in words.
    #[serde(default)]
    pub(crate) rules: Vec<String>,
}

impl AnnualTable {
    /// The tables that a form names, in its order.
    ///
    /// # Errors
    /// The file is broken, or the form names a table that is not there.
    pub(crate) fn of_form(shelf: &Shelf, form: &StatisticsForm) -> Result<Vec<Self>, Failure> {
        let all: Vec<Self> = shelf.load(FILE)?;
        if let Some(message) = all.iter().find_map(Self::fault) {
            return Err(Failure::Rule { file: FILE.into(), message });
        }
        let named = |id: &String| {
            all.iter().find(|table| table.id == *id).cloned().ok_or_else(|| Failure::Rule {
                file: format!("forms/statistics-{}.yml", form.id),
                message: format!("tables: {FILE} has no table {id}"),
            })
        };
        form.tables.iter().map(named).collect()
    }

    /// The columns of the table of penalties that the ledger never knows, as a table of its own; `None`
    /// where the form asks for none.
    pub(crate) fn of_penalties(form: &StatisticsForm) -> Option<Self> {
        let entered = form.extra.iter().filter(|c| c.figure.is_entered());
        let columns: Vec<AnnualColumn> = entered
            .map(|c| AnnualColumn {
                id: c.figure.id().into(),
                title: c.title.clone(),
                kind: FigureKind::Count,
                ledger: None,
            })
            .collect();
        let has = |figure: ExtraFigure| columns.iter().any(|c| c.id == figure.id());
        let (part, whole) = (ExtraFigure::Accepted, ExtraFigure::Transferred);
        let relation = || Relation {
            left: vec![part.id().into()],
            bond: Bond::AtMost,
            right: vec![whole.id().into()],
        };
        let relations = (has(part) && has(whole)).then(relation).into_iter().collect();
        (!columns.is_empty()).then(|| Self {
            id: "penalties".into(),
            name: "行政处罚".into(),
            title: form.title.clone(),
            unit: "宗".into(),
            columns,
            relations,
            rules: Vec::new(),
        })
    }

    fn fault(&self) -> Option<String> {
        let sides = self.relations.iter().flat_map(|r| r.left.iter().chain(&r.right));
        let mut strangers = sides.filter(|id| self.columns.iter().all(|c| c.id != **id));
        let twice =
            self.columns.iter().enumerate().find(|(at, c)| {
                self.columns[..*at].iter().any(|o| o.id == c.id || o.title == c.title)
            });
        strangers
            .next()
            .map(|id| format!("{}: a relation names {id}, which is no column", self.id))
            .or_else(|| twice.map(|(_, c)| format!("{}: {} stands twice", self.id, c.id)))
    }

    /// Whether this is its id, its name or its title.
    pub(crate) fn is_called(&self, word: &str) -> bool {
        [&self.id, &self.name, &self.title].iter().any(|own| *own == word)
    }

    /// The place of the column with this id or title.
    pub(crate) fn column_at(&self, word: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.id == word || c.title == word)
    }

    /// Reads a figure of a column; `None` where it is not of the form it must have.
    pub(crate) fn read(&self, at: usize, text: &str) -> Option<i64> {
        match self.columns.get(at)?.kind {
            FigureKind::Money => Money::wan(text).map(Money::as_fen),
            FigureKind::Count => {
                let digits = text.bytes().all(|b| b.is_ascii_digit()) && text.len() <= 12;
                digits.then(|| text.parse().ok())?
            }
        }
    }

    /// A figure of a column as it is printed.
    pub(crate) fn text(&self, at: usize, figure: i64) -> String {
        match self.columns.get(at).map(|c| c.kind) {
            Some(FigureKind::Money) => Money::fen(figure).wan_text(),
            _ => figure.to_string(),
        }
    }

    /// Whether a relation holds of a row; `None` where a figure is unknown.
    pub(crate) fn holds(&self, relation: &Relation, row: &[Option<i64>]) -> Option<bool> {
        let figure = |id: &String| row.get(self.column_at(id)?).copied().flatten();
        let sum = |ids: &[String]| ids.iter().try_fold(0_i64, |n, id| n.checked_add(figure(id)?));
        let (left, right) = (sum(&relation.left)?, sum(&relation.right)?);
        Some(match relation.bond {
            Bond::Equals => left == right,
            Bond::AtMost => left <= right,
        })
    }

    /// A figure of a column, for a finding.
    pub(crate) fn word(&self, at: usize, figure: i64) -> TableWord {
        TableWord(self.text(at, figure))
    }

    /// A relation in words.
    pub(crate) fn words(&self, relation: &Relation) -> TableWord {
        let side = |ids: &[String]| {
            let places = ids.iter().filter_map(|id| self.column_at(id));
            let titles: Vec<&str> = places.map(|at| self.columns[at].title.as_str()).collect();
            titles.join(" ＋ ")
        };
        let bond = match relation.bond {
            Bond::Equals => "＝",
            Bond::AtMost => "≤",
        };
        TableWord(format!("{} {bond} {}", side(&relation.left), side(&relation.right)))
    }
}

/// A title or a figure of a table, which may stand in a finding: it comes of the rules or was read as a
/// number.
#[derive(Clone, Debug)]
pub(crate) struct TableWord(String);

impl std::fmt::Display for TableWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl SafeWord for TableWord {}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(form: &str, id: &str) -> AnnualTable {
        let shelf = Shelf::embedded();
        let form = StatisticsForm::load(&shelf, form).expect("a form");
        let tables = AnnualTable::of_form(&shelf, &form).expect("tables");
        tables.into_iter().find(|t| t.id == id).expect("the table")
    }

    fn verdicts(table: &AnnualTable, row: &[i64]) -> Vec<Option<bool>> {
        let row: Vec<Option<i64>> = row.iter().copied().map(Some).collect();
        table.relations.iter().map(|r| table.holds(r, &row)).collect()
    }

    #[test]
    fn every_embedded_form_names_tables_that_are_there() {
        let shelf = Shelf::embedded();
        for id in StatisticsForm::ids(&shelf).expect("ids") {
            let form = StatisticsForm::load(&shelf, &id).expect("a form");
            assert!(AnnualTable::of_form(&shelf, &form).expect("tables").len() >= 3, "{id}");
        }
        let all: Vec<AnnualTable> = shelf.load(FILE).expect("tables");
        assert!(all.iter().any(|t| t.id == "appeals") && all.iter().all(|t| t.fault().is_none()));
    }

    // Licences of three printed tables (domain 4.4), figures only.
    #[test]
    fn printed_tables_of_licences_add_up() {
        let licences = table("a", "licences");
        assert_eq!(verdicts(&licences, &[2207, 2207, 2207, 0, 0]), [Some(true); 2]);
        assert_eq!(verdicts(&licences, &[26569, 26569, 26462, 102, 5]), [Some(true); 2]);
        // The fourth does not print how many were revoked: its relations do not ask.
        let row = [Some(8131), Some(7975), Some(7417), Some(314), None];
        assert!(licences.relations.iter().all(|r| licences.holds(r, &row) == Some(true)));
        assert_eq!(verdicts(&licences, &[2207, 2208, 2207, 2, 0]), [Some(false); 2]);
    }

    #[test]
    fn what_is_unknown_is_neither_right_nor_wrong() {
        let compulsion = table("e", "compulsion");
        let mut row = vec![Some(1); 11];
        row.push(Some(11));
        let sum = &compulsion.relations[0];
        assert_eq!(compulsion.holds(sum, &row), Some(true));
        row[11] = Some(12);
        assert_eq!(compulsion.holds(sum, &row), Some(false));
        row[2] = None;
        assert_eq!(compulsion.holds(sum, &row), None);
    }

    #[test]
    fn a_printed_row_of_handed_over_cases_adds_up() {
        let form = StatisticsForm::load(&Shelf::embedded(), "e").expect("a form");
        let entered = AnnualTable::of_penalties(&form).expect("columns");
        assert_eq!(verdicts(&entered, &[0, 6, 6]), [Some(true)]);
        assert_eq!(verdicts(&entered, &[0, 6, 7]), [Some(false)]);
        let form = StatisticsForm::load(&Shelf::embedded(), "a").expect("a form");
        assert!(AnnualTable::of_penalties(&form).is_none());
    }

    #[test]
    fn figures_are_whole_or_exact() {
        let acts = table("e", "acts");
        let levied = acts.column_at("征收总金额（万元）").expect("the column");
        assert_eq!(acts.read(levied, "12.3456"), Some(12_345_600));
        assert_eq!(acts.text(levied, 12_345_600), "12.3456");
        assert_eq!(acts.read(0, "12"), Some(12));
        for wrong in ["-1", "1.5", "", "1,000", "一", "９"] {
            assert_eq!(acts.read(0, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_table_that_contradicts_itself_is_refused() {
        let mut licences = table("e", "licences");
        licences.relations[0].left = vec!["nothing".into()];
        assert!(licences.fault().is_some_and(|m| m.contains("nothing")));
        let mut licences = table("e", "licences");
        licences.columns[1].title = licences.columns[0].title.clone();
        assert!(licences.fault().is_some());
    }
}
