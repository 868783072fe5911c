//! The press itself: loads everything once, then prints pages from many threads. It hands each page to
//! the view that knows it, and knows none itself.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::clearance::CaseKind;
use crate::diag::{Failure, Findings};
use crate::law::{Day, Shelf};
use crate::ledger::{LineHead, LogKey, Overview, Standing};
use crate::vocab::{BulkPersons, Bureau, StatisticsForm};

use super::annual::Annual;
use super::case_code::CaseCodes;
use super::content::{Library, Origin};
use super::flow::{self, Flow};
use super::forms::Forms;
use super::head::Head;
use super::paths::{depth, up};
use super::placard::{self, Placards};
use super::render::Printer;
use super::tables::{self, Table};
use super::theme::Theme;
use super::upkeep::{self, OF_PROSE, Upkeep};
use super::{
    Beside, Copied, Gathered, Indexed, Line, ListPage, Page, Scope, Setup, YearLists, downloads,
    view,
};

/// Deepest folder a page stands in; content may go as deep.
pub(super) const DEEPEST: usize = 8;

/// The press: templates, content, flowcharts and bureau facts loaded, ready to print pages.
/// It is shared by threads.
pub(crate) struct Press {
    findings: Findings,
    pub(super) printer: Printer,
    pub(super) site_title: String,
    pub(super) bureau: Bureau,
    pub(super) placards: Placards,
    pub(super) today: Day,
    pub(super) theme: Theme,
    pub(super) forms: Forms,
    pub(super) statistics: StatisticsForm,
    pub(super) annual: Annual,
    pub(super) library: Library,
    pub(super) flows: Vec<Flow>,
    pub(super) tables: BTreeMap<&'static str, Table>,
    pub(super) log_key: Option<LogKey>,
    pub(super) bulk: BulkPersons,
    pub(super) codes: CaseCodes,
}

/// A page to print.
pub(super) struct Sheet<'a> {
    /// Path below the site's root.
    pub(super) path: String,
    /// Records it speaks of.
    pub(super) scope: Scope,
    /// Template of its main part.
    pub(super) template: &'static str,
    /// Frame template: `shell.html`, or `sheet.html` for what is made to be printed.
    pub(super) shell: &'static str,
    /// First part of the address of its main section, for the navigation.
    pub(super) section: &'static str,
    /// Its head.
    pub(super) head: Head<'a>,
}

/// Months of a year.
const MONTHS: u32 = 12;

/// The frame of pages to read.
pub(super) const READING: &str = "shell.html";
/// The frame of pages to print.
pub(super) const PRINTING: &str = "sheet.html";
/// The template of the page that searches: where a theme has none, no page offers to search.
const SEARCHING: &str = "search.html";

impl Press {
    /// Loads theme, content, flowcharts.
    ///
    /// # Errors
    /// A broken template, content file or flow; a symlink or special file among the content.
    pub(crate) fn new(setup: Setup<'_>) -> Result<Self, Failure> {
        let today = setup.today.day();
        let mut findings = Findings::new();
        let shelf = Shelf::at(setup.root).of_region(setup.bureau.region.as_deref())?;
        let theme = Theme::load(setup.root, setup.bureau)?;
        let forms = Forms::load(&shelf)?;
        let mut library = Library::load(setup.root, setup.bureau, today, &mut findings)?;
        library.plan_reviews(|revised| upkeep::after_review(setup.law, revised));
        let printer = printer(&theme, &forms, setup.bureau, today)?;
        let flows = flow::load(setup.root, setup.law, today, &mut findings)?;
        let tables = tables::load(&shelf)?;
        let upkeep = Upkeep {
            law: setup.law,
            bureau: setup.bureau,
            staff: setup.staff,
            library: &library,
            columns: &forms.columns,
            guide: &forms.guide,
            tables: &tables,
            flows: &flows,
            today,
        };
        findings.append(upkeep.findings());
        let (placards, doubts) =
            placard::placards((setup.root, &shelf), setup.bureau, setup.staff, today)?;
        findings.append(doubts);
        findings.append(setup.annual.findings().clone());
        Ok(Self {
            findings,
            printer,
            site_title: setup.bureau.title(),
            bureau: setup.bureau.clone(),
            placards,
            today,
            theme,
            forms,
            statistics: setup.form.clone(),
            annual: setup.annual.clone(),
            library,
            flows,
            tables,
            log_key: setup.log_key.cloned(),
            bulk: setup.bulk,
            codes: CaseCodes::default(),
        })
    }

