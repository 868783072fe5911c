//! Several parties inspected under one task: each is corrected, taken down and removed by itself.

use crate::support::{Site, TODAY, credit_code, is_case_page};

const HEAD: &str = "抽查任务编号,抽查计划名称,抽查事项,检查对象,行政相对人类别,统一社会信用代码,检查方式,检查结果,检查结果作出日期,检查机关\r\n";
const TASK: &str = "示清城管双随机〔2024〕第3号";
const RESULT: &str = "未发现问题";

fn row(party: &str, kind: &str, code: &str) -> String {
    format!(
        "{TASK},2024年度抽查计划,建筑垃圾运输管理检查,{party},{kind},{code},现场检查,{RESULT},2024-05-20,示例市清源区城市管理局\r\n"
    )
}

fn firm(n: usize) -> String {
    row(&format!("示例市青标{n:03}运输有限公司"), "法人及非法人组织", &credit_code("91", n))
}

fn published() -> Site {
    let site = Site::new();
    let rows = [firm(1), firm(2), row("张试文", "自然人", "")].concat();
    site.write("drops/2024-05-20/检查.csv", HEAD.to_owned() + &rows);
    site.build().ends(0).says("公示 3");
    site
}

fn page_of(site: &Site, marker: &str) -> Option<String> {
    site.files_with(marker).into_iter().find(|n| is_case_page(n))
}

fn id_of(site: &Site, marker: &str) -> String {
    let page = page_of(site, marker).expect("a case page");
    page.split('/').nth(3).expect("an id").to_owned()
}

fn take_down(site: &Site, id: &str, reason: &str) {
    let base = ["takedown", id, "--reason", reason, "--confirm", id, "--document"];
    let rest = ["示府复〔2024〕3号决定书", "--decided-on", "2024-05-22", "--yes"];
    site.run(&[&base[..], &rest].concat()).ends(0).says("撤下 1");
}

fn rebuilds_alike(site: &Site) {
    let before = (site.site(), site.ledger());
    site.build().ends(0).says("更正 0，撤下 0，期满 0");
    assert!((site.site(), site.ledger()) == before, "building again changed something");
}

#[test]
fn one_party_of_a_task_is_taken_down_and_the_others_stay() {
    let site = published();
    let id = id_of(&site, "青标001");
    take_down(&site, &id, "published-in-error");
    assert!(site.files_with("青标001").is_empty(), "{:?}", site.files_with("青标001"));
    assert!(page_of(&site, "青标002").is_some());
    assert!(site.path(&format!("public/chexia/{id}/index.html")).exists());
    rebuilds_alike(&site);
    let second = id_of(&site, "青标002");
    take_down(&site, &second, "personal-information");
    assert!(site.files_with("青标002").is_empty(), "{:?}", site.files_with("青标002"));
    assert_eq!(site.files_with(&second), ["rizhi/log-0001.jsonl"]);
    assert!(page_of(&site, "张").is_some());
    rebuilds_alike(&site);
}

#[test]
fn a_correction_of_one_party_leaves_the_others() {
    let site = published();
    let correct = |id: &str| {
        let base = ["correct", id, "--field", "检查结果", "--to", "发现问题已责令改正"];
        let rest = ["--reason", "entry-error", "--document", "更正通知书 示清城管更〔2024〕1号"];
        site.run_on(TODAY, &[&base[..], &rest, &["--yes"]].concat())
    };
    correct(&id_of(&site, "青标001")).ends(0).says("更正 1");
    let says = |marker: &str, text: &str| {
        let page = page_of(&site, marker).expect("a case page");
        site.read(&format!("public/{page}")).contains(text)
    };
    assert!(says("青标001", "发现问题已责令改正") && says("青标002", RESULT));
    assert!(!says("青标002", "发现问题已责令改正"));
    rebuilds_alike(&site);
    // Who has no public code is named by hand, in the raw folder.
    let person = id_of(&site, "张某");
    correct(&person).ends(2).says("检查对象");
    let by_hand = format!(
        "- {{文号: {TASK}, 检查对象: 张试文, 栏目: 检查结果, 内容: 发现问题已当场改正, 事由: 录入错误, 依据文书: 更正通知书 示清城管更〔2024〕2号, 文书日期: 2024-05-23}}\n"
    );
    let file = "drops/2024-05-20/更正.yml";
    site.write(file, site.read(file) + &by_hand);
    site.build().ends(0).says("更正 1");
    assert!(says("张某", "发现问题已当场改正") && says("青标001", "发现问题已责令改正"));
    rebuilds_alike(&site);
}

#[test]
fn an_order_of_a_drop_names_one_party_by_its_code() {
    let site = published();
    let head = "决定书文号,统一社会信用代码,处理类型,依据文书,作出机关,文书日期\r\n";
    let order = |code: &str| {
        format!(
            "{TASK},{code},撤销,行政复议决定书 示府复〔2024〕4号,示例市清源区人民政府,2024-05-22\r\n"
        )
    };
    let path = "drops/2024-05-23/撤销.csv";
    site.write(path, head.to_owned() + &order(&credit_code("91", 9)));
    site.build().ends(0).says("unknown-takedown-case").says("公示 3");
    site.write(path, head.to_owned() + &order(&credit_code("91", 2)));
    site.build().ends(0).says("公示 2").says("撤下 1");
    assert!(page_of(&site, "青标002").is_none() && page_of(&site, "青标001").is_some());
    rebuilds_alike(&site);
    site.write(path, head.to_owned() + &order(""));
    site.build().ends(0).says("公示 0");
}
