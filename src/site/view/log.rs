//! The public log: its page, its lines, its checkpoint, and the key that signs it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::diag::Failure;
use crate::ledger::{Checkpoint, Overview, PublicEntry, PublicKind};
use crate::vocab::CaseId;

use super::super::head::Column;
use super::super::paths::{CHECKPOINT, LOG_KEY, case_folder, column, log_part, notice_folder};
use super::super::press::Press;
use super::super::{Page, Scope};
use super::{Crumb, column_sheet};

/// Lines in one file of the log. A file that is full never changes again.
const LINES_PER_PART: usize = 50_000;
/// Lines the page shows, the newest.
const SHOWN: usize = 100;

#[derive(Serialize)]
struct LogRow {
    seq: u64,
    on: String,
    what: &'static str,
    id: String,
    href: Option<String>,
    column: &'static str,
    revision: Option<u32>,
    reason: &'static str,
}

#[derive(Serialize)]
struct Part {
    href: String,
    first: usize,
    last: usize,
}

#[derive(Serialize)]
struct LogView {
    crumbs: Vec<Crumb>,
    rows: Vec<LogRow>,
    parts: Vec<Part>,
    size: u64,
    root: String,
    checkpoint: &'static str,
    key: Option<&'static str>,
    algorithm: Option<&'static str>,
}

/// The page and the files beside it.
pub(super) fn pages(press: &Press, overview: &Overview) -> Result<Vec<Page>, Failure> {
    let log = &overview.log;
    let checkpoint = Checkpoint {
        origin: press.bureau.log_origin(),
        size: log.size(),
        root: log.root(),
        on: press.today,
    };
    let lines: Vec<&[u8]> = log.lines().collect();
    let mut parts = Vec::new();
    let mut pages = Vec::new();
    for (i, chunk) in lines.chunks(LINES_PER_PART).enumerate() {
        let (href, first) = (log_part(i + 1), i * LINES_PER_PART + 1);
        let body = chunk.iter().flat_map(|line| line.iter().chain(b"\n")).copied().collect();
        pages.push(plain(&href, body));
        parts.push(Part { href, first, last: first + chunk.len() - 1 });
    }
    let key = press.log_key.as_ref();
    pages.push(plain(CHECKPOINT, checkpoint.text(key).into_bytes()));
    if let Some(key) = key {
        pages.push(plain(LOG_KEY, key.public().text(&checkpoint.origin).into_bytes()));
    }
    let view = LogView {
        crumbs: vec![Crumb::takedowns()],
        rows: rows(overview),
        parts,
        size: checkpoint.size,
        root: checkpoint.root.to_string(),
        checkpoint: CHECKPOINT,
        key: key.map(|_| LOG_KEY),
        algorithm: key.map(|key| key.public().algorithm()),
    };
    let head = Column {
        name: "公示日志",
        describes: "公示、更正、撤下等事件的日志，任何人都可以校验其未被改动",
        keywords: "公示日志,校验,检查点",
    };
    let mut sheet = column_sheet("rizhi/", "log.html", "chexia", head);
    sheet.scope = Scope::Cases;
    pages.push(press.print(sheet, &view)?);
    Ok(pages)
}

fn plain(path: &str, body: Vec<u8>) -> Page {
    Page { path: path.into(), body, scope: Scope::Open, append: false }
}

/// The newest lines, each with the page its case has now, where it has one.
fn rows(overview: &Overview) -> Vec<LogRow> {
    let shown = overview.entries.iter().map(|e| (e.id, case_folder(e.kind, e.year, e.id)));
    let dead = overview.taken_down.iter().filter_map(|c| c.id).map(|id| (id, notice_folder(id)));
    let pages: BTreeMap<_, _> = shown.chain(dead).collect();
    let ended: BTreeSet<CaseId> = overview.gone.iter().map(|e| e.id).collect();
    // Of what was removed to protect a person, or is withheld, the page does not repeat the id; the
    // lines themselves never change.
    let told = |id: &CaseId| pages.contains_key(id) || ended.contains(id);
    let row = |e: PublicEntry| LogRow {
        seq: e.seq,
        on: e.on.to_string(),
        what: word(e.event),
        id: e.id.filter(told).map_or_else(|| "—".into(), |id| id.to_string()),
        href: e.id.and_then(|id| pages.get(&id).cloned()),
        column: e.kind.map_or("—", column),
        revision: e.revision,
        reason: e.reason.map_or("—", |r| r.zh()),
    };
    overview.log.latest(SHOWN).into_iter().map(row).collect()
}

const fn word(event: PublicKind) -> &'static str {
    match event {
        PublicKind::Published => "公示",
        PublicKind::Corrected => "更正",
        PublicKind::Reinstated => "恢复公示",
        PublicKind::TakenDown => "撤下",
        PublicKind::Expired => "期满",
        PublicKind::Withdrawn => "停止公示",
        PublicKind::Repaired => "日志修复",
    }
}
