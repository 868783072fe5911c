//! Opens one file of a drop and says what it is. It never follows a link and never waits for a pipe.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use crate::diag::Note;

use super::log::Log;

/// The largest file taken, in bytes.
const LARGEST: u64 = 1 << 30;

/// What a file is, by its name and by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Delimited text.
    Delimited,
    /// YAML.
    Yaml,
    /// An Office Open XML workbook.
    Xlsx,
    /// A binary workbook of the older kind.
    Xls,
}

/// Whether a file of this name would hold records, so that leaving it out loses some.
pub(super) fn is_data_name(path: &Path) -> bool {
    matches!(
        extension(path).as_str(),
        "csv" | "tsv" | "txt" | "yml" | "yaml" | "xlsx" | "xls" | "xlsm" | "xlsb" | "ods" | "et"
    )
}

/// The file's bytes and what they are; `None` after a finding says why not.
pub(super) fn open(path: &Path, log: &mut Log) -> Option<(Kind, Vec<u8>)> {
    let Some(named) = named_kind(path) else {
        if is_data_name(path) {
            log.refuse(
                "unsupported-file",
                Note::new(
                    "请另存为 .xlsx、.xls、.csv 或 .yml",
                    "save it as .xlsx, .xls, .csv or .yml",
                ),
            );
        } else {
            log.note_file(
                "unsupported-file",
                Note::new("不是数据文件，未读取", "not a data file; it was not read"),
            );
        }
        return None;
    };
    let bytes = match read(path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            log.refuse(
                "unsupported-file",
                Note::new("不是普通文件，或超过 1 GiB", "not a regular file, or larger than 1 GiB"),
            );
            return None;
        }
        Err(_) => {
            log.refuse(
                "unreadable-file",
                Note::new("操作系统不许读取", "the system refuses to read it"),
            );
            return None;
        }
    };
    match confirmed_kind(named, &bytes) {
        Ok(kind) => Some((kind, bytes)),
        Err(note) => {
            log.refuse("unsupported-file", note);
            None
        }
    }
}

/// The bytes of a regular file; `None` for anything else. What was opened is what was looked at.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let before = fs::symlink_metadata(path)?;
    if !before.is_file() || before.len() > LARGEST {
        return Ok(None);
    }
    let file = File::open(path)?;
    let opened = file.metadata()?;
    if !opened.is_file() || !is_same(&before, &opened) {
        return Ok(None);
    }
    let mut bytes =
        Vec::with_capacity(usize::try_from(opened.len()).unwrap_or(0).saturating_add(1));
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= LARGEST).then_some(bytes))
}

#[cfg(unix)]
fn is_same(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    a.dev() == b.dev() && a.ino() == b.ino()
}

#[cfg(not(unix))]
fn is_same(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    a.len() == b.len()
}

fn extension(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

fn named_kind(path: &Path) -> Option<Kind> {
    Some(match extension(path).as_str() {
        "csv" | "tsv" | "txt" => Kind::Delimited,
        "yml" | "yaml" => Kind::Yaml,
        "xlsx" => Kind::Xlsx,
        "xls" => Kind::Xls,
        _ => return None,
    })
}

/// What the bytes are, where they fit the name. Exporters write web pages and name them .xls.
fn confirmed_kind(named: Kind, bytes: &[u8]) -> Result<Kind, Note> {
    let found = signature(bytes);
    match (named, found) {
        (Kind::Delimited | Kind::Yaml, Signature::None) => Ok(named),
        (Kind::Xlsx | Kind::Xls, Signature::Zip) => Ok(Kind::Xlsx),
        (Kind::Xlsx | Kind::Xls, Signature::Compound) => Ok(Kind::Xls),
        (_, Signature::Markup) => Err(Note::new(
            "内容是网页，不是表格；请在表格软件中打开后另存为 .xlsx",
            "it is a web page, not a table; open it in a spreadsheet and save it as .xlsx",
        )),
        (Kind::Delimited | Kind::Yaml, _) => Err(Note::new(
            "内容是压缩包或 Excel 文件，与扩展名不符",
            "it is an archive or a workbook, which its name does not say",
        )),
        (Kind::Xlsx | Kind::Xls, _) => Err(Note::new(
            "内容不是 Excel 工作簿，与扩展名不符",
            "it is no workbook, whatever its name says",
        )),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Signature {
    None,
    Zip,
    Gzip,
    Compound,
    Markup,
}

fn signature(bytes: &[u8]) -> Signature {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Signature::Zip;
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Signature::Gzip;
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Signature::Compound;
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let head = text[..text.len().min(16)].to_ascii_lowercase();
    let markup: [&[u8]; 5] = [b"<html", b"<table", b"<!doctype", b"<?xml", b"<meta"];
    if markup.iter().any(|m| head.starts_with(m)) { Signature::Markup } else { Signature::None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_must_fit_the_name() {
        let kind = |named, bytes: &[u8]| confirmed_kind(named, bytes).ok();
        assert_eq!(kind(Kind::Delimited, "文号,名称".as_bytes()), Some(Kind::Delimited));
        assert_eq!(kind(Kind::Xls, b"PK\x03\x04...."), Some(Kind::Xlsx));
        for bytes in [&b"PK\x03\x04"[..], b"\x1f\x8b\x08", b"\xef\xbb\xbf <HTML>", b"<table>"] {
            assert_eq!(kind(Kind::Delimited, bytes), None);
        }
        assert_eq!(kind(Kind::Xlsx, b"a,b"), None);
        assert_eq!(kind(Kind::Xls, b"<html>"), None);
    }

    #[test]
    fn a_link_and_a_foreign_file_are_not_read() {
        let root = tempfile::tempdir().expect("a folder");
        let link = root.path().join("a.csv");
        std::os::unix::fs::symlink("/etc/passwd", &link).expect("a link");
        let mut log = Log::new("a.csv".into());
        assert!(open(&link, &mut log).is_none() && log.refused);
        let picture = root.path().join("a.png");
        fs::write(&picture, "x").expect("a file");
        let mut log = Log::new("a.png".into());
        assert!(open(&picture, &mut log).is_none() && !log.refused);
        assert_eq!(log.findings.len(), 1);
    }
}
