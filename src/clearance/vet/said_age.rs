//! What running text says of the party's age, where no column tells it (S7, S9). Tells yes or no, never the age.

use crate::law::Day;
use crate::vocab::{IdForm, id_form};

use super::super::fold::{Runs, folded};

/// Words for the party of a decision.
const PARTY: [&str; 8] =
    ["当事人", "被处罚人", "违法行为人", "受处罚人", "行政相对人", "相对人", "受罚人", "被处罚者"];
/// How far behind the party's word its age may be said, in bytes.
const NEAR: usize = 90;
/// How far behind the party's word its identity number may stand, in bytes.
const HEAD: usize = 400;
/// An identity number has so many digits, so at most so many groups.
const MOST_GROUPS: usize = 18;

/// Whether a text says that the party was younger than `adult` years on a day.
pub(super) fn says_minor(text: &str, party: &str, (adult, on): (u32, Day)) -> bool {
    let (text, party) = (folded(text), folded(party));
    let is_young = |born: Day| born.plus_months(adult * 12).is_some_and(|of_age| of_age > on);
    PARTY.iter().copied().chain([party.as_str()]).flat_map(|word| text.match_indices(word)).any(
        |(at, word)| {
            let rest = &text[at + word.len()..];
            let clause = rest[..rest.floor_char_boundary(NEAR)]
                .split(['。', ';', '\n'])
                .next()
                .unwrap_or_default();
            is_said_minor(clause)
                || is_said_young(clause, adult)
                || born_in(clause).is_some_and(is_young)
                || id_in(&rest[..rest.floor_char_boundary(HEAD)]).is_some_and(is_young)
        },
    )
}

/// Whether a clause about the party says that it is under age.
fn is_said_minor(clause: &str) -> bool {
    let Some(at) = clause.find("未成年") else { return false };
    let before = &clause[..at];
    !["非", "不是", "并非", "不系", "与"].iter().any(|w| before.ends_with(w))
        && subject_goes_on(before)
}

/// Whether a clause says an age below the adult one of its subject: `年仅十五周岁`, `今年16岁`, `不满十八周岁`.
fn is_said_young(clause: &str, adult: u32) -> bool {
    let Some(at) = clause.find('岁') else { return false };
    let before = clause[..at].trim_end_matches('周');
    let digits = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let number = &before[before.trim_end_matches(digits).len()..];
    let said = &before[..before.len() - number.len()];
    let Some(years) = years(number) else { return false };
    let under = ["不满", "未满", "不足", "未到"].iter().any(|w| said.ends_with(w));
    subject_goes_on(said) && (years < adult || under && years == adult)
}

/// A number up to 99 in either script.
fn years(number: &str) -> Option<u32> {
    if let Ok(years) = number.parse() {
        return Some(years);
    }
    let digit = |c: char| {
        "一二三四五六七八九".chars().position(|d| d == c).and_then(|i| u32::try_from(i + 1).ok())
    };
    let (tens, ones) = number.split_once('十')?;
    let tens = if tens.is_empty() { 1 } else { digit(tens.chars().next()?)? };
    let ones = if ones.is_empty() { 0 } else { digit(ones.chars().next()?)? };
    Some(tens * 10 + ones)
}

/// Whether nobody else becomes the subject in between: `当事人及其未成年子女` is not about the party.
fn subject_goes_on(between: &str) -> bool {
    !["子", "女", "证人", "邻居", "倾倒的", "被害", "学生", "儿", "孩", "的", "其"]
        .iter()
        .any(|w| between.contains(w))
}

/// The birth date that a clause begins with or mentions of its subject.
fn born_in(clause: &str) -> Option<Day> {
    let at = clause.find("生").filter(|at| clause[..*at].contains('年'))?;
    let before = clause[..at].trim_end_matches('出').trim_end_matches('日');
    let (head, day) = before.rsplit_once('月')?;
    let (head, month) = head.rsplit_once('年')?;
    let year = head.get(head.len().checked_sub(4)?..)?;
    subject_goes_on(&head[..head.len() - 4])
        .then(|| Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
        .flatten()
}

/// The birth date in the first identity number.
fn id_in(text: &str) -> Option<Day> {
    let mut runs = Runs::of(text);
    while let Some(run) = runs.next() {
        for at in 0..run.groups.len() {
            for last in at..run.groups.len().min(at + MOST_GROUPS) {
                if let IdForm::Valid { born_on } = id_form(run.text(at, last)) {
                    return Some(born_on);
                }
            }
        }
    }
    None
}
