//! What identifies the party of a case, taken out of its row before the row is judged, and sealed.

use std::collections::BTreeMap;

use crate::clearance::record::{Cells, Field, Private, RecordKey};
use crate::clearance::redact::Disclosure;
use crate::vocab::PartyKind;

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

/// What tells one person from another: never written, only held against other rows of the case.
const TELLING: [Field; 2] = [Field::Party, Field::IdNumber];

/// The raw cells of one row that identify its party. Looked at in this room only.
pub(crate) struct Identity {
    cells: Vec<(Field, Private<String>)>,
    /// A correction says that the party is another than the row's: its numbers are somebody else's.
    is_of_another: bool,
}

impl Identity {
    /// Takes them out of a row; blank ones are left. `is_of_another` where a correction changed who the party is.
    pub(in crate::clearance) fn of(row: &Cells, is_of_another: bool) -> Self {
        let cell = |field: Field| Some((field, Private::new(row.look(field)?.to_owned())));
        let fields = std::iter::once(Field::Party).chain(FIELDS);
        Self { cells: fields.filter_map(cell).collect(), is_of_another }
    }

    /// One cell, as written.
    pub(super) fn look(&self, field: Field) -> Option<&str> {
        self.cells.iter().find(|(own, _)| *own == field).map(|(_, cell)| cell.look().as_str())
    }

    /// Whether two rows of a case name different people.
    fn contradicts(&self, other: &Self) -> bool {
        TELLING.into_iter().any(|field| match (self.look(field), other.look(field)) {
            (Some(own), Some(other)) => own.trim() != other.trim(),
            _ => false,
        })
    }
}

/// What is published of a penalty: a row of a drop counts only where it says just the same in public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Whose {
    disclosure: Box<Disclosure>,
    pub(super) kind: PartyKind,
}

impl Whose {
    /// Of a penalty; an inspection has no place in the sheet.
    pub(crate) fn of(disclosure: &Disclosure) -> Option<Self> {
        let Disclosure::Penalty(p) = disclosure else { return None };
        Some(Self { disclosure: Box::new(disclosure.clone()), kind: *p.party_kind() })
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
        let Some(known) = self.0.get_mut(key) else { return };
        let is_doubtful = identity.is_of_another
            || known.as_ref().is_some_and(|before| before.identity.contradicts(&identity));
        let whose = disclosure.filter(|_| !is_doubtful).and_then(Whose::of);
        *known = Some(Found { whose, identity });
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
