//! The annual penalty table: cases of a year in the columns of a form, and what must add up.
//!
//! It counts what the ledger keeps of each case. What the ledger does not know is `None`, never 0.

use crate::vocab::{ExtraFigure, Ground, PenaltyKind, Procedure, RevokedRule, StatisticsForm};

use super::line::LineHead;
use super::standing::State;

/// One row of the table: the bureau's or one unit's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FormRow {
    /// Decisions in each column of kinds, in the form's order.
    pub(crate) cells: Vec<u64>,
    /// Decisions of which no kind is known; they are in the sum and in no column.
    pub(crate) kindless: u64,
    /// All decisions that count.
    pub(crate) total: u64,
    /// Fines and confiscations as decided, in fen.
    pub(crate) fen: i64,
    /// Decisions by 简易程序.
    pub(crate) summary: u64,
    /// Decisions by 普通程序.
    pub(crate) ordinary: u64,
    /// Decisions with a passed legal review on record.
    pub(crate) reviewed: u64,
    /// Of all decisions, counted or not: revoked after they were made.
    pub(crate) revoked: u64,
    /// Decisions left out because the form does not count revoked ones.
    pub(crate) excluded: u64,
    /// Decisions with a fine and without an amount.
    pub(crate) fines_without_amount: u64,
    /// Decisions with an amount and without a fine or a confiscation.
    pub(crate) amounts_without_fine: u64,
}

/// A column of the table, to ask which cases stand in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TableColumn {
    /// A column of kinds, by its place.
    Kind(usize),
    /// No kind known.
    Kindless,
    /// The sum.
    Total,
    /// No procedure known.
    Procedureless,
    /// The amount.
    Amount,
    /// A figure behind the amount.
    Extra(ExtraFigure),
}

/// Whether a case counts in the form at all: one that was revoked may not.
fn counts(form: &StatisticsForm, head: &LineHead) -> bool {
    form.revoked != RevokedRule::Excluded || !was_revoked(head)
}

/// Whether the decision ceased to stand after it was made. One that was altered, or only found
/// unlawful, still stands; one that was published in error was never in doubt.
fn was_revoked(head: &LineHead) -> bool {
    head.state == State::TakenDown
        && head.tombstone.as_ref().is_some_and(|t| match t.ground {
            Ground::Revoked | Ground::ConfirmedInvalid | Ground::OrderedAnew => true,
            Ground::Altered
            | Ground::ConfirmedUnlawful
            | Ground::PublishedInError
            | Ground::NotToBeDisclosed
            | Ground::PersonalInformation => false,
        })
}

/// Whether a case is one of those a cell of this column counts or sums.
pub(crate) fn stands_in(form: &StatisticsForm, head: &LineHead, column: TableColumn) -> bool {
    let count = &head.count;
    counts(form, head)
        && match column {
            TableColumn::Kind(at) => form.column_of(&count.kinds) == Some(at),
            TableColumn::Kindless => form.column_of(&count.kinds).is_none(),
            TableColumn::Total => true,
            TableColumn::Procedureless => count.procedure.is_none(),
            TableColumn::Amount => count.fen > 0,
            TableColumn::Extra(ExtraFigure::Summary) => count.procedure == Some(Procedure::Summary),
            TableColumn::Extra(ExtraFigure::Ordinary) => {
                count.procedure == Some(Procedure::Ordinary)
            }
            TableColumn::Extra(ExtraFigure::Reviewed) => count.reviewed,
            TableColumn::Extra(
                ExtraFigure::ReviewCorrected | ExtraFigure::Transferred | ExtraFigure::Accepted,
            ) => false,
        }
}

impl FormRow {
    /// An empty row of a form: every column 0.
    pub(crate) fn new(form: &StatisticsForm) -> Self {
        Self { cells: vec![0; form.columns.len()], ..Self::default() }
    }

