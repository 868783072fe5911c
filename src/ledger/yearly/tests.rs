//! The table against printed ones, and what holds of every table.

use proptest::prelude::*;

use super::*;
use crate::clearance::{CaseKind, Count, RecordKey};
use crate::law::{Day, Shelf};
use crate::ledger::Tombstone;
use PenaltyKind::{
    BusinessSuspended, CirculatedCriticism, ConfiscatedGains, ConfiscatedProperty, Detention, Fine,
    Other, PermitRevoked, PermitSuspended, QualificationLowered, Warning,
};

fn form(id: &str) -> StatisticsForm {
    StatisticsForm::load(&Shelf::embedded(), id).expect("a form")
}

fn case(number: u64, kinds: &[PenaltyKind], fen: i64) -> LineHead {
    let key = RecordKey {
        kind: CaseKind::Penalty,
        organ: String::new(),
        number: number.to_string(),
        party: String::new(),
    };
    let count = Count { on: Day::new(2024, 3, 1), kinds: kinds.to_vec(), fen, ..Count::default() };
    LineHead {
        key: key.into(),
        id: None,
        state: State::Published,
        drop: "2024-03-05".into(),
        count,
        published_on: None,
        due_on: None,
        until: None,
        revision: 0,
        revisions: Vec::new(),
        gaps: Vec::new(),
        overtaken: Vec::new(),
        held_by: Vec::new(),
        waits: false,
        withheld: None,
        tombstone: None,
        digest: None,
    }
}

fn taken_down(mut case: LineHead, ground: Ground) -> LineHead {
    let day = Day::new(2024, 5, 6).expect("a day");
    case.state = State::TakenDown;
    case.tombstone = Some(Box::new(Tombstone {
        ground,
        document: String::new(),
        authority: None,
        decided_on: day,
        effective_on: day,
        due_on: None,
        taken_down_on: day,
        replaced_by: None,
        replacement: None,
        set_aside: None,
    }));
    case
}

fn row<'h>(form: &StatisticsForm, cases: impl IntoIterator<Item = &'h LineHead>) -> FormRow {
    let mut row = FormRow::new(form);
    for case in cases {
        row.add(form, case);
    }
    row
}

/// Cases of these kinds, so many of each; the whole amount lies in the first that takes money.
fn cases(of: &[(u64, &[PenaltyKind])], fen: i64) -> Vec<LineHead> {
    let mut made = Vec::new();
    let mut left = fen;
    for (many, kinds) in of {
        for _ in 0..*many {
            let pays = kinds.iter().any(|k| matches!(k, Fine | ConfiscatedGains));
            let own = if pays { std::mem::take(&mut left) } else { 0 };
            made.push(case(made.len() as u64, kinds, own));
        }
    }
    made
}

#[track_caller]
fn adds_up(form: &StatisticsForm, row: &FormRow, total: u64, amount: &str) {
    assert_eq!(row.total, total);
    let (sum, verdict) = row.identities()[0];
    assert_eq!((sum, verdict), (Identity::Kinds { sum: total, total }, Verdict::Holds));
    assert_eq!(form.unit.text(crate::vocab::Money::fen(row.fen)), amount);
}

// The figures of the next four tests are printed tables of bureaus (domain 4.4). Kinds beside the
// printed one are ours: each decision must still land once, in its heaviest.

#[test]
fn a_year_of_fines_only() {
    let cases = cases(&[(200, &[Fine]), (93, &[Warning, Fine])], 118_175_000 * 100);
    let a = form("a");
    let row = row(&a, &cases);
    assert_eq!(row.cells, [0, 293, 0, 0, 0, 0, 0, 0]);
    adds_up(&a, &row, 293, "11817.5");
}

#[test]
fn a_year_of_warnings_fines_and_detentions() {
    let of: [(u64, &[PenaltyKind]); 4] =
        [(31, &[Warning]), (54, &[Fine]), (40, &[Detention]), (19, &[Detention, Other])];
    let a = form("a");
    let row = row(&a, &cases(&of, 4_100_000));
    assert_eq!(row.cells, [31, 54, 0, 0, 0, 0, 59, 0]);
    adds_up(&a, &row, 144, "4.1");
}

#[test]
fn a_county_with_merged_columns() {
    let of: [(u64, &[PenaltyKind]); 11] = [
        (12_000, &[Warning]),
        (175, &[CirculatedCriticism]),
        (90_000, &[Fine]),
        (4_929, &[Warning, Fine]),
        (235, &[Fine, ConfiscatedGains]),
        (100, &[PermitSuspended]),
        (89, &[Fine, QualificationLowered]),
        (101, &[PermitRevoked]),
        (11, &[PermitRevoked, BusinessSuspended]),
        (504, &[Detention]),
        (12, &[Other]),
    ];
    let d = form("d");
    let row = row(&d, &cases(&of, 1_753_790_000));
    assert_eq!(row.cells, [12_175, 94_929, 235, 189, 101, 0, 11, 504, 12]);
    adds_up(&d, &row, 108_156, "1753.79");
}

