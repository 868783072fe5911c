//! Reads every built page as a stranger would. Only this room makes an [`AuditedPage`].
//!
//! It does not ask how a page was made: it opens the bytes, looks for each record's own values, for
//! the forms of personal numbers, for what was taken down, and for the faults that make a
//! government site fail its inspection. It shares no pattern with the redactor.

mod access;
mod columns;
mod explained;
mod leaks;
mod links;
mod origins;
mod patterns;
mod segments;
mod tags;
mod takedowns;

use std::collections::BTreeMap;

use crate::clearance::{Reading, Watch};
use crate::diag::{Failure, Finding, Findings, Place};
use crate::site::{Origin, Page};
use crate::vocab::{Bureau, CaseId, Officer};

use access::Access;
use explained::Explained;
use links::Links;
use origins::Origins;
use tags::PageKind;
use takedowns::Takedowns;

/// A page that was read and found clean; the only thing that can be written.
#[derive(Debug)]
pub(crate) struct AuditedPage {
    page: Page,
}

impl AuditedPage {
    /// Path below the site's root.
    pub(crate) fn path(&self) -> &str {
        &self.page.path
    }
    /// The bytes.
    pub(crate) fn body(&self) -> &[u8] {
        &self.page.body
    }
    /// Whether the bytes are added to an earlier page of the same path.
    pub(crate) fn appends(&self) -> bool {
        self.page.append
    }
}

/// The auditor of one build; shared by threads.
pub(crate) struct Auditor<'o> {
    watches: BTreeMap<CaseId, Watch>,
    explained: Explained,
    takedowns: Takedowns,
    links: Links,
    access: Access,
    origins: Origins<'o>,
}

impl<'o> Auditor<'o> {
    /// An auditor that knows each record's watch, and what is public anyway.
    ///
    /// # Errors
    /// None today; the signature leaves room for rules of its own.
    pub(crate) fn new(
        watches: BTreeMap<CaseId, Watch>,
        bureau: &Bureau,
        staff: &[Officer],
    ) -> Result<Self, Failure> {
        Ok(Self {
            watches,
            explained: Explained::of(bureau, staff),
            takedowns: Takedowns::new(),
            links: Links::new(bureau.base_url.as_deref()),
            access: Access::new(),
            origins: Origins::new(std::iter::empty()),
        })
    }

    /// Tells which pages are made of which content files, so that dead links are told by file.
    pub(crate) fn know(&mut self, origins: impl Iterator<Item = (String, &'o Origin)>) {
        self.origins = Origins::new(origins);
    }

    /// Names that a taken-down or expired case must not leave anywhere: ids and decision numbers
    /// (the notice itself excepted; see [`takedowns`] for where they may stand).
    pub(crate) fn expect_gone(&mut self, id: CaseId, number: &str) {
        self.takedowns.expect_gone(id, number);
    }

    /// Reads one page.
    ///
    /// # Errors
    /// What was found, when the page must not be written.
    pub(crate) fn read(&self, page: Page) -> Result<AuditedPage, Findings> {
        let mut found: Vec<Finding> = Vec::new();
        leaks::look(self, &page, &mut found);
        self.takedowns.look(&page, &mut found);
        let kind = PageKind::of(&page.path);
        if kind == PageKind::Html && !page.append {
            let mut columns = columns::Columns::new();
            let mut access = self.access.page();
            let mut links = self.links.page(&page.path);
            for tag in tags::tags(&page.body) {
                columns.see(&tag, &page.body);
                access.see(&tag);
                links.see(&tag);
            }
            columns.close(&page.path, &mut found);
            if found.is_empty() {
                self.access.keep(access, &page.path);
                self.links.keep(links);
            }
        } else {
            self.links.wrote(&page.path);
        }
        if found.is_empty() { Ok(AuditedPage { page }) } else { Err(found.into()) }
    }

    /// Lines of a text, from 1, on which something reads as a personal number.
    pub(crate) fn lines_with_personal_numbers(&self, text: &str) -> Vec<u32> {
        let is_found = |line: &str| {
            let reading = Reading::text(line.as_bytes());
            !patterns::personal_numbers(reading.folded(), &self.explained).is_empty()
        };
        (1..).zip(text.lines()).filter(|(_, line)| is_found(line)).map(|(n, _)| n).collect()
    }

    /// After the last page: links between pages that lead nowhere, and what is missing for people
    /// who do not see. Columns that are blank are refused page by page.
    pub(crate) fn close(self) -> Findings {
        let mut findings = self.links.dead(&self.origins);
        findings.extend(self.access.findings());
        findings
    }
}

/// A place in a page.
fn at(path: &str, offset: usize) -> Place {
    Place::Page { path: path.to_owned(), offset }
}

#[cfg(test)]
mod tests;
