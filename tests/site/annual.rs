//! The tables of the annual report that people fill in, from outside: what is taken, what is told, and what a
//! published year keeps.

use calamine::{Data, Reader as _};
use serde_json::Value;

use crate::support::{HEADERS, Ran, Row, Site, csv_with};

const BUREAU: &str = "示例市清源区城市管理局";

/// A year of licences, with compulsion by unit.
const ENTRIES: &str = "填报人: 统计岗
填报日期: 2024-01-12
行政许可:
  - 单位: 示例市清源区城市管理局
    申请数量: 26569
    受理数量: 26569
    许可数量: 26462
    不予许可数量: 102
    撤销许可数量: 5
其他行政执法行为:
  - 单位: 合计
    行政征收次数: 0
    征收总金额（万元）: 12.3456
";

/// A bureau with two units and two penalties of 2023, built on 2024-01-20.
fn site() -> Site {
    let site = Site::new();
    site.write(
        "site.yml",
        format!("name: {BUREAU}\ndistrict: 示例市清源区\nunits:\n  - name: 综合执法一大队\n  - name: 综合执法二大队\n"),
    );
    let rows = [1, 2].map(|n| Row::sound(n).with("处罚决定日期", "2023-12-20"));
    site.write("drops/2023-12-25/处罚.csv", csv_with(&HEADERS, &rows));
    site
}

fn build(site: &Site, day: &str) -> Ran {
    site.run_on(day, &["build"]).ends(0)
}

fn page(site: &Site) -> String {
    site.read("public/tongji/2023/index.html")
}

fn json(site: &Site, day: &str) -> Value {
    let ran = site.run_on(day, &["stats", "2023", "--format", "json"]);
    serde_json::from_slice(&ran.0.stdout).expect("JSON")
}

/// The figures of a table's row: the row's number, or the last for the sum.
fn row(whole: &Value, id: &str, unit: &str) -> Vec<Value> {
    let table = whole["tables"].as_array().expect("tables").iter().find(|t| t["id"] == id);
    let rows = table.expect("the table")["rows"].as_array().expect("rows");
    let row = rows.iter().find(|r| r["unit"] == unit).expect("the row");
    row["values"].as_array().expect("values").clone()
}

#[test]
fn what_was_entered_stands_on_page_and_in_files_and_the_rest_is_not_counted() {
    let site = site();
    site.write("data/statistics/2023.yml", ENTRIES);
    build(&site, "2024-01-20").never_says("bad-statistics-figure").never_says("statistics]");
    let page = page(&site);
    for shown in [
        "<caption>2023年，计数单位：宗</caption>",
        "<th scope=\"row\">许可数量</th> <td class=\"num\">26462</td>",
        "统计岗填报，2024年1月12日",
        "<th scope=\"row\">行政征收次数</th> <td class=\"num\">0</td>",
        "<td class=\"num\">12.3456</td>",
        "<th scope=\"row\">行政裁决次数</th> <td class=\"num\">未统计</td>",
        "本表未统计。",
        "<th scope=\"row\">涉嫌犯罪移送案件数量</th> <td class=\"num\">未统计</td>",
    ] {
        assert!(page.contains(shown), "{shown} is not on the page");
    }
    assert!(!page.contains("未检查"), "citizens read 未统计");
    let csv = site.read("public/shuju/tongji-2023-licences.csv");
    assert!(csv.contains("\"合计\",\"26569\",\"26569\",\"26462\",\"102\",\"5\""), "{csv}");
    let open: Value =
        serde_json::from_str(&site.read("public/shuju/tongji-2023.json")).expect("JSON");
    assert_eq!(open["tables"][0]["rows"][1]["figures"]["许可数量"], 26462);
    assert_eq!(open["tables"][3]["rows"][0]["figures"]["行政裁决次数"], Value::Null);
    assert_eq!(open["tables"][3]["rows"][0]["figures"]["征收总金额（万元）"], "12.3456");
    let whole = json(&site, "2024-01-20");
    assert_eq!(row(&whole, "licences", "合计"), [26569, 26569, 26462, 102, 5]);
    assert_eq!(row(&whole, "compulsion", "合计"), vec![Value::Null; 12]);
    let told = site.run_on("2024-01-20", &["stats", "2023"]).ends(0);
    told.says("26462")
        .says("相符  受理数量 ≤ 申请数量")
        .says("行政强制实施情况统计表（宗）：未统计");
}

