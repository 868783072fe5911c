//! What a site tells in figures and files, from outside: the states of a year, and what open data keep of people
//! and of cases that are gone.

use serde_json::Value;

use crate::support::{HEADERS, Row, Site, csv_with};

const SITE: &str = "name: 示例市清源区城市管理局\ndistrict: 示例市清源区\nbase_url: https://www.example.gov.cn/cgj/\nunits:\n  - name: 综合执法一大队\n  - {name: 综合执法二大队, formerly: [{name: 市容中队, until: 2022-12-31}]}\n";

/// Three penalties of 2023 and one of 2022, handled by a unit, by one under its former name, and by nobody known.
fn site() -> Site {
    let site = Site::new();
    site.write("site.yml", SITE);
    let headers: Vec<&str> = HEADERS.iter().copied().chain(["办案单位"]).collect();
    let row =
        |n, day: &str, unit: &str| Row::sound(n).with("处罚决定日期", day).with("办案单位", unit);
    let rows = [
        row(1, "2023-12-20", "综合执法一大队"),
        row(2, "2023-12-20", "市容中队"),
        row(3, "2023-12-21", "某某物业公司"),
        row(4, "2022-12-20", "综合执法一大队"),
    ];
    site.write("drops/2023-12-25/处罚.csv", csv_with(&headers, &rows));
    site
}

fn year(site: &Site, day: &str, year: &str) -> String {
    site.run_on(day, &["build"]).ends(0);
    site.read(&format!("public/tongji/{year}/index.html"))
}

#[test]
fn a_year_is_awaited_then_published_and_late_is_told() {
    let site = site();
    let page = year(&site, "2024-01-10", "2023");
    assert!(page.contains("2023年的数据将于2024年1月31日前公布"), "{page}");
    assert!(!page.contains("逾期公布"));
    let index = site.read("public/tongji/index.html");
    assert!(index.contains("2024年1月31日前公布") && index.contains("累计，截至 2024-01-10"));
    let page = year(&site, "2024-01-31", "2023");
    assert!(page.contains("本年数据于2024年1月31日公布") && !page.contains("逾期公布"), "{page}");
    let fresh = self::site();
    let page = year(&fresh, "2024-02-20", "2023");
    assert!(page.contains("逾期公布") && page.contains("应于2024年1月31日前公布"), "{page}");
    let named = self::site();
    named.write("data/statistics/2023.yml", "公布日期: 2024-01-16\n");
    assert!(!year(&named, "2024-02-20", "2023").contains("逾期公布"), "published elsewhere before");
}

#[test]
fn a_year_stands_beside_the_one_before_unless_the_series_is_broken() {
    let site = site();
    let page = year(&site, "2024-02-20", "2023");
    for shown in [
        "<th scope=\"row\">合计（宗）</th> <td class=\"num\">3</td> <td class=\"num\">1</td> <td class=\"num\">＋2</td>",
        "<th scope=\"row\">行政拘留</th> <td class=\"num\">0</td> <td class=\"num\">0</td> <td class=\"num\">持平</td>",
        "<td class=\"num\">未统计</td> <td class=\"num\">未统计</td> <td class=\"num\">—</td>",
        "class=\"before\"",
    ] {
        assert!(page.contains(shown), "{shown} is not in:\n{page}");
    }
    assert!(!year(&site, "2024-02-20", "2024").contains("较上年"), "a year that is not over");
    site.write("data/policy.yml", "statistics_breaks: [{year: 2023, why: 机构改革后范围变化}]\n");
    let page = year(&site, "2024-02-21", "2023");
    assert!(
        page.contains("口径变动：机构改革后范围变化") && page.contains("<td class=\"num\">※</td>")
    );
    assert!(!page.contains("class=\"before\"") && !page.contains("＋2"), "{page}");
    assert!(site.read("public/tongji/index.html").contains("class=\"break\""));
}

#[test]
fn units_are_counted_by_the_bureaus_own_words_and_an_older_ledger_learns_them() {
    let site = site();
    let page = year(&site, "2024-02-20", "2023");
    for (unit, n) in [("综合执法一大队", 1), ("综合执法二大队", 1), ("未载明办案单位", 1)]
    {
        let row = format!("<th scope=\"row\">{unit}</th> <td class=\"num\">{n}宗</td>");
        assert!(page.contains(&row), "{row} is not in:\n{page}");
    }
    let ledger = site.read("ledger/standings-2023.jsonl");
    assert!(
        !ledger.contains("\"unit\":\"某某物业公司\"},\"published_on"),
        "no cell, but a word of site.yml"
    );
    let events = site.read("ledger/events.jsonl");
    let older = ledger
        .replace(",\"unit\":\"综合执法一大队\"},\"published_on\"", "},\"published_on\"")
        .replace(",\"unit\":\"综合执法二大队\"},\"published_on\"", "},\"published_on\"");
    assert!(older != ledger, "{ledger}");
    site.write("ledger/standings-2023.jsonl", &older);
    assert_eq!(year(&site, "2024-02-20", "2023"), page, "learned again");
    assert_eq!(site.read("ledger/standings-2023.jsonl"), ledger);
    assert_eq!(site.read("ledger/events.jsonl"), events, "it is no event");
}

