//! A takedown from outside: the case leaves every file but its notice, and never comes back by a drop.

use crate::support::{Row, Site, csv, revoke};

const ORDERS: &str = "决定书文号,撤下事由,依据文书,作出机关,文书日期,生效日期\r\n示清城管罚决字〔2024〕第1号,撤销,行政复议决定书 示府复〔2024〕3号,示例市清源区人民政府,2024-05-22,2024-05-22\r\n";

fn published() -> Site {
    let site = Site::new();
    site.write("drops/2024-05-20/处罚.csv", csv(&[Row::sound(1), Row::sound(2)]));
    site.build().ends(0).says("公示 2");
    site
}

fn assert_gone(site: &Site) {
    assert!(site.files_with("青标001").is_empty(), "{:?}", site.files_with("青标001"));
    assert!(!site.files_with("青标002").is_empty());
    let notice = site.files_with("示府复〔2024〕3号");
    assert!(notice.iter().any(|n| n.starts_with("chexia/") && n.ends_with("/index.html")));
    for name in site.files_with("示清城管罚决字〔2024〕第1号") {
        let may = name.starts_with("chexia/")
            || name.starts_with("shihou/chufa/2024/")
            || name.starts_with("shuju/");
        assert!(may, "the number still stands in {name}");
        assert!(name != "shihou/chufa/2024/index.html", "the list still shows it");
    }
}

#[test]
fn a_revocation_row_takes_the_case_down_everywhere() {
    let site = published();
    site.write("drops/2024-05-23/撤销.csv", ORDERS);
    site.build().ends(0).says("公示 1 ＋ 不予公开 0 ＋ 扣留 0 ＋ 撤下 1");
    assert_gone(&site);
    let ledger = site.read("ledger/standings-2024.jsonl");
    assert!(!ledger.contains("青标001"), "the ledger keeps no disclosure of it");
}

#[test]
fn repeating_the_order_or_the_export_changes_nothing() {
    let site = published();
    site.write("drops/2024-05-23/撤销.csv", ORDERS);
    site.build().ends(0);
    let before = (site.site(), site.ledger());
    site.build().ends(0).says("撤下 0，期满 0");
    assert_eq!((site.site(), site.ledger()), before);
    site.write("drops/2024-05-24/处罚.csv", csv(&[Row::sound(1)]));
    site.build().ends(0).says("新公示 0");
    assert_gone(&site);
}

#[test]
fn the_command_shows_first_and_does_it_with_yes() {
    let site = published();
    let mut args = revoke("示清城管罚决字〔2024〕第1号");
    let before = (site.site(), site.ledger());
    site.run(&args).ends(0).says("--yes").says("2024-05-27");
    assert_eq!((site.site(), site.ledger()), before);
    args.push("--yes");
    site.run(&args).ends(0).says("撤下 1");
    assert_gone(&site);
    site.run(&["log", "verify"]).ends(0);
}

#[test]
fn an_order_for_an_unknown_case_is_told_with_its_row() {
    let site = published();
    site.write("drops/2024-05-23/撤销.csv", ORDERS.replace("第1号", "第9号"));
    site.build().ends(0).says("unknown-takedown-case").says("撤销.csv").says("第 2 行");
    assert!(!site.files_with("青标001").is_empty());
}

#[test]
fn what_cannot_be_taken_down_is_refused() {
    let site = published();
    let common = ["--document", "示府复〔2024〕9号决定书", "--decided-on", "2024-05-22", "--yes"];
    let with = |id: &'static str, reason: &'static str| {
        let mut args = vec!["takedown", id, "--reason", reason];
        args.extend(common);
        args
    };
    site.run(&with("示清城管罚决字〔2024〕第9号", "revoked")).ends(2);
    site.run(&with("示清城管罚决字〔2024〕第1号", "because")).ends(2).says("revoked");
}

