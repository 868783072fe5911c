//! Pages: views of what the ledger holds, through one template hand, into bytes in memory.
//!
//! Nothing here writes to disk, reads the clock, or sees anything raw.

mod annual;
mod api;
mod beside;
mod case_code;
mod chart;
mod content;
mod downloads;
mod export;
mod feed;
mod flow;
mod font;
mod forms;
mod head;
mod linked;
mod lists;
mod packed;
mod paths;
mod pdf;
mod placard;
mod press;
mod qr;
mod render;
mod schema;
mod search;
mod svg;
mod tables;
mod theme;
mod upkeep;
mod view;
mod workbook;

#[cfg(test)]
mod tests;

use std::path::Path;

use crate::law::{Law, Today};
use crate::ledger::LogKey;
use crate::vocab::{BulkPersons, Bureau, CaseId, Officer, StatisticsForm};

pub(crate) use annual::{Annual, Filled, TOTAL, shown};
pub(crate) use beside::Beside;
pub(crate) use content::BESIDE_PROSE;
pub(crate) use content::Origin;
pub(crate) use downloads::{csv_line, disarmed};
pub(crate) use export::{
    Changes, Coming, Item, PUSH_FORMS, Period, Receiver, Statement, Subject, article_name, page_of,
};
pub(crate) use flow::import as import_flow;
pub(crate) use font::FontFile;
pub(crate) use lists::{Line, ListPage, YearLists};
pub(crate) use packed::{Part, is_packed, parts};
pub(crate) use paths::{CHECKPOINT, LOG_KEY, case_folder, log_part, notice_folder};
pub(crate) use pdf::Unset;
pub(crate) use placard::{Layout, Placards, Refused, placards};
pub(crate) use press::{Press, path_of};
pub(crate) use render::plain;
pub(crate) use search::{Index, Indexed, Searchable};
pub(crate) use workbook::{Sheet, workbook};

/// One built file, before the audit has read it.
#[derive(Debug)]
pub(crate) struct Page {
    /// Path below the site's root, ASCII, `/`-separated, as in `shihou/chufa/2026/k7m3x2qd/index.html`.
    pub(crate) path: String,
    /// The bytes.
    pub(crate) body: Vec<u8>,
    /// Whose raw values must not stand in it.
    pub(crate) scope: Scope,
    /// Whether the bytes are added to a file that earlier pages of the same path began.
    pub(crate) append: bool,
}

/// Which records a page speaks of: tells the audit whose raw values to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// No particular record: patterns and public values only.
    Open,
    /// One record.
    Case(CaseId),
    /// Several records: from each `data-case="ID"` (or, in downloads, each line that starts with or
    /// carries the id) to the next, the text speaks of that record.
    Cases,
}

/// What the press works with. All of it public.
#[derive(Clone, Copy)]
pub(crate) struct Setup<'a> {
    /// Site root: `content/`, `themes/`, `data/` are looked up here, then in the binary.
    pub(crate) root: &'a Path,
    /// The law, for terms and citations on pages.
    pub(crate) law: &'a Law,
    /// The bureau.
    pub(crate) bureau: &'a Bureau,
    /// Its officers.
    pub(crate) staff: &'a [Officer],
    /// The form of its annual statistics.
    pub(crate) form: &'a StatisticsForm,
    /// What was entered for its annual report.
    pub(crate) annual: &'a Annual,
    /// The day the site shows.
    pub(crate) today: Today,
    /// The key that signs the public log.
    pub(crate) log_key: Option<&'a LogKey>,
    /// What the open data say of natural persons.
    pub(crate) bulk: BulkPersons,
}

/// A page, and where else the same bytes stand: what is read once need not be read again.
#[derive(Debug)]
pub(crate) struct Copied {
    /// The page.
    pub(crate) page: Page,
    /// Its other paths.
    pub(crate) also: Vec<Twin>,
}

/// Another path of a page's bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Twin {
    /// The path.
    pub(crate) path: String,
    /// Whether the bytes are added to a file of that path.
    pub(crate) append: bool,
}

/// What the pages of single cases have left behind for those that speak of all of them.
pub(crate) struct Gathered {
    /// The search index.
    pub(crate) searchable: Searchable,
    /// Folders of the lists that hold a case.
    pub(crate) lists: Vec<String>,
}

/// Cases on one list page.
const CASES_PER_PAGE: usize = 50;
