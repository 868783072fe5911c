//! Settles what the drops say with what stands: one transition a case, one event a transition.
//!
//! Publication days are minted here, once. A taken-down case never comes back by a drop.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use crate::clearance::in_order;
use crate::clearance::{ClearedRecord, Count, Fate, RecordKey, Report, Watch};
use crate::diag::{Failure, Findings};
use crate::law::{Day, Law, Today};
use crate::vocab::{CaseId, Retention, WithholdGround};

use super::case::{Case, Change, Content, Mint, number_hash};
use super::claim::{Ask, Claim};
use super::event::EventKind;
use super::line::LineHead;
use super::store::{Extent, Ledger, SPOOL, Spool, by_key};
use super::{Digest, State};

/// A settlement in progress: takes cleared records, then orders, then closes.
pub(crate) struct Settling<'a> {
    pub(super) law: &'a Law,
    pub(super) retention: &'a Retention,
    pub(super) today: Day,
    pub(crate) ledger: Ledger,
    pub(crate) cases: Vec<Case>,
    pub(super) index: BTreeMap<Arc<RecordKey>, usize>,
    /// Cases by a hash of their key without the organ; looked up, never walked.
    by_number: HashMap<u64, usize>,
    spool: Spool,
    pub(crate) changes: Vec<Change>,
    pub(crate) watches: BTreeMap<CaseId, Watch>,
    pub(crate) findings: Findings,
    pub(crate) keyless: u64,
    pub(crate) keyless_withheld: u64,
    pub(crate) waiting_changes: u64,
    fresh: Vec<usize>,
    /// Cases that were put into the site and that no target has shown yet, with the day on which they were.
    pub(crate) unseen: BTreeMap<RecordKey, Day>,
}

