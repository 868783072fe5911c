//! The way of a drop through the room: intake, vet, redact, in streams.

pub(crate) mod alone;
mod cleared;
mod identities;
mod matching;
mod name;
mod order;
mod queue;

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, Hash as _, Hasher as _, RandomState};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::{Failure, Finding, Findings, Place};
use crate::law::Day;
use crate::vocab::{PartyKind, PenaltyKind, Procedure, WithholdGround};

use super::intake::{Corrected, Corrections, Intake, OVERTAKEN};
use super::process::{self, DropRecords, Form};
use super::record::{CaseFile, Field, TableKind};
use super::redact::{Redacted, Redactor};
use super::restricted::Identity;
use super::rules::Rules;
use super::vet::{Context, Repeat, Ruling, Seen, StaffIndex, vet};
use super::{CorrectionNote, Disclosure, DropFolder, RecordKey, Watch};
pub(crate) use order::TakedownOrder;
pub(crate) use queue::Queue;

use matching::Matching;
use name::{InspectionName, organ_of};

/// What became of one record of a drop.
pub(crate) enum Fate {
    /// It may be published.
    Ready {
        /// What the public may read.
        disclosure: Box<Disclosure>,
        /// What must not appear anywhere, to be handed to the audit.
        watch: Watch,
    },
    /// It is not disclosed, on this ground.
    Withheld(WithholdGround),
    /// It waits; these checks hold it.
    Held(Vec<&'static str>),
}

/// What the annual statistics need of a decision, whatever becomes of its page (invariant 7).
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Count {
    /// Day of decision, or of the inspection's result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) on: Option<Day>,
    /// Kinds of penalty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) kinds: Vec<PenaltyKind>,
    /// Fine and confiscated amount together, in fen.
    #[serde(default)]
    pub(crate) fen: i64,
    /// Procedure, where the export says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) procedure: Option<Procedure>,
    /// Kind of party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) party_kind: Option<PartyKind>,
    /// Whether a legal review is recorded as passed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) reviewed: bool,
    /// The unit that handled it, where it is one of the bureau's own by its public name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) unit: Option<Arc<str>>,
}

/// One record after clearing.
pub(crate) struct ClearedRecord {
    /// Which case; `None` where not even that could be read (then it is held).
    pub(crate) key: Option<RecordKey>,
    /// Folder name of the drop it came from.
    pub(crate) drop: Arc<str>,
    /// What the statistics count.
    pub(crate) count: Count,
    /// What became of it.
    pub(crate) fate: Fate,
    /// On what grounds its public fields may change.
    pub(crate) corrections: Vec<CorrectionNote>,
    /// Its row.
    pub(crate) place: Option<Place>,
    /// What identifies its party, where the run asks for it.
    pub(crate) identity: Option<Identity>,
}

/// What a whole run of clearing leaves behind besides its records.
#[derive(Default)]
pub(crate) struct Report {
    /// Everything that was found.
    pub(crate) findings: Findings,
    /// Orders to take cases down, in order of drops.
    pub(crate) orders: Vec<TakedownOrder>,
    /// Rows that speak of a case.
    pub(crate) received: usize,
    /// Takedown orders that could not be read; each has a finding.
    pub(crate) faulty_orders: usize,
    /// Of those, rows that repeat another of their drop.
    pub(crate) repeated: usize,
    /// Where recordings are kept, a watch for each drop with records: no page may tell.
    pub(crate) stores: Vec<Watch>,
    /// Entries of records that speak of no case of the drops, with the number that each gives.
    pub(crate) unmatched: Vec<(String, Finding)>,
    /// Checks that could not be made, with how many records they could not be made for.
    pub(crate) not_checked: BTreeMap<&'static str, usize>,
}

/// The room, set up: columns, checks and redaction rules loaded and cross-checked.
pub(crate) struct Clearing<'a> {
    rules: Rules<'a>,
    intake: Intake,
    form: Form,
    redactor: Redactor,
    staff: StaffIndex,
    /// Whether records keep what identifies their parties: for the restricted sheet only.
    keeps_identities: bool,
}

/// How many rows are cleared together: enough to keep all cores at work, few enough to stay small.
const BATCH: usize = 512;

