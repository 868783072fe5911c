//! Records as tables: each row tells one thing of a case, as a spreadsheet exports it. They become the
//! same records as those of a YAML file and meet the same checks.

mod cells;
mod form;
mod rows;

use std::collections::BTreeMap;

use crate::clearance::intake::{SideFile, SideTable};
use crate::diag::{Column, Finding, Findings, Note, Place};
use crate::vocab::DecisionNumber;

use super::model::{Case, Number};
use cells::{Fault, Row};
pub(in crate::clearance) use form::Form;
use form::{Head, Kind, Meaning};
use rows::Draft;

/// The check of the form.
const BAD: &str = "bad-process-records";
/// More faults of one file say nothing new.
const MOST: usize = 30;

/// A case of the tables: which of its file, where it begins, what it says.
pub(super) type Numbered = (usize, Place, Case);

/// The cases of all tables of a drop.
///
/// # Errors
/// Faults; each names the cell.
pub(super) fn cases(
    files: &[SideFile],
    form: &Form,
    findings: &mut Findings,
) -> Result<Vec<Numbered>, Vec<Finding>> {
    let mut faults = Vec::new();
    let mut layouts = Vec::new();
    for table in files.iter().flat_map(|file| &file.tables) {
        match lay_out(table, form, findings) {
            Ok(columns) => layouts.push((table, columns)),
            Err(fault) => faults.push(*fault),
        }
    }
    let mut drafts = Drafts::default();
    let mut rows = Vec::new();
    for (table, columns) in &layouts {
        for row in &table.rows {
            match drafts.enter(Row::new(form, columns, row), form) {
                Ok(entered) => rows.extend(entered),
                Err(fault) => faults.push(*fault),
            }
        }
    }
    // Rows build on each other, wherever they stand: first what happened, then what is told of it.
    rows.sort_by_key(|(kind, ..)| *kind);
    for (kind, case, row) in rows {
        if let Some(draft) = drafts.all.get_mut(case)
            && let Err(fault) = draft.take(kind, &row)
        {
            faults.push(*fault);
        }
    }
    faults.truncate(MOST);
    if faults.is_empty() { Ok(drafts.finish()) } else { Err(faults) }
}

/// Which column is where.
fn lay_out(
    table: &SideTable,
    form: &Form,
    findings: &mut Findings,
) -> Result<BTreeMap<Head, usize>, Fault> {
    let mut columns = BTreeMap::new();
    let place = |index: usize| {
        let number = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
        table.place.at(Column::Foreign(number))
    };
    for (index, header) in table.header.iter().enumerate() {
        match form.meaning(header) {
            Meaning::Head(head) => {
                if columns.insert(head, index).is_some() {
                    let note = Note::new("表头重复出现", "the header occurs more than once");
                    return Err(Box::new(
                        Finding::new("unknown-columns", place(index)).noted(note),
                    ));
                }
            }
            Meaning::Ignored => {}
            Meaning::Foreign => findings.push(Finding::new("unknown-column", place(index))),
        }
    }
    for head in [Head::Kind, Head::Number] {
        if !columns.contains_key(&head) {
            let column = Column::Known(form.header(head).into());
            return Err(Box::new(Finding::new("unknown-columns", table.place.at(column))));
        }
    }
    Ok(columns)
}

/// Cases in the order of their first rows.
#[derive(Default)]
struct Drafts {
    all: Vec<Draft>,
    by_number: BTreeMap<String, usize>,
    in_file: BTreeMap<String, usize>,
}

impl Drafts {
    /// The case of a row; `None` for a sum or a note below the table.
    fn enter<'t>(
        &mut self,
        row: Row<'t>,
        form: &Form,
    ) -> Result<Option<(Kind, usize, Row<'t>)>, Fault> {
        let kind = row.raw(Head::Kind).and_then(|word| form.kind(word));
        let Some(text) = row.raw(Head::Number) else {
            let is_note = kind.is_none() && row.is_lone();
            let fault = || row.fault(Head::Number, "没有填写", "nothing is written");
            return if is_note { Ok(None) } else { Err(fault()) };
        };
        let kind = kind
            .ok_or_else(|| row.fault(Head::Kind, "没有这一类行", "there is no such kind of row"))?;
        let number = DecisionNumber::parse(text)
            .map_err(|_| row.fault(Head::Number, "不是决定书文号", "it is no decision number"))?;
        let next = self.all.len();
        let case = *self.by_number.entry(number.as_str().to_owned()).or_insert(next);
        if case == next {
            let index = self.in_file.entry(file_of(row.place())).or_default();
            *index += 1;
            let draft = Draft::new(*index, row.place().clone(), Case::bare(Number(number)));
            self.all.push(draft);
        }
        Ok(Some((kind, case, row)))
    }

    fn finish(self) -> Vec<Numbered> {
        self.all.into_iter().map(Draft::finish).collect()
    }
}

fn file_of(place: &Place) -> String {
    match place {
        Place::File { file } | Place::Cell { file, .. } => file.to_string(),
        Place::Page { path, .. } => path.clone(),
    }
}
