//! YAML as a table: a list of maps of plain cells. The only hand on `saphyr-parser`.
//!
//! Anchors, aliases, tags, merge keys, duplicate keys and depth are refused while the events come, so that
//! no bomb is ever built. Scalars are text as written: 2024.10 stays 2024.10. The parser's own messages are
//! never shown.

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput};

use crate::diag::{Failure, Note};

use super::columns::Columns;
use super::decode::Text;
use super::header::{MOST_COLUMNS, TopRow};
use super::log::Log;
use super::rows::RawRow;

/// A YAML file, looked through once.
pub(super) struct Sheet {
    text: Text,
    keys: Vec<String>,
    first_row: Option<u32>,
}

/// Why the walk over a file ends early.
enum Stop {
    /// The file is no table; where and why.
    Fault { line: u32, note: Note },
    /// Whoever takes the rows failed.
    Failure(Failure),
}

/// What the events of a sheet mean.
enum Item<'t> {
    /// A map of cells begins.
    Row(u32),
    /// A cell of it.
    Cell { key: Cow<'t, str>, value: Cow<'t, str>, line: u32 },
    /// It ends at this line.
    End(u32),
}

impl Sheet {
    /// Looks the file through; `None` after a finding names the line that is no part of a table.
    ///
    /// `scalar` sees each key and each value with its line.
    pub(super) fn new(
        text: Text,
        columns: &Columns,
        log: &mut Log,
        scalar: &mut dyn FnMut(&str, u32),
    ) -> Option<Self> {
        if let Some(at) = text.as_str().find('\0') {
            // To the parser a NUL is the end; what follows would be lost.
            let line = 1 + super::lines::line_ends(&text.as_str().as_bytes()[..at]);
            log.refuse_at("control-character", line, None);
            return None;
        }
        let mut keys = Keys::default();
        let mut first_row = None;
        let walked = walk(text.as_str(), columns, &mut |item| {
            match item {
                Item::Row(line) => {
                    first_row.get_or_insert(line);
                    keys.in_row.clear();
                }
                Item::Cell { key, value, line } => {
                    scalar(&key, line);
                    scalar(&value, line);
                    keys.note(&key, line)?;
                }
                Item::End(_) => {}
            }
            Ok(())
        });
        match walked {
            Ok(()) => Some(Self { text, keys: keys.all, first_row }),
            Err(Stop::Fault { line, note }) => {
                log.refuse_at("yaml-structure", line, Some(note));
                None
            }
            Err(Stop::Failure(_)) => None,
        }
    }

    /// The whole text.
    pub(super) fn text(&self) -> &str {
        self.text.as_str()
    }

    /// All keys of all rows as a header; `None` where there is no row.
    pub(super) fn header(&self) -> Option<TopRow> {
        Some(TopRow { row: self.first_row?, cells: self.keys.clone() })
    }

    /// Hands each map to `visit` as a row, its cells in the order of the header.
    ///
    /// # Errors
    /// What `visit` returns.
    pub(super) fn each_row(
        &self,
        columns: &Columns,
        visit: &mut dyn FnMut(&RawRow<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let places: BTreeMap<&str, usize> =
            self.keys.iter().enumerate().map(|(i, k)| (k.as_str(), i)).collect();
        let mut cells: Vec<Cow<'_, str>> = vec!["".into(); self.keys.len()];
        let mut first = 1;
        let walked = walk(self.text(), columns, &mut |item| {
            match item {
                Item::Row(line) => {
                    first = line;
                    cells.fill("".into());
                }
                Item::Cell { key, value, .. } => {
                    if let Some(cell) = places.get(&*key).and_then(|i| cells.get_mut(*i)) {
                        *cell = value;
                    }
                }
                Item::End(last) => {
                    let row: Vec<&str> = cells.iter().map(|c| &**c).collect();
                    visit(&RawRow { row: first, last, cells: &row }).map_err(Stop::Failure)?;
                }
            }
            Ok(())
        });
        match walked {
            Err(Stop::Failure(failure)) => Err(failure),
            // A fault was reported when the file was looked through.
            Ok(()) | Err(Stop::Fault { .. }) => Ok(()),
        }
    }
}

/// Keys of all rows in order of first use, and those of the row at hand.
#[derive(Default)]
struct Keys {
    all: Vec<String>,
    in_row: Vec<usize>,
}

impl Keys {
    fn note(&mut self, key: &str, line: u32) -> Result<(), Stop> {
        let index = match self.all.iter().position(|k| k == key) {
            Some(index) => index,
            None if self.all.len() < MOST_COLUMNS => {
                self.all.push(key.to_owned());
                self.all.len() - 1
            }
            None => return Err(fault(line, Note::new("键的种类过多", "too many different keys"))),
        };
        if self.in_row.contains(&index) {
            return Err(fault(
                line,
                Note::new("同一条记录中键重复", "a key occurs twice in one record"),
            ));
        }
        self.in_row.push(index);
        Ok(())
    }
}

fn fault(line: u32, note: Note) -> Stop {
    Stop::Fault { line, note }
}

/// Takes what [`walk`] finds.
type Visit<'v, 't> = dyn FnMut(Item<'t>) -> Result<(), Stop> + 'v;

/// Walks the rows of `text`.
fn walk<'t>(text: &'t str, columns: &Columns, visit: &mut Visit<'_, 't>) -> Result<(), Stop> {
    Walker { parser: Parser::new_from_str(text), visit }.document(columns)
}

struct Walker<'v, 'w, 't> {
    parser: Parser<'t, StrInput<'t>>,
    visit: &'w mut Visit<'v, 't>,
}

