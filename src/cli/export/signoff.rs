//! `gongshi export signoff`: what the next build would change, to be signed before it is made. Nothing is put in place.

use std::collections::BTreeMap;

use crate::audit::Auditor;
use crate::clearance::RecordKey;
use crate::diag::{Exit, Failure, Findings};
use crate::ledger::{self, Digest, Ledger, LineHead, Settled, Standing, State};
use crate::publish::{Manifest, SiteStaged};
use crate::site::{Coming, Item, Page, Press, page_of};

use super::super::args::{BuildArgs, Common, SignoffArgs};
use super::super::build::Work;
use super::super::root::Root;
use super::super::terminal::Terminal;
use super::super::timings::Timings;
use super::material::{Document, folder, write};
use super::told::{Said, Told};

/// Runs the verb.
///
/// # Errors
/// What would keep the build from being made, or the audit refuses the sheet.
pub(super) fn run(
    common: &Common,
    args: &SignoffArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let format = common.format.of_figures()?;
    let root = Root::open(common)?;
    let folder = folder(&root, args.to.out.as_deref())?;
    let build = BuildArgs {
        drops: args.drops.clone(),
        out: args.to.site.clone(),
        strict: false,
        fail_on: Vec::new(),
        key: None,
        timings: false,
        figures: super::super::args::FiguresArgs::default(),
        reader: super::super::args::RoleArgs::default(),
    };
    let timings = Timings::new(false);
    let work = Work { root: &root, args: &build, orders: &[], extra: None, timings: &timings };
    let sheet = work.rehearse(|settled, site| sheet(&root, settled, site))?;
    let Some((page, count)) = sheet else {
        let mut told = Told::new("signoff", &folder, (0, None)).coming();
        told.note(Said::new(
            "下一次生成没有变动，没有写出",
            "the next build changes nothing: nothing written",
        ));
        told.print(format, terminal)?;
        return Ok(Exit::Done);
    };
    let document = audited(&root, page)?;
    let documents = [document];
    write(&folder, &documents)?;
    let mut told = Told::new("signoff", &folder, (count, None)).coming();
    told.wrote(&documents);
    told.print(format, terminal)?;
    Ok(Exit::Done)
}

/// The sheet and how many cases it has; none where nothing changes.
fn sheet(
    root: &Root,
    settled: &Settled,
    site: &SiteStaged,
) -> Result<Option<(Page, usize)>, Failure> {
    let before = Ledger::open(&root.ledger())?;
    let old: BTreeMap<&RecordKey, &LineHead> =
        before.slots.iter().map(|slot| (&*slot.head.key, &slot.head)).collect();
    let manifest = Manifest::of(&site.dir)
        .ok_or_else(|| Failure::Internal("the site written aside has no manifest".into()))?;
    let mut found: Vec<(Coming, Standing)> = Vec::new();
    for case in &settled.cases {
        if let Some(what) = coming(old.get(&*case.head.key).copied(), &case.head) {
            found.push((what, ledger::read(case, &settled.files)?));
        }
    }
    if found.is_empty() {
        return Ok(None);
    }
    found.sort_by(|a, b| (a.0, b.1.count.on, &a.1.key).cmp(&(b.0, a.1.count.on, &b.1.key)));
    let digest = |case: &Standing| manifest.digest_of(&page_of(case)?);
    let items: Vec<Item<'_>> =
        found.iter().map(|(what, case)| Item { what: *what, case, page: digest(case) }).collect();
    let files: Vec<String> =
        manifest.files.iter().map(|file| format!("{}  {}\n", file.sha256, file.path)).collect();
    let press = Press::new(root.setup(None))?;
    let page = press.signoff(&items, Digest::of(files.concat().as_bytes()))?;
    Ok(Some((page, items.len())))
}

/// What becomes of a case that the public sees or has seen. What is removed without a word, or never was public, is not
/// listed: the sheet goes from hand to hand.
fn coming(before: Option<&LineHead>, after: &LineHead) -> Option<Coming> {
    let stood = before.filter(|head| head.state == State::Published);
    match (stood, after.state) {
        (None, State::Published) => Some(Coming::Published),
        (Some(stood), State::Published) => {
            (stood.digest != after.digest).then_some(Coming::Corrected)
        }
        (Some(_), State::TakenDown) => Some(Coming::TakenDown),
        (Some(_), State::Expired) => Some(Coming::Expired),
        (None, _) | (Some(_), State::Held | State::Withheld | State::Suppressed) => None,
    }
}

/// Has the audit read the sheet. It speaks of cases whose content was read with the pages that were written aside.
fn audited(root: &Root, page: Page) -> Result<Document, Failure> {
    let auditor = Auditor::new(BTreeMap::new(), &root.bureau, &root.staff)?;
    let path = page.path.clone();
    let read = auditor.read(page).map_err(|found: Findings| Failure::Leak(found))?;
    Ok(Document { path, body: read.body().to_vec() })
}