/// Asks for the day a case with this number was first published.
pub(crate) type PublishedOn<'p> = dyn Fn(&str) -> Option<Day> + Sync + 'p;

/// Takes cleared records, one by one, in the order of their rows.
pub(crate) type Sink<'s> = dyn FnMut(ClearedRecord) -> Result<(), Failure> + 's;

impl<'a> Clearing<'a> {
    /// Loads intake, vet and redaction rules.
    ///
    /// # Errors
    /// A broken rule file.
    pub(crate) fn new(rules: Rules<'a>) -> Result<Self, Failure> {
        let intake = Intake::new(rules.shelf)?;
        let redactor = Redactor::new(&rules)?;
        let form = Form::load(rules.shelf)?;
        let staff = StaffIndex::new(rules.staff);
        Ok(Self { rules, intake, form, redactor, staff, keeps_identities: false })
    }

    /// Clears all drops in order and hands each record to `sink`, in the order of its row.
    ///
    /// # Errors
    /// A drop that must be refused whole, a classification mark, or a file that cannot be read.
    pub(crate) fn run(
        &self,
        drops: &[DropFolder],
        published: &PublishedOn<'_>,
        sink: &mut Sink<'_>,
    ) -> Result<Report, Failure> {
        let mut report = Report::default();
        let corrections = self.intake.corrections(drops, &mut report.findings)?;
        let mut refused = !report.findings.is_empty();
        let mut matching = Matching::of(drops);
        for drop in drops {
            let mut noting = |record: ClearedRecord| {
                matching.note(&record);
                sink(record)
            };
            let asked = (published, &corrections);
            let (is_refused, records) = self.clear_drop(drop, asked, &mut noting, &mut report)?;
            refused |= is_refused;
            matching.expect(records.as_ref());
        }
        report.unmatched = matching.finish();
        if refused { Err(Failure::Refused(report.findings)) } else { Ok(report) }
    }

    /// Clears one drop; says whether it is to be refused, and what is on record of its cases.
    fn clear_drop(
        &self,
        drop: &DropFolder,
        (published, corrections): (&PublishedOn<'_>, &Corrections),
        sink: &mut Sink<'_>,
        report: &mut Report,
    ) -> Result<(bool, Option<DropRecords>), Failure> {
        let (records, mut is_refused) =
            DropRecords::read(drop, &self.intake, &self.form, &mut report.findings)?;
        let cx = self.context(published, records.as_ref());
        let mut batch = Batch { cx: &cx, room: self, seen: Seen::default(), rows: Vec::new() };
        let read = self.intake.read(drop, &mut |mut file| {
            let corrected = self.intake.correct(&mut file, corrections);
            batch.rows.push((file, corrected));
            if batch.rows.len() >= BATCH { batch.flush(sink, report) } else { Ok(()) }
        })?;
        batch.flush(sink, report)?;
        report.received += read.held_rows;
        for _ in 0..read.held_rows {
            sink(ClearedRecord::unread(drop))?;
        }
        report.faulty_orders += read.faulty_orders;
        for row in read.orders {
            let (order, found) = TakedownOrder::of(&row, &self.redactor);
            report.orders.push(order);
            report.findings.extend(found);
        }
        report.findings.append(read.findings);
        if let Some(records) = &records {
            let law = self.rules.law;
            report.stores.push(process::stores(records));
            process::check(records, law, &mut report.findings, &mut report.not_checked);
        }
        is_refused |= read.refused;
        Ok((is_refused, records))
    }

    fn context<'c>(
        &'c self,
        published: &'c PublishedOn<'c>,
        records: Option<&'c DropRecords>,
    ) -> Context<'c> {
        Context {
            law: self.rules.law,
            bureau: self.rules.bureau,
            staff: &self.staff,
            policy: self.rules.policy,
            retention: self.rules.retention,
            today: self.rules.today,
            published,
            records,
        }
    }

    /// Vets and redacts one case file; the file is gone afterwards.
    fn judge(&self, (file, corrected): (CaseFile, Corrected), cx: &Context<'_>) -> Judged {
        let mut record = ClearedRecord::of(&file, self.rules.bureau);
        let is_of_another = corrected.changes_party();
        record.identity = self.keeps_identities.then(|| Identity::of(&file.cells, is_of_another));
        let name = InspectionName { organ: organ_of(&file, self.rules.bureau) };
        let fingerprint = fingerprint(&file);
        let number_at = file.at(Field::Number);
        let has_records = file.table != TableKind::Penalties
            || file
                .words
                .number
                .word()
                .is_some_and(|n| cx.records.is_some_and(|records| records.has(n.as_str())));
        let judgement = vet(file, cx);
        let mut findings = judgement.findings;
        record.fate = match judgement.ruling {
            Ruling::Withhold(ground) => Fate::Withheld(ground),
            Ruling::Hold(checks) => Fate::Held(checks),
            Ruling::Clear(vetted) => match self.redactor.redact(*vetted) {
                Redacted::Withhold(ground) => Fate::Withheld(ground),
                Redacted::Hold(found) => {
                    let mut checks: Vec<&'static str> = found.iter().map(|f| f.check).collect();
                    checks.sort_unstable();
                    checks.dedup();
                    findings.extend(found);
                    Fate::Held(checks)
                }
                Redacted::Clear(disclosure, watch, noticed) => {
                    findings.extend(noticed);
                    record.name_by(&name, &disclosure);
                    Fate::Ready { disclosure, watch }
                }
            },
        };
        if matches!(&record.fate, Fate::Held(checks) if checks.contains(&"fine-unit-suspicious")) {
            // A figure that is in doubt belongs into no total: the statistics are public.
            record.count.fen = 0;
        }
        if !corrected.overtaken.is_empty() {
            record.fate = Fate::Held(vec![OVERTAKEN]);
            findings.extend(corrected.overtaken);
        }
        record.corrections = corrected.notes;
        let mut not_checked = judgement.not_checked;
        if !has_records {
            not_checked.extend(process::ids());
        }
        Judged { record, fingerprint, number_at, findings, not_checked }
    }
}

