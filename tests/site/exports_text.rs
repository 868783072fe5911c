//! Articles, notice boards, digests and sign-off sheets from outside: what is in them, what may not be, and their size.

use std::collections::BTreeMap;

use crate::exports::bureau;
use crate::support::{Row, Site, csv, is_case_page, revoke, tree};

/// A font that `tests/run` installs.
const FONT: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

fn texts(site: &Site, folder: &str) -> BTreeMap<String, String> {
    let files = tree(&site.path(&format!("exports/{folder}")));
    let text = |body: Vec<u8>| String::from_utf8_lossy(&body).into_owned();
    files.into_iter().map(|(name, body)| (name, text(body))).collect()
}

fn id_of(site: &Site, text: &str) -> String {
    let name = site.files_with(text).into_iter().find(|name| is_case_page(name));
    name.and_then(|name| name.split('/').nth(3).map(str::to_owned)).expect("a case")
}

#[test]
fn an_article_has_inline_styles_no_links_and_fits_the_editor() {
    let site = bureau();
    let many: Vec<Row> = (10..90).map(Row::sound).collect();
    site.write("drops/b/处罚.csv", csv(&many));
    site.build().ends(0);
    site.run(&["export", "wechat"]).ends(0).says("分成");
    let articles = texts(&site, "weixin");
    assert!(articles.len() > 1);
    let all: String = articles.values().cloned().collect();
    for article in articles.values() {
        assert!(article.chars().count() <= 20_000, "{}", article.chars().count());
        for never in ["<a ", "href=", "src=", "<script", "<style", "<link", "<img", "class="] {
            assert!(!article.contains(never), "{never}");
        }
    }
    for number in (1..=5).chain(10..90) {
        assert_eq!(all.matches(&format!("〔2024〕第{number}号<")).count(), 1, "{number}");
    }
    assert!(all.contains("全文：https://www.qingyuan-cgj.example/gongshi/shihou/chufa/2024/"));
    assert!(!all.contains("测试乙"));
}

#[test]
fn a_long_case_is_parted_and_nothing_of_it_is_lost() {
    let site = bureau();
    let paragraph = |n: usize| format!("第{n}段：{}。", "现场运输建筑垃圾未密闭".repeat(200));
    let facts: Vec<String> = (1..=9).map(paragraph).collect();
    site.write("drops/b/处罚.csv", csv(&[Row::sound(9).with("违法事实", facts.join("\n"))]));
    site.build().ends(0);
    let id = id_of(&site, "第9段");
    site.run(&["export", "wechat", "--id", &id]).ends(0).says("分成");
    let articles = texts(&site, "weixin");
    let all: String = articles.values().cloned().collect();
    assert!(articles.values().all(|article| article.chars().count() <= 20_000));
    assert!((1..=9).all(|n| all.matches(&format!("第{n}段：")).count() == 1));
    // A part may end in the middle of a sentence: each of its characters is there all the same.
    for one in "现场运输建筑垃圾未密闭".chars() {
        assert!(all.matches(one).count() >= 9 * 200, "{one}");
    }
    site.run(&["export", "wechat", "--id", "bbbbbbbb"]).ends(2).says("没有这个编号");
}

#[test]
fn a_notice_board_shows_the_period_and_its_pdf_says_the_same() {
    let site = bureau();
    site.build().ends(0);
    site.run_on("2024-06-03", &["build"]).ends(0);
    site.run_on("2024-06-03", &["export", "board"]).ends(0).says("没有公示新的结果");
    let args = ["export", "board", "--since", "2024-05-23", "--pdf", "--font", FONT];
    site.run_on("2024-06-03", &args).ends(0).says("5 件");
    let sheets = texts(&site, "gonggaolan");
    let page = &sheets["2024-05-23_2024-06-03.html"];
    for said in
        ["A3 landscape", "监督电话 12319", "共 5 件", "class=\"qr\"", "2024年6月3日", "第 1/1 页"]
    {
        assert!(page.contains(said), "{said}");
    }
    assert!(!page.contains("测试乙") && !page.contains("<script") && !page.contains("<link"));
    let pdf = site.path("exports/gonggaolan/2024-05-23_2024-06-03.pdf");
    let told = std::process::Command::new("pdftotext").arg("-raw").arg(&pdf).arg("-").output();
    let told = String::from_utf8(told.expect("poppler").stdout).expect("UTF-8");
    for n in 1..=5 {
        assert!(told.contains(&format!("〔2024〕第{n}号")), "{n}: {told}");
    }
    assert!(told.contains("监督电话 12319"));
    let first = std::fs::read(&pdf).expect("a file");
    site.run_on("2024-06-03", &args).ends(0);
    assert_eq!(first, std::fs::read(&pdf).expect("a file"));
}

