//! What a run's drops say of one case, before the ledger decides.

use std::sync::Arc;

use crate::clearance::{ClearedRecord, CorrectionNote, Count, Disclosure, Fate, Watch};
use crate::diag::{Failure, Place};
use crate::law::Day;
use crate::vocab::WithholdGround;

use super::Digest;
use super::line::LineHead;
use super::store::{Extent, Spool};

/// The word of the latest drop about one case.
pub(crate) struct Claim {
    /// The drop.
    pub(crate) drop: Arc<str>,
    /// What the statistics count.
    pub(crate) count: Count,
    /// What it asks for.
    pub(crate) ask: Ask,
}

/// What a drop asks for.
pub(crate) enum Ask {
    /// Publish this.
    Publish {
        /// Digest of the disclosure's JSON.
        digest: Digest,
        /// Where the JSON was spooled; `None` where the ledger has the same already.
        json: Option<Extent>,
        /// Last day of disclosure the export asks for.
        until: Option<Day>,
        /// Must not appear anywhere.
        watch: Watch,
        /// On what grounds it may change, and where its row stands: for a case that stands already.
        grounds: Option<Box<Grounds>>,
    },
    /// Do not disclose.
    Withhold(WithholdGround),
    /// Wait.
    Hold(Vec<&'static str>),
}

/// What lets public content change.
pub(crate) struct Grounds {
    /// Corrections, at most one a field.
    pub(crate) notes: Vec<CorrectionNote>,
    /// The row.
    pub(crate) place: Option<Place>,
}

/// Room for the JSON of a disclosure of the usual size, in bytes.
const USUAL: usize = 2 << 10;

impl Claim {
    /// Turns a cleared record into a claim; a disclosure that differs from `standing` is spooled.
    ///
    /// # Errors
    /// The disk is full.
    pub(crate) fn of(
        record: ClearedRecord,
        standing: Option<&LineHead>,
        spool: &mut Spool,
    ) -> Result<Self, Failure> {
        let ask = match record.fate {
            Fate::Withheld(ground) => Ask::Withhold(ground),
            Fate::Held(checks) => Ask::Hold(checks),
            Fate::Ready { disclosure, watch } => {
                let mut json = Vec::with_capacity(USUAL);
                serde_json::to_writer(&mut json, &*disclosure).map_err(|e| {
                    Failure::Internal(format!("a disclosure does not serialize: {e}"))
                })?;
                let digest = Digest::of(&json);
                let known = standing.is_some_and(|head| head.digest == Some(digest));
                let json = if known { None } else { Some(spool.add(&json)?) };
                let differs = standing.is_some() && json.is_some();
                let grounds = Grounds { notes: record.corrections, place: record.place };
                let grounds = differs.then(|| Box::new(grounds));
                Ask::Publish { digest, json, until: asked_until(&disclosure), watch, grounds }
            }
        };
        Ok(Self { drop: record.drop, count: record.count, ask })
    }
}

fn asked_until(disclosure: &Disclosure) -> Option<Day> {
    match disclosure {
        Disclosure::Penalty(p) => *p.until(),
        Disclosure::Inspection(_) => None,
    }
}