/// What became of one row.
struct Judged {
    record: ClearedRecord,
    fingerprint: u64,
    number_at: Place,
    findings: Vec<Finding>,
    not_checked: Vec<&'static str>,
}

/// Rows that are cleared together, and what the drop has said so far.
struct Batch<'b> {
    cx: &'b Context<'b>,
    room: &'b Clearing<'b>,
    seen: Seen,
    rows: Vec<(CaseFile, Corrected)>,
}

impl Batch<'_> {
    fn flush(&mut self, sink: &mut Sink<'_>, report: &mut Report) -> Result<(), Failure> {
        let rows = std::mem::take(&mut self.rows);
        let judged: Vec<Judged> =
            rows.into_par_iter().map(|row| self.room.judge(row, self.cx)).collect();
        for one in judged {
            self.take(one, sink, report)?;
        }
        Ok(())
    }

    fn take(
        &mut self,
        one: Judged,
        sink: &mut Sink<'_>,
        report: &mut Report,
    ) -> Result<(), Failure> {
        report.findings.extend(one.findings);
        for check in one.not_checked {
            *report.not_checked.entry(check).or_default() += 1;
        }
        report.received += 1;
        self.hand_on(one.record, (one.fingerprint, one.number_at), sink, report)
    }

    /// Hands a record on; of two rows that contradict each other, neither is published.
    fn hand_on(
        &mut self,
        mut record: ClearedRecord,
        (fingerprint, number_at): (u64, Place),
        sink: &mut Sink<'_>,
        report: &mut Report,
    ) -> Result<(), Failure> {
        let repeat = match &record.key {
            Some(key) => self.seen.note(key, fingerprint, number_at),
            None => Repeat::First,
        };
        match repeat {
            Repeat::First => {}
            Repeat::Same => {
                report.repeated += 1;
                return Ok(());
            }
            Repeat::Conflict(found) => {
                report.repeated += 1;
                report.findings.extend(found);
                record.fate = Fate::Held(vec!["duplicate-decision-number"]);
            }
        }
        sink(record)
    }
}

/// A number for comparing two rows of one run: keyed anew each run, never kept.
fn fingerprint(file: &CaseFile) -> u64 {
    static KEY: std::sync::OnceLock<RandomState> = std::sync::OnceLock::new();
    let mut hasher = KEY.get_or_init(RandomState::new).build_hasher();
    for field in Field::ALL {
        file.look(*field).hash(&mut hasher);
    }
    hasher.finish()
}
