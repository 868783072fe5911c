//! Renderers of findings: text for people, JSON for programs, GitHub annotations; and of sheets: SARIF,
//! JUnit, a job's summary.
//!
//! They return text and print nothing. Title, remedy and clause are asked of [`Titles`].

use super::{Column, Finding, Findings, Lang, OnDay, Place, Severity};

mod github;
pub(crate) mod html;
mod json_v1;
pub(crate) mod junit;
mod marks;
pub(crate) mod sarif;
mod sheet;
pub(crate) mod summary;
mod text;

pub(crate) use sheet::{Level, Outcome, Rule, Sheet};

/// What a report says of a check beside its finding. The law room answers it.
pub(crate) trait Titles {
    /// Title of the check.
    fn title(&self, id: &str, lang: Lang) -> Option<&str>;
    /// Weight of its findings.
    fn severity(&self, id: &str) -> Severity;
    /// The word a report begins with: 扣留, held.
    fn word(&self, id: &str, lang: Lang) -> &'static str;
    /// What to do.
    fn remedy(&self, id: &str, lang: Lang) -> Option<&str>;
    /// The clauses it rests on that were in force on a day, joined; empty where it rests on none. Where none
    /// of them was in force, the text says so.
    fn cites(&self, id: &str, on: OnDay, lang: Lang) -> String;
    /// Every check of the table, in order, with the clauses of a day.
    fn rules(&self, on: OnDay, lang: Lang) -> Vec<Rule>;
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs, version 1.
    Json,
    /// Workflow commands of a GitHub runner.
    Github,
}

/// How many findings there are of each weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Errors.
    pub(crate) errors: usize,
    /// Warnings.
    pub(crate) warnings: usize,
    /// Notices.
    pub(crate) notices: usize,
}

/// Renders findings with what the table says of their checks.
pub(crate) struct Renderer<'a> {
    titles: &'a dyn Titles,
    lang: Lang,
    today: OnDay,
    color: bool,
}

impl<'a> Renderer<'a> {
    /// A renderer without color. `today` is the day of findings that carry none.
    pub(crate) fn new(titles: &'a dyn Titles, lang: Lang, today: OnDay) -> Self {
        Self { titles, lang, today, color: false }
    }

    /// The same renderer with terminal colors in its text form, where asked.
    pub(crate) fn colored(mut self, color: bool) -> Self {
        self.color = color;
        self
    }

    /// The report in `format`, sorted by place. Text and GitHub forms of no findings are empty.
    pub(crate) fn render(&self, findings: &Findings, format: Format) -> String {
        match format {
            Format::Text => text::render(self, findings),
            Format::Json => json_v1::render(self, findings),
            Format::Github => github::render(self, findings),
        }
    }

    /// Counts by weight.
    pub(crate) fn tally(&self, findings: &Findings) -> Tally {
        let mut tally = Tally::default();
        for finding in findings.iter() {
            match self.titles.severity(finding.check) {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
                Severity::Notice => tally.notices += 1,
            }
        }
        tally
    }

    /// The clauses a finding rests on, by the law of its day. Every form of report asks here.
    fn basis(&self, finding: &Finding) -> String {
        self.titles.cites(finding.check, finding.on.unwrap_or(self.today), self.lang)
    }

    fn title<'t>(&'t self, id: &'t str) -> &'t str {
        self.titles.title(id, self.lang).unwrap_or(id)
    }
}

/// The file and sheet of a place as a report shows them, and nothing where it has no file.
fn file_of(place: &Place, lang: Lang) -> String {
    match (place, lang) {
        (Place::File { file }, _) | (Place::Cell { file, sheet: None, .. }, _) => file.to_string(),
        (Place::Cell { file, sheet: Some(sheet), .. }, Lang::Zh) => format!("{file}（{sheet}）"),
        (Place::Cell { file, sheet: Some(sheet), .. }, Lang::En) => format!("{file} ({sheet})"),
        (Place::Page { path, .. }, _) => path.clone(),
    }
}

fn column_of(column: &Column, lang: Lang) -> String {
    match (column, lang) {
        (Column::Known(name), Lang::Zh) => format!("「{name}」"),
        (Column::Known(name), Lang::En) => format!(" \"{name}\""),
        (Column::Foreign(number), Lang::Zh) => format!("第 {number} 列"),
        (Column::Foreign(number), Lang::En) => format!(" column {number}"),
    }
}

#[cfg(test)]
mod tests;