#[test]
fn a_years_files_are_the_same_twice_and_speak_of_its_months_and_units() {
    let site = site();
    year(&site, "2024-02-20", "2023");
    let first = site.site();
    std::fs::remove_dir_all(site.path("public")).expect("removed");
    year(&site, "2024-02-20", "2023");
    for (path, body) in &first {
        assert_eq!(site.site().get(path), Some(body), "{path}");
    }
    let book =
        calamine::open_workbook::<calamine::Xlsx<_>, _>(site.path("public/shuju/tongji-2023.xlsx"));
    let names = calamine::Reader::sheet_names(&book.expect("a workbook"));
    assert!(
        names.contains(&"按月".to_owned()) && names.contains(&"按办案单位".to_owned()),
        "{names:?}"
    );
    let json: Value =
        serde_json::from_str(&site.read("public/shuju/tongji-2023.json")).expect("JSON");
    assert_eq!(json["months"][11]["penalties"], 3);
    assert_eq!(json["balances"][0]["adds_up"], true);
}

#[test]
fn people_are_left_out_of_bulk_as_the_policy_says_and_by_default_in_part() {
    let site = Site::new();
    let person = Row::sound(1).with("行政相对人类别", "自然人").with("行政相对人名称", "上官试文");
    site.write("drops/a/处罚.csv", csv_with(&HEADERS, &[person, Row::sound(2)]));
    let lines = || -> Vec<Value> {
        site.build().ends(0);
        let text = site.read("public/shuju/chufa-2024.jsonl");
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let find =
        |lines: &[Value], kind: &str| lines.iter().find(|r| r["party_kind"] == kind).cloned();
    let reduced = lines();
    let own = find(&reduced, "自然人").expect("its row");
    assert!(own["party"].is_null() && own["facts"].is_null() && own["number"].is_string(), "{own}");
    let other = reduced.iter().find(|r| r["party_kind"] != "自然人").expect("a row");
    assert!(other["party"].is_string() && other["facts"].is_string(), "{other}");
    assert!(
        site.read("public/shuju/index.html").contains("自然人案件在数据文件、接口和检索中不列")
    );
    site.write("data/policy.yml", "open_data_persons: full\n");
    assert!(find(&lines(), "自然人").expect("its row")["facts"].is_string());
    site.write("data/policy.yml", "open_data_persons: omitted\n");
    assert_eq!((find(&lines(), "自然人"), lines().len()), (None, 1));
    site.write("data/policy.yml", "open_data_persons: everything\n");
    site.build().ends(2);
}

#[test]
fn an_expired_or_removed_case_leaves_the_interface_as_it_leaves_the_site() {
    let site = Site::new();
    site.write("drops/2024-05-20/处罚.csv", csv_with(&HEADERS, &[Row::sound(1), Row::sound(2)]));
    site.build().ends(0);
    let list = || -> Value {
        serde_json::from_str(&site.read("public/shuju/api/v1/chufa-2024.json")).expect("JSON")
    };
    let id = list()["cases"][0]["id"].as_str().expect("an id").to_owned();
    let record = format!("public/shihou/chufa/2024/{id}/index.json");
    let order = |reason: &str, id: &str| {
        let document = "示府复〔2024〕3号行政复议决定书";
        let args = ["takedown", id, "--reason", reason, "--confirm", id, "--document", document];
        site.run(&[&args[..], &["--decided-on", "2024-05-21", "--yes"]].concat()).ends(0)
    };
    order("published-in-error", &id);
    let own: Value = serde_json::from_str(&site.read(&record)).expect("JSON");
    assert_eq!(own["status"], "taken_down");
    assert!(own["party"].is_null() && own["ground"].is_string(), "{own}");
    assert_eq!(list()["cases"].as_array().expect("cases").len(), 2);
    let other =
        list()["cases"].as_array().expect("cases").iter().find(|c| c["id"] != id.as_str()).cloned();
    let other = other.expect("the other")["id"].as_str().expect("an id").to_owned();
    order("personal-information", &other);
    assert_eq!(list()["cases"].as_array().expect("cases").len(), 1, "not even a tombstone");
    assert!(!site.path(&format!("public/shihou/chufa/2024/{other}/index.json")).exists());
    assert!(
        site.files_with(&other).iter().all(|f| f.starts_with("rizhi/")),
        "{:?}",
        site.files_with(&other)
    );
}