#[test]
fn a_tampered_log_is_found_and_located() {
    let site = published();
    let log = site.read("ledger/events.jsonl");
    site.write("ledger/events.jsonl", log.replacen("published", "withheld", 1));
    site.run(&["log", "verify"]).ends(1).says("第 1 行");
    let first: String = log.lines().take(1).map(|l| format!("{l}\n")).collect();
    site.write("ledger/events.jsonl", first);
    site.run(&["log", "verify"]).ends(1).says("尾部");
}

#[test]
fn a_doubtful_document_is_not_shown_and_the_case_leaves_all_the_same() {
    let site = published();
    let title = "关于张试文 983217465502817 的来信";
    site.write(
        "drops/2024-05-23/撤销.csv",
        ORDERS.replace("行政复议决定书 示府复〔2024〕3号", title),
    );
    site.build().ends(0).says("撤下 1");
    assert!(site.files_with("青标001").is_empty());
    for raw in ["张试文", "983217465502817"] {
        assert!(site.files_with(raw).is_empty());
        let kept = site.ledger().into_values().any(|b| String::from_utf8_lossy(&b).contains(raw));
        assert!(!kept, "{raw} is in the ledger");
    }
}

#[test]
fn an_authority_that_is_no_organ_is_refused() {
    let site = published();
    let order = |authority| {
        let rest = ["--yes", "--authority", authority];
        [&revoke("示清城管罚决字〔2024〕第1号")[..], &rest].concat()
    };
    let before = site.site();
    for person in ["测试甲", "测试甲 19900001234"] {
        site.run(&order(person)).ends(2).never_says("测试甲").never_says("19900001234");
    }
    assert_eq!(site.site(), before);
    site.run(&order("示例市清源区人民政府")).ends(0);
    assert!(!site.files_with("示例市清源区人民政府").is_empty());
}

#[test]
fn a_plan_tells_states_and_calls_for_no_placard_because_of_the_day() {
    let site = published();
    site.write(
        "data/staff.yml",
        "- {name: 测试乙, unit: 一大队, post: 队员, badge_number: QY001, certificate_number: '5001990101', certificate_from: 2020-01-01, certificate_until: 2028-12-31}\n",
    );
    site.build().ends(0);
    let ask = [&revoke("示清城管罚决字〔2024〕第1号")[..], &["--format", "json"]].concat();
    let ran = site.run_on("2024-05-24", &ask).ends(0);
    let plan: serde_json::Value = serde_json::from_slice(&ran.0.stdout).expect("JSON");
    assert_eq!(plan["printed"], serde_json::json!([]), "{plan}");
    let rows = plan["rows"].as_array().expect("rows");
    let downloads: Vec<_> = rows.iter().filter(|r| r["part"] == "download").collect();
    let named: Vec<_> = downloads.iter().filter_map(|r| r["path"].as_str()).collect();
    let all = [
        "shuju/api/v1/chufa-2024.json",
        "shuju/chufa-2024.csv",
        "shuju/chufa-2024.json",
        "shuju/chufa-2024.jsonl",
        "shuju/chufa-2024.plain.csv",
        "shuju/chufa.csv",
        "shuju/chufa.jsonl",
        "shuju/chufa.plain.csv",
    ];
    assert_eq!(named, all, "{plan}");
    for row in downloads {
        assert_eq!(
            (&row["before"], &row["after"]),
            (&"stands".into(), &"taken_down".into()),
            "{row}"
        );
    }
    site.write(
        "data/staff.yml",
        "- {name: 测试丁, unit: 一大队, post: 队员, badge_number: QY001, certificate_number: '5001990101', certificate_from: 2020-01-01, certificate_until: 2028-12-31}\n",
    );
    let ran = site.run_on("2024-05-24", &ask).ends(0);
    let plan: serde_json::Value = serde_json::from_slice(&ran.0.stdout).expect("JSON");
    assert!(!plan["printed"].as_array().expect("placards").is_empty(), "{plan}");
}
