//! The public log: of each event that the public could see, one line, in order, chained on its own.
//!
//! What was held or withheld before it was ever public has no line. A line names the case by its id
//! only: no number, no party, and no digest of the content. A digest of what was taken out of a record
//! would for ever confirm a guess at it.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::law::Day;
use crate::vocab::{CaseId, Ground};

use super::event::{self, Broken, Event, EventKind, Fault};
use super::store::{read_or_empty, stopped};
use super::{Digest, chain, merkle};

/// What the public could see happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PublicKind {
    /// Published, for the first time or again.
    Published,
    /// Content replaced.
    Corrected,
    /// Shown again after a takedown that was set aside.
    Reinstated,
    /// Taken down, with a notice.
    TakenDown,
    /// Disclosure period over.
    Expired,
    /// No longer shown; why is not public.
    Withdrawn,
    /// The log itself was repaired.
    Repaired,
}

/// One line of the public log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublicEntry {
    /// Number in the public log, from 1.
    pub(crate) seq: u64,
    /// Day of the run that recorded it.
    pub(crate) on: Day,
    /// What happened.
    pub(crate) event: PublicKind,
    /// Penalty or inspection; none for the log itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<CaseKind>,
    /// The case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<CaseId>,
    /// Which version of its content stands since: 1 at first publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) revision: Option<u32>,
    /// Ground of a takedown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<Ground>,
    /// Digest of the line before.
    pub(crate) prev: Digest,
}

/// The public log, whole.
#[derive(Debug, Default)]
pub(crate) struct PublicLog {
    /// Its lines, each with its line end.
    pub(crate) text: Vec<u8>,
    /// Leaf hash of each line.
    pub(crate) leaves: Vec<Digest>,
    /// Digest of the last line.
    last: Option<Digest>,
}

/// What the public sees of a case.
#[derive(Clone, Copy, Default)]
pub(super) struct Seen {
    shown: bool,
    revision: u32,
}

impl Seen {
    /// Which version of its content stands.
    pub(super) fn revision(self) -> u32 {
        self.revision
    }
}

/// The public part of a log that is read event by event.
#[derive(Default)]
pub(super) struct Publishing {
    log: PublicLog,
    seen: BTreeMap<CaseId, Seen>,
    has_failed: bool,
}

impl Publishing {
    /// Takes the next event.
    pub(super) fn take(&mut self, event: Event) {
        let mut nothing = Seen::default();
        let case = event.id.map_or(&mut nothing, |id| self.seen.entry(id).or_default());
        let Some(kind) = public_kind(event.event, event.id.is_some(), case) else { return };
        // Which case it was is not said again, to protect a person.
        let named = event.event != EventKind::Suppressed;
        let added = self.log.add(PublicEntry {
            seq: self.log.size() + 1,
            on: event.on,
            event: kind,
            kind: event.case.map(|c| c.kind).filter(|_| named),
            id: event.id.filter(|_| named),
            revision: case.shown.then_some(case.revision),
            reason: event.ground.filter(|_| kind == PublicKind::TakenDown),
            prev: self.log.last.unwrap_or(Digest::ZERO),
        });
        self.has_failed |= added.is_none();
    }

    /// The public log of all events taken; none where a line did not serialize.
    pub(super) fn done(self) -> Option<PublicLog> {
        (!self.has_failed).then_some(self.log)
    }
}

impl PublicLog {
    /// The public part of an internal log that holds.
    pub(crate) fn of(internal: &[u8]) -> Option<Self> {
        let mut publishing = Publishing::default();
        event::events(internal).for_each(|event| publishing.take(event));
        publishing.done()
    }

    fn add(&mut self, entry: PublicEntry) -> Option<()> {
        let (line, digest) = event::seal(&entry)?;
        self.leaves.push(merkle::leaf(&line));
        self.text.extend(line);
        self.text.push(b'\n');
        self.last = Some(digest);
        Some(())
    }

    /// Reads a public log from anywhere, checking every line.
    ///
    /// # Errors
    /// The first line that does not hold.
    pub(crate) fn read(text: &[u8]) -> Result<Self, Broken> {
        let mut log = Self::default();
        for line in text.split_inclusive(|b| *b == b'\n') {
            let broken = |fault| Broken { line: log.size() + 1, fault };
            let line = line.strip_suffix(b"\n").ok_or_else(|| broken(Fault::Unreadable))?;
            let (entry, (digest, stated)) =
                event::open::<PublicEntry>(line).ok_or_else(|| broken(Fault::Unreadable))?;
            if digest != stated {
                return Err(broken(Fault::Digest));
            }
            let follows = entry.prev == log.last.unwrap_or(Digest::ZERO);
            if !follows || entry.seq != log.size() + 1 {
                return Err(broken(Fault::Chain));
            }
            log.leaves.push(merkle::leaf(line));
            log.last = Some(digest);
        }
        log.text = text.to_vec();
        Ok(log)
    }

    /// How many lines.
    pub(crate) fn size(&self) -> u64 {
        self.leaves.len() as u64
    }

    /// Its root.
    pub(crate) fn root(&self) -> Digest {
        merkle::root(&self.leaves)
    }

