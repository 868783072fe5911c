//! The record of a case's whole process and the opinions of its legal review: read, checked, forgotten.
//!
//! Of all that a records file says nothing is ever published. Faults of the process are reported and stop
//! no publication; a review that did not agree does (`vet`). What a file does not say is not checked.

mod checks;
mod model;
mod read;
mod standing;
mod table;
mod time;
mod words;

use std::collections::BTreeMap;

use crate::diag::{Finding, Findings, Note};
use crate::law::Law;

use super::watch::{Explained, HitKind, Watch, Watching};
use model::{Case, Recording};
use read::Entry;

pub(in crate::clearance) use read::DropRecords;
pub(in crate::clearance) use standing::Standing;
pub(in crate::clearance) use table::Form;

/// One check: a row of the table, a file in `checks/`, a fixture folder, a page.
trait ProcessCheck: Sync {
    /// Its id, a row of `data/law/checks.yml`.
    fn id(&self) -> &'static str;

    /// Looks at one case.
    fn look(&self, case: &Case, law: &Law, said: &mut Said<'_>);
}

/// What a check says of one case.
struct Said<'e> {
    check: &'static str,
    entry: &'e Entry,
    findings: Vec<Finding>,
    is_missing: bool,
}

impl Said<'_> {
    /// Something that the check needs is not there.
    fn missing(&mut self) {
        self.is_missing = true;
    }

    /// The recordings of a case with their numbers, from 1; without a list of them the check is not made.
    fn shots<'c>(
        &mut self,
        case: &'c Case,
    ) -> impl Iterator<Item = (usize, &'c Recording)> + use<'c> {
        self.is_missing |= case.recordings.is_none();
        (1..).zip(case.recordings.iter().flatten())
    }

    /// Found at the `part`-th thing of its kind, from 1. The gaps of the note take the number of the
    /// case in its file, then the part's; a note without a second gap drops the part.
    fn found(&mut self, zh: &'static str, en: &'static str, part: usize) {
        let note = Note::new(zh, en).with(self.entry.index).with(part);
        self.findings.push(Finding::new(self.check, self.entry.place.clone()).noted(note));
    }
}

/// Ids of all checks of this room, in the order of a report's questions.
pub(in crate::clearance) fn ids() -> impl Iterator<Item = &'static str> {
    checks::CHECKS.iter().map(|check| check.id())
}

/// A watch on where the recordings of a drop are kept. A device named by a short or plain word is left
/// out: such words stand in any text.
pub(in crate::clearance) fn stores(records: &DropRecords) -> Watch {
    let nothing = Explained::default();
    let mut watching = Watching::beside(&nothing);
    let shots = records.entries.iter().flat_map(|entry| entry.case.recordings.iter().flatten());
    for store in shots.flat_map(|shot| shot.stores.iter().flatten()) {
        let id = store.id.look();
        let is_code = id.chars().count() >= TELLING && id.contains(|c: char| c.is_ascii_digit());
        if is_code || id.contains(['/', '\\']) {
            watching.word(HitKind::Other, id);
        }
    }
    watching.finish()
}

/// From this length on, in characters, a word with a digit in it is a code and no common word.
const TELLING: usize = 8;

/// Runs every check on every entry of a drop's records.
pub(in crate::clearance) fn check(
    records: &DropRecords,
    law: &Law,
    findings: &mut Findings,
    not_checked: &mut BTreeMap<&'static str, usize>,
) {
    for entry in &records.entries {
        for check in checks::CHECKS {
            let mut said =
                Said { check: check.id(), entry, findings: Vec::new(), is_missing: false };
            check.look(&entry.case, law, &mut said);
            if said.is_missing {
                *not_checked.entry(check.id()).or_default() += 1;
            }
            let decided = entry.case.review.as_ref().and_then(|review| review.decided);
            let on = law.check(check.id()).and_then(|row| row.counts_from(decided));
            said.findings.iter_mut().for_each(|finding| finding.on = on);
            findings.extend(said.findings);
        }
    }
}
