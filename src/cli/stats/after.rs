//! What came into a year after its figures were due: it changes figures that stand published, so it is told
//! and never silently folded in.

use std::collections::BTreeMap;

use crate::clearance::CaseKind;
use crate::law::Day;
use crate::ledger::{FormRow, LineHead};

use super::table::{Table, penalties};

/// Days of first events, by kind, number and party.
type FirstDays = BTreeMap<(CaseKind, String, String), Day>;

/// What came late.
pub(super) struct After {
    /// The day the figures were due.
    pub(super) closed_on: Day,
    /// Cases that came into the ledger after that day.
    pub(super) rows: FormRow,
    /// Earlier cases that were corrected after that day.
    pub(super) corrected: u64,
    /// Cases of which the log does not say when they came: not checked.
    pub(super) unknown: u64,
}

impl After {
    /// Counts the cases of the table's year that came, or were corrected, after `closed_on`.
    pub(super) fn count(
        heads: &[&LineHead],
        table: &Table<'_>,
        first: &FirstDays,
        closed_on: Day,
    ) -> Self {
        let mut after =
            Self { closed_on, rows: FormRow::new(table.form), corrected: 0, unknown: 0 };
        for head in penalties(heads, table.year) {
            let key = (head.key.kind, head.key.number.clone(), head.key.party.clone());
            match first.get(&key) {
                Some(on) if *on > closed_on => after.rows.add(table.form, head),
                Some(_) => {
                    let changed = head.revisions.iter().any(|r| r.on > closed_on);
                    after.corrected += u64::from(changed);
                }
                None => after.unknown += 1,
            }
        }
        after
    }

    /// Whether nothing changed, and that is known.
    pub(super) fn is_nothing(&self) -> bool {
        self.rows.total + self.rows.excluded + self.corrected + self.unknown == 0
    }
}
