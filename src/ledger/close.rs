//! Writes a settlement aside: the standings of each year in list order, and the events to append.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::clearance::{RecordKey, Watch};
use crate::diag::{Failure, Findings};
use crate::law::Day;
use crate::vocab::{CaseId, Ground};

use super::case::{Case, Content};
use super::event::{self, Event, EventKind, Head};
use super::line::{self, LineHead};
use super::settle::Settling;
use super::store::{
    EVENTS, Extent, Files, SPOOL, Spool, read_or_empty, standings_name, standings_names,
};
use super::{Digest, Listed, Staged};

/// Name, in the `.next` folder, of the events to append.
pub(crate) const APPEND: &str = "events.append";

/// Writes the next state of `settling` aside and returns the index of all cases in list order.
///
/// # Errors
/// The disk is full, or a line cannot be read again.
pub(crate) fn close(
    mut settling: Settling<'_>,
    next: &Path,
    today: Day,
) -> Result<Settled, Failure> {
    let (events, head) = write_events(&settling, &next.join(APPEND), today)?;
    let news = News::of(&settling);
    let cases = std::mem::take(&mut settling.cases);
    let mut files = std::mem::take(&mut settling.ledger.files);
    let mut order: Vec<usize> = (0..cases.len()).collect();
    order.sort_by(|a, b| list_order(&cases[*a].head, &cases[*b].head));
    let mut writer = Standings { next, files: &mut files, open: None, names: Vec::new() };
    let mut lines = Vec::with_capacity(cases.len());
    for at in &order {
        lines.push(writer.add(&cases[*at])?);
    }
    let names = writer.finish()?;
    let emptied =
        standings_names(&settling.ledger.dir)?.into_iter().filter(|n| !names.contains(n)).collect();
    let names = only_changed(&settling.ledger.dir, next, names)?;
    let mut slots: Vec<Option<LineHead>> = cases.into_iter().map(|c| Some(c.head)).collect();
    let listed = order
        .into_iter()
        .zip(lines)
        .filter_map(|(at, line)| Some(Listed { head: slots[at].take()?, line }))
        .collect();
    remove_spool(next)?;
    let staged = Staged {
        dir: settling.ledger.dir.clone(),
        standings: names,
        emptied,
        log_before: settling.ledger.log_len,
        log_after: settling.ledger.log_len + events,
        head,
    };
    Ok(Settled {
        cases: listed,
        files,
        staged,
        append: next.join(APPEND),
        news,
        watches: Arc::new(settling.watches),
        findings: settling.findings,
        keyless: settling.keyless,
        keyless_withheld: settling.keyless_withheld,
        waiting_changes: settling.waiting_changes,
    })
}

/// A settlement, written aside.
pub(crate) struct Settled {
    /// All cases in list order.
    pub(crate) cases: Vec<Listed>,
    /// Where their lines are read.
    pub(crate) files: Files,
    /// The files to put in place.
    pub(crate) staged: Staged,
    /// The file of the events to append.
    pub(crate) append: PathBuf,
    /// What changed.
    pub(crate) news: News,
    /// What must not appear anywhere, by published case.
    pub(crate) watches: Arc<BTreeMap<CaseId, Watch>>,
    /// What was noticed.
    pub(crate) findings: Findings,
    /// Held records that not even name their case.
    pub(crate) keyless: u64,
    /// Withheld records that do not name their case.
    pub(crate) keyless_withheld: u64,
    /// Newer rows of published cases that wait.
    pub(crate) waiting_changes: u64,
}

/// How many cases changed in which way, and which.
#[derive(Debug, Default)]
pub(crate) struct News {
    /// Number of changes of each kind.
    pub(crate) counts: BTreeMap<EventKind, u64>,
    /// Cases published for the first time, with their last lawful day.
    pub(crate) published: Vec<(Arc<RecordKey>, Option<Day>)>,
    /// Cases taken down, with their last lawful day.
    pub(crate) taken_down: Vec<(Arc<RecordKey>, Option<Day>)>,
    /// Cases whose public content is corrected, with the drop that carries the correct one.
    pub(crate) corrected: Vec<(Arc<RecordKey>, Arc<str>)>,
}