#[test]
fn a_workbook_has_a_sheet_a_table_and_empty_cells_for_what_is_not_counted() {
    let site = site();
    site.write("data/statistics/2023.yml", ENTRIES);
    build(&site, "2024-01-20");
    site.run_on("2024-01-20", &["stats", "2023", "--out", "年报"]).ends(0);
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook(site.path("年报/tongji-2023-e.xlsx")).expect("a workbook");
    let mut last = |sheet: &str| -> Vec<Data> {
        let range = book.worksheet_range(sheet).expect("the sheet");
        range.rows().next_back().expect("a row").to_vec()
    };
    assert_eq!(last("行政许可")[4], Data::Float(26462.0));
    assert_eq!(last("其他行政执法行为")[3], Data::Float(12.3456));
    assert!(last("其他行政执法行为")[4..].iter().all(|cell| *cell == Data::Empty));
    let csv = site.read("年报/tongji-2023-e-acts.csv");
    assert!(csv.contains("\"0\",\"12.3456\",\"未统计\""), "{csv}");
}

#[test]
fn units_sum_where_all_are_known_and_contradictions_are_told() {
    let site = site();
    site.write(
        "data/statistics/2023-licences.csv",
        "单位,申请数量,受理数量,填报人,填报日期\n综合执法一大队,3,3,内勤岗,2024-01-10\n综合执法二大队,4,未统计,内勤岗,2024-01-10\n",
    );
    build(&site, "2024-01-20").never_says("bad-statistics-figure");
    let whole = json(&site, "2024-01-20");
    assert_eq!(row(&whole, "licences", "综合执法二大队")[..2], [Value::from(4), Value::Null]);
    assert_eq!(row(&whole, "licences", "合计")[..2], [Value::from(7), Value::Null]);
    // Now a sum that is not the units', and another figure for one of them.
    site.write(
        "data/statistics/2023.yml",
        "填报人: 统计岗\n填报日期: 2024-01-12\n行政许可:\n  - 单位: 综合执法一大队\n    受理数量: 9\n  - 单位: 合计\n    申请数量: 8\n",
    );
    let told = site.run_on("2024-01-20", &["stats", "2023"]).ends(1);
    told.says("bad-statistics-figure")
        .says("两处填报的数字不同")
        .says("unbalanced-statistics")
        .says("各单位之和 7，填报的合计 8");
    let whole = json(&site, "2024-01-20");
    assert_eq!(row(&whole, "licences", "综合执法一大队")[1], Value::Null, "neither was taken");
}

#[test]
fn what_cannot_be_taken_is_told_by_its_line_and_never_repeated() {
    let site = site();
    let wrong = ENTRIES
        .replace("申请数量: 26569", "申请数量: -77231")
        .replace("受理数量: 26569", "受理数量: 88412.5")
        .replace("撤销许可数量: 5", "无此栏目甲: 5")
        + "无此表乙:\n  - 单位: 合计\n行政检查:\n  - 单位: 某个别的单位丙\n    检查次数: 3\n";
    site.write("data/statistics/2023.yml", wrong);
    site.write("data/statistics/2023-nothing.csv", "单位\n");
    site.write("data/statistics/notes.txt", "x");
    let ran = site.run_on("2024-01-20", &["check", "--format", "json"]);
    let said = ran.said();
    for raw in ["77231", "88412", "无此栏目甲", "无此表乙", "某个别的单位丙"] {
        assert!(!said.contains(raw), "{raw} is repeated");
    }
    let told: Value = serde_json::from_slice(&ran.0.stdout).expect("JSON");
    let found = told["findings"].as_array().expect("findings");
    let mut rows: Vec<(String, Value)> = found
        .iter()
        .filter(|f| f["check"] == "bad-statistics-figure")
        .map(|f| {
            let place = &f["place"];
            (place["file"].as_str().unwrap_or_default().to_owned(), place["row"].clone())
        })
        .collect();
    rows.sort_by_key(|(file, row)| (file.clone(), row.as_u64()));
    let yml = |line: u64| ("data/statistics/2023.yml".to_owned(), Value::from(line));
    let rest: Vec<&str> = rows[..2].iter().map(|(file, _)| file.as_str()).collect();
    assert_eq!(rest, ["data/statistics/2023-nothing.csv", "data/statistics/2023.yml"], "{rows:?}");
    assert_eq!(rows[1..6], [yml(5), yml(6), yml(9), yml(14), yml(17)]);
    assert_eq!(rows.len(), 7, "and the file of notes: {rows:?}");
    build(&site, "2024-01-20");
    let page = page(&site);
    assert!(page.contains("<th scope=\"row\">申请数量</th> <td class=\"num\">未统计</td>"));
    site.write("data/statistics/2023.yml", "行政许可: [\n");
    build(&site, "2024-01-20").says("bad-statistics-figure");
}

