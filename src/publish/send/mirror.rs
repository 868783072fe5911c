//! Mirrors a site to a store: file by file, several at once, part after part, and the manifest last.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::diag::Failure;
use crate::ledger::Digest;

use super::super::manifest;
use super::super::store::{Store, Trouble};
use super::steps::Step;
use super::{Built, Held, Sent, Steps};

/// How often a file is tried.
const TRIES: u32 = 5;
/// The wait before the second try; it doubles with each.
const WAIT: Duration = Duration::from_millis(200);

/// Carries out the steps, `at_once` files at a time, and closes with the manifest. A part begins when the one before it is over.
///
/// # Errors
/// A file that could not be sent or taken away in several tries. What was done is noted: the next run goes on
/// from there.
pub(crate) fn mirror(
    store: &dyn Store,
    (site, at_once): (&Built, usize),
    held: &mut Held,
    steps: &Steps,
) -> Result<Sent, Failure> {
    held.intend(steps)?;
    let run =
        Run { store, site, at_once, held: Mutex::new(held), sent: Mutex::new(Sent::default()) };
    for part in &steps.parts {
        run.part(part)?;
    }
    let closed = patiently(|| store.write(manifest::NAME, &site.text));
    closed.map_err(|trouble| halted(store, manifest::NAME, trouble))?;
    let Run { held, sent, .. } = run;
    let held = held.into_inner().unwrap_or_else(PoisonError::into_inner);
    held.settle(site.digest())?;
    let mut sent = sent.into_inner().unwrap_or_else(PoisonError::into_inner);
    (sent.written, sent.bytes) = (sent.written + 1, sent.bytes + site.text.len() as u64);
    Ok(sent)
}

struct Run<'r> {
    store: &'r dyn Store,
    site: &'r Built,
    at_once: usize,
    held: Mutex<&'r mut Held>,
    sent: Mutex<Sent>,
}

impl Run<'_> {
    fn part(&self, steps: &[Step]) -> Result<(), Failure> {
        let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
        let first = Mutex::new(None);
        std::thread::scope(|scope| {
            for _ in 0..self.at_once.min(steps.len()) {
                scope.spawn(|| {
                    while !is_over.load(Ordering::Relaxed)
                        && let Some(step) = steps.get(next.fetch_add(1, Ordering::Relaxed))
                    {
                        if let Err(failure) = self.step(step) {
                            is_over.store(true, Ordering::Relaxed);
                            first
                                .lock()
                                .unwrap_or_else(PoisonError::into_inner)
                                .get_or_insert(failure);
                        }
                    }
                });
            }
        });
        let first = first.into_inner().unwrap_or_else(PoisonError::into_inner);
        first.map_or(Ok(()), Err)
    }

    fn step(&self, step: &Step) -> Result<(), Failure> {
        match step {
            Step::Write(path) => {
                let bytes = self.site.file(path)?;
                patiently(|| self.store.write(path, &bytes))
                    .map_err(|trouble| halted(self.store, path, trouble))?;
                self.note(|held, sent| {
                    held.sent(path, Digest::of(&bytes));
                    sent.written += 1;
                    sent.bytes += bytes.len() as u64;
                });
            }
            Step::Remove(path) => {
                patiently(|| self.store.delete(path))
                    .map_err(|trouble| halted(self.store, path, trouble))?;
                self.note(|held, sent| {
                    held.gone(path);
                    sent.removed += 1;
                });
            }
        }
        Ok(())
    }

    fn note(&self, note: impl FnOnce(&mut Held, &mut Sent)) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        note(&mut held, &mut sent);
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
