//! Tests of the calendar: the worked examples of domain 8.4, the counts of 8.2, and properties.

use proptest::prelude::*;

use super::*;

fn calendar() -> &'static Calendar {
    static LOADED: std::sync::OnceLock<Calendar> = std::sync::OnceLock::new();
    LOADED.get_or_init(|| Calendar::load(&Shelf::embedded(), &[]).expect("the embedded calendar"))
}

fn day(text: &str) -> Day {
    Day::iso(text).expect("a day")
}

#[test]
fn worked_examples_hold() {
    let calendar = calendar();
    for (row, start, count, due) in [
        (1, "2025-01-23", 7, "2025-02-08"),
        (2, "2025-01-23", 20, "2025-02-26"),
        (3, "2025-09-26", 7, "2025-10-13"),
        (4, "2025-09-26", 20, "2025-10-30"),
        (5, "2025-10-05", 7, "2025-10-16"),
        (6, "2026-02-12", 7, "2026-02-28"),
        (7, "2026-02-12", 20, "2026-03-18"),
        (8, "2026-02-13", 3, "2026-02-25"),
        (9, "2026-02-14", 7, "2026-03-03"),
        (10, "2026-09-18", 7, "2026-09-29"),
        (11, "2026-09-24", 7, "2026-10-12"),
        (12, "2026-09-24", 20, "2026-10-29"),
        (13, "2020-01-20", 7, "2020-02-06"),
        (14, "2026-12-21", 7, "2026-12-30"),
        (16, "2026-10-08", 7, "2026-10-16"),
        (17, "2026-05-06", 7, "2026-05-14"),
    ] {
        let got = calendar.add_working_days(day(start), count).expect("known years");
        assert_eq!(got, Due { on: day(due), provisional: row == 14 }, "row {row}");
    }
    let fifteenth = calendar.add_working_days(day("2026-12-21"), 20);
    assert_eq!(fifteenth, Err(UnknownYear(2027)), "row 15");
}

#[test]
fn the_derivation_marks_make_up_days() {
    let counted = calendar().derivation(day("2026-02-13"), 3).expect("known");
    let want = [("2026-02-14", true), ("2026-02-24", false), ("2026-02-25", false)];
    assert_eq!(counted, want.map(|(d, made_up)| (day(d), made_up)));
    let extended = calendar().derivation(day("2020-01-20"), 4).expect("known");
    assert_eq!(extended.last(), Some(&(day("2020-02-03"), true)));
}

#[test]
fn years_have_their_counts() {
    let calendar = calendar();
    for (year, count) in [
        (2019, 250),
        (2020, 249),
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 248),
        (2026, 248),
    ] {
        let days = calendar.days_of_year(year).expect("known");
        assert_eq!(days.iter().filter(|d| d.kind.works()).count(), count, "{year}");
    }
    assert!(calendar.days_of_year(2027).is_none());
    assert!(calendar.known_years().eq(2007..=2026));
}

#[test]
fn unknown_years_are_never_guessed() {
    let calendar = calendar();
    assert_eq!(calendar.is_working(day("2027-01-04")), Err(UnknownYear(2027)));
    assert_eq!(calendar.is_working(day("2006-12-30")), Err(UnknownYear(2006)));
    assert_eq!(calendar.last_working_day_before(day("2027-01-31")), Err(UnknownYear(2027)));
    assert_eq!(calendar.last_working_day_before(day("2025-01-31")), Ok(day("2025-01-27")));
    let across = calendar.count_working_days(day("2026-12-01"), day("2027-01-05"));
    assert_eq!(across, Err(UnknownYear(2027)));
    assert_eq!(calendar.count_working_days(day("2026-02-13"), day("2026-02-25")), Ok(3));
}

