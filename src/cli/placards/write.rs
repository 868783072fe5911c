//! Writes the sheets. The audit reads the pages first: nothing is written of a record that it refuses, and a PDF
//! file is made of the facts of those pages and of nothing else.

use std::collections::BTreeMap;
use std::path::Path;

use crate::audit::{AuditedPage, Auditor};
use crate::diag::{Failure, Finding};
use crate::publish;
use crate::site::{FontFile, Layout, Press, Unset};

use super::super::root::Root;

/// Writes the pages with their styles, codes and portraits, as they stand in the site.
///
/// # Errors
/// The audit refuses a page, or a file cannot be written.
pub(super) fn pages(root: &Root, press: &Press, out: &Path) -> Result<(), Failure> {
    for page in audited(root, press)? {
        publish::replace(&out.join(page.path()), page.body())?;
    }
    Ok(())
}

/// Writes one PDF file for each kind.
///
/// # Errors
/// The audit refuses a page, the font lacks a character, or a file cannot be written.
pub(super) fn pdf(
    root: &Root,
    press: &Press,
    layouts: &[Layout],
    out: &Path,
    font: &FontFile,
) -> Result<(), Failure> {
    audited(root, press)?;
    for layout in layouts {
        let made = press.placards().pdf(*layout, font).map_err(|unset| lacking(unset, font))?;
        if let Some(bytes) = made {
            publish::replace(&out.join(format!("{}.pdf", layout.word())), &bytes)?;
        }
    }
    Ok(())
}

/// The sheets as pages, read by the audit.
fn audited(root: &Root, press: &Press) -> Result<Vec<AuditedPage>, Failure> {
    let auditor = Auditor::new(BTreeMap::new(), &root.bureau, &root.staff)?;
    let mut found: Vec<Finding> = Vec::new();
    let mut pages = Vec::new();
    for page in press.sheets()? {
        match auditor.read(page) {
            Ok(page) => pages.push(page),
            Err(more) => found.extend(more.iter().cloned()),
        }
    }
    if found.is_empty() { Ok(pages) } else { Err(Failure::Leak(found.into())) }
}

fn lacking(unset: Unset, font: &FontFile) -> Failure {
    let path = font.path().display();
    match unset {
        Unset::Font => Failure::State {
            zh: format!("字体文件 {path} 不能嵌入 PDF；请用 --font 指定另一个"),
            en: format!("the font {path} cannot be embedded; name another with --font"),
        },
        Unset::Characters(n) => Failure::State {
            zh: format!(
                "字体文件 {path} 缺 {n} 个字（在单位名称、职责、地址中），未写出；请用 --font 指定收字齐全的字体"
            ),
            en: format!(
                "the font {path} lacks {n} characters of units' names, duties or addresses: nothing written; name another with --font"
            ),
        },
    }
}
