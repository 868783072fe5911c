//! The law in reports, from outside: what is cited on which day.

use serde_json::Value;

use crate::support::{Row, Site, csv};

/// Two decisions, the one on the last day of the old measures, the other on the first of the new; both
/// ask for a longer disclosure than either allows.
fn at_the_edge() -> Site {
    let site = Site::new();
    site.write("data/policy.yml", "retention: credit\n");
    let row =
        |n, day: &str| Row::sound(n).with("处罚决定日期", day).with("公示截止期", "2039-01-01");
    site.write("drops/a/处罚.csv", csv(&[row(1, "2026-03-31"), row(2, "2026-04-01")]));
    site
}

/// Whether a text cites the trial measures, and whether the measures in force since.
fn cited(text: &str) -> (bool, bool) {
    (text.contains("（试行）》公示期限"), text.contains("《信用修复管理办法》公示期限"))
}

/// What the program prints on a day, as one text.
fn out(site: &Site, day: &str, args: &[&str]) -> String {
    String::from_utf8(site.run_on(day, args).ends(0).0.stdout).expect("UTF-8")
}

const DAY: &str = "2026-04-02";

#[test]
fn a_finding_cites_the_law_of_its_decisions_day() {
    let site = at_the_edge();
    let json = out(&site, DAY, &["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&json).expect("JSON");
    let found = report["findings"].as_array().expect("findings");
    let of = |row: u64| {
        let is = |f: &&Value| f["check"] == "overlong-publicity" && f["place"]["row"] == row;
        found.iter().find(is).expect("found")
    };
    assert_eq!(cited(of(2)["basis"].as_str().expect("a basis")), (true, false));
    assert_eq!(of(2)["basis_day"], "2026-03-31");
    assert_eq!(cited(of(3)["basis"].as_str().expect("a basis")), (false, true));

    let text = out(&site, DAY, &["check"]);
    let block = |row: &str| {
        let at = |b: &&str| b.starts_with("提醒[overlong-publicity]") && b.contains(row);
        cited(text.split("\n\n").find(at).expect("a block"))
    };
    assert_eq!((block("第 2 行"), block("第 3 行")), ((true, false), (false, true)));

    let log = out(&site, DAY, &["check", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&log).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let bases: Vec<(bool, bool)> = results
        .iter()
        .filter(|r| r["ruleId"] == "overlong-publicity")
        .map(|r| cited(r["properties"]["basis"].as_str().expect("a basis")))
        .collect();
    assert_eq!(bases, [(true, false), (false, true)]);
}

#[test]
fn explain_cites_what_was_in_force_on_the_day_asked_for() {
    let site = Site::new();
    for (day, want) in [("2026-03-31", (true, false)), ("2026-04-01", (false, true))] {
        let page = out(&site, day, &["explain", "overlong-publicity"]);
        assert_eq!(cited(&page), want, "{day}: {page}");
    }
    let whole = site.command(&["explain", "overlong-publicity"]).output().expect("it starts");
    let whole = String::from_utf8(whole.stdout).expect("UTF-8");
    assert_eq!(cited(&whole), (true, true), "{whole}");
    assert!(whole.contains("（施行期 2023-05-01 至 2026-03-31）"), "{whole}");
    let before = out(&site, "2021-07-14", &["explain", "single-officer"]);
    assert!(before.contains("2021-07-14 均不在施行期内"), "{before}");
}

#[test]
fn a_table_of_the_site_that_leaves_a_day_without_law_is_refused() {
    let site = Site::new();
    let table = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/data/law/terms.yml"))
        .expect("the table");
    let without = table.replace("\"apl#48(2)\", \"apl#85\"", "\"credit-repair-58#公示期限\"");
    assert_ne!(table, without);
    site.write("data/law/terms.yml", without);
    let refused = "no clause it cites is in force after 2026-03-31";
    site.run(&["check"]).ends(2).says(refused);
}

#[test]
fn an_instrument_is_shown_with_issuer_days_certainty_and_what_rests_on_it() {
    let site = Site::new();
    let page = out(&site, DAY, &["explain", "credit-repair-58"]);
    for part in [
        "# credit-repair-58：《失信行为纠正后的信用信息修复管理办法（试行）》",
        "- 文号：国家发展改革委令第58号",
        "- 制定机关：国家发展和改革委员会",
        "- 施行期：2023-05-01 至 2026-03-31",
        "- 核对：据摘录",
        "检查 `overlong-publicity`；公示期限 `credit-58`",
    ] {
        assert!(page.contains(part), "{part} is not in:\n{page}");
    }
    let english = out(&site, DAY, &["explain", "apl", "--lang", "en"]);
    for part in ["art. 60", "term `decision`", "limit `summary_fine_caps.natural_person`"] {
        assert!(english.contains(part), "{part} is not in:\n{english}");
    }
    site.run(&["explain", "no-such-law"]).ends(2).says("--sources");
    site.run(&["explain", "single-officer", "--sources"]).ends(2);
}

#[test]
fn the_list_of_instruments_is_that_of_a_day() {
    let site = Site::new();
    for (day, stands, gone) in [
        ("2026-03-31", "## credit-repair-58：", "## credit-repair-36："),
        ("2026-04-01", "## credit-repair-36：", "## credit-repair-58："),
    ] {
        let list = out(&site, day, &["explain", "--sources"]);
        assert!(list.contains(stands) && !list.contains(gone), "{day}: {list}");
    }
}