#[test]
fn local_days_and_the_root_s_notices_win() {
    let off = day("2026-11-24");
    let local = Calendar::load(&Shelf::embedded(), &[(off, false)]).expect("loads");
    assert_eq!(local.is_working(off), Ok(false));
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("data/law/calendar");
    std::fs::create_dir_all(&folder).expect("made");
    let text = "year: 2027\npapers: []\ndays:\n  - {date: 2027-01-01, kind: holiday, name: 元旦}\n";
    std::fs::write(folder.join("2027.yml"), text).expect("written");
    let known = Calendar::load(&Shelf::at(root.path()), &[]).expect("loads");
    let due = known.add_working_days(day("2026-12-21"), 9).expect("2027 is known now");
    assert_eq!(due, Due { on: day("2027-01-04"), provisional: false });
    assert!(!known.add_working_days(day("2026-12-21"), 7).expect("known").provisional);
}

#[test]
fn a_file_named_for_another_year_is_refused() {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("data/law/calendar");
    std::fs::create_dir_all(&folder).expect("made");
    std::fs::write(folder.join("2028.yml"), "year: 2029\npapers: []\ndays: []\n").expect("written");
    assert!(Calendar::load(&Shelf::at(root.path()), &[]).is_err());
}

/// Whether people work, read from the notices themselves: no table of the calendar has a part in it.
fn works_by_the_notices(said: &BTreeMap<Day, bool>, day: Day) -> bool {
    said.get(&day).copied().unwrap_or(!day.is_weekend())
}

#[test]
fn every_day_of_every_known_year_counts_as_by_hand() {
    let calendar = calendar();
    let notices = read_notices(&Shelf::embedded()).expect("the embedded notices");
    let days = notices.into_iter().flat_map(|(_, notice)| notice.days);
    let said: BTreeMap<Day, bool> = days.map(|d| (d.date, d.kind.works())).collect();
    let (first, last) = (day("2007-01-01"), day("2026-12-31"));
    let all: Vec<Day> = std::iter::successors(Some(first), |day| Some(day.next()))
        .take_while(|day| *day <= last)
        .collect();
    assert_eq!(all.len(), 7305, "twenty years with five leap days");
    let mut latest: BTreeMap<u32, Day> = BTreeMap::new();
    for (at, start) in all.iter().enumerate() {
        let later = all[at + 1..].iter().copied();
        let working: Vec<Day> =
            later.filter(|day| works_by_the_notices(&said, *day)).take(60).collect();
        for count in 1..=60_u32 {
            let due = calendar.add_working_days(*start, count).map(|due| due.on);
            let by_hand = working.get(count as usize - 1).copied().ok_or(UnknownYear(2027));
            assert_eq!(due, by_hand, "{start} and {count} working days");
            let Ok(due) = due else { continue };
            assert!(works_by_the_notices(&said, due), "{due} is a rest day");
            let before = latest.insert(count, due);
            assert!(before.is_none_or(|before| before <= due), "a later start is due no earlier");
            let shorter = count.checked_sub(2).and_then(|i| working.get(i as usize));
            assert!(shorter.is_none_or(|shorter| *shorter < due), "a longer term is due later");
        }
    }
}

/// Steps one day at a time, which is what the sorted table must agree with.
fn by_hand(calendar: &Calendar, start: Day, count: u32) -> Result<Day, UnknownYear> {
    let (mut on, mut left) = (start, count);
    while left > 0 {
        on = on.next();
        left -= u32::from(calendar.is_working(on)?);
    }
    Ok(on)
}

proptest! {
    #[test]
    fn a_deadline_is_a_working_day_and_grows(offset in 0_u32..7300, count in 1_u32..40) {
        let calendar = calendar();
        let start = day("2007-01-01").plus_days(offset).expect("a day");
        let due = calendar.add_working_days(start, count);
        prop_assert_eq!(due.map(|d| d.on), by_hand(calendar, start, count));
        if let Ok(due) = due {
            prop_assert_eq!(calendar.is_working(due.on), Ok(true));
            prop_assert_eq!(calendar.count_working_days(start, due.on), Ok(count));
            if let Ok(later) = calendar.add_working_days(start, count + 1) {
                prop_assert!(due.on < later.on);
            }
            if let Ok(next) = calendar.add_working_days(start.next(), count) {
                prop_assert!(due.on <= next.on);
            }
        }
    }
}
