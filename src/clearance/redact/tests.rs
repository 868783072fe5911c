//! The wall under test: the tables of `tests/redact`, properties, holds. This file holds the sample record.

mod properties;
mod tables;

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::clearance::fold::folded;
use crate::clearance::record::{CaseFile, Cells, Field, Headers, Read, TableKind, Words};
use crate::clearance::vet::Vetted;
use crate::clearance::watch::Reading;
use crate::diag::Place;
use crate::law::{Day, Shelf};
use crate::vocab::{
    Bureau, Contact, DecisionNumber, NaturalPersonParty, PartyKind, Policy, WithholdGround,
};

fn bureau() -> Bureau {
    Bureau {
        name: "示例市清源区城市管理局".into(),
        aliases: vec!["清源区城管局".into()],
        contact: Contact { telephone: Some("0999-48125203".into()), ..Contact::default() },
        ..Bureau::default()
    }
}

fn redactor(policy: &Policy) -> Redactor {
    let public = super::gather::bureau_public(&bureau(), &[]);
    Redactor::load(&Shelf::embedded(), public, policy.clone()).expect("redactor")
}

fn words(kind: PartyKind) -> Words {
    let day = Day::new(2026, 11, 2).expect("a day");
    Words {
        number: Read::Word(DecisionNumber::parse("示城管罚决字〔2026〕第12号").expect("number")),
        party_kind: Read::Word(kind),
        credit_code: Read::NoColumn,
        organ_code: Read::NoColumn,
        kinds: Read::NoColumn,
        fine: Read::NoColumn,
        confiscated: Read::NoColumn,
        decided_on: Read::Word(day),
        valid_until: Read::NoColumn,
        until: Read::NoColumn,
        procedure: Read::NoColumn,
        born_on: Read::NoColumn,
        legal_review_on: Read::NoColumn,
        inspected_on: Read::NoColumn,
        result_on: Read::Word(day),
        takedown_act: Read::NoColumn,
        takedown_decided_on: Read::NoColumn,
        takedown_effective_on: Read::NoColumn,
    }
}

const PRIVATE: [(Field, &str); 9] = [
    (Field::Witnesses, "李四、张三丰、古丽米娜·艾合买提"),
    (Field::Agents, "史密斯、John Smith、欧阳修远"),
    (Field::IdNumber, "50019919900307123X"),
    (Field::Phone, "13812345678、0999-88123456"),
    (Field::BankCard, "6217009900000079190"),
    (Field::Plate, "渝A12345"),
    (Field::Email, "zhang.san@example.cn"),
    (Field::OperatorAddress, "示例省清源区石龙村3组35号"),
    (Field::Remark, "备注不公开13812345678"),
];

fn file(kind: PartyKind, more: &[(Field, &str)]) -> Vetted {
    Vetted::passed(case_file(kind, more))
}

fn case_file(kind: PartyKind, more: &[(Field, &str)]) -> CaseFile {
    let mut cells = Cells::empty();
    for (field, text) in PRIVATE {
        cells.put(field, text.into());
    }
    let (party, person) = match kind {
        PartyKind::NaturalPerson => ("张三", Field::Remark),
        PartyKind::IndividualBusiness => ("张三面馆", Field::Operator),
        PartyKind::Organization => ("清源张三食品有限公司", Field::Representative),
    };
    cells.put(person, "张三".into());
    cells.put(Field::Party, party.into());
    cells.put(Field::Organ, "示例市清源区城市管理局".into());
    cells.put(Field::Number, "示城管罚决字〔2026〕第12号".into());
    for (field, text) in more {
        cells.put(*field, (*text).into());
    }
    let headers = Field::ALL.iter().map(|f| Arc::from(format!("{f:?}").as_str())).collect();
    CaseFile {
        table: TableKind::Penalties,
        drop: "甲".into(),
        place: Place::row(&Arc::from("处罚.csv"), None, 2),
        cells,
        words: words(kind),
        headers: Arc::new(Headers::new(headers)),
    }
}

fn clear(redactor: &Redactor, kind: PartyKind, facts: &str) -> Option<PenaltyDisclosure> {
    match redactor.redact(file(kind, &[(Field::Facts, facts)])) {
        Redacted::Clear(disclosure, ..) => match *disclosure {
            Disclosure::Penalty(p) => Some(p),
            Disclosure::Inspection(_) => None,
        },
        Redacted::Hold(_) | Redacted::Withhold(_) => None,
    }
}

#[test]
fn what_nothing_explains_holds_the_record() {
    let redactor = redactor(&Policy::default());
    for facts in
        ["尾随数字12345678901234567。", "数字1234 5678 9012 3。", "一二三四五六七八九〇一二"]
    {
        let held = redactor.redact(file(PartyKind::NaturalPerson, &[(Field::Facts, facts)]));
        let Redacted::Hold(found) = held else { panic!("published: {facts}") };
        assert_eq!(found[0].check, "unexplained-number");
    }
}

