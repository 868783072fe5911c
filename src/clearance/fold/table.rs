//! What becomes of each character in the fold. Facts of Unicode and tables of `data/redact`; no policy.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

/// What a first byte asks for.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// Copied as it stands.
    Copy,
    /// The first of three bytes of a Han character.
    Han,
    /// A blank or mark that is closed between Han characters.
    Gap,
    /// May begin an entity, an escape or a tag.
    Markup,
    /// The first of three bytes of a mark of Chinese text, or of something rarer.
    Wide,
    /// Looked at one by one.
    Slow,
}

/// One step for each first byte.
pub(super) static STEPS: [Step; 256] = steps();

const fn steps() -> [Step; 256] {
    let mut steps = [Step::Slow; 256];
    let mut i = 0x20;
    while i < 0x7f {
        steps[i] = Step::Copy;
        i += 1;
    }
    let gaps = *b" \t\n\r.*`#~_";
    let mut i = 0;
    while i < gaps.len() {
        steps[gaps[i] as usize] = Step::Gap;
        i += 1;
    }
    steps[b'&' as usize] = Step::Markup;
    steps[b'<' as usize] = Step::Markup;
    steps[b'%' as usize] = Step::Markup;
    steps[b'\\' as usize] = Step::Markup;
    steps[0xe2] = Step::Wide;
    steps[0xe3] = Step::Wide;
    steps[0xef] = Step::Wide;
    let mut i = 0xe4;
    while i <= 0xe9 {
        steps[i] = Step::Han;
        i += 1;
    }
    steps
}

/// How many bytes from the beginning are ASCII that is copied, blanks and marks included: where no
/// Han character stands before them, no gap among them is closed.
pub(super) fn copied(bytes: &[u8]) -> usize {
    let stays = |byte: &u8| matches!(STEPS[usize::from(*byte)], Step::Copy | Step::Gap);
    bytes.iter().position(|byte| !stays(byte)).unwrap_or(bytes.len())
}

/// Stands for what is read as nothing: a tag.
pub(super) const NOTHING: char = '\u{200b}';

const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;
/// The first character of three bytes that begins as Han characters do: E4 80 80.
const BLOCK: u32 = 0x4000;

/// Traditional characters and radicals with what they are compared as.
pub(super) struct Variants {
    han: Box<[u16]>,
    /// One bit for each Han character from U+4000 that changes, a word for each second byte: small
    /// enough to stay at hand.
    changes: Box<[u64]>,
    radicals: Box<[u16]>,
}

static VARIANTS: LazyLock<Variants> = LazyLock::new(|| {
    let han = column(include_str!("../../../data/redact/variants.tsv"), FIRST, LAST);
    let bits = |word: &[u16]| word.iter().rev().fold(0, |w, to| (w << 1) | u64::from(*to != 0));
    let rare = vec![0; ((FIRST - BLOCK) / 64) as usize];
    let changes = rare.into_iter().chain(han.chunks(64).map(bits)).collect();
    let radicals = column(include_str!("../../../data/redact/radicals.tsv"), 0x2e80, 0x2eff);
    Variants { han, changes, radicals }
});

/// The second column by the code of the first, 0 where there is none.
fn column(table: &str, first: u32, last: u32) -> Box<[u16]> {
    let mut by_code = vec![0_u16; (last - first + 1) as usize].into_boxed_slice();
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let mut chars = line.chars();
        let (Some(key), Some('\t'), Some(to)) = (chars.next(), chars.next(), chars.next()) else {
            continue;
        };
        let slot = u32::from(key).checked_sub(first).and_then(|i| by_code.get_mut(i as usize));
        if let (Some(slot), Ok(to)) = (slot, u16::try_from(u32::from(to))) {
            *slot = to;
        }
    }
    by_code
}

impl Variants {
    /// The tables, read once.
    pub(super) fn get() -> &'static Self {
        &VARIANTS
    }

    /// How many bytes from the beginning are Han characters that are compared as themselves.
    pub(super) fn staying(&self, bytes: &[u8]) -> usize {
        const HEAD: usize = 0xe4 * 64 + 0x80;
        let mut length = 0;
        for han in bytes.chunks_exact(3) {
            // No other first byte reaches a word of the table.
            let word = (usize::from(han[0]) * 64 + usize::from(han[1])).wrapping_sub(HEAD);
            match self.changes.get(word) {
                Some(changes) if (changes >> (han[2] & 0x3f)) & 1 == 0 => length += 3,
                _ => break,
            }
        }
        length
    }

    fn of(&self, c: char) -> Option<char> {
        let code = u32::from(c);
        let to = match code {
            FIRST..=LAST => self.han[(code - FIRST) as usize],
            0x2e80..=0x2eff => self.radicals[(code - 0x2e80) as usize],
            _ => 0,
        };
        (to != 0).then(|| char::from_u32(u32::from(to))).flatten()
    }
}

