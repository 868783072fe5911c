//! Mirrors a site to a store: file by file, several at once, part after part, and the manifest last.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::diag::Failure;
use crate::ledger::Digest;

use super::super::manifest;
use super::super::store::{Store, Trouble};
use super::steps::Step;
use super::{Built, Claim, Held, Sent, Steps};

/// How often a file is tried.
const TRIES: u32 = 5;
/// The wait before the second try; it doubles with each.
const WAIT: Duration = Duration::from_millis(200);

/// A site on its way to a store that is claimed.
pub(super) struct Mirror<'m> {
    /// The store.
    pub(super) store: &'m dyn Store,
    /// The claim, which is looked at before each part and kept alive.
    pub(super) claim: &'m Claim<'m>,
    /// The site.
    pub(super) site: &'m Built,
    /// Files that travel at one time.
    pub(super) at_once: usize,
}

/// What a run has done so far.
struct Done<'h> {
    held: &'h mut Held,
    sent: Sent,
}

impl Mirror<'_> {
    /// Carries out the steps and closes with the manifest. A part begins when the one before it is over.
    ///
    /// # Errors
    /// A file that could not be sent or taken away in several tries, or somebody else has claimed the place. What
    /// was done is noted: the next run goes on from there.
    pub(super) fn carry_out(&self, held: &mut Held, steps: &Steps) -> Result<Sent, Failure> {
        held.intend(steps)?;
        let done = Mutex::new(Done { held, sent: Sent::default() });
        for part in &steps.parts {
            self.claim.hold()?;
            self.part(part, &done)?;
        }
        self.claim.hold()?;
        patiently(|| self.store.write(manifest::NAME, &self.site.text))
            .map_err(|trouble| halted(self.store, manifest::NAME, trouble))?;
        let Done { held, mut sent } = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        held.settle(self.site.digest())?;
        sent.written += 1;
        sent.bytes += self.site.text.len() as u64;
        Ok(sent)
    }

    fn part(&self, steps: &[Step], done: &Mutex<Done<'_>>) -> Result<(), Failure> {
        let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
        let first = Mutex::new(None);
        std::thread::scope(|scope| {
            for _ in 0..self.at_once.min(steps.len()) {
                scope.spawn(|| {
                    while !is_over.load(Ordering::Relaxed)
                        && let Some(step) = steps.get(next.fetch_add(1, Ordering::Relaxed))
                    {
                        if let Err(failure) =
                            self.claim.renew().and_then(|()| self.step(step, done))
                        {
                            is_over.store(true, Ordering::Relaxed);
                            let mut first = first.lock().unwrap_or_else(PoisonError::into_inner);
                            first.get_or_insert(failure);
                        }
                    }
                });
            }
        });
        let first = first.into_inner().unwrap_or_else(PoisonError::into_inner);
        first.map_or(Ok(()), Err)
    }

    fn step(&self, step: &Step, done: &Mutex<Done<'_>>) -> Result<(), Failure> {
        let note = || done.lock().unwrap_or_else(PoisonError::into_inner);
        match step {
            Step::Write(path) => {
                let bytes = self.site.file(path)?;
                patiently(|| self.store.write(path, &bytes))
                    .map_err(|trouble| halted(self.store, path, trouble))?;
                let mut done = note();
                done.held.sent(path, Digest::of(&bytes));
                done.sent.written += 1;
                done.sent.bytes += bytes.len() as u64;
            }
            Step::Remove(path) => {
                patiently(|| self.store.delete(path))
                    .map_err(|trouble| halted(self.store, path, trouble))?;
                let mut done = note();
                done.held.gone(path);
                done.sent.removed += 1;
            }
        }
        Ok(())
    }
}

/// Tries again where that can help, each time after a longer wait.
///
/// # Errors
/// The last trouble.
pub(super) fn patiently<T>(act: impl Fn() -> Result<T, Trouble>) -> Result<T, Trouble> {
    let mut wait = WAIT;
    for _ in 1..TRIES {
        match act() {
            Err(trouble) if trouble.again => pause(wait),
            done => return done,
        }
        wait *= 2;
    }
    act()
}

/// Waits before a place that is busy is asked again.
#[expect(clippy::disallowed_methods, reason = "who asks a busy place again must wait first")]
pub(crate) fn pause(wait: Duration) {
    std::thread::sleep(wait);
}

fn halted(store: &dyn Store, path: &str, trouble: Trouble) -> Failure {
    let shown = store.shown(path);
    Failure::State {
        zh: format!("{shown}：{}。已完成的部分已记下，再运行一次会接着做", trouble.zh),
        en: format!("{shown}: {}. What was done is noted: run it again to go on", trouble.en),
    }
}