#[test]
fn columns_that_do_not_sum_to_their_total_are_told_and_odd_ones_only_noticed() {
    let site = site();
    let head = "填报人: 统计岗\n填报日期: 2024-01-12\n";
    let compulsion = |total: u32| {
        let columns = [
            "查封场所、设施或者财物",
            "扣押财物",
            "冻结存款、汇款",
            "其他行政强制措施",
            "加处罚款或者滞纳金",
            "划拨存款、汇款",
            "拍卖或者依法处理财物",
            "排除妨碍、恢复原状",
            "代履行",
            "其他强制执行",
            "申请法院强制执行",
        ];
        let figures: String = columns.iter().map(|c| format!("    {c}: 2\n")).collect();
        format!("{head}行政强制:\n  - 单位: {BUREAU}\n{figures}    合计: {total}\n")
    };
    site.write("data/statistics/2023.yml", compulsion(22));
    build(&site, "2024-01-20").never_says("unbalanced-statistics");
    site.run_on("2024-01-20", &["stats", "2023"]).ends(0).says("相符  查封场所");
    site.write("data/statistics/2023.yml", compulsion(23));
    build(&site, "2024-01-20").says("unbalanced-statistics");
    site.run_on("2024-01-20", &["stats", "2023"]).ends(1).says("不符  查封场所");
    let odd = format!(
        "{head}行政处罚:\n  - 单位: 合计\n    涉嫌犯罪移送案件数量: 1\n    司法机关受理案件数量: 2\n"
    );
    site.write("data/statistics/2023.yml", odd);
    build(&site, "2024-01-20").says("unlikely-statistics");
    let told = site.run_on("2024-01-20", &["stats", "2023"]).ends(0);
    told.says("unlikely-statistics");
    assert!(
        page(&site)
            .contains("<th scope=\"row\">司法机关受理案件数量</th> <td class=\"num\">2</td>")
    );
}

#[test]
fn a_duty_that_the_bureau_does_not_have_has_no_table() {
    let site = site();
    site.write("data/statistics/2023.yml", "无此职责: [行政强制]\n");
    build(&site, "2024-01-20");
    let page = page(&site);
    assert!(page.contains("本机关没有这项职责，不列此表。"));
    assert!(!site.path("public/shuju/tongji-2023-compulsion.csv").exists());
    assert!(site.path("public/shuju/tongji-2023-licences.csv").exists());
}

