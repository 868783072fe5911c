//! `gongshi calendar` from outside: where a year comes from, and how a new one comes in.

use sha2::{Digest as _, Sha256};

use crate::support::{Row, Site, csv};

/// An invented notice for 2027 in the form of holiday-cn.
fn notice() -> serde_json::Value {
    let off = [
        ("元旦", "2027-01-", 1..=3),
        ("春节", "2027-02-", 5..=12),
        ("清明节", "2027-04-", 3..=5),
        ("劳动节", "2027-05-", 1..=5),
        ("端午节", "2027-06-", 9..=9),
        ("中秋节", "2027-09-", 15..=15),
        ("国庆节", "2027-10-", 1..=7),
    ];
    let on = ["2027-01-30", "2027-02-13", "2027-05-08", "2027-09-26", "2027-10-09"];
    let day = |name: &str, date: String, off: bool| serde_json::json!({"name": name, "date": date, "isOffDay": off});
    let mut days: Vec<serde_json::Value> = off
        .into_iter()
        .flat_map(|(name, month, range)| range.map(move |d| (name, format!("{month}{d:02}"))))
        .map(|(name, date)| day(name, date, true))
        .collect();
    days.extend(on.map(|date| day("春节", date.into(), false)));
    serde_json::json!({
        "$schema": "https://example.invalid/schema.json", "$id": "2027.json", "year": 2027,
        "papers": ["https://www.example.invalid/2026/notice.htm"], "days": days,
    })
}

const IMPORT: [&str; 5] = ["calendar", "import", "2027.json", "--number", "国办发明电〔2026〕99号"];

#[test]
fn a_year_shows_its_source_and_digest() {
    let site = Site::new();
    let own = include_bytes!("../../data/law/calendar/2026.yml");
    let digest: String = Sha256::digest(own).iter().map(|b| format!("{b:02x}")).collect();
    let ran = site.run(&["calendar", "show", "2026"]).ends(0).says("248 个工作日");
    let ran = ran.says("依据 国办发明电〔2025〕7号").says("content_7047091.htm");
    ran.says(&format!("文件 data/law/calendar/2026.yml  SHA-256 {digest}"));
    site.run(&["calendar", "show", "2027"]).ends(1).says("没有 2027 年的放假安排");
}

#[test]
fn a_new_notice_comes_in_and_tells_what_it_moves() {
    let site = Site::new();
    let held = |n, day| Row::sound(n).with("处罚决定日期", day).with("行政相对人类别", "");
    let rows = [held(1, "2026-12-25"), held(2, "2026-12-21"), held(3, "2026-11-02")];
    site.write("drops/a/处罚.csv", csv(&rows));
    site.run_on("2026-12-26", &["build"]).ends(0).says("扣留 3");
    site.write("2027.json", notice().to_string());
    let ran = site.run_on("2026-12-26", &IMPORT).ends(0).says("进行中的期限 3 项，变动 2 项");
    let ran = ran.says("第1号  待定 → 2027-01-06").says("第2号  2026-12-30（暂定） → 2026-12-30\n");
    ran.says("元旦  2027-01-01 2027-01-02 2027-01-03\n").never_says("第3号  ");
    let text = site.read("data/law/calendar/2027.yml");
    assert!(text.contains("国办发明电〔2026〕99号") && text.contains("kind: workday"), "{text}");
    let ran = site.run(&["calendar", "show", "2027"]).ends(0).says("国办发明电〔2026〕99号");
    let digest: String = Sha256::digest(&text).iter().map(|b| format!("{b:02x}")).collect();
    ran.says(&digest);
    site.run_on("2026-12-26", &["due"]).ends(3).says("2027-01-06  处罚决定公示");
    site.run(&["calendar", "due", "2026-12-25", "7"]).ends(0).says("2027-01-06");
}

#[test]
fn a_year_that_is_there_is_replaced_only_when_asked() {
    let site = Site::new();
    site.write("2027.json", notice().to_string());
    site.run_on("2026-12-01", &IMPORT).ends(0).says("没有台账，未比较");
    let first = site.read("data/law/calendar/2027.yml");
    site.run_on("2026-12-01", &IMPORT).ends(0); // The same words again change nothing.
    let other = notice().to_string().replace("2027-06-09", "2027-06-10");
    site.write("2027.json", &other);
    site.run_on("2026-12-01", &IMPORT).ends(1).says("已存在，未改动");
    assert_eq!(site.read("data/law/calendar/2027.yml"), first);
    let yes = [&IMPORT[..], &["--yes"]].concat();
    site.run_on("2026-12-01", &yes).ends(0);
    assert!(site.read("data/law/calendar/2027.yml").contains("2027-06-10"));
}

#[test]
fn a_notice_that_cannot_be_right_writes_nothing() {
    let site = Site::new();
    for (from, to, told) in [
        ("2027-01-30", "2027-01-29", "不是周末"),
        ("2027-05-05", "2027-05-04", "出现两次"),
        ("2027-04-05", "2029-04-05", "不在 2027 年"),
        ("国庆节", "春节", "没有国庆节"),
        ("\"year\":2027", "\"year\":2028", "不可能已经发布"),
    ] {
        let broken = notice().to_string().replace(from, to);
        site.write("2027.json", broken);
        site.run_on("2026-12-01", &IMPORT).ends(2).says(told);
        assert!(!site.path("data/law").exists(), "{told}");
    }
    let english = [&IMPORT[..], &["--lang", "en"]].concat();
    site.write("2027.json", "{}");
    site.run_on("2026-12-01", &english).ends(2).says("not holiday-cn's JSON");
}
