//! Judges the runs of digits in a text: private, explained, or in doubt (domain 2.3).
//!
//! The order matters: what the record or a label says comes before what a checksum says, and a
//! checksum before the look of the groups. What nothing explains is never published.

use std::ops::Range;

use crate::clearance::fold::{Fold, Run, Runs};
use crate::vocab::{CreditCode, IdForm, id_form};

use super::forms::{
    hides_id, is_barcode, is_card, is_dated, is_id, is_landline, is_landline_from_abroad, is_mobile,
};
use super::known::Known;
use super::spans::Spans;
use super::tables::{Rule, Says, Tables};

/// A run of this many digits needs an explanation.
const NEEDS_EXPLANATION: usize = 12;

/// Most groups of one number: keeps the walk linear.
const MOST_GROUPS: usize = 20;
/// Most bytes from the holder of an account to its number.
const HOLDER: usize = 240;
/// Most bytes of the word of letters, digits and dashes that a number is part of.
const TOKEN: usize = 48;
/// Length of a credit code.
const CODE: usize = 18;
/// Length of an identity number.
const ID_LENGTH: usize = 18;
/// Serials with a date in them do not reach back before this year.
const SERIALS_SINCE: i32 = 2010;

/// A public number of so many digits is never the beginning of another one.
const TELLING: usize = 7;
/// An account has at least so many digits.
const ACCOUNT: usize = 9;

/// Words between the holder of an account and its number, besides the name of a bank.
const ACCOUNT_WORDS: [&str; 14] = [
    "银行账号",
    "银行账户",
    "账号",
    "账户",
    "帐号",
    "帐户",
    "专户",
    "开户行",
    "开户银行",
    "户名",
    "卡号",
    "名称",
    "号码",
    "为",
];
/// Ends of names of banks.
const BANKS: [&str; 5] = ["银行", "支行", "分行", "信用社", "营业部"];

/// Whether nothing but a bank and labels stands between a holder and the number.
fn leads_to_an_account(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).all(|part| {
        ACCOUNT_WORDS.contains(&part)
            || BANKS.iter().any(|bank| part.ends_with(bank))
            || part.split("银行").any(|p| ACCOUNT_WORDS.contains(&p))
    })
}

/// Bytes of an extension after a telephone number: `-890`, `转752`, `转分机063`.
fn extension(rest: &str) -> usize {
    let lead =
        ["转分机", "转接", "分机", "转", "-", "－"].iter().find(|lead| rest.starts_with(**lead));
    let Some(lead) = lead else { return 0 };
    let digits = rest[lead.len()..].bytes().take_while(u8::is_ascii_digit).count();
    if (2..=5).contains(&digits) { lead.len() + digits } else { 0 }
}

/// What a stretch of groups is.
enum Verdict {
    /// Private, by this rule; the last group of it. `label` is where its label begins.
    Cut { rule: Rule, last: usize, label: Option<usize> },
    /// Not private up to this group.
    Plain(usize),
    /// Nothing explains it up to this group.
    Doubt(usize),
}

/// Finds private numbers in `fold` and says which runs nothing explains, in bytes of the original.
pub(super) fn find(
    fold: &Fold<'_>,
    known: &Known<'_>,
    tables: &Tables,
    spans: &mut Spans,
) -> Vec<Range<usize>> {
    let text = fold.text();
    let mut doubts = Vec::new();
    let mut runs = Runs::of(text);
    while let Some(run) = runs.next() {
        if run.digits.len() < 5 {
            continue;
        }
        known.numbers_in(run, fold, spans);
        let judge = Judge { text, run, known, tables };
        let mut at = 0;
        while at < run.groups.len() {
            at = 1 + match judge.at(at) {
                Verdict::Cut { rule, last, label } => {
                    let start = label.unwrap_or(run.groups[at].start);
                    let end = run.groups[last].end;
                    let end = end + if rule == Rule::Phone { extension(&text[end..]) } else { 0 };
                    spans.push(fold.source(start..end), rule, "");
                    last
                }
                Verdict::Plain(last) => last,
                Verdict::Doubt(last) => {
                    let place = fold.source(run.groups[at].start..run.groups[last].end);
                    doubts.push(place);
                    last
                }
            };
        }
    }
    if !doubts.is_empty() {
        let covered = spans.covered();
        doubts.retain(|at| !covered.holds(at));
    }
    doubts
}

