//! `gongshi export push`: messages to the supervision platform, kept in an outbox until they are acknowledged.

mod deliver;
mod mail;
mod outbox;
mod print;
mod receipts;

use std::collections::BTreeSet;
use std::path::Path;

use crate::diag::{Exit, Failure};
use crate::ledger::{Ledger, Telling, tellings};
use crate::publish::Lock;

use super::super::args::{Common, PushArgs};
use super::super::root::Root;
use super::super::terminal::Terminal;
use super::material::{Document, Material};
use deliver::Courier;
use mail::{Letter, Mail};
use outbox::Outbox;
use receipts::Reconciled;

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
    // The ledger's lock comes first and is held until the messages stand; a delivery must not keep a takedown waiting.
    let lock = Lock::of_reader(&root.ledger())?;
    let tellings = tellings(&root.ledger())?;
    let ledger = Ledger::open(&root.ledger())?;
    let mut outbox = Outbox::open(&root)?;
    let material = Material::of(&root, args.site.as_deref(), (ledger, lock))?;
    let mail = Mail::refresh(material, &mut outbox, &tellings)?;
    let known = mail.known();
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
        let courier = Courier::new(&root, mail.log_len)?;
        let progress = courier.deliver(&mut outbox, &mail.letters, &known)?;
        said.add(progress.said);
        (delivered, stopped) = (progress.delivered, progress.stopped);
    }
    said.end(&outbox.book);
    let (done, waiting): (Vec<&Letter>, Vec<&Letter>) =
        mail.letters.iter().partition(|letter| outbox.book.has(letter.seq, &letter.name));
    let gone: Vec<&Document> = done.iter().flat_map(|letter| [&letter.json, &letter.xml]).collect();
    outbox.forget(&gone)?;
    let undelivered = mail.undelivered;
    let ended = print::Ended { outbox: &outbox, waiting, undelivered, delivered, said, stopped };
    ended.print(format, terminal)?;
    let clean = ended.said.is_clean() && ended.stopped.is_none();
    Ok(if clean { Exit::Done } else { Exit::Refused })
}

/// Whether there is an outbox.
pub(super) fn is_kept(root: &Root) -> bool {
    outbox::dir(root).is_dir()
}

/// Clears messages that say more than the ledger says now; all of them, where it cannot be read. They are made anew by
/// [`after_build`], or by the next run. Opens nothing else, so that nothing else can keep it from being done.
///
/// # Errors
/// A file cannot be removed.
pub(super) fn withdraw(root: &Root, read: Option<(&Ledger, &[Telling])>) -> Result<(), Failure> {
    let keep: BTreeSet<&str> = match read {
        None => BTreeSet::new(),
        Some((ledger, tellings)) => {
            let today = root.today.day();
            let live = ledger.slots.iter().filter(|slot| slot.head.is_live(today));
            let live: BTreeSet<_> = live.filter_map(|slot| slot.head.id).collect();
            let last = mail::bringing(tellings).into_iter().filter(|(id, _)| live.contains(id));
            last.filter_map(|(_, own)| own.last().map(|last| last.name.as_str())).collect()
        }
    };
    outbox::withdraw(root, &keep)
}

/// Brings the outbox in step with a ledger that has just changed, where there is an outbox. The caller holds the
/// ledger's lock.
///
/// # Errors
/// As [`run`].
pub(super) fn after_build(
    root: &Root,
    site: &Path,
    (ledger, tellings): (Ledger, &[Telling]),
) -> Result<(), Failure> {
    if !is_kept(root) {
        return Ok(());
    }
    let mut outbox = Outbox::open(root)?;
    let material = Material::of(root, Some(site), (ledger, None))?;
    Mail::refresh(material, &mut outbox, tellings).map(drop)
}