    /// What was noticed while loading.
    pub(crate) fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The record that list and placards show.
    pub(crate) fn placards(&self) -> &Placards {
        &self.placards
    }

    /// Checks that were not made, for want of anything to look at.
    pub(crate) fn not_looked(&self) -> &'static [&'static str] {
        if self.library.pages().next().is_none() { OF_PROSE } else { &[] }
    }

    /// The content file a page was made of, below the site root; a figure or attachment is its own.
    pub(crate) fn source_of(&self, path: &str) -> Option<&str> {
        self.library.source_of(path)
    }

    /// The pages made of content files, each with its file.
    pub(crate) fn origins(&self) -> impl Iterator<Item = (String, &Origin)> {
        self.library.pages().map(|page| (format!("{}index.html", page.folder), &page.origin))
    }

    /// The page of a published case.
    ///
    /// # Errors
    /// A template that does not fit its view; a standing that is not published.
    pub(crate) fn case(&self, standing: &Standing, beside: &Beside) -> Result<Page, Failure> {
        view::case::page(self, standing, beside)
    }

    /// What stands at the address of a taken-down or expired case and at its notice: two pages for a
    /// taken-down case, one for an expired one.
    ///
    /// # Errors
    /// A template that does not fit its view.
    pub(crate) fn notices(&self, standing: &Standing) -> Result<Vec<Page>, Failure> {
        view::notice::pages(self, standing)
    }

    /// A published case as lists need it; `None` for any other.
    ///
    /// # Errors
    /// Never for the forms of this program.
    pub(crate) fn line(&self, standing: &Standing) -> Result<Option<Line>, Failure> {
        Line::of(&self.forms, self.bulk, standing)
    }

    /// A published case as the search index takes it; `None` for any other, and where the policy says so.
    ///
    /// # Errors
    /// Never.
    pub(crate) fn indexed(&self, standing: &Standing) -> Result<Option<Indexed>, Failure> {
        Indexed::of(self.bulk, standing)
    }

    /// The lists of a year and kind. `heads` are its cases in every state; a month of the year has a
    /// page if the ledger goes back to it (`since`, where it begins) and it has begun.
    pub(crate) fn year_lists<'h>(
        &self,
        (kind, year): (CaseKind, i32),
        heads: impl Iterator<Item = &'h LineHead>,
        since: Option<Day>,
        lines: Vec<Line>,
    ) -> YearLists {
        let first = since.filter(|day| day.year() == year).map_or(1, Day::month);
        let last = match year {
            0 => 0,
            year if year == self.today.year() => self.today.month(),
            year if year > self.today.year() => 0,
            _ => MONTHS,
        };
        YearLists::new(&self.forms, (kind, year), heads, first..=last, lines)
    }

    /// One page of a list.
    ///
    /// # Errors
    /// A template that does not fit its view.
    pub(crate) fn list(&self, lists: &YearLists, at: ListPage) -> Result<Page, Failure> {
        view::list::page(self, lists, at)
    }

    /// The page of all subjects of a year, where there is one.
    ///
    /// # Errors
    /// A template that does not fit its view.
    pub(crate) fn subjects(&self, lists: &YearLists) -> Result<Option<Page>, Failure> {
        view::list::subjects(self, lists)
    }

    /// The downloads of one selection.
    ///
    /// # Errors
    /// Never for the forms of this program.
    pub(crate) fn selection(&self, lists: &YearLists, at: usize) -> Result<Vec<Page>, Failure> {
        lists.files(&self.forms, at)
    }

    /// The beginning of a year's download files; with `is_first`, also of those of all years.
    ///
    /// # Errors
    /// Never for the forms of this program.
    pub(crate) fn download_heads(
        &self,
        kind: CaseKind,
        year: i32,
        is_first: bool,
    ) -> Result<Vec<Copied>, Failure> {
        downloads::heads(&self.forms, kind, year, is_first)
    }

    /// One case as rows of the downloads, to be appended in list order, and its own file. None where the
    /// open data leave the case out.
    ///
    /// # Errors
    /// Never for the forms of this program.
    pub(crate) fn download_rows(&self, standing: &Standing) -> Result<Vec<Copied>, Failure> {
        downloads::rows(&self.forms, self.bulk, standing)
    }

    /// Whether the open data have a record of a case.
    pub(super) fn lists(&self, standing: &Standing) -> bool {
        downloads::has(self.bulk, standing)
    }

    /// What stands between the rows of two cases.
    pub(crate) fn download_between(&self, kind: CaseKind, year: i32) -> Vec<Copied> {
        downloads::between(kind, year)
    }

    /// The end of a year's download files.
    pub(crate) fn download_tails(&self, kind: CaseKind, year: i32) -> Vec<Copied> {
        downloads::tails(kind, year)
    }

    /// Every other page: home, lists' landing pages, register, statistics, staff, placards, flows,
    /// content, open data index, feed, sitemap, robots, 404, 410, stylesheets.
    ///
    /// # Errors
    /// A template that does not fit its view.
    pub(crate) fn fixed(
        &self,
        overview: &Overview,
        gathered: &Gathered,
    ) -> Result<Vec<Page>, Failure> {
        view::fixed(self, overview, gathered)
    }

    /// The sheets to print, with the styles, codes and portraits they show.
    ///
    /// # Errors
    /// A template that does not fit its view.
    pub(crate) fn sheets(&self) -> Result<Vec<Page>, Failure> {
        let mut pages = view::placard::pages(self)?;
        pages.extend(self.assets());
        Ok(pages)
    }

    /// Stylesheets and scripts.
    pub(super) fn assets(&self) -> impl Iterator<Item = Page> {
        let assets = self.theme.assets.values();
        assets.map(|asset| Page {
            path: asset.path.clone(),
            body: asset.body.clone(),
            scope: Scope::Open,
            append: false,
        })
    }

    /// Prints one page.
    pub(super) fn print<V: Serialize>(&self, sheet: Sheet<'_>, view: &V) -> Result<Page, Failure> {
        self.print_with(sheet, None, view)
    }

    /// Prints one page whose links begin with `root` instead of the relative way up.
    pub(super) fn print_with<V: Serialize>(
        &self,
        sheet: Sheet<'_>,
        root: Option<&str>,
        view: &V,
    ) -> Result<Page, Failure> {
        let way = root.map_or_else(|| up(&sheet.path), str::to_owned);
        let head = sheet.head.html(&self.bureau, &self.site_title, &sheet.path);
        let at = root.map_or(depth(&sheet.path), |_| ROOTED);
        let key = (sheet.shell, at, sheet.section);
        let body = self.printer.page(key, &head, (sheet.template, &way), view)?;
        Ok(Page { path: sheet.path, body, scope: sheet.scope, append: false })
    }
}

