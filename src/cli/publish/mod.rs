//! `gongshi publish` and `gongshi diff`: what a built site changes at a target, and the sending of it.

mod guard;
mod opened;
mod page;
mod told;
mod verify;

use std::collections::BTreeSet;

use crate::diag::{Exit, Failure};
use crate::ledger::{Deed, Digest, Head, Ledger, RECEIPTS, Receipt, Receipts, stated_at};
use crate::publish::{
    self, Built, Difference, Errand, Lock, Manifest, Outlet, Reading, Sent, Stands, dead_folders,
};
use crate::vocab::Target;

use super::args::{Common, DiffArgs, Format, PublishArgs, SendArgs};
use super::clock::{self, Moment};
use super::export;
use super::root::Root;
use super::terminal::Terminal;

pub(super) use verify::run as verify;

/// Files that travel at one time where the target says nothing.
const AT_ONCE: u8 = 8;

/// A built site that is to stand at a target, and what stands there.
struct Sending<'s> {
    root: &'s Root,
    target: &'s Target,
    site: Built,
    outlet: Outlet,
    stands: Option<Stands>,
    difference: Difference,
}

impl<'s> Sending<'s> {
    /// Reads both.
    ///
    /// # Errors
    /// There is no built site, or the target does not answer or holds something else.
    fn begin(root: &'s Root, args: &SendArgs) -> Result<Self, Failure> {
        let target = opened::chosen(root, args.to.as_deref())?;
        let site = Built::open(&root.out(args.out.as_deref()))?;
        let outlet = opened::open(root, target)?;
        let stands = outlet.stands()?;
        let difference = {
            let reading = outlet.reading()?;
            Difference::of(&site, stands.as_ref(), |name| own(&reading, stands.as_ref(), name))?
        };
        Ok(Self { root, target, site, outlet, stands, difference })
    }

    /// Prints what changes, and writes the reports that were asked for.
    fn tell(&self, args: &SendArgs, common: &Common, terminal: &Terminal) -> Result<(), Failure> {
        let told = told::Preview {
            difference: &self.difference,
            target: &self.target.name,
            kind: self.target.place.kind(),
        };
        terminal.result(&match common.format.of_figures()? {
            Format::Json => told.json()?,
            _ => told.text(terminal.lang),
        })?;
        if let Some(path) = &args.summary {
            publish::replace(path, told.markdown(terminal.lang).as_bytes())?;
        }
        if let Some(path) = &args.html {
            let (reading, stands) = (self.outlet.reading()?, self.stands.as_ref());
            let read = |name: &str| own(&reading, stands, name);
            let changed = page::changed_prose(&self.difference, &self.site, read)?;
            publish::replace(path, page::render(&told, &changed, terminal.lang).as_bytes())?;
        }
        Ok(())
    }
}

/// A file at the target, where it still is the one that was put there: what somebody else wrote there since was never
/// audited, and is told nowhere.
fn own(
    reading: &Reading<'_>,
    stands: Option<&Stands>,
    name: &str,
) -> Result<Option<Vec<u8>>, Failure> {
    let known = stands.and_then(|stands| stands.manifest.digest_of(name));
    Ok(reading.read(name)?.filter(|bytes| known == Some(Digest::of(bytes))))
}

/// Runs `diff`: 0, or 6 where so much changes that somebody should look first.
///
/// # Errors
/// There is no built site, or the target does not answer.
pub(super) fn diff(common: &Common, args: &DiffArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let root = Root::open(common)?;
    let sending = Sending::begin(&root, &args.send)?;
    sending.tell(&args.send, common, terminal)?;
    let alarms =
        guard::alarms(&sending.difference, sending.target.guard, &root.drops(&args.drops)?);
    Ok(guard::stop(&alarms, args.send.confirm_mass_change, terminal))
}