#[test]
fn a_bureau_with_procedures_and_reviews() {
    let of: [(u64, &[PenaltyKind]); 6] = [
        (387, &[Warning]),
        (270, &[Fine]),
        (281, &[Fine, ConfiscatedGains, ConfiscatedProperty]),
        (1, &[PermitRevoked]),
        (1, &[BusinessSuspended]),
        (9, &[Other]),
    ];
    let mut cases = cases(&of, 873_177_000);
    for (n, case) in cases.iter_mut().enumerate() {
        let summary = n < 68;
        case.count.procedure = Some(if summary { Procedure::Summary } else { Procedure::Ordinary });
        case.count.reviewed = !summary;
    }
    let e = form("e");
    let row = row(&e, &cases);
    assert_eq!(row.cells, [387, 0, 270, 281, 0, 0, 1, 0, 1, 0, 0, 0, 9]);
    adds_up(&e, &row, 949, "873.177");
    let extra: Vec<Option<u64>> = e.extra.iter().map(|c| row.extra(c.figure)).collect();
    assert_eq!(extra, [Some(68), Some(881), Some(881), None, None, None]);
    let verdicts: Vec<Verdict> = row.identities().iter().map(|(_, v)| *v).collect();
    // 270 fines and 281 confiscations, and the amount in the first fine alone.
    assert_eq!(verdicts, [Verdict::Holds, Verdict::Holds, Verdict::Holds, Verdict::Broken]);
}

#[test]
fn a_year_without_cases_is_zeros_and_unknowns_stay_unknown() {
    let e = form("e");
    let empty = row(&e, []);
    assert!(empty.cells.iter().all(|n| *n == 0) && empty.cells.len() == 13);
    assert_eq!(empty.extra(ExtraFigure::Summary), Some(0));
    assert_eq!(empty.extra(ExtraFigure::Transferred), None);
    let silent = row(&e, &cases(&[(3, &[Fine])], 30_000));
    for figure in [ExtraFigure::Summary, ExtraFigure::Ordinary, ExtraFigure::Reviewed] {
        assert_eq!(silent.extra(figure), None, "3 cases that do not say are not 0");
    }
    let verdict = |at: usize| silent.identities()[at].1;
    assert_eq!((verdict(1), verdict(2)), (Verdict::Unknown, Verdict::Unknown));
}

#[test]
fn revoked_decisions_go_by_the_form() {
    let mut form = form("a");
    let cases = [
        case(1, &[Fine], 100),
        taken_down(case(2, &[Fine], 200), Ground::Revoked),
        taken_down(case(3, &[Fine], 300), Ground::PublishedInError),
    ];
    let counted = row(&form, &cases);
    assert_eq!((counted.total, counted.revoked, counted.excluded), (3, 1, 0));
    form.revoked = RevokedRule::Excluded;
    let left_out = row(&form, &cases);
    assert_eq!((left_out.total, left_out.revoked, left_out.excluded), (2, 1, 1));
    assert_eq!((counted.fen, left_out.fen), (600, 400));
    assert!(!stands_in(&form, &cases[1], TableColumn::Total));
}

#[test]
fn money_without_a_fine_and_a_fine_without_money_are_told() {
    let form = form("e");
    let cases = [
        case(1, &[Fine], 0),
        case(2, &[Warning], 5),
        case(3, &[PermitRevoked, Fine], 7),
        case(4, &[ConfiscatedProperty], 0),
    ];
    let (identity, verdict) = row(&form, &cases).identities()[3];
    let told = Identity::Amount { fines_without_amount: 1, amounts_without_fine: 1 };
    assert_eq!((identity, verdict), (told, Verdict::Broken));
    assert_eq!(row(&form, &cases[2..]).identities()[3].1, Verdict::Holds);
}

fn any_case() -> impl Strategy<Value = LineHead> {
    let kinds = proptest::sample::subsequence(PenaltyKind::ALL.to_vec(), 0..4).prop_shuffle();
    let procedure =
        prop_oneof![Just(None), Just(Some(Procedure::Summary)), Just(Some(Procedure::Ordinary))];
    (kinds, 0..1_000_000_i64, procedure, any::<bool>(), 0..9_usize).prop_map(
        |(kinds, fen, procedure, reviewed, ground)| {
            let mut made = case(1, &kinds, fen);
            (made.count.procedure, made.count.reviewed) = (procedure, reviewed);
            match Ground::ALL.get(ground) {
                Some(ground) => taken_down(made, *ground),
                None => made,
            }
        },
    )
}

proptest! {
    #[test]
    fn neither_order_nor_form_changes_the_sum(
        (cases, shuffled) in proptest::collection::vec(any_case(), 0..40)
            .prop_flat_map(|v| (Just(v.clone()), Just(v).prop_shuffle()))
    ) {
        for id in ["a", "b", "c", "d", "e"] {
            let form = form(id);
            let counted = row(&form, &cases);
            prop_assert_eq!(&counted, &row(&form, &shuffled));
            prop_assert_eq!(counted.total, cases.len() as u64);
            prop_assert_eq!(counted.cells.iter().sum::<u64>() + counted.kindless, counted.total);
            let amount: i64 = cases.iter().map(|c| c.count.fen).sum();
            prop_assert_eq!(counted.fen, amount);
            for (at, cell) in counted.cells.iter().enumerate() {
                let kind = TableColumn::Kind(at);
                let behind = cases.iter().filter(|c| stands_in(&form, c, kind)).count();
                prop_assert_eq!(*cell, behind as u64);
            }
        }
    }
}
