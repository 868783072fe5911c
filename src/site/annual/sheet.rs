//! A CSV of entries: a header, then a row a unit.

use super::entries::{Cell, Entry};

/// The rows of a CSV; `Err` has the line of the first fault of form.
pub(super) fn rows(bytes: &[u8]) -> Result<Vec<Entry>, u32> {
    let text = std::str::from_utf8(bytes).map_err(|_| 1_u32)?;
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    let heads: Vec<String> =
        reader.headers().map_err(|_| 1_u32)?.iter().map(|h| h.trim().to_owned()).collect();
    let mut rows = Vec::new();
    for (record, fallback) in reader.records().zip(2_u32..) {
        let record = record.map_err(|e| {
            e.position().and_then(|p| u32::try_from(p.line()).ok()).unwrap_or(fallback)
        })?;
        let line = record.position().and_then(|p| u32::try_from(p.line()).ok()).unwrap_or(fallback);
        let cell = |(at, (key, text)): (u32, (&String, &str))| Cell {
            key: key.clone(),
            text: text.trim().to_owned(),
            line,
            column: Some(at),
        };
        let cells = (1_u32..).zip(heads.iter().zip(record.iter())).map(cell).collect();
        rows.push(Entry { line, cells });
    }
    Ok(rows)
}
