//! What identifies the party of a case, taken out of its row before the row is judged, and sealed.

use std::collections::BTreeMap;

use crate::clearance::record::{Cells, Field, Private, RecordKey};
use crate::clearance::redact::Disclosure;
use crate::law::Day;
use crate::vocab::{CreditCode, PartyKind};

/// The columns that are public nowhere and that the credit system asks for.
const FIELDS: [Field; 11] = [
    Field::RegistrationNumber,
    Field::OrganizationCode,
    Field::TaxNumber,
    Field::InstitutionNumber,
    Field::SocietyNumber,
    Field::Representative,
    Field::Operator,
    Field::RepresentativeIdType,
    Field::RepresentativeId,
    Field::IdType,
    Field::IdNumber,
];

/// The raw cells of one row that identify its party. Looked at in this room only.
pub(crate) struct Identity(Vec<(Field, Private<String>)>);

impl Identity {
    /// Takes them out of a row; blank ones are left.
    pub(in crate::clearance) fn of(row: &Cells) -> Self {
        let cell = |field: Field| Some((field, Private::new(row.look(field)?.to_owned())));
        Self(FIELDS.into_iter().filter_map(cell).collect())
    }

    /// One cell, as written.
    pub(super) fn look(&self, field: Field) -> Option<&str> {
        self.0.iter().find(|(own, _)| *own == field).map(|(_, cell)| cell.look().as_str())
    }
}

/// Whom a published penalty is about, in public words: what tells whether a row of a drop is about the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Whose {
    party: String,
    pub(super) kind: PartyKind,
    code: Option<CreditCode>,
    decided_on: Day,
}

impl Whose {
    /// Of a penalty; an inspection has no place in the sheet.
    pub(crate) fn of(disclosure: &Disclosure) -> Option<Self> {
        let Disclosure::Penalty(p) = disclosure else { return None };
        Some(Self {
            party: p.party().as_str().to_owned(),
            kind: *p.party_kind(),
            code: *p.credit_code(),
            decided_on: *p.decided_on(),
        })
    }
}

/// What a drop says of a case: whom it is about, where it may be published, and what identifies the party.
struct Found {
    whose: Option<Whose>,
    identity: Identity,
}

/// The identities of the cases asked for, by case; of several drops the newest counts.
pub(crate) struct Identities(BTreeMap<RecordKey, Option<Found>>);

/// What the drops have of a case.
pub(super) enum Known<'i> {
    /// No drop has its row any more.
    Lost,
    /// The newest row says something else than what stands published, or may not be published.
    Changed,
    /// The row that stands published.
    Same(&'i Identity),
}

impl Identities {
    /// Nothing is known yet of these cases.
    pub(in crate::clearance) fn wanted<'k>(keys: impl Iterator<Item = &'k RecordKey>) -> Self {
        Self(keys.map(|key| (key.clone(), None)).collect())
    }

    /// Takes what a row has, where its case is asked for. `disclosure` is what the public may read of the row.
    pub(in crate::clearance) fn take(
        &mut self,
        key: &RecordKey,
        disclosure: Option<&Disclosure>,
        identity: Identity,
    ) {
        if let Some(known) = self.0.get_mut(key) {
            *known = Some(Found { whose: disclosure.and_then(Whose::of), identity });
        }
    }

    /// What is known of a case that stands published like this.
    pub(super) fn of(&self, key: &RecordKey, whose: &Whose) -> Known<'_> {
        match self.0.get(key) {
            None | Some(None) => Known::Lost,
            Some(Some(found)) if found.whose.as_ref() == Some(whose) => {
                Known::Same(&found.identity)
            }
            Some(Some(_)) => Known::Changed,
        }
    }
}
