//! The event log: one line an event, each chained to the one before by SHA-256.
//!
//! An event says which case, what happened, when, on what ground. It holds no party and no facts.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::clearance::{CaseKind, RecordKey};
use crate::law::Day;
use crate::vocab::{CaseId, Ground, WithholdGround};

use super::{Digest, chain};

/// What happened to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EventKind {
    /// Known, waiting.
    Held,
    /// Known, not to be disclosed.
    Withheld,
    /// First publication.
    Published,
    /// Published by a build that nobody delivered: its day of publication is that of this run.
    Deferred,
    /// Published content replaced.
    Corrected,
    /// Removed, notice put up.
    TakenDown,
    /// Disclosure period over.
    Expired,
    /// Removed because another decision replaces it, notice put up.
    Superseded,
    /// Removed without a public word about which case it was.
    Suppressed,
    /// The takedown was set aside; the case waits for its next export.
    SetAside,
    /// Public again after a takedown.
    Reinstated,
    /// Of no case: a torn last line of the log was removed by order.
    Repaired,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Event {
    /// Number in the log, from 1.
    pub(crate) seq: u64,
    /// Day of the run that recorded it.
    pub(crate) on: Day,
    /// What happened.
    pub(crate) event: EventKind,
    /// Which case; none for what happens to the log itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) case: Option<RecordKey>,
    /// Its name in addresses, once it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<CaseId>,
    /// Ground of a takedown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ground: Option<Ground>,
    /// Ground of withholding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) withheld: Option<WithholdGround>,
    /// Document of authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) document: Option<String>,
    /// Day of that document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) decided_on: Option<Day>,
    /// Checks that hold a held case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) checks: Vec<String>,
    /// In which role: `build` for what follows from a drop or a date, `command` for an order by hand.
    pub(crate) role: String,
    /// Digest of the public content after the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) content: Option<Digest>,
    /// Digest of the event before.
    pub(crate) prev: Digest,
}

impl Event {
    /// The event after `head`, with no more than what every event says.
    pub(super) fn bare(
        head: Head,
        on: Day,
        (event, case): (EventKind, Option<RecordKey>),
        role: &str,
    ) -> Self {
        Self {
            seq: head.events + 1,
            on,
            event,
            case,
            id: None,
            ground: None,
            withheld: None,
            document: None,
            decided_on: None,
            checks: Vec::new(),
            role: role.into(),
            content: None,
            prev: head.digest,
        }
    }
}

/// The end of a log: how many events, and the digest of the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// Number of events.
    pub(crate) events: u64,
    /// Digest of the last event, zero for an empty log.
    pub(crate) digest: Digest,
}

impl Head {
    /// The head of a log without events.
    pub(crate) const EMPTY: Head = Head { events: 0, digest: Digest::ZERO };
}

/// Why a log does not hold, and at which line (from 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    /// Line of the first fault.
    pub(crate) line: u64,
    /// What is wrong with it.
    pub(crate) fault: Fault,
}

/// Kinds of damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Not an event, or cut off.
    Unreadable,
    /// The digest does not fit the line.
    Digest,
    /// The line does not continue the one before: a line is missing, repeated or out of order.
    Chain,
}

const HASH_KEY: &[u8] = b",\"hash\":\"";

/// Writes an event as a line of the log, without line end, and returns it with its digest.
pub(crate) fn seal<T: Serialize>(event: &T) -> Option<(Vec<u8>, Digest)> {
    let mut line = serde_json::to_vec(event).ok()?;
    let digest = Digest::of(&line);
    line.pop();
    line.extend_from_slice(HASH_KEY);
    line.extend_from_slice(digest.to_string().as_bytes());
    line.extend_from_slice(b"\"}");
    Some((line, digest))
}

/// Checks a whole log, line by line.
///
/// # Errors
/// The first line that does not hold.
pub(crate) fn verify(log: &[u8]) -> Result<Head, Broken> {
    let mut events = 0;
    match chain::walk(log, |_| events += 1) {
        Ok((head, _)) => Ok(head),
        Err(chain::Stop::Broken(broken)) => Err(broken),
        Err(chain::Stop::Unread(_)) => Err(Broken { line: events + 1, fault: Fault::Unreadable }),
    }
}

/// The day on which each case first came into the log. `log` holds, as [`verify`] says. A case is known by
/// its number and party: the code of its organ may be filled in later.
pub(crate) fn first_days(log: &[u8]) -> BTreeMap<(CaseKind, String, String), Day> {
    let mut days = BTreeMap::new();
    for Event { on, case, .. } in events(log) {
        if let Some(case) = case {
            days.entry((case.kind, case.number, case.party)).or_insert(on);
        }
    }
    days
}

/// The events of a log that holds, in order.
pub(super) fn events(log: &[u8]) -> impl Iterator<Item = Event> {
    log.split(|b| *b == b'\n').filter_map(open).map(|(event, _)| event)
}

/// The log without its torn last line and with the event that says so. `None` where the log holds, or
/// where its damage is anything else than a last line cut off: that is for a backup to mend.
pub(crate) fn repair(log: &[u8], on: Day) -> Option<Vec<u8>> {
    let Err(Broken { fault: Fault::Unreadable, .. }) = verify(log) else { return None };
    let mut mended = [log, b"\n"].concat(); // Where only the line end is missing, nothing is lost.
    let head = verify(&mended).or_else(|_| {
        mended.truncate(log.iter().rposition(|b| *b == b'\n').map_or(0, |end| end + 1));
        verify(&mended)
    });
    let head = head.ok()?;
    let event = Event::bare(head, on, (EventKind::Repaired, None), "command");
    mended.extend(seal(&event)?.0);
    mended.push(b'\n');
    Some(mended)
}