impl News {
    fn of(settling: &Settling<'_>) -> Self {
        let mut news = Self::default();
        for change in &settling.changes {
            *news.counts.entry(change.event).or_default() += 1;
            let head = &settling.cases[change.case].head;
            let key = Arc::clone(&head.key);
            match change.event {
                EventKind::Published => news.published.push((key, head.due_on)),
                EventKind::TakenDown | EventKind::Superseded | EventKind::Suppressed => {
                    news.taken_down.push((key, head.tombstone.as_ref().and_then(|t| t.due_on)));
                }
                EventKind::Corrected => news.corrected.push((key, Arc::clone(&head.drop))),
                EventKind::Held
                | EventKind::Deferred
                | EventKind::Withheld
                | EventKind::Expired
                | EventKind::SetAside
                | EventKind::Reinstated
                | EventKind::Repaired => {}
            }
        }
        news
    }

    /// How many cases came down, in whichever way.
    pub(crate) fn down(&self) -> u64 {
        let kinds = [EventKind::TakenDown, EventKind::Superseded, EventKind::Suppressed];
        kinds.into_iter().map(|kind| self.count(kind)).sum()
    }

    /// How many changes of this kind.
    pub(crate) fn count(&self, kind: EventKind) -> u64 {
        self.counts.get(&kind).copied().unwrap_or_default()
    }
}

/// List order: year and kind, then the newest decision first.
fn list_order(a: &LineHead, b: &LineHead) -> std::cmp::Ordering {
    (a.year(), a.key.kind, b.count.on, &a.key).cmp(&(b.year(), b.key.kind, a.count.on, &b.key))
}

/// Writes one file a year, cases in the order they come.
struct Standings<'f> {
    next: &'f Path,
    files: &'f mut Files,
    open: Option<(i32, Spool)>,
    names: Vec<String>,
}

impl Standings<'_> {
    fn add(&mut self, case: &Case) -> Result<Extent, Failure> {
        let line = self.line(case)?;
        let spool = self.spool(case.head.year())?;
        let extent = spool.add(&line)?;
        spool.end_line()?;
        Ok(extent)
    }

    fn line(&self, case: &Case) -> Result<Vec<u8>, Failure> {
        if let Some(kept) = case.kept {
            return Ok(self.files.read(kept)?.into_bytes());
        }
        let json = match case.content {
            Content::None => None,
            Content::Json(extent) => Some(self.files.read(extent)?),
            Content::Line(extent) => {
                line::disclosure_json(&self.files.read(extent)?).map(str::to_owned)
            }
        };
        line::write(&case.head, json.as_deref().map(str::as_bytes))
            .ok_or_else(|| Failure::Internal("a standing does not serialize".into()))
    }

    fn spool(&mut self, year: i32) -> Result<&mut Spool, Failure> {
        if self.open.as_ref().is_none_or(|(open, _)| *open != year) {
            self.flush()?;
            let name = standings_name(year);
            let spool = Spool::create(&self.next.join(&name), self.files)?;
            self.names.push(name);
            self.open = Some((year, spool));
        }
        match &mut self.open {
            Some((_, spool)) => Ok(spool),
            None => Err(Failure::Internal("no standings file is open".into())),
        }
    }

    fn flush(&mut self) -> Result<(), Failure> {
        match &mut self.open {
            Some((_, spool)) => spool.flush(),
            None => Ok(()),
        }
    }

    fn finish(mut self) -> Result<Vec<String>, Failure> {
        self.flush()?;
        Ok(self.names)
    }
}

/// Of the files written aside, those that differ from what stands; the others keep their bytes and
/// their time of change. They stay readable here until the next run.
fn only_changed(dir: &Path, next: &Path, names: Vec<String>) -> Result<Vec<String>, Failure> {
    let mut changed = Vec::new();
    for name in names {
        if !same_bytes(&dir.join(&name), &next.join(&name))? {
            changed.push(name);
        }
    }
    Ok(changed)
}