struct Judge<'a> {
    text: &'a str,
    run: &'a Run,
    known: &'a Known<'a>,
    tables: &'a Tables,
}

impl Judge<'_> {
    fn at(&self, at: usize) -> Verdict {
        let tight = self.tight_end(at);
        let public = self.public(at, tight);
        if let Some(last) = public.filter(|last| self.count(at, *last) >= TELLING) {
            return Verdict::Plain(last);
        }
        if self.count(at, tight) >= ACCOUNT && self.held_by_the_organ(at) {
            return Verdict::Plain(tight);
        }
        let token = self.token(at);
        let label = self.tables.label(&self.text[..self.run.groups[at].start]);
        match label.or_else(|| self.tables.label(&self.text[..token])) {
            Some((Says::Keep, _)) if self.hides_adult(at) => {
                return Verdict::Cut { rule: Rule::IdNumber, last: at, label: None };
            }
            Some((Says::Keep, _)) => return Verdict::Plain(tight),
            Some((Says::Cut(rule), label)) => {
                if let Some(last) = self.labeled(rule, at, tight) {
                    return Verdict::Cut { rule, last, label: Some(label) };
                }
            }
            None => {}
        }
        if self.in_credit_code(at) {
            return Verdict::Plain(at);
        }
        let lettered = self.is_lettered(token, at);
        match self.by_form(at, tight).or_else(|| self.parted(at)) {
            Some((rule, _)) if lettered && rule != Rule::IdNumber => return Verdict::Plain(tight),
            Some((rule, last)) => return Verdict::Cut { rule, last, label: None },
            None if lettered => return Verdict::Plain(tight),
            None => {}
        }
        if let Some(last) = public {
            return Verdict::Plain(last);
        }
        if let Some(last) = self.everyday(at) {
            // `001，500|199|…`: what looks like groups of thousands is the head of another number.
            let hidden = (at + 1..=last).any(|group| self.parted(group).is_some());
            return Verdict::Plain(if hidden { at } else { last });
        }
        let group = &self.run.groups[at];
        // The end of a word, as in 张三13800000000.
        let in_word = group.han && group.count <= 2;
        let in_doubt =
            self.count(at, tight) >= NEEDS_EXPLANATION && !in_word && !self.is_serial(at, tight);
        if in_doubt { Verdict::Doubt(tight) } else { Verdict::Plain(at) }
    }

    /// The last group that belongs to the same number: no comma, colon or line between.
    fn tight_end(&self, at: usize) -> usize {
        let mut last = at;
        while last - at < MOST_GROUPS
            && let Some(gap) = self.gap(last)
            && !gap.contains([',', ':', '|', '/'])
            && (gap == "\n" || !gap.contains('\n'))
            && !(gap.contains(['(', ')', '[', ']']) && last > at + 1)
        {
            last += 1;
        }
        last
    }

    /// What stands between a group and the next.
    fn gap(&self, group: usize) -> Option<&str> {
        let next = self.run.groups.get(group + 1)?;
        self.text.get(self.run.groups[group].end..next.start)
    }

    fn count(&self, from: usize, to: usize) -> usize {
        self.run.groups[from..=to].iter().map(|g| g.count).sum()
    }

    /// A number of the bureau or a public code of the record.
    fn public(&self, at: usize, tight: usize) -> Option<usize> {
        (at..=tight).rev().find(|last| self.known.is_public_number(self.run.text(at, *last)))
    }

    /// Whether the account is said to be the organ's: `户名：示例市清源区财政局，账号：…`.
    fn held_by_the_organ(&self, at: usize) -> bool {
        let before = &self.text[..self.run.groups[at].start];
        let near = &before[before.ceil_char_boundary(before.len().saturating_sub(HOLDER))..];
        let clause = near.rfind(['。', '\n']).map_or(near, |n| &near[n..]);
        self.known.bureau.keeps.iter().any(|name| {
            let between = clause.rfind(name.as_str()).map(|n| &clause[n + name.len()..]);
            between.is_some_and(leads_to_an_account)
        })
    }

    /// Where the word of letters, digits and dashes begins that a group is part of.
    fn token(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let end = self.run.groups[at].start;
        let mut start = end;
        while start > end.saturating_sub(TOKEN)
            && (bytes[start - 1].is_ascii_alphanumeric() || bytes[start - 1] == b'-')
        {
            start -= 1;
        }
        start
    }

    /// Whether the group is part of a serial that begins with letters: `SF1340…`, `HT-2020-…`.
    fn is_lettered(&self, token: usize, at: usize) -> bool {
        let before = &self.text.as_bytes()[token..self.run.groups[at].start];
        before.iter().filter(|b| b.is_ascii_uppercase()).count() >= 2
    }

    /// How far a label's word reaches: as many digits as such a number has.
    fn labeled(&self, rule: Rule, at: usize, tight: usize) -> Option<usize> {
        let (least, most) = match rule {
            Rule::IdNumber => (6, 18),
            Rule::Phone => (7, 16),
            Rule::Messenger => (5, 13),
            _ => (8, 24),
        };
        let last = (at..=tight).take_while(|l| self.count(at, *l) <= most).last();
        let last = last.unwrap_or(at);
        if self.everyday(at).is_some_and(|e| e >= last) && self.count(at, last) <= 8 {
            return None;
        }
        (self.count(at, last) >= least).then_some(last)
    }

    fn by_form(&self, at: usize, tight: usize) -> Option<(Rule, usize)> {
        let single = self.run.groups[at].count;
        let mut sizes: Vec<usize> = Vec::with_capacity(MOST_GROUPS + 1);
        for last in at..=tight {
            let digits = self.run.text(at, last);
            sizes.push(self.run.groups[last].count);
            if digits.len() > 21 {
                break;
            }
            if is_id(digits, &sizes) {
                return Some((Rule::IdNumber, last));
            }
            if is_mobile(digits, &sizes) {
                return Some((Rule::Phone, last));
            }
            if is_card(digits, &sizes) {
                return Some((Rule::BankAccount, last));
            }
            let abroad = self.text[..self.run.groups[at].start].ends_with('+');
            if is_landline(digits, &sizes) || abroad && is_landline_from_abroad(digits, &sizes) {
                return Some((Rule::Phone, last));
            }
        }
        (single > 18 && hides_id(self.run.text(at, at))).then_some((Rule::IdNumber, at))
    }

    /// A number written digit by digit, or with marks that otherwise part two numbers: `5 0 0 1 …`,
    /// `500199/19900101/1234`. Only what a check character or the size of the groups confirms.
    fn parted(&self, at: usize) -> Option<(Rule, usize)> {
        let most = self.run.groups.len().min(at + ID_LENGTH + 1);
        let mut sizes: Vec<usize> = Vec::new();
        for last in at..most {
            sizes.push(self.run.groups[last].count);
            let digits = self.run.text(at, last);
            let is_spelt = sizes.iter().all(|n| *n == 1);
            match digits.len() {
                18 if matches!(id_form(digits), IdForm::Valid { .. }) => {
                    return Some((Rule::IdNumber, last));
                }
                18 if matches!(id_form(digits), IdForm::WrongCheck { .. })
                    && (sizes == [6, 8, 4] || sizes == [6, 4, 4, 4] || is_spelt) =>
                {
                    return Some((Rule::IdNumber, last));
                }
                11 if is_mobile(digits, &[11])
                    && ((is_spelt && !self.goes_on(last)) || sizes == [3, 4, 4]) =>
                {
                    return Some((Rule::Phone, last));
                }
                16..=19
                    if ((is_spelt && !self.goes_on(last)) || sizes.starts_with(&[4, 4, 4, 4]))
                        && is_card(digits, &[digits.len()]) =>
                {
                    return Some((Rule::BankAccount, last));
                }
                20.. => return None,
                _ => {}
            }
        }
        None
    }

    /// Whether one more single digit follows a group.
    fn goes_on(&self, group: usize) -> bool {
        self.run.groups.get(group + 1).is_some_and(|next| next.count == 1)
    }

    /// Whether a longer group that a label calls a serial holds the identity number of a grown-up. A
    /// serial may hold its own year in the place of a birth date, so later years say nothing.
    fn hides_adult(&self, at: usize) -> bool {
        let digits = self.run.text(at, at);
        digits.len() > ID_LENGTH
            && (0..=digits.len() - ID_LENGTH).any(|i| {
                let part = digits.get(i..i + ID_LENGTH).map(id_form);
                matches!(part, Some(IdForm::Valid { born_on }) if born_on.year() < SERIALS_SINCE)
            })
    }

    /// Dates, times, amounts: digits of everyday text.
    fn everyday(&self, at: usize) -> Option<usize> {
        let groups = &self.run.groups[at..];
        let number = |i: usize| self.run.text(at + i, at + i).parse::<u32>().unwrap_or(u32::MAX);
        if groups.len() >= 3 && groups[0].count == 4 && (1900..2100).contains(&number(0)) {
            let (month, day) = (number(1), number(2));
            if (1..=12).contains(&month) && (1..=31).contains(&day) && groups[2].count <= 2 {
                return Some(at + 2);
            }
        }
        let gap = self.gap(at)?;
        if gap == ":" && groups[0].count <= 2 && groups[1].count == 2 && number(1) < 60 {
            return Some(at + 1);
        }
        if gap == "," && groups[0].count <= 3 && groups[1].count == 3 {
            let more = groups.windows(2).enumerate().take_while(|(i, w)| {
                self.gap(at + i) == Some(",") && w[1].count == 3
                    || self.gap(at + i) == Some(".") && w[1].count <= 2
            });
            return more.last().map(|(i, _)| at + i + 1);
        }
        (gap == "."
            && groups[0].count <= 9
            && groups[1].count <= 6
            && self.gap(at + 1) != Some("."))
        .then_some(at + 1)
    }

    /// `〔2026〕第12号` and the like, and article barcodes with a right check digit.
    fn is_serial(&self, at: usize, tight: usize) -> bool {
        let before = &self.text[..self.run.groups[at].start];
        let after = &self.text[self.run.groups[tight].end..];
        let numbered = (before.ends_with('第') || before.ends_with('字') || before.ends_with('〕'))
            && after.starts_with('号');
        let digits = self.run.text(at, tight);
        numbered || is_dated(digits) || (at == tight && is_barcode(digits))
    }

    /// Whether the group is part of a unified social credit code.
    fn in_credit_code(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        let group = &self.run.groups[at];
        let (mut from, mut to) = (group.start, group.end);
        while from > 0 && to - from <= CODE && bytes[from - 1].is_ascii_alphanumeric() {
            from -= 1;
        }
        while to - from <= CODE && bytes.get(to).is_some_and(u8::is_ascii_alphanumeric) {
            to += 1;
        }
        (from, to) != (group.start, group.end)
            && to - from == CODE
            && self.text.get(from..to).is_some_and(|token| {
                CreditCode::parse(token).is_some()
                    && (id_form(token) == IdForm::NotAnId || token.starts_with("0000"))
            })
    }
}
