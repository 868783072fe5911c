//! The dictionary of headers: `data/intake/columns.yml`, loaded once and cross-checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

use crate::clearance::record::{Field, Headers, TableKind};
use crate::diag::Failure;
use crate::law::{Day, Shelf};
use crate::vocab::Dictionary;

const FILE: &str = "intake/columns.yml";
/// Marks of a trade secret in a header.
const MARKS: [&str; 4] = ["【商业秘密】", "[商业秘密]", "（商业秘密）", "(商业秘密)"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnsFile {
    tables: Tables,
    ignored: Vec<String>,
    rows: RowWords,
    lists: Vec<String>,
    no_end: NoEnd,
    years: Years,
    fields: BTreeMap<Field, Names>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    penalties: Vec<Field>,
    inspections: Vec<Field>,
    orders: Vec<Field>,
}

/// First words of rows that are no case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RowWords {
    /// Sums.
    pub(super) totals: Vec<String>,
    /// Notes below the table.
    pub(super) notes: Vec<String>,
    /// Rows that number the columns.
    pub(super) numbering: Vec<String>,
}

/// How "no end" is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoEnd {
    /// Words for it.
    pub(super) words: Vec<String>,
    /// The day that means it.
    pub(super) day: Day,
}

/// Years a date may lie in.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Years {
    /// First.
    pub(super) first: i32,
    /// Last.
    pub(super) last: i32,
    /// First for birth dates.
    pub(super) first_of_birth: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    header: String,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    misspelt: Vec<String>,
    #[serde(default)]
    yuan: Vec<String>,
    #[serde(default)]
    no_unit: Vec<String>,
    #[serde(default)]
    second: Vec<String>,
}

/// The unit of a money column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Unit {
    /// 万元, the standard's unit.
    #[default]
    Wan,
    /// 元.
    Yuan,
    /// Its header does not say; each cell must.
    Unsaid,
}

/// What a header means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The field.
    pub(super) field: Field,
    /// Its unit, for money.
    pub(super) unit: Unit,
    /// Whether it is a further column of the field.
    pub(super) is_second: bool,
}

/// What the dictionary says of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A known column, and whether the header had to be put in order first.
    Known(Meaning, bool),
    /// A column that says nothing about a case.
    Ignored,
    /// Not known.
    Foreign,
}

/// The dictionary.
pub(super) struct Columns {
    exact: BTreeMap<String, Meaning>,
    folded: BTreeMap<String, Meaning>,
    unnumbered: BTreeMap<String, Meaning>,
    ignored: Vec<String>,
    tables: Tables,
    headers: Arc<Headers>,
    lists: Vec<String>,
    secret: Vec<String>,
    /// Rows that are no case.
    pub(super) rows: RowWords,
    /// How "no end" is written.
    pub(super) no_end: NoEnd,
    /// Years a date may lie in.
    pub(super) years: Years,
}

impl Columns {
    /// Loads the dictionary, and what the bureau says of its own columns.
    ///
    /// # Errors
    /// A field without headers, or a header that means two things.
    pub(super) fn load(shelf: &Shelf) -> Result<Self, Failure> {
        let file: ColumnsFile = shelf.load(FILE)?;
        let own: Dictionary = shelf.guarded_config(Dictionary::FILE)?.unwrap_or_default();
        let names = Field::ALL
            .iter()
            .map(|field| file.fields.get(field).map(|n| Arc::from(n.header.as_str())))
            .collect::<Option<Vec<Arc<str>>>>()
            .ok_or_else(|| broken("a field has no headers".into()))?;
        let mut columns = Self {
            exact: BTreeMap::new(),
            folded: BTreeMap::new(),
            unnumbered: BTreeMap::new(),
            ignored: file.ignored.iter().map(|h| fold(h)).collect(),
            tables: file.tables,
            headers: Arc::new(Headers::new(names)),
            lists: file.lists,
            secret: own.secret_columns.iter().map(|header| fold(header)).collect(),
            rows: file.rows,
            no_end: file.no_end,
            years: file.years,
        };
        for (field, names) in &file.fields {
            columns.learn(*field, names)?;
        }
        Ok(columns)
    }

    fn learn(&mut self, field: Field, names: &Names) -> Result<(), Failure> {
        let plain = Meaning { field, unit: Unit::Wan, is_second: false };
        let groups = [
            (&names.also, plain, true),
            (&names.misspelt, plain, false),
            (&names.yuan, Meaning { unit: Unit::Yuan, ..plain }, true),
            (&names.no_unit, Meaning { unit: Unit::Unsaid, ..plain }, true),
            (&names.second, Meaning { is_second: true, ..plain }, true),
        ];
        self.teach(&names.header, plain, true)?;
        for (headers, meaning, is_right) in groups {
            for header in headers {
                self.teach(header, meaning, is_right)?;
            }
        }
        Ok(())
    }

    fn teach(&mut self, header: &str, meaning: Meaning, is_right: bool) -> Result<(), Failure> {
        let folded = fold(header);
        let known = self.folded.insert(folded.clone(), meaning);
        if known.is_some_and(|other| other != meaning) {
            return Err(broken(format!("{header} means two fields")));
        }
        self.unnumbered.insert(without_number(&folded), meaning);
        if is_right {
            self.exact.insert(narrow(header), meaning);
        }
        Ok(())
    }

