//! Files that lie beside the prose: figures a page shows and attachments it offers. Only what a page refers to is
//! published, under an address of its own, byte for byte. Every attachment that cannot be read as text is refused.

mod office;
mod picture;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::clearance::bears_classification_mark;
use crate::diag::{Failure, Findings, Note};
use crate::ledger::Digest;

use super::super::{Page, Scope};
use super::address::safe_name;
use super::source::is_unseen;
use super::{at_file, shown, xml};

/// A figure that cannot be shown.
pub(super) const FIGURE: &str = "unusable-figure";
/// An attachment that cannot be read as text.
const UNREADABLE: &str = "unreadable-attachment";
/// An attachment with what readers do not see.
const HIDDEN: &str = "hidden-text-in-attachment";
/// An attachment that names who wrote it.
const NAMES: &str = "attachment-names-author";
/// Folder of all of them in the site: no page stands there.
pub(crate) const FOLDER: &str = "wenjian/";
/// Largest file taken, in bytes.
const LARGEST: u64 = 10 << 20;

/// What a file is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A drawing.
    Svg,
    /// A picture.
    Png,
    /// A photograph.
    Jpeg,
    /// A table in text.
    Csv,
    /// Text.
    Text,
    /// A workbook of today's form.
    Workbook,
    /// A document of today's form.
    Document,
}

impl Kind {
    /// The kind of a name; `None` where it is none that can be published.
    fn of(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        Some(match ending.as_str() {
            "svg" => Self::Svg,
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpeg,
            "csv" => Self::Csv,
            "txt" => Self::Text,
            "xlsx" => Self::Workbook,
            "docx" => Self::Document,
            _ => return None,
        })
    }

    /// Whether it is shown on the page, not offered for download.
    fn is_figure(self) -> bool {
        matches!(self, Self::Svg | Self::Png | Self::Jpeg)
    }

    /// What people call it.
    const fn zh(self) -> &'static str {
        match self {
            Self::Svg => "绘图",
            Self::Png | Self::Jpeg => "图片",
            Self::Csv => "CSV 表格",
            Self::Text => "纯文本",
            Self::Workbook => "Excel 工作簿",
            Self::Document => "Word 文档",
        }
    }
}

/// One fault of an attachment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    /// A check, and what is wrong in two languages.
    Is(&'static str, &'static str, &'static str),
    /// It bears a classification mark.
    Secret,
}

/// A file that may be published.
#[derive(Clone, Debug)]
pub(in crate::site) struct Ready {
    /// Path in the site.
    pub(in crate::site) path: String,
    /// What people call its kind.
    pub(in crate::site) kind: &'static str,
    /// Size, in bytes.
    pub(in crate::site) bytes: u64,
    /// Digest of its bytes.
    pub(in crate::site) sha256: Digest,
    /// Its name below the site root, as shown.
    pub(super) file: String,
    /// Width and height of a figure, in pixels.
    pub(super) size: Option<(u32, u32)>,
    source: PathBuf,
}

impl Ready {
    /// The file as a page of the site, read anew.
    ///
    /// # Errors
    /// It cannot be read, or is another than when it was checked.
    pub(super) fn page(&self) -> Result<Page, Failure> {
        let read = |cause| Failure::Read { path: self.source.clone(), cause };
        let body = std::fs::read(&self.source).map_err(read)?;
        if Digest::of(&body) != self.sha256 {
            return Err(Failure::Usage {
                zh: format!("{} 在生成期间被改动，请重新运行", self.file),
                en: format!("{} changed while the site was built; run again", self.file),
            });
        }
        Ok(Page { path: self.path.clone(), body, scope: Scope::Open, append: false })
    }
}