fn same_bytes(a: &Path, b: &Path) -> Result<bool, Failure> {
    let len = |path: &Path| std::fs::metadata(path).map(|m| m.len()).ok();
    Ok(len(a).is_some() && len(a) == len(b) && read_or_empty(a)? == read_or_empty(b)?)
}

fn remove_spool(next: &Path) -> Result<(), Failure> {
    let path = next.join(SPOOL);
    std::fs::remove_file(&path).map_err(|cause| Failure::Write { path, cause })
}

/// Writes the events of all changes, chained to the log as it stands. Returns their length in bytes
/// and the new end of the log.
fn write_events(settling: &Settling<'_>, path: &Path, today: Day) -> Result<(u64, Head), Failure> {
    let fail = |cause| Failure::Write { path: PathBuf::from(path), cause };
    let file = std::fs::File::create(path).map_err(fail)?;
    let mut out = BufWriter::with_capacity(1 << 18, file);
    let (mut head, mut written) = (settling.ledger.head, 0_u64);
    for change in &settling.changes {
        let event = event_of(settling, change, today, head);
        let (line, digest) = event::seal(&event)
            .ok_or_else(|| Failure::Internal("an event does not serialize".into()))?;
        out.write_all(&line).and_then(|()| out.write_all(b"\n")).map_err(fail)?;
        written += line.len() as u64 + 1;
        head = Head { events: event.seq, digest };
    }
    out.flush().map_err(fail)?;
    Ok((written, head))
}

fn event_of(
    settling: &Settling<'_>,
    change: &super::case::Change,
    today: Day,
    prev: Head,
) -> Event {
    let head = &settling.cases[change.case].head;
    let authority = Authority::of(head, change.event);
    let case = Some(RecordKey::clone(&head.key));
    Event {
        id: head.id,
        ground: authority.ground,
        withheld: head.withheld,
        document: authority.document,
        decided_on: authority.decided_on,
        checks: head.held_by.clone(),
        content: head.digest.filter(|d| *d != Digest::ZERO),
        ..Event::bare(prev, today, (change.event, case), change.role)
    }
}

/// On what ground and by which document a case came or went.
#[derive(Default)]
struct Authority {
    ground: Option<Ground>,
    document: Option<String>,
    decided_on: Option<Day>,
}

impl Authority {
    /// The document of a change: of the takedown, or of what set it aside. A case that is up again has
    /// both in its last gap.
    fn of(head: &LineHead, event: EventKind) -> Self {
        let stone = head.tombstone.as_deref();
        let gap = head.gaps.last();
        let set_aside = stone.and_then(|t| t.set_aside.as_ref()).or(gap.map(|g| &g.set_aside));
        if matches!(event, EventKind::SetAside | EventKind::Reinstated) {
            return Self {
                ground: None,
                document: set_aside.map(|s| s.document.clone()),
                decided_on: set_aside.map(|s| s.decided_on),
            };
        }
        if event == EventKind::Corrected {
            let last = head.revisions.last();
            return Self {
                ground: None,
                document: last.and_then(|r| r.document.clone()),
                decided_on: last.and_then(|r| r.decided_on),
            };
        }
        let is_down =
            matches!(event, EventKind::TakenDown | EventKind::Superseded | EventKind::Suppressed);
        let by_gap = gap.filter(|_| is_down).map(|g| (g.ground, &g.document, g.decided_on));
        let by = stone.map(|t| (t.ground, &t.document, t.decided_on)).or(by_gap);
        by.map_or_else(Self::default, |(ground, document, on)| Self {
            ground: Some(ground),
            document: Some(document.clone()),
            decided_on: Some(on),
        })
    }
}

/// Path of the event log in a ledger's folder.
pub(crate) fn log_path(dir: &Path) -> PathBuf {
    dir.join(EVENTS)
}
