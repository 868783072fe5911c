//! The amounts of a penalty as figures, and how they go with the amounts its text names.

use super::super::record::{CaseFile, Field, Read, TableKind};
use super::amounts::amounts;
use crate::vocab::Money;

/// The figures of a penalty, without zeros; `None` where the export has no such columns.
pub(super) fn figures(file: &CaseFile) -> Option<[Option<(Field, Money)>; 2]> {
    let (fine, confiscated) = (&file.words.fine, &file.words.confiscated);
    if file.table != TableKind::Penalties {
        return Some([None, None]);
    }
    if matches!((fine, confiscated), (Read::NoColumn, Read::NoColumn)) {
        return None;
    }
    let figure = |field, read: &Read<Money, _>| {
        read.word().filter(|m| m.as_fen() != 0).map(|money| (field, *money))
    };
    Some([figure(Field::Fine, fine), figure(Field::Confiscated, confiscated)])
}

/// How a figure goes with the amounts in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    /// The text names the same amount, or amounts that sum up to it.
    Same,
    /// The text names no amount.
    Silent,
    /// The text names others, none of them far off.
    Different,
    /// Even the nearest amount in the text is off by the ratio of a slip of unit or more.
    SlipOfUnit,
}

/// Compares `figure` with the amounts in `text`; `slip` is the ratio from which a difference
/// counts as a slip of unit.
pub(super) fn agreement(figure: Money, text: &str, slip: i64) -> Agreement {
    let figure = figure.as_fen();
    let (mut sum, mut last, mut near, mut any) = (0_i64, None, false, false);
    for amount in amounts(text).map(Money::as_fen) {
        if amount == figure {
            return Agreement::Same;
        }
        any = true;
        near |= amount.saturating_mul(slip) > figure && figure.saturating_mul(slip) > amount;
        // 伍佰元整（¥500.00） is one amount.
        if last != Some(amount) {
            sum = sum.saturating_add(amount);
        }
        last = Some(amount);
    }
    match (any, near) {
        (false, _) => Agreement::Silent,
        _ if sum == figure => Agreement::Same,
        (true, true) => Agreement::Different,
        (true, false) => Agreement::SlipOfUnit,
    }
}
