//! The credit system's sheet of penalties (双公示): thirty columns, out of what stands published and of nothing else.
//!
//! It holds no identity number: the ledger has none. What the sheet asks for and the ledger does not hold stays
//! empty and is counted, so that whoever files the sheet knows what to add.

mod restricted;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::clearance::{Disclosure, PenaltyDisclosure};
use crate::diag::Failure;
use crate::law::Day;
use crate::ledger::Standing;
use crate::vocab::{Bureau, CreditCode, Money, PartyKind, PenaltyKind};

use super::super::downloads::{BOM, csv_line, own_code};
use super::super::view::kinds;
use super::super::workbook::{self, workbook};
use super::super::{Page, Press};
use super::{Content, Statement, document};
use restricted::Restricted;

pub(crate) use restricted::Receiver;

/// What an individual business without a code of its own writes into the code's column: the standard says so.
const NO_CODE: &str = "00000000000000000X";

/// The form: `data/forms/credit.yml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::site) struct CreditForm {
    version: String,
    title: String,
    columns: Vec<Column>,
    restricted: Restricted,
}

/// One column of the sheet.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    title: String,
    code: String,
    /// Most characters that the systems take.
    length: usize,
    needed: Needed,
    from: Source,
}

/// When a column must be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Needed {
    Always,
    Organization,
    Business,
    Person,
    Fine,
    Confiscation,
    Permit,
    No,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Source {
    Party,
    PartyKind,
    CreditCode,
    Number,
    Violation,
    Facts,
    Basis,
    Kinds,
    Content,
    Fine,
    Confiscated,
    Permit,
    DecidedOn,
    ValidUntil,
    Until,
    Organ,
    OrganCode,
    Bureau,
    BureauCode,
    /// The ledger does not hold it.
    Unheld,
    /// It is never public.
    Identity,
}

/// A value: as the sheet has it, and as the site tells it where the site does.
#[derive(Default)]
struct Value {
    sheet: String,
    told: Option<String>,
    /// Whether only the record beside the page tells it.
    in_record: bool,
}

impl Value {
    /// The same in both.
    fn same(text: &str) -> Self {
        Self { sheet: text.to_owned(), told: Some(text.to_owned()), in_record: false }
    }

    fn of<T: ToString>(value: Option<T>) -> Self {
        value.map(|value| Self::same(&value.to_string())).unwrap_or_default()
    }

    /// What the standard or the bureau's own file says, which is not told of the case.
    fn fixed(text: &str) -> Self {
        Self { sheet: text.to_owned(), ..Self::default() }
    }

    fn day(day: Option<Day>) -> Self {
        let Some(day) = day else { return Self::default() };
        let sheet = format!("{:04}/{:02}/{:02}", day.year(), day.month(), day.day_of_month());
        Self { sheet, told: Some(day.to_string()), in_record: false }
    }

    /// What of it the site must tell, too; to be asked once.
    fn statement(&mut self, column: &Column) -> Option<Statement> {
        let text = self.told.take()?;
        Some(Statement { what: column.title.clone(), text, in_record: self.in_record })
    }

    fn wan(amount: Option<Money>) -> Self {
        let Some(amount) = amount else { return Self::default() };
        Self { sheet: amount.wan_text(), told: Some(amount.yuan_text()), in_record: false }
    }
}

/// The sheet while it is filled.
pub(crate) struct CreditSheet<'p> {
    form: &'p CreditForm,
    bureau: &'p Bureau,
    today: Day,
    rows: Vec<(Day, Vec<String>)>,
    gaps: BTreeMap<usize, u64>,
    long: BTreeMap<usize, u64>,
}

/// A column of which something is to be said, with the number of rows.
#[derive(Debug, serde::Serialize)]
pub(crate) struct ColumnNote {
    /// Its title.
    pub(crate) column: String,
    /// Of how many rows.
    pub(crate) rows: u64,
}

