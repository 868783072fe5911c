//! The search index without the rest of the way, for a bench: cases of made-up words, indexed one by one.

use crate::clearance::{CaseKind, Count, RecordKey, readmit};
use crate::law::Day;
use crate::ledger::{Standing, State};
use crate::site::{Index, Indexed, Page};
use crate::vocab::{BulkPersons, CaseId};

/// What an index of made-up cases came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Indexing {
    /// Files.
    pub files: usize,
    /// Bytes of all of them.
    pub bytes: usize,
    /// Bytes of the largest.
    pub largest: usize,
}

/// First of the characters that words are made of.
const FIRST: u32 = 0x4e00;
/// How many characters, words, and words in a text of facts.
const CHARACTERS: u64 = 600;
const WORDS: u64 = 3000;
const IN_FACTS: usize = 110;

impl Indexing {
    /// Makes this many cases of 220 characters of facts, and their index; `None` where one is refused.
    #[must_use]
    pub fn of(cases: u64) -> Option<Self> {
        let (mut sum, mut index) = (Self::default(), Index::default());
        for number in 1..=cases {
            let indexed = Indexed::of(BulkPersons::Full, &standing(number, cases)?).ok()??;
            sum.count(&index.add(indexed).ok()?);
        }
        sum.count(&index.finish().ok()?.0);
        Some(sum)
    }

    fn count(&mut self, pages: &[Page]) {
        for page in pages {
            self.files += 1;
            self.bytes += page.body.len();
            self.largest = self.largest.max(page.body.len());
        }
    }
}

/// One of the words, more often one of the first, as in any language.
fn word(dice: &mut u64) -> String {
    let mut roll = |sides: u64| {
        *dice ^= *dice << 13;
        *dice ^= *dice >> 7;
        *dice ^= *dice << 17;
        *dice % sides
    };
    let most = roll(WORDS) + 1;
    let word = roll(most);
    let letter =
        |n: u64| u32::try_from(n % CHARACTERS).ok().and_then(|n| char::from_u32(FIRST + n));
    [letter(word * 7), letter(word * 13 + word / CHARACTERS)].into_iter().flatten().collect()
}

fn standing(number: u64, cases: u64) -> Option<Standing> {
    let mut dice = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut words = |count: usize| (0..count).map(|_| word(&mut dice)).collect::<String>();
    let (party, violation, facts) = (words(5), words(4), words(IN_FACTS));
    let year = 2022 + number * 5 / (cases + 1);
    let day = format!("{year}-03-04");
    let json = format!(
        r#"{{"kind":"penalty","number":"示清城管罚决字〔{year}〕第{number}号","party":"{party}公司","party_kind":"organization","violation":"{violation}","facts":"{facts}","basis":"无","kinds":["fine"],"content":"无","fine":100,"organ":"示例市清源区城市管理局","decided_on":"{day}","cuts":[]}}"#
    );
    let disclosure = readmit(&json)?;
    let on = Day::iso(&day);
    Some(Standing {
        key: RecordKey {
            kind: CaseKind::Penalty,
            organ: String::new(),
            number: disclosure.number().to_owned(),
            party: String::new(),
        },
        id: Some(CaseId::mint(number.wrapping_mul(0x2545_f491_4f6c_dd1d).to_le_bytes())),
        state: State::Published,
        drop: String::new(),
        count: Count { on, ..Count::default() },
        published_on: on,
        due_on: on,
        until: None,
        revision: 1,
        revisions: Vec::new(),
        gaps: Vec::new(),
        held_by: Vec::new(),
        waits: false,
        withheld: None,
        tombstone: None,
        disclosure: Some(disclosure),
    })
}
