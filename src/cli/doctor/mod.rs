//! `gongshi doctor`: site root, ledger and built site held against each other, each fault explained.

mod launch;
mod print;

use std::path::{Path, PathBuf};

use crate::diag::{Exit, Failure, Lang, Part, Severity, Symptom, ailments};
use crate::ledger::{self, Checkup};
use crate::publish::{self, Lock, Locked};

use super::args::{Common, DoctorArgs};
use super::log;
use super::root::Root;
use super::terminal::Terminal;

/// What was looked at, and what is wrong.
pub(super) struct Examined {
    symptoms: Vec<Symptom>,
    events: Option<u64>,
    cases: u64,
    files: u64,
    /// Parts that were not looked at.
    left_out: Vec<Part>,
}

impl Examined {
    /// Whether nothing is wrong that weighs more than a notice.
    fn is_well(&self) -> bool {
        self.symptoms.iter().all(|s| s.ailment.severity == Severity::Notice)
    }
}

/// The folders that are looked at.
struct Patient<'p> {
    common: &'p Common,
    ledger: PathBuf,
    out: PathBuf,
    with_launch: bool,
}

/// Runs the verb: 0 all is well, 1 something is wrong.
///
/// # Errors
/// A repair cannot be carried out, or standard output is closed.
pub(super) fn run(
    common: &Common,
    args: &DoctorArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let format = common.format.of_figures()?;
    let out = args.out.clone().unwrap_or_else(|| common.root.join("public"));
    let ledger = common.root.join("ledger");
    let patient = Patient { common, ledger, out, with_launch: !args.no_launch };
    if args.repair && args.yes {
        patient.mend(terminal)?;
    }
    let examined = patient.examine();
    terminal.result(&print::print(&examined, format, terminal.lang)?)?;
    if args.repair && !args.yes {
        terminal.say(
            "确认执行上面标有「可修复」的各项，请加 --yes",
            "add --yes to mend what is marked",
        );
    }
    Ok(if examined.is_well() { Exit::Done } else { Exit::Refused })
}

/// What a launch still needs, for a person. A fresh site has no dead addresses.
///
/// # Errors
/// The site root cannot be read.
pub(super) fn launch_list(common: &Common, lang: Lang) -> Result<String, Failure> {
    let missing = Root::open(common).and_then(|root| launch::missing(&root, 0))?;
    Ok(print::list(Part::Launch, &missing, lang))
}

impl Patient<'_> {
    /// Does what is safe: a noted commit is ended, what was never in force is removed.
    fn mend(&self, terminal: &Terminal) -> Result<(), Failure> {
        if !self.ledger.exists() {
            return Ok(());
        }
        let _lock = Lock::take(&self.ledger)?;
        publish::mend(&self.ledger, &self.out)?;
        terminal.say(
            "已写完或者丢弃中断的提交，临时文件已移除",
            "interrupted work is ended or discarded, and what it left is removed",
        );
        Ok(())
    }

    fn examine(&self) -> Examined {
        let mut found = Examined {
            symptoms: Vec::new(),
            events: None,
            cases: 0,
            files: 0,
            left_out: Vec::new(),
        };
        let mut dead = 0;
        match Lock::share(&self.ledger) {
            Ok(_lock) => dead = self.inside(&mut found),
            Err(Locked::Held) => {
                found.symptoms.push(ailments::LOCK_HELD.at("ledger/.lock"));
                found.left_out = vec![Part::Ledger, Part::Site];
            }
            Err(Locked::Unusable) => {
                found.symptoms.push(ailments::LOCK_UNUSABLE.at("ledger/.lock"));
                dead = self.inside(&mut found);
            }
        }
        if !self.with_launch {
            found.left_out.push(Part::Launch);
            return found;
        }
        match Root::open(self.common).and_then(|root| launch::missing(&root, dead)) {
            Ok(missing) => found.symptoms.extend(missing),
            Err(failure) => {
                found.symptoms.push(ailments::CONFIG_BROKEN.at("site.yml").because(&failure));
                found.left_out.push(Part::Launch);
            }
        }
        found
    }

    /// Looks at ledger and site; returns how many cases have dead addresses.
    fn inside(&self, found: &mut Examined) -> u64 {
        let ledger = match self.ledger(found) {
            Ok(ledger) => ledger,
            Err(failure) => {
                found.symptoms.push(ailments::LEDGER_UNREADABLE.at("ledger").because(&failure));
                found.left_out.push(Part::Ledger);
                Checkup::default()
            }
        };
        let name = self.out.strip_prefix(&self.common.root).unwrap_or(&self.out);
        let name = name.to_string_lossy().into_owned();
        match publish::site_checkup(&self.out, &name, (&self.ledger, &ledger)) {
            Ok(site) => {
                found.files = site.files;
                found.symptoms.extend(site.symptoms);
                if site.files > 0 {
                    found.symptoms.extend(public_log(&self.out, &name, &ledger));
                }
            }
            Err(failure) => {
                found.symptoms.push(ailments::SITE_UNREADABLE.at(&name).because(&failure));
                found.left_out.push(Part::Site);
            }
        }
        ledger.dead
    }

    fn ledger(&self, found: &mut Examined) -> Result<Checkup, Failure> {
        found.symptoms.extend(publish::leftovers(&self.ledger)?);
        let mut ledger = ledger::checkup(&self.ledger)?;
        if !self.ledger.exists() {
            found.symptoms.push(ailments::LEDGER_ABSENT.at("ledger"));
        }
        found.symptoms.append(&mut ledger.symptoms);
        (found.events, found.cases) = (ledger.head.map(|h| h.events), ledger.cases);
        Ok(ledger)
    }
}

/// The site's public log by itself, and against the ledger's where that holds.
fn public_log(out: &Path, name: &str, ledger: &Checkup) -> Option<Symptom> {
    let failure = log::hold(out, ledger.public.as_ref()).err()?;
    Some(ailments::PUBLIC_LOG.at(&format!("{name}/rizhi")).because(&failure))
}