/// All files below `content/` that are no prose, and what was found in those that pages refer to.
#[derive(Debug, Default)]
pub(super) struct Files {
    known: BTreeMap<String, PathBuf>,
    /// By name, and whether it is shown on a page or offered there.
    looked: BTreeMap<(String, bool), Option<Ready>>,
    /// Files that pages of another day refer to.
    later: BTreeSet<String>,
    own: BTreeSet<String>,
    /// Why nothing is built.
    pub(super) refused: Findings,
    /// A file with a classification mark.
    pub(super) secret: Option<String>,
}

impl Files {
    /// No file yet; `own` are the names of the bureau and its units, which properties may give.
    pub(super) fn new(own: BTreeSet<String>) -> Self {
        Self { own, ..Self::default() }
    }

    /// A file of this name below `content/` is there.
    pub(super) fn know(&mut self, name: String, source: PathBuf) {
        self.known.insert(name, source);
    }

    /// Whether there is a file of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }

    /// Files that no page refers to.
    pub(super) fn idle(&self) -> impl Iterator<Item = &str> {
        let named: BTreeSet<&String> = self.looked.keys().map(|(name, _)| name).collect();
        let is_idle = |name: &&String| !named.contains(*name) && !self.later.contains(*name);
        self.known.keys().filter(is_idle).map(String::as_str).collect::<Vec<_>>().into_iter()
    }

    /// The same files, for a page that is not public yet: what it refers to is looked at, and refused on the day.
    pub(super) fn for_later(&self) -> Self {
        Self { known: self.known.clone(), own: self.own.clone(), ..Self::default() }
    }

    /// Pages of another day refer to these.
    pub(super) fn keep_for_later(&mut self, later: Self) {
        self.later.extend(later.looked.into_keys().map(|(name, _)| name));
    }

    /// The files that may be published, by path. Two of one address are refused.
    pub(super) fn ready(&mut self) -> BTreeMap<String, Ready> {
        let mut ready: BTreeMap<String, Ready> = BTreeMap::new();
        for one in std::mem::take(&mut self.looked).into_values().flatten() {
            let Some(other) = ready.insert(one.path.clone(), one.clone()) else { continue };
            for file in [&other.file, &one.file] {
                let note = Note::new("两个文件的网址相同", "two files have one address");
                self.refused.push(at_file(super::FILE_CHECK, file, note));
            }
        }
        ready
    }

    /// The figure of this name, if it can be shown; why not is told once.
    pub(super) fn figure(&mut self, name: &str) -> Option<&Ready> {
        self.look(name, true)
    }

    /// The attachment of this name, if it can be offered; why not is told once.
    pub(super) fn attachment(&mut self, name: &str) -> Option<&Ready> {
        self.look(name, false)
    }

    fn look(&mut self, name: &str, as_figure: bool) -> Option<&Ready> {
        let key = (name.to_owned(), as_figure);
        if !self.looked.contains_key(&key) {
            let ready = self.checked(name, &shown(name), as_figure);
            self.looked.insert(key.clone(), ready);
        }
        self.looked.get(&key)?.as_ref()
    }

    fn checked(&mut self, name: &str, file: &str, as_figure: bool) -> Option<Ready> {
        let source = self.known.get(name)?.clone();
        let check = if as_figure { FIGURE } else { UNREADABLE };
        let mut refuse = |note: Note| {
            self.refused.push(at_file(check, file, note));
            None
        };
        let Some(kind) = Kind::of(name).filter(|kind| kind.is_figure() == as_figure) else {
            return refuse(advice(name, as_figure));
        };
        if std::fs::metadata(&source).is_ok_and(|meta| meta.len() > LARGEST) {
            return refuse(Note::new("文件超过 10 MB", "the file is larger than 10 MB"));
        }
        let Ok(body) = std::fs::read(&source) else {
            return refuse(Note::new("文件无法读取", "the file cannot be read"));
        };
        let size = match as_figure.then(|| picture::size(kind, &body)).transpose() {
            Ok(size) => size,
            Err(note) => return refuse(note),
        };
        let faults = match kind {
            Kind::Workbook | Kind::Document => office::faults(kind, &body, &self.own),
            Kind::Csv | Kind::Text => text_faults(&body),
            Kind::Svg => drawing_faults(&body),
            Kind::Png | Kind::Jpeg => BTreeSet::new(),
        };
        for fault in &faults {
            match (fault, fault.note()) {
                (Fault::Is(check, ..), Some(note)) => {
                    self.refused.push(at_file(check, file, note));
                }
                _ => self.secret = Some(file.to_owned()),
            }
        }
        faults.is_empty().then(|| Ready {
            path: address(name),
            kind: kind.zh(),
            bytes: body.len() as u64,
            sha256: Digest::of(&body),
            file: file.to_owned(),
            size,
            source,
        })
    }
}

