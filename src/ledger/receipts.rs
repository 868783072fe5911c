//! Receipts: when which site was put where, and whether it was seen to stand there.
//!
//! They are lines of a file of their own, chained like the log: a publication is no event of a case, and the
//! public log does not change by it. A receipt names no case.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diag::Failure;
use crate::law::Day;

use super::Digest;
use super::event::{self, Head};
use super::store::read_or_empty;

/// Name of the file of receipts.
pub(crate) const RECEIPTS: &str = "receipts.jsonl";

/// What was done at a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Deed {
    /// The site is about to be put there: from now on the public may see it.
    Begun,
    /// The site was put there, whole.
    Published,
    /// A site that stood there before was put back.
    RolledBack,
    /// What should stand there was seen to stand, and what must not was not.
    Verified,
    /// It was looked at, and something was not as it should be.
    Differed,
    /// What the program itself wrote was looked at; nobody has seen what the public sees.
    Looked,
}

/// One receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Receipt {
    /// Number, from 1.
    pub(crate) seq: u64,
    /// The moment, in China's time, as in `2026-02-13T09:30:00+08:00`.
    pub(crate) at: String,
    /// The day of the run.
    pub(crate) on: Day,
    /// What was done.
    pub(crate) deed: Deed,
    /// At which target, by its name in `site.yml`, or at which address.
    pub(crate) target: String,
    /// Digest of the manifest.
    pub(crate) manifest: Digest,
    /// The day that site shows.
    pub(crate) as_of: Day,
    /// End of the ledger's log that it states.
    pub(crate) ledger: Head,
    /// Files of the site.
    pub(crate) files: u64,
    /// Files that were sent; of a look, files that were held against the manifest.
    pub(crate) sent: u64,
    /// Files that were taken away; of a look, dead addresses that were asked.
    pub(crate) removed: u64,
    /// Who did it, in the words given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<String>,
    /// Digest of the receipt before.
    pub(crate) prev: Digest,
}

/// All receipts of a ledger.
#[derive(Debug, Default)]
pub(crate) struct Receipts {
    lines: Vec<Receipt>,
    text: Vec<u8>,
    last: Option<Digest>,
}

impl Receipts {
    /// Reads the receipts of the ledger in `dir`; none where there is no file.
    ///
    /// # Errors
    /// The file cannot be read, or a line does not hold.
    pub(crate) fn open(dir: &Path) -> Result<Self, Failure> {
        let text = read_or_empty(&dir.join(RECEIPTS))?;
        let mut receipts = Self::default();
        for (number, line) in (1_u64..).zip(text.split_inclusive(|b| *b == b'\n')) {
            receipts.take(line).ok_or_else(|| Failure::State {
                zh: format!("{} 第 {number} 行已损坏，请从备份恢复", dir.join(RECEIPTS).display()),
                en: format!(
                    "line {number} of {} is damaged: restore it from a backup",
                    dir.join(RECEIPTS).display()
                ),
            })?;
        }
        receipts.text = text;
        Ok(receipts)
    }

    fn take(&mut self, line: &[u8]) -> Option<()> {
        let line = line.strip_suffix(b"\n")?;
        let (receipt, (digest, stated)) = event::open::<Receipt>(line)?;
        let follows = receipt.seq == self.lines.len() as u64 + 1
            && receipt.prev == self.last.unwrap_or(Digest::ZERO);
        (follows && digest == stated).then_some(())?;
        self.lines.push(receipt);
        self.last = Some(digest);
        Some(())
    }

    /// Adds a receipt; number and chain are set here.
    ///
    /// # Errors
    /// Never in practice: every field serializes.
    pub(crate) fn add(&mut self, mut receipt: Receipt) -> Result<(), Failure> {
        receipt.seq = self.lines.len() as u64 + 1;
        receipt.prev = self.last.unwrap_or(Digest::ZERO);
        let (line, digest) = event::seal(&receipt)
            .ok_or_else(|| Failure::Internal("a receipt does not serialize".into()))?;
        self.text.extend(line);
        self.text.push(b'\n');
        self.lines.push(receipt);
        self.last = Some(digest);
        Ok(())
    }

