//! Looks through a ledger that may be damaged: log, standings and published years, each for itself and
//! against each other. It changes nothing and stops at nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::clearance::RecordKey;
use crate::diag::{Ailment, Failure, Symptom, ailments};
use crate::vocab::CaseId;

use super::chain::{self, Stop};
use super::event::{Broken, Event, EventKind, Fault, Head};
use super::line::{self, LineHead};
use super::public::Publishing;
use super::store::{EVENTS, read_or_empty, standings_name, standings_names};
use super::{Digest, PLACARDS, PlacardBook, PublicLog, RECEIPTS, Receipts, State, YEARS, Years};

/// What was seen of a ledger.
#[derive(Debug, Default)]
pub(crate) struct Checkup {
    /// What is wrong.
    pub(crate) symptoms: Vec<Symptom>,
    /// End of the log; none where the log does not hold.
    pub(crate) head: Option<Head>,
    /// Cases that stand.
    pub(crate) cases: u64,
    /// Cases whose addresses are dead.
    pub(crate) dead: u64,
    /// The public part of the log, where it holds.
    pub(crate) public: Option<PublicLog>,
}

/// The last event of a case.
struct Last {
    line: u64,
    kind: EventKind,
    id: Option<CaseId>,
    content: Option<Digest>,
}

/// What was met on the way through the standings.
#[derive(Default)]
struct Seen {
    keys: BTreeSet<Arc<RecordKey>>,
    ids: BTreeSet<CaseId>,
}

/// Looks through the ledger in `dir`.
///
/// # Errors
/// A file that is there cannot be read.
pub(crate) fn checkup(dir: &Path) -> Result<Checkup, Failure> {
    let mut found = Checkup::default();
    let (mut last, mut publishing) = (BTreeMap::new(), Publishing::default());
    let walked = chain::walk(chain::reader(dir)?, |event| {
        note(&mut last, &event);
        publishing.take(event);
    });
    let mut last = match walked {
        Ok((head, _)) => {
            (found.head, found.public) = (Some(head), publishing.done());
            Some(last)
        }
        Err(Stop::Unread(cause)) => return Err(Failure::Read { path: dir.join(EVENTS), cause }),
        Err(Stop::Broken(broken)) => {
            let log = read_or_empty(&dir.join(EVENTS))?;
            found.symptoms.push(of_log(&log, broken).at(&shown(EVENTS)).line(broken.line));
            found.symptoms.push(ailments::NOT_COMPARED.at(&shown(EVENTS)));
            None
        }
    };
    let mut seen = Seen::default();
    for name in standings_names(dir)? {
        found.standings(dir, &name, &mut seen, last.as_mut())?;
    }
    for lost in last.into_iter().flat_map(BTreeMap::into_values) {
        found.symptoms.push(ailments::CASE_LOST.at(&shown(EVENTS)).line(lost.line));
    }
    if matches!(Years::open(dir), Err(Failure::State { .. })) {
        found.symptoms.push(ailments::YEARS_DAMAGED.at(&shown(YEARS)));
    }
    if matches!(Receipts::open(dir), Err(Failure::State { .. })) {
        found.symptoms.push(ailments::RECEIPTS_DAMAGED.at(&shown(RECEIPTS)));
    }
    if matches!(PlacardBook::open(dir), Err(Failure::State { .. })) {
        found.symptoms.push(ailments::PLACARDS_DAMAGED.at(&shown(PLACARDS)));
    }
    Ok(found)
}

