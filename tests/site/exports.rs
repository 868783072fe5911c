//! Exports from outside: what stands in a document for another channel stands on the site, and nothing of a case that is
//! gone stands in any.

use std::collections::BTreeMap;

use crate::support::{Ran, Row, Site, credit_code, csv, id_number, revoke, tree};

const ADDRESS: &str = "https://www.qingyuan-cgj.example/gongshi/";

/// A bureau with an address and five cases: two firms, a shop, a person, one about to end.
pub(crate) fn bureau() -> Site {
    let site = Site::new();
    site.write(
        "site.yml",
        format!("name: 示例市清源区城市管理局\ndistrict: 示例市清源区\ncredit_code: {}\nbase_url: {ADDRESS}\ncontact:\n  telephone: 023-48600000\n  complaint_telephone: '12319'\n", credit_code("11", 99)),
    );
    site.write("drops/a/处罚.csv", csv(&rows()));
    site
}

fn rows() -> Vec<Row> {
    let person = Row::sound(4)
        .with("行政相对人名称", "测试乙")
        .with("行政相对人类别", "自然人")
        .with("行政相对人代码_1(统一社会信用代码)", "")
        .with("法定代表人", "");
    let shop = Row::sound(3)
        .with("行政相对人名称", "示例市青标003早餐店")
        .with("行政相对人类别", "个体工商户")
        .with("行政相对人代码_1(统一社会信用代码)", credit_code("92", 3));
    let formula = Row::sound(2).with("违法行为类型", "=HYPERLINK(1) 未按规定运输");
    vec![Row::sound(1), formula, shop, person, Row::sound(5).with("公示截止期", "2024-06-30")]
}

fn exports(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let mut files = tree(&site.path("exports"));
    files.remove(".lock");
    files
}

/// Cells of a CSV as this program writes it: every cell in quotes.
fn cells(line: &str) -> Vec<String> {
    let inner = line.trim_start_matches('\u{feff}').trim_end_matches('\r');
    let inner = inner.strip_prefix('"').and_then(|l| l.strip_suffix('"')).expect("quoted");
    inner.split("\",\"").map(|cell| cell.replace("\"\"", "\"")).collect()
}

fn sheet(site: &Site) -> Vec<Vec<String>> {
    let text = site.read("exports/shuanggongshi/chufa-v2.csv");
    assert!(text.starts_with('\u{feff}'));
    text.split("\r\n").filter(|line| !line.is_empty()).map(cells).collect()
}

#[test]
fn the_credit_sheet_has_what_the_site_has() {
    let site = bureau();
    site.build().ends(0);
    site.run(&["export", "credit"]).ends(0).says("已与网站逐项核对 5 件");
    let rows = sheet(&site);
    assert_eq!((rows.len(), rows[0].len()), (6, 30));
    let pages: String = site
        .site()
        .into_iter()
        .filter(|(name, _)| name.starts_with("shihou/") || name.starts_with("shuju/"))
        .map(|(_, body)| String::from_utf8_lossy(&body).into_owned())
        .collect();
    let (fine, own) = (credit_code("11", 99), "示例市清源区城市管理局");
    for row in &rows[1..] {
        assert_eq!(row.len(), 30);
        for (cell, title) in row.iter().zip(&rows[0]).filter(|(cell, _)| !cell.is_empty()) {
            let plain = cell.trim_start_matches('\'').replace('/', "-");
            let stands = pages.contains(&plain) || plain == fine || plain == own;
            assert!(stands, "{title}: {cell}");
        }
        assert!(row[9..13].iter().all(String::is_empty), "no identity in the public sheet");
    }
    let violations: Vec<&str> = rows[1..].iter().map(|row| row[14].as_str()).collect();
    assert!(violations.iter().any(|v| v.starts_with("'=HYPERLINK")), "{violations:?}");
    let text = site.read("exports/shuanggongshi/chufa-v2.csv");
    for gone in ["测试乙", "测试甲"] {
        assert!(!text.contains(gone), "{gone}");
    }
    assert!(rows[1..].iter().all(|row| row[19] == "0.5" && row[22] == "2024/05/20"));
}

#[test]
fn the_same_ledger_and_day_give_the_same_bytes() {
    let site = bureau();
    site.build().ends(0);
    site.run(&["export", "credit"]).ends(0);
    let first = exports(&site);
    site.run(&["export", "credit"]).ends(0);
    assert_eq!(first, exports(&site));
    assert_eq!(first.len(), 3, "two documents and what is known of them");
    site.run(&["export", "credit", "--year", "2023"]).ends(0).says("0 件");
    assert!(exports(&site).contains_key("shuanggongshi/chufa-v2-2023.xlsx"));
}

#[test]
fn nothing_of_a_case_that_is_gone_is_exported() {
    let site = bureau();
    site.build().ends(0);
    site.run(&[&revoke("示清城管罚决字〔2024〕第1号")[..], &["--yes"]].concat()).ends(0);
    site.run(&["export", "credit"]).ends(0);
    assert_eq!(sheet(&site).len(), 5);
    let text = site.read("exports/shuanggongshi/chufa-v2.csv");
    assert!(!text.contains("第1号") && !text.contains("青标001"));
    // The last day of one goes by, and no build has said so yet.
    site.run_on("2024-07-01", &["export", "credit"]).ends(0);
    let text = site.read("exports/shuanggongshi/chufa-v2.csv");
    assert!(!text.contains("第5号") && !text.contains("青标005") && text.contains("青标003"));
}

#[test]
fn an_export_never_lands_in_a_site_nor_differs_from_it() {
    let site = bureau();
    site.build().ends(0);
    let before = site.site();
    for out in ["public", "public/x", "."] {
        let out = site.path(out);
        let out = out.to_str().expect("UTF-8");
        site.run(&["export", "credit", "--out", out]).ends(2).says("未写出");
    }
    std::os::unix::fs::symlink(site.path("public"), site.path("outbox")).expect("a link");
    site.run(&["export", "push"]).ends(2).says("未写出");
    assert_eq!(before, site.site());
    // A page that says something else than the ledger.
    let page = before.keys().find(|name| crate::support::is_case_page(name)).expect("a page");
    let text = site.read(&format!("public/{page}")).replace("2024-05-20", "2024-05-19");
    site.write(&format!("public/{page}"), text);
    site.run(&["export", "credit"]).ends(1).says("不在案件页上");
    assert!(exports(&site).is_empty());
}

#[test]
fn a_personal_number_that_got_into_the_ledger_stops_the_export() {
    let site = bureau();
    site.build().ends(0);
    let ledger: Vec<String> = site.ledger().into_keys().collect();
    let file = ledger.iter().find(|name| name.starts_with("standings-")).expect("standings");
    let number = id_number(7);
    let text = site.read(&format!("ledger/{file}"));
    let planted = text.replacen("运输建筑垃圾时未密闭", &format!("运输建筑垃圾，{number}"), 1);
    assert_ne!(text, planted);
    site.write(&format!("ledger/{file}"), planted);
    std::fs::remove_dir_all(site.path("public")).expect("removed");
    let ran = site.run(&["export", "credit"]).ends(4);
    assert!(!ran.said().contains(&number));
    assert!(exports(&site).is_empty());
    site.run(&["export", "push"]).ends(4).never_says(&number);
    assert!(!tree(&site.path("outbox")).keys().any(|name| name.starts_with("messages/")));
}

/// What a run printed as JSON.
pub(crate) fn json(ran: &Ran) -> serde_json::Value {
    serde_json::from_slice(&ran.0.stdout).expect("JSON")
}
