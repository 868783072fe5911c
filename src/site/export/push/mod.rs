//! Messages to the supervision platform: one for each event that the public could see, as JSON and as XML.
//!
//! A message is made anew of what the ledger says now. Its name stays; its content goes as soon as the case is no
//! longer shown, and what the case is called goes where a notice may not call it either.

mod xml;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::law::Day;
use crate::ledger::{LineHead, Standing, State, Telling};
use crate::vocab::{CaseId, CreditCode, PushFormat};

use super::super::downloads::status;
use super::super::paths::{case_folder, year_of};
use super::super::{Page, Press};
use super::{Content, document};

/// Version of the form; it goes up when a key changes its meaning or goes.
const VERSION: u32 = 1;

/// The forms of messages and receipts for those who read and write them: name and text.
pub(crate) const PUSH_FORMS: [(&str, &str); 3] = [
    ("message-1.schema.json", include_str!("../../../../data/push/message-1.schema.json")),
    ("message-1.xsd", include_str!("../../../../data/push/message-1.xsd")),
    ("receipts-1.schema.json", include_str!("../../../../data/push/receipts-1.schema.json")),
];

/// An event, and what the ledger says of its case now.
pub(crate) struct Subject<'s> {
    /// The event.
    pub(crate) telling: &'s Telling,
    /// The case, where the ledger still has it.
    pub(crate) head: Option<&'s LineHead>,
    /// It in full and its content, where it stands published on the day.
    pub(crate) case: Option<(&'s Standing, &'s Content<'s>)>,
    /// Messages of the case that bring content, in order.
    pub(crate) bringing: &'s [&'s Telling],
}

/// What became of the content of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum RecordState {
    /// It is here.
    Current,
    /// A later message has the content that stands.
    Replaced,
    /// The case is not shown any more.
    Gone,
    /// The event brings none.
    None,
}

#[derive(Serialize)]
struct Sender<'m> {
    name: &'m str,
    credit_code: Option<&'m CreditCode>,
}

#[derive(Serialize)]
struct CaseRef<'m> {
    id: CaseId,
    number: &'m str,
    standing: &'static str,
    page: Option<String>,
}

#[derive(Serialize)]
struct Takedown<'m> {
    ground: Option<&'static str>,
    ground_text: Option<&'static str>,
    document: Option<&'m str>,
    decided_on: Option<Day>,
}

#[derive(Serialize)]
struct ReplacedBy<'m> {
    number: &'m str,
    id: CaseId,
}

/// One message. What is not said is null, so that every message has every key.
#[derive(Serialize)]
struct Message<'m> {
    version: u32,
    message: &'m str,
    sequence: u64,
    on: Day,
    event: &'static str,
    sender: Sender<'m>,
    kind: Option<CaseKind>,
    case: Option<CaseRef<'m>>,
    revision: Option<u32>,
    record_state: RecordState,
    #[serde(serialize_with = "by_code")]
    record: &'m [(&'m str, &'m str, String)],
    later: Option<&'m str>,
    takedown: Option<Takedown<'m>>,
    replaced_by: Option<ReplacedBy<'m>>,
    withdraws: Vec<&'m str>,
}

