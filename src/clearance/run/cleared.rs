//! What a row becomes before its fate is known: its key, and what the statistics count of it.

use std::sync::Arc;

use crate::vocab::Bureau;

use super::super::record::{CaseFile, Field, TableKind};
use super::super::{CaseKind, Disclosure, DropFolder, RecordKey, vet};
use super::name::{InspectionName, key_of};
use super::{ClearedRecord, Count, Fate};

impl ClearedRecord {
    /// The record of a row, before its fate is known.
    pub(super) fn of(file: &CaseFile, bureau: &Bureau) -> Self {
        let words = &file.words;
        let inspection = file.table == TableKind::Inspections;
        let on = if inspection { words.result_on.word() } else { words.decided_on.word() };
        let fine = |amount: Option<&crate::vocab::Money>| amount.map_or(0, |m| m.as_fen());
        let count = Count {
            on: on.copied(),
            kinds: words.kinds.word().cloned().unwrap_or_default(),
            fen: fine(words.fine.word()).saturating_add(fine(words.confiscated.word())),
            procedure: words.procedure.word().copied(),
            party_kind: words.party_kind.word().copied(),
            reviewed: file.look(Field::LegalReview).is_some_and(vet::is_passed),
            // The bureau's word for it, never the cell's: a cell may hold anything.
            unit: file
                .look(Field::HandlingUnit)
                .and_then(|cell| bureau.unit_named(cell))
                .map(Into::into),
        };
        let drop = Arc::clone(&file.drop);
        let (key, place) = (key_of(file, bureau), Some(file.place.clone()));
        let (fate, corrections) = (Fate::Held(Vec::new()), Vec::new());
        Self { key, drop, count, fate, corrections, place, identity: None }
    }

    /// A row that could not even be cut into cells.
    pub(super) fn unread(drop: &DropFolder) -> Self {
        Self {
            key: None,
            drop: Arc::clone(&drop.name),
            count: Count::default(),
            fate: Fate::Held(vec!["ragged-row"]),
            corrections: Vec::new(),
            place: None,
            identity: None,
        }
    }

    /// An inspection is named by what is public of it: one task has many parties, and a party without
    /// a public code is told by its public name.
    pub(super) fn name_by(&mut self, file: &InspectionName, disclosure: &Disclosure) {
        if let (None, Disclosure::Inspection(found)) = (&self.key, disclosure) {
            let code = found.credit_code().filter(|c| !c.is_placeholder());
            let party = code.map_or_else(|| disclosure.party().to_owned(), |c| c.to_string());
            let (organ, number) = (file.organ.clone(), found.number().clone());
            self.key = Some(RecordKey { kind: CaseKind::Inspection, organ, number, party });
        }
    }
}
