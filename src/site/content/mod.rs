//! Prose of the bureau: `content/**/*.md`, with its figures and attachments. The one hand on walkdir. Follows no link, reads no special file.

mod address;
mod files;
mod front;
mod images;
mod markdown;
mod source;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::diag::{Failure, Finding, Findings, Note, Place, shown_file_name};
use crate::law::Day;
use crate::vocab::Bureau;

use super::Page;
use super::press::Press;
use super::render::Markup;
use address::{folder_of, is_safe};
pub(crate) use files::FOLDER as BESIDE_PROSE;
pub(super) use files::Ready;
use files::{FIGURE, Files};
pub(super) use front::Change;
use front::Front;
use markdown::Rendered;
use source::{sections, text, with_lines};

/// Check of files that cannot be content.
const FILE_CHECK: &str = "content-file";
/// Check of files that are no content.
const SKIP_CHECK: &str = "content-skipped";
/// Check of file names that cannot be addresses.
const NAME_CHECK: &str = "unsafe-file-name";
/// Check of HTML in content.
const HTML_CHECK: &str = "raw-html-in-content";
/// Check of links to a place of a page that is not there.
const ANCHOR_CHECK: &str = "dead-anchor";
/// Largest content file taken, in bytes: prose is never longer, and Markdown is parsed in memory.
const LARGEST: u64 = 4 * 1024 * 1024;
/// First parts of addresses that the program itself fills.
const OURS: [&str; 12] = [
    "server",
    "wenjian",
    "shihou",
    "chexia",
    "gengzheng",
    "rizhi",
    "tongji",
    "renyuan",
    "p",
    "liucheng",
    "assets",
    ".well-known",
];

/// One page of prose.
#[derive(Debug)]
pub(super) struct ContentPage {
    /// The file it was made of.
    pub(super) origin: Origin,
    /// Folder of the page, as in `shiqian/yiju/`; empty for the home page's introduction.
    pub(super) folder: String,
    /// Title.
    pub(super) title: String,
    /// First publication.
    pub(super) date: Option<Day>,
    /// Last revision.
    pub(super) updated: Option<Day>,
    /// Last day before it must be looked through again: the bureau's own, else after the term of the law.
    pub(super) review_by: Option<Day>,
    /// Unit that answers for it.
    pub(super) unit: Option<String>,
    /// Legal basis.
    pub(super) basis: Vec<String>,
    /// First day on which what it says is no longer in force.
    pub(super) repealed_on: Option<Day>,
    /// Its revisions, newest first.
    pub(super) changes: Vec<Change>,
    /// Headings of the second level on the page, by the name of their anchor.
    pub(super) headings: Vec<(String, String)>,
    /// Its sections of the second level as written, each with the line of its heading.
    pub(super) sections: Vec<(u32, String)>,
    /// Files it offers: the words that lead there, the file.
    pub(super) attached: Vec<(String, Ready)>,
    /// Names that links can point to.
    anchors: Vec<String>,
    /// The text as HTML.
    pub(super) html: Markup,
}

/// A content file, for those who find a fault in its page and must name the line.
#[derive(Debug)]
pub(crate) struct Origin {
    /// Its name below the site root, as shown.
    pub(crate) file: Arc<str>,
    /// Its links as the page writes them, each with its line from 1.
    pub(crate) links: Vec<(u32, String)>,
}

/// All prose, by folder.
#[derive(Debug, Default)]
pub(super) struct Library {
    pages: BTreeMap<String, ContentPage>,
    /// Figures and attachments that pages refer to, by path in the site.
    files: BTreeMap<String, Ready>,
}