/// Runs `publish`.
///
/// # Errors
/// The site is not of today or not of this ledger, the target does not answer, or a file cannot be sent.
pub(super) fn run(
    common: &Common,
    args: &PublishArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let root = Root::open(common)?;
    let lock = Lock::take(&root.ledger())?;
    if publish::recover(&root.ledger())? {
        terminal.say(
            "上次运行中断，已先完成其未写完的部分",
            "the last run was interrupted; what it had begun is now complete",
        );
        export::after_build(&root, &root.out(args.send.out.as_deref()), terminal);
    }
    let moment = clock::moment()?;
    let exit = if args.rollback {
        roll_back(&root, args, &moment, terminal)
    } else {
        send((&root, common), args, &moment, terminal)
    };
    drop(lock);
    exit
}

fn send(
    (root, common): (&Root, &Common),
    args: &PublishArgs,
    moment: &Moment,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let sending = Sending::begin(root, &args.send)?;
    let ledger = Ledger::open(&root.ledger())?;
    fits(root, &sending, ledger.head, args.stale_ok)?;
    sending.tell(&args.send, common, terminal)?;
    let alarms =
        guard::alarms(&sending.difference, sending.target.guard, &root.drops(&args.drops)?);
    let exit = guard::stop(&alarms, args.send.confirm_mass_change, terminal);
    if exit != Exit::Done {
        return Ok(exit);
    }
    if !args.yes {
        terminal.say("未发布；确认请加 --yes", "nothing sent: add --yes");
        return Ok(Exit::Done);
    }
    let dead = dead_folders(ledger.slots.iter().map(|slot| &slot.head));
    let digest = sending.site.digest();
    let done = |deed, counts| Done {
        target: &sending.target.name,
        deed,
        manifest: &sending.site.manifest,
        digest,
        counts,
        by: args.by.clone(),
    };
    let is_new = sending.stands.as_ref().is_none_or(|stands| stands.digest != digest);
    if is_new {
        // Noted first: of a run that is cut short the public may have seen a part.
        enter(root, [done(Deed::Begun, (0, 0))], moment)?;
    }
    let sent = carry(&sending, &dead, moment)?;
    let is_known = Receipts::open(&root.ledger())?.all().iter().any(|receipt| {
        receipt.target == sending.target.name
            && receipt.manifest == digest
            && receipt.deed == Deed::Published
    });
    if is_new || !is_known || sent.written + sent.removed > 0 {
        enter(root, [done(Deed::Published, (sent.written, sent.removed))], moment)?;
    }
    told::sent(&sending.target.name, &sent, terminal)?;
    Ok(Exit::Done)
}

fn carry(sending: &Sending<'_>, dead: &BTreeSet<String>, moment: &Moment) -> Result<Sent, Failure> {
    sending.outlet.send(&Errand {
        site: &sending.site,
        expected: sending.stands.as_ref().map(|stands| stands.digest),
        ledger: &sending.root.ledger(),
        target: &sending.target.name,
        at_once: usize::from(sending.target.connections.unwrap_or(AT_ONCE)),
        dead,
        publisher: &publisher(sending.root)?,
        now: moment.seconds,
    })
}

/// Who publishes, for the claim at a target: this site root on this machine, and nothing that can be read out of it.
/// A run that died is gone on with from here at once.
///
/// # Errors
/// The ledger's folder cannot be read.
fn publisher(root: &Root) -> Result<String, Failure> {
    let dir = root.ledger();
    let ledger = dir.canonicalize().map_err(|cause| Failure::Read { path: dir, cause })?;
    // Containers of one image may have one id, and have names of their own.
    let of_machine = |file: &str| std::fs::read(file).unwrap_or_default();
    let (id, name) = (of_machine("/etc/machine-id"), of_machine("/proc/sys/kernel/hostname"));
    let place = ledger.as_os_str().as_encoded_bytes();
    Ok(Digest::of_all(&[place, b"\n", &id, b"\n", &name]).to_string()[..16].to_owned())
}

