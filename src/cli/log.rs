//! `gongshi log`: the event log, verified.

use crate::diag::{Exit, Failure};
use crate::ledger::Ledger;
use crate::publish::Manifest;

use super::args::Common;
use super::terminal::Terminal;

/// Verifies every line of the log, and its end against the one the built site states.
///
/// # Errors
/// A line that does not hold, or a log that ends before the site says it does.
pub(super) fn verify(common: &Common, terminal: &Terminal) -> Result<Exit, Failure> {
    let dir = common.root.join("ledger");
    let ledger = Ledger::open(&dir)?;
    let head = ledger.head;
    let stated = Manifest::of(&common.root.join("public")).map(|m| m.ledger);
    if let Some(stated) = stated
        && (stated.events > head.events || (stated.events == head.events && stated != head))
    {
        return Err(Failure::State {
            zh: format!("台账日志只有 {} 条，而已生成的网站记载 {} 条：日志尾部缺失或被换成旧的", head.events, stated.events),
            en: format!("the log has {} events, the built site states {}: its tail is missing or it is an old one", head.events, stated.events),
        });
    }
    terminal.result(&match terminal.lang {
        crate::diag::Lang::Zh => format!("台账日志完好：{} 条，末条摘要 {}\n", head.events, head.digest),
        crate::diag::Lang::En => format!("the log holds: {} events, last digest {}\n", head.events, head.digest),
    })?;
    Ok(Exit::Done)
}
