//! What people have decided about the doubts of a text. A decision to keep takes the doubt away and nothing
//! else: what redaction cuts by itself stays cut, and what reads as somebody's number cannot be kept.

use crate::clearance::fold::{Runs, folded};
use crate::clearance::record::Field;
use crate::clearance::review::{Decided, Decision, characters};

use super::forms::{is_card, is_id, is_mobile};
use super::spans::Spans;
use super::tables::Rule;
use super::text::Doubt;

/// Takes away the doubts that are decided, and cuts what was decided to go.
pub(super) fn settle(
    text: &str,
    (decided, column): (&Decided, Field),
    doubts: &mut Vec<Doubt>,
    spans: &mut Spans,
) {
    if !decided.covers(column) {
        return;
    }
    doubts.retain(|doubt| {
        let entry = decided.about(column, doubt.check, characters(text, &doubt.at));
        match entry.map(|entry| entry.decision) {
            // The audit would stop the whole site for it; so it holds its own record.
            Some(Decision::Keep) => reads_as_personal(&text[doubt.at.clone()]),
            Some(Decision::Redact) => {
                spans.push(doubt.at.clone(), Rule::Reviewed, "");
                false
            }
            None => true,
        }
    });
}

/// Groups of digits that are read together at most.
const MOST_GROUPS: usize = 8;

/// Whether an identity, telephone or card number can be read in a stretch, alone or between other digits.
pub(super) fn reads_as_personal(stretch: &str) -> bool {
    let text = folded(stretch);
    let mut runs = Runs::of(&text);
    while let Some(run) = runs.next() {
        let sizes: Vec<usize> = run.groups.iter().map(|group| group.count).collect();
        for first in 0..sizes.len() {
            for last in first..sizes.len().min(first + MOST_GROUPS) {
                let (digits, sizes) = (run.text(first, last), &sizes[first..=last]);
                if is_id(digits, sizes) || is_mobile(digits, sizes) || is_card(digits, sizes) {
                    return true;
                }
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebodys_number_is_seen_between_other_digits() {
        for personal in ["12 50019919900307123X", "99-13800138000", "8.4111111111111111"] {
            assert!(reads_as_personal(personal), "{personal}");
        }
        for other in ["9832174655028", "983 217 465 502 8", "八角120克、桂皮80克"] {
            assert!(!reads_as_personal(other), "{other}");
        }
    }
}
