//! One published case as lists need it, small enough that a year of them can be kept.

use crate::clearance::{CaseKind, Disclosure};
use crate::diag::Failure;
use crate::ledger::Standing;
use crate::vocab::{BulkPersons, CaseId, Money, PenaltyKind};

use super::super::downloads::{self, csv_line};
use super::super::forms::{Field, Forms};
use super::super::view::{kinds, sum};
use super::{Filter, ListForm};

/// A published case, made on any thread.
#[derive(Debug)]
pub(crate) struct Line {
    /// Name in addresses.
    pub(in crate::site) id: CaseId,
    /// Kind of case.
    pub(in crate::site) kind: CaseKind,
    /// Day of decision or result.
    pub(in crate::site) on: crate::law::Day,
    /// First publication.
    pub(in crate::site) published_on: Option<crate::law::Day>,
    /// Whether that was in time.
    pub(in crate::site) on_time: Option<bool>,
    /// Whether it was corrected.
    pub(in crate::site) corrected: bool,
    /// Decision number or number of the task.
    pub(in crate::site) number: Box<str>,
    /// Party as published.
    pub(in crate::site) party: Box<str>,
    /// Violation, or what was inspected.
    pub(in crate::site) about: Box<str>,
    /// Kinds of penalty, or the result.
    pub(in crate::site) outcome: Box<str>,
    /// Fine and confiscated amount together.
    pub(in crate::site) amount: Option<Money>,
    kinds: Box<[PenaltyKind]>,
    unit: Option<Box<str>>,
    /// Its row of a selection's CSV; empty where the open data leave it out.
    pub(super) csv: Box<[u8]>,
    /// Its line of a selection's JSON; empty like the row.
    pub(super) json: Box<[u8]>,
}

impl Line {
    /// The line, or `None` for a standing that is not published.
    ///
    /// # Errors
    /// Never for the forms of this program.
    pub(in crate::site) fn of(
        forms: &Forms,
        bulk: BulkPersons,
        case: &Standing,
    ) -> Result<Option<Self>, Failure> {
        let (Some(id), Some(disclosure)) = (case.id, case.disclosure.as_ref()) else {
            return Ok(None);
        };
        let kind = case.key.kind;
        let (csv, json) = downloads::selected(&fields(forms, kind), bulk, case)?;
        let mut line = Self {
            id,
            kind,
            on: disclosure.day_zero(),
            published_on: case.published_on,
            on_time: case.on_time(),
            corrected: !case.revisions.is_empty(),
            number: disclosure.number().into(),
            party: disclosure.party().into(),
            about: "".into(),
            outcome: "".into(),
            amount: None,
            kinds: Box::default(),
            unit: None,
            csv: csv.into(),
            json: json.into(),
        };
        match disclosure {
            Disclosure::Penalty(p) => {
                line.about = p.violation().as_str().into();
                line.outcome = kinds(p.kinds()).into();
                line.amount = sum(*p.fine(), *p.confiscated());
                line.kinds = p.kinds().as_slice().into();
                line.unit = p.unit().as_ref().map(|unit| unit.as_str().into());
            }
            Disclosure::Inspection(i) => {
                line.about = i.item().as_str().into();
                line.outcome = i.result().as_str().into();
            }
        }
        Ok(Some(line))
    }

    /// The selections it belongs to, beside the whole year.
    pub(super) fn filters(&self, form: &ListForm, mut take: impl FnMut(Filter)) {
        take(Filter::Month(self.on.month()));
        take(Filter::Subject(self.about.clone()));
        match self.kind {
            CaseKind::Penalty => {
                self.kinds.iter().for_each(|kind| take(Filter::Kind(*kind)));
                let band = form.band_of(self.amount);
                take(Filter::Amount(band, form.band(band).slug.as_str().into()));
                self.unit.iter().for_each(|unit| take(Filter::Unit(unit.clone())));
            }
            CaseKind::Inspection => take(Filter::Result(self.outcome.clone())),
        }
    }
}

/// The fields of a selection's downloads, as the dictionary has them.
fn fields(forms: &Forms, kind: CaseKind) -> Vec<&Field> {
    let all = forms.fields.of(kind);
    forms
        .lists
        .fields(kind)
        .iter()
        .filter_map(|name| all.iter().find(|f| f.name == *name))
        .collect()
}

/// The head of a selection's CSV.
pub(super) fn csv_head(forms: &Forms, kind: CaseKind) -> Result<Vec<u8>, Failure> {
    let titles: Vec<&str> = fields(forms, kind).into_iter().map(|f| f.title.as_str()).collect();
    let mut csv = downloads::BOM.as_bytes().to_vec();
    csv.extend(csv_line(&titles)?);
    Ok(csv)
}