    /// The file, as it is to be written.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.text
    }

    /// All receipts, the oldest first.
    pub(crate) fn all(&self) -> &[Receipt] {
        &self.lines
    }

    /// How many events of the log the public may have seen at some target; none before the first publication.
    pub(crate) fn delivered(&self) -> Option<u64> {
        self.put().max()
    }

    /// How many events of the log each site stated that was put somewhere, in ascending order.
    pub(crate) fn deliveries(&self) -> Vec<u64> {
        self.put().collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn put(&self) -> impl Iterator<Item = u64> {
        let put = self.lines.iter().filter(|r| matches!(r.deed, Deed::Begun | Deed::Published));
        put.map(|r| r.ledger.events)
    }

    /// How many events of the log were seen to stand at every one of these targets that is in use; none where none
    /// is. What came down before a target was first used never stood there.
    pub(crate) fn verified<'t>(&self, targets: impl Iterator<Item = &'t str>) -> Option<u64> {
        let seen = |target: &str| {
            let of = |deed| move |r: &&Receipt| r.target == target && r.deed == deed;
            let first = self.lines.iter().find(of(Deed::Published))?.ledger.events;
            let last = self.lines.iter().filter(of(Deed::Verified)).map(|r| r.ledger.events).max();
            Some(last.unwrap_or(first).max(first))
        };
        targets.filter_map(seen).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt(target: &str, deed: Deed, events: u64) -> Receipt {
        let day = Day::new(2026, 2, 13).expect("a day");
        Receipt {
            seq: 0,
            at: "2026-02-13T09:30:00+08:00".into(),
            on: day,
            deed,
            target: target.into(),
            manifest: Digest::of(target.as_bytes()),
            as_of: day,
            ledger: Head { events, digest: Digest::ZERO },
            files: 9,
            sent: 2,
            removed: 1,
            by: None,
            prev: Digest::ZERO,
        }
    }

    fn three() -> Receipts {
        let mut receipts = Receipts::default();
        for (target, deed, events) in
            [("甲", Deed::Published, 4), ("甲", Deed::Verified, 4), ("乙", Deed::Published, 6)]
        {
            receipts.add(receipt(target, deed, events)).expect("it serializes");
        }
        receipts
    }

    #[test]
    fn receipts_read_back_and_tell_what_the_public_saw() {
        let dir = tempfile::tempdir().expect("a folder");
        assert_eq!(Receipts::open(dir.path()).expect("none").delivered(), None);
        std::fs::write(dir.path().join(RECEIPTS), three().bytes()).expect("a file");
        let again = Receipts::open(dir.path()).expect("they hold");
        assert_eq!((again.all().len(), again.delivered()), (3, Some(6)));
        assert_eq!(again.deliveries(), [4, 6]);
        assert_eq!(again.verified(["甲"].into_iter()), Some(4));
        assert_eq!(again.verified(["甲", "乙"].into_iter()), Some(4), "every target counts");
        assert_eq!(
            again.verified(["乙"].into_iter()),
            Some(6),
            "what came down before was never there"
        );
        assert_eq!(again.verified(["丙"].into_iter()), None, "not in use");
        let mut begun = three();
        begun.add(receipt("甲", Deed::Begun, 9)).expect("it serializes");
        assert_eq!(begun.delivered(), Some(9), "some of it may be seen already");
    }

    #[test]
    fn every_changed_byte_and_every_lost_line_is_found() {
        let dir = tempfile::tempdir().expect("a folder");
        let (path, sound) = (dir.path().join(RECEIPTS), three().bytes().to_vec());
        for at in 0..sound.len() {
            let mut bad = sound.clone();
            bad[at] ^= 1;
            std::fs::write(&path, bad).expect("a file");
            assert!(Receipts::open(dir.path()).is_err(), "byte {at}");
        }
        let lines: Vec<&[u8]> = sound.split_inclusive(|b| *b == b'\n').collect();
        for lost in 0..lines.len() - 1 {
            let mut rest = lines.clone();
            rest.remove(lost);
            std::fs::write(&path, rest.concat()).expect("a file");
            assert!(Receipts::open(dir.path()).is_err(), "line {lost}");
        }
    }
}