impl<'t> Walker<'_, '_, 't> {
    /// The next event that carries anything, with its line; anchors, aliases and tags are faults.
    fn next(&mut self) -> Result<(Event<'t>, u32), Stop> {
        loop {
            let read: Option<Result<(Event<'t>, Span), ScanError>> = self.parser.next_event();
            let (event, span) = match read {
                Some(Ok(found)) => found,
                Some(Err(error)) => {
                    let note = Note::new("不符合 YAML 语法", "not well-formed YAML");
                    return Err(fault(line(error.marker().line()), note));
                }
                None => return Ok((Event::StreamEnd, 1)),
            };
            let line = line(span.start.line());
            match &event {
                Event::Alias(_) => {
                    return Err(fault(line, Note::new("不接受别名（*）", "aliases are not taken")));
                }
                Event::Scalar(_, _, anchor, tag)
                | Event::SequenceStart(anchor, tag)
                | Event::MappingStart(anchor, tag)
                    if *anchor > 0 || tag.is_some() =>
                {
                    let note =
                        Note::new("不接受锚点（&）和标签（!）", "anchors and tags are not taken");
                    return Err(fault(line, note));
                }
                Event::Nothing
                | Event::StreamStart
                | Event::DocumentStart(_)
                | Event::DocumentEnd => {}
                _ => return Ok((event, line)),
            }
        }
    }

    /// A document: the list itself, or a map whose one key holds it.
    fn document(&mut self, columns: &Columns) -> Result<(), Stop> {
        let (event, line) = self.next()?;
        match event {
            Event::StreamEnd => return Ok(()),
            Event::Scalar(text, ..) if text.is_empty() => {}
            Event::SequenceStart(..) => self.rows()?,
            Event::MappingStart(..) => self.wrapped(columns, line)?,
            _ => return Err(not_a_table(line)),
        }
        match self.next()? {
            (Event::StreamEnd, _) => Ok(()),
            (_, line) => {
                Err(fault(line, Note::new("一个文件只能有一份文档", "a file holds one document")))
            }
        }
    }

    fn wrapped(&mut self, columns: &Columns, line: u32) -> Result<(), Stop> {
        match self.next()? {
            (Event::Scalar(key, ..), _) if columns.is_list(&key) => {}
            (_, line) => return Err(not_a_table(line)),
        }
        match self.next()? {
            (Event::SequenceStart(..), _) => self.rows()?,
            (Event::Scalar(text, ..), _) if is_null(&text) => {}
            (_, line) => return Err(not_a_table(line)),
        }
        match self.next()? {
            (Event::MappingEnd, _) => Ok(()),
            (_, next) => Err(not_a_table(next.max(line))),
        }
    }

    fn rows(&mut self) -> Result<(), Stop> {
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(()),
                (Event::MappingStart(..), line) => self.row(line)?,
                (_, line) => return Err(not_a_table(line)),
            }
        }
    }

    fn row(&mut self, start: u32) -> Result<(), Stop> {
        (self.visit)(Item::Row(start))?;
        let mut last = start;
        loop {
            let (key, line) = match self.next()? {
                (Event::MappingEnd, _) => return (self.visit)(Item::End(last)),
                (Event::Scalar(key, ..), line) if key != "<<" && !key.is_empty() => (key, line),
                (_, line) => {
                    let note = Note::new("键必须是文字", "a key must be plain text");
                    return Err(fault(line, note));
                }
            };
            let (value, end) = self.value()?;
            last = last.max(end);
            (self.visit)(Item::Cell { key, value, line })?;
        }
    }

    fn value(&mut self) -> Result<(Cow<'t, str>, u32), Stop> {
        match self.next()? {
            (Event::Scalar(text, ScalarStyle::Plain, ..), line) if is_null(&text) => {
                Ok(("".into(), line))
            }
            (Event::Scalar(text, ..), line) => {
                let breaks = super::lines::line_ends(text.as_bytes());
                Ok((text, line.saturating_add(breaks)))
            }
            (_, line) => Err(fault(
                line,
                Note::new("值必须是文字，不能再分层", "a value must be plain text"),
            )),
        }
    }
}

fn line(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn not_a_table(line: u32) -> Stop {
    fault(
        line,
        Note::new(
            "应为记录列表，每条记录为“键: 值”",
            "expected a list of records, each of keys and values",
        ),
    )
}
