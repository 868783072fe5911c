//! Receipts of the platform: read, and reconciled with what was sent. A reason in words is not kept: it may repeat
//! what was sent, and what was sent may have to be forgotten.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::diag::Failure;
use crate::law::Day;
use crate::ledger::Head;

/// Longest code of a rejection.
const LONGEST_CODE: usize = 40;

/// A file or an answer with receipts.
#[derive(Deserialize)]
struct Receipts {
    version: u32,
    receipts: Vec<Receipt>,
}

/// One receipt. What else it holds is not read.
#[derive(Deserialize)]
struct Receipt {
    message: String,
    status: Status,
    #[serde(default)]
    code: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Acknowledged,
    Rejected,
}

/// A message that the platform sent back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rejection {
    /// Day of the run that read it.
    pub(super) on: Day,
    /// Its code.
    pub(super) code: Option<String>,
}

/// What is known of messages that were sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Book {
    version: u32,
    /// Every message up to this number is acknowledged.
    through: u64,
    /// End of the ledger's log that the messages were last made of; `through` is not beyond it.
    #[serde(default = "no_log")]
    pub(super) log: Head,
    /// Further acknowledged messages, by name.
    acknowledged: BTreeSet<String>,
    /// Rejected messages, by name.
    rejected: BTreeMap<String, Rejection>,
}

/// What a set of receipts said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Reconciled {
    /// Acknowledged now.
    pub(super) acknowledged: usize,
    /// Acknowledged before.
    pub(super) repeated: usize,
    /// Rejected, with the code.
    pub(super) rejected: BTreeMap<String, Option<String>>,
    /// Rejected although acknowledged before: the earlier receipt counts.
    pub(super) contradicted: BTreeSet<String>,
    /// Of no message of this ledger; counted, for such a name may be anything.
    pub(super) unknown: usize,
}

impl Reconciled {
    /// Whether every receipt acknowledges a message.
    pub(super) fn is_clean(&self) -> bool {
        self.rejected.is_empty() && self.contradicted.is_empty() && self.unknown == 0
    }

    /// Adds what another set said.
    pub(super) fn add(&mut self, other: Self) {
        self.acknowledged += other.acknowledged;
        self.repeated += other.repeated;
        self.rejected.extend(other.rejected);
        self.contradicted.extend(other.contradicted);
        self.unknown += other.unknown;
    }

    /// Keeps of the rejections those that stand in the end: a message may have been acknowledged later.
    pub(super) fn end(&mut self, book: &Book) {
        self.rejected.retain(|name, _| book.rejection(name).is_some());
    }
}

impl Book {
    /// The form that this program writes.
    pub(super) const VERSION: u32 = 1;

    /// Nothing known.
    pub(super) fn new() -> Self {
        Self {
            version: Self::VERSION,
            through: 0,
            log: no_log(),
            acknowledged: BTreeSet::new(),
            rejected: BTreeMap::new(),
        }
    }

    /// Whether it has a form that this program reads.
    pub(super) fn is_readable(&self) -> bool {
        self.version == Self::VERSION
    }

    /// Whether a message is acknowledged.
    pub(super) fn has(&self, seq: u64, name: &str) -> bool {
        seq <= self.through || self.acknowledged.contains(name)
    }

    /// The rejection of a message.
    pub(super) fn rejection(&self, name: &str) -> Option<&Rejection> {
        self.rejected.get(name)
    }

    /// Takes receipts. `known` are all messages by name, with their numbers.
    ///
    /// # Errors
    /// They are not of the form of `data/push/receipts-1.schema.json`; then none is taken.
    pub(super) fn take(
        &mut self,
        bytes: &[u8],
        known: &BTreeMap<&str, u64>,
        today: Day,
    ) -> Result<Reconciled, Failure> {
        let receipts: Receipts = serde_json::from_slice(bytes).map_err(|_| unreadable())?;
        if receipts.version != 1 {
            return Err(unreadable());
        }
        let mut said = Reconciled::default();
        for receipt in receipts.receipts {
            let Some(seq) = known.get(receipt.message.as_str()) else {
                said.unknown += 1;
                continue;
            };
            let stands = self.has(*seq, &receipt.message);
            match (receipt.status, stands) {
                (Status::Acknowledged, true) => said.repeated += 1,
                (Status::Acknowledged, false) => {
                    self.rejected.remove(&receipt.message);
                    said.rejected.remove(&receipt.message);
                    self.acknowledged.insert(receipt.message);
                    said.acknowledged += 1;
                }
                (Status::Rejected, true) => drop(said.contradicted.insert(receipt.message)),
                (Status::Rejected, false) => {
                    let code = receipt.code.filter(|code| is_code(code));
                    said.rejected.insert(receipt.message.clone(), code.clone());
                    self.rejected.insert(receipt.message, Rejection { on: today, code });
                }
            }
        }
        self.close(known);
        Ok(said)
    }

