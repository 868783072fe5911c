//! Walks the log's lines on all cores, a piece at a time: every line is verified, and memory does not grow
//! with the log.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;

use rayon::prelude::*;

use crate::diag::Failure;

use super::Digest;
use super::event::{self, Broken, Event, Fault, Head};
use super::store::EVENTS;

/// Bytes that are read and verified together.
const PIECE: u64 = 8 << 20;

/// Why a walk ended early.
#[derive(Debug)]
pub(super) enum Stop {
    /// The file cannot be read.
    Unread(std::io::Error),
    /// A line does not hold.
    Broken(Broken),
}

/// What of a line makes it a link of the chain.
trait Linked: Send + Sized {
    /// Reads a line: the link, the digest of its body and the digest it states.
    fn open(line: &[u8]) -> Option<(Self, (Digest, Digest))>;

    /// Its number, and the digest of the line before.
    fn link(&self) -> (u64, Digest);
}

impl Linked for Event {
    fn open(line: &[u8]) -> Option<(Self, (Digest, Digest))> {
        event::open(line)
    }

    fn link(&self) -> (u64, Digest) {
        (self.seq, self.prev)
    }
}

/// A line of which nothing but its place in the chain is read.
struct Link(u64, Digest);

impl Linked for Link {
    fn open(line: &[u8]) -> Option<(Self, (Digest, Digest))> {
        let ((seq, prev), digests) = event::link(line)?;
        Some((Self(seq, prev), digests))
    }

    fn link(&self) -> (u64, Digest) {
        (self.0, self.1)
    }
}

/// Verifies every line and hands each event on, in order; returns the end of the log and its length in
/// bytes. Nothing of a line that does not hold is handed on.
///
/// # Errors
/// The first line that does not hold, or the reader's own.
pub(super) fn walk(reader: impl Read, each: impl FnMut(Event)) -> Result<(Head, u64), Stop> {
    walk_by(PIECE, reader, each)
}

/// Verifies digest, number and place of every line, without reading what it says: a line whose digest holds
/// and that the next one continues is one the ledger wrote. Returns what [`walk`] returns.
///
/// # Errors
/// The first line that does not hold, or the reader's own.
pub(super) fn follow(reader: impl Read) -> Result<(Head, u64), Stop> {
    walk_by(PIECE, reader, |_: Link| ())
}

fn walk_by<L: Linked>(
    size: u64,
    mut reader: impl Read,
    mut each: impl FnMut(L),
) -> Result<(Head, u64), Stop> {
    let (mut head, mut len, mut piece) = (Head::EMPTY, 0, Vec::new());
    loop {
        let read = reader.by_ref().take(size).read_to_end(&mut piece).map_err(Stop::Unread)?;
        // What follows the last line end waits for the next piece; at the end of the log it is torn.
        let whole = match memchr::memrchr(b'\n', &piece) {
            _ if read == 0 => piece.len(),
            Some(end) => end + 1,
            None => continue,
        };
        let lines = lines(&piece[..whole]);
        let opened: Vec<_> = lines.par_iter().map(|line| opened(line)).collect();
        for line in opened {
            let (event, next) = follows(line, head).map_err(Stop::Broken)?;
            head = next;
            each(event);
        }
        len += whole as u64;
        if read == 0 {
            return Ok((head, len));
        }
        piece.drain(..whole);
    }
}

/// The lines of a piece, each with its line end.
fn lines(piece: &[u8]) -> Vec<&[u8]> {
    let mut begin = 0;
    let ends = memchr::memchr_iter(b'\n', piece).map(|end| end + 1);
    let rest = std::iter::once(piece.len()).filter(|_| piece.last().is_some_and(|b| *b != b'\n'));
    let line = |end| &piece[std::mem::replace(&mut begin, end)..end];
    ends.chain(rest).map(line).collect()
}

/// The log in `dir`, to be walked; an empty one where there is none.
///
/// # Errors
/// It cannot be read.
pub(super) fn reader(dir: &Path) -> Result<Box<dyn Read>, Failure> {
    let path = dir.join(EVENTS);
    match File::open(&path) {
        Ok(file) => Ok(Box::new(file)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Box::new(std::io::empty())),
        Err(cause) => Err(Failure::Read { path, cause }),
    }
}

