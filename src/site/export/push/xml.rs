//! A message as XML: the same words as in JSON, in the order of the schema `data/push/message-1.xsd`.

use crate::clearance::CaseKind;
use crate::diag::Failure;

use super::super::super::feed::{Xml, begin, close, leaf, newline, open, text};
use super::{Message, RecordState};

const NAMESPACE: &str = "urn:gongshi:push:1";

/// The message's bytes.
pub(super) fn bytes(message: &Message<'_>) -> Result<Vec<u8>, Failure> {
    let mut xml = begin()?;
    newline(&mut xml)?;
    let (version, sequence) = (message.version.to_string(), message.sequence.to_string());
    let (on, revision) = (message.on.to_string(), message.revision.map(|n| n.to_string()));
    let mut attributes = vec![
        ("xmlns", NAMESPACE),
        ("version", version.as_str()),
        ("message", message.message),
        ("sequence", &sequence),
        ("on", &on),
        ("event", message.event),
    ];
    attributes.extend(message.kind.map(|kind| ("kind", word(kind))));
    attributes.extend(revision.as_deref().map(|revision| ("revision", revision)));
    open(&mut xml, "message", &attributes)?;
    let code = message.sender.credit_code.map(|code| ("credit_code", code.as_str()));
    let sender: Vec<_> = [("name", message.sender.name)].into_iter().chain(code).collect();
    empty(&mut xml, "sender", &sender)?;
    case(&mut xml, message)?;
    record(&mut xml, message)?;
    takedown(&mut xml, message)?;
    for name in &message.withdraws {
        leaf(&mut xml, "withdraws", name)?;
    }
    close(&mut xml, "message")?;
    newline(&mut xml)?;
    Ok(xml.into_inner())
}

fn case(xml: &mut Xml, message: &Message<'_>) -> Result<(), Failure> {
    let Some(case) = &message.case else { return Ok(()) };
    let page = case.page.as_deref().map(|page| ("page", page));
    let said = [("id", case.id.as_str()), ("number", case.number), ("standing", case.standing)];
    let said: Vec<_> = said.into_iter().chain(page).collect();
    empty(xml, "case", &said)
}

fn record(xml: &mut Xml, message: &Message<'_>) -> Result<(), Failure> {
    let state = match message.record_state {
        RecordState::Current => "current",
        RecordState::Replaced => "replaced",
        RecordState::Gone => "gone",
        RecordState::None => "none",
    };
    let later = message.later.map(|later| ("later", later));
    let said: Vec<_> = [("state", state)].into_iter().chain(later).collect();
    open(xml, "record", &said)?;
    for (code, title, value) in message.record {
        open(xml, "field", &[("code", code), ("title", title)])?;
        text(xml, value)?;
        close(xml, "field")?;
    }
    close(xml, "record")
}

fn takedown(xml: &mut Xml, message: &Message<'_>) -> Result<(), Failure> {
    if let Some(told) = &message.takedown {
        let day = told.decided_on.map(|day| day.to_string());
        let said = [
            ("ground", told.ground),
            ("ground_text", told.ground_text),
            ("document", told.document),
            ("decided_on", day.as_deref()),
        ];
        let said: Vec<_> = said.into_iter().filter_map(|(name, v)| Some((name, v?))).collect();
        empty(xml, "takedown", &said)?;
    }
    let Some(by) = &message.replaced_by else { return Ok(()) };
    empty(xml, "replaced_by", &[("number", by.number), ("id", by.id.as_str())])
}

fn empty(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> Result<(), Failure> {
    open(xml, name, attributes)?;
    close(xml, name)
}

const fn word(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Penalty => "penalty",
        CaseKind::Inspection => "inspection",
    }
}
