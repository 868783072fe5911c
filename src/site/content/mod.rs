//! Prose of the bureau: `content/**/*.md`. The one hand on walkdir. Follows no link, reads no special file.

mod address;
mod front;
mod markdown;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::clearance::bears_classification_mark;
use crate::diag::{Failure, Finding, Findings, Note, Place, shown_file_name};
use crate::law::Day;

use super::render::Markup;
use address::{folder_of, is_safe};
pub(super) use front::Change;
use front::Front;
use markdown::Rendered;

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
const OURS: [&str; 10] = [
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
}

impl Library {
    /// Reads the prose that stands public on `today`.
    ///
    /// # Errors
    /// A link or special file, an undecodable file, broken front matter, two files at one address:
    /// nothing is built then, and the findings name the files.
    pub(super) fn load(root: &Path, today: Day, findings: &mut Findings) -> Result<Self, Failure> {
        let folder = root.join("content");
        if !folder.exists() {
            return Ok(Self::default());
        }
        let (mut library, mut refused) = (Self::default(), Refused::default());
        for entry in WalkDir::new(&folder).follow_links(false).sort_by_file_name() {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => library.take(&folder, &entry, today, (&mut *findings, &mut refused)),
                Err(_) => refused.findings.push(at_file(
                    FILE_CHECK,
                    "content",
                    Note::new("目录无法读取", "a folder cannot be read"),
                )),
            }
        }
        match refused {
            Refused { secret: Some(file), .. } => Err(Failure::SecrecyMark { file }),
            Refused { findings, .. } if !findings.is_empty() => Err(Failure::Refused(findings)),
            Refused { .. } => {
                library.anchors(findings);
                Ok(library)
            }
        }
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
        folder: &Path,
        entry: &DirEntry,
        today: Day,
        (noticed, refused): (&mut Findings, &mut Refused),
    ) {
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let name = below.to_string_lossy().replace('\\', "/");
        let source = format!("content/{}", shown_file_name(&name));
        match read(entry, &source, &name, today) {
            Ok(None) => {}
            Ok(Some((page, renamed, raw))) => {
                for line in raw {
                    noticed.push(Finding::new(HTML_CHECK, line_of(&source, line)));
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
            Err(Fault::Skip(finding)) => noticed.push(*finding),
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

/// Why nothing is built.
#[derive(Default)]
struct Refused {
    findings: Findings,
    /// A file with a classification mark: that is said before anything else, and alone.
    secret: Option<String>,
}

/// Why a file gives no page.
enum Fault {
    /// It is left out, and the rest goes on.
    Skip(Box<Finding>),
    /// Nothing is built.
    Refuse(Box<Finding>),
    /// It bears a classification mark.
    Secret,
}

fn refuse(source: &str, zh: &'static str, en: &'static str) -> Fault {
    Fault::Refuse(Box::new(at_file(FILE_CHECK, source, Note::new(zh, en))))
}

fn at_file(check: &'static str, source: &str, note: Note) -> Finding {
    Finding::new(check, Place::File { file: Arc::from(source) }).noted(note)
}

/// Reads one file: the page and whether its name was changed, or `None` where it is not public today.
fn read(
    entry: &DirEntry,
    source: &str,
    name: &str,
    today: Day,
) -> Result<Option<(ContentPage, bool, Vec<u32>)>, Fault> {
    if !entry.file_type().is_file() {
        return Err(refuse(source, "不是普通文件（链接或特殊文件）", "not a regular file"));
    }
    let Some(stem) = name.strip_suffix(".md") else {
        let note = Note::new("不是 .md 文件，未发布", "not an .md file; it is not published");
        return Err(Fault::Skip(Box::new(at_file(SKIP_CHECK, source, note))));
    };
    if entry.metadata().is_ok_and(|m| m.len() > LARGEST) {
        return Err(refuse(source, "文件过大", "the file is too large"));
    }
    let text = text(entry, source)?;
    let (front, body) = Front::split(&text).map_err(|line| bad_front(source, line))?;
    if !front.is_public_on(today) {
        return Ok(None);
    }
    let slug_ok = front.slug.as_deref().is_none_or(is_safe);
    let title = front.title.clone().filter(|t| !t.trim().is_empty() && slug_ok);
    let title = title.ok_or_else(|| bad_front(source, 1))?;
    let (folder, renamed) = folder_of(stem, front.slug.as_deref());
    let Rendered { html, links, anchors, headings, raw } =
        markdown::html(body, (&folder, name), front.numbered);
    let before = text.len() - body.len();
    let links = with_lines(links, &text, before);
    let raw = with_lines(raw.into_iter().map(|at| (at, String::new())).collect(), &text, before);
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
        anchors,
        html,
    };
    Ok(Some((page, renamed, raw.into_iter().map(|(line, _)| line).collect())))
}

/// The text of a file, without control characters and marks that turn the direction of text.
fn text(entry: &DirEntry, source: &str) -> Result<String, Fault> {
    let bytes = std::fs::read(entry.path())
        .map_err(|_| refuse(source, "文件无法读取", "the file cannot be read"))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let sound = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + sound.iter().filter(|b| **b == b'\n').count();
        let note = Note::new("文件不是 UTF-8 编码", "the file is not UTF-8");
        let place = line_of(source, u32::try_from(line).unwrap_or(u32::MAX));
        Fault::Refuse(Box::new(Finding::new(FILE_CHECK, place).noted(note)))
    })?;
    if bears_classification_mark(&text) {
        return Err(Fault::Secret);
    }
    let is_kept = |c: char| match c {
        '\n' | '\r' | '\t' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        c => !c.is_control(),
    };
    if text.chars().all(is_kept) {
        Ok(text)
    } else {
        Ok(text.chars().filter(|c| is_kept(*c)).collect())
    }
}

/// Each link with its line from 1. `before` is where the body begins in `text`.
fn with_lines(links: markdown::Links, text: &str, before: usize) -> Vec<(u32, String)> {
    let (mut line, mut counted) = (1, 0);
    let mut placed = Vec::with_capacity(links.len());
    for (at, href) in links {
        let at = before + at;
        let passed = text.as_bytes().get(counted..at).unwrap_or_default();
        line += u32::try_from(passed.iter().filter(|b| **b == b'\n').count()).unwrap_or(0);
        counted = counted.max(at);
        placed.push((line, href));
    }
    placed
}

/// What stands below each heading of the second level, with the line of the heading in the file.
fn sections(body: &str, text: &str) -> Vec<(u32, String)> {
    let before = text[..text.len() - body.len()].matches('\n').count();
    let mut sections: Vec<(u32, String)> = Vec::new();
    for (i, line) in body.lines().enumerate() {
        if line.starts_with("## ") {
            let row = u32::try_from(before + i + 1).unwrap_or(u32::MAX);
            sections.push((row, String::new()));
        } else if let Some((_, section)) = sections.last_mut() {
            section.push_str(line);
            section.push('\n');
        }
    }
    sections
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
