//! Public wording that goes with the law: terms, remedies, legend of redaction, forms, field dictionary.
//! Everything stands in `data/forms/`, with its clause; nothing of it stands in this program's code.

use serde::{Deserialize, Serialize};

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::law::Shelf;

use super::export::CreditForm;
use super::lists::ListForm;

/// A term the site keeps, as the public reads it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Clock {
    /// Id of the term in `data/law/terms.yml`.
    pub(super) id: String,
    /// What must be done.
    pub(super) what: String,
    /// How many units.
    #[serde(default)]
    pub(super) length: Option<u32>,
    /// Unit in words.
    #[serde(default)]
    pub(super) unit: Option<String>,
    /// A fixed day in words, where there is one.
    #[serde(default)]
    pub(super) by: Option<String>,
    /// What starts it.
    pub(super) from: String,
    /// Clause.
    pub(super) cite: String,
}

/// One way to challenge a decision.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Remedy {
    length: u32,
    unit: String,
    from: String,
    cite: String,
}

/// The remedies printed with every decision.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Remedies {
    reconsideration: Remedy,
    lawsuit: Remedy,
    /// Clause that asks for takedown and reason.
    pub(super) takedown_cite: String,
}

/// What the public reads of a redaction rule.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct LegendRow {
    #[serde(default, skip_serializing)]
    rules: Vec<String>,
    /// What was left out.
    pub(super) zh: String,
    /// Clause.
    pub(super) cite: String,
}

/// The legend.
#[derive(Clone, Debug)]
pub(super) struct Legend {
    /// Named rows.
    pub(super) rows: Vec<LegendRow>,
    other: LegendRow,
}

impl Legend {
    /// The row for a rule id: the id itself, or the longest prefix that is a row's.
    pub(super) fn row(&self, rule: &str) -> &LegendRow {
        let fits = |p: &&String| {
            rule == p.as_str() || rule.strip_prefix(p.as_str()).is_some_and(|r| r.starts_with('-'))
        };
        let best = |row: &LegendRow| row.rules.iter().filter(fits).map(String::len).max();
        self.rows
            .iter()
            .filter_map(|r| best(r).map(|n| (n, r)))
            .max_by_key(|(n, _)| *n)
            .map_or(&self.other, |(_, r)| r)
    }
}

/// A part of every item of a service guide: a heading of the third level.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GuideHeading {
    /// The heading.
    title: String,
    /// Other words for it.
    #[serde(default)]
    also: Vec<String>,
    /// What must be said below it: of each row at least one of the words.
    #[serde(default)]
    says: Vec<Vec<String>>,
}

impl GuideHeading {
    /// Whether a heading is this one.
    pub(super) fn is_called(&self, title: &str) -> bool {
        title == self.title || self.also.iter().any(|other| title == other)
    }

    /// Whether a text says something, and all that this part must.
    pub(super) fn is_said_in(&self, text: &str) -> bool {
        let says = |words: &Vec<String>| words.iter().any(|word| text.contains(word.as_str()));
        !text.trim().is_empty() && self.says.iter().all(says)
    }
}

/// A column of 事前公开.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct BeforeColumn {
    /// Name in addresses.
    pub(super) slug: String,
    /// Title.
    pub(super) title: String,
    /// What it holds.
    pub(super) describes: String,
    /// Keywords.
    pub(super) keywords: String,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum FieldType {
    /// Text.
    #[default]
    Text,
    /// A day.
    Date,
    /// A whole number.
    Whole,
    /// An exact decimal number.
    Decimal,
    /// Several words.
    Words,
}

/// A field of the downloads.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Field {
    /// Name in JSON.
    pub(super) name: String,
    /// Header in CSV.
    pub(super) title: String,
    /// What its values are.
    #[serde(default, rename = "type")]
    pub(super) of: FieldType,
    /// Whether a record that is taken down or expired still has it.
    #[serde(default)]
    pub(super) kept: bool,
    /// Whether rows of natural persons may lack it by the bureau's choice.
    #[serde(default)]
    pub(super) personal: bool,
    /// What to know of it.
    pub(super) note: String,
}

/// The field dictionary.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Fields {
    penalty: Vec<Field>,
    inspection: Vec<Field>,
}

impl Fields {
    /// Fields of one kind's downloads.
    pub(super) fn of(&self, kind: CaseKind) -> &[Field] {
        match kind {
            CaseKind::Penalty => &self.penalty,
            CaseKind::Inspection => &self.inspection,
        }
    }
}