/// Whether a character is invisible or a control: it is neither compared nor published.
pub(in crate::clearance) fn is_dropped(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' => true,
        '\u{a0}'..='\u{ff}' => false,
        '\u{300}'..='\u{36f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' => true,
        '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' => true,
        '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' => true,
        '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' => true,
        '\u{e000}'..='\u{f8ff}' => false,
        '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}

/// Whether a character is a blank of any width, line breaks included.
pub(in crate::clearance) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}'
}

/// What is closed between two Han characters: blanks, invisible characters, and the dots and marks
/// that part the letters of a name (`张·三`, `张.三`, `**张**三`).
pub(super) fn is_gap(c: char) -> bool {
    if is_spacing_accent(c) {
        return true;
    }
    matches!(c, '.' | '*' | '`' | '#' | '~' | '_' | '·' | '•' | '‧' | '∙' | '⋅' | '・' | '．' | '･')
        || is_blank(c)
        || is_dropped(c)
}

/// Whether a character is an accent with a place of its own: it folds to nothing.
fn is_spacing_accent(c: char) -> bool {
    matches!(c, '\u{a8}' | '\u{af}' | '\u{b4}' | '\u{b8}' | '\u{2d8}'..='\u{2dd}' | '\u{37a}')
        || matches!(c, '\u{384}' | '\u{385}' | '\u{1fbd}' | '\u{1fbf}'..='\u{1fc1}' | '\u{1ffd}')
        || matches!(c, '\u{1fcd}'..='\u{1fcf}' | '\u{1fdd}'..='\u{1fdf}' | '\u{1fed}'..='\u{1fef}')
        || matches!(c, '\u{1ffe}' | '\u{2017}' | '\u{203e}' | '\u{ffe3}')
}

/// Whether a character folds to a Han character.
pub(super) fn looks_han(c: char) -> bool {
    super::is_han(c)
        || matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

/// Whether a character outside the quick ranges is compared as itself.
pub(super) fn stays(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' | ' '..='~' => true,
        '\u{3001}'..='\u{3035}' | '·' | '‘'..='”' | '—' => true,
        '\u{4e00}'..='\u{9fff}' => Variants::get().of(c).is_none(),
        _ => false,
    }
}

/// The folded form of one character.
pub(super) fn fold_char(c: char, variants: &Variants, out: &mut String) {
    if is_dropped(c) {
        return;
    }
    if let '！'..='～' = c {
        out.extend(char::from_u32(u32::from(c) - 0xfee0));
        return;
    }
    if matches!(c, '○' | '◯') {
        // Written for the Han zero, which most keyboards lack.
        out.push('〇');
        return;
    }
    if let Some(digit) = foreign_digit(c) {
        out.push(digit);
        return;
    }
    for n in std::iter::once(c).nfkc() {
        let n = if is_blank(n) && !matches!(n, '\t' | '\n' | '\r') { ' ' } else { n };
        // A spacing accent is a blank and an accent to NFKC; neither is compared.
        let accent = n == ' ' && !is_blank(c);
        if !is_dropped(n) && !accent {
            out.push(variants.of(n).unwrap_or(n));
        }
    }
}

/// Zeros of the decimal digits of other scripts (general category Nd) outside NFKC's reach.
const ZEROS: [u32; 21] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0xa620,
];
/// Ones of circled digits that NFKC leaves.
const CIRCLED_ONES: [u32; 4] = [0x2776, 0x2780, 0x278a, 0x24f5];

fn foreign_digit(c: char) -> Option<char> {
    let code = u32::from(c);
    if !(0x660..=0xa62a).contains(&code) {
        return None;
    }
    let in_block = |first: u32, count: u32| code.checked_sub(first).filter(|d| *d < count);
    let decimal = ZEROS.iter().find_map(|zero| in_block(*zero, 10));
    let circled = || CIRCLED_ONES.iter().find_map(|one| in_block(*one, 9).map(|d| d + 1));
    decimal.or_else(circled).and_then(|d| char::from_digit(d, 10))
}