/// Reads a line: the event, the digest of its body and the digest it states.
pub(super) fn open<T: DeserializeOwned>(line: &[u8]) -> Option<(T, (Digest, Digest))> {
    let (body, digests) = sealed(line)?;
    let whole = [body, b"}"].concat();
    Some((serde_json::from_slice(&whole).ok()?, digests))
}

/// The place of a line in the chain, read where [`seal`] writes it: its number at the beginning, the digest of
/// the line before at the end of the body. A line that reads so and keeps its digest was written by this ledger.
pub(super) fn link(line: &[u8]) -> Option<((u64, Digest), (Digest, Digest))> {
    let (body, digests) = sealed(line)?;
    let number = body.strip_prefix(b"{\"seq\":")?;
    let number = &number[..number.iter().position(|b| *b == b',')?];
    let prev = body.strip_suffix(b"\"")?;
    let prev = prev.get(prev.len().checked_sub(64)?..)?;
    let seq = std::str::from_utf8(number).ok()?.parse().ok()?;
    Some(((seq, Digest::parse(std::str::from_utf8(prev).ok()?)?), digests))
}

/// The body of a line without its last bracket, the digest of the body and the digest the line states.
fn sealed(line: &[u8]) -> Option<(&[u8], (Digest, Digest))> {
    let (body, rest) = line.split_at(line.len().checked_sub(HASH_KEY.len() + 64 + 2)?);
    let stated = rest.strip_prefix(HASH_KEY)?.strip_suffix(b"\"}")?;
    let stated = Digest::parse(std::str::from_utf8(stated).ok()?)?;
    Some((body, (Digest::of_all(&[body, b"}"]), stated)))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A log of `n` events.
    pub(in crate::ledger) fn log(n: u64) -> Vec<u8> {
        let mut out = Vec::new();
        let mut prev = Digest::ZERO;
        for seq in 1..=n {
            let key = RecordKey {
                kind: CaseKind::Penalty,
                organ: String::new(),
                number: format!("示城管罚决字〔2026〕第{seq}号"),
                party: String::new(),
            };
            let head = Head { events: seq - 1, digest: prev };
            let on = Day::new(2026, 2, 13).expect("a day");
            let event = Event::bare(head, on, (EventKind::Published, Some(key)), "build");
            let (line, digest) = seal(&event).expect("an event serializes");
            out.extend(line);
            out.push(b'\n');
            prev = digest;
        }
        out
    }

    #[test]
    fn a_sound_log_holds_and_reads_back() {
        let log = log(5);
        assert_eq!(verify(&log).map(|h| h.events), Ok(5));
    }

    #[test]
    fn the_first_day_of_a_case_is_its_first_event() {
        let mut log = log(2);
        let again = Event { on: Day::new(2026, 3, 1).expect("a day"), ..last(&log) };
        log.extend(seal(&again).expect("an event serializes").0);
        let days = first_days(&log);
        assert_eq!(days.len(), 2);
        assert!(days.values().all(|day| *day == Day::new(2026, 2, 13).expect("a day")));
    }

    fn last(log: &[u8]) -> Event {
        let line = log.split(|b| *b == b'\n').rfind(|l| !l.is_empty()).expect("a line");
        open(line).expect("an event").0
    }

    #[test]
    fn every_flipped_byte_is_found_in_its_line() {
        let sound = log(4);
        for at in 0..sound.len() {
            let mut bad = sound.clone();
            bad[at] ^= 1;
            let line = sound[..at].iter().filter(|b| **b == b'\n').count() as u64 + 1;
            let found = verify(&bad).expect_err("a flipped bit is damage");
            assert!(found.line == line || found.line == line + 1, "byte {at}: {found:?}");
        }
    }

    #[test]
    fn missing_repeated_and_swapped_lines_are_found() {
        let sound = log(4);
        let lines: Vec<&[u8]> = sound.split_inclusive(|b| *b == b'\n').collect();
        for (order, at) in [(vec![0, 2, 3], 2), (vec![0, 1, 1, 2, 3], 3), (vec![0, 2, 1, 3], 2)] {
            let bad: Vec<u8> = order.iter().flat_map(|i| lines[*i]).copied().collect();
            assert_eq!(verify(&bad), Err(Broken { line: at, fault: Fault::Chain }));
        }
        let cut = &sound[..sound.len() - 3];
        assert_eq!(verify(cut), Err(Broken { line: 4, fault: Fault::Unreadable }));
    }

    #[test]
    fn a_cut_at_every_byte_is_found_or_mended_and_the_mending_stands_in_the_log() {
        let (sound, day) = (log(4), Day::new(2026, 3, 1).expect("a day"));
        for end in 0..sound.len() {
            let cut = &sound[..end];
            let whole = cut.iter().filter(|b| **b == b'\n').count() as u64;
            let at_line_end = cut.last().is_none_or(|b| *b == b'\n');
            match repair(cut, day) {
                None => assert!(at_line_end && verify(cut).is_ok(), "byte {end}"),
                Some(mended) => {
                    assert!(!at_line_end);
                    let only_line_end = u64::from(sound[end] == b'\n');
                    let events = verify(&mended).map(|h| h.events);
                    assert_eq!(events, Ok(whole + only_line_end + 1), "byte {end}");
                    assert_eq!(last(&mended).event, EventKind::Repaired);
                }
            }
        }
    }

    #[test]
    fn only_a_torn_last_line_is_mended() {
        let (sound, day) = (log(4), Day::new(2026, 3, 1).expect("a day"));
        for at in 0..sound.len() - 1 {
            let mut bad = sound.clone();
            bad[at] ^= 1;
            assert!(repair(&bad, day).is_none(), "byte {at}");
        }
    }
}
