//! Arbitrary bytes through the redaction filter: no panic, one line of JSON for a line, nothing beside the
//! columns that came in, and no further change where the answer was published. `CONTRIBUTING.md` says how
//! to run it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value, json};

/// Columns a record may have, besides one that nobody knows.
const HEADERS: [&str; 12] = [
    "行政相对人名称",
    "行政相对人类别",
    "法定代表人",
    "证件号码",
    "联系电话",
    "经营者住址",
    "出生日期",
    "处罚决定日期",
    "统一社会信用代码",
    "违法事实",
    "执法人员",
    "决定书全文",
];

fuzz_target!(|bytes: &[u8]| {
    gongshi::redact_lines(bytes);
    let record = record(&String::from_utf8_lossy(bytes));
    let answer = filtered(&record);
    let headers = |v: &Value| v["fields"].as_object().map(|f| f.keys().cloned().collect());
    let (before, after): (Option<Vec<String>>, Option<Vec<String>>) =
        (headers(&record), headers(&answer));
    let whole = before == after || after.is_some_and(|after| after.is_empty());
    assert!(whole, "columns were added or lost");
    if answer["status"] == "published" {
        let again = filtered(&json!({"fields": answer["fields"]}));
        assert_eq!(again["fields"], answer["fields"], "redacted twice");
    }
});

/// The parts of a text as cells: between two NULs stands one cell, and its first byte chooses the column.
fn record(text: &str) -> Value {
    let mut fields = Map::new();
    for part in text.split('\0') {
        let which = part.bytes().next().unwrap_or_default() as usize;
        let header = HEADERS.get(which % (HEADERS.len() + 1)).copied().unwrap_or("其他说明");
        fields.insert(header.to_owned(), Value::String(part.to_owned()));
    }
    json!({"id": 1, "fields": fields})
}

/// The answer to a record, which must be one line.
fn filtered(record: &Value) -> Value {
    let line = gongshi::redact_lines(record.to_string().as_bytes());
    let line = line.strip_suffix(b"\n").expect("a line ends");
    assert!(!line.contains(&b'\n'), "more than one line");
    serde_json::from_slice(line).expect("a line of JSON")
}
