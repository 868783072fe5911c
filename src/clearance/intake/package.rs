//! How large a zip package says it is, read from its directory before anything of it is inflated.

/// The most bytes a workbook may inflate to.
const MOST_INFLATED: u64 = 512 << 20;
/// The most bytes of the package itself: deflate cannot give more than 1032 times as much.
const MOST_PACKED: usize = 128 << 20;
/// The most entries; a workbook has some dozens.
const MOST_ENTRIES: usize = 10_000;

/// Whether the package may be opened. A directory that cannot be read says no.
pub(super) fn is_harmless(bytes: &[u8]) -> bool {
    bytes.len() <= MOST_PACKED && inflated(bytes).is_some_and(|total| total <= MOST_INFLATED)
}

/// Sum of the sizes in the central directory (APPNOTE 4.3.12); `None` where it is not as it should be.
fn inflated(bytes: &[u8]) -> Option<u64> {
    let end = bytes.len().checked_sub(22)?;
    let last = end.saturating_sub(usize::from(u16::MAX));
    let at = (last..=end).rev().find(|at| bytes[*at..].starts_with(b"PK\x05\x06"))?;
    let mut entry = usize::try_from(u32_at(bytes, at + 16)?).ok()?;
    let (mut total, mut count) = (0_u64, 0);
    while bytes.get(entry..)?.starts_with(b"PK\x01\x02") {
        count += 1;
        let size = u32_at(bytes, entry + 24)?;
        // Sizes of four gigabytes and more stand elsewhere; no workbook has them.
        if size == u32::MAX || count > MOST_ENTRIES {
            return None;
        }
        total += u64::from(size);
        let lengths = [28, 30, 32].iter().map(|o| u16_at(bytes, entry + o).map(usize::from));
        entry += 46 + lengths.sum::<Option<usize>>()?;
    }
    (count > 0).then_some(total)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory(size: u32) -> Vec<u8> {
        let mut bytes = b"PK\x01\x02".to_vec();
        bytes.extend([0; 20]);
        bytes.extend(size.to_le_bytes());
        bytes.extend([0; 18]);
        bytes.extend(b"PK\x05\x06");
        bytes.extend([0; 18]);
        bytes
    }

    #[test]
    fn what_would_inflate_to_too_much_is_refused() {
        assert!(is_harmless(&directory(1000)));
        assert!(!is_harmless(&directory(600 << 20)));
        assert!(!is_harmless(&directory(u32::MAX)));
        assert!(!is_harmless(b"PK\x03\x04"));
        assert!(!is_harmless(&[]));
    }
}
