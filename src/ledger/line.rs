//! One line of a standings file: a head that the index keeps, then the disclosure.
//!
//! A line is written and read here only, so that its form is one thing.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::clearance::{Count, RecordKey, readmit};
use crate::law::Day;
use crate::vocab::{CaseId, WithholdGround};

use super::{Digest, Gap, Overtaken, Revision, Standing, State, Tombstone};

/// Everything of a standing but its disclosure; small enough to keep for every case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LineHead {
    /// Which case.
    pub(crate) key: Arc<RecordKey>,
    /// Name in addresses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<CaseId>,
    /// Where it stands.
    pub(crate) state: State,
    /// Drop its present content came from.
    pub(crate) drop: Arc<str>,
    /// What the statistics count.
    pub(crate) count: Count,
    /// First publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) published_on: Option<Day>,
    /// Last lawful day for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) due_on: Option<Day>,
    /// Last day of disclosure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<Day>,
    /// 1 at first publication.
    #[serde(default)]
    pub(crate) revision: u32,
    /// Corrections.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) revisions: Vec<Revision>,
    /// Times it was down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) gaps: Vec<Gap>,
    /// Orders that others have overtaken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) overtaken: Vec<Overtaken>,
    /// Checks that hold it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) held_by: Vec<String>,
    /// Whether a newer export of it waits while what is public stays.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) waits: bool,
    /// Ground of withholding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) withheld: Option<WithholdGround>,
    /// The notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tombstone: Option<Box<Tombstone>>,
    /// Digest of the disclosure that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) digest: Option<Digest>,
}

impl LineHead {
    /// Year whose file the case stands in; cases without a day stand in year 0.
    pub(crate) fn year(&self) -> i32 {
        self.count.on.map_or(0, Day::year)
    }

    /// Whether it stands published although its last day of disclosure has gone by: no build has said so yet.
    pub(crate) fn is_over(&self, today: Day) -> bool {
        self.state == State::Published && self.until.is_some_and(|until| until < today)
    }

    /// Whether it stands published and its last day of disclosure has not gone by.
    pub(crate) fn is_live(&self, today: Day) -> bool {
        self.state == State::Published && !self.is_over(today)
    }

    /// Day on which its address died: it was taken down, or the last day of disclosure went by. A suppressed
    /// case has no dead address (404, not 410): nothing may say that it was there.
    pub(crate) fn died_on(&self) -> Option<Day> {
        match self.state {
            State::TakenDown => self.tombstone.as_ref().map(|stone| stone.taken_down_on),
            State::Expired => self.until.map(Day::next),
            State::Published | State::Held | State::Withheld | State::Suppressed => None,
        }
    }

    /// Day of the last change of what is public.
    pub(crate) fn changed_on(&self) -> Option<Day> {
        let corrected = self.revisions.last().map(|r| r.on);
        corrected.max(self.gaps.last().map(|g| g.until)).or(self.published_on)
    }
}

const DISCLOSURE_KEY: &str = ",\"disclosure\":";

/// Writes a line, without line end. `disclosure` is its JSON, for a published case only.
pub(crate) fn write(head: &LineHead, disclosure: Option<&[u8]>) -> Option<Vec<u8>> {
    let mut line = serde_json::to_vec(head).ok()?;
    if let Some(json) = disclosure {
        line.pop();
        line.extend_from_slice(DISCLOSURE_KEY.as_bytes());
        line.extend_from_slice(json);
        line.push(b'}');
    }
    Some(line)
}

/// Reads the head of a line.
pub(crate) fn read_head(line: &str) -> Option<LineHead> {
    match split(line) {
        Some((head, _)) => serde_json::from_str(&format!("{head}}}")).ok(),
        None => serde_json::from_str(line).ok(),
    }
}

/// The disclosure's JSON in a line, if it has one.
pub(crate) fn disclosure_json(line: &str) -> Option<&str> {
    split(line).map(|(_, json)| json)
}

/// Reads a whole line whose head is known already.
pub(crate) fn read(head: LineHead, line: &str) -> Option<Standing> {
    let disclosure = match disclosure_json(line) {
        Some(json) => Some(readmit(json)?),
        None => None,
    };
    Some(Standing {
        key: RecordKey::clone(&head.key),
        id: head.id,
        state: head.state,
        drop: head.drop.to_string(),
        count: head.count,
        published_on: head.published_on,
        due_on: head.due_on,
        until: head.until,
        revision: head.revision,
        revisions: head.revisions,
        gaps: head.gaps,
        held_by: head.held_by,
        waits: head.waits,
        withheld: head.withheld,
        tombstone: head.tombstone.map(|t| *t),
        disclosure,
    })
}

/// Parts a line before its disclosure. The key cannot occur earlier: no field of the head is free
/// text but the name of a document, in which quotes are escaped.
fn split(line: &str) -> Option<(&str, &str)> {
    let at = memchr::memmem::find(line.as_bytes(), DISCLOSURE_KEY.as_bytes())?;
    let json = line[at + DISCLOSURE_KEY.len()..].strip_suffix('}')?;
    Some((&line[..at], json))
}
