//! Finds and reads the records files of a drop. What the parser says about them is dropped: it repeats
//! what stands there.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::clearance::intake::{self, DropFolder};
use crate::diag::{Failure, Finding, Findings, Note, Place};

use super::model::Case;

/// The check of the form.
const BAD: &str = "bad-process-records";
/// Larger files are no records of a drop (YAML is read whole).
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// What is on record of the cases of a drop.
pub(in crate::clearance) struct DropRecords {
    /// Entries, in order of files.
    pub(super) entries: Vec<Entry>,
    by_number: BTreeMap<String, usize>,
}

/// One entry and where it stands.
pub(super) struct Entry {
    /// Which of its file, from 1.
    pub(super) index: usize,
    /// Where it begins.
    pub(super) place: Place,
    /// What it says.
    pub(super) case: Case,
}

impl DropRecords {
    /// Reads the records files of a drop; `None` where it has none. Faults of form refuse the drop and
    /// are in `findings`.
    ///
    /// # Errors
    /// A classification mark, or a file that cannot be read.
    pub(in crate::clearance) fn read(
        drop: &DropFolder,
        findings: &mut Findings,
    ) -> Result<Option<Self>, Failure> {
        if drop.records.is_empty() {
            return Ok(None);
        }
        let mut records = Self { entries: Vec::new(), by_number: BTreeMap::new() };
        for (number, path) in (1_usize..).zip(&drop.records) {
            let file = intake::shown_name(drop, path, number)?;
            if let Err(found) = records.add(path, &file)? {
                findings.push(*found);
            }
        }
        Ok(Some(records))
    }

    /// What is on record of the case with this number.
    pub(super) fn entry(&self, number: &str) -> Option<&Entry> {
        self.entries.get(*self.by_number.get(number)?)
    }

    fn add(&mut self, path: &Path, file: &Arc<str>) -> Result<Result<(), Box<Finding>>, Failure> {
        let unreadable = |cause| Failure::Read { path: path.to_path_buf(), cause };
        let bytes = std::fs::read(path).map_err(unreadable)?;
        let whole = |note| {
            Err(Box::new(Finding::new(BAD, Place::File { file: Arc::clone(file) }).noted(note)))
        };
        if bytes.len() > MOST_BYTES {
            return Ok(whole(Note::new("文件过大", "the file is too large")));
        }
        let Ok(text) = String::from_utf8(bytes) else {
            return Ok(whole(Note::new("请存为 UTF-8", "save it as UTF-8")));
        };
        let text = text.trim_start_matches('\u{feff}');
        if intake::bears_classification_mark(text) {
            return Err(Failure::SecrecyMark { file: file.to_string() });
        }
        let row = |row: u32| Place::row(file, None, row);
        let cases: Vec<Case> = match serde_yaml::from_str(text) {
            Ok(cases) => cases,
            Err(error) => {
                let line = error.location().and_then(|at| u32::try_from(at.line()).ok());
                return Ok(Err(Box::new(Finding::new(BAD, row(line.unwrap_or(1))))));
            }
        };
        Ok(self.take(cases, &starts(text), &row))
    }

    fn take(
        &mut self,
        cases: Vec<Case>,
        starts: &[u32],
        row: &dyn Fn(u32) -> Place,
    ) -> Result<(), Box<Finding>> {
        for (i, case) in cases.into_iter().enumerate() {
            let place = row(starts.get(i).copied().unwrap_or(1));
            if !case.is_whole() {
                let note = Note::new(
                    "第 {} 件：所指的环节不存在、结束早于开始，或者审核没有轮次",
                    "case {}: an event that is not there, an end before its start, or a review without a round",
                );
                return Err(Box::new(Finding::new(BAD, place).noted(note.with(i + 1))));
            }
            let number = case.number.0.as_str().to_owned();
            if self.by_number.contains_key(&number) {
                let note = Note::new("第 {} 件：文号重复", "case {}: the number stands twice");
                return Err(Box::new(Finding::new(BAD, place).noted(note.with(i + 1))));
            }
            self.by_number.insert(number, self.entries.len());
            self.entries.push(Entry { index: i + 1, place, case });
        }
        Ok(())
    }
}

/// Lines, from 1, on which an entry of the outermost list begins.
fn starts(text: &str) -> Vec<u32> {
    (1..)
        .zip(text.lines())
        .filter(|(_, l)| l.starts_with("- ") || *l == "-")
        .map(|(n, _)| n)
        .collect()
}
