//! Takes entries in: tables, units and columns by their names, figures as they must be. What cannot be
//! taken is told by its place; nothing of it is repeated, and nothing is guessed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Column, Finding, Place, shown_file_name};
use crate::law::{Day, parse_rules_or_line};
use crate::vocab::{AnnualTable, UNCOUNTED, post_name};

use super::yaml::{Lines, Node};
use super::{Annual, Row, Source, TOTAL, bad, sheet};

/// A row of a file.
pub(super) struct Entry {
    /// Its line.
    pub(super) line: u32,
    /// Its cells.
    pub(super) cells: Vec<Cell>,
}

/// A cell of a row.
pub(super) struct Cell {
    /// Key or header.
    pub(super) key: String,
    /// What stands there.
    pub(super) text: String,
    /// Its line.
    pub(super) line: u32,
    /// Number of its column in a CSV.
    pub(super) column: Option<u32>,
}

/// The file that is taken in.
struct File {
    year: i32,
    name: Arc<str>,
}

impl File {
    fn line(&self, line: usize) -> Place {
        Place::row(&self.name, None, number(line))
    }
}

impl Annual {
    /// Takes one file: `YEAR.yml` or `YEAR-TABLE.csv`.
    pub(super) fn read(&mut self, name: &str, bytes: &[u8]) {
        let file: Arc<str> = format!("data/statistics/{}", shown_file_name(name)).into();
        let stem = name.rsplit_once('.');
        let year = |word: &str| (word.len() == 4).then(|| word.parse::<i32>().ok()).flatten();
        match stem {
            Some((stem, "yml" | "yaml")) if year(stem).is_some() => {
                let year = year(stem).unwrap_or_default();
                self.yaml(&File { year, name: file }, bytes);
            }
            Some((stem, "csv")) => {
                let parts = stem.split_once('-').and_then(|(y, t)| Some((year(y)?, t)));
                let known = parts.and_then(|(y, t)| Some((y, self.table(t)?)));
                match known {
                    Some((year, table)) => self.csv(&File { year, name: file }, &table, bytes),
                    None => self.whole(
                        &file,
                        "文件名应为 年份-表名.csv，表名须在本单位的表式中",
                        "the name must be YEAR-TABLE.csv with a table of the form",
                    ),
                }
            }
            _ => self.whole(
                &file,
                "文件名应为 年份.yml 或者 年份-表名.csv",
                "the name must be YEAR.yml or YEAR-TABLE.csv",
            ),
        }
    }

    fn whole(&mut self, file: &Arc<str>, zh: &'static str, en: &'static str) {
        self.findings.push(bad(Place::File { file: Arc::clone(file) }, zh, en));
    }

    fn table(&self, word: &str) -> Option<AnnualTable> {
        self.tables.iter().chain(&self.penalties).find(|table| table.is_called(word)).cloned()
    }

    fn csv(&mut self, file: &File, table: &AnnualTable, bytes: &[u8]) {
        match sheet::rows(bytes) {
            Ok(rows) => {
                for row in rows {
                    self.take(file, table, row, (None, None));
                }
            }
            Err(line) => self.findings.push(bad(
                Place::row(&file.name, None, line),
                "不是 UTF-8 的 CSV，或者这一行的列数与表头不同",
                "no CSV in UTF-8, or a row with other columns than the header",
            )),
        }
    }

    fn yaml(&mut self, file: &File, bytes: &[u8]) {
        let year = file.year;
        let parsed = std::str::from_utf8(bytes)
            .map_err(|_| 1)
            .and_then(|text| Ok((text, parse_rules_or_line::<Node>(text)?)));
        let (text, top) = match parsed {
            Ok((_, Node::Nothing)) => return,
            Ok((text, Node::Map(top))) => (text, top),
            Ok(_) => return self.whole(&file.name, "应为 表名: 各行", "must be TABLE: rows"),
            Err(line) => {
                let place = Place::row(&file.name, None, line);
                let (zh, en) = ("不是可以识别的 YAML（UTF-8）", "not YAML in UTF-8");
                return self.findings.push(bad(place, zh, en));
            }
        };
        let lines = Lines::of(text);
        let (mut source, mut tables) = ((None, None), Vec::new());
        for (key, node) in top {
            let place = file.line(lines.key(&key));
            match (key.as_str(), node) {
                ("填报人" | "entered_by", Node::Scalar(post)) => source.0 = post_name(&post),
                ("填报日期" | "entered_on", node) => source.1 = self.day(node, place),
                ("公布日期" | "published_on", node) => {
                    let day = self.day(node, place);
                    self.years.entry(year).or_default().published_on = day;
                }
                ("更正公布日期" | "corrected_on", node) => {
                    let day = self.day(node, place);
                    self.years.entry(year).or_default().corrected_on = day;
                }
                ("无此职责" | "no_duty", Node::List(words)) => {
                    self.no_duty(year, words, &place);
                }
                (_, node) => tables.push((key, node)),
            }
        }
        for (key, node) in tables {
            self.yaml_table(file, &lines, (&key, node), &source);
        }
    }

    fn day(&mut self, node: Node, place: Place) -> Option<Day> {
        let day = match node {
            Node::Scalar(text) => Day::iso(&text),
            Node::Nothing => return None,
            Node::List(_) | Node::Map(_) => None,
        };
        if day.is_none() {
            let (zh, en) = ("日期应为 2026-01-15 的形式", "a day must read 2026-01-15");
            self.findings.push(bad(place, zh, en));
        }
        day
    }

