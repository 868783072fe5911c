//! `gongshi log`: the event log and the public log, verified, proved, signed, repaired.

mod keys;
mod proof;
mod repair;
mod tree;

use crate::diag::{Exit, Failure};
use crate::ledger::verified;
use crate::publish::{Manifest, Place};

use super::args::{Common, LogVerb, VerifyArgs};
use super::terminal::Terminal;

pub(super) use keys::read_key;
pub(super) use tree::hold;

/// Runs the verb.
///
/// # Errors
/// Whatever is asked for does not hold, or cannot be read or written.
pub(super) fn run(common: &Common, verb: &LogVerb, terminal: &Terminal) -> Result<Exit, Failure> {
    match verb {
        LogVerb::Verify(VerifyArgs { proof: Some(proof), pubkey, .. }) => {
            proof::verify(proof, pubkey.as_deref(), terminal)
        }
        LogVerb::Verify(VerifyArgs { site: Some(site), pubkey, .. }) => {
            tree::verify(common, &Place::named(site)?, pubkey.as_deref(), terminal)
        }
        LogVerb::Verify(VerifyArgs { pubkey: Some(_), .. }) => Err(Failure::Usage {
            zh: "--pubkey 用于网站目录、网址或证明文件".into(),
            en: "--pubkey goes with a site's folder, its address or a proof".into(),
        }),
        LogVerb::Verify(_) => verify(common, terminal),
        LogVerb::Keygen { file } => keys::generate(file, terminal),
        LogVerb::Inclusion { id, site } => {
            proof::inclusion(id, &tree::place(common, site.as_deref())?, terminal)
        }
        LogVerb::Consistency { old, new, site, pubkey } => {
            let place = tree::place(common, site.as_deref())?;
            proof::consistency((old, new), &place, pubkey.as_deref(), terminal)
        }
        LogVerb::Repair { yes } => repair::run(common, *yes, terminal),
    }
}

/// Verifies every line of the event log, and its end against the one the built site states.
///
/// # Errors
/// A line that does not hold, or a log that ends before the site says it does.
fn verify(common: &Common, terminal: &Terminal) -> Result<Exit, Failure> {
    let dir = common.root.join("ledger");
    let head = verified(&dir)?;
    let stated = Manifest::of(&common.root.join("public")).map(|m| m.ledger);
    if let Some(stated) = stated
        && (stated.events > head.events || (stated.events == head.events && stated != head))
    {
        return Err(Failure::State {
            zh: format!(
                "台账日志只有 {} 条，而已生成的网站记载 {} 条：日志尾部缺失或被换成旧的",
                head.events, stated.events
            ),
            en: format!(
                "the log has {} events, the built site states {}: its tail is missing or it is an old one",
                head.events, stated.events
            ),
        });
    }
    say(
        terminal,
        &format!("台账日志完好：{} 条，末条摘要 {}\n", head.events, head.digest),
        &format!("the log holds: {} events, last digest {}\n", head.events, head.digest),
    )?;
    Ok(Exit::Done)
}

/// Prints a result in the language of messages.
fn say(terminal: &Terminal, zh: &str, en: &str) -> Result<(), Failure> {
    terminal.result(terminal.word(zh, en))
}

/// What was asked for does not hold.
fn broken(zh: impl Into<String>, en: impl Into<String>) -> Failure {
    Failure::State { zh: zh.into(), en: en.into() }
}
