//! The hand on the ledger's files: reads standings and events, writes the next ones aside.
//!
//! It never changes a file in place. What it writes aside is put in place by `publish`, together with
//! the site, or not at all.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::diag::Failure;

use super::chain;
use super::event::{self, Head};
use super::line::{self, LineHead};
use super::version;

/// Name of the event log.
pub(crate) const EVENTS: &str = "events.jsonl";
/// Folder, inside the ledger's, where the next state is written aside.
pub(crate) const NEXT: &str = ".next";

/// Name, in the folder aside, of the disclosures that are not yet in a line.
pub(crate) const SPOOL: &str = "spool";

/// Where a disclosure's JSON, or a whole line, can be read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Number of the file in [`Files`].
    pub(crate) file: u32,
    /// Length in bytes.
    pub(crate) len: u32,
    /// Offset in bytes.
    pub(crate) at: u64,
}

/// Open files, to read lines again where they stand.
#[derive(Debug, Default)]
pub(crate) struct Files(Vec<(PathBuf, File)>);

impl Files {
    /// Adds a file and returns its number.
    pub(crate) fn add(&mut self, path: PathBuf, file: File) -> u32 {
        self.0.push((path, file));
        u32::try_from(self.0.len() - 1).unwrap_or(u32::MAX)
    }

    /// Reads an extent.
    ///
    /// # Errors
    /// The file cannot be read, or is not text.
    pub(crate) fn read(&self, extent: Extent) -> Result<String, Failure> {
        let Some((path, file)) = self.0.get(extent.file as usize) else {
            return Err(Failure::Internal("an extent of no file".into()));
        };
        let mut bytes = vec![0; extent.len as usize];
        file.read_exact_at(&mut bytes, extent.at)
            .map_err(|cause| Failure::Read { path: path.clone(), cause })?;
        let text = simdutf8::basic::from_utf8(&bytes).map_err(|_| damaged(path, 0))?;
        Ok(text.to_owned())
    }
}

/// One case of the index, with where its line stands.
#[derive(Debug)]
pub(crate) struct Slot {
    /// Its head.
    pub(crate) head: LineHead,
    /// Its line in the file it was read from.
    pub(crate) line: Extent,
}

/// The ledger as it stands on disk: heads of all cases, and the end of the log.
#[derive(Debug)]
pub(crate) struct Ledger {
    /// The folder.
    pub(crate) dir: PathBuf,
    /// All cases, in the order of files and lines.
    pub(crate) slots: Vec<Slot>,
    /// Open files of the slots.
    pub(crate) files: Files,
    /// End of the log.
    pub(crate) head: Head,
    /// Length of the log in bytes.
    pub(crate) log_len: u64,
}

impl Ledger {
    /// Opens the ledger in `dir`; a folder that does not exist is an empty ledger. Every line of the log is
    /// held against its digest and its place; what it says is read by those who need it.
    ///
    /// # Errors
    /// A file that cannot be read, a standings line that cannot be understood, a broken log, or files of a newer form.
    pub(crate) fn open(dir: &Path) -> Result<Self, Failure> {
        version::refuse_newer(dir)?;
        let mut files = Files::default();
        let mut slots = Vec::new();
        for name in standings_names(dir)? {
            read_standings(&dir.join(name), &mut files, &mut slots)?;
        }
        let (head, log_len) =
            chain::follow(chain::reader(dir)?).map_err(|stop| stopped(dir, stop))?;
        Ok(Self { dir: dir.to_path_buf(), slots, files, head, log_len })
    }
}

/// Verifies the whole log in `dir`, what every line says included.
///
/// # Errors
/// A line that does not hold, or a file that cannot be read.
pub(crate) fn verified(dir: &Path) -> Result<Head, Failure> {
    let walked = chain::walk(chain::reader(dir)?, drop).map_err(|stop| stopped(dir, stop))?;
    Ok(walked.0)
}

/// What a log that does not hold, or cannot be read, means for a run.
pub(super) fn stopped(dir: &Path, stop: chain::Stop) -> Failure {
    let broken = match stop {
        chain::Stop::Broken(broken) => broken,
        chain::Stop::Unread(cause) => return Failure::Read { path: dir.join(EVENTS), cause },
    };
    let (zh, en) = match broken.fault {
        event::Fault::Unreadable => ("无法识别或被截断", "unreadable or cut off"),
        event::Fault::Digest => ("内容与摘要不符", "content does not fit its digest"),
        event::Fault::Chain => ("与上一行不相接", "does not continue the line before"),
    };
    let path = dir.join(EVENTS);
    Failure::State {
        zh: format!("台账日志 {} 第 {} 行{zh}", path.display(), broken.line),
        en: format!("ledger log {} line {}: {en}", path.display(), broken.line),
    }
}

/// Names of the standings files in a ledger's folder, sorted.
///
/// # Errors
/// The folder cannot be read.
pub(crate) fn standings_names(dir: &Path) -> Result<Vec<String>, Failure> {
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(Failure::Read { path: dir.to_path_buf(), cause }),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|cause| Failure::Read { path: dir.to_path_buf(), cause })?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if year_of(&name).is_some() {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}

/// File name of a year's standings.
pub(crate) fn standings_name(year: i32) -> String {
    format!("standings-{year:04}.jsonl")
}

