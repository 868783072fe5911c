//! Settles the kind of party where an export has no such column (v1 of the standard) or an
//! inspection leaves it blank: by code, then by name. In doubt it stays open and the record is held.

use crate::vocab::{CreditCode, IdForm, PartyKind, id_form};

use super::super::record::{CaseFile, Field, Read, TableKind};

/// Endings of names that only organizations have.
const ORGANIZATIONS: [&str; 16] = [
    "公司",
    "集团",
    "合作社",
    "学校",
    "医院",
    "委员会",
    "协会",
    "中心",
    "研究院",
    "研究所",
    "事务所",
    "幼儿园",
    "工厂",
    "管理局",
    "人民政府",
    "基金会",
];

/// Endings of names that businesses without legal personality have.
const BUSINESSES: [&str; 14] = [
    "店",
    "馆",
    "铺",
    "经营部",
    "商行",
    "超市",
    "饭庄",
    "酒家",
    "门市部",
    "门市",
    "摊",
    "工作室",
    "农家乐",
    "服务部",
];

/// Fills in the kind of party where it can be told without a guess.
pub(in crate::clearance) fn settle_kind(file: &mut CaseFile) {
    let open = match (&file.words.party_kind, file.table) {
        (Read::NoColumn, _) => true,
        (Read::Blank, table) => table == TableKind::Inspections,
        (Read::Word(_) | Read::Fault(()), _) => false,
    };
    if open && let Some(kind) = told_kind(file) {
        file.words.party_kind = Read::Word(kind);
    }
}

fn told_kind(file: &CaseFile) -> Option<PartyKind> {
    if let Some(kind) = file.words.credit_code.word().and_then(by_code) {
        return Some(kind);
    }
    let id = file.look(Field::IdNumber).map_or(IdForm::NotAnId, id_form);
    if id != IdForm::NotAnId {
        return Some(PartyKind::NaturalPerson);
    }
    by_name(file.look(Field::Party)?, file.table)
}

/// GB 32100: the second character of a code that a market bureau (9) gave tells businesses apart.
fn by_code(code: &CreditCode) -> Option<PartyKind> {
    match code.as_str().as_bytes() {
        _ if code.is_placeholder() => Some(PartyKind::IndividualBusiness),
        [b'9', b'2', ..] => Some(PartyKind::IndividualBusiness),
        _ => Some(PartyKind::Organization),
    }
}

fn by_name(name: &str, table: TableKind) -> Option<PartyKind> {
    let bare = name.trim_end_matches(['）', ')']);
    if ORGANIZATIONS.iter().any(|end| bare.ends_with(end)) {
        return Some(PartyKind::Organization);
    }
    if BUSINESSES.iter().any(|end| bare.ends_with(end)) {
        return Some(PartyKind::IndividualBusiness);
    }
    // An inspected person without kind or code: the careful reading masks the name.
    let short = (2..=4).contains(&name.chars().count());
    (table == TableKind::Inspections && short).then_some(PartyKind::NaturalPerson)
}

#[cfg(test)]
mod tests {
    use super::super::build::{inspection, penalty};
    use super::*;

    fn told(mut file: CaseFile) -> Option<PartyKind> {
        settle_kind(&mut file);
        file.words.party_kind.word().copied()
    }

    #[test]
    fn code_and_name_tell_the_kind() {
        let open = |party: &str, code: &str| {
            let mut build = penalty().put(Field::Party, party).without(Field::CreditCode);
            if !code.is_empty() {
                build = build.credit_code(code);
            }
            build.words(|w| w.party_kind = Read::NoColumn).file()
        };
        assert_eq!(told(open("测试", "91230500MA1B3N1N2M")), Some(PartyKind::Organization));
        assert_eq!(told(open("测试", "00000000000000000X")), Some(PartyKind::IndividualBusiness));
        assert_eq!(told(open("示例清源建材有限公司", "")), Some(PartyKind::Organization));
        assert_eq!(told(open("示例面馆", "")), Some(PartyKind::IndividualBusiness));
        assert_eq!(told(open("测试甲", "")), None);
    }

    #[test]
    fn a_blank_kind_of_a_penalty_stays_open() {
        let blank = penalty().words(|w| w.party_kind = Read::Blank).file();
        assert_eq!(told(blank), None);
        let inspected = inspection().put(Field::Party, "测试甲").without(Field::CreditCode);
        let person = inspected.words(|w| w.party_kind = Read::Blank).file();
        assert_eq!(told(person), Some(PartyKind::NaturalPerson));
    }
}
