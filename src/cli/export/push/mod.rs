//! `gongshi export push`: messages to the supervision platform, kept in an outbox until they are acknowledged.

mod deliver;
mod outbox;
mod print;
mod receipts;

use std::collections::BTreeMap;
use std::path::Path;

use crate::diag::{Exit, Failure};
use crate::ledger::{Slot, Telling, tellings};
use crate::publish::Lock;
use crate::site::{Press, Subject};
use crate::vocab::{CaseId, PushFormat};

use super::super::args::{Common, PushArgs};
use super::super::root::Root;
use super::super::terminal::Terminal;
use super::material::{Document, Gone, Material, is_live};
use deliver::Courier;
use outbox::Outbox;
use receipts::Reconciled;

/// A message in both forms.
struct Letter {
    seq: u64,
    name: String,
    what: &'static str,
    json: Document,
    xml: Document,
}

/// How far a delivery came.
#[derive(Default)]
struct Progress {
    /// Requests that the platform took.
    delivered: usize,
    /// What its answers said.
    said: Reconciled,
    /// Why it ended early.
    stopped: Option<String>,
}

/// Runs the verb: 0 where nothing was rejected, unknown or left over by a delivery.
///
/// # Errors
/// The ledger or the outbox cannot be used, the audit refuses a message, or receipts cannot be read.
pub(super) fn run(common: &Common, args: &PushArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let format = common.format.of_figures()?;
    let root = Root::open(common)?;
    let mut outbox = Outbox::open(&root, outbox::dir(&root, args.outbox.as_deref()))?;
    let (tellings, log_len) = (tellings(&root.ledger())?, log_len(&root)?);
    let known: BTreeMap<&str, u64> = tellings.iter().map(|t| (t.name.as_str(), t.seq)).collect();
    let lock = Lock::of_reader(&root.ledger())?;
    let letters = refresh(&root, &outbox, &tellings, (args.site.as_deref(), lock))?;
    let mut said = Reconciled::default();
    if let Some(file) = &args.receipts {
        let fail = |cause| Failure::Read { path: file.clone(), cause };
        let bytes = std::fs::read(file).map_err(fail)?;
        said.add(outbox.book.take(&bytes, &known, root.today.day())?);
        outbox.keep_book()?;
    }
    let mut stopped = None;
    let mut delivered = 0;
    if args.deliver {
        let courier = Courier::new(&root, log_len)?;
        let progress = courier.deliver(&mut outbox, &letters, &known)?;
        said.add(progress.said);
        (delivered, stopped) = (progress.delivered, progress.stopped);
    }
    let (done, waiting): (Vec<&Letter>, Vec<&Letter>) =
        letters.iter().partition(|letter| outbox.book.has(letter.seq, &letter.name));
    let gone: Vec<&Document> = done.iter().flat_map(|letter| [&letter.json, &letter.xml]).collect();
    outbox.forget(&gone)?;
    let ended = print::Ended { outbox: &outbox, waiting, delivered, said, stopped };
    ended.print(format, terminal)?;
    let clean = ended.said.is_clean() && ended.stopped.is_none();
    Ok(if clean { Exit::Done } else { Exit::Refused })
}

/// Brings the outbox in step with a ledger that has just changed, where there is an outbox. The caller holds the
/// ledger's lock.
///
/// # Errors
/// As [`run`].
pub(super) fn after_build(root: &Root, site: &Path) -> Result<(), Failure> {
    let dir = outbox::dir(root, None);
    if !outbox::is_kept(&dir) {
        return Ok(());
    }
    let outbox = Outbox::open(root, dir)?;
    let tellings = tellings(&root.ledger())?;
    refresh(root, &outbox, &tellings, (Some(site), None)).map(drop)
}

/// Makes every message that is not acknowledged anew of what the ledger says now.
fn refresh(
    root: &Root,
    outbox: &Outbox,
    tellings: &[Telling],
    (site, lock): (Option<&Path>, Option<Lock>),
) -> Result<Vec<Letter>, Failure> {
    let press = Press::new(root.setup(None))?;
    let material = Material::under(root, site, lock)?;
    let slots: BTreeMap<CaseId, &Slot> =
        material.ledger.slots.iter().filter_map(|slot| Some((slot.head.id?, slot))).collect();
    let mut bringing: BTreeMap<CaseId, Vec<&Telling>> = BTreeMap::new();
    for telling in tellings.iter().filter(|telling| telling.what.brings()) {
        bringing.entry(telling.id).or_default().push(telling);
    }
    let (mut pages, mut heads) = (Vec::new(), Vec::new());
    for telling in tellings.iter().filter(|t| !outbox.book.has(t.seq, &t.name)) {
        let slot = slots.get(&telling.id).copied();
        let live = slot.filter(|slot| is_live(&slot.head, root.today.day()));
        let case = live.map(|slot| material.read(slot)).transpose()?;
        case.iter().try_for_each(|case| material.hold(case, &press.told(case)))?;
        let subject = Subject {
            telling,
            head: slot.map(|slot| &slot.head),
            case: case.as_ref(),
            bringing: bringing.get(&telling.id).map_or(&[], Vec::as_slice),
        };
        pages.push(press.message(&subject, PushFormat::Json)?);
        pages.push(press.message(&subject, PushFormat::Xml)?);
        heads.push((telling.seq, telling.name.clone(), telling.what.word()));
    }
    let mut documents = material.audited(pages, Gone::Tombstones)?;
    outbox.bring_in_step(&documents)?;
    let mut pairs = documents.drain(..);
    let letters = heads.into_iter().map_while(|(seq, name, what)| {
        Some(Letter { seq, name, what, json: pairs.next()?, xml: pairs.next()? })
    });
    Ok(letters.collect())
}

fn log_len(root: &Root) -> Result<u64, Failure> {
    let path = crate::ledger::log_path(&root.ledger());
    match std::fs::metadata(&path) {
        Ok(meta) => Ok(meta.len()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(0),
        Err(cause) => Err(Failure::Read { path, cause }),
    }
}
