//! Who stands in the personal columns of a record, and under which mask the public reads of them.

use crate::clearance::fold::{folded, is_han};
use crate::clearance::record::{CaseFile, Field};
use crate::vocab::{NaturalPersonParty, PartyKind, Policy};

use super::known::Name;
use super::mask::is_mask;
use super::names::Names;
use super::tables::Rule;

/// Columns that hold names of people.
const PERSONAL: [Field; 6] = [
    Field::Operator,
    Field::Representative,
    Field::Agents,
    Field::Witnesses,
    Field::Reporters,
    Field::ContactPerson,
];

/// Ends of names of organizations, which are not masked (an agent may be a law firm).
const ORGANIZATION_ENDS: [&str; 20] = [
    "公司",
    "事务所",
    "中心",
    "商行",
    "经营部",
    "门市部",
    "工作室",
    "合作社",
    "委员会",
    "银行",
    "学校",
    "医院",
    "集团",
    "支行",
    "分局",
    "总队",
    "支队",
    "大队",
    "街道办",
    "办事处",
];

/// The people whom the columns of a record name, in order; their masks are given by [`super::mask::give`].
pub(super) fn people(file: &CaseFile, policy: &Policy, names: &Names) -> Vec<Name> {
    let mut found: Vec<(String, Rule)> = Vec::new();
    let mut kept: Option<String> = None;
    if let Some(party) = file.look(Field::Party) {
        let names = split(party);
        if policy.natural_person_party == NaturalPersonParty::Keep && is_person(file) {
            kept = Some(folded(party));
        } else if is_person(file) {
            found.extend(names.into_iter().map(|n| (n, Rule::PartyName)));
        }
    }
    for field in PERSONAL {
        let names = file.look(field).map(split).unwrap_or_default();
        found.extend(names.into_iter().map(|n| (n, Rule::PersonName)));
    }
    named(found, kept.as_deref(), names)
}

fn named(found: Vec<(String, Rule)>, kept: Option<&str>, tables: &Names) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (raw, rule) in found {
        let key = folded(&raw);
        let seen = names.iter().any(|n| n.folded == key) || kept == Some(key.as_str());
        if key.chars().count() >= 2 && !is_mask(&raw) && !seen {
            let judged = tables.is_ambiguous(&key);
            names.push(Name { mask: raw, folded: key, rule, judged, is_sure: true });
        }
    }
    names
}

/// Whether the party's column holds the name of a person: by its kind, or an individual business
/// that trades under its operator's own name.
pub(super) fn is_person(file: &CaseFile) -> bool {
    match file.words.party_kind.word() {
        Some(PartyKind::NaturalPerson) => true,
        Some(PartyKind::IndividualBusiness) => {
            let party = file.look(Field::Party).map(folded);
            [Field::Operator, Field::Representative]
                .into_iter()
                .any(|f| party.is_some() && file.look(f).map(folded) == party)
        }
        Some(PartyKind::Organization) | None => false,
    }
}

/// The names of one cell, as written; what stands in brackets or before a colon is no name.
pub(super) fn split(cell: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut depth = 0_u32;
    for c in super::text::visible(cell).chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
        .split(['、', '，', ',', '；', ';', '/', '\n', '|'])
        .map(|part| part.rsplit([':', '：']).next().unwrap_or(part))
        .flat_map(words)
        .map(|name| name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ').to_owned())
        .filter(|name| !ORGANIZATION_ENDS.iter().any(|end| name.ends_with(end)))
        .collect()
}

/// `张三 李四` are two names, `张 三` is one, `John Smith` is one.
fn words(part: &str) -> Vec<String> {
    let part = part.trim();
    let part = match part.rsplit_once('等') {
        Some((name, rest)) if rest.is_empty() || rest.ends_with(['人', '名']) => name.trim(),
        _ => part,
    };
    let pieces: Vec<&str> = part.split_whitespace().collect();
    let all_names =
        pieces.len() > 1 && pieces.iter().all(|p| p.chars().count() >= 2 && p.chars().all(is_han));
    if all_names {
        return pieces.into_iter().map(String::from).collect();
    }
    let joined = part.split(['与', '和', '及']).collect::<Vec<_>>();
    if joined.len() > 1 && joined.iter().all(|p| p.chars().count() >= 2) {
        return joined.into_iter().map(String::from).collect();
    }
    if part.is_empty() { Vec::new() } else { vec![part.to_owned()] }
}
