//! A sheet as SARIF 2.1.0, the form code-scanning services read.

use serde_json::{Value, json};

use super::super::{Lang, Place, Severity};
use super::Sheet;
use super::sheet::{Level, Outcome, Rule};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The log with its one run, and a line end.
pub(crate) fn render(sheet: &Sheet) -> String {
    let driver = json!({
        "name": "gongshi",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": sheet.rules.iter().map(rule).collect::<Vec<_>>(),
    });
    let run = json!({
        "tool": {"driver": driver},
        "language": if sheet.lang == Lang::Zh { "zh-CN" } else { "en" },
        "columnKind": "unicodeCodePoints",
        "invocations": [{
            "executionSuccessful": sheet.complete,
            "toolExecutionNotifications": notifications(sheet),
        }],
        "results": sheet.outcomes.iter().map(|o| result(sheet, o)).collect::<Vec<_>>(),
    });
    let log = json!({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]});
    // The log holds nothing that JSON cannot: no maps with odd keys, no floats.
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn rule(rule: &Rule) -> Value {
    let level = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "note",
    };
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.looks_for},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": [rule.group], "basis": rule.basis},
    })
}

/// What was not checked: a rule without a result is not a rule that passed.
fn notifications(sheet: &Sheet) -> Vec<Value> {
    let one = |(id, reason): (&String, &String)| {
        let mut notification = json!({"level": "warning", "message": {"text": reason}});
        if let Some(reference) = reference(sheet, id) {
            notification["associatedRule"] = reference;
        }
        notification
    };
    sheet.unchecked.iter().map(one).collect()
}

fn reference(sheet: &Sheet, id: &str) -> Option<Value> {
    let index = sheet.rules.iter().position(|rule| rule.id == id)?;
    Some(json!({"id": id, "index": index}))
}

fn result(sheet: &Sheet, outcome: &Outcome) -> Value {
    // By the standard a result that is no failure has the level `none`.
    let (kind, level) = match outcome.level {
        Level::Error => ("fail", "error"),
        Level::Warning | Level::Soon => ("fail", "warning"),
        Level::Notice => ("fail", "note"),
        Level::Open => ("open", "none"),
    };
    let mut result = json!({
        "ruleId": outcome.rule,
        "kind": kind,
        "level": level,
        "message": {"text": outcome.message},
        "partialFingerprints": {"gongshiPlace/v1": outcome.mark},
    });
    if let Some(index) = sheet.rules.iter().position(|rule| rule.id == outcome.rule) {
        result["ruleIndex"] = json!(index);
    }
    if !outcome.basis.is_empty() {
        result["properties"] = json!({"basis": outcome.basis});
    }
    if let Some(place) = &outcome.place {
        result["locations"] = json!([location(place)]);
    }
    result
}

fn location(place: &Place) -> Value {
    match place {
        Place::File { file } => {
            json!({"physicalLocation": {"artifactLocation": {"uri": uri(file)}}})
        }
        Place::Cell { file, sheet, row, .. } => {
            let mut location = json!({"physicalLocation": {
                "artifactLocation": {"uri": uri(file)},
                "region": {"startLine": (*row).max(1)},
            }});
            if let Some(sheet) = sheet {
                location["logicalLocations"] = json!([{"name": &**sheet, "kind": "object"}]);
            }
            location
        }
        Place::Page { path, offset } => json!({"physicalLocation": {
            "artifactLocation": {"uri": uri(path)},
            "region": {"byteOffset": offset, "byteLength": 0},
        }}),
    }
}

/// A relative reference: everything but letters, digits and `-._~/` is percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
