//! Pages of prose: the columns of 事前公开, flowcharts, guides, about, help, access, complaints, and the
//! bureau's own. Where the bureau has not written one of the pages every site must have, it still says its facts.

use serde::Serialize;

use crate::diag::Failure;
use crate::vocab::{Contact, Predecessor, UnitEntry};

use super::super::content::{Change, ContentPage, Ready};
use super::super::flow::Flow;
use super::super::forms::{BeforeColumn, Clock, LegendRow};
use super::super::head::Column;
use super::super::press::Press;
use super::super::render::Markup;
use super::super::tables::Table;
use super::super::{Page, linked};
use super::open_data::size;
use super::{Crumb, column_sheet, sheet};

/// Prose as a template shows it.
#[derive(Serialize)]
struct Prose<'a> {
    html: &'a Markup,
    date: Option<String>,
    updated: Option<String>,
    review_by: Option<String>,
    unit: Option<&'a str>,
    basis: &'a [String],
    repealed_on: Option<String>,
    changes: Vec<ChangeView<'a>>,
    headings: Vec<HeadingView<'a>>,
    attached: Vec<Attached<'a>>,
}

/// A file the page offers.
#[derive(Serialize)]
pub(super) struct Attached<'a> {
    title: &'a str,
    kind: &'static str,
    href: &'a str,
    /// The name it is saved by.
    saved: String,
    size: String,
    sha256: String,
}

impl<'a> Attached<'a> {
    /// All files that a page offers.
    pub(super) fn of(page: &'a ContentPage) -> Vec<Self> {
        let view = |(title, ready): &'a (String, Ready)| {
            let ending = ready.path.rsplit('.').next().unwrap_or_default();
            let is_odd = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
            Self {
                title,
                kind: ready.kind,
                href: &ready.path,
                saved: format!("{}.{ending}", title.replace(is_odd, "_")),
                size: size(ready.bytes),
                sha256: ready.sha256.to_string(),
            }
        };
        page.attached.iter().map(view).collect()
    }
}

/// A revision in words.
#[derive(Serialize)]
struct ChangeView<'a> {
    on: String,
    what: &'a str,
}

/// A heading to jump to.
#[derive(Serialize)]
struct HeadingView<'a> {
    anchor: &'a str,
    title: &'a str,
}

/// A text of so many headings gets a list of them at its beginning.
const LONG: usize = 5;

impl<'a> Prose<'a> {
    fn of(page: &'a ContentPage) -> Self {
        Self {
            html: &page.html,
            date: page.date.map(|d| d.to_string()),
            updated: page.updated.or(page.date).map(|d| d.to_string()),
            review_by: page.review_by.map(|d| d.to_string()),
            unit: page.unit.as_deref(),
            basis: &page.basis,
            repealed_on: page.repealed_on.map(|d| d.to_string()),
            changes: page.changes.iter().map(ChangeView::of).collect(),
            attached: Attached::of(page),
            headings: match page.headings.as_slice() {
                few if few.len() < LONG => Vec::new(),
                many => many.iter().map(|(anchor, title)| HeadingView { anchor, title }).collect(),
            },
        }
    }
}

impl<'a> ChangeView<'a> {
    fn of(change: &'a Change) -> Self {
        Self { on: change.on.to_string(), what: &change.what }
    }
}

/// What a page of prose may carry besides its text.
#[derive(Default, Serialize)]
struct Extras<'a> {
    table: Option<&'a Table>,
    units: Option<&'a [UnitEntry]>,
    formerly: Option<&'a [Predecessor]>,
    clocks: Option<&'a [Clock]>,
    legend: Option<&'a [LegendRow]>,
    contact: Option<&'a Contact>,
    flows: Option<&'a [Flow]>,
    staff: bool,
    help: bool,
    access: bool,
    columns: Option<&'a [BeforeColumn]>,
    children: Vec<Crumb>,
}

#[derive(Serialize)]
struct ProseView<'a> {
    crumbs: Vec<Crumb>,
    title: &'a str,
    describes: Option<&'a str>,
    prose: Option<Prose<'a>>,
    extras: Extras<'a>,
}

/// All of them.
pub(super) fn pages(press: &Press) -> Result<Vec<Page>, Failure> {
    let mut pages = vec![before(press)?];
    for column in &press.forms.columns {
        pages.push(before_column(press, column)?);
    }
    for (folder, title, section) in NAMED {
        pages.push(named(press, (folder, title), section)?);
    }
    for page in press.library.pages().filter(|p| is_free(press, &p.folder)) {
        pages.push(free(press, page)?);
    }
    Ok(pages)
}