#[test]
fn policy_decides_about_the_party() {
    let keep = Policy { natural_person_party: NaturalPersonParty::Keep, ..Policy::default() };
    let kept =
        clear(&redactor(&keep), PartyKind::NaturalPerson, "张三与李四争执。").expect("clear");
    assert_eq!((kept.party.as_str(), kept.facts.as_str()), ("张三", "张三与李某争执。"));
    let withhold =
        Policy { natural_person_party: NaturalPersonParty::Withhold, ..Policy::default() };
    let gone = redactor(&withhold).redact(file(PartyKind::NaturalPerson, &[]));
    assert!(matches!(gone, Redacted::Withhold(WithholdGround::Decided)));
    let trade = Policy { keep_trade_name_with_operator: true, ..Policy::default() };
    let shop =
        clear(&redactor(&trade), PartyKind::IndividualBusiness, "张三面馆的张三。").expect("clear");
    assert_eq!((shop.party.as_str(), shop.facts.as_str()), ("张三面馆", "张三面馆的张某1。"));
}

#[test]
fn a_decision_number_that_names_a_person_holds_the_record() {
    let redactor = redactor(&Policy::default());
    for (number, goes) in [
        ("示城罚〔2026〕第11010519491231002X号", false),
        ("示城罚〔2026〕第13812345678号", false),
        ("示城罚〔2026〕第500110202605200017号", true),
        ("示城罚（张三）〔2026〕第1号", false),
    ] {
        let mut case = case_file(PartyKind::NaturalPerson, &[(Field::Number, number)]);
        // A number that reads as a person's does not even become a decision number.
        case.words.number = DecisionNumber::parse(number).map_or_else(Read::Fault, Read::Word);
        let clear = matches!(redactor.redact(Vetted::passed(case)), Redacted::Clear(..));
        assert_eq!(clear, goes, "{number}");
    }
}

#[test]
fn every_published_field_is_redacted() {
    let all = [Field::Violation, Field::Basis, Field::Content, Field::Permit, Field::HandlingUnit];
    let redactor = redactor(&Policy::default());
    for field in all {
        let redacted =
            redactor.redact(file(PartyKind::NaturalPerson, &[(field, "张三13812345678")]));
        let Redacted::Clear(disclosure, ..) = redacted else { panic!("held") };
        let json = serde_json::to_string(&disclosure).expect("json");
        assert!(!json.contains("张三") && !json.contains("1381234"), "{json}");
    }
}

fn disguise(value: &str, how: u8) -> String {
    let join = |sep: &str| value.chars().map(String::from).collect::<Vec<_>>().join(sep);
    match how {
        0 => value.to_owned(),
        1 => join("\u{200b}"),
        2 => join(" "),
        3 => value
            .chars()
            .map(|c| match c {
                '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
                c => c,
            })
            .collect(),
        4 => value.chars().map(|c| format!("&#{};", u32::from(c))).collect(),
        5 => join("\u{feff}"),
        6 => value.replace('张', "張").to_lowercase(),
        _ => join("<b></b>"),
    }
}

/// The first of them are names, which leave masks.
const NAMES: usize = 4;
const PLANTED: [&str; 9] = [
    "张三",
    "李四",
    "古丽米娜·艾合买提",
    "欧阳修远",
    "50019919900307123X",
    "13812345678",
    "6217009900000079190",
    "渝A12345",
    "石龙村3组35号",
];

proptest! {
    #[test]
    fn no_planted_value_survives(
        parts in proptest::collection::vec(
            ("[当事人于在，。、（）：检查发现与称证实\\n]{0,8}", 0..PLANTED.len(), 0_u8..8), 1..6),
        kind in prop_oneof![Just(PartyKind::NaturalPerson), Just(PartyKind::IndividualBusiness)],
    ) {
        thread_local!(static REDACTOR: Redactor = redactor(&Policy::default()));
        let facts: String =
            parts.iter().map(|(t, i, how)| format!("{t}、{}，", disguise(PLANTED[*i], *how))).collect();
        let redacted = REDACTOR.with(|r| r.redact(file(kind, &[(Field::Facts, &facts)])));
        if let Redacted::Clear(disclosure, watch, _) = redacted {
            let json = serde_json::to_vec(&disclosure).expect("json");
            prop_assert_eq!(watch.hits(&Reading::text(&json)), Vec::new());
            let Disclosure::Penalty(p) = *disclosure else { return Ok(()) };
            for value in PLANTED {
                prop_assert!(!folded(p.facts.as_str()).contains(&folded(value)));
            }
            // A deleted number leaves nothing (S3): what stood on both sides now stands together and may
            // read anew. Masks leave the text as it was around them.
            if parts.iter().all(|(_, i, _)| *i < NAMES) {
                let again = REDACTOR.with(|r| clear(r, kind, p.facts.as_str()));
                prop_assert_eq!(again.map(|a| a.facts.0), Some(p.facts.0));
            }
        } else {
            prop_assert!(false, "held: {:?}", facts);
        }
    }

    #[test]
    fn any_text_is_taken(facts in "\\PC{0,200}") {
        thread_local!(static REDACTOR: Redactor = redactor(&Policy::default()));
        REDACTOR.with(|r| r.redact(file(PartyKind::NaturalPerson, &[(Field::Facts, &facts)])));
    }
}
