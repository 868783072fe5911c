//! A workbook is a packed folder of XML: its text cannot be read from outside. It is unpacked here, and each part
//! is read as a page is. The one hand on zip. What cannot be unpacked is refused, not passed.

use std::io::{Cursor, Read as _};

use crate::diag::{Finding, Findings};
use crate::site::Page;

use super::at;

/// A file that the audit cannot read.
const UNREADABLE: &str = "unreadable-output";
/// Most bytes that one part may unpack to.
const MOST: u64 = 64 << 20;

/// Whether a file has to be unpacked before it can be read.
pub(super) fn is_packed(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("xlsx"))
}

/// The parts of a packed file as pages of its scope, each with its own path behind that of the file.
///
/// # Errors
/// It cannot be unpacked, or a part is larger than a workbook of ours could be.
pub(super) fn parts(page: &Page) -> Result<Vec<Page>, Findings> {
    let broken = || Findings::from(vec![Finding::new(UNREADABLE, at(&page.path, 0))]);
    let mut folder =
        zip::ZipArchive::new(Cursor::new(page.body.as_slice())).map_err(|_| broken())?;
    let mut parts = Vec::with_capacity(folder.len());
    for i in 0..folder.len() {
        let file = folder.by_index(i).map_err(|_| broken())?;
        let name = file.name().map_err(|_| broken())?.into_owned();
        let mut body = Vec::new();
        let size = file.take(MOST + 1).read_to_end(&mut body).map_err(|_| broken())?;
        if size as u64 > MOST {
            return Err(broken());
        }
        // Every part is XML; one that is named otherwise is read as XML all the same.
        let ending = if name.ends_with(".xml") { "" } else { ".xml" };
        let path = format!("{}/{name}{ending}", page.path);
        parts.push(Page { path, body, scope: page.scope.clone(), append: false });
    }
    Ok(parts)
}
