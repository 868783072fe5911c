//! The public half of the restricted sheet: the rows and cells of the public one, in its order. What the ledger does not
//! hold stays a gap; `clearance` fills it from the drops and writes the file, so that nothing private comes up here.

use serde::Deserialize;

use crate::clearance::{Disclosure, RestrictedColumn, RestrictedRow, RestrictedSheet, Whose};
use crate::law::{Cite, Day, Law};
use crate::ledger::Standing;

use super::super::super::Press;
use super::super::super::downloads::disarmed;
use super::{Column, Source, value};

/// Who gets the sheet, and by what law.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Restricted {
    receiver: String,
    receiver_en: String,
    cites: Vec<Cite>,
}

/// Who gets the restricted sheet, and by what law, in words.
pub(crate) struct Receiver {
    /// In Chinese and English.
    pub(crate) name: (String, String),
    /// Clauses in Chinese and English.
    pub(crate) basis: (String, String),
}

impl Press {
    /// Who gets the restricted sheet.
    pub(crate) fn receiver(&self, law: &Law) -> Receiver {
        let form = &self.forms.credit.restricted;
        let cited = |one: &dyn Fn(&Cite) -> String, between: &str| {
            form.cites.iter().map(one).collect::<Vec<_>>().join(between)
        };
        Receiver {
            name: (form.receiver.clone(), form.receiver_en.clone()),
            basis: (cited(&|c| law.cite_zh(c), "、"), cited(&|c| law.cite_en(c), "; ")),
        }
    }

    /// The row of a published penalty, with its day; nothing of any other case.
    pub(crate) fn restricted_row(&self, case: &Standing) -> Option<(Day, RestrictedRow)> {
        let disclosure = case.disclosure.as_ref()?;
        let Disclosure::Penalty(p) = disclosure else { return None };
        let cell = |column: &Column| value(column, p, (case, &self.bureau)).sheet;
        let cells = self.forms.credit.columns.iter().map(cell).collect();
        let (key, whose) = (case.key.clone(), Whose::of(disclosure)?);
        Some((*p.decided_on(), RestrictedRow { key, whose, cells }))
    }

    /// The sheet of these rows, in the order of the public one.
    pub(crate) fn restricted_sheet(
        &self,
        mut rows: Vec<(Day, RestrictedRow)>,
        year: Option<i32>,
        receiver: &Receiver,
    ) -> RestrictedSheet {
        let form = &self.forms.credit;
        rows.sort_by(|a, b| (a.0, &a.1.cells).cmp(&(b.0, &b.1.cells)));
        let is_gap = |from: Source| matches!(from, Source::Unheld | Source::Identity);
        let column = |column: &Column| RestrictedColumn {
            title: column.title.clone(),
            code: column.code.clone(),
            length: column.length,
            is_gap: is_gap(column.from),
        };
        let sentences = vec![
            format!("{}（{}，{} 栏，受限）", form.title, form.version, form.columns.len()),
            format!("报送单位：{}　数据截至 {}　共 {} 行", self.bureau.name, self.today, rows.len()),
            format!("本表含个人信息，只报送给{}；不得公开，报送后删除。", receiver.name.0),
            format!("依据：{}。", receiver.basis.0),
            "证件类型、证件号码、登记号码、法定代表人取自办案批次，只填与公示内容一致的记录；其余各栏与公示的表逐字相同。".into(),
        ];
        let year = year.map_or_else(String::new, |year| format!("-{year}"));
        RestrictedSheet {
            name: format!("chufa-{}{year}", form.version),
            title: "行政处罚".into(),
            columns: form.columns.iter().map(column).collect(),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            sentences,
            made_on: self.today,
            disarmed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::CreditForm;
    use super::*;
    use crate::law::Shelf;

    #[test]
    fn who_gets_the_sheet_rests_on_clauses_that_are_in_the_books() {
        let shelf = Shelf::embedded();
        let form: CreditForm = shelf.load("forms/credit.yml").expect("the form");
        let law = Law::load(&shelf, &[]).expect("the law");
        assert!(!form.restricted.cites.is_empty() && !form.restricted.receiver.is_empty());
        for cite in &form.restricted.cites {
            assert!(law.gist(cite).is_some(), "{}", law.cite_zh(cite));
        }
    }
}
