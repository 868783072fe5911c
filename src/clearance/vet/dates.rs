//! The dates a record rests on.

use super::super::record::{CellFault, Field, Read, Words};
use crate::law::Day;

/// The dates that disclosure and its checks rest on.
pub(super) fn dates(words: &Words) -> impl Iterator<Item = (Field, &Read<Day, CellFault>)> {
    [
        (Field::DecidedOn, &words.decided_on),
        (Field::ValidUntil, &words.valid_until),
        (Field::Until, &words.until),
        (Field::BornOn, &words.born_on),
        (Field::LegalReviewOn, &words.legal_review_on),
        (Field::InspectedOn, &words.inspected_on),
        (Field::ResultOn, &words.result_on),
    ]
    .into_iter()
}
