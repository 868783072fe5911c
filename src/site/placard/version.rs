//! Versions of placards: a short code that is another when something printed on the sheet is, and the same
//! whatever the day. It tells sheets apart and proves nothing.

use std::fmt::Write as _;

use super::super::theme::short_code;
use super::{OfficerFacts, UnitFacts};

/// Version of the cards, the desk stand and the badge of one officer: they show the same facts.
pub(super) fn of_officer(organ: &str, complaint: Option<&str>, officer: &OfficerFacts) -> String {
    let mut text = head(organ, complaint);
    add(&mut text, &[&officer.name, &officer.unit, &officer.post, &officer.badge]);
    let more = [&officer.address, &officer.photo].map(|part| part.as_deref().unwrap_or_default());
    add(&mut text, &more);
    short_code(&text)
}

/// Version of the board of everybody.
pub(super) fn of_board(organ: &str, complaint: Option<&str>, units: &[UnitFacts]) -> String {
    let mut text = head(organ, complaint);
    units.iter().for_each(|unit| rows(&mut text, unit));
    short_code(&text)
}

/// Version of a unit's window sign. `ways` are the ways to the bureau that it shows: hours, address of the list.
pub(super) fn of_window(
    (organ, complaint): (&str, Option<&str>),
    ways: [Option<&str>; 2],
    unit: &UnitFacts,
) -> String {
    let mut text = head(organ, complaint);
    add(&mut text, &ways.map(Option::unwrap_or_default));
    let parts = [&unit.duties, &unit.office, &unit.telephone];
    add(&mut text, &[&unit.name]);
    add(&mut text, &parts.map(|part| part.as_deref().unwrap_or_default()));
    rows(&mut text, unit);
    short_code(&text)
}

fn head(organ: &str, complaint: Option<&str>) -> String {
    let mut text = String::new();
    add(&mut text, &[organ, complaint.unwrap_or_default()]);
    text
}

fn rows(text: &mut String, unit: &UnitFacts) {
    for o in &unit.officers {
        let certificate = o.certificate.as_deref().unwrap_or_default();
        add(text, &[&o.name, &o.unit, &o.post, &o.badge, certificate]);
    }
}

/// Appends parts so that no two lists of parts give one text.
fn add(text: &mut String, parts: &[&str]) {
    for part in parts {
        let _ = write!(text, "{}:{part}\u{1f}", part.len());
    }
    text.push('\n');
}
