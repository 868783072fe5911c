//! What a run of `export push` ends with, as a table for people and as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diag::{Failure, Lang};
use crate::ledger::Occurrence;

use super::super::super::args::Format;
use super::super::super::terminal::Terminal;
use super::mail::Letter;
use super::outbox::Outbox;
use super::receipts::Reconciled;

/// The end of a run.
pub(super) struct Ended<'e> {
    /// The outbox.
    pub(super) outbox: &'e Outbox,
    /// What is not acknowledged.
    pub(super) waiting: Vec<&'e Letter>,
    /// Messages that wait until the site was delivered.
    pub(super) undelivered: usize,
    /// Requests that the platform took.
    pub(super) delivered: usize,
    /// What receipts said.
    pub(super) said: Reconciled,
    /// Why a delivery ended early.
    pub(super) stopped: Option<String>,
}

#[derive(Serialize)]
struct EndedView<'e> {
    version: u32,
    channel: &'static str,
    outbox: String,
    waiting: BTreeMap<&'static str, usize>,
    undelivered: usize,
    delivered: usize,
    receipts: &'e Reconciled,
    stopped: Option<&'e str>,
}

impl Ended<'_> {
    /// Messages that wait, by what they tell.
    fn waiting(&self) -> BTreeMap<Occurrence, usize> {
        let mut counts = BTreeMap::new();
        for letter in &self.waiting {
            *counts.entry(letter.what).or_default() += 1;
        }
        counts
    }

    /// Prints it.
    ///
    /// # Errors
    /// Standard output is closed.
    pub(super) fn print(&self, format: Format, terminal: &Terminal) -> Result<(), Failure> {
        let told = EndedView {
            version: 1,
            channel: "push",
            outbox: self.outbox.dir().display().to_string(),
            waiting: self.waiting().into_iter().map(|(what, n)| (what.word(), n)).collect(),
            undelivered: self.undelivered,
            delivered: self.delivered,
            receipts: &self.said,
            stopped: self.stopped.as_deref(),
        };
        if format == Format::Json {
            let text = serde_json::to_string_pretty(&told)
                .map_err(|e| Failure::Internal(format!("the result does not serialize: {e}")))?;
            return terminal.result(&(text + "\n"));
        }
        terminal.result(&text(self, &told, terminal.lang))
    }
}

fn text(ended: &Ended<'_>, told: &EndedView<'_>, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let word = |pair: [&'static str; 2]| pair[usize::from(!zh)];
    let said = &ended.said;
    let rows = [
        (["待回执", "waiting"], ended.waiting.len()),
        (["待网站发布", "waiting for the site to be published"], ended.undelivered),
        (["本次送达", "delivered"], ended.delivered),
        (["本次确认", "acknowledged"], said.acknowledged),
        (["重复回执", "repeated receipts"], said.repeated),
        (["退回", "rejected"], said.rejected.len()),
        (["前后矛盾", "contradicted"], said.contradicted.len()),
        (["不认识的编号", "unknown"], said.unknown),
    ];
    let mut out = format!("{}  {}\n", word(["发件箱", "outbox"]), told.outbox);
    for (name, n) in rows {
        out.push_str(&format!("  {}  {n}\n", word(name)));
    }
    for (what, n) in ended.waiting() {
        out.push_str(&format!("    {}  {n}\n", if zh { what.zh() } else { what.word() }));
    }
    let codes = said.rejected.iter().map(|(name, code)| (name, code.as_deref()));
    let kept = ended.waiting.iter().filter_map(|letter| {
        let rejection = ended.outbox.book.rejection(&letter.name)?;
        let is_told = said.rejected.contains_key(&letter.name);
        (!is_told).then_some((&letter.name, rejection.code.as_deref()))
    });
    for (name, code) in codes.chain(kept) {
        out.push_str(&format!(
            "  {}  {name}  {}\n",
            word(["退回", "rejected"]),
            code.unwrap_or("—")
        ));
    }
    if let Some(why) = &ended.stopped {
        out.push_str(&match lang {
            Lang::Zh => format!("  没有送完：{why}；其余留在发件箱，再次运行会接着送\n"),
            Lang::En => {
                format!("  ended early: {why}; the rest stays in the outbox for the next run\n")
            }
        });
    }
    out
}