    /// The lines, without line ends.
    pub(crate) fn lines(&self) -> impl DoubleEndedIterator<Item = &[u8]> {
        self.text.split(|b| *b == b'\n').filter(|line| !line.is_empty())
    }

    /// The last `most` entries, newest first.
    pub(crate) fn latest(&self, most: usize) -> Vec<PublicEntry> {
        self.lines().rev().take(most).filter_map(entry).collect()
    }
}

/// The public part of the log in `dir` with the events that are to be appended.
///
/// # Errors
/// A file cannot be read, or a line does not hold.
pub(crate) fn public_log(dir: &Path, append: &Path) -> Result<PublicLog, Failure> {
    let added = read_or_empty(append)?;
    let whole = chain::reader(dir)?.chain(added.as_slice());
    let mut publishing = Publishing::default();
    chain::walk(whole, |event| publishing.take(event)).map_err(|stop| stopped(dir, stop))?;
    publishing
        .done()
        .ok_or_else(|| Failure::Internal("a line of the public log does not serialize".into()))
}

/// The entry in a line that holds.
pub(crate) fn entry(line: &[u8]) -> Option<PublicEntry> {
    event::open(line).map(|(entry, _)| entry)
}

/// What the public saw of an event, and what it sees of the case since. A kind of event that is added
/// must say here what of it is public.
pub(super) fn public_kind(event: EventKind, has_id: bool, case: &mut Seen) -> Option<PublicKind> {
    let was_shown = case.shown;
    match event {
        EventKind::Repaired => Some(PublicKind::Repaired),
        _ if !has_id => None,
        EventKind::Published | EventKind::Corrected => {
            case.shown = true;
            case.revision += 1;
            let first = event == EventKind::Published;
            Some(if first { PublicKind::Published } else { PublicKind::Corrected })
        }
        EventKind::TakenDown | EventKind::Superseded => {
            case.shown = false;
            Some(PublicKind::TakenDown)
        }
        // The public sees it when the case is shown again, or for the first time.
        EventKind::SetAside | EventKind::Deferred => None,
        EventKind::Reinstated => {
            case.shown = true;
            case.revision += 1;
            Some(PublicKind::Reinstated)
        }
        EventKind::Expired => {
            case.shown = false;
            was_shown.then_some(PublicKind::Expired)
        }
        EventKind::Held | EventKind::Withheld | EventKind::Suppressed => {
            case.shown = false;
            was_shown.then_some(PublicKind::Withdrawn)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(n: u64) -> PublicLog {
        let mut log = PublicLog::default();
        for seq in 1..=n {
            let entry = PublicEntry {
                seq,
                on: Day::new(2026, 2, 13).expect("a day"),
                event: PublicKind::Published,
                kind: Some(CaseKind::Penalty),
                id: Some(CaseId::mint(seq.to_be_bytes())),
                revision: Some(1),
                reason: None,
                prev: log.last.unwrap_or(Digest::ZERO),
            };
            log.add(entry).expect("an entry serializes");
        }
        log
    }

    /// Whether a log is no longer the one that size and root were noted of; where its chain is broken,
    /// at which line.
    fn found(text: &[u8], sound: &PublicLog) -> (bool, Option<u64>) {
        match PublicLog::read(text) {
            Err(broken) => (true, Some(broken.line)),
            Ok(log) => (log.size() != sound.size() || log.root() != sound.root(), None),
        }
    }

    #[test]
    fn a_sound_log_reads_back() {
        let log = log(5);
        let again = PublicLog::read(&log.text).expect("it holds");
        assert_eq!((again.size(), again.root()), (5, log.root()));
        assert_eq!(again.latest(2).iter().map(|e| e.seq).collect::<Vec<_>>(), [5, 4]);
    }

    #[test]
    fn every_changed_byte_is_found_in_its_line() {
        let sound = log(4);
        for at in 0..sound.text.len() {
            for flip in [1, 0x20, 0x80] {
                let mut bad = sound.text.clone();
                bad[at] ^= flip;
                let line = sound.text[..at].iter().filter(|b| **b == b'\n').count() as u64 + 1;
                let (is_found, told) = found(&bad, &sound);
                assert!(is_found, "byte {at}");
                assert!(told == Some(line) || told == Some(line + 1), "byte {at}: {told:?}");
            }
        }
    }

    #[test]
    fn every_missing_repeated_or_swapped_line_and_every_cut_is_found() {
        let sound = log(6);
        let lines: Vec<&[u8]> = sound.text.split_inclusive(|b| *b == b'\n').collect();
        for i in 0..lines.len() {
            let mut without = lines.clone();
            without.remove(i);
            assert!(found(&without.concat(), &sound).0, "without {i}");
            let mut twice = lines.clone();
            twice.insert(i, lines[i]);
            assert_eq!(found(&twice.concat(), &sound).1, Some(i as u64 + 2), "twice {i}");
            for j in i + 1..lines.len() {
                let mut swapped = lines.clone();
                swapped.swap(i, j);
                assert_eq!(found(&swapped.concat(), &sound).1, Some(i as u64 + 1), "{i}, {j}");
            }
        }
        for end in 0..sound.text.len() {
            assert!(found(&sound.text[..end], &sound).0, "cut at {end}");
        }
    }
}