impl Library {
    /// Reads the prose that stands public on `today`, and the files its pages refer to.
    ///
    /// # Errors
    /// A link or special file, an undecodable file, broken front matter, two files at one address, a figure or
    /// attachment that cannot be published: nothing is built then, and the findings name the files.
    pub(super) fn load(
        root: &Path,
        bureau: &Bureau,
        today: Day,
        findings: &mut Findings,
    ) -> Result<Self, Failure> {
        let folder = root.join("content");
        if !folder.exists() {
            return Ok(Self::default());
        }
        let (mut library, mut refused) = (Self::default(), Refused::default());
        let (mut files, mut pages) = (Files::new(own_names(bureau)), Vec::new());
        for entry in WalkDir::new(&folder).follow_links(false).sort_by_file_name() {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => {
                    let name = name_below(&folder, &entry);
                    if entry.file_type().is_file() && !name.ends_with(".md") {
                        files.know(name, entry.into_path());
                    } else {
                        pages.push((name, entry));
                    }
                }
                Err(_) => refused.findings.push(at_file(
                    FILE_CHECK,
                    "content",
                    Note::new("目录无法读取", "a folder cannot be read"),
                )),
            }
        }
        for (name, entry) in &pages {
            library.take((name, entry), today, &mut files, (&mut *findings, &mut refused));
        }
        for name in files.idle() {
            let note =
                Note::new("没有页面引用，未发布", "no page refers to it; it is not published");
            findings.push(at_file(SKIP_CHECK, &shown(name), note));
        }
        library.files = files.ready();
        refused.findings.append(files.refused);
        match refused.secret.or(files.secret) {
            Some(file) => Err(Failure::SecrecyMark { file }),
            None if !refused.findings.is_empty() => Err(Failure::Refused(refused.findings)),
            None => {
                library.anchors(findings);
                Ok(library)
            }
        }
    }

    /// The file below the site root that stands at a path of the site: of a page its text, else the figure or
    /// attachment itself.
    pub(super) fn source_of(&self, path: &str) -> Option<&str> {
        let page = path.strip_suffix("index.html").and_then(|folder| self.at(folder));
        let file = || self.files.get(path).map(|ready| ready.file.as_str());
        page.map(|page| &*page.origin.file).or_else(file)
    }

    /// Links to a place of a page of prose that has no such place.
    fn anchors(&self, findings: &mut Findings) {
        for page in self.pages.values() {
            for (line, href) in &page.origin.links {
                let Some((path, anchor)) = href.split_once('#') else { continue };
                let up = super::paths::up(&format!("{}index.html", page.folder));
                let target = match path {
                    "" => Some(page),
                    path => path.strip_prefix(&up).and_then(|folder| self.at(folder)),
                };
                let is_dead = target.is_some_and(|page| {
                    anchor != "main" && !page.anchors.iter().any(|known| known == anchor)
                });
                if is_dead {
                    findings.push(Finding::new(ANCHOR_CHECK, line_of(&page.origin.file, *line)));
                }
            }
        }
    }

    /// Sets the day of the next review of every page that sets none itself.
    pub(super) fn plan_reviews(&mut self, after: impl Fn(Day) -> Option<Day>) {
        for page in self.pages.values_mut() {
            let revised = page.updated.or(page.date);
            page.review_by = page.review_by.or_else(|| after(revised?));
        }
    }

    fn take(
        &mut self,
        (name, entry): (&str, &DirEntry),
        today: Day,
        files: &mut Files,
        (noticed, refused): (&mut Findings, &mut Refused),
    ) {
        let source = shown(name);
        match read(entry, (&source, name), today, files) {
            Ok(None) => {}
            Ok(Some((page, renamed, told))) => {
                for finding in told {
                    let list =
                        if finding.check == FIGURE { &mut refused.findings } else { &mut *noticed };
                    list.push(finding);
                }
                if renamed {
                    noticed.push(at_file(
                        NAME_CHECK,
                        &source,
                        Note::new(
                            "文件名含有网址不宜使用的字符，已换用安全的地址",
                            "the file name cannot be an address; a safe one is used",
                        ),
                    ));
                }
                self.shelve(page, &mut refused.findings);
            }
            Err(Fault::Refuse(finding)) => refused.findings.push(*finding),
            Err(Fault::Secret) => refused.secret = Some(source),
        }
    }

    fn shelve(&mut self, page: ContentPage, refused: &mut Findings) {
        if page.folder.matches('/').count() > super::press::DEEPEST {
            let note = Note::new("文件夹层次过深", "the folders are nested too deep");
            refused.push(at_file(FILE_CHECK, &page.origin.file, note));
            return;
        }
        let first = page.folder.split('/').next().unwrap_or_default();
        if OURS.contains(&first) {
            let note =
                Note::new("该地址由系统生成，不能放置内容", "the program fills this address");
            refused.push(at_file(FILE_CHECK, &page.origin.file, note));
            return;
        }
        let Some(other) = self.pages.get(&page.folder) else {
            self.pages.insert(page.folder.clone(), page);
            return;
        };
        for source in [&other.origin.file, &page.origin.file] {
            let note = Note::new("两个文件的网址相同", "two files have one address");
            refused.push(at_file(FILE_CHECK, source, note));
        }
    }

    /// The prose for a folder.
    pub(super) fn at(&self, folder: &str) -> Option<&ContentPage> {
        self.pages.get(folder)
    }

    /// All prose, by folder.
    pub(super) fn pages(&self) -> impl Iterator<Item = &ContentPage> {
        self.pages.values()
    }
}

impl Press {
    /// Figures and attachments of the prose, one by one.
    pub(crate) fn enclosed(&self) -> impl Iterator<Item = Result<Page, Failure>> {
        self.library.files.values().map(Ready::page)
    }
}