/// What every template may use under the name `site`.
#[derive(Serialize)]
struct SiteView<'a> {
    title: String,
    bureau: &'a Bureau,
    today: String,
    today_zh: String,
    year: i32,
    remedies: &'a super::forms::Remedies,
    /// Whether the site has a page that searches.
    search: bool,
}

/// What a frame may use under the name `v`.
#[derive(Serialize)]
struct ShellView<'a> {
    up: String,
    section: &'static str,
    site_css: &'a str,
    tokens_css: &'a str,
    site_js: &'a str,
}

/// The depth under which frames with links from the host's root are kept.
const ROOTED: usize = DEEPEST + 1;

/// Sections the navigation marks; the empty one marks none.
const SECTIONS: [&str; 12] = [
    "", "home", "liucheng", "shiqian", "shizhong", "shihou", "tongji", "chexia", "shuju", "sousuo",
    "jubao", "guanyu",
];

fn printer(theme: &Theme, forms: &Forms, bureau: &Bureau, today: Day) -> Result<Printer, Failure> {
    let site = SiteView {
        title: bureau.title(),
        bureau,
        today: today.to_string(),
        today_zh: today.zh(),
        year: today.year(),
        remedies: &forms.remedies,
        search: theme.templates.contains_key(SEARCHING),
    };
    let mut printer = Printer::new(&theme.templates, &site, &theme.labels)?;
    for shell in [READING, PRINTING] {
        for at in 0..=ROOTED {
            let way = match at {
                ROOTED => base_path(bureau).unwrap_or_else(|| "./".into()),
                at => up(&"/".repeat(at)),
            };
            for section in SECTIONS {
                let view = ShellView {
                    up: way.clone(),
                    section,
                    site_css: theme.sheet("site"),
                    tokens_css: theme.sheet("tokens"),
                    site_js: theme.script("site"),
                };
                printer.add_shell((shell, at, section), &view)?;
            }
        }
    }
    Ok(printer)
}

/// The path part of the site's address, as in `/cgj/`.
pub(super) fn base_path(bureau: &Bureau) -> Option<String> {
    path_of(bureau.base_url.as_deref()?)
}

/// The path part of an address.
pub(crate) fn path_of(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    Some(rest.find('/').map_or_else(|| "/".to_owned(), |at| rest[at..].to_owned()))
}