impl Press {
    /// An empty sheet.
    pub(crate) fn credit_sheet(&self) -> CreditSheet<'_> {
        CreditSheet {
            form: &self.forms.credit,
            bureau: &self.bureau,
            today: self.today,
            rows: Vec::new(),
            gaps: BTreeMap::new(),
            long: BTreeMap::new(),
        }
    }

    /// The filled columns of a published penalty by their codes; nothing of any other case.
    pub(super) fn content_of_penalty(&self, case: &Standing) -> Content<'_> {
        let mut content = Content { statements: Vec::new(), record: Vec::new() };
        let Some(Disclosure::Penalty(p)) = &case.disclosure else { return content };
        for column in &self.forms.credit.columns {
            let mut value = value(column, p, (case, &self.bureau));
            content.statements.extend(value.statement(column));
            if !value.sheet.is_empty() {
                content.record.push((&column.code, &column.title, value.sheet));
            }
        }
        content
    }
}

impl CreditSheet<'_> {
    /// Adds a published penalty; says what of it the site must tell, too. Any other case adds nothing.
    pub(crate) fn add(&mut self, case: &Standing) -> Vec<Statement> {
        let Some(Disclosure::Penalty(p)) = &case.disclosure else { return Vec::new() };
        let (mut row, mut statements) = (Vec::new(), Vec::new());
        for (at, column) in self.form.columns.iter().enumerate() {
            let mut value = value(column, p, (case, self.bureau));
            let lacks = value.sheet.is_empty() && column.from != Source::Identity;
            if lacks && is_needed(column.needed, p) {
                *self.gaps.entry(at).or_default() += 1;
            }
            if value.sheet.chars().count() > column.length {
                *self.long.entry(at).or_default() += 1;
            }
            statements.extend(value.statement(column));
            row.push(value.sheet);
        }
        self.rows.push((*p.decided_on(), row));
        statements
    }

    /// How many rows it has.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Columns that must be filled and are not, though they are not about identity.
    pub(crate) fn gaps(&self) -> Vec<ColumnNote> {
        self.notes(&self.gaps)
    }

    /// Columns with values that are longer than systems take.
    pub(crate) fn too_long(&self) -> Vec<ColumnNote> {
        self.notes(&self.long)
    }

    fn notes(&self, counts: &BTreeMap<usize, u64>) -> Vec<ColumnNote> {
        let note = |(at, rows): (&usize, &u64)| {
            let column = self.form.columns.get(*at)?.title.clone();
            Some(ColumnNote { column, rows: *rows })
        };
        counts.iter().filter_map(note).collect()
    }

    /// The sheet as CSV and as a workbook, in the order of decisions.
    ///
    /// # Errors
    /// Never for the forms of this program.
    pub(crate) fn documents(mut self, year: Option<i32>) -> Result<Vec<Page>, Failure> {
        self.rows.sort();
        let titles: Vec<String> = self.form.columns.iter().map(|c| c.title.clone()).collect();
        let name = match year {
            Some(year) => format!("shuanggongshi/chufa-{}-{year}", self.form.version),
            None => format!("shuanggongshi/chufa-{}", self.form.version),
        };
        let sentences = self.sentences();
        let texts = u16::try_from(titles.len()).unwrap_or(u16::MAX);
        let lines: Vec<Vec<String>> =
            std::iter::once(titles).chain(self.rows.into_iter().map(|(_, row)| row)).collect();
        let mut csv = BOM.as_bytes().to_vec();
        for line in &lines {
            csv.extend(csv_line(line)?);
        }
        let title = String::new(); // The platforms read the header from the first row.
        let sheet = workbook::Sheet { name: "行政处罚", title, texts, lines };
        let book = workbook(self.today, &[sheet], ("说明", &sentences))?;
        Ok(vec![document(format!("{name}.csv"), csv), document(format!("{name}.xlsx"), book)])
    }

    fn sentences(&self) -> Vec<String> {
        let mut said = vec![
            format!("{}（{}，{} 栏）", self.form.title, self.form.version, self.form.columns.len()),
            format!("报送单位：{}　数据截至 {}　共 {} 行", self.bureau.name, self.today, self.len()),
            "本表由公示网站的同一份数据生成，与网站逐项一致；撤下、期满、不再公示的案件不在表中。".into(),
            "本表不含任何证件号码；自然人姓名与网站相同，已按规则处理。平台要求证件号码的，另行写出受限表（export credit --restricted）报送。".into(),
            "金额单位为万元，最多六位小数；日期写作 年/月/日。".into(),
        ];
        for (zh, notes) in [("应填而空缺", self.gaps()), ("超过所见字段长度", self.too_long())]
        {
            said.extend(notes.into_iter().map(|n| format!("{zh}：{}　{} 行", n.column, n.rows)));
        }
        said
    }
}

