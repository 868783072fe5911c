//! A zip file as a target: for a portal whose editors import a package by hand. All links in it are relative;
//! `meta.csv` tells of each page title, column, day and source, and what is to be done with it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Read as _, Write as _};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::diag::Failure;
use crate::law::Day;
use crate::ledger::Digest;
use crate::site::{csv_line, plain};

use super::super::manifest::{self, Change, FileEntry, Manifest};
use super::super::whole::replace_by;
use super::{Built, Sent, Stands};

/// Name of the table of pages, in the package.
const META: &str = "meta.csv";

/// The site in the package at `path`; none where there is no package.
///
/// # Errors
/// It is no package of this program's.
pub(crate) fn stands(path: &Path) -> Result<Option<Stands>, Failure> {
    let shown = path.display().to_string();
    match read(path, manifest::NAME)? {
        Some(text) => Stands::of(&text, &shown).map(Some),
        None if path.exists() => Err(Failure::State {
            zh: format!("{shown} 不是 gongshi 打的包，未覆盖；请换一个文件名"),
            en: format!("{shown} is no package of gongshi and is not replaced: name another file"),
        }),
        None => Ok(None),
    }
}

/// A file of the package at `path`; none where there is no package, or no such file in it.
///
/// # Errors
/// It cannot be read.
fn read(path: &Path, name: &str) -> Result<Option<Vec<u8>>, Failure> {
    let fail = |cause| Failure::Read { path: path.to_path_buf(), cause };
    let Some(Ok(mut package)) = opened(path)?.map(ZipArchive::new) else { return Ok(None) };
    let Ok(mut entry) = package.by_name(name) else { return Ok(None) };
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes).map_err(fail)?;
    Ok(Some(bytes))
}

/// The file of the package; none where there is none.
fn opened(path: &Path) -> Result<Option<File>, Failure> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(Failure::Read { path: path.to_path_buf(), cause }),
    }
}

/// All files of the package at `path`, by name.
///
/// # Errors
/// It cannot be read.
pub(crate) fn read_all(path: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let fail = |cause| Failure::Read { path: path.to_path_buf(), cause };
    let Some(Ok(mut package)) = opened(path)?.map(ZipArchive::new) else {
        return Ok(BTreeMap::new());
    };
    let mut files = BTreeMap::new();
    for at in 0..package.len() {
        let Ok(mut entry) = package.by_index(at) else { continue };
        let Ok(name) = entry.name().map(|name| name.into_owned()) else { continue };
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(fail)?;
        files.insert(name, bytes);
    }
    Ok(files)
}

/// Packs the whole site; `old` is what the last package held.
///
/// # Errors
/// The disk is full, or a file is not as it was built; then the old package stands.
pub(crate) fn pack(path: &Path, site: &Built, old: Option<&Manifest>) -> Result<Sent, Failure> {
    let changes = site.manifest.changes_since(old);
    if old.is_some() && changes.is_empty() && holds(path, site)? {
        return Ok(Sent::default());
    }
    let mut meta = "\u{feff}".as_bytes().to_vec();
    meta.extend(csv_line(&["路径", "标题", "栏目", "发布日期", "来源", "操作"])?);
    let mut sent = Sent::default();
    replace_by(path, |file| {
        let mut package = ZipWriter::new(BufWriter::new(file));
        let options = options(site.manifest.as_of);
        let mut put = |name: &str, bytes: &[u8]| -> Result<(), Failure> {
            package.start_file(name, options).map_err(|e| broken(path, e))?;
            package.write_all(bytes).map_err(|cause| fail(path, cause))?;
            (sent.written, sent.bytes) = (sent.written + 1, sent.bytes + bytes.len() as u64);
            Ok(())
        };
        for entry in &site.manifest.files {
            let bytes = site.file(&entry.path)?;
            put(&entry.path, &bytes)?;
            if entry.path.ends_with(".html") {
                let at = changes.binary_search_by_key(&&*entry.path, |(path, _)| *path);
                let change = at.ok().map(|at| changes[at].1);
                meta.extend(row(&entry.path, &String::from_utf8_lossy(&bytes), change)?);
            }
        }
        for (path, _) in changes.iter().filter(|(_, change)| *change == Change::Removed) {
            if path.ends_with(".html") {
                meta.extend(row(path, "", Some(Change::Removed))?);
            }
        }
        put(META, &meta)?;
        put(manifest::NAME, &site.text)?;
        let mut file = package.finish().map_err(|e| broken(path, e))?;
        file.flush().map_err(|cause| fail(path, cause))
    })?;
    sent.removed = changes.iter().filter(|(_, change)| *change == Change::Removed).count() as u64;
    Ok(sent)
}

/// Whether the package holds this site, byte for byte.
fn holds(path: &Path, site: &Built) -> Result<bool, Failure> {
    let files = read_all(path)?;
    let is_there = |file: &FileEntry| {
        files.get(&file.path).is_some_and(|bytes| Digest::of(bytes) == file.sha256)
    };
    let is_same = files.get(manifest::NAME) == Some(&site.text);
    Ok(is_same && site.manifest.files.iter().all(is_there))
}

/// The day is the site's own, so that the same site gives the same package.
fn options(day: Day) -> SimpleFileOptions {
    let part = |n: u32| u8::try_from(n).unwrap_or(1);
    let year = u16::try_from(day.year()).unwrap_or(1980);
    let of_month = u8::try_from(day.day_of_month()).unwrap_or(1);
    let time = DateTime::from_date_and_time(year, part(day.month()), of_month, 0, 0, 0);
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(time.unwrap_or_default())
        .unix_permissions(0o644)
}

/// The row of one page.
fn row(path: &str, html: &str, change: Option<Change>) -> Result<Vec<u8>, Failure> {
    let title = said(html, "ArticleTitle").or_else(|| said(html, "ColumnName"));
    let deed = match change {
        Some(Change::Added) => "新增",
        Some(Change::Changed) => "更新",
        Some(Change::Removed) => "删除",
        None => "不变",
    };
    let of = |name| said(html, name).unwrap_or_default();
    csv_line(&[
        path,
        &title.unwrap_or_default(),
        &of("ColumnName"),
        &of("PubDate"),
        &of("ContentSource"),
        deed,
    ])
}

/// What a page says of itself by this name.
fn said(html: &str, name: &str) -> Option<String> {
    let head = &html[..html.find("</head>").unwrap_or(html.len())];
    let (_, rest) = head.split_once(&format!("<meta name=\"{name}\" content=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(plain(value))
}

fn broken(path: &Path, e: zip::result::ZipError) -> Failure {
    match e {
        zip::result::ZipError::Io(cause) => fail(path, cause),
        other => Failure::Internal(format!("a package: {other}")),
    }
}

fn fail(path: &Path, cause: std::io::Error) -> Failure {
    Failure::Write { path: path.to_path_buf(), cause }
}