/// Refuses a site that is not of today, not of this ledger, or older than what stands.
fn fits(root: &Root, sending: &Sending<'_>, head: Head, stale_ok: bool) -> Result<(), Failure> {
    let manifest = &sending.site.manifest;
    if manifest.ledger != head {
        return Err(Failure::State {
            zh: "台账在网站生成之后又有变动（可能有撤下），未发布；请先重新运行 gongshi build".into(),
            en: "the ledger has changed since the site was built (a takedown, perhaps): run gongshi build first".into(),
        });
    }
    if manifest.as_of != root.today.day() && !stale_ok {
        return Err(Failure::State {
            zh: format!(
                "网站是 {} 的，今天是 {}：期满、逾期等都按那一天算。请重新运行 gongshi build；确要发布请加 --stale-ok",
                manifest.as_of,
                root.today.day()
            ),
            en: format!(
                "the site is of {}, today is {}: what expires and what is late was told by that day. Run gongshi build, or add --stale-ok",
                manifest.as_of,
                root.today.day()
            ),
        });
    }
    let Some(stands) = &sending.stands else { return Ok(()) };
    let there = stands.manifest.ledger;
    if stated_at(&root.ledger(), there.events)? == Some(there.digest) {
        return Ok(());
    }
    Err(Failure::State {
        zh: format!(
            "目标 {} 上的网站记载的台账比这里的更新或不同：这里的台账可能丢失过或是旧的，发布会让已撤下的案件重新公开。请先恢复台账",
            sending.target.name
        ),
        en: format!(
            "the site at {} states a newer or another ledger than the one here: publishing would show again what was taken down. Restore the ledger first",
            sending.target.name
        ),
    })
}

fn roll_back(
    root: &Root,
    args: &PublishArgs,
    moment: &Moment,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let target = opened::chosen(root, args.send.to.as_deref())?;
    let Outlet::Folder(folder) = opened::open(root, target)? else {
        return Err(Failure::Usage {
            zh: format!("目标 {} 不保留旧版本，只有目录类（folder）可以退回", target.name),
            en: format!("{} keeps no earlier site: only a folder does", target.name),
        });
    };
    let prior = folder.prior()?;
    let manifest = &prior.stands.manifest;
    told::prior(&target.name, manifest, terminal)?;
    if !args.yes {
        terminal.say("未执行；确认请加 --yes", "nothing done: add --yes");
        return Ok(Exit::Done);
    }
    folder.go_back_to(&prior)?;
    let done = Done {
        target: &target.name,
        deed: Deed::RolledBack,
        manifest: &prior.stands.manifest,
        digest: prior.stands.digest,
        counts: (0, 0),
        by: args.by.clone(),
    };
    enter(root, [done], moment)?;
    Ok(Exit::Done)
}

/// What was done at a target.
struct Done<'d> {
    target: &'d str,
    deed: Deed,
    manifest: &'d Manifest,
    digest: Digest,
    /// Files sent and taken away; of a look, files held against the manifest and dead addresses asked.
    counts: (u64, u64),
    by: Option<String>,
}

/// Enters receipts of what was done into the ledger.
///
/// # Errors
/// The receipts there do not hold, or cannot be written.
fn enter<'d>(
    root: &Root,
    done: impl IntoIterator<Item = Done<'d>>,
    moment: &Moment,
) -> Result<(), Failure> {
    let mut receipts = Receipts::open(&root.ledger())?;
    for Done { target, deed, manifest, digest, counts, by } in done {
        receipts.add(Receipt {
            seq: 0,
            at: moment.at.clone(),
            on: root.today.day(),
            deed,
            target: target.to_owned(),
            manifest: digest,
            as_of: manifest.as_of,
            ledger: manifest.ledger,
            files: manifest.files.len() as u64 + 1,
            sent: counts.0,
            removed: counts.1,
            by: by.or_else(clock::user),
            prev: Digest::ZERO,
        })?;
    }
    publish::replace(&root.ledger().join(RECEIPTS), receipts.bytes())
}