/// The digest that line `number` of the log in `dir` states; of no line, what a chain starts from. Nothing
/// is verified: that is for [`walk`].
///
/// # Errors
/// It cannot be read.
pub(crate) fn stated_at(dir: &Path, number: u64) -> Result<Option<Digest>, Failure> {
    let Some(before) = number.checked_sub(1) else { return Ok(Some(Digest::ZERO)) };
    let fail = |cause| Failure::Read { path: dir.join(EVENTS), cause };
    let mut reader = BufReader::with_capacity(1 << 18, reader(dir)?);
    for _ in 0..before {
        if reader.skip_until(b'\n').map_err(fail)? == 0 {
            return Ok(None);
        }
    }
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line).map_err(fail)?;
    Ok(opened::<Event>(&line).map(|(_, (_, stated))| stated))
}

type Opened<L> = Option<(L, (Digest, Digest))>;

fn opened<L: Linked>(line: &[u8]) -> Opened<L> {
    line.strip_suffix(b"\n").and_then(L::open)
}

/// The event of a line that follows `head`, and the head with it.
fn follows<L: Linked>(line: Opened<L>, head: Head) -> Result<(L, Head), Broken> {
    let at = head.events + 1;
    let broken = |fault| Broken { line: at, fault };
    let (event, (digest, stated)) = line.ok_or_else(|| broken(Fault::Unreadable))?;
    if digest != stated {
        return Err(broken(Fault::Digest));
    }
    if event.link() != (at, head.digest) {
        return Err(broken(Fault::Chain));
    }
    Ok((event, Head { events: at, digest }))
}

#[cfg(test)]
mod tests {
    use super::super::event::tests::log;
    use super::*;

    #[test]
    fn pieces_of_any_size_tell_the_same() {
        let sound = log(5);
        for size in 1..=sound.len() as u64 + 1 {
            let mut seen = Vec::new();
            let (head, len) =
                walk_by(size, &*sound, |e: Event| seen.push(e.seq)).expect("it holds");
            assert_eq!((head.events, len), (5, sound.len() as u64), "pieces of {size}");
            assert_eq!(seen, [1, 2, 3, 4, 5]);
        }
    }

    #[test]
    fn damage_is_told_in_its_line_whatever_the_size_of_pieces() {
        let sound = log(4);
        for at in (0..sound.len()).step_by(3) {
            let mut bad = sound.clone();
            bad[at] ^= 1;
            let whole = event::verify(&bad).expect_err("damage");
            for size in [1, 7, 100, 500] {
                let mut seen = 0;
                let stop = walk_by(size, &*bad, |_: Event| seen += 1).expect_err("damage");
                assert!(matches!(stop, Stop::Broken(b) if b == whole), "byte {at}, {size}");
                assert_eq!(seen, whole.line - 1, "nothing of the damage is handed on");
            }
            let cut = event::verify(&sound[..at]);
            let walked = walk_by(9, &sound[..at], drop::<Event>);
            assert_eq!(walked.ok().map(|(head, _)| head), cut.ok(), "cut at {at}");
            let lightly = follow(&*bad).expect_err("damage");
            assert!(matches!(lightly, Stop::Broken(b) if b.line == whole.line), "byte {at}");
            assert_eq!(follow(&sound[..at]).ok().map(|(head, _)| head), cut.ok(), "cut at {at}");
        }
    }

    #[test]
    fn what_a_line_states_is_read_where_it_stands() {
        let dir = tempfile::tempdir().expect("a folder");
        let sound = log(3);
        std::fs::write(dir.path().join(EVENTS), &sound).expect("a file");
        let head = event::verify(&sound).expect("it holds");
        let at = |n| stated_at(dir.path(), n).expect("read");
        assert_eq!(at(0), Some(Digest::ZERO));
        assert_eq!((at(3), at(4)), (Some(head.digest), None));
        let first = sound.iter().position(|b| *b == b'\n').expect("a line") + 1;
        assert_eq!(at(1), event::verify(&sound[..first]).ok().map(|h| h.digest));
        assert_eq!(stated_at(&dir.path().join("none"), 1).expect("read"), None);
    }
}