/// Pages that every site has: folder, title where the bureau gives none, section of the navigation.
const NAMED: [(&str, &str, &str); 5] = [
    ("shizhong/", "事中公示", "shizhong"),
    ("guanyu/", "关于本网站", "guanyu"),
    ("jubao/", "监督投诉", "jubao"),
    ("bangzhu/", "使用帮助", "guanyu"),
    ("wuzhangai/", "无障碍说明", "guanyu"),
];

/// Whether no other view prints the folder.
fn is_free(press: &Press, folder: &str) -> bool {
    let column = |c: &BeforeColumn| folder == format!("shiqian/{}/", c.slug);
    !["", "shiqian/", "shuju/"].contains(&folder)
        && !NAMED.iter().any(|(named, ..)| *named == folder)
        && !press.forms.columns.iter().any(column)
}

fn extras<'a>(press: &'a Press, folder: &str) -> Extras<'a> {
    let mut extras = Extras { table: press.tables.get(folder), ..Extras::default() };
    match folder {
        "shiqian/zhuti/" => {
            extras.units = Some(&press.bureau.units);
            extras.formerly = Some(&press.bureau.formerly);
        }
        "shiqian/renyuan/" => extras.staff = true,
        "shiqian/liucheng/" => extras.flows = Some(&press.flows),
        "shiqian/jiuji/" | "jubao/" => extras.contact = Some(&press.bureau.contact),
        "guanyu/" => {
            extras.clocks = Some(&press.forms.clocks);
            extras.legend = Some(&press.forms.legend.rows);
        }
        "bangzhu/" => extras.help = true,
        "wuzhangai/" => {
            extras.access = true;
            extras.contact = Some(&press.bureau.contact);
        }
        _ => {}
    }
    extras
}

fn before(press: &Press) -> Result<Page, Failure> {
    let more = |p: &&ContentPage| p.folder.starts_with("shiqian/") && is_free(press, &p.folder);
    let view = ProseView {
        crumbs: Vec::new(),
        title: "事前公开",
        describes: None,
        prose: press.library.at("shiqian/").map(Prose::of),
        extras: Extras {
            columns: Some(&press.forms.columns),
            children: press
                .library
                .pages()
                .filter(more)
                .map(|p| Crumb::new(&p.title, &p.folder))
                .collect(),
            ..Extras::default()
        },
    };
    let head = Column {
        name: "事前公开",
        describes: "执法主体、人员、职责、权限、依据、程序、救济渠道和随机抽查事项清单",
        keywords: "事前公开,行政执法公示",
    };
    press.print(column_sheet("shiqian/", "prose.html", "shiqian", head), &view)
}

fn before_column(press: &Press, column: &BeforeColumn) -> Result<Page, Failure> {
    let folder = format!("shiqian/{}/", column.slug);
    let content = press.library.at(&folder);
    let view = ProseView {
        crumbs: vec![Crumb::before()],
        title: &column.title,
        describes: Some(&column.describes),
        prose: content.map(Prose::of),
        extras: extras(press, &folder),
    };
    let head =
        Column { name: &column.title, describes: &column.describes, keywords: &column.keywords };
    let service = (column.slug == "fuwu")
        .then(|| linked::service(press, (&column.title, &folder), &column.describes));
    let mut sheet = column_sheet(&folder, "prose.html", "shiqian", head);
    sheet.head.article = content.and_then(|c| c.date);
    sheet.head.linked = service.as_ref();
    press.print(sheet, &view)
}

fn named(
    press: &Press,
    (folder, title): (&str, &str),
    section: &'static str,
) -> Result<Page, Failure> {
    let content = press.library.at(folder);
    let title = content.map_or(title, |c| c.title.as_str());
    let view = ProseView {
        crumbs: Vec::new(),
        title,
        describes: None,
        prose: content.map(Prose::of),
        extras: extras(press, folder),
    };
    let mut sheet = sheet(folder, "prose.html", section, title);
    sheet.head.article = content.and_then(|c| c.date);
    press.print(sheet, &view)
}

fn free(press: &Press, page: &ContentPage) -> Result<Page, Failure> {
    let before = page.folder.starts_with("shiqian/");
    let view = ProseView {
        crumbs: if before { vec![Crumb::before()] } else { Vec::new() },
        title: &page.title,
        describes: None,
        prose: Some(Prose::of(page)),
        extras: extras(press, &page.folder),
    };
    let section = if before { "shiqian" } else { "" };
    let mut sheet = sheet(&page.folder, "prose.html", section, &page.title);
    sheet.head.article = page.date;
    press.print(sheet, &view)
}