#[test]
fn a_digest_tells_of_a_takedown_what_its_notice_tells() {
    let site = bureau();
    site.build().ends(0);
    site.run(&[&revoke("示清城管罚决字〔2024〕第1号")[..], &["--yes"]].concat()).ends(0);
    site.run(&["export", "digest", "--week"]).ends(0);
    let digests = texts(&site, "zhaiyao");
    let text = &digests["2024-05-20_2024-05-23.txt"];
    assert!(text.contains("公示 4 件　更正 0 件　撤下 1 件"), "{text}");
    let line = text.lines().find(|line| line.contains("第1号")).expect("its line");
    assert!(line.contains("撤下") && line.contains("撤销") && line.contains("/chexia/"), "{line}");
    assert!(!text.contains("青标001") && !text.contains("测试乙"));
    site.run(&["export", "digest", "--since", "2024-06-01"]).ends(2).says("不能晚于今天");
}

#[test]
fn a_sign_off_sheet_says_what_the_next_build_does_and_changes_nothing() {
    let site = bureau();
    site.build().ends(0);
    let (before, ledger) = (site.site(), site.ledger());
    site.run(&["export", "signoff"]).ends(0).says("没有变动");
    site.write("drops/b/处罚.csv", csv(&[Row::sound(7)]));
    let order = "决定书文号,撤下事由,依据文书,文书日期\r\n示清城管罚决字〔2024〕第1号,撤销,行政复议决定书 示府复〔2024〕3号,2024-05-22\r\n";
    site.write("drops/b/撤销.csv", order);
    site.run(&["export", "signoff"]).ends(0).says("2 件");
    assert_eq!((before, ledger), (site.site(), site.ledger()));
    let sheet = &texts(&site, "sanshen")["2024-05-23.html"];
    for said in ["拟公示 1 件", "拟撤下 1 件", "一审", "三校", "原因：撤销", "青标007"]
    {
        assert!(sheet.contains(said), "{said}");
    }
    assert!(!sheet.contains("青标001"), "of what is taken down there is no text left");
    // The page that is built is the page that was signed, and so is the whole site.
    site.run(&["build", "--figures", "figures.txt"]).ends(0);
    let figures = site.read("figures.txt");
    let whole = figures.lines().find_map(|line| line.strip_prefix("manifest_sha256="));
    assert!(sheet.contains(whole.expect("a digest")), "{figures}");
    let id = id_of(&site, "青标007");
    let manifest: serde_json::Value =
        serde_json::from_str(&site.read("public/manifest.json")).expect("JSON");
    let page = format!("shihou/chufa/2024/{id}/index.html");
    let files = manifest["files"].as_array().expect("files");
    let file = files.iter().find(|file| file["path"] == page.as_str()).expect("the page");
    assert!(sheet.contains(file["sha256"].as_str().expect("a digest")));
}

#[test]
fn nothing_of_a_case_that_is_gone_stands_in_any_document() {
    let site = bureau();
    site.build().ends(0);
    site.run(&[&revoke("示清城管罚决字〔2024〕第1号")[..], &["--yes"]].concat()).ends(0);
    for verb in ["credit", "wechat", "board"] {
        site.run(&["export", verb]).ends(0);
    }
    let files = tree(&site.path("exports"));
    assert!(files.len() >= 4);
    for (name, body) in files {
        let text = String::from_utf8_lossy(&body).into_owned();
        assert!(!text.contains("第1号") && !text.contains("青标001"), "{name}");
    }
}
