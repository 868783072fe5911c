//! Where the time goes: stages by the wall clock, printing, audit and writing by thread time, and the
//! slowest pages. Costs a few nanoseconds a page when nobody asks.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::diag::Failure;
use crate::site::Page;

/// How many of the slowest pages are told.
const SLOWEST: usize = 5;

/// Measures one run; shared by threads.
#[derive(Default)]
pub(super) struct Timings {
    asked: bool,
    stages: Mutex<Vec<(&'static str, Duration)>>,
    print: AtomicU64,
    audit: AtomicU64,
    write: AtomicU64,
    slowest: Mutex<Vec<(Duration, String)>>,
}

impl Timings {
    /// Measures pages only when `asked`.
    pub(super) fn new(asked: bool) -> Self {
        Self { asked, ..Self::default() }
    }

    /// Measures a stage.
    pub(super) fn stage<T>(&self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let begin = Instant::now();
        let done = work();
        if let Ok(mut stages) = self.stages.lock() {
            stages.push((name, begin.elapsed()));
        }
        done
    }

    /// Measures the printing of a page.
    pub(super) fn page(&self, work: impl FnOnce() -> Result<Page, Failure>) -> Result<Page, Failure> {
        if !self.asked {
            return work();
        }
        let begin = Instant::now();
        let page = work()?;
        let took = begin.elapsed();
        add(&self.print, took);
        self.slow(took, &page.path);
        Ok(page)
    }

    /// Measures the audit of a page.
    pub(super) fn audit<T>(&self, work: impl FnOnce() -> T) -> T {
        self.measured(&self.audit, work)
    }

    /// Measures the writing of a page.
    pub(super) fn write<T>(&self, work: impl FnOnce() -> T) -> T {
        self.measured(&self.write, work)
    }

    fn measured<T>(&self, sum: &AtomicU64, work: impl FnOnce() -> T) -> T {
        if !self.asked {
            return work();
        }
        let begin = Instant::now();
        let done = work();
        add(sum, begin.elapsed());
        done
    }

    fn slow(&self, took: Duration, path: &str) {
        let Ok(mut slowest) = self.slowest.lock() else { return };
        if slowest.len() == SLOWEST && slowest.last().is_some_and(|(least, _)| *least >= took) {
            return;
        }
        let at = slowest.partition_point(|(other, _)| *other >= took);
        slowest.insert(at, (took, path.to_owned()));
        slowest.truncate(SLOWEST);
    }

    /// The table for `--timings`.
    pub(super) fn table(&self) -> String {
        let mut out = String::from("用时 timings\n");
        let line = |name: &str, took: Duration| format!("  {name:<10} {:>9.1} ms\n", took.as_secs_f64() * 1000.0);
        for (name, took) in self.stages.lock().map(|s| s.clone()).unwrap_or_default() {
            out.push_str(&line(name, took));
        }
        out.push_str("  各线程合计 in all threads\n");
        for (name, sum) in [("print", &self.print), ("audit", &self.audit), ("write", &self.write)] {
            out.push_str(&line(name, Duration::from_nanos(sum.load(Ordering::Relaxed))));
        }
        out.push_str("  最慢的页面 slowest pages\n");
        for (took, path) in self.slowest.lock().map(|s| s.clone()).unwrap_or_default() {
            out.push_str(&format!("  {:>9.3} ms  {path}\n", took.as_secs_f64() * 1000.0));
        }
        out
    }
}

fn add(sum: &AtomicU64, took: Duration) {
    sum.fetch_add(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
}
