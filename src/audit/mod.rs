//! Reads every built page as a stranger would. Only this room makes an [`AuditedPage`].
//!
//! It does not ask how a page was made: it opens the bytes, looks for each record's own values, for
//! the forms of personal numbers, for what was taken down, and for the faults that make a
//! government site fail its inspection. It shares no pattern with the redactor.

mod access;
mod columns;
mod explained;
mod faithful;
mod frames;
mod joined;
mod leaks;
mod links;
mod origins;
mod patterns;
mod recordings;
mod same;
mod segments;
mod tags;
mod takedowns;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::clearance::{Reading, Watch};
use crate::diag::{Failure, Finding, Findings, Place};
use crate::law::Day;
use crate::site::{BESIDE_PROSE, Origin, Page, Part, Scope, Twin, is_packed, parts};
use crate::vocab::{Bureau, CaseId, Ground, Officer};

pub(crate) use same::untold;
pub(crate) use takedowns::EXPORTS;

use access::{Access, PageAccess};
use columns::Columns;
use explained::Explained;
use faithful::Faithful;
use frames::{Frames, Parted};
use links::{Links, PageLinks};
use origins::Origins;
use recordings::Recordings;
use tags::PageKind;
use takedowns::Takedowns;

/// A file that the audit cannot read.
const UNREADABLE: &str = "unreadable-output";
/// Folder of the downloads.
const DOWNLOADS: &str = "shuju/";

/// A page that was read and found clean; the only thing that can be written.
#[derive(Debug)]
pub(crate) struct AuditedPage {
    path: String,
    body: Arc<[u8]>,
    append: bool,
    scope: Scope,
}

impl AuditedPage {
    /// Path below the site's root.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }
    /// The bytes.
    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }
    /// Whether the bytes are added to an earlier page of the same path.
    pub(crate) fn appends(&self) -> bool {
        self.append
    }

    fn of(page: Page) -> Self {
        let Page { path, body, scope, append } = page;
        Self { path, body: body.into(), append, scope }
    }
}

/// The auditor of one build; shared by threads.
pub(crate) struct Auditor<'o> {
    watches: Arc<BTreeMap<CaseId, Watch>>,
    explained: Explained,
    takedowns: Takedowns,
    faithful: Faithful,
    links: Links,
    access: Access,
    origins: Origins<'o>,
    frames: Frames,
    recordings: Recordings<'o>,
}

impl<'o> Auditor<'o> {
    /// An auditor that knows each record's watch, and what is public anyway.
    ///
    /// # Errors
    /// None today; the signature leaves room for rules of its own.
    pub(crate) fn new(
        watches: impl Into<Arc<BTreeMap<CaseId, Watch>>>,
        bureau: &Bureau,
        staff: &[Officer],
    ) -> Result<Self, Failure> {
        Ok(Self {
            watches: watches.into(),
            explained: Explained::of(bureau, staff),
            takedowns: Takedowns::new(),
            faithful: Faithful::default(),
            links: Links::new(bureau.base_url.as_deref()),
            access: Access::new(),
            origins: Origins::new(std::iter::empty()),
            frames: Frames::new(),
            recordings: Recordings::new(&[], &[]),
        })
    }

