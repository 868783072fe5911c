//! Views: what each kind of page shows, made of public types only. A view knows no markup.

pub(super) mod case;
pub(super) mod list;
pub(super) mod notice;
pub(super) mod placard;

mod annual;
mod dead_links;
mod flow;
mod home;
pub(super) mod landing;
mod log;
mod machine;
mod open_data;
mod part;
mod prose;
mod register;
mod row;
mod search;
mod staff;
mod statistics;
mod year;
mod year_files;
mod year_form;

use serde::Serialize;

pub(super) use case::{Fact, facts as facts_of, fields_of, parts as parts_of};
pub(super) use part::Part;
pub(super) use row::{Row, kinds, sum};

use crate::diag::Failure;
use crate::ledger::Overview;

use super::head::{Column, Head};
use super::press::{Press, READING, Sheet};
use super::{Gathered, Page, Scope};

/// A step of the breadcrumb above the page's own.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Crumb {
    /// Words; empty for a section.
    title: String,
    /// Label of the theme that names it, for a section of the main navigation.
    word: Option<&'static str>,
    /// Folder from the root.
    href: String,
}

impl Crumb {
    /// A step.
    pub(super) fn new(title: impl Into<String>, href: impl Into<String>) -> Self {
        Self { title: title.into(), word: None, href: href.into() }
    }

    /// Disclosure before enforcement.
    pub(super) fn before() -> Self {
        Self::section("before", "shiqian/")
    }

    /// Disclosure after it.
    pub(super) fn after() -> Self {
        Self::section("after", "shihou/")
    }

    /// Takedowns and corrections.
    pub(super) fn takedowns() -> Self {
        Self::section("takedowns", "chexia/")
    }

    /// Annual statistics.
    pub(super) fn statistics() -> Self {
        Self::section("statistics", "tongji/")
    }

    fn section(word: &'static str, href: &str) -> Self {
        Self { title: String::new(), word: Some(word), href: href.into() }
    }
}

/// A page to read in a section, with a title only.
fn sheet<'a>(
    folder: &str,
    template: &'static str,
    section: &'static str,
    title: &'a str,
) -> Sheet<'a> {
    Sheet {
        path: format!("{folder}index.html"),
        scope: Scope::Open,
        template,
        shell: READING,
        section,
        head: Head { title, ..Head::default() },
    }
}

/// The same as a list page of a column (domain 5.1: seven tags).
fn column_sheet<'a>(
    folder: &str,
    template: &'static str,
    section: &'static str,
    column: Column<'a>,
) -> Sheet<'a> {
    let mut sheet = sheet(folder, template, section, column.name);
    sheet.head.column = Some(column);
    sheet
}

/// Every page that does not belong to one case or one page of a list.
pub(super) fn fixed(
    press: &Press,
    overview: &Overview,
    gathered: &Gathered,
) -> Result<Vec<Page>, Failure> {
    let mut pages = vec![home::page(press, overview)?];
    pages.extend(landing::landings(press, overview)?);
    pages.extend(register::pages(press, overview)?);
    pages.extend(log::pages(press, overview)?);
    pages.extend(statistics::pages(press, overview)?);
    pages.extend(staff::pages(press, &overview.placards)?);
    pages.extend(placard::pages(press)?);
    pages.extend(prose::pages(press)?);
    pages.extend(flow::pages(press)?);
    let open_data = open_data::pages(press, overview, &pages)?;
    pages.extend(open_data);
    pages.extend(search::pages(press, overview, &gathered.searchable)?);
    let machine = machine::pages(press, (overview, gathered), &pages)?;
    pages.extend(machine);
    Ok(pages)
}