#[test]
fn a_published_year_keeps_its_figures_and_tells_every_change() {
    let site = site();
    site.write("data/statistics/2023.yml", ENTRIES);
    build(&site, "2024-01-20");
    assert!(!site.path("ledger/years.json").exists(), "the last lawful day is not come");
    let late = |n| Row::sound(n).with("处罚决定日期", "2023-12-28");
    site.write("drops/2024-01-22/处罚.csv", csv_with(&HEADERS, &[late(3)]));
    build(&site, "2024-01-31").never_says("changed-published-statistics");
    let published = site.read("ledger/years.json");
    assert!(published.contains("\"published_on\": \"2024-01-31\""), "{published}");
    assert!(page(&site).contains("本年数据于2024年1月31日公布"));
    assert!(!page(&site).contains("公布后有变动"));
    build(&site, "2024-02-01");
    assert_eq!(site.read("ledger/years.json"), published, "another day is no change");
    // One more decision, and another figure by hand.
    site.write("drops/2024-02-18/处罚.csv", csv_with(&HEADERS, &[late(4)]));
    site.write(
        "data/statistics/2023.yml",
        ENTRIES.replace("不予许可数量: 102", "不予许可数量: 101"),
    );
    let before = site.ledger();
    site.run_on("2024-02-19", &["check"]).says("changed-published-statistics");
    site.run_on("2024-02-19", &["stats", "2023"]).ends(1).says("公布时 102，现为 101");
    assert_eq!(site.ledger(), before, "asking changes nothing");
    let told = build(&site, "2024-02-19");
    told.says("2023年 行政处罚「合计」「罚款」：公布时 3，现为 4")
        .says("2023年 行政处罚「合计」「罚没金额（万元）」：公布时 1.5，现为 2")
        .says("2023年 行政许可「合计」「不予许可数量」：公布时 102，现为 101");
    let page_then = page(&site);
    assert!(page_then.contains("<strong>公布后有变动</strong>，最近一次在2024年2月19日"));
    assert!(page_then.contains("<th scope=\"row\">2024-02-19</th> <td>行政处罚</td> <td>合计</td> <td>罚款</td> <td class=\"num\">3</td> <td class=\"num\">4</td>"));
    // It is told until it is corrected, and its day does not move.
    build(&site, "2024-02-21").says("changed-published-statistics");
    assert!(page(&site).contains("最近一次在2024年2月19日"));
    let corrected =
        ENTRIES.replace("不予许可数量: 102", "不予许可数量: 101") + "更正公布日期: 2024-02-26\n";
    site.write("data/statistics/2023.yml", corrected);
    build(&site, "2024-02-26");
    build(&site, "2024-02-27").never_says("changed-published-statistics");
    site.run_on("2024-02-27", &["stats", "2023"]).ends(0);
    assert!(page(&site).contains("，2024年2月26日更正公布。"));
    assert!(page(&site).contains("公布后有变动"), "the history stays");
}

#[test]
fn a_bureau_may_publish_before_the_last_day() {
    let site = site();
    site.write("data/statistics/2023.yml", "公布日期: 2024-01-17\n");
    build(&site, "2024-01-16");
    assert!(!site.path("ledger/years.json").exists());
    build(&site, "2024-01-17");
    assert!(site.read("ledger/years.json").contains("\"published_on\": \"2024-01-17\""));
    site.write("ledger/years.json", "{");
    site.run_on("2024-01-18", &["build"]).ends(1);
}

#[test]
fn who_entered_figures_is_a_post_and_never_a_person() {
    let site = site();
    for name in ["测试甲", "测试甲19900001234"] {
        site.write("data/statistics/2023.yml", ENTRIES.replace("统计岗", name));
        let ran = build(&site, "2024-01-20").says("bad-statistics-figure");
        ran.never_says("测试甲");
        assert!(site.files_with("测试甲").is_empty(), "{:?}", site.files_with("测试甲"));
        assert!(!page(&site).is_empty());
    }
    site.write("data/statistics/2023.yml", ENTRIES);
    build(&site, "2024-01-20").never_says("bad-statistics-figure");
    assert!(page(&site).contains("统计岗"));
}

#[test]
fn a_case_whose_day_must_be_mended_is_of_no_year() {
    let site = site();
    site.write(
        "drops/2023-12-26/处罚.csv",
        csv_with(&HEADERS, &[Row::sound(3).with("处罚决定日期", "2023-13-45")]),
    );
    build(&site, "2024-01-20").says("[bad-date]");
    assert!(!site.path("public/tongji/0").exists());
    let index = site.read("public/tongji/index.html");
    assert!(index.contains("另有 1 件的日期待补正") && !index.contains(">0年<"), "{index}");
}