    /// Tells which pages are made of which content files, so that dead links are told by file.
    pub(crate) fn know(&mut self, origins: impl Iterator<Item = (String, &'o Origin)>) {
        self.origins = Origins::new(origins);
    }

    /// Endings of files that are recordings of enforcement: neither such a file nor a pointer to one may
    /// be in the site, nor the name of a place where one is kept.
    pub(crate) fn refuse_recordings(&mut self, endings: &[String], stores: &'o [Watch]) {
        self.recordings = Recordings::new(endings, stores);
    }

    /// Names that a taken-down or expired case must not leave anywhere: ids and decision numbers
    /// (the notice itself excepted; see [`takedowns`] for where they may stand).
    pub(crate) fn expect_gone(&mut self, id: CaseId, number: &str) {
        self.takedowns.expect_gone(id, number);
    }

    /// The same for a case that was removed to protect a person: not even a notice may name it.
    pub(crate) fn expect_vanished(&mut self, id: CaseId, number: &str) {
        self.takedowns.expect_gone(id, number);
        self.takedowns.vanish(id);
    }

    /// The reason that the notice of a case must say.
    pub(crate) fn expect_reason(&mut self, id: CaseId, ground: Ground) {
        self.faithful.expect_reason(id, ground);
    }

    /// The day of first publication that the page of a case must say.
    pub(crate) fn expect_day(&mut self, id: CaseId, day: Day) {
        self.faithful.expect_day(id, day);
    }

    /// Reads one page.
    ///
    /// # Errors
    /// What was found, when the page must not be written.
    pub(crate) fn read(&self, page: Page) -> Result<AuditedPage, Findings> {
        let mut found: Vec<Finding> = Vec::new();
        if is_packed(&page.path) {
            unpacked(&page)?.iter().for_each(|part| self.look(part, None, &mut found));
        }
        if page.path.starts_with(BESIDE_PROSE) && PageKind::of(&page.path) == PageKind::Xml {
            let body = joined::joined(&page.body);
            let (path, scope) = (page.path.clone(), page.scope.clone());
            self.look(&Page { path, body, scope, append: false }, None, &mut found);
        }
        let is_page = PageKind::of(&page.path) == PageKind::Html && !page.append;
        let parted = if is_page && page.scope != Scope::Cases {
            self.frames.part(&page.path, &page.body, &self.links, &self.explained)
        } else {
            None
        };
        self.look(&page, parted.as_ref(), &mut found);
        if is_page {
            self.structure(&page, parted.as_ref(), &mut found);
        } else {
            self.links.wrote(&page.path);
        }
        if found.is_empty() { Ok(AuditedPage::of(page)) } else { Err(found.into()) }
    }

    /// Another path for the bytes of a page that was read. Where they were found clean as a download, which no
    /// path excuses, only the path is read; otherwise all is read again.
    ///
    /// # Errors
    /// What was found, when the page must not be written there.
    pub(crate) fn also(&self, read: &AuditedPage, twin: Twin) -> Result<AuditedPage, Findings> {
        let Twin { path, append } = twin;
        let plain = |path: &str| PageKind::of(path) == PageKind::Other && !is_packed(path);
        let (body, scope) = (Arc::clone(&read.body), read.scope.clone());
        if !(read.path.starts_with(DOWNLOADS) && plain(&read.path) && plain(&path)) {
            return self.read(Page { path, body: body.to_vec(), scope, append });
        }
        // An empty page has nothing but its path.
        let bare = Page { path, body: Vec::new(), scope, append };
        let mut found = Vec::new();
        leaks::look(self, &bare, None, &mut found);
        self.recordings.look(&bare, &mut found);
        self.links.wrote(&bare.path);
        let whole = AuditedPage { path: bare.path, body, append, scope: bare.scope };
        if found.is_empty() { Ok(whole) } else { Err(found.into()) }
    }

    /// Whether a file names a case that is gone where nothing excuses it; none where it cannot be read. Nothing else
    /// is looked for.
    pub(crate) fn names_gone(&self, file: Page) -> Option<bool> {
        let pages = if is_packed(&file.path) {
            unpacked(&file).ok()?
        } else {
            std::str::from_utf8(&file.body).ok()?;
            vec![file]
        };
        let mut found = Vec::new();
        pages.iter().for_each(|page| self.takedowns.look(page, &mut found));
        Some(!found.is_empty())
    }

    /// Lines of a text, from 1, on which something reads as a personal number, marks of Markdown left out.
    pub(crate) fn lines_with_personal_numbers(&self, text: &str) -> Vec<u32> {
        let is_found = |line: &str| {
            let bare = line.replace(['*', '`', '~'], "");
            let reading = Reading::text(bare.as_bytes());
            !patterns::personal_numbers(reading.folded(), &self.explained).is_empty()
        };
        (1..).zip(text.lines()).filter(|(_, line)| is_found(line)).map(|(n, _)| n).collect()
    }

    /// Leaks, what is gone, what is told of a case, recordings.
    fn look(&self, page: &Page, parted: Option<&Parted>, found: &mut Vec<Finding>) {
        leaks::look(self, page, parted, found);
        self.takedowns.look(page, found);
        self.faithful.look(page, found);
        self.recordings.look(page, found);
    }

    /// Columns, links and what people need who do not see.
    fn structure(&self, page: &Page, parted: Option<&Parted>, found: &mut Vec<Finding>) {
        let mut seen = Seen {
            columns: Columns::new(),
            access: PageAccess::new(),
            links: self.links.page(&page.path),
        };
        match parted {
            None => seen.read(&page.body, 0..page.body.len()),
            Some(parted) => {
                parted.frames().for_each(|(frame, _)| seen.access.add(&frame.access));
                parted.own.iter().for_each(|own| seen.read(&page.body, own.clone()));
            }
        }
        seen.columns.close(&page.path, found);
        if found.is_empty() {
            self.access.keep(seen.access, &page.path);
            self.links.keep(seen.links);
            let frames = parted.into_iter().flat_map(Parted::frames);
            frames.for_each(|(frame, at)| frame.stands_on(&page.path, at));
        }
    }

    /// After the last page: links between pages that lead nowhere, and what is missing for people
    /// who do not see. Columns that are blank are refused page by page.
    pub(crate) fn close(self) -> Findings {
        self.frames.keep_links(&self.links);
        let mut findings = self.links.dead(&self.origins);
        findings.extend(self.access.findings());
        findings
    }
}

/// What the tags of one page have shown so far.
struct Seen<'a> {
    columns: Columns,
    access: PageAccess,
    links: PageLinks<'a>,
}

impl Seen<'_> {
    fn read(&mut self, page: &[u8], part: Range<usize>) {
        for tag in tags::tags(page, part) {
            self.columns.see(&tag, page);
            self.access.see(&tag);
            self.links.see(&tag);
        }
    }
}

/// The parts of a packed file as pages of its scope, each with its own path behind that of the file: as they stand,
/// and their words alone.
///
/// # Errors
/// It cannot be unpacked: what cannot be read is refused, not passed.
fn unpacked(page: &Page) -> Result<Vec<Page>, Findings> {
    let broken = || Findings::from(vec![Finding::new(UNREADABLE, at(&page.path, 0))]);
    let as_pages = |part: Part| {
        // Every part is XML; one that is named otherwise is read as XML all the same.
        let ending = if part.name.ends_with(".xml") { "" } else { ".xml" };
        let path = format!("{}/{}{ending}", page.path, part.name);
        let words = joined::joined(&part.body);
        [part.body, words].map(|body| Page {
            path: path.clone(),
            body,
            scope: page.scope.clone(),
            append: false,
        })
    };
    Ok(parts(&page.body).ok_or_else(broken)?.into_iter().flat_map(as_pages).collect())
}

/// A place in a page.
fn at(path: &str, offset: usize) -> Place {
    Place::Page { path: path.to_owned(), offset }
}

#[cfg(test)]
mod tests;
