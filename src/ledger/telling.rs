//! What the log tells others: of each event that the public could see, one telling, with a name that stays.
//!
//! A telling names its case for those who hold the ledger; what of it may be said to others, its reader decides.

use std::collections::BTreeMap;
use std::path::Path;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::law::Day;
use crate::vocab::{CaseId, Ground};

use super::event::{self, Event, EventKind};
use super::public::{PublicKind, Seen, public_kind};
use super::store::stopped;
use super::{Digest, chain};

/// What happened to a case, as others are told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Occurrence {
    /// Published.
    Published,
    /// Content replaced.
    Corrected,
    /// Shown again after a takedown that was set aside.
    Reinstated,
    /// Taken down, with a notice.
    TakenDown,
    /// Taken down, and another decision replaces it.
    Superseded,
    /// Disclosure period over.
    Expired,
    /// Removed to protect a person.
    Suppressed,
    /// No longer shown; why is not public.
    Withdrawn,
}

impl Occurrence {
    /// The word for programs.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Corrected => "corrected",
            Self::Reinstated => "reinstated",
            Self::TakenDown => "taken_down",
            Self::Superseded => "superseded",
            Self::Expired => "expired",
            Self::Suppressed => "suppressed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// In words.
    pub(crate) const fn zh(self) -> &'static str {
        match self {
            Self::Published => "公示",
            Self::Corrected => "更正",
            Self::Reinstated => "恢复公示",
            Self::TakenDown => "撤下",
            Self::Superseded => "被替代",
            Self::Expired => "期满",
            Self::Suppressed => "移除（不指明案件）",
            Self::Withdrawn => "不再公示（不指明案件）",
        }
    }

    /// Whether it brings content; otherwise it takes content away.
    pub(crate) const fn brings(self) -> bool {
        match self {
            Self::Published | Self::Corrected | Self::Reinstated => true,
            Self::TakenDown
            | Self::Superseded
            | Self::Expired
            | Self::Suppressed
            | Self::Withdrawn => false,
        }
    }

    /// Whether it may say which case it is about.
    pub(crate) const fn names(self) -> bool {
        !matches!(self, Self::Suppressed | Self::Withdrawn)
    }
}

/// One event as others are told of it.
#[derive(Clone, Debug)]
pub(crate) struct Telling {
    /// Number of the event in the log.
    pub(crate) seq: u64,
    /// Its name: 32 hexadecimal characters that say nothing, the same for ever.
    pub(crate) name: String,
    /// Day of the run that recorded it; of what nobody had delivered yet, the day that was set anew.
    pub(crate) on: Day,
    /// What happened.
    pub(crate) what: Occurrence,
    /// Kind of case.
    pub(crate) kind: CaseKind,
    /// The case.
    pub(crate) id: CaseId,
    /// Which version of its content stands since.
    pub(crate) revision: u32,
    /// Ground of a takedown.
    pub(crate) ground: Option<Ground>,
    /// Document that took it down or set that aside.
    pub(crate) document: Option<String>,
    /// Its day.
    pub(crate) decided_on: Option<Day>,
}

/// All tellings of the log in `dir`, in order.
///
/// # Errors
/// The log cannot be read, or a line does not hold.
pub(crate) fn tellings(dir: &Path) -> Result<Vec<Telling>, Failure> {
    let mut seen: BTreeMap<CaseId, Seen> = BTreeMap::new();
    let mut tellings: Vec<Telling> = Vec::new();
    let walked = chain::walk(chain::reader(dir)?, |event| {
        let (Some(id), Some(case)) = (event.id, &event.case) else { return };
        if event.event == EventKind::Deferred {
            return defer(&mut tellings, id, event.on);
        }
        let (kind, state) = (case.kind, seen.entry(id).or_default());
        let Some(what) = told(&event, state) else { return };
        let Some(name) = name(&event) else { return };
        let is_down = matches!(what, Occurrence::TakenDown | Occurrence::Superseded);
        let is_authority = is_down || what == Occurrence::Reinstated;
        tellings.push(Telling {
            seq: event.seq,
            name,
            on: event.on,
            what,
            kind,
            id,
            revision: state.revision(),
            ground: event.ground.filter(|_| is_down),
            document: event.document.filter(|_| is_authority),
            decided_on: event.decided_on.filter(|_| is_authority),
        });
    });
    walked.map_err(|stop| stopped(dir, stop))?;
    Ok(tellings)
}

/// Moves to this day what was told of a case since its publication: nobody has seen it before.
fn defer(tellings: &mut [Telling], id: CaseId, on: Day) {
    let own = |telling: &&mut Telling| telling.id == id;
    for telling in tellings.iter_mut().rev().filter(own) {
        telling.on = telling.on.max(on);
        if telling.what == Occurrence::Published {
            break;
        }
    }
}

/// What is told of an event, where the public could see it.
fn told(event: &Event, state: &mut Seen) -> Option<Occurrence> {
    let public = public_kind(event.event, true, state)?;
    match (public, event.event) {
        (PublicKind::Published, _) => Some(Occurrence::Published),
        (PublicKind::Corrected, _) => Some(Occurrence::Corrected),
        (PublicKind::Reinstated, _) => Some(Occurrence::Reinstated),
        (PublicKind::TakenDown, EventKind::Superseded) => Some(Occurrence::Superseded),
        (PublicKind::TakenDown, _) => Some(Occurrence::TakenDown),
        (PublicKind::Expired, _) => Some(Occurrence::Expired),
        (PublicKind::Withdrawn, EventKind::Suppressed) => Some(Occurrence::Suppressed),
        (PublicKind::Withdrawn, _) => Some(Occurrence::Withdrawn),
        (PublicKind::Repaired, _) => None,
    }
}

/// A name that follows from the event alone and tells nothing of it.
fn name(event: &Event) -> Option<String> {
    let (line, _) = event::seal(event)?;
    let mut name = Digest::of_all(&[b"gongshi push 1\n", &line]).to_string();
    name.truncate(32);
    Some(name)
}