    /// Counts a penalty. The order in which cases come does not matter.
    pub(crate) fn add(&mut self, form: &StatisticsForm, head: &LineHead) {
        self.cells.resize(form.columns.len(), 0);
        self.revoked += u64::from(was_revoked(head));
        if !counts(form, head) {
            self.excluded += 1;
            return;
        }
        let count = &head.count;
        self.total += 1;
        match form.column_of(&count.kinds).and_then(|at| self.cells.get_mut(at)) {
            Some(cell) => *cell += 1,
            None => self.kindless += 1,
        }
        self.fen = self.fen.saturating_add(count.fen);
        self.summary += u64::from(count.procedure == Some(Procedure::Summary));
        self.ordinary += u64::from(count.procedure == Some(Procedure::Ordinary));
        self.reviewed += u64::from(count.reviewed);
        let confiscates = |k: &PenaltyKind| {
            matches!(k, PenaltyKind::ConfiscatedGains | PenaltyKind::ConfiscatedProperty)
        };
        let fines = count.kinds.contains(&PenaltyKind::Fine);
        self.fines_without_amount += u64::from(fines && count.fen == 0);
        let takes_money = fines || count.kinds.iter().any(confiscates);
        // Where no kind is known, `kindless` says so already.
        self.amounts_without_fine +=
            u64::from(count.fen > 0 && !takes_money && !count.kinds.is_empty());
    }

    /// Decisions whose procedure the ledger does not know.
    pub(crate) fn procedureless(&self) -> u64 {
        self.total.saturating_sub(self.summary).saturating_sub(self.ordinary)
    }

    /// A figure behind the amount; `None` where the ledger does not know it. A figure of which the
    /// ledger knows a part is that part: [`FormRow::procedureless`] says how much is missing.
    pub(crate) fn extra(&self, figure: ExtraFigure) -> Option<u64> {
        let known = |n: u64, missing: u64| (n > 0 || missing == 0).then_some(n);
        match figure {
            ExtraFigure::Summary => known(self.summary, self.procedureless()),
            ExtraFigure::Ordinary => known(self.ordinary, self.procedureless()),
            ExtraFigure::Reviewed => known(self.reviewed, self.total),
            ExtraFigure::ReviewCorrected | ExtraFigure::Transferred | ExtraFigure::Accepted => None,
        }
    }

    /// What must add up, in the order of the report.
    pub(crate) fn identities(&self) -> Vec<(Identity, Verdict)> {
        let sum: u64 = self.cells.iter().sum();
        let verdict = |holds| if holds { Verdict::Holds } else { Verdict::Broken };
        let procedures = match self.procedureless() {
            0 => Verdict::Holds,
            _ => Verdict::Unknown,
        };
        let reviews = match self.extra(ExtraFigure::Reviewed) {
            Some(reviewed) => verdict(reviewed <= self.total),
            None => Verdict::Unknown,
        };
        let money = self.fines_without_amount == 0 && self.amounts_without_fine == 0;
        vec![
            (Identity::Kinds { sum, total: self.total }, verdict(sum == self.total)),
            (Identity::Procedures { missing: self.procedureless() }, procedures),
            (Identity::Reviews, reviews),
            (
                Identity::Amount {
                    fines_without_amount: self.fines_without_amount,
                    amounts_without_fine: self.amounts_without_fine,
                },
                verdict(money),
            ),
        ]
    }
}

/// What must add up in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// The columns of kinds sum to the total.
    Kinds {
        /// Sum of the columns.
        sum: u64,
        /// The total.
        total: u64,
    },
    /// Summary and ordinary procedures sum to the total.
    Procedures {
        /// Decisions whose procedure is not known.
        missing: u64,
    },
    /// Not more legal reviews than decisions.
    Reviews,
    /// Money where there is a fine or a confiscation, and only there. Looked at case by case: a fine
    /// beside a heavier kind is not in the column of fines.
    Amount {
        /// Fines without an amount.
        fines_without_amount: u64,
        /// Amounts without a fine or confiscation.
        amounts_without_fine: u64,
    },
}

/// How an identity stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    /// It holds.
    Holds,
    /// It does not.
    Broken,
    /// The ledger does not know enough: not checked, which is not passed.
    Unknown,
}

#[cfg(test)]
mod tests;
