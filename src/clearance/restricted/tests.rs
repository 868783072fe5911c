//! Cells of the restricted sheet, told by form; and what the types of this room cannot do.

use crate::clearance::record::sealed::Lacks;
use crate::clearance::record::{Cells, Field, Private};
use crate::vocab::PartyKind;

use super::cell::{Cell, cell};
use super::identity::Identity;
use super::sheet::FilledSheet;

const RESIDENT: &str = "11010519491231002X";
const WRONG: &str = "110105194912310021";

/// What becomes of a cell, as a word; the text where it is filled.
fn judged(field: Field, cells: &[(Field, &str)], kind: PartyKind) -> String {
    let mut row = Cells::empty();
    cells.iter().for_each(|(field, raw)| row.put(*field, (*raw).to_owned()));
    match cell(field, (&Identity::of(&row, false), kind), 64) {
        Cell::Empty => "empty".into(),
        Cell::WrongCheck => "wrong".into(),
        Cell::Unfit => "unfit".into(),
        Cell::Fits(text) => text.look().clone(),
    }
}

#[test]
fn a_number_stands_only_where_it_is_right() {
    let person = |kind: &str, number: &str| {
        let cells = [(Field::IdType, kind), (Field::IdNumber, number)];
        judged(Field::IdNumber, &cells, PartyKind::NaturalPerson)
    };
    for (kind, number, want) in [
        ("身份证", RESIDENT, RESIDENT),
        ("", "１１０１０５ 19491231002x", RESIDENT),
        ("居民身份证", WRONG, "wrong"),
        ("", WRONG, "wrong"),
        ("护照", WRONG, "wrong"),
        ("身份证", "990105194912310021", "wrong"),
        ("护照", "G12345678", "G12345678"),
        ("军官证", "军字第2001988号", "军字第2001988号"),
        ("外国人永久居留身份证", "911156199001010008", "911156199001010008"),
        ("", "G12345678", "unfit"),
        ("身份证", "1.10105E+17", "unfit"),
        ("护照", "=HYPERLINK(1234)", "unfit"),
        ("护照", "110105194912310021、11010519491231002X", "unfit"),
        ("身份证", "", "empty"),
    ] {
        assert_eq!(person(kind, number), want, "{kind} {number}");
    }
}

#[test]
fn a_type_is_told_only_beside_its_number() {
    let person = |kind: &str, number: &str| {
        let cells = [(Field::IdType, kind), (Field::IdNumber, number)];
        judged(Field::IdType, &cells, PartyKind::NaturalPerson)
    };
    assert_eq!(person("身份证", RESIDENT), "身份证");
    assert_eq!(person("111", RESIDENT), "111");
    assert_eq!(person("身份证", WRONG), "empty");
    assert_eq!(person(RESIDENT, RESIDENT), "unfit");
    assert_eq!(person("=1+1", RESIDENT), "unfit");
}

#[test]
fn of_each_kind_of_party_only_what_the_sheet_asks_for() {
    let cells = [
        (Field::IdNumber, RESIDENT),
        (Field::RepresentativeId, RESIDENT),
        (Field::Operator, "测试丁"),
        (Field::Representative, ""),
        (Field::RegistrationNumber, "500199600012345"),
        (Field::TaxNumber, RESIDENT),
        (Field::Remark, "备注"),
    ];
    let all = [
        Field::IdNumber,
        Field::RepresentativeId,
        Field::Representative,
        Field::RegistrationNumber,
        Field::TaxNumber,
        Field::Remark,
    ];
    for (kind, want) in [
        (PartyKind::NaturalPerson, [RESIDENT, "empty", "empty", "empty", "empty", "empty"]),
        (
            PartyKind::IndividualBusiness,
            ["empty", RESIDENT, "测试丁", "500199600012345", "unfit", "empty"],
        ),
        (
            PartyKind::Organization,
            ["empty", RESIDENT, "empty", "500199600012345", "unfit", "empty"],
        ),
    ] {
        assert_eq!(all.map(|field| judged(field, &cells, kind)), want, "{kind:?}");
    }
}

#[test]
fn what_is_raw_cannot_be_shown_or_copied() {
    <Identity as Lacks<_>>::lacks();
    <super::Identities as Lacks<_>>::lacks();
    <FilledSheet as Lacks<_>>::lacks();
    <Cell as Lacks<_>>::lacks();
    <Private<Vec<u8>> as Lacks<_>>::lacks();
}
