//! The sheet of three reviews and three proofreadings (三审三校): what the next publication would change, in public words,
//! with the digest of each page, and boxes to sign in. A word processor opens it.

use serde::Serialize;

use crate::diag::Failure;
use crate::ledger::{Digest, Standing};

use super::super::paths::{case_folder, column, year_of};
use super::super::view::{Fact, Part, Row, facts_of, parts_of};
use super::super::{Page, Press};
use super::document;

/// What becomes of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Coming {
    /// Published, or shown again.
    Published,
    /// Corrected.
    Corrected,
    /// Taken down, with a notice.
    TakenDown,
    /// Its last day has gone by.
    Expired,
}

impl Coming {
    /// In words.
    pub(crate) const fn zh(self) -> &'static str {
        match self {
            Self::Published => "拟公示",
            Self::Corrected => "拟更正",
            Self::TakenDown => "拟撤下",
            Self::Expired => "期满停止公示",
        }
    }
}

/// One case of the sheet.
pub(crate) struct Item<'s> {
    /// What becomes of it.
    pub(crate) what: Coming,
    /// As it would stand.
    pub(crate) case: &'s Standing,
    /// Digest of its page, or of its notice.
    pub(crate) page: Option<Digest>,
}

#[derive(Serialize)]
struct ItemView<'a> {
    n: usize,
    what: &'static str,
    column: &'static str,
    number: &'a str,
    row: Option<Row<'a>>,
    facts: Vec<Fact<'a>>,
    parts: Vec<Part<'a>>,
    /// Ground of a takedown.
    ground: Option<&'static str>,
    page: Option<String>,
}

#[derive(Serialize)]
struct SheetView<'a> {
    items: Vec<ItemView<'a>>,
    counts: Vec<(&'static str, usize)>,
    /// Digest of the manifest.
    site: String,
}

/// Path of the page that shows a case, or of the notice that says why it is gone.
pub(crate) fn page_of(case: &Standing) -> Option<String> {
    let folder = case_folder(case.key.kind, year_of(case), case.id?);
    Some(format!("{folder}index.html"))
}

impl Press {
    /// The sheet.
    ///
    /// # Errors
    /// A template that does not fit its view.
    pub(crate) fn signoff(&self, items: &[Item<'_>], site: Digest) -> Result<Page, Failure> {
        let kinds = [Coming::Published, Coming::Corrected, Coming::TakenDown, Coming::Expired];
        let count = |kind: Coming| items.iter().filter(|item| item.what == kind).count();
        let counts = kinds.map(|kind| (kind.zh(), count(kind)));
        let view = SheetView {
            items: items.iter().enumerate().map(item).collect(),
            counts: counts.into_iter().filter(|(_, n)| *n > 0).collect(),
            site: site.to_string(),
        };
        let text = self.block("export-signoff.html", &view)?;
        Ok(document(format!("sanshen/{}.html", self.today), text.into_bytes()))
    }
}

fn item<'a>((at, item): (usize, &Item<'a>)) -> ItemView<'a> {
    let case = item.case;
    let disclosure = case.disclosure.as_ref();
    ItemView {
        n: at + 1,
        what: item.what.zh(),
        column: column(case.key.kind),
        number: &case.key.number,
        row: Row::of(case),
        facts: disclosure.map(|d| facts_of(d, case.until)).unwrap_or_default(),
        parts: disclosure.map(parts_of).unwrap_or_default(),
        ground: case.tombstone.as_ref().map(|stone| stone.ground.zh()),
        page: item.page.map(|digest| digest.to_string()),
    }
}
