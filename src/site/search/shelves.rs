//! Cuts the index into small files. Their names carry a digest of their content, so that a browser may keep
//! them and a changed file is another file. None is larger than [`MOST_BYTES`].

use serde::Serialize;

use super::super::Page;
use super::super::theme::fingerprint;
use super::fold::Gram;
use super::postings::LETTERS;
use super::{Places, file};
use crate::diag::Failure;

/// Folder of the files.
pub(in crate::site) const FOLDER: &str = "sousuo/suoyin/";
/// Most bytes of one file.
const MOST_BYTES: usize = 50_000;
/// How full a file gets before the next one is begun.
const FULL: usize = MOST_BYTES - 4_000;
/// Most files of entries in a volume, so that its contents fit into one file.
const MOST_FILES: usize = 2200;
/// How many of the pairs that stand in most cases are told apart for the choice of files.
const COMMON: usize = 240;

/// Cases of one year and kind that stand together.
#[derive(Debug, Serialize)]
pub(super) struct Group {
    year: i32,
    kind: &'static str,
    /// Number of its first case.
    first: u32,
    /// How many.
    pub(super) cases: u32,
}

impl Group {
    /// Of one case.
    pub(super) fn new((year, kind): (i32, &'static str), first: u32) -> Self {
        Self { year, kind, first, cases: 1 }
    }

    /// Whether a case of this year and kind belongs to it.
    pub(super) fn is(&self, here: (i32, &'static str)) -> bool {
        (self.year, self.kind) == here
    }
}

/// Files of entries, one line a case.
#[derive(Debug, Default)]
pub(super) struct Shelves {
    open: Vec<u8>,
    lines: u32,
    /// Digests of the files so far, eight letters each.
    pub(super) hashes: String,
    /// Cases of each.
    pub(super) sizes: Vec<u32>,
}

impl Shelves {
    /// Whether the volume has as many files as its contents can name.
    pub(super) fn is_full(&self) -> bool {
        self.sizes.len() >= MOST_FILES
    }

    /// Adds a line; hands out the file that it did not fit into any more.
    pub(super) fn add(&mut self, line: &[u8], volume: usize) -> Option<Page> {
        let full = self.open.len() + line.len() > FULL;
        let page = if full { self.close(volume) } else { None };
        self.open.extend_from_slice(if self.lines == 0 { b"[\n" } else { b",\n" });
        self.open.extend_from_slice(line);
        self.lines += 1;
        page
    }

    /// Ends the open file, if it holds a line.
    pub(super) fn close(&mut self, volume: usize) -> Option<Page> {
        if self.lines == 0 {
            return None;
        }
        self.open.extend_from_slice(b"\n]\n");
        let body = std::mem::take(&mut self.open);
        let hash = digest(&body);
        let path = format!("{FOLDER}d{volume}-{}.{hash}.json", self.sizes.len());
        self.hashes.push_str(&hash);
        self.sizes.push(std::mem::take(&mut self.lines));
        Some(file(path, body))
    }
}

/// Files of postings.
pub(super) struct PostingFiles {
    /// The files.
    pub(super) pages: Vec<Page>,
    /// Their digests.
    pub(super) hashes: String,
}

/// The postings of a volume, in order of their pairs, and the first pair of each file.
///
/// # Errors
/// Never.
pub(super) fn postings(
    volume: usize,
    grams: &[(Gram, Places)],
) -> Result<(PostingFiles, Vec<String>), Failure> {
    let mut files = PostingFiles { pages: Vec::new(), hashes: String::new() };
    let (mut firsts, mut open) = (Vec::new(), Vec::<u8>::new());
    for (gram, places) in grams {
        let text = gram.text();
        let mut line = json(&text)?;
        line.push(b':');
        line.extend(json(&format!("{}.{}", places.head.text(), places.facts.text()))?);
        if open.len() + line.len() > FULL {
            files.end(volume, &mut open);
        }
        if open.is_empty() {
            firsts.push(text);
        }
        open.extend_from_slice(if open.is_empty() { b"{\n" } else { b",\n" });
        open.extend(line);
    }
    files.end(volume, &mut open);
    Ok((files, firsts))
}

impl PostingFiles {
    fn end(&mut self, volume: usize, open: &mut Vec<u8>) {
        if open.is_empty() {
            return;
        }
        let mut body = std::mem::take(open);
        body.extend_from_slice(b"\n}\n");
        let hash = digest(&body);
        let path = format!("{FOLDER}p{volume}-{}.{hash}.json", self.pages.len());
        self.hashes.push_str(&hash);
        self.pages.push(file(path, body));
    }
}

/// The pairs that stand in most cases, most first: a script that may fetch two files asks for others.
pub(super) fn common(counts: impl Iterator<Item = (Gram, u32)>) -> String {
    let mut all: Vec<(std::cmp::Reverse<u32>, Gram)> =
        counts.map(|(gram, count)| (std::cmp::Reverse(count), gram)).collect();
    all.sort_unstable();
    all.truncate(COMMON);
    all.into_iter().map(|(_, gram)| gram.text()).collect::<Vec<_>>().join(" ")
}

/// What stands where in a volume.
#[derive(Serialize)]
pub(super) struct Contents {
    /// How many cases.
    pub(super) cases: u32,
    /// Their years and kinds.
    pub(super) groups: Vec<Group>,
    /// Digests of the files of entries.
    pub(super) entries: String,
    /// Cases in each.
    pub(super) sizes: Vec<u32>,
    /// Digests of the files of postings.
    pub(super) postings: String,
    /// The first pair of each.
    pub(super) firsts: Vec<String>,
    /// Pairs that stand in most cases.
    pub(super) common: String,
}

impl Contents {
    /// The contents file.
    ///
    /// # Errors
    /// Never.
    pub(super) fn page(&self, volume: usize) -> Result<Page, Failure> {
        let mut body = json(self)?;
        body.push(b'\n');
        Ok(file(format!("{FOLDER}m{volume}.{}.json", digest(&body)), body))
    }
}

fn json<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(value).map_err(|_| Failure::Internal("the index does not serialize".into()))
}

/// Eight letters that tell versions of a file apart; written as postings are, and for the same reason.
fn digest(body: &[u8]) -> String {
    let print = fingerprint(body);
    (0..8).map(|i| char::from(LETTERS[(print >> (24 + 5 * i)) as usize % LETTERS.len()])).collect()
}
