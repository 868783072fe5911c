//! Which cases a pair of characters stands in, as a short text. Numbers only, written in letters: no list
//! can read as a telephone number, nor as the name of a case.

/// Thirty-two letters. No figure is among them, and of the small consonants, of which names of cases are
/// made, only one that these names never use.
pub(super) const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZaeioul";

/// Opens a list that is written as one bit a case.
const BITS: char = '=';
/// Cases in one letter of such a list.
const BITS_IN_LETTER: u32 = 5;
/// Bits of a number in one letter; the fifth says that more follow.
const STEP: u32 = 4;

/// Case numbers that only grow.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    /// The gaps, written.
    gaps: Vec<u8>,
    /// One more than the last number.
    next: u32,
    count: u32,
}

impl Postings {
    /// Adds a number above all before; says how many bytes that took.
    pub(super) fn push(&mut self, number: u32) -> usize {
        let before = self.gaps.len();
        let mut gap = number.saturating_sub(self.next);
        while gap >= 1 << STEP {
            self.gaps.push(letter(gap & ((1 << STEP) - 1) | 1 << STEP));
            gap >>= STEP;
        }
        self.gaps.push(letter(gap));
        self.next = number + 1;
        self.count += 1;
        self.gaps.len() - before
    }

    /// How many numbers.
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// The list as text: gaps, or bits where these are shorter.
    pub(super) fn text(&self) -> String {
        let letters = self.next.div_ceil(BITS_IN_LETTER);
        if usize::try_from(letters).is_ok_and(|n| n < self.gaps.len()) {
            return self.bits();
        }
        self.gaps.iter().map(|b| char::from(*b)).collect()
    }

    fn bits(&self) -> String {
        let mut text = String::from(BITS);
        let (mut at, mut bits) = (0, 0);
        for number in read_gaps(&self.gaps) {
            while number >= at + BITS_IN_LETTER {
                text.push(char::from(letter(bits)));
                (at, bits) = (at + BITS_IN_LETTER, 0);
            }
            bits |= 1 << (number - at);
        }
        text.push(char::from(letter(bits)));
        text
    }
}

fn letter(value: u32) -> u8 {
    usize::try_from(value).ok().and_then(|v| LETTERS.get(v)).copied().unwrap_or(LETTERS[0])
}

/// The numbers in written gaps.
fn read_gaps(gaps: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let value = |b: &u8| LETTERS.iter().position(|l| l == b).and_then(|v| u32::try_from(v).ok());
    let mut values = gaps.iter().filter_map(value);
    let mut next = 0;
    std::iter::from_fn(move || {
        let (mut gap, mut shift) = (0, 0);
        loop {
            let value = values.next()?;
            gap |= (value & ((1 << STEP) - 1)) << shift;
            shift += STEP;
            if value < 1 << STEP {
                break;
            }
        }
        let number = next + gap;
        next = number + 1;
        Some(number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(numbers: &[u32]) -> Postings {
        let mut list = Postings::default();
        numbers.iter().for_each(|n| {
            list.push(*n);
        });
        list
    }

    #[test]
    fn numbers_come_back() {
        for numbers in [vec![0], vec![15, 16, 17], vec![0, 99_999], vec![3, 40, 41, 5000, 70_000]] {
            assert_eq!(read_gaps(&list(&numbers).gaps).collect::<Vec<_>>(), numbers);
        }
    }

    #[test]
    fn a_pair_that_stands_everywhere_takes_a_fifth_of_a_letter_a_case() {
        let text = list(&(0..100_000).collect::<Vec<_>>()).text();
        assert!(text.starts_with("=l") && text.len() == 20_001, "{}", text.len());
        assert_eq!(list(&[0, 1, 2, 3, 4, 5, 6, 9]).text(), "=lT");
        assert_eq!(list(&[2]).text(), "C");
    }

    #[test]
    fn no_list_reads_as_a_number_or_a_name() {
        let names = "bcdfghjkmnpqrstvwxyz23456789";
        assert!(LETTERS.iter().all(|l| !names.contains(char::from(*l)) && l.is_ascii_alphabetic()));
    }
}