    /// What `header` means.
    pub(super) fn entry(&self, header: &str) -> Entry {
        let header = header.trim();
        if self.is_secret(header) {
            let secret = Meaning { field: Field::Secrets, unit: Unit::Wan, is_second: true };
            return Entry::Known(secret, false);
        }
        if let Some(meaning) = self.exact.get(&narrow(header)) {
            return Entry::Known(*meaning, false);
        }
        let folded = fold(header);
        if folded.is_empty() {
            return Entry::Foreign;
        }
        if self.ignored.contains(&folded) {
            return Entry::Ignored;
        }
        let found = self
            .folded
            .get(&folded)
            .or_else(|| self.unnumbered.get(&without_number(&folded)))
            .or_else(|| self.folded.get(without_remark(&folded)?));
        found.map_or(Entry::Foreign, |meaning| Entry::Known(*meaning, true))
    }

    /// Whether a column holds trade secrets, whatever else it may mean: the bureau says so, or the header
    /// carries the mark itself.
    fn is_secret(&self, header: &str) -> bool {
        MARKS.iter().any(|mark| header.contains(mark))
            || (!self.secret.is_empty() && self.secret.contains(&fold(header)))
    }

    /// The fields a table of this kind must have.
    pub(super) fn required(&self, table: TableKind) -> &[Field] {
        match table {
            TableKind::Penalties => &self.tables.penalties,
            TableKind::Inspections => &self.tables.inspections,
            TableKind::Orders => &self.tables.orders,
        }
    }

    /// Canonical headers, for places.
    pub(super) fn headers(&self) -> Arc<Headers> {
        Arc::clone(&self.headers)
    }

    /// Whether a YAML file may have its list under this key.
    pub(super) fn is_list(&self, key: &str) -> bool {
        self.lists.iter().any(|l| l == key)
    }
}

fn broken(message: String) -> Failure {
    Failure::Rule { file: FILE.into(), message }
}

/// A header with narrow brackets: which width an exporter writes is not worth a word.
fn narrow(header: &str) -> String {
    header.replace('（', "(").replace('）', ")")
}

/// A header in one form: compatibility forms resolved, no blanks, one kind of bracket, no star.
pub(super) fn fold(header: &str) -> String {
    header
        .nfkc()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '*' | '★'))
        .map(|c| match c {
            '[' | '【' | '〔' | '{' => '(',
            ']' | '】' | '〕' | '}' => ')',
            c => c.to_ascii_uppercase(),
        })
        .collect()
}

/// The header without the number after 代码: exporters number them differently.
fn without_number(folded: &str) -> String {
    match folded.split_once("代码") {
        Some((head, tail)) if tail.contains('(') => {
            format!(
                "{head}代码{}",
                tail.trim_start_matches(|c: char| c == '_' || c.is_ascii_digit())
            )
        }
        _ => folded.to_owned(),
    }
}

/// The header without a remark in brackets at its end, as in 处罚决定日期(必填).
fn without_remark(folded: &str) -> Option<&str> {
    let (head, remark) = folded.strip_suffix(')')?.rsplit_once('(')?;
    (!head.is_empty() && !remark.contains('元')).then_some(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Column;

    fn known(header: &str) -> Option<(Field, bool)> {
        let columns = Columns::load(&Shelf::embedded()).expect("the dictionary loads");
        match columns.entry(header) {
            Entry::Known(meaning, ordered) => Some((meaning.field, ordered)),
            Entry::Ignored | Entry::Foreign => None,
        }
    }

    #[test]
    fn every_canonical_header_means_its_field() {
        let columns = Columns::load(&Shelf::embedded()).expect("the dictionary loads");
        for field in Field::ALL {
            let meaning = Meaning { field: *field, unit: Unit::Wan, is_second: false };
            let Column::Known(header) = columns.headers().column(*field) else { continue };
            assert_eq!(columns.entry(&header), Entry::Known(meaning, false));
        }
    }

    #[test]
    fn headers_of_the_wild_are_known() {
        for (header, field) in [
            ("行政相对人代码＿1（统一社会信用代码）", Field::CreditCode),
            ("行政相对人代码_9(组织机构代码)", Field::OrganizationCode),
            ("行政相对人代码_4(税务登记号 ） ", Field::TaxNumber),
            ("没收违法所得、\n没收非法财务的金额(万元)", Field::Confiscated),
            ("处罚金额（万元）", Field::Fine),
            ("罚款金额 (万元)", Field::Fine),
            ("* 行政相对人名称", Field::Party),
            ("处罚决定日期（yyyy/MM/dd）", Field::DecidedOn),
            ("cf_wsh", Field::Number),
        ] {
            assert_eq!(known(header), Some((field, true)), "{header}");
        }
        assert_eq!(known("罚款金额(万元)"), Some((Field::Fine, false)));
        assert_eq!(known("CF_XDR_SFZ"), Some((Field::IdNumber, false)));
        assert_eq!(known("内部办案意见"), None);
        assert_eq!(known(""), None);
    }

    #[test]
    fn the_unit_of_a_money_column_is_its_headers() {
        let columns = Columns::load(&Shelf::embedded()).expect("the dictionary loads");
        let unit = |header| match columns.entry(header) {
            Entry::Known(meaning, _) => Some(meaning.unit),
            Entry::Ignored | Entry::Foreign => None,
        };
        assert_eq!(unit("罚款金额(万元)"), Some(Unit::Wan));
        assert_eq!(unit("罚款金额(元)"), Some(Unit::Yuan));
        assert_eq!(unit("罚款金额"), Some(Unit::Unsaid));
        assert_eq!(unit("罚款金额（美元）"), None);
        assert_eq!(columns.entry("序号"), Entry::Ignored);
    }
}