fn is_needed(needed: Needed, p: &PenaltyDisclosure) -> bool {
    let has = |kind: PenaltyKind| p.kinds().contains(&kind);
    match needed {
        Needed::Always => true,
        Needed::Organization => *p.party_kind() == PartyKind::Organization,
        Needed::Business => {
            *p.party_kind() == PartyKind::IndividualBusiness
                && own_code(p.credit_code().as_ref()).is_none()
        }
        Needed::Person => *p.party_kind() == PartyKind::NaturalPerson,
        Needed::Fine => has(PenaltyKind::Fine),
        Needed::Confiscation => {
            has(PenaltyKind::ConfiscatedGains) || has(PenaltyKind::ConfiscatedProperty)
        }
        Needed::Permit => has(PenaltyKind::PermitSuspended) || has(PenaltyKind::PermitRevoked),
        Needed::No => false,
    }
}

fn value(column: &Column, p: &PenaltyDisclosure, (case, bureau): (&Standing, &Bureau)) -> Value {
    let words = |text: Option<&str>| Value::of(text);
    match column.from {
        Source::Party => words(Some(p.party().as_str())),
        Source::PartyKind => words(Some(p.party_kind().zh())),
        Source::CreditCode => code(p),
        Source::Number => words(Some(p.number().as_str())),
        Source::Violation => words(Some(p.violation().as_str())),
        Source::Facts => words(Some(p.facts().as_str())),
        Source::Basis => words(Some(p.basis().as_str())),
        Source::Kinds => Value::same(&kinds(p.kinds())),
        Source::Content => words(Some(p.content().as_str())),
        Source::Fine => Value::wan(*p.fine()),
        Source::Confiscated => Value::wan(*p.confiscated()),
        Source::Permit => words(p.permit().as_ref().map(|text| text.as_str())),
        Source::DecidedOn => Value::day(Some(*p.decided_on())),
        Source::ValidUntil => Value::day(*p.valid_until()),
        Source::Until => Value::day(case.until),
        Source::Organ => words(Some(p.organ().as_str())),
        Source::OrganCode => Value { in_record: true, ..Value::of(p.organ_code().as_ref()) },
        Source::Bureau => Value::fixed(&bureau.name),
        Source::BureauCode => {
            Value::fixed(bureau.credit_code.as_ref().map_or("", CreditCode::as_str))
        }
        Source::Unheld | Source::Identity => Value::default(),
    }
}

/// The party's own code; for an individual business without one what the standard prescribes.
fn code(p: &PenaltyDisclosure) -> Value {
    match (own_code(p.credit_code().as_ref()), p.party_kind()) {
        (Some(code), PartyKind::Organization | PartyKind::IndividualBusiness) => {
            Value::same(code.as_str())
        }
        (None, PartyKind::IndividualBusiness) => Value::fixed(NO_CODE),
        (None, PartyKind::Organization) | (_, PartyKind::NaturalPerson) => Value::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Shelf;

    #[test]
    fn the_form_has_thirty_columns_and_each_code_once() {
        let form: CreditForm = Shelf::embedded().load("forms/credit.yml").expect("the form");
        let codes: std::collections::BTreeSet<&str> =
            form.columns.iter().map(|c| c.code.as_str()).collect();
        assert_eq!((form.columns.len(), codes.len()), (30, 30));
        let identity = form.columns.iter().filter(|c| c.from == Source::Identity);
        let titles: Vec<&str> = identity.map(|c| c.title.as_str()).collect();
        assert_eq!(titles, ["法定代表人证件类型", "法定代表人证件号码", "证件类型", "证件号码"]);
        assert!(CreditCode::parse(NO_CODE).is_some_and(|code| code.is_placeholder()));
    }
}
