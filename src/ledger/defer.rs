//! The day of publication is the day on which the public could first see a case. What a build put into the site
//! and nobody has delivered yet is published by the build that is delivered.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use crate::clearance::RecordKey;
use crate::diag::Failure;
use crate::law::Day;
use crate::vocab::CaseId;

use super::chain;
use super::event::{self, Event, EventKind};
use super::settle::Settling;
use super::store::EVENTS;
use super::{Receipts, State};

/// What the log says after its first `from` events.
///
/// # Errors
/// It cannot be read. That its lines hold is for opening the ledger.
fn since(dir: &Path, from: u64) -> Result<Vec<Event>, Failure> {
    let fail = |cause| Failure::Read { path: dir.join(EVENTS), cause };
    let mut reader = BufReader::with_capacity(1 << 18, chain::reader(dir)?);
    for _ in 0..from {
        if reader.skip_until(b'\n').map_err(fail)? == 0 {
            return Ok(Vec::new());
        }
    }
    let mut events = Vec::new();
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).map_err(fail)? > 0 {
        let opened = line.strip_suffix(b"\n").and_then(event::open::<Event>);
        events.extend(opened.map(|(event, _)| event));
        line.clear();
    }
    Ok(events)
}

/// Cases that came into the site after the last delivery, with the day on which they did; none before the first, as
/// then the site is brought to the public by other means. Receipts that do not hold move no day: a takedown must not
/// wait for them, and `doctor` tells of them.
///
/// # Errors
/// The log cannot be read.
pub(crate) fn unseen(dir: &Path) -> Result<BTreeMap<RecordKey, Day>, Failure> {
    let delivered = Receipts::open(dir).ok().and_then(|receipts| receipts.delivered());
    let Some(delivered) = delivered else { return Ok(BTreeMap::new()) };
    let events = since(dir, delivered)?.into_iter();
    let published = events.filter(|event| event.event == EventKind::Published);
    Ok(published.filter_map(|event| Some((event.case?, event.on))).collect())
}

/// Cases that were taken down after the first `from` events: nobody has looked yet whether they are gone.
///
/// # Errors
/// The log cannot be read.
pub(crate) fn taken_down_since(dir: &Path, from: u64) -> Result<BTreeSet<CaseId>, Failure> {
    let is_down = |event: &Event| {
        matches!(
            event.event,
            EventKind::TakenDown
                | EventKind::Superseded
                | EventKind::Suppressed
                | EventKind::Withheld
        )
    };
    let events = since(dir, from)?.into_iter().filter(is_down);
    Ok(events.filter_map(|event| event.id).collect())
}

impl Settling<'_> {
    /// Moves the day of publication of what no target has shown yet to this run's day.
    pub(super) fn defer(&mut self) {
        for at in 0..self.cases.len() {
            let head = &self.cases[at].head;
            // A case that was public before, and came back, keeps its first day.
            let is_first =
                |since: &Day| head.published_on.is_some_and(|on| on < self.today && on >= *since);
            if head.state != State::Published || !self.unseen.get(&head.key).is_some_and(is_first) {
                continue;
            }
            let was_until = self.last_day_of(at, &self.cases[at].head.count);
            self.cases[at].kept = None;
            self.cases[at].head.published_on = Some(self.today);
            let until = self.last_day_of(at, &self.cases[at].head.count);
            let head = &mut self.cases[at].head;
            // A last day that the export named itself does not move.
            if head.until == was_until {
                head.until = until;
            }
            self.note(at, EventKind::Deferred);
        }
    }
}
