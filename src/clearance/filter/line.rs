//! One record as a line of JSON, read and written. Order of columns stays; nothing of a line that cannot be
//! read is repeated.

use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Status;

/// A record as it came in. Raw, so it implements nothing that shows it.
pub(super) struct Record {
    id: Id,
    /// Header and text of each column, in order.
    pub(super) fields: Vec<(String, String)>,
}

/// What the sender calls a record. It is given back as it came and never shown elsewhere.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Id {
    Number(i64),
    Text(String),
    None,
}

#[derive(Deserialize)]
struct Line {
    #[serde(default = "no_id")]
    id: Id,
    fields: Fields,
}

fn no_id() -> Id {
    Id::None
}

struct Fields(Vec<(String, String)>);

impl Record {
    /// A row of a table, called by its number.
    pub(super) fn row(number: u32, fields: Vec<(String, String)>) -> Self {
        Self { id: Id::Number(i64::from(number)), fields }
    }

    /// Reads a line; `None` where it is no record, or names a column twice.
    pub(super) fn read(line: &[u8]) -> Option<Self> {
        let line: Line = serde_json::from_slice(line).ok()?;
        Some(Self { id: line.id, fields: line.fields.0 })
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Columns)
    }
}

struct Columns;

/// A cell: text, or what can be written as one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Whole(i64),
    Real(f64),
    Flag(bool),
    None(()),
}

impl<'de> Visitor<'de> for Columns {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("columns")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
        let mut fields: Vec<(String, String)> = Vec::new();
        while let Some((header, value)) = map.next_entry::<String, Value>()? {
            if fields.iter().any(|(other, _)| *other == header) {
                return Err(M::Error::custom("a column stands twice"));
            }
            let text = match value {
                Value::Text(text) => text,
                Value::Whole(number) => number.to_string(),
                Value::Real(number) => number.to_string(),
                Value::Flag(flag) => flag.to_string(),
                Value::None(()) => String::new(),
            };
            fields.push((header, text));
        }
        Ok(Fields(fields))
    }
}

/// What is said of a record.
pub(super) struct Answer {
    /// What may become of it.
    pub(super) status: Status,
    texts: Vec<String>,
    reasons: Vec<(Option<usize>, &'static str)>,
}

impl Answer {
    /// It must not appear.
    pub(super) fn blocked(check: &'static str) -> Self {
        Self { status: Status::Blocked, texts: Vec::new(), reasons: vec![(None, check)] }
    }

    /// It is redacted; in doubt a person must look at it.
    pub(super) fn of(texts: Vec<String>, doubts: Vec<(usize, &'static str)>) -> Self {
        let status = if doubts.is_empty() { Status::Published } else { Status::Review };
        let reasons = doubts.into_iter().map(|(slot, check)| (Some(slot), check)).collect();
        Self { status, texts, reasons }
    }

    /// The line of output.
    pub(super) fn line(&self, record: &Record) -> Vec<u8> {
        let header = |slot: &Option<usize>| slot.map(|at| record.fields[at].0.as_str());
        let headers = record.fields.iter().map(|(header, _)| header.as_str());
        let out = Out {
            id: &record.id,
            status: self.status.word(),
            fields: Pairs(headers.zip(self.texts.iter().map(String::as_str)).collect()),
            reasons: self
                .reasons
                .iter()
                .map(|(slot, check)| Reason { check, column: header(slot) })
                .collect(),
        };
        written(&out)
    }
}

/// The line for input that is no record.
pub(super) fn unreadable() -> Vec<u8> {
    let reasons = vec![Reason { check: "unreadable-file", column: None }];
    let fields = Pairs(Vec::new());
    written(&Out { id: &Id::None, status: Status::Review.word(), fields, reasons })
}

fn written(out: &Out<'_>) -> Vec<u8> {
    let mut line = serde_json::to_vec(out).unwrap_or_default();
    line.push(b'\n');
    line
}

#[derive(Serialize)]
struct Out<'o> {
    id: &'o Id,
    status: &'static str,
    fields: Pairs<'o>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<Reason<'o>>,
}

#[derive(Serialize)]
struct Reason<'o> {
    check: &'o str,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'o str>,
}

struct Pairs<'o>(Vec<(&'o str, &'o str)>);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (header, text) in &self.0 {
            map.serialize_entry(header, text)?;
        }
        map.end()
    }
}

impl Status {
    /// The word in the output.
    const fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Blocked => "blocked",
            Self::Review => "review",
        }
    }
}
