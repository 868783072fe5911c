//! The published cases next to one in its year's list, so that a reader can turn from page to page. Names no
//! case that is not public.

use crate::ledger::{Listed, State};
use crate::vocab::CaseId;

/// The cases beside one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Beside {
    /// The one above it.
    pub(super) newer: Option<Step>,
    /// The one below it.
    pub(super) older: Option<Step>,
}

/// A published case to turn to: of the same kind and year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Its name in addresses.
    pub(super) id: CaseId,
    /// Its number.
    pub(super) number: String,
}

impl Step {
    fn of(case: &Listed) -> Option<Self> {
        let head = &case.head;
        let id = head.id.filter(|_| head.state == State::Published)?;
        Some(Self { id, number: head.key.number.clone() })
    }
}

impl Beside {
    /// Of each case of one kind and year, in list order, the published ones next to it.
    pub(crate) fn of_all(cases: &[&Listed]) -> Vec<Self> {
        let mut all = vec![Self::default(); cases.len()];
        let mut last = None;
        for (case, beside) in cases.iter().zip(&mut all) {
            beside.newer.clone_from(&last);
            last = Step::of(case).or(last);
        }
        last = None;
        for (case, beside) in cases.iter().zip(&mut all).rev() {
            beside.older.clone_from(&last);
            last = Step::of(case).or(last);
        }
        all
    }
}