impl<'a> Settling<'a> {
    /// Begins with the ledger as it stands; the next state is written in `aside`.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub(crate) fn begin(
        mut ledger: Ledger,
        aside: &Path,
        (law, retention): (&'a Law, &'a Retention),
        today: Today,
    ) -> Result<Self, Failure> {
        std::fs::create_dir_all(aside)
            .map_err(|cause| Failure::Write { path: aside.to_path_buf(), cause })?;
        let spool = Spool::create(&aside.join(SPOOL), &mut ledger.files)?;
        let index = by_key(&ledger.slots);
        let by_number = index.iter().map(|(key, at)| (number_hash(key), *at)).collect();
        let cases = std::mem::take(&mut ledger.slots).into_iter().map(Case::standing).collect();
        Ok(Self {
            law,
            retention,
            today: today.day(),
            ledger,
            cases,
            index,
            by_number,
            spool,
            changes: Vec::new(),
            watches: BTreeMap::new(),
            findings: Findings::new(),
            keyless: 0,
            keyless_withheld: 0,
            waiting_changes: 0,
            fresh: Vec::new(),
            unseen: BTreeMap::new(),
        })
    }

    /// Takes one record. A later drop's word replaces an earlier one's; an export older than what
    /// stands says nothing new.
    ///
    /// # Errors
    /// The disk is full.
    pub(crate) fn take(&mut self, record: ClearedRecord) -> Result<(), Failure> {
        let Some(key) = record.key.clone() else {
            if matches!(record.fate, Fate::Withheld(_)) {
                self.keyless_withheld += 1;
            } else {
                self.keyless += 1;
            }
            return Ok(());
        };
        let at = match self.index.get(&key).copied().or_else(|| self.without_organ(&key)) {
            Some(at) => at,
            None => self.add(key, &record),
        };
        let case = &mut self.cases[at];
        let is_older = in_order(&record.drop, &case.head.drop).is_lt();
        if case.kept.is_some() && is_older {
            return Ok(());
        }
        let standing = case.kept.is_some().then_some(&case.head);
        case.claim = Some(Claim::of(record, standing, &mut self.spool)?);
        Ok(())
    }

    /// The same case where one export names the organ's code and the other does not.
    fn without_organ(&self, key: &RecordKey) -> Option<usize> {
        let at = *self.by_number.get(&number_hash(key))?;
        let other = &self.cases[at].head.key;
        let same = (other.kind, &other.number, &other.party) == (key.kind, &key.number, &key.party);
        (same && (other.organ.is_empty() || key.organ.is_empty())).then_some(at)
    }

    fn add(&mut self, key: RecordKey, record: &ClearedRecord) -> usize {
        let key = Arc::new(key);
        self.by_number.insert(number_hash(&key), self.cases.len());
        self.index.insert(Arc::clone(&key), self.cases.len());
        self.cases.push(Case::unknown(key, record));
        self.cases.len() - 1
    }

    /// Applies every claim, then the orders of the drops.
    ///
    /// # Errors
    /// The disk is full, or a line cannot be read again.
    pub(crate) fn apply(&mut self, report: &Report) -> Result<(), Failure> {
        self.spool.flush()?;
        let mut fresh = Vec::new();
        for at in 0..self.cases.len() {
            if let Some(claim) = self.cases[at].claim.take() {
                self.claim(at, claim, &mut fresh)?;
            }
        }
        self.orders(&report.orders, "build");
        self.fresh = fresh;
        Ok(())
    }

    /// Ends what is over and publishes what is new: after all claims and orders.
    pub(crate) fn finish(&mut self) {
        let mut fresh = std::mem::take(&mut self.fresh);
        self.restore(&mut fresh);
        self.expire(&mut fresh);
        self.publish(fresh);
        self.defer();
        self.link_replacements();
    }

    fn claim(&mut self, at: usize, claim: Claim, fresh: &mut Vec<usize>) -> Result<(), Failure> {
        let Claim { drop, count, ask } = claim;
        let unit = count.unit.clone();
        match (ask, self.cases[at].head.state) {
            (_, State::Expired) => {}
            (
                Ask::Publish { digest, json, until, watch, .. },
                State::TakenDown | State::Suppressed,
            ) => {
                self.wait(at, (digest, json, until), (drop, count), watch);
            }
            (_, State::TakenDown | State::Suppressed) => {}
            // What stands published stays as it is; that its newer row waits is told.
            (Ask::Hold(_), State::Published) => self.keep_waiting(at, &drop),
            (Ask::Hold(checks), _) => self.hold(at, checks, (drop, count)),
            (Ask::Withhold(ground), _) => self.withhold(at, ground, (drop, count)),
            (Ask::Publish { digest, json, until, watch, grounds }, State::Published) => {
                self.watch(at, watch);
                match json {
                    Some(json) => {
                        self.correct(at, (digest, json, until), (drop, count), grounds)?;
                    }
                    None => self.set_waiting(at, false),
                }
            }
            (Ask::Publish { digest, json, until, watch, .. }, _) => {
                self.make_ready(at, (digest, json, until), (drop, count));
                self.pending_watch(at, watch);
                fresh.push(at);
            }
        }
        self.learn(at, unit);
        Ok(())
    }

    /// A ledger from before units were kept learns the unit when the case's row is read again. What is public
    /// of the case stays as it is, so it is no event.
    fn learn(&mut self, at: usize, unit: Option<Arc<str>>) {
        let case = &mut self.cases[at];
        let stays = case.kept.is_some() && case.head.state != State::Suppressed;
        if stays && case.head.count.unit.is_none() && unit.is_some() {
            (case.head.count.unit, case.kept) = (unit, None);
        }
    }

    /// A published case whose row in this drop waits. What is public stays; a reader is told where the row
    /// is newer than what stands.
    pub(super) fn keep_waiting(&mut self, at: usize, drop: &str) {
        self.waiting_changes += 1;
        self.set_waiting(at, in_order(drop, &self.cases[at].head.drop).is_gt());
    }

    /// Like [`Self::learn`] no event: what is public of the case stays as it is.
    fn set_waiting(&mut self, at: usize, waits: bool) {
        let case = &mut self.cases[at];
        if case.head.waits != waits {
            (case.head.waits, case.kept) = (waits, None);
        }
    }

    /// A case that waits; nothing happens where it waited for the same before.
    fn hold(&mut self, at: usize, checks: Vec<&'static str>, (drop, count): (Arc<str>, Count)) {
        let held_by: Vec<String> = checks.into_iter().map(str::to_owned).collect();
        let case = &self.cases[at];
        if case.kept.is_some() && case.head.state == State::Held && case.head.held_by == held_by {
            return;
        }
        let due_on = self.due_of(at, count.on);
        let head = self.change(at, State::Held, drop, count);
        (head.held_by, head.due_on) = (held_by, due_on);
        self.note(at, EventKind::Held);
    }

    /// A case that is not disclosed; one that was public leaves.
    fn withhold(&mut self, at: usize, ground: WithholdGround, (drop, count): (Arc<str>, Count)) {
        let case = &self.cases[at];
        let known = case.kept.is_some() && case.head.state == State::Withheld;
        if known && case.head.withheld == Some(ground) {
            return;
        }
        let head = self.change(at, State::Withheld, drop, count);
        (head.withheld, head.digest) = (Some(ground), None);
        self.cases[at].content = Content::None;
        self.note(at, EventKind::Withheld);
    }

    /// A case that is published for the first time, or again after it was held or withheld.
    fn make_ready(
        &mut self,
        at: usize,
        (digest, json, until): (Digest, Option<Extent>, Option<Day>),
        (drop, count): (Arc<str>, Count),
    ) {
        let due_on = self.due_of(at, count.on);
        let until = until.or_else(|| self.last_day_of(at, &count));
        let head = self.change(at, State::Published, drop, count);
        (head.digest, head.until, head.due_on) = (Some(digest), until, due_on);
        (head.withheld, head.held_by) = (None, Vec::new());
        if let Some(json) = json {
            self.cases[at].content = Content::Json(json);
        }
    }

    /// Ends the disclosure of every case whose last day is over.
    fn expire(&mut self, fresh: &mut Vec<usize>) {
        let today = self.today;
        let over: BTreeSet<usize> =
            (0..self.cases.len()).filter(|at| self.cases[*at].head.is_over(today)).collect();
        fresh.retain(|at| !over.contains(at));
        for at in over {
            let case = &mut self.cases[at];
            case.kept = None;
            case.content = Content::None;
            (case.head.state, case.head.waits) = (State::Expired, false);
            case.head.digest = None;
            self.note(at, EventKind::Expired);
        }
    }

    /// Gives ids and publication days to what is published for the first time, oldest decision first.
    fn publish(&mut self, mut fresh: Vec<usize>) {
        fresh.retain(|at| self.cases[*at].head.state == State::Published);
        let taken_down: Vec<usize> = self.changes.iter().map(|c| c.case).collect();
        let mut nameless: Vec<usize> = fresh
            .iter()
            .chain(&taken_down)
            .copied()
            .filter(|at| {
                let head = &self.cases[*at].head;
                let was_public = head.published_on.is_some();
                head.id.is_none()
                    && (head.state == State::Published
                        || was_public && matches!(head.state, State::TakenDown | State::Suppressed))
            })
            .collect();
        nameless.sort_by(|a, b| self.age(*a).cmp(&self.age(*b)));
        nameless.dedup();
        let mut mint = Mint::new(&self.cases);
        for at in nameless {
            self.cases[at].head.id = Some(mint.next());
        }
        fresh.sort_by(|a, b| self.age(*a).cmp(&self.age(*b)));
        for at in fresh {
            let head = &mut self.cases[at].head;
            if head.published_on.is_none() {
                (head.published_on, head.revision) = (Some(self.today), 1);
            }
            self.note(at, EventKind::Published);
        }
        self.name_watches();
    }

    fn age(&self, at: usize) -> (Option<Day>, &RecordKey) {
        (self.cases[at].head.count.on, &self.cases[at].head.key)
    }

    pub(super) fn change(
        &mut self,
        at: usize,
        state: State,
        drop: Arc<str>,
        count: Count,
    ) -> &mut LineHead {
        let case = &mut self.cases[at];
        case.kept = None;
        (case.head.state, case.head.waits) = (state, false);
        (case.head.drop, case.head.count) = (drop, count);
        &mut case.head
    }

    pub(super) fn note(&mut self, case: usize, event: EventKind) {
        self.changes.push(Change { case, event, role: "build" });
    }

    pub(super) fn watch(&mut self, at: usize, watch: Watch) {
        if let Some(id) = self.cases[at].head.id {
            self.watches.insert(id, watch);
        }
    }

    /// Keeps the watch with the case until it has a name.
    pub(super) fn pending_watch(&mut self, at: usize, watch: Watch) {
        let case = &mut self.cases[at];
        let (drop, count) = (Arc::clone(&case.head.drop), case.head.count.clone());
        let digest = case.head.digest.unwrap_or(Digest::ZERO);
        let ask = Ask::Publish { digest, json: None, until: None, watch, grounds: None };
        case.claim = Some(Claim { drop, count, ask });
    }

    fn name_watches(&mut self) {
        for at in 0..self.cases.len() {
            if let Some(Claim { ask: Ask::Publish { watch, .. }, .. }) = self.cases[at].claim.take()
            {
                self.watch(at, watch);
            }
        }
    }
}
