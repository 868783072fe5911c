//! The text of a content file: read, cleared of what nobody sees, its places told by line.

use walkdir::DirEntry;

use crate::clearance::bears_classification_mark;
use crate::diag::{Finding, Note};

use super::{FILE_CHECK, Fault, line_of, markdown, refuse};

/// The text of a file, without control characters and marks that turn the direction of text.
pub(super) fn text(entry: &DirEntry, source: &str) -> Result<String, Fault> {
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
    if text.chars().any(is_unseen) {
        Ok(text.chars().filter(|c| !is_unseen(*c)).collect())
    } else {
        Ok(text)
    }
}

/// Whether a character is one that nobody sees: of control, or one that turns the direction of text.
pub(super) fn is_unseen(c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        c => c.is_control(),
    }
}

/// Each link with its line from 1. `before` is where the body begins in `text`.
pub(super) fn with_lines(links: markdown::Links, text: &str, before: usize) -> Vec<(u32, String)> {
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
pub(super) fn sections(body: &str, text: &str) -> Vec<(u32, String)> {
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
