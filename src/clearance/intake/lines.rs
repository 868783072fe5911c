//! Physical lines: what a text editor shows, whatever a parser counts.
//!
//! A line ends with CR LF, with LF, or with a lone CR as old exporters write it.

/// How many line ends `bytes` holds.
pub(super) fn line_ends(bytes: &[u8]) -> u32 {
    let feeds = bytes.iter().filter(|b| **b == b'\n').count();
    let returns = bytes.iter().filter(|b| **b == b'\r').count();
    let pairs = match returns {
        0 => 0,
        _ => bytes.windows(2).filter(|pair| *pair == b"\r\n").count(),
    };
    let ends = feeds + returns - pairs;
    u32::try_from(ends).unwrap_or(u32::MAX)
}

/// Length of the line end at the start of `bytes`, or 0.
pub(super) fn line_end_len(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// The lines of `bytes` without their ends; the last one may be empty.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.iter().position(|b| matches!(b, b'\n' | b'\r')) else {
            rest = None;
            return Some(text);
        };
        rest = Some(&text[end + line_end_len(&text[end..])..]);
        Some(&text[..end])
    })
}

/// Finds the line of offsets that are asked for in ascending order, in one pass.
pub(super) struct LineFinder<'t> {
    bytes: &'t [u8],
    at: usize,
    line: u32,
}

impl<'t> LineFinder<'t> {
    /// Starts at line 1.
    pub(super) fn new(bytes: &'t [u8]) -> Self {
        Self { bytes, at: 0, line: 1 }
    }

    /// The line of `offset`, which is no smaller than the one asked for before.
    pub(super) fn line_of(&mut self, offset: usize) -> u32 {
        let end = offset.clamp(self.at, self.bytes.len());
        self.line += line_ends(&self.bytes[self.at..end]);
        // A CR LF that the offset cuts in two is counted once, with the LF.
        if end > self.at && self.bytes[end - 1] == b'\r' && self.bytes.get(end) == Some(&b'\n') {
            self.line -= 1;
        }
        self.at = end;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts_once() {
        assert_eq!(line_ends(b"a\r\nb\nc\rd"), 3);
        let cut: Vec<&[u8]> = lines(b"a\r\nb\nc\rd").collect();
        assert_eq!(cut, [b"a", b"b", b"c", b"d"]);
        let mut finder = LineFinder::new(b"a\r\nb\nc\rd");
        let found: Vec<u32> = [0, 1, 2, 3, 5, 7].map(|o| finder.line_of(o)).into();
        assert_eq!(found, [1, 1, 1, 2, 3, 4]);
    }
}
