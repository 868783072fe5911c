//! The annual statistics from outside: the table, its files, and what is never named.

use calamine::{Data, Reader as _};
use serde_json::Value;

use crate::support::{HEADERS, Row, Site, csv_with};

const REVOKED: &str = "决定书文号,撤下事由,依据文书,作出机关,文书日期,生效日期\r\n示清城管罚决字〔2024〕第2号,撤销,行政复议决定书 示府复〔2024〕3号,示例市清源区人民政府,2024-05-22,2024-05-22\r\n";

fn number(n: usize) -> String {
    format!("示清城管罚决字〔2024〕第{n}号")
}

/// Five penalties of 2024: two published, one taken down, one withheld, one held; and one of 2023.
fn year() -> Site {
    let headers: Vec<&str> =
        HEADERS.iter().copied().chain(["是否公开", "不予公开理由", "不予公开批准人"]).collect();
    let row = |n| Row::sound(n).with("是否公开", "是");
    let rows = [
        row(1),
        row(2),
        row(3)
            .with("处罚类别", "责令停产停业、吊销许可证件")
            .with("处罚内容", "责令停产停业，吊销许可证件")
            .with("罚款金额(万元)", ""),
        row(4)
            .with("是否公开", "否")
            .with("不予公开理由", "国家秘密")
            .with("不予公开批准人", "分管领导"),
        row(5).with("公示截止期", "二〇二七"),
        row(6).with("处罚决定日期", "2023-12-29"),
    ];
    let site = Site::new();
    site.write("drops/2024-05-20/处罚.csv", csv_with(&headers, &rows));
    site.run_on("2024-05-21", &["build"]).ends(0);
    site.write("drops/2024-05-23/撤销.csv", REVOKED);
    site.build().ends(0);
    site
}

fn json(site: &Site, args: &[&str]) -> Value {
    let args: Vec<&str> = args.iter().copied().chain(["--format", "json"]).collect();
    serde_json::from_slice(&site.run(&args).0.stdout).expect("JSON")
}

fn cell(table: &Value, title: &str) -> Value {
    let columns = table["columns"].as_array().expect("columns");
    let at = columns.iter().position(|c| c == title).expect("the column");
    table["rows"].as_array().expect("rows").last().expect("the sum")["values"][at].clone()
}

#[test]
fn every_decision_of_the_year_counts_once_wherever_it_stands() {
    let site = year();
    let table = json(&site, &["stats", "2024"]);
    let parts = &table["reconciliation"];
    for (part, n) in [("published", 2), ("withheld", 1), ("held", 1), ("taken_down", 1)] {
        assert_eq!(parts[part], n, "{part} in {parts}");
    }
    assert_eq!((&parts["decided"], &parts["adds_up"]), (&Value::from(5), &Value::from(true)));
    assert_eq!(parts["revoked"], 1);
    assert_eq!(cell(&table, "合计（宗）"), 5);
    assert_eq!(cell(&table, "罚款"), 4);
    assert_eq!(cell(&table, "罚没金额（万元）"), "2");
    // The export says no procedure and no legal review: unknown is not 0.
    for title in
        ["简易程序数量", "一般程序数量", "法制审核数量（审核数量）", "涉嫌犯罪移送案件数量"]
    {
        assert_eq!(cell(&table, title), Value::Null, "{title}");
    }
    let verdicts: Vec<&Value> =
        table["identities"].as_array().expect("identities").iter().map(|i| &i["verdict"]).collect();
    assert_eq!(verdicts, ["holds", "unknown", "unknown", "holds"]);
    site.run(&["stats", "2024"]).ends(0).says("当年决定 5 ＝ 表内合计 5").says("未统计");
    site.run(&["stats", "2023"]).ends(0).says("当年决定 1 ＝ 表内合计 1");
    site.run(&["stats", "2022"]).ends(0).says("当年决定 0 ＝ 表内合计 0");
}

#[test]
fn forms_put_one_decision_into_different_columns() {
    let site = year();
    for (form, title) in [("a", "吊销许可证、执照"), ("B", "吊销许可证件"), ("c", "责令停产停业")]
    {
        let table = json(&site, &["stats", "2024", "--form", form]);
        assert_eq!(cell(&table, title), 1, "{form}");
    }
    let yuan = json(&site, &["stats", "2024", "--form", "b"]);
    assert_eq!(cell(&yuan, "罚没金额（元）"), "20000");
    site.run(&["stats", "2024", "--form", "z"]).ends(2).says("a、b、c、d、e");
}

