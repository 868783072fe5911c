//! One row of a records table, cell by cell. What is asked for is ticked off; what nobody asked for and is
//! filled in stands in the wrong row.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

use crate::clearance::intake::{self, SideRow};
use crate::clearance::record::is_blank;
use crate::diag::{Column, Finding, Note, Place};
use crate::law::Day;

use super::super::model::{Keep, Text};
use super::super::time::Moment;
use super::super::words::Always;
use super::BAD;
use super::form::{Form, Head};

/// Fewer cells than this are no row of a case.
const LONE: usize = 3;

/// Why a row cannot be taken.
pub(super) type Fault = Box<Finding>;

/// A row and the columns of its table.
pub(super) struct Row<'t> {
    form: &'t Form,
    columns: &'t BTreeMap<Head, usize>,
    row: &'t SideRow,
    asked: RefCell<BTreeSet<Head>>,
}

impl<'t> Row<'t> {
    /// A row that nobody has asked yet.
    pub(super) fn new(
        form: &'t Form,
        columns: &'t BTreeMap<Head, usize>,
        row: &'t SideRow,
    ) -> Self {
        Self { form, columns, row, asked: RefCell::default() }
    }

    /// Where the row stands.
    pub(super) fn place(&self) -> &Place {
        &self.row.place
    }

    /// The cell as written; `None` where it is empty or there is no such column.
    pub(super) fn raw(&self, head: Head) -> Option<&'t str> {
        self.asked.borrow_mut().insert(head);
        let cell = self.row.cells.get(*self.columns.get(&head)?)?;
        Some(cell.look().as_str()).filter(|text| !text.is_empty())
    }

    /// A fault of one cell.
    pub(super) fn fault(&self, head: Head, zh: &'static str, en: &'static str) -> Fault {
        let place = self.row.place.at(Column::Known(Arc::from(self.form.header(head))));
        Box::new(Finding::new(BAD, place).noted(Note::new(zh, en)))
    }

    fn read<T>(&self, head: Head, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Fault> {
        let Some(text) = self.raw(head).filter(|text| !is_blank(text)) else { return Ok(None) };
        let fault = || {
            let mut fault = self.fault(head, "写法不对", "not of the form that is asked for");
            *fault = fault.shaped(text);
            fault
        };
        parse(text).map(Some).ok_or_else(fault)
    }

    /// What must be there.
    pub(super) fn must<T>(&self, head: Head, found: Result<Option<T>, Fault>) -> Result<T, Fault> {
        found?.ok_or_else(|| self.fault(head, "没有填写", "nothing is written"))
    }

    /// A text.
    pub(super) fn text(&self, head: Head) -> Option<Text> {
        self.raw(head).map(Text::new)
    }

    /// A fixed word.
    pub(super) fn word<T: DeserializeOwned>(&self, head: Head) -> Result<Option<T>, Fault> {
        self.read(head, word)
    }

    /// Fixed words, parted by 、.
    pub(super) fn words<T: DeserializeOwned>(&self, head: Head) -> Result<Option<Vec<T>>, Fault> {
        let Some(raw) = self.raw(head) else { return Ok(None) };
        if is_blank(raw) {
            return Ok(Some(Vec::new()));
        }
        self.read(head, |text| parts(text).map(word).collect())
    }

    /// Names, parted by 、.
    pub(super) fn names(&self, head: Head) -> Option<Vec<Text>> {
        let raw = self.raw(head)?;
        Some(if is_blank(raw) { Vec::new() } else { parts(raw).map(Text::new).collect() })
    }

    /// 是 or 否.
    pub(super) fn yes(&self, head: Head) -> Result<Option<bool>, Fault> {
        self.read(head, |text| match text {
            "是" | "有" | "√" | "true" | "TRUE" | "True" => Some(true),
            "否" | "没有" | "×" | "false" | "FALSE" | "False" => Some(false),
            _ => None,
        })
    }

    /// A day.
    pub(super) fn day(&self, head: Head) -> Result<Option<Day>, Fault> {
        self.read(head, intake::day)
    }

    /// A moment with its hour.
    pub(super) fn moment(&self, head: Head) -> Result<Option<Moment>, Fault> {
        self.read(head, Moment::of_a_table)
    }

    /// A count.
    pub(super) fn count(&self, head: Head) -> Result<Option<usize>, Fault> {
        self.read(head, |text| text.parse().ok())
    }

    /// How long something is kept.
    pub(super) fn keep(&self, head: Head) -> Result<Option<Keep>, Fault> {
        self.read(head, |text| match text.trim_end_matches('年') {
            "永久" => Some(Keep::Always(Always::Permanent)),
            years => years.parse().ok().map(Keep::Years),
        })
    }

    /// Whether the row says that there is nothing of its kind: 无 in a cell, and nothing else but what
    /// points to the case and the recording.
    pub(super) fn is_none(&self) -> bool {
        let pointing = [Head::Kind, Head::Number, Head::Recording];
        let rest = self.columns.iter().filter(|(head, _)| !pointing.contains(head));
        let said: Vec<&str> = rest
            .filter_map(|(_, index)| self.row.cells.get(*index))
            .map(|cell| cell.look().as_str())
            .filter(|text| !text.is_empty())
            .collect();
        !said.is_empty() && said.iter().all(|text| is_blank(text))
    }

    /// Whether but one cell of the row is written: a note below the table.
    pub(super) fn is_lone(&self) -> bool {
        self.row.cells.iter().filter(|cell| !cell.look().is_empty()).count() < LONE
    }

    /// A cell that is filled in and that rows of this kind do not have.
    pub(super) fn misplaced(&self) -> Option<Fault> {
        let asked = self.asked.borrow();
        let mut others = self.columns.iter().filter(|(head, _)| !asked.contains(head));
        let (head, _) = others.find(|(_, index)| {
            self.row.cells.get(**index).is_some_and(|cell| !is_blank(cell.look()))
        })?;
        Some(self.fault(*head, "这一类行不填此列", "rows of this kind have no such cell"))
    }
}

fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    let reader: StrDeserializer<'_, Error> = text.into_deserializer();
    T::deserialize(reader).ok()
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', ';', '；', '\n']).map(str::trim).filter(|part| !part.is_empty())
}
