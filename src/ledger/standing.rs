//! One case as the ledger keeps it. A taken-down standing holds no disclosure (invariant 4).

use serde::{Deserialize, Serialize};

use crate::clearance::{Count, Disclosure, RecordKey};
use crate::law::Day;
use crate::vocab::{CaseId, CorrectionReason, Ground, WithholdGround};

/// Where a case stands (DESIGN 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// Waits for something; not published.
    Held,
    /// Not disclosed, on a ground.
    Withheld,
    /// Public. With a revision above 1 it was corrected.
    Published,
    /// Taken down; the notice stands.
    TakenDown,
    /// The disclosure period is over.
    Expired,
    /// Removed without a word in public about which case it was.
    Suppressed,
}

/// One change of a published case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Revision {
    /// Day of the change.
    pub(crate) on: Day,
    /// Canonical headers of the fields that changed; never their values. None where it protects a person.
    pub(crate) fields: Vec<String>,
    /// Why, where somebody wrote it down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<CorrectionReason>,
    /// Kind and number of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) document: Option<String>,
    /// Its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) decided_on: Option<Day>,
    /// Post of who approved it, where it is written down; never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) approved_by: Option<String>,
}

/// The document that set a takedown aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SetAside {
    /// Kind and number.
    pub(crate) document: String,
    /// Who issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) authority: Option<String>,
    /// Day of the document.
    pub(crate) decided_on: Day,
    /// Day of the run that recorded it.
    pub(crate) on: Day,
}

/// A time during which a case that stands published again was down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Gap {
    /// Day it was taken down.
    pub(crate) from: Day,
    /// Day it was published again.
    pub(crate) until: Day,
    /// Why it was down.
    pub(crate) ground: Ground,
    /// The document that ordered the takedown.
    pub(crate) document: String,
    /// Day of that document.
    pub(crate) decided_on: Day,
    /// What set it aside.
    pub(crate) set_aside: SetAside,
}

/// An order that was carried out and overtaken by another: read again, it changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Overtaken {
    /// Its ground; `None` for one that set a takedown aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ground: Option<Ground>,
    /// Day of its document.
    pub(crate) decided_on: Day,
}

/// Where the decision that replaces another stands published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Replacement {
    /// Its year.
    pub(crate) year: i32,
    /// Its name in addresses.
    pub(crate) id: CaseId,
}

/// What is left of a taken-down case: enough for the notice, nothing of party, facts or amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tombstone {
    /// Why.
    pub(crate) ground: Ground,
    /// The document that ordered it.
    pub(crate) document: String,
    /// Who issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) authority: Option<String>,
    /// Day of the document.
    pub(crate) decided_on: Day,
    /// Day it took effect: day 0 of the takedown clock.
    pub(crate) effective_on: Day,
    /// Last lawful day for the takedown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) due_on: Option<Day>,
    /// Day of the build that took it down.
    pub(crate) taken_down_on: Day,
    /// Number of the decision that replaces it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) replaced_by: Option<String>,
    /// Where that decision stands, as long as it stands published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) replacement: Option<Replacement>,
    /// What set the takedown aside; the case waits for an export to be published again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) set_aside: Option<SetAside>,
}

/// One case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Which case.
    pub(crate) key: RecordKey,
    /// Its name in addresses; minted at first publication.
    pub(crate) id: Option<CaseId>,
    /// Where it stands.
    pub(crate) state: State,
    /// Folder name of the drop its present content came from.
    pub(crate) drop: String,
    /// What the statistics count.
    pub(crate) count: Count,
    /// Day of first publication; never changes.
    pub(crate) published_on: Option<Day>,
    /// Last lawful day for publication; `None` where the year has no calendar.
    pub(crate) due_on: Option<Day>,
    /// Last day of disclosure.
    pub(crate) until: Option<Day>,
    /// 1 at first publication, then one more for each correction.
    pub(crate) revision: u32,
    /// The corrections.
    pub(crate) revisions: Vec<Revision>,
    /// The times it was down.
    pub(crate) gaps: Vec<Gap>,
    /// Checks that hold it, for a held case.
    pub(crate) held_by: Vec<String>,
    /// Whether a newer export of it waits, for a published case.
    pub(crate) waits: bool,
    /// Ground, for a withheld case.
    pub(crate) withheld: Option<WithholdGround>,
    /// The notice, for a taken-down case.
    pub(crate) tombstone: Option<Tombstone>,
    /// What the public reads, for a published case only.
    pub(crate) disclosure: Option<Disclosure>,
}

impl Standing {
    /// Day of the last change of what is public of it: its publication, a correction, its return, or its end.
    pub(crate) fn changed_on(&self) -> Option<Day> {
        match self.state {
            State::TakenDown => self.tombstone.as_ref().map(|stone| stone.taken_down_on),
            State::Expired => self.until.map(Day::next),
            State::Published | State::Held | State::Withheld | State::Suppressed => {
                let corrected = self.revisions.last().map(|r| r.on);
                corrected.max(self.gaps.last().map(|g| g.until)).or(self.published_on)
            }
        }
    }

    /// Whether it was published by its last lawful day. `None` where either day is unknown.
    pub(crate) fn on_time(&self) -> Option<bool> {
        Some(self.published_on? <= self.due_on?)
    }
}
