//! `gongshi export signoff`: what the next build would change, to be signed before it is made. Nothing of that build is
//! put in place.

use std::collections::BTreeMap;

use crate::audit::EXPORTS;
use crate::clearance::RecordKey;
use crate::diag::{Exit, Failure};
use crate::ledger::{self, Ledger, LineHead, Settled, Standing, State};
use crate::publish::{Manifest, SiteStaged};
use crate::site::{Coming, Item, Page, Press, page_of};

use super::super::args::{BuildArgs, Common, SignoffArgs};
use super::super::build::Work;
use super::super::pipeline;
use super::super::root::Root;
use super::super::terminal::Terminal;
use super::super::timings::Timings;
use super::index::{About, write};
use super::material::{Document, folder};
use super::outcome::{Outcome, Said};

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
    let told = work.rehearse(terminal, |settled, site| {
        let mut told = Outcome::new("signoff", &folder, (0, None)).coming();
        let coming = coming_cases(&root, settled)?;
        if coming.is_empty() {
            told.note(Said::new(
                "下一次生成没有变动，没有写出",
                "the next build changes nothing: nothing written",
            ));
            return Ok(told);
        }
        told.count(coming.len());
        // Written while nobody else changes the ledger, so that a build never looks past a sheet.
        let documents = [audited(&root, settled, sheet(&root, &coming, site)?)?];
        write(&folder, &about(&coming).named_as(&documents), &documents)?;
        told.wrote(&documents);
        Ok(told)
    })?;
    told.print(format, terminal)?;
    Ok(Exit::Done)
}

/// Cases that the next build changes, in the order of the sheet.
fn coming_cases(root: &Root, settled: &Settled) -> Result<Vec<(Coming, Standing)>, Failure> {
    let before = Ledger::open(&root.ledger())?;
    let old: BTreeMap<&RecordKey, &LineHead> =
        before.slots.iter().map(|slot| (&*slot.head.key, &slot.head)).collect();
    let mut found: Vec<(Coming, Standing)> = Vec::new();
    for case in &settled.cases {
        if let Some(what) = coming(old.get(&*case.head.key).copied(), &case.head) {
            found.push((what, ledger::read(case, &settled.files)?));
        }
    }
    found.sort_by(|a, b| (a.0, b.1.count.on, &a.1.key).cmp(&(b.0, a.1.count.on, &b.1.key)));
    Ok(found)
}

/// The sheet, with the digests of the pages written aside and of their manifest.
fn sheet(root: &Root, coming: &[(Coming, Standing)], site: &SiteStaged) -> Result<Page, Failure> {
    let manifest = Manifest::of(&site.dir)
        .ok_or_else(|| Failure::Internal("the site written aside has no manifest".into()))?;
    let digest = |case: &Standing| manifest.digest_of(&page_of(case)?);
    let items: Vec<Item<'_>> =
        coming.iter().map(|(what, case)| Item { what: *what, case, page: digest(case) }).collect();
    Press::new(root.setup(None))?.signoff(&items, Manifest::digest(&site.dir)?)
}

/// Whom the sheet shows, and of whom it says that they go.
fn about(coming: &[(Coming, Standing)]) -> About {
    let stays = |what: &Coming| matches!(what, Coming::Published | Coming::Corrected);
    let of = |is_staying: bool| {
        let own = coming.iter().filter(move |(what, _)| stays(what) == is_staying);
        own.map(|(_, case)| case)
    };
    About::of(of(true), of(false))
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

/// Has the audit read the sheet, as it reads the pages that the next build writes.
fn audited(root: &Root, settled: &Settled, page: Page) -> Result<Document, Failure> {
    let auditor = pipeline::auditor(root, settled)?;
    let path = page.path.clone();
    let page = Page { path: format!("{EXPORTS}{path}"), ..page };
    let read = auditor.read(page).map_err(Failure::Leak)?;
    Ok(Document { path, body: read.body().to_vec() })
}
