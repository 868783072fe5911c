//! What people have decided about the doubts of a text. A decision to keep takes the doubt away and nothing
//! else: what redaction cuts by itself stays cut.

use crate::clearance::record::Field;
use crate::clearance::review::{Decided, Decision, characters};

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
    doubts.retain(|doubt| {
        let entry = decided.about(column, doubt.check, characters(text, &doubt.at));
        match entry.map(|entry| entry.decision) {
            Some(Decision::Keep) => false,
            Some(Decision::Redact) => {
                spans.push(doubt.at.clone(), Rule::Reviewed, "");
                false
            }
            None => true,
        }
    });
}