    fn no_duty(&mut self, year: i32, words: Vec<Node>, place: &Place) {
        for word in words {
            let table = match &word {
                Node::Scalar(word) => self.table(word),
                Node::Nothing | Node::List(_) | Node::Map(_) => None,
            };
            match table {
                Some(table) => {
                    self.years.entry(year).or_default().no_duty.insert(table.id);
                }
                None => self.findings.push(unknown_table(place.clone())),
            }
        }
    }

    fn yaml_table(
        &mut self,
        file: &File,
        lines: &Lines<'_>,
        (key, node): (&str, Node),
        source: &Source,
    ) {
        let top = lines.key(key);
        let place = file.line(top);
        let Some(table) = self.table(key) else {
            return self.findings.push(unknown_table(place));
        };
        let rows = match node {
            Node::List(rows) => rows,
            Node::Nothing => return,
            Node::Scalar(_) | Node::Map(_) => {
                let (zh, en) = ("应为一行一个单位的列表", "must be a list, a unit a row");
                return self.findings.push(bad(place, zh, en));
            }
        };
        for (at, row) in rows.into_iter().enumerate() {
            let line = lines.row(top, at);
            let Node::Map(pairs) = row else {
                let place = file.line(line);
                self.findings.push(bad(place, "应为 栏目: 数字", "must be COLUMN: figure"));
                continue;
            };
            let cell = |(key, node): (String, Node)| Cell {
                line: number(lines.cell(line, &key)),
                text: match node {
                    Node::Scalar(text) => text,
                    Node::Nothing => String::new(),
                    // No figure reads so: it is told as one that cannot be read.
                    Node::List(_) | Node::Map(_) => "?".into(),
                },
                key,
                column: None,
            };
            let cells = pairs.into_iter().map(cell).collect();
            self.take(file, &table, Entry { line: number(line), cells }, source.clone());
        }
    }

    /// Takes one row.
    fn take(&mut self, file: &File, table: &AnnualTable, entry: Entry, mut source: Source) {
        let place = Place::row(&file.name, None, entry.line);
        let (mut unit, mut figures) = (None, Vec::new());
        for cell in entry.cells {
            match cell.key.as_str() {
                "单位" | "单位名称" | "unit" => unit = Some(cell.text),
                "填报人" | "entered_by" if !cell.text.is_empty() => {
                    source.0 = post_name(&cell.text);
                }
                "填报日期" | "entered_on" if !cell.text.is_empty() => {
                    source.1 = self.day(Node::Scalar(cell.text), place.clone());
                }
                "填报人" | "entered_by" | "填报日期" | "entered_on" | "序号" => {}
                _ => figures.extend(self.figure(table, file, cell)),
            }
        }
        let Some(unit) = unit.and_then(|unit| self.unit(&unit)) else {
            let (zh, en) = (
                "单位须是 site.yml 中的机关名称、下设单位名称或者“合计”；这一行没有采用",
                "the unit must be the bureau, a unit of site.yml or 合计; the row was not taken",
            );
            return self.findings.push(bad(place, zh, en));
        };
        if source.0.is_none() || source.1.is_none() {
            let (zh, en) = (
                "没有写明填报人的职务（不写姓名）和填报日期",
                "no post (not a name) and day of who entered it",
            );
            self.findings.push(bad(place.clone(), zh, en));
        }
        let entered = self.years.entry(file.year).or_default();
        entered.sources.entry(table.id.clone()).or_default().insert(source);
        let row = entered
            .rows
            .entry((table.id.clone(), unit))
            .or_insert_with(|| Row { place, figures: BTreeMap::new() });
        for (at, figure, place) in figures {
            let before = row.figures.insert(at, Some(figure));
            if before.is_some_and(|before| before != Some(figure)) {
                row.figures.insert(at, None);
                let (zh, en) = (
                    "两处填报的数字不同，都没有采用",
                    "entered twice and unlike: neither was taken",
                );
                self.findings.push(bad(place, zh, en));
            }
        }
    }

    /// A figure with its column and place; what stands for none, and what cannot be read, is none.
    fn figure(
        &mut self,
        table: &AnnualTable,
        file: &File,
        cell: Cell,
    ) -> Option<(usize, i64, Place)> {
        let row = Place::row(&file.name, None, cell.line);
        let Some(at) = table.column_at(&cell.key) else {
            let place = cell.column.map_or(row.clone(), |n| row.at(Column::Foreign(n)));
            let (zh, en) = ("本表没有这一栏", "the table has no such column");
            self.findings.push(bad(place, zh, en));
            return None;
        };
        let place = row.at(Column::Known(table.columns[at].title.as_str().into()));
        if cell.text.is_empty() || cell.text == UNCOUNTED {
            return None;
        }
        let Some(figure) = table.read(at, &cell.text) else {
            let (zh, en) = (
                "应为不小于 0 的整数（金额栏以万元计，至多六位小数）；没有采用",
                "must be a whole number from 0 (amounts: 万元, at most six decimals); not taken",
            );
            self.findings.push(bad(place, zh, en).shaped(&cell.text));
            return None;
        };
        Some((at, figure, place))
    }

    fn unit(&self, word: &str) -> Option<String> {
        (word == TOTAL || self.units.iter().any(|unit| unit == word)).then(|| word.to_owned())
    }
}

fn unknown_table(place: Place) -> Finding {
    bad(place, "本单位的表式中没有这张表", "the form has no such table")
}

fn number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}
