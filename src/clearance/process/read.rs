//! Finds and reads the records files of a drop. What the parser says about them is dropped: it repeats
//! what stands there.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::clearance::intake::{self, DropFolder, Intake};
use crate::diag::{Failure, Finding, Findings, Note, Place};

use super::model::Case;
use super::table::{self, Form};

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
    /// Reads the records files of a drop; `None` where it has none. Faults of form refuse the drop: they are
    /// in `findings`, and the second word says so.
    ///
    /// # Errors
    /// A classification mark, or a file that cannot be read.
    pub(in crate::clearance) fn read(
        drop: &DropFolder,
        intake: &Intake,
        form: &Form,
        findings: &mut Findings,
    ) -> Result<(Option<Self>, bool), Failure> {
        if drop.records.is_empty() {
            return Ok((None, false));
        }
        let mut records = Self { entries: Vec::new(), by_number: BTreeMap::new() };
        let (mut tables, mut is_refused) = (Vec::new(), false);
        for (number, path) in (1_usize..).zip(&drop.records) {
            let file = intake::shown_name(drop, path, number)?;
            if !is_yaml(path) {
                let mut side = intake.side(path, &file, &|header| form.is_known(header))?;
                is_refused |= side.refused;
                findings.append(std::mem::take(&mut side.findings));
                tables.push(side);
            } else if let Err(found) = records.add(path, &file)? {
                is_refused = true;
                findings.push(*found);
            }
        }
        let told = match table::cases(&tables, form, findings) {
            Ok(told) if !is_refused => told,
            Ok(_) => Vec::new(),
            Err(faults) => {
                is_refused = true;
                findings.extend(faults);
                Vec::new()
            }
        };
        for (index, place, case) in told {
            if let Err(found) = records.enter(index, place, case) {
                is_refused = true;
                findings.push(*found);
            }
        }
        Ok((Some(records), is_refused))
    }

    /// Each entry's number, and what to say where there is no such case.
    pub(in crate::clearance) fn unmatched(&self) -> impl Iterator<Item = (String, Finding)> {
        self.entries.iter().map(|entry| {
            let note = Note::new("第 {} 件", "case {}").with(entry.index);
            let found = Finding::new("unmatched-process-record", entry.place.clone()).noted(note);
            (entry.case.number.0.as_str().to_owned(), found)
        })
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
            self.enter(i + 1, row(starts.get(i).copied().unwrap_or(1)), case)?;
        }
        Ok(())
    }

    fn enter(&mut self, index: usize, place: Place, case: Case) -> Result<(), Box<Finding>> {
        if !case.is_whole() {
            let note = Note::new(
                "第 {} 件：所指的环节不存在、结束早于开始，或者审核没有轮次",
                "case {}: an event that is not there, an end before its start, or a review without a round",
            );
            return Err(Box::new(Finding::new(BAD, place).noted(note.with(index))));
        }
        let number = case.number.0.as_str().to_owned();
        if self.by_number.contains_key(&number) {
            let note = Note::new("第 {} 件：文号重复", "case {}: the number stands twice");
            return Err(Box::new(Finding::new(BAD, place).noted(note.with(index))));
        }
        self.by_number.insert(number, self.entries.len());
        self.entries.push(Entry { index, place, case });
        Ok(())
    }
}

/// Whether the file is YAML by its name; all others are tables.
fn is_yaml(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    ending == "yml" || ending == "yaml"
}

/// Lines, from 1, on which an entry of the outermost list begins.
fn starts(text: &str) -> Vec<u32> {
    (1..)
        .zip(text.lines())
        .filter(|(_, l)| l.starts_with("- ") || *l == "-")
        .map(|(n, _)| n)
        .collect()
}