    /// Notes that the platform refused a message outright.
    pub(super) fn refuse(&mut self, name: &str, on: Day, code: String) {
        self.rejected.insert(name.to_owned(), Rejection { on, code: Some(code) });
    }

    /// Forgets the names of messages before the first that is not acknowledged: their numbers say it all.
    fn close(&mut self, known: &BTreeMap<&str, u64>) {
        let mut in_order: Vec<(u64, &str)> =
            known.iter().map(|(name, seq)| (*seq, *name)).collect();
        in_order.sort_unstable();
        let from = in_order.partition_point(|(seq, _)| *seq <= self.through);
        for (seq, name) in in_order.drain(from..) {
            if !self.acknowledged.remove(name) {
                break;
            }
            self.through = seq;
        }
    }
}

const fn no_log() -> Head {
    Head::EMPTY
}

fn is_code(code: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-');
    !code.is_empty() && code.len() <= LONGEST_CODE && code.bytes().all(plain)
}

fn unreadable() -> Failure {
    Failure::State {
        zh: "回执不是约定的格式（见 outbox/schema/receipts-1.schema.json），未采用".into(),
        en: "the receipts are not of the agreed form (outbox/schema/receipts-1.schema.json): none was taken".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day::new(2026, 3, 4).expect("a day")
    }

    fn receipts(rows: &[(&str, &str)]) -> Vec<u8> {
        let row = |(name, status): &(&str, &str)| {
            format!(
                "{{\"message\":\"{name}\",\"status\":\"{status}\",\"code\":\"E1\",\"reason\":\"张三\"}}"
            )
        };
        let rows: Vec<String> = rows.iter().map(row).collect();
        format!("{{\"version\":1,\"receipts\":[{}]}}", rows.join(",")).into_bytes()
    }

    #[test]
    fn receipts_in_any_order_and_twice_come_to_the_same() {
        let known = BTreeMap::from([("a", 3), ("b", 5), ("c", 9)]);
        let mut one = Book::new();
        let said =
            one.take(&receipts(&[("c", "acknowledged"), ("a", "acknowledged")]), &known, today());
        assert_eq!(said.expect("read").acknowledged, 2);
        assert_eq!((one.through, one.acknowledged.len()), (3, 1), "b is missing");
        let said =
            one.take(&receipts(&[("b", "acknowledged"), ("a", "acknowledged")]), &known, today());
        let said = said.expect("read");
        assert_eq!((said.acknowledged, said.repeated), (1, 1));
        assert_eq!((one.through, one.acknowledged.len()), (9, 0));
        assert!(known.iter().all(|(name, seq)| one.has(*seq, name)));
    }

    #[test]
    fn rejections_strangers_and_contradictions_are_told_apart() {
        let known = BTreeMap::from([("a", 1), ("b", 2)]);
        let mut book = Book::new();
        let rows =
            [("a", "acknowledged"), ("a", "rejected"), ("b", "rejected"), ("x", "acknowledged")];
        let said = book.take(&receipts(&rows), &known, today()).expect("read");
        assert_eq!((said.acknowledged, said.unknown, said.is_clean()), (1, 1, false));
        assert!(said.contradicted.contains("a") && book.has(1, "a"));
        assert_eq!(said.rejected.get("b"), Some(&Some("E1".to_owned())));
        let kept = serde_json::to_string(&book).expect("JSON");
        assert!(!kept.contains("张三"), "a reason in words is not kept");
        let said = book.take(&receipts(&[("b", "acknowledged")]), &known, today()).expect("read");
        assert!(said.is_clean() && book.rejection("b").is_none() && book.has(2, "b"));
    }

    #[test]
    fn what_is_acknowledged_in_the_end_was_not_rejected() {
        let known = BTreeMap::from([("a", 1), ("b", 2)]);
        let mut book = Book::new();
        let mut said = Reconciled::default();
        for rows in
            [[("a", "rejected"), ("b", "rejected")], [("a", "acknowledged"), ("b", "rejected")]]
        {
            said.add(book.take(&receipts(&rows), &known, today()).expect("read"));
        }
        said.end(&book);
        assert_eq!(said.rejected.keys().map(String::as_str).collect::<Vec<_>>(), ["b"]);
        assert!(book.has(1, "a") && !book.has(2, "b"));
    }

    #[test]
    fn what_is_no_receipt_changes_nothing() {
        let known = BTreeMap::from([("a", 1)]);
        let mut book = Book::new();
        let strange = [&b"<html>"[..], b"{}", b"{\"version\":2,\"receipts\":[]}", b""];
        assert!(strange.iter().all(|bytes| book.take(bytes, &known, today()).is_err()));
        assert_eq!(book, Book::new());
        assert!(
            !is_code("张三") && !is_code("") && is_code("E-1.2_x") && !is_code(&"a".repeat(41))
        );
    }
}