fn year_of(name: &str) -> Option<i32> {
    name.strip_prefix("standings-")?.strip_suffix(".jsonl")?.parse().ok()
}

fn read_standings(path: &Path, files: &mut Files, slots: &mut Vec<Slot>) -> Result<(), Failure> {
    let fail = |cause| Failure::Read { path: path.to_path_buf(), cause };
    let file = File::open(path).map_err(fail)?;
    let number = files.add(path.to_path_buf(), file.try_clone().map_err(fail)?);
    let mut reader = BufReader::with_capacity(1 << 18, file);
    let (mut text, mut at, mut row) = (String::new(), 0_u64, 0_u32);
    loop {
        text.clear();
        row += 1;
        let read = match reader.read_line(&mut text) {
            Ok(0) => return Ok(()),
            Ok(read) => read,
            Err(e) if e.kind() == std::io::ErrorKind::InvalidData => {
                return Err(damaged(path, row));
            }
            Err(cause) => return Err(fail(cause)),
        };
        let body = text.strip_suffix('\n').ok_or_else(|| damaged(path, row))?;
        let head = line::read_head(body).ok_or_else(|| damaged(path, row))?;
        let len = u32::try_from(body.len()).map_err(|_| damaged(path, row))?;
        slots.push(Slot { head, line: Extent { file: number, at, len } });
        at += read as u64;
    }
}

fn damaged(path: &Path, row: u32) -> Failure {
    Failure::State {
        zh: format!("台账文件 {} 第 {row} 行已损坏", path.display()),
        en: format!("ledger file {} line {row} is damaged", path.display()),
    }
}

/// The bytes of a file, none where it does not exist.
pub(crate) fn read_or_empty(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    match File::open(path) {
        Ok(mut file) => file
            .read_to_end(&mut bytes)
            .map_err(|cause| Failure::Read { path: path.to_path_buf(), cause })?,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => 0,
        Err(cause) => return Err(Failure::Read { path: path.to_path_buf(), cause }),
    };
    Ok(bytes)
}

/// What a file of the ledger in `dir` holds as JSON; nothing, where there is none.
///
/// # Errors
/// The file cannot be read or understood.
pub(super) fn read_json<T: DeserializeOwned + Default>(
    dir: &Path,
    name: &str,
) -> Result<T, Failure> {
    let path = dir.join(name);
    let bytes = read_or_empty(&path)?;
    if bytes.is_empty() {
        return Ok(T::default());
    }
    serde_json::from_slice(&bytes).map_err(|_| Failure::State {
        zh: format!("台账文件 {} 已损坏", path.display()),
        en: format!("ledger file {} is damaged", path.display()),
    })
}

/// The bytes of such a file; where there is nothing to keep, none, and there is no file.
///
/// # Errors
/// Never: what the ledger keeps serializes.
pub(super) fn json_bytes<T: Serialize + Default + PartialEq>(
    value: &T,
) -> Result<Vec<u8>, Failure> {
    if *value == T::default() {
        return Ok(Vec::new());
    }
    let mut bytes = serde_json::to_vec_pretty(value)
        .map_err(|_| Failure::Internal("a file of the ledger does not serialize".into()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A file that is written once, front to back, and can be read where it was written.
pub(crate) struct Spool {
    number: u32,
    writer: std::io::BufWriter<File>,
    path: PathBuf,
    at: u64,
}

impl Spool {
    /// A new file at `path`, added to `files` for reading again.
    ///
    /// # Errors
    /// The file cannot be made.
    pub(crate) fn create(path: &Path, files: &mut Files) -> Result<Self, Failure> {
        let fail = |cause| Failure::Write { path: path.to_path_buf(), cause };
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(path)
            .map_err(fail)?;
        let number = files.add(path.to_path_buf(), file.try_clone().map_err(fail)?);
        let writer = std::io::BufWriter::with_capacity(1 << 18, file);
        Ok(Self { number, writer, path: path.to_path_buf(), at: 0 })
    }

    /// Adds bytes and says where they stand; readable after [`Spool::flush`].
    ///
    /// # Errors
    /// The disk is full, or the piece is larger than a record can be.
    pub(crate) fn add(&mut self, bytes: &[u8]) -> Result<Extent, Failure> {
        let len =
            u32::try_from(bytes.len()).map_err(|_| Failure::Internal("huge record".into()))?;
        let extent = Extent { file: self.number, at: self.at, len };
        self.write(bytes)?;
        Ok(extent)
    }

    /// Ends a line.
    ///
    /// # Errors
    /// The disk is full.
    pub(crate) fn end_line(&mut self) -> Result<(), Failure> {
        self.write(b"\n")
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.at += bytes.len() as u64;
        self.writer
            .write_all(bytes)
            .map_err(|cause| Failure::Write { path: self.path.clone(), cause })
    }

    /// Makes everything added so far readable.
    ///
    /// # Errors
    /// The disk is full.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        self.writer.flush().map_err(|cause| Failure::Write { path: self.path.clone(), cause })
    }
}

/// Index of the slots by case.
pub(crate) fn by_key(
    slots: &[Slot],
) -> BTreeMap<std::sync::Arc<crate::clearance::RecordKey>, usize> {
    slots.iter().enumerate().map(|(i, s)| (std::sync::Arc::clone(&s.head.key), i)).collect()
}
