//! Which decisions count: for the very version that was looked at, under the very key.

use std::sync::Arc;

use super::*;
use crate::clearance::intake::Headings;
use crate::clearance::record::TableKind;
use crate::diag::Place;
use crate::law::Shelf;

const FACTS: &str = "现场查见编号9832174655028的渣土车。";

fn file(cells: &[(&str, &str)]) -> CaseFile {
    let headings = Headings::load(&Shelf::embedded()).expect("headings");
    let (cells, words) = headings.read(cells.iter().copied());
    CaseFile {
        table: TableKind::Penalties,
        drop: Arc::from("a"),
        place: Place::row(&Arc::from("a/处罚.csv"), None, 7),
        cells,
        words,
        headers: headings.headers(),
    }
}

fn case(facts: &str) -> CaseFile {
    file(&[("行政处罚决定书文号", "示城管罚决字〔2026〕第12号"), ("违法事实", facts)])
}

fn key(byte: u8) -> ReviewKey {
    ReviewKey::new([byte; 32])
}

fn entry(file: &CaseFile, decision: Decision) -> Entry {
    Entry {
        record: record_name(file).expect("a name"),
        column: "违法事实".into(),
        from: 6,
        to: 19,
        check: "unexplained-number".into(),
        decision,
        role: "法制科科长".into(),
        on: Day::new(2026, 11, 2).expect("a day"),
        reason: None,
        digest: key(1).digest(file),
    }
}

/// What the decision about `FACTS` does to the stretch of `file`.
fn counts(file: &CaseFile, entry: Entry, key: Option<ReviewKey>) -> Option<Decision> {
    let reviews = Reviews::new(vec![entry], key);
    let decided = reviews.of(file);
    let found = decided.about(Field::Facts, "unexplained-number", (6, 19));
    found.map(|entry| entry.decision)
}

#[test]
fn a_decision_counts_for_the_version_that_was_looked_at() {
    let seen = case(FACTS);
    let kept = || entry(&seen, Decision::Keep);
    assert_eq!(counts(&case(FACTS), kept(), Some(key(1))), Some(Decision::Keep));
    let other = case(&FACTS.replace("渣土车", "运输车"));
    assert_eq!(counts(&other, kept(), Some(key(1))), None, "a changed cell asks again");
    let longer = file(&[
        ("行政处罚决定书文号", "示城管罚决字〔2026〕第12号"),
        ("违法事实", FACTS),
        ("备注", "补充"),
    ]);
    assert_eq!(counts(&longer, kept(), Some(key(1))), None, "so does a new one");
    assert_eq!(counts(&seen, kept(), Some(key(2))), None, "another key");
    assert_eq!(counts(&seen, kept(), None), None, "no key");
}

#[test]
fn a_decision_counts_for_its_place_only() {
    let seen = case(FACTS);
    let change = |change: &dyn Fn(&mut Entry)| {
        let mut entry = entry(&seen, Decision::Keep);
        change(&mut entry);
        counts(&seen, entry, Some(key(1)))
    };
    assert_eq!(change(&|_| {}), Some(Decision::Keep));
    assert_eq!(change(&|e| e.from += 1), None);
    assert_eq!(change(&|e| e.to += 1), None);
    assert_eq!(change(&|e| e.column = "处罚内容".into()), None);
    assert_eq!(change(&|e| e.check = "suspected-trade-secret".into()), None);
    assert_eq!(change(&|e| e.record.push('x')), None);
}

#[test]
fn of_two_decisions_the_careful_one_counts() {
    let seen = case(FACTS);
    let both = vec![entry(&seen, Decision::Redact), entry(&seen, Decision::Keep)];
    let reviews = Reviews::new(both, Some(key(1)));
    let decided = reviews.of(&seen);
    let found = decided.about(Field::Facts, "unexplained-number", (6, 19));
    assert_eq!(found.map(|entry| entry.decision), Some(Decision::Redact));
}

#[test]
fn where_a_cell_ends_matters_to_the_digest() {
    let one = file(&[("违法事实", "甲乙"), ("处罚内容", "丙")]);
    let two = file(&[("违法事实", "甲"), ("处罚内容", "乙丙")]);
    assert!(key(1).digest(&one) != key(1).digest(&two));
    assert!(key(1).digest(&one) != key(2).digest(&one));
}

#[test]
fn a_record_without_a_public_number_goes_by_its_row() {
    assert_eq!(record_name(&file(&[("违法事实", FACTS)])).as_deref(), Some("a/处罚.csv#7"));
    let somebody =
        file(&[("行政处罚决定书文号", "示城管罚张三丰字〔2026〕第12号"), ("法定代表人", "张三丰")]);
    assert_eq!(record_name(&somebody).as_deref(), Some("a/处罚.csv#7"));
}