fn by_code<S: serde::Serializer>(
    record: &[(&str, &str, String)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let values: BTreeMap<&str, &str> =
        record.iter().map(|(code, _, value)| (*code, value.as_str())).collect();
    (!values.is_empty()).then_some(values).serialize(serializer)
}

impl Press {
    /// A message as JSON and as XML. Each stands on one line, so that the audit sees what its words are about.
    ///
    /// # Errors
    /// Never in practice: every field serializes.
    pub(crate) fn messages(&self, subject: &Subject<'_>) -> Result<[Page; 2], Failure> {
        let message = self.message_of(subject);
        let Telling { seq, name, .. } = subject.telling;
        let page = |format: PushFormat, body| {
            document(format!("messages/{seq:08}-{name}.{}", format.ending()), body)
        };
        let (json, xml) = (json(&message)?, xml::bytes(&message)?);
        Ok([page(PushFormat::Json, json), page(PushFormat::Xml, xml)])
    }

    fn message_of<'m>(&'m self, subject: &Subject<'m>) -> Message<'m> {
        let telling = subject.telling;
        let named = subject.head.filter(|head| telling.what.names() && is_named(head.state));
        let brings = telling.what.brings();
        let last = subject.bringing.last().filter(|_| brings && subject.case.is_some());
        let is_last = last.is_some_and(|last| last.seq == telling.seq);
        let record_state = match (brings, subject.case.is_some(), is_last) {
            (false, ..) => RecordState::None,
            (true, false, _) => RecordState::Gone,
            (true, true, true) => RecordState::Current,
            (true, true, false) => RecordState::Replaced,
        };
        let is_current = record_state == RecordState::Current;
        let content = subject.case.map(|(_, content)| content).filter(|_| is_current);
        let withdraws = subject.bringing.iter().filter(|m| !brings && m.seq < telling.seq);
        let bureau = &self.bureau;
        Message {
            version: VERSION,
            message: &telling.name,
            sequence: telling.seq,
            on: telling.on,
            event: telling.what.word(),
            sender: Sender { name: &bureau.name, credit_code: bureau.credit_code.as_ref() },
            kind: named.map(|_| telling.kind),
            case: named.and_then(|head| self.case_ref(head, subject.case.map(|(case, _)| case))),
            revision: named.map(|_| telling.revision),
            record_state,
            record: content.map_or(&[], |content| &content.record),
            later: last.filter(|_| !is_last).map(|last| last.name.as_str()),
            takedown: named.and_then(|_| takedown(telling)),
            replaced_by: named.and_then(|head| replaced_by(telling, head)),
            withdraws: withdraws.map(|telling| telling.name.as_str()).collect(),
        }
    }

    fn case_ref<'m>(&self, head: &'m LineHead, case: Option<&Standing>) -> Option<CaseRef<'m>> {
        let (id, base) = (head.id?, self.bureau.base_url.as_deref());
        let page = |case: &Standing| {
            base.map(|base| format!("{base}{}", case_folder(head.key.kind, year_of(case), id)))
        };
        // A case whose last day has gone by is over, whether a build has said so or not.
        let state = if head.is_over(self.today) { State::Expired } else { head.state };
        let (number, standing) = (head.key.number.as_str(), status(state).1);
        Some(CaseRef { id, number, standing, page: case.and_then(page) })
    }
}

/// Whether a case in this state may be called by its name: it is shown, or a notice or tombstone names it.
const fn is_named(state: State) -> bool {
    match state {
        State::Published | State::TakenDown | State::Expired => true,
        State::Held | State::Withheld | State::Suppressed => false,
    }
}

fn takedown(telling: &Telling) -> Option<Takedown<'_>> {
    let says = telling.ground.is_some() || telling.document.is_some();
    says.then(|| Takedown {
        ground: telling.ground.map(|ground| ground.code()),
        ground_text: telling.ground.map(|ground| ground.zh()),
        document: telling.document.as_deref(),
        decided_on: telling.decided_on,
    })
}

/// The decision that replaces a case, as long as it stands published: before, the notice does not name it either.
fn replaced_by<'m>(telling: &Telling, head: &'m LineHead) -> Option<ReplacedBy<'m>> {
    let stone = head.tombstone.as_ref().filter(|_| !telling.what.brings())?;
    let (number, found) = stone.replaced_by.as_deref().zip(stone.replacement)?;
    Some(ReplacedBy { number, id: found.id })
}

fn json(message: &Message<'_>) -> Result<Vec<u8>, Failure> {
    let mut line = serde_json::to_vec(message)
        .map_err(|_| Failure::Internal("a message does not serialize".into()))?;
    line.push(b'\n');
    Ok(line)
}
