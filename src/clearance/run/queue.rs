//! The way of drops through the room for the review queue: nothing is published, doubts are collected.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::clearance::process::DropRecords;
use crate::clearance::record::{CaseFile, RecordKey};
use crate::clearance::review::{Entry, Item, RecordDigest};
use crate::clearance::vet::{Context, Ruling, vet};
use crate::diag::{Failure, Findings};

use super::name::key_of;
use super::{BATCH, Clearing, DropFolder, fingerprint};

/// What waits for a person, and what people have decided.
pub(crate) struct Queue {
    /// Doubts of the newest version of each record, in order of drops, files, rows and columns.
    pub(crate) items: Vec<Item>,
    /// Decisions about versions of records that no drop holds any more.
    pub(crate) stale: Vec<Entry>,
    /// How many rows were read.
    pub(crate) received: usize,
}

/// One row: which case, which version, and what is doubtful in it.
struct Looked {
    key: Option<RecordKey>,
    drop: usize,
    fingerprint: u64,
    digest: Option<RecordDigest>,
    /// None where the row does not come to redaction.
    items: Vec<Item>,
}

impl Clearing<'_> {
    /// Reads the drops and collects every doubt.
    ///
    /// # Errors
    /// A drop that must be refused whole, a classification mark, or a file that cannot be read.
    pub(crate) fn queue(&self, drops: &[DropFolder]) -> Result<Queue, Failure> {
        // Whether a case stands published bears on its clocks only, never on its doubts.
        let (mut looked, mut findings, mut refused) = (Vec::new(), Findings::new(), false);
        let corrections = self.intake.corrections(drops, &mut findings)?;
        refused |= !findings.is_empty();
        for (number, drop) in drops.iter().enumerate() {
            let mut found = Findings::new();
            let (records, is_bad) = DropRecords::read(drop, &self.intake, &self.form, &mut found)?;
            refused |= is_bad;
            findings.append(found);
            let cx = self.context(&|_| None, records.as_ref());
            let mut rows = Vec::new();
            let read = self.intake.read(drop, &mut |mut file| {
                self.intake.correct(&mut file, &corrections);
                rows.push(file);
                if rows.len() >= BATCH {
                    looked.extend(self.look_at(std::mem::take(&mut rows), number, &cx));
                }
                Ok(())
            })?;
            looked.extend(self.look_at(rows, number, &cx));
            refused |= read.refused;
            findings.append(read.findings);
        }
        if refused { Err(Failure::Refused(findings)) } else { Ok(self.settle(looked)) }
    }

    fn look_at(&self, rows: Vec<CaseFile>, drop: usize, cx: &Context<'_>) -> Vec<Looked> {
        let one = |file: CaseFile| {
            let key = key_of(&file, self.rules.bureau);
            let (fingerprint, digest) = (fingerprint(&file), self.rules.reviews.digest(&file));
            let items = match vet(file, cx).ruling {
                Ruling::Clear(vetted) => self.redactor.doubts(&vetted),
                Ruling::Withhold(_) | Ruling::Hold(_) => Vec::new(),
            };
            Looked { key, drop, fingerprint, digest, items }
        };
        rows.into_par_iter().map(one).collect()
    }

    /// The newest version of each record, and the decisions that speak of none.
    fn settle(&self, looked: Vec<Looked>) -> Queue {
        let received = looked.len();
        let stale = stale(self.rules.reviews.entries(), &looked);
        let mut newest: BTreeMap<RecordKey, usize> = BTreeMap::new();
        for row in &looked {
            if let Some(key) = &row.key {
                newest.insert(key.clone(), row.drop);
            }
        }
        let (mut items, mut seen) = (Vec::new(), BTreeSet::new());
        for row in looked {
            let is_current = match &row.key {
                Some(key) => {
                    newest.get(key) == Some(&row.drop)
                        && seen.insert((key.clone(), row.fingerprint))
                }
                None => true,
            };
            if is_current {
                items.extend(row.items);
            }
        }
        Queue { items, stale, received }
    }
}

/// A decision lives as long as a drop holds the version of the record that it is about.
fn stale(entries: Vec<Entry>, looked: &[Looked]) -> Vec<Entry> {
    let versions: BTreeSet<RecordDigest> = looked.iter().filter_map(|row| row.digest).collect();
    entries.into_iter().filter(|entry| !versions.contains(&entry.digest)).collect()
}
