//! One publisher at a time, wherever it runs: a file at the target says who is at work there.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::diag::Failure;

use super::super::store::Store;
use super::mirror::patiently;

/// Name of the file, at the target's root.
pub(crate) const CLAIM: &str = "gongshi-publishing.json";
/// Seconds after which a claim that nobody gave back is taken for dead.
const STALE: u64 = 30 * 60;

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Note {
    /// Tells one publisher from another; says nothing of machine or person.
    publisher: String,
    /// Seconds since 1970.
    since: u64,
}

/// A target that is claimed; given back by [`Claim::release`].
pub(crate) struct Claim<'s> {
    store: &'s dyn Store,
    /// What was last written.
    note: Mutex<Note>,
    /// When the claim was made: by the clock in the note.
    made: (u64, Instant),
}

impl<'s> Claim<'s> {
    /// Claims the target for this `publisher`, `now` being seconds since 1970. What the same one left is its own.
    ///
    /// # Errors
    /// Another is at work there, or the target does not answer.
    pub(crate) fn take(store: &'s dyn Store, publisher: &str, now: u64) -> Result<Self, Failure> {
        if let Some(other) = read(store)?
            && other.publisher != publisher
            && other.since.saturating_add(STALE) > now
        {
            return Err(refused(store));
        }
        let note = Note { publisher: publisher.to_owned(), since: now };
        write(store, &note)?;
        let claim = Self { store, note: Mutex::new(note), made: (now, Instant::now()) };
        claim.hold()?;
        Ok(claim)
    }

    /// Looks whether the target is still claimed by this run: of two that wrote at once, the one whose note was
    /// written over stops at the next look.
    ///
    /// # Errors
    /// Somebody else has claimed it.
    pub(crate) fn hold(&self) -> Result<(), Failure> {
        let note = self.note.lock().unwrap_or_else(PoisonError::into_inner);
        if read(self.store)?.as_ref() == Some(&*note) { Ok(()) } else { Err(refused(self.store)) }
    }

    /// Writes the claim anew before it grows stale.
    ///
    /// # Errors
    /// Somebody else has claimed the target, or it does not answer.
    pub(crate) fn renew(&self) -> Result<(), Failure> {
        let now = self.made.0 + self.made.1.elapsed().as_secs();
        {
            let mut note = self.note.lock().unwrap_or_else(PoisonError::into_inner);
            if now < note.since + STALE / 3 {
                return Ok(());
            }
            if read(self.store)?.as_ref() != Some(&*note) {
                return Err(refused(self.store));
            }
            note.since = now;
            write(self.store, &note)?;
        }
        self.hold()
    }

    /// Gives the target back, unless somebody else has claimed it. A claim that stays is dead after half an hour.
    pub(crate) fn release(self) {
        if self.hold().is_ok() {
            let _ = patiently(|| self.store.delete(CLAIM));
        }
    }
}

fn write(store: &dyn Store, note: &Note) -> Result<(), Failure> {
    let text = serde_json::to_vec(note)
        .map_err(|e| Failure::Internal(format!("a claim does not serialize: {e}")))?;
    Ok(patiently(|| store.write(CLAIM, &text))?)
}

fn read(store: &dyn Store) -> Result<Option<Note>, Failure> {
    let text = patiently(|| store.read(CLAIM))?;
    // What is no claim holds nobody up.
    Ok(text.and_then(|text| serde_json::from_slice(&text).ok()))
}

fn refused(store: &dyn Store) -> Failure {
    let shown = store.shown(CLAIM);
    Failure::State {
        zh: format!(
            "另一个 gongshi 正在向这里发布（{shown}），请等它结束后再试；若它已中断，半小时后自动失效"
        ),
        en: format!(
            "another gongshi is publishing here ({shown}): try again when it is done; if it died, its claim ends after half an hour"
        ),
    }
}
