//! One case while it is being settled, and the names new cases get.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use crate::clearance::{ClearedRecord, Count, RecordKey, Watch};
use crate::law::Day;
use crate::vocab::CaseId;

use super::claim::Claim;
use super::event::EventKind;
use super::line::LineHead;
use super::store::{Extent, Slot};
use super::{Digest, State};

/// Where a case's public content is to be read when its line is written.
#[derive(Clone, Copy)]
pub(crate) enum Content {
    /// There is none.
    None,
    /// In this line of the ledger.
    Line(Extent),
    /// Here, as JSON.
    Json(Extent),
}

/// One case while it is being settled.
pub(crate) struct Case {
    /// Its head, as it will stand.
    pub(crate) head: LineHead,
    /// Its line as it stood, unchanged so far.
    pub(crate) kept: Option<Extent>,
    /// Its content.
    pub(crate) content: Content,
    /// What this run's drops say of it.
    pub(super) claim: Option<Claim>,
    /// What would stand if the takedown were set aside by the end of this run.
    pub(super) waiting: Option<Box<Waiting>>,
}

/// Public content of a case that is down, of this run only: it stands again where the takedown is set
/// aside, and is forgotten otherwise.
pub(crate) struct Waiting {
    /// The drop.
    pub(super) drop: Arc<str>,
    /// What the statistics count.
    pub(super) count: Count,
    /// The content.
    pub(super) content: Content,
    /// Its digest.
    pub(super) digest: Option<Digest>,
    /// Last day of disclosure.
    pub(super) until: Option<Day>,
    /// Last lawful day of publication.
    pub(super) due_on: Option<Day>,
    /// What must not appear anywhere.
    pub(super) watch: Option<Watch>,
}

impl Case {
    /// A case that stands in the ledger.
    pub(super) fn standing(slot: Slot) -> Self {
        let content =
            if slot.head.digest.is_some() { Content::Line(slot.line) } else { Content::None };
        Self { head: slot.head, kept: Some(slot.line), content, claim: None, waiting: None }
    }

    /// A case that no ledger knows yet.
    pub(super) fn unknown(key: Arc<RecordKey>, record: &ClearedRecord) -> Self {
        let head = LineHead {
            key,
            id: None,
            state: State::Held,
            drop: Arc::clone(&record.drop),
            count: record.count.clone(),
            published_on: None,
            due_on: None,
            until: None,
            revision: 0,
            revisions: Vec::new(),
            gaps: Vec::new(),
            overtaken: Vec::new(),
            held_by: Vec::new(),
            waits: false,
            withheld: None,
            tombstone: None,
            digest: None,
        };
        Self { head, kept: None, content: Content::None, claim: None, waiting: None }
    }
}

/// Mints case ids by counting: no id follows from what a case says.
pub(super) struct Mint {
    taken: BTreeSet<CaseId>,
    count: u64,
}

impl Mint {
    /// Goes on from the ids that these cases have.
    pub(super) fn new(cases: &[Case]) -> Self {
        let taken: BTreeSet<CaseId> = cases.iter().filter_map(|c| c.head.id).collect();
        Self { count: taken.len() as u64, taken }
    }

    /// The next id.
    pub(super) fn next(&mut self) -> CaseId {
        loop {
            self.count += 1;
            let digest = Digest::of_all(&[b"gongshi case ", &self.count.to_be_bytes()]);
            let mut bytes = [0; 8];
            bytes.copy_from_slice(&digest.bytes()[..8]);
            let id = CaseId::mint(bytes);
            if self.taken.insert(id) {
                return id;
            }
        }
    }
}

/// One transition, to become an event.
pub(crate) struct Change {
    /// Index of the case.
    pub(crate) case: usize,
    /// What happened.
    pub(crate) event: EventKind,
    /// In which role.
    pub(crate) role: &'static str,
}

/// A hash of a key without its organ, for this run only.
pub(super) fn number_hash(key: &RecordKey) -> u64 {
    let mut hasher = DefaultHasher::new();
    (key.kind, &key.number, &key.party).hash(&mut hasher);
    hasher.finish()
}
