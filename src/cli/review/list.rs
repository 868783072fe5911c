//! The queue as text, JSON and annotations: places, checks and shapes, never a value.

use serde::Serialize;

use crate::clearance::{Decision, Item, Queue};
use crate::diag::render::{Format, Renderer, Sheet, Titles as _};
use crate::diag::{Failure, Finding, Findings, Lang, Note, Place};
use crate::law::{Day, Law};

/// The queue, ready to be printed.
pub(super) struct List<'l> {
    pub(super) queue: &'l Queue,
    pub(super) law: &'l Law,
    /// The day.
    pub(super) today: Day,
    pub(super) lang: Lang,
}

#[derive(Serialize)]
struct RowV1<'l> {
    number: usize,
    record: &'l str,
    file: String,
    row: u32,
    column: &'l str,
    check: &'l str,
    title: &'l str,
    from: usize,
    to: usize,
    shape: String,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'l str>,
}

#[derive(Serialize)]
struct ListV1<'l> {
    version: u8,
    queue: Vec<RowV1<'l>>,
    open: usize,
    decided: usize,
    stale: usize,
}

impl List<'_> {
    /// For people.
    pub(super) fn text(&self) -> String {
        let rows = (1..).zip(&self.queue.items).map(|(n, item)| self.block(n, item));
        let mut text: String = rows.collect();
        let open = self.open();
        let decided = self.queue.items.len() - open;
        text.push_str(&match self.lang {
            Lang::Zh => format!("待定 {open} 处 · 已定 {decided} 处\n"),
            Lang::En => format!("{open} open, {decided} decided\n"),
        });
        text
    }

    /// One doubt, for people.
    pub(super) fn block(&self, number: usize, item: &Item) -> String {
        let (file, row) = place_of(&item.place);
        let Item { record, column, check, from, to, shape, .. } = item;
        let (title, from) = (self.title(check), from + 1);
        match self.lang {
            Lang::Zh => format!(
                "{number}  {}[{check}] {title}\n   案件  {record}\n   位置  {file} 第 {row} 行「{column}」第 {from} 至 {to} 字，形如 {shape}\n",
                state(item, self.lang),
            ),
            Lang::En => format!(
                "{number}  {}[{check}] {title}\n   case  {record}\n   place {file} row {row} \"{column}\" characters {from} to {to}, like {shape}\n",
                state(item, self.lang),
            ),
        }
    }

    /// For programs.
    ///
    /// # Errors
    /// A defect of this program.
    pub(super) fn json(&self) -> Result<String, Failure> {
        let rows = (1..).zip(&self.queue.items).map(|(number, item)| {
            let (file, row) = place_of(&item.place);
            RowV1 {
                number,
                record: &item.record,
                file,
                row,
                column: &item.column,
                check: item.check,
                title: self.title(item.check),
                from: item.from,
                to: item.to,
                shape: item.shape.to_string(),
                state: code(item),
                role: item.decided.as_ref().map(|entry| entry.role.as_str()),
            }
        });
        let (queue, open) = (rows.collect::<Vec<_>>(), self.open());
        let (decided, stale) = (queue.len() - open, self.queue.stale.len());
        let list = ListV1 { version: 1, queue, open, decided, stale };
        let text = serde_json::to_string_pretty(&list)
            .map_err(|e| Failure::Internal(format!("review: {e}")))?;
        Ok(text + "\n")
    }

    /// Annotations of what is open.
    pub(super) fn github(&self) -> String {
        Renderer::new(self.law, self.lang, self.today.into())
            .render(&self.findings(), Format::Github)
    }

    /// What is open as a sheet. The other checks are not made here.
    pub(super) fn sheet(&self) -> Sheet {
        let reason = match self.lang {
            Lang::Zh => "复核队列不作此项检查",
            Lang::En => "the review does not make this check",
        };
        let unchecked = self.law.checks().map(|row| (row.id.clone(), reason.to_owned())).collect();
        Renderer::new(self.law, self.lang, self.today.into()).sheet(
            &self.findings(),
            unchecked,
            true,
        )
    }

    fn findings(&self) -> Findings {
        let open = self.queue.items.iter().filter(|item| item.decided.is_none());
        let mut findings = Findings::new();
        findings.extend(open.map(|item| Finding::new(item.check, item.place.clone())));
        if !self.queue.stale.is_empty() {
            let place = Place::File { file: "data/review.yml".into() };
            let note = Note::new("{} 条", "{} decision(s)").with(self.queue.stale.len());
            findings.push(Finding::new("stale-review", place).noted(note));
        }
        findings
    }

    fn open(&self) -> usize {
        self.queue.items.iter().filter(|item| item.decided.is_none()).count()
    }

    fn title<'t>(&'t self, check: &'t str) -> &'t str {
        self.law.title(check, self.lang).unwrap_or(check)
    }
}

/// File and row of a doubt.
pub(super) fn place_of(place: &Place) -> (String, u32) {
    match place {
        Place::Cell { file, sheet: None, row, .. } => (file.to_string(), *row),
        Place::Cell { file, sheet: Some(sheet), row, .. } => (format!("{file}（{sheet}）"), *row),
        Place::File { file } => (file.to_string(), 0),
        Place::Page { path, .. } => (path.clone(), 0),
    }
}

fn code(item: &Item) -> &'static str {
    match item.decided.as_ref().map(|entry| entry.decision) {
        None => "open",
        Some(Decision::Keep) => "keep",
        Some(Decision::Redact) => "redact",
    }
}

fn state(item: &Item, lang: Lang) -> &'static str {
    match (item.decided.as_ref().map(|entry| entry.decision), lang) {
        (None, Lang::Zh) => "待定",
        (Some(Decision::Keep), Lang::Zh) => "已定保留",
        (Some(Decision::Redact), Lang::Zh) => "已定删除",
        (None, Lang::En) => "open",
        (Some(Decision::Keep), Lang::En) => "keep",
        (Some(Decision::Redact), Lang::En) => "redact",
    }
}