/// All of it.
#[derive(Clone, Debug)]
pub(super) struct Forms {
    /// How lists are divided.
    pub(super) lists: ListForm,
    /// Terms.
    pub(super) clocks: Vec<Clock>,
    /// Remedies.
    pub(super) remedies: Remedies,
    /// Legend of redaction.
    pub(super) legend: Legend,
    /// Columns of 事前公开.
    pub(super) columns: Vec<BeforeColumn>,
    /// What each item of a service guide must say.
    pub(super) guide: Vec<GuideHeading>,
    /// Field dictionary.
    pub(super) fields: Fields,
    /// The credit system's sheet.
    pub(super) credit: CreditForm,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum LegendEntry {
    Row(LegendRow),
    Other { other: LegendRow },
}

impl Forms {
    /// Loads the forms from the site root or the binary.
    ///
    /// # Errors
    /// A missing or broken form.
    pub(super) fn load(shelf: &Shelf) -> Result<Self, Failure> {
        Ok(Self {
            clocks: shelf.load("forms/clocks.yml")?,
            remedies: shelf.load("forms/remedies.yml")?,
            legend: legend(shelf.load("forms/legend.yml")?)?,
            columns: shelf.load("forms/columns.yml")?,
            guide: shelf.load("forms/guide.yml")?,
            fields: shelf.load("forms/open-data.yml")?,
            lists: shelf.load("forms/lists.yml")?,
            credit: shelf.load("forms/credit.yml")?,
        })
    }

    /// The term with this id.
    pub(super) fn clock(&self, id: &str) -> Option<&Clock> {
        self.clocks.iter().find(|c| c.id == id)
    }
}

fn legend(entries: Vec<LegendEntry>) -> Result<Legend, Failure> {
    let (mut rows, mut rest) = (Vec::new(), None);
    for entry in entries {
        match entry {
            LegendEntry::Row(row) => rows.push(row),
            LegendEntry::Other { other } => rest = Some(other),
        }
    }
    let other = rest.ok_or_else(|| rule("forms/legend.yml", "needs a row `other`"))?;
    Ok(Legend { rows, other })
}

fn rule(file: &str, message: &str) -> Failure {
    Failure::Rule { file: file.into(), message: message.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_load_and_rules_find_their_words() {
        let forms = Forms::load(&Shelf::embedded()).unwrap();
        assert_eq!(forms.columns.len(), 11);
        assert_eq!(forms.legend.row("id-number").zh, "身份证件号码");
        assert_eq!(forms.legend.row("phone-label").zh, "电话号码");
        assert_eq!(forms.legend.row("never-heard-of").zh, "其他依法不予公开的内容");
    }

    #[derive(Deserialize)]
    struct LawTerm {
        id: String,
        #[serde(default)]
        length: Option<u32>,
    }

    #[test]
    fn public_terms_are_the_laws_terms() {
        let text = Shelf::embedded().text("law/terms.yml").expect("readable").expect("terms");
        let terms: Vec<LawTerm> = crate::law::parse_rules("law/terms.yml", &text).expect("terms");
        let forms = Forms::load(&Shelf::embedded()).unwrap();
        for clock in forms.clocks.iter().filter(|c| c.length.is_some()) {
            let law = terms.iter().find(|t| t.id == clock.id);
            assert_eq!(law.and_then(|t| t.length), clock.length, "{}", clock.id);
        }
        let Remedies { reconsideration, lawsuit, .. } = &forms.remedies;
        for (id, remedy) in [("reconsideration", reconsideration), ("lawsuit", lawsuit)] {
            let law = terms.iter().find(|t| t.id == id);
            assert_eq!(law.and_then(|t| t.length), Some(remedy.length), "{id}");
        }
    }

    #[derive(Deserialize)]
    struct RuleRow {
        id: String,
    }

    #[derive(Deserialize)]
    struct RuleRows {
        rules: Vec<RuleRow>,
    }

    #[test]
    fn every_redaction_rule_has_its_words() {
        let text = Shelf::embedded().text("redact/policy.yml").expect("readable").expect("rules");
        let rows = crate::law::parse_rules::<Vec<RuleRow>>("redact/policy.yml", &text)
            .or_else(|_| crate::law::parse_rules::<RuleRows>("", &text).map(|r| r.rules))
            .unwrap();
        let forms = Forms::load(&Shelf::embedded()).unwrap();
        for row in rows {
            let words = forms.legend.row(&row.id);
            assert_ne!(words, &forms.legend.other, "{} needs a row in forms/legend.yml", row.id);
        }
    }
}