impl Checkup {
    fn standings(
        &mut self,
        dir: &Path,
        name: &str,
        seen: &mut Seen,
        mut last: Option<&mut BTreeMap<RecordKey, Last>>,
    ) -> Result<(), Failure> {
        let bytes = read_or_empty(&dir.join(name))?;
        for (row, text) in (1..).zip(bytes.split_inclusive(|b| *b == b'\n')) {
            let mut tell = |ailment: &'static Ailment| {
                self.symptoms.push(ailment.at(&shown(name)).line(row));
            };
            let Some((head, text)) = read(text) else {
                tell(&ailments::STANDING_UNREADABLE);
                continue;
            };
            self.cases += 1;
            self.dead += u64::from(head.id.is_some() && head.died_on().is_some());
            if let Some(ailment) = of_content(&head, text) {
                tell(ailment);
            }
            if standings_name(head.year()) != name {
                tell(&ailments::STANDING_MISPLACED);
            }
            let is_new_id = head.id.is_none_or(|id| seen.ids.insert(id));
            if !seen.keys.insert(Arc::clone(&head.key)) || !is_new_id {
                tell(&ailments::STANDING_TWICE);
                continue;
            }
            let Some(last) = last.as_deref_mut() else { continue };
            match last.remove(&*head.key) {
                None => tell(&ailments::STANDING_UNLOGGED),
                Some(event) if !event.agrees(&head) => {
                    let at = ailments::STANDING_DISAGREES.at(&shown(name)).line(row);
                    self.symptoms.push(at.with(event.line));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }
}

impl Last {
    /// Whether the case stands as its last event left it.
    fn agrees(&self, head: &LineHead) -> bool {
        let content = head.digest.filter(|digest| *digest != Digest::ZERO);
        leaves(self.kind).contains(&head.state) && self.id == head.id && self.content == content
    }
}

/// The states an event can leave a case in.
const fn leaves(kind: EventKind) -> &'static [State] {
    match kind {
        EventKind::Held => &[State::Held],
        EventKind::Withheld => &[State::Withheld],
        EventKind::Published
        | EventKind::Deferred
        | EventKind::Corrected
        | EventKind::Reinstated => &[State::Published],
        EventKind::TakenDown | EventKind::Superseded => &[State::TakenDown],
        EventKind::Expired => &[State::Expired],
        EventKind::Suppressed => &[State::Suppressed],
        EventKind::SetAside => &[State::TakenDown, State::Suppressed],
        EventKind::Repaired => &[],
    }
}

fn note(last: &mut BTreeMap<RecordKey, Last>, event: &Event) {
    let Event { seq: line, event: kind, id, content, .. } = *event;
    if let Some(key) = &event.case {
        last.insert(key.clone(), Last { line, kind, id, content });
    }
}

fn of_log(log: &[u8], broken: Broken) -> &'static Ailment {
    let lines = log.split_inclusive(|b| *b == b'\n').count() as u64;
    let is_torn = broken.line == lines && log.last().is_some_and(|b| *b != b'\n');
    match broken.fault {
        Fault::Unreadable if is_torn => &ailments::LOG_TORN,
        Fault::Unreadable => &ailments::LOG_UNREADABLE,
        Fault::Digest => &ailments::LOG_DIGEST,
        Fault::Chain => &ailments::LOG_CHAIN,
    }
}

/// A line of a standings file that is whole, with its head.
fn read(line: &[u8]) -> Option<(LineHead, &str)> {
    let text = std::str::from_utf8(line.strip_suffix(b"\n")?).ok()?;
    Some((line::read_head(text)?, text))
}

/// What is wrong with what a case shows: a published one shows what its digest says, another nothing.
fn of_content(head: &LineHead, line: &str) -> Option<&'static Ailment> {
    let json = line::disclosure_json(line);
    if json.is_some() != (head.state == State::Published) {
        return Some(&ailments::STANDING_UNLAWFUL);
    }
    let json = json?;
    if head.digest != Some(Digest::of(json.as_bytes())) {
        return Some(&ailments::STANDING_CONTENT);
    }
    line::read(head.clone(), line).is_none().then_some(&ailments::STANDING_UNREADABLE)
}

/// A file of the ledger as a report names it.
fn shown(name: &str) -> String {
    format!("ledger/{name}")
}