/// Why nothing is built.
#[derive(Default)]
struct Refused {
    findings: Findings,
    /// A file with a classification mark: that is said before anything else, and alone.
    secret: Option<String>,
}

/// Why a file gives no page.
enum Fault {
    /// Nothing is built.
    Refuse(Box<Finding>),
    /// It bears a classification mark.
    Secret,
}

fn refuse(source: &str, zh: &'static str, en: &'static str) -> Fault {
    Fault::Refuse(Box::new(at_file(FILE_CHECK, source, Note::new(zh, en))))
}

/// The name of a file below `content/`, with `/` between its parts.
fn name_below(folder: &Path, entry: &DirEntry) -> String {
    let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
    below.to_string_lossy().replace('\\', "/")
}

/// A name below `content/` as findings show it.
fn shown(name: &str) -> String {
    format!("content/{}", shown_file_name(name))
}

/// Names that the properties of an attachment may give: the bureau's own and those of its units.
fn own_names(bureau: &Bureau) -> BTreeSet<String> {
    let units = bureau.units.iter().map(|unit| unit.name.clone());
    let own = std::iter::once(bureau.name.clone()).chain(bureau.aliases.iter().cloned());
    own.chain(units).collect()
}

fn at_file(check: &'static str, source: &str, note: Note) -> Finding {
    Finding::new(check, Place::File { file: Arc::from(source) }).noted(note)
}

/// Reads one file: the page and whether its name was changed, or `None` where it is not public today.
fn read(
    entry: &DirEntry,
    (source, name): (&str, &str),
    today: Day,
    files: &mut Files,
) -> Result<Option<(ContentPage, bool, Vec<Finding>)>, Fault> {
    if !entry.file_type().is_file() {
        return Err(refuse(source, "不是普通文件（链接或特殊文件）", "not a regular file"));
    }
    let stem = name.strip_suffix(".md").unwrap_or(name);
    if entry.metadata().is_ok_and(|m| m.len() > LARGEST) {
        return Err(refuse(source, "文件过大", "the file is too large"));
    }
    let text = text(entry, source)?;
    let (front, body) = Front::split(&text).map_err(|line| bad_front(source, line))?;
    if !front.is_public_on(today) {
        let (folder, _) = folder_of(stem, front.slug.as_deref());
        let mut later = files.for_later();
        markdown::html(body, (&folder, name), front.numbered, &mut later);
        files.keep_for_later(later);
        return Ok(None);
    }
    let slug_ok = front.slug.as_deref().is_none_or(is_safe);
    let title = front.title.clone().filter(|t| !t.trim().is_empty() && slug_ok);
    let title = title.ok_or_else(|| bad_front(source, 1))?;
    let (folder, renamed) = folder_of(stem, front.slug.as_deref());
    let Rendered { html, links, anchors, headings, raw, attached, unshown } =
        markdown::html(body, (&folder, name), front.numbered, files);
    let before = text.len() - body.len();
    let links = with_lines(links, &text, before);
    let on_line = |check, at: usize| {
        let line = text.as_bytes()[..before + at].iter().filter(|b| **b == b'\n').count() + 1;
        Finding::new(check, line_of(source, u32::try_from(line).unwrap_or(u32::MAX)))
    };
    let mut told: Vec<Finding> = raw.into_iter().map(|at| on_line(HTML_CHECK, at)).collect();
    told.extend(unshown.into_iter().map(|(at, note)| on_line(FIGURE, at).noted(note)));
    let html = Markup::ours(&html);
    let Front { date, updated, review_by, unit, basis, repealed_on, changes, .. } = front;
    let origin = Origin { file: source.into(), links };
    let sections = sections(body, &text);
    let page = ContentPage {
        origin,
        folder,
        title,
        date,
        updated,
        review_by,
        unit,
        basis,
        repealed_on,
        changes,
        headings,
        sections,
        attached,
        anchors,
        html,
    };
    Ok(Some((page, renamed, told)))
}

/// The place of a line of a content file.
pub(super) fn line_of(source: &str, row: u32) -> Place {
    Place::Cell { file: Arc::from(source), sheet: None, row: row.max(1), column: None }
}

fn bad_front(source: &str, line: u32) -> Fault {
    let place = line_of(source, line);
    let note = Note::new(
        "文件开头的说明有误：须有 title，日期写作 YYYY-MM-DD，slug 只用小写字母、数字和连字符",
        "front matter: needs title, days as YYYY-MM-DD, slug of a-z 0-9 - _",
    );
    Fault::Refuse(Box::new(Finding::new(FILE_CHECK, place).noted(note)))
}

#[cfg(test)]
mod tests;
