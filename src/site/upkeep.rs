//! Upkeep of what is public before any case: columns that are missing, old or without a basis, bases that are no
//! longer in force, badge numbers given twice (domain D7 to D11). All are told; none stops a site.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Finding, Findings, Note, Place};
use crate::law::{Day, Law, Title};
use crate::vocab::{Bureau, Officer};

use super::content::{ContentPage, Library, line_of};
use super::flow::Flow;
use super::forms::{BeforeColumn, GuideHeading};
use super::tables::{self, Table};

/// Checks that look at the bureau's own prose: not made where it has none yet.
pub(super) const OF_PROSE: &[&str] =
    &["missing-column", "unfounded-column", "stale-column", "repealed-basis", "incomplete-guide"];
/// The term after which a column must be looked through again.
const REVIEW: &str = "column-review";
/// The page of service guides.
const GUIDES: &str = "shiqian/fuwu/";

/// What is looked through.
pub(super) struct Upkeep<'u> {
    /// The law.
    pub(super) law: &'u Law,
    /// The bureau.
    pub(super) bureau: &'u Bureau,
    /// Its officers.
    pub(super) staff: &'u [Officer],
    /// Prose.
    pub(super) library: &'u Library,
    /// The columns that must be there.
    pub(super) columns: &'u [BeforeColumn],
    /// What each item of a service guide must say.
    pub(super) guide: &'u [GuideHeading],
    /// Lists by the folder of their page.
    pub(super) tables: &'u BTreeMap<&'static str, Table>,
    /// Flowcharts.
    pub(super) flows: &'u [Flow],
    /// The day.
    pub(super) today: Day,
}

impl Upkeep<'_> {
    /// Everything that is to be mended.
    pub(super) fn findings(&self) -> Findings {
        let mut findings = Findings::new();
        self.badges(&mut findings);
        // A site without prose of its own has not begun to fill its columns.
        if self.library.pages().next().is_none() {
            return findings;
        }
        for column in self.columns {
            self.column(column, &mut findings);
        }
        for (folder, table) in self.tables {
            self.table(tables::file_of(folder), table, &mut findings);
        }
        self.guides(&mut findings);
        findings
    }

    /// One column of 事前公开.
    fn column(&self, column: &BeforeColumn, findings: &mut Findings) {
        let folder = format!("shiqian/{}/", column.slug);
        let Some(page) = self.library.at(&folder) else {
            if !self.fills_itself(&folder) {
                let place = file(&format!("content/{}.md", folder.trim_end_matches('/')));
                findings.push(Finding::new("missing-column", place));
            }
            return;
        };
        let place = || Place::File { file: Arc::clone(&page.origin.file) };
        if page.basis.is_empty() {
            findings.push(Finding::new("unfounded-column", place()));
        }
        if let Some(last) = review_by(self.law, page).filter(|last| *last < self.today) {
            findings.push(Finding::new("stale-column", place()).noted(lapsed(last)));
        }
        findings_of(self.repealed(page.basis.iter().map(String::as_str)), place(), findings);
    }

    /// Whether the program fills the column from other data of the bureau.
    fn fills_itself(&self, folder: &str) -> bool {
        match folder {
            "shiqian/zhuti/" => !self.bureau.units.is_empty(),
            "shiqian/renyuan/" => self.staff.iter().any(|o| o.may_be_shown_on(self.today)),
            "shiqian/liucheng/" => !self.flows.is_empty(),
            _ => self.tables.get(folder).is_some_and(|table| !table.rows.is_empty()),
        }
    }

    fn table(&self, name: &str, table: &Table, findings: &mut Findings) {
        let place = || file(name);
        if table.basis.is_empty() {
            findings.push(Finding::new("unfounded-column", place()));
        }
        let last = table.updated.and_then(|updated| after_review(self.law, updated));
        if let Some(last) = last.filter(|last| *last < self.today) {
            findings.push(Finding::new("stale-column", place()).noted(lapsed(last)));
        }
        let cells = table.rows.iter().flatten().map(String::as_str);
        let texts = table.basis.iter().map(String::as_str).chain(cells);
        findings_of(self.repealed(texts), place(), findings);
    }

    /// Titles of instruments that these texts name and that are no longer in force, each once.
    fn repealed<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Vec<(Title, Day)> {
        let mut found: Vec<(Title, Day)> =
            texts.flat_map(|text| self.law.repealed(text, self.today)).collect();
        found.sort();
        found.dedup();
        found
    }

    /// Items of the service guide that do not say all they must.
    fn guides(&self, findings: &mut Findings) {
        let Some(page) = self.library.at(GUIDES) else { return };
        for (row, text) in &page.sections {
            let says = |heading: &GuideHeading| {
                text.contains(&heading.title) || heading.also.iter().any(|w| text.contains(w))
            };
            let missing = self.guide.iter().filter(|heading| !says(heading)).count();
            if missing > 0 {
                let note = Note::new("缺 {} 项", "{} missing").with(missing);
                let place = line_of(&page.origin.file, *row);
                findings.push(Finding::new("incomplete-guide", place).noted(note));
            }
        }
    }

    /// Badge numbers of two people: a citizen who reads one must find one person.
    fn badges(&self, findings: &mut Findings) {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (i, officer) in self.staff.iter().enumerate() {
            let badge = officer.badge_number.trim();
            if badge.is_empty() {
                continue;
            }
            if let Some(other) = first.insert(badge, i) {
                let note = Note::new("第 {} 人与第 {} 人相同", "officers {} and {}")
                    .with(other + 1)
                    .with(i + 1);
                findings.push(
                    Finding::new("duplicate-badge-number", file("data/staff.yml")).noted(note),
                );
            }
        }
    }
}

/// Last day before a page must be looked through again: its own, else the term after its last revision.
pub(super) fn review_by(law: &Law, page: &ContentPage) -> Option<Day> {
    page.review_by.or_else(|| after_review(law, page.updated.or(page.date)?))
}

fn after_review(law: &Law, revised: Day) -> Option<Day> {
    Some(law.term(REVIEW)?.due(&law.calendar, revised).ok()?.on)
}

fn file(name: &str) -> Place {
    Place::File { file: Arc::from(name) }
}

fn lapsed(last: Day) -> Note {
    Note::new("应于 {} 以前复核", "to be looked through by {}").with(last)
}

fn findings_of(repealed: Vec<(Title, Day)>, place: Place, findings: &mut Findings) {
    for (title, until) in repealed {
        let note = Note::new("{}，施行至 {}", "{}, in force until {}").with(title).with(until);
        findings.push(Finding::new("repealed-basis", place.clone()).noted(note));
    }
}
