//! Tests of the room as a whole: rulings, and the tie between table, files and checks.

use std::collections::BTreeSet;

use super::super::record::{Field, Read};
use super::build::{Build, day, inspection, penalty, world};
use super::*;
use crate::law::Stage;
use crate::vocab::PartyKind;

/// Both officers of the usual surroundings act, and the second's certificate has ended: drop the second.
fn sound() -> Build {
    penalty().put(Field::Officers, "测试甲（证号0001）、测试甲")
}

fn judge(build: Build) -> Judgement {
    world().context(|cx| vet(build.file(), cx))
}

#[test]
fn a_sound_record_is_clear_and_says_what_was_not_checked() {
    let judgement = judge(sound());
    assert_eq!(judgement.findings, []);
    assert_eq!(
        judgement.not_checked,
        [
            "undecided-withholding",
            "missing-secrecy-review",
            "missing-legal-review",
            "review-after-decision",
            "missing-review-opinion"
        ]
    );
    let Ruling::Clear(vetted) = judgement.ruling else { panic!("clear") };
    assert_eq!(vetted.file().look(Field::Number), Some("示城管罚决字〔2026〕第12号"));
    assert!(vetted.file().words.number.word().is_some());
    assert!(matches!(judge(inspection()).ruling, Ruling::Clear(_)));
}

#[test]
fn a_warning_does_not_hold() {
    let judgement = judge(sound().put(Field::Officers, "测试丁、测试甲"));
    assert_eq!(judgement.findings.len(), 1);
    assert!(matches!(judgement.ruling, Ruling::Clear(_)));
}

#[test]
fn an_error_holds_and_is_named() {
    let judgement = judge(sound().put(Field::Facts, "").put(Field::Basis, ""));
    assert_eq!(judgement.findings.len(), 2);
    let Ruling::Hold(by) = judgement.ruling else { panic!("held") };
    assert_eq!(by, ["missing-field"]);
}

#[test]
fn a_minor_is_withheld_whatever_else_is_wrong() {
    let build = sound().put(Field::BornOn, "2015-01-01").put(Field::Facts, "").words(|w| {
        w.party_kind = Read::Word(PartyKind::NaturalPerson);
        w.born_on = Read::Word(day("2015-01-01"));
        w.decided_on = Read::Word(day("2025-03-03"));
    });
    let judgement = judge(build);
    assert!(matches!(judgement.ruling, Ruling::Withhold(WithholdGround::Minor)));
    let ids: Vec<&str> = judgement.findings.iter().map(|f| f.check).collect();
    assert_eq!(ids, ["missing-field", "minor-party", "party-below-penalty-age"]);
}

#[test]
fn a_decision_to_withhold_is_followed() {
    let build = sound()
        .put(Field::Disclose, "否")
        .put(Field::WithholdGround, "涉及商业秘密")
        .put(Field::WithholdApprover, "测试丙");
    assert!(matches!(judge(build).ruling, Ruling::Withhold(WithholdGround::Secret)));
}

#[test]
fn an_export_without_kinds_is_settled_by_code() {
    let judgement = judge(sound().words(|w| w.party_kind = Read::NoColumn));
    let Ruling::Clear(vetted) = judgement.ruling else { panic!("clear") };
    assert_eq!(vetted.file().words.party_kind.word(), Some(&PartyKind::Organization));
}

#[test]
fn no_finding_says_what_a_cell_says() {
    let secret = "绝密材料测试";
    let build = Field::ALL.iter().fold(penalty(), |b, field| b.put(*field, secret));
    let judgement = judge(build.words(|w| {
        w.number = Read::Fault(crate::vocab::NumberFault::NoYear);
        w.kinds = Read::Fault(());
        w.party_kind = Read::Fault(());
    }));
    assert!(judgement.findings.len() >= 3);
    assert!(!format!("{:?}", judgement.findings).contains("绝密"));
}

#[test]
fn table_files_and_checks_are_tied() {
    let ids: BTreeSet<String> = CHECKS.iter().map(|check| check.id().to_owned()).collect();
    assert_eq!(ids.len(), CHECKS.len(), "an id stands twice");
    let with_across = ids.iter().cloned().chain([checks::ACROSS.to_owned()]).collect();
    let rows: BTreeSet<String> = world().context(|cx| {
        cx.law.checks().filter(|r| r.stage == Stage::Vet).map(|r| r.id.clone()).collect()
    });
    assert_eq!(rows, with_across, "a vet row and a check");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/clearance/vet/checks");
    let stem = |entry: std::io::Result<std::fs::DirEntry>| {
        let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
        name.trim_end_matches(".rs").replace('_', "-")
    };
    let mut files: BTreeSet<String> = std::fs::read_dir(folder).expect("there").map(stem).collect();
    assert!(files.remove("mod"));
    assert_eq!(files, rows, "a file and a row");
}