/// Faults of plain text: it must be UTF-8, as the downloads of the site are, and no control characters.
fn text_faults(body: &[u8]) -> BTreeSet<Fault> {
    let Ok(text) = std::str::from_utf8(body) else {
        let (zh, en) =
            ("不是 UTF-8 编码：用电子表格软件另存为“CSV UTF-8”", "not UTF-8; save it as CSV UTF-8");
        return BTreeSet::from([Fault::Is(UNREADABLE, zh, en)]);
    };
    let mut faults = BTreeSet::new();
    if text.chars().any(is_unseen) {
        let (zh, en) = ("含有看不见的控制字符", "it has control characters");
        faults.insert(Fault::Is(HIDDEN, zh, en));
    }
    if bears_classification_mark(text) {
        faults.insert(Fault::Secret);
    }
    faults
}

/// Faults of a drawing: of its text, and of its words as they are read, however they are cut and written.
fn drawing_faults(body: &[u8]) -> BTreeSet<Fault> {
    let mut faults = text_faults(body);
    if xml::marks(body).is_some_and(|marks| bears_classification_mark(&xml::words(&marks))) {
        faults.insert(Fault::Secret);
    }
    faults
}

/// What to do with a file of a kind that is not taken.
fn advice(name: &str, as_figure: bool) -> Note {
    if as_figure {
        return Note::new("插图只用 SVG、PNG、JPEG", "figures are SVG, PNG or JPEG");
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("pdf" | "ofd") => Note::new(
            "PDF、OFD 里的文字无法可靠读出和核对：请提供 .docx 或者把内容写进页面",
            "the words of a PDF or OFD file cannot be read and checked with certainty; offer a .docx file, or write them on the page",
        ),
        Some("doc" | "wps" | "rtf" | "odt") => Note::new("请另存为 .docx", "save it as .docx"),
        Some("xls" | "et" | "ods") => {
            Note::new("请另存为 .xlsx 或者 CSV UTF-8", "save it as .xlsx or CSV UTF-8")
        }
        Some("docm" | "xlsm" | "xlsb" | "dotm" | "xltm") => Note::new(
            "含有宏：请另存为 .docx 或者 .xlsx",
            "it has macros; save it as .docx or .xlsx",
        ),
        Some("zip" | "rar" | "7z" | "tar" | "gz") => {
            Note::new("压缩包请拆开，逐个提供", "offer the files of an archive one by one")
        }
        Some("svg" | "png" | "jpg" | "jpeg" | "gif" | "bmp" | "tif" | "tiff" | "webp") => {
            Note::new(
                "图片里的文字无法核对，不能作附件：请作插图并写替代文字",
                "the words of a picture cannot be read; show it as a figure with alternative text",
            )
        }
        _ => Note::new(
            "附件只用 .docx、.xlsx、.csv、.txt",
            "attachments are .docx, .xlsx, .csv or .txt",
        ),
    }
}

/// Where a file of this name below `content/` stands in the site: the same path in safe characters.
pub(super) fn address(name: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "x"));
    let parts: Vec<String> = stem.split('/').map(safe_name).collect();
    format!("{FOLDER}{}.{}", parts.join("/"), ending.to_ascii_lowercase())
}

#[cfg(test)]
mod tests;
