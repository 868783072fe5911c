//! The private numbers of one record, and the stretches of digits that give one of them away.

use super::tables::Rule;

/// How many digits of a known number in a row are enough to cut them: what the watch counts, too.
const fn telling(rule: Rule) -> usize {
    match rule {
        Rule::IdNumber | Rule::BankAccount => 11,
        _ => 8,
    }
}

/// Private numbers, digits only. Looking for a thousand of them costs what looking for one does.
/// Implements nothing: it holds raw values.
pub(super) struct Numbers {
    all: Vec<(Rule, String)>,
    telling: Vec<Telling>,
}

/// Every stretch of so many digits of the numbers of one rule, in order.
struct Telling {
    rule: Rule,
    size: usize,
    stretches: Vec<u128>,
}

impl Numbers {
    /// Prepares numbers.
    pub(super) fn new(all: Vec<(Rule, String)>) -> Self {
        let mut telling: Vec<Telling> = Vec::new();
        for (rule, number) in &all {
            let size = telling_of(*rule, number);
            let own = stretches(number.as_bytes(), size);
            match telling.iter_mut().find(|t| t.rule == *rule && t.size == size) {
                Some(known) => known.stretches.extend(own),
                None => telling.push(Telling { rule: *rule, size, stretches: own.collect() }),
            }
        }
        telling.iter_mut().for_each(|t| t.stretches.sort_unstable());
        Self { all, telling }
    }

    /// Each with its rule.
    pub(super) fn iter(&self) -> impl Iterator<Item = &(Rule, String)> {
        self.all.iter()
    }

    /// Stretches of these digits that tell a number: rule, first and last digit.
    pub(super) fn shared(&self, digits: &[u8]) -> Vec<(Rule, usize, usize)> {
        let mut found = Vec::new();
        for Telling { rule, size, stretches: known } in &self.telling {
            let mut last: Option<(usize, usize)> = None;
            for (i, stretch) in stretches(digits, *size).enumerate() {
                if known.binary_search(&stretch).is_err() {
                    continue;
                }
                match &mut last {
                    Some((_, end)) if i <= *end => *end = i + size - 1,
                    _ => found.extend(last.replace((i, i + size - 1)).map(|(a, b)| (*rule, a, b))),
                }
            }
            found.extend(last.map(|(a, b)| (*rule, a, b)));
        }
        found
    }
}

fn telling_of(rule: Rule, number: &str) -> usize {
    telling(rule).min(number.len()).max(1)
}

/// Every `size` bytes in a row, as a number. At most 16 bytes fit.
fn stretches(bytes: &[u8], size: usize) -> impl Iterator<Item = u128> + '_ {
    bytes.windows(size).map(|window| window.iter().fold(0, |all, b| all << 8 | u128::from(*b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telling_part_is_found_wherever_it_begins() {
        let numbers = Numbers::new(vec![
            (Rule::Phone, "19900001234".into()),
            (Rule::IdNumber, "50019919900307123X".into()),
            (Rule::Phone, "6800001".into()),
        ]);
        let found = |text: &str| numbers.shared(text.as_bytes());
        assert_eq!(found("0019900001234"), [(Rule::Phone, 2, 12)]);
        assert_eq!(found("9900001239"), [(Rule::Phone, 0, 8)]);
        assert_eq!(found("990000199"), []);
        assert_eq!(found("500199199003"), [(Rule::IdNumber, 0, 11)]);
        assert_eq!(found("5001991990"), []);
        assert_eq!(found("116800001"), [(Rule::Phone, 2, 8)]);
        assert_eq!(
            found("1990000123419900001234"),
            [(Rule::Phone, 0, 10), (Rule::Phone, 11, 21)],
            "two numbers in a row stay two"
        );
    }
}