#[test]
fn a_cell_names_only_cases_that_were_published() {
    let site = year();
    let told = site.run(&["stats", "2024", "--explain", "合计,合计（宗）"]).ends(0);
    let told = told.says(&number(1)).says(&format!("{}（已撤下）", number(2))).says(&number(3));
    told.says("另有 2 宗未曾公示").never_says(&number(4)).never_says(&number(5));
    site.run(&["stats", "2024", "--explain", "1,3"]).ends(0).says("罚款：4").never_says(&number(3));
    for wrong in ["合计,无", "9,罚款", "罚款", "0,1"] {
        site.run(&["stats", "2024", "--explain", wrong]).ends(2).says("没有这一格");
    }
    let whole = site.run(&["stats", "2024"]).said() + &json(&site, &["stats", "2024"]).to_string();
    assert!(!whole.contains("罚决字"), "the table names no case");
}

#[test]
fn the_three_files_say_the_same_and_come_out_the_same() {
    let site = year();
    let before = site.ledger();
    site.run(&["stats", "2024", "--out", "年报"]).ends(0).says("tongji-2024-e.xlsx");
    let first = crate::support::tree(&site.path("年报"));
    let (tables, of_penalties) = (["acts", "compulsion", "inspections", "licences"], 3);
    assert_eq!(first.len(), of_penalties + tables.len());
    for table in tables {
        assert!(first.contains_key(&format!("tongji-2024-e-{table}.csv")), "{table}");
    }
    site.run(&["stats", "2024", "--out", "年报"]).ends(0);
    assert_eq!(crate::support::tree(&site.path("年报")), first);
    assert_eq!(site.ledger(), before, "the ledger is only read");
    let csv = site.read("年报/tongji-2024-e.csv");
    let sum = csv.lines().last().expect("the sum");
    assert!(sum.starts_with("\"\",\"合计\",\"0\",\"0\",\"4\",\"0\""), "{sum}");
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook(site.path("年报/tongji-2024-e.xlsx")).expect("a workbook");
    let sheet = book.worksheet_range("行政处罚").expect("the sheet");
    let shown = |cell: &Data| match cell {
        Data::Empty => String::new(),
        cell => cell.to_string(),
    };
    let last: Vec<String> = sheet.rows().next_back().expect("the sum").iter().map(shown).collect();
    let inner = sum.strip_prefix('"').and_then(|s| s.strip_suffix('"')).expect("quoted cells");
    let texts: Vec<&str> = inner.split("\",\"").collect();
    // What nobody counted is a word in the one and an empty cell in the other.
    let texts: Vec<&str> = texts.into_iter().map(|t| if t == "未统计" { "" } else { t }).collect();
    assert_eq!(last, texts);
    assert!(sum.contains("未统计"), "{sum}");
}

#[test]
fn the_policy_chooses_the_form_of_page_and_command() {
    let site = year();
    site.write("data/policy.yml", "statistics_form: d\n");
    site.build().ends(0);
    assert!(site.read("public/tongji/2024/index.html").contains("暂扣许可证件、降低资质等级"));
    site.run(&["stats", "2024"]).ends(0).says("表式 d");
    site.write("data/policy.yml", "statistics_form: nowhere\n");
    site.run(&["stats", "2024"]).ends(2);
    // A form of the bureau's own, which leaves revoked decisions out.
    let own = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/data/forms/statistics-c.yml"
    ));
    let own = own
        .expect("the form")
        .replace("id: c", "id: own")
        .replace("revoked: silent", "revoked: excluded");
    site.write("data/forms/statistics-own.yml", own);
    site.write("data/policy.yml", "statistics_form: own\n");
    site.run(&["stats", "2024"]).ends(0).says("表内合计 4 ＋ 依表式不计的撤销决定 1");
    site.run(&["stats", "2024", "--explain", "合计,罚款"]).ends(0).never_says(&number(2));
}

#[test]
fn a_row_that_comes_after_the_figures_were_due_is_told() {
    let site = year();
    site.run_on("2025-02-10", &["stats", "2024"]).ends(0).never_says("之后才进入台账");
    let late = [Row::sound(7).with("处罚类别", "警告、罚款")];
    site.write("drops/2025-02-11/处罚.csv", csv_with(&HEADERS, &late));
    let told = site.run_on("2025-02-11", &["stats", "2024"]).ends(0);
    told.never_says("之后才进入台账");
    site.run_on("2025-02-11", &["build"]).ends(0);
    let told = site.run_on("2025-02-11", &["stats", "2024"]).ends(0);
    told.says("2025-01-31 之后才进入台账的 1 宗、罚没 0.5 万元")
        .says("已公布的合计若为 5，现应为 6")
        .never_says(&number(7));
}
