//! A workbook or a document is a packed folder of XML: its text cannot be read from outside. Unpacks both, for
//! the checks of attachments and for the audit. It judges nothing.

use std::io::{Cursor, Read as _};

/// Endings of files that are packed.
const ENDINGS: [&str; 2] = ["xlsx", "docx"];
/// Most bytes that a file may unpack to: small ones that swell without end are none of ours.
const MOST: u64 = 64 << 20;

/// One file of a packed folder.
pub(crate) struct Part {
    /// Its path in the folder.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) body: Vec<u8>,
}

/// Whether a file has to be unpacked before it can be read.
pub(crate) fn is_packed(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// The parts of a packed file, folders left out. `None` where it cannot be unpacked, is locked with a
/// password, or is larger than an office file could be.
pub(crate) fn parts(packed: &[u8]) -> Option<Vec<Part>> {
    let mut folder = zip::ZipArchive::new(Cursor::new(packed)).ok()?;
    let (mut parts, mut left) = (Vec::with_capacity(folder.len()), MOST);
    for i in 0..folder.len() {
        let file = folder.by_index(i).ok()?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().ok()?.into_owned();
        let mut body = Vec::new();
        let size = file.take(left + 1).read_to_end(&mut body).ok()? as u64;
        left = left.checked_sub(size)?;
        parts.push(Part { name, body });
    }
    Some(parts)
}

/// A packed file of these parts.
#[cfg(test)]
pub(crate) fn packed_of(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write as _;
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        out.write_all(text.as_bytes()).expect("written");
    }
    out.finish().expect("a file").into_inner()
}
