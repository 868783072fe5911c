//! Documents of earlier runs after a case has gone: ours are taken back, whatever their kind; others' are told of and
//! left alone; nothing is said of what stands in them.

use serde_json::Value;

use crate::exports::bureau;
use crate::support::{HEADERS, Row, Site, csv, csv_with, is_case_page, revoke, tree};

/// A font that `tests/run` installs.
const FONT: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
const FIRST: &str = "示清城管罚决字〔2024〕第1号";

/// Documents in `exports/`, by name.
fn names(site: &Site) -> Vec<String> {
    let own = |name: &String| name != "index.json" && !name.starts_with('.');
    tree(&site.path("exports")).into_keys().filter(own).collect()
}

fn id_of(site: &Site, text: &str) -> String {
    let name = site.files_with(text).into_iter().find(|name| is_case_page(name));
    name.and_then(|name| name.split('/').nth(3).map(str::to_owned)).expect("a case")
}

fn index(site: &Site) -> Value {
    serde_json::from_str(&site.read("exports/index.json")).expect("JSON")
}

/// Every channel's documents of all five cases, and of one case each.
fn everything(site: &Site) -> (String, String) {
    site.build().ends(0);
    let (first, second) = (id_of(site, "青标001"), id_of(site, "青标002"));
    site.run(&["export", "credit"]).ends(0);
    site.run(&["export", "wechat"]).ends(0);
    site.run(&["export", "wechat", "--id", &first]).ends(0);
    site.run(&["export", "wechat", "--id", &second]).ends(0);
    site.run(&["export", "board", "--pdf", "--font", FONT]).ends(0);
    site.run(&["export", "digest"]).ends(0);
    (first, second)
}

#[test]
fn documents_that_name_a_case_go_with_it() {
    let site = bureau();
    let (first, second) = everything(&site);
    assert_eq!(names(&site).len(), 8);
    assert!(index(&site).to_string().contains(&first));
    let ran = site.run(&[&revoke(FIRST)[..], &["--yes"]].concat()).ends(0);
    assert_eq!(names(&site), [format!("weixin/{second}.html")]);
    for gone in [
        "chufa-v2.csv",
        "chufa-v2.xlsx",
        "weixin/2024.html",
        "05-23.pdf",
        "05-23.html",
        "05-23.txt",
    ] {
        assert!(ran.said().contains(gone), "{gone} is told: {}", ran.said());
    }
    assert!(!ran.said().contains("青标001") && !index(&site).to_string().contains(&first));
    // A digest names it on a line that says it is down, and stands.
    site.run(&["export", "digest"]).ends(0);
    site.run(&["export", "credit"]).ends(0);
    let before = names(&site);
    site.build().ends(0).never_says("exports/");
    assert_eq!(before, names(&site));
    // What protects a person leaves not even that line.
    let order = ["takedown", FIRST, "--reason", "personal-information", "--document"];
    let rest = ["示城管〔2024〕9号", "--decided-on", "2024-05-22", "--yes", "--confirm", &first];
    site.run(&[&order[..], &rest].concat()).ends(0).says("zhaiyao/2024-05-01_2024-05-23.txt");
    assert!(!names(&site).iter().any(|name| name.starts_with("zhaiyao/")));
}

#[test]
fn a_last_day_that_goes_by_takes_documents_along() {
    let site = bureau();
    let (_, second) = everything(&site);
    site.run_on("2024-07-01", &["build"]).ends(0).says("weixin/2024.html");
    let left = names(&site);
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(left.contains(&format!("weixin/{second}.html")));
}

#[test]
fn what_this_program_did_not_write_is_told_of_and_left_alone() {
    let site = bureau();
    let (first, second) = everything(&site);
    let edited = format!("exports/weixin/{first}.html");
    site.write(&edited, site.read(&edited) + "<p>编者按</p>");
    site.write("exports/shuanggongshi/chufa-v2.xlsx", "not ours any more");
    site.write("exports/笔记.txt", format!("{FIRST} 待核"));
    site.write("exports/通讯录.txt", "无关");
    site.write("exports/扫描.pdf", b"%PDF-1.7 \xff\xfe");
    site.write("exports/weixin/.gongshi-a1B2c3", "青标001");
    site.write("exports/.gongshi-notes", "青标001");
    let before = tree(&site.path("exports"));
    let ran = site.run(&[&revoke(FIRST)[..], &["--yes"]].concat()).ends(0);
    let left = names(&site);
    let kept = [
        &format!("weixin/{first}.html"),
        &format!("weixin/{second}.html"),
        "笔记.txt",
        "通讯录.txt",
        "扫描.pdf",
        "shuanggongshi/chufa-v2.xlsx",
    ];
    for name in kept {
        assert!(left.iter().any(|n| n == name), "{name}: {left:?}");
        assert_eq!(before[name], tree(&site.path("exports"))[name]);
    }
    assert_eq!(left.len(), kept.len());
    for told in
        [&edited[..], "exports/笔记.txt", "exports/扫描.pdf", "exports/shuanggongshi/chufa-v2.xlsx"]
    {
        assert!(
            ran.said().lines().any(|l| l.contains(told) && l.contains("请自行核对")),
            "{told}: {}",
            ran.said()
        );
    }
    assert!(!ran.said().contains("通讯录") && !ran.said().contains("待核"));
    assert!(!site.path("exports/weixin/.gongshi-a1B2c3").exists(), "a leftover of our own");
    assert!(site.path("exports/.gongshi-notes").exists(), "somebody's");
    // A broken index makes all of them somebody else's: told, and nothing else.
    let left = names(&site);
    site.write("exports/index.json", "{");
    site.build().ends(0).says("index.json");
    assert_eq!(left, names(&site));
    site.run(&["export", "digest"]).ends(1).says("index.json");
}

#[test]
fn a_new_run_takes_the_place_of_the_one_before() {
    let site = bureau();
    let many: Vec<Row> = (10..90).map(|n| Row::sound(n).with("公示截止期", "2024-06-30")).collect();
    site.write("drops/b/处罚.csv", csv(&many));
    site.build().ends(0);
    site.run(&["export", "wechat"]).ends(0).says("分成");
    assert!(names(&site).contains(&"weixin/2024-2.html".to_owned()));
    // A year whose cases are fewer by now: one article, and no part of the earlier ones.
    std::fs::remove_dir_all(site.path("public")).expect("removed");
    site.run_on("2024-07-01", &["export", "wechat"]).ends(0).says("4 件");
    assert_eq!(names(&site), ["weixin/2024.html"]);
    site.run(&["export", "board", "--pdf", "--font", FONT]).ends(0);
    site.run(&["export", "board"]).ends(0);
    let boards: Vec<String> =
        names(&site).into_iter().filter(|name| name.starts_with("gonggaolan/")).collect();
    assert_eq!(boards, ["gonggaolan/2024-05-01_2024-05-23.html"]);
    site.run(&["export", "credit"]).ends(0);
    site.run(&["export", "credit", "--year", "2023"]).ends(0);
    assert_eq!(names(&site).len(), 6, "another year is another sheet");
    site.run(&["export", "wechat", "--year", "2023"]).ends(0).says("0 件");
    // Nothing to tell of a year that had something: its article goes.
    site.run_on("2027-06-01", &["export", "wechat", "--year", "2024"]).ends(0).says("0 件");
    assert!(!names(&site).iter().any(|name| name.starts_with("weixin/")));
}

#[test]
fn a_sheet_that_was_signed_stays_until_a_case_of_it_is_gone() {
    let site = bureau();
    site.build().ends(0);
    site.write("drops/b/处罚.csv", csv(&[Row::sound(7)]));
    let order = "决定书文号,撤下事由,依据文书,文书日期\r\n示清城管罚决字〔2024〕第1号,撤销,行政复议决定书 示府复〔2024〕3号,2024-05-22\r\n";
    site.write("drops/b/撤销.csv", order);
    site.run(&["export", "signoff"]).ends(0);
    site.build().ends(0);
    assert_eq!(
        names(&site),
        ["sanshen/2024-05-23.html"],
        "it says of the takedown what its notice says"
    );
    let order = [&revoke("示清城管罚决字〔2024〕第7号")[..], &["--yes"]].concat();
    site.run(&order).ends(0).says("sanshen/2024-05-23.html");
    assert!(names(&site).is_empty());
}

#[test]
fn a_copy_is_told_wherever_it_lies_and_a_link_is_not_followed() {
    let site = bureau();
    let (first, second) = everything(&site);
    let article = site.read(&format!("exports/weixin/{first}.html"));
    let copies = [
        "exports/sanshen/已签.html".into(),
        format!("exports/{first}/备份.html"),
        format!("exports/{first}.txt"),
        "exports/快捷方式.html".into(),
    ];
    for copy in &copies[..3] {
        site.write(copy, &article);
    }
    std::os::unix::fs::symlink(site.path(&copies[0]), site.path(&copies[3])).expect("a link");
    std::fs::rename(site.path("exports/weixin"), site.path("archive")).expect("moved");
    std::os::unix::fs::symlink("../archive", site.path("exports/weixin")).expect("a link");
    let ran = site.run(&[&revoke(FIRST)[..], &["--yes"]].concat()).ends(0);
    for told in copies.iter().chain([&format!("exports/weixin/{first}.html")]) {
        assert!(ran.said().contains(told), "{told}: {}", ran.said());
        assert!(site.path(told).exists(), "{told} is not ours to remove");
    }
    assert!(site.path(&format!("archive/{second}.html")).exists());
    site.run(&["export", "digest", "--out", "exports/mine"]).ends(2).says("exports");
    std::os::unix::fs::symlink(site.path("exports"), site.path("elsewhere")).expect("a link");
    site.run(&["export", "digest", "--out", "elsewhere/new"]).ends(2).says("exports");
}

#[test]
fn a_sheet_of_a_case_that_never_came_to_be_public_goes() {
    let site = bureau();
    site.build().ends(0);
    let row = Row::sound(7);
    let headers: Vec<&str> = HEADERS.iter().copied().chain(["是否公开"]).collect();
    site.write("drops/b/处罚.csv", csv_with(&headers, &[row.clone().with("是否公开", "是")]));
    site.run(&["export", "signoff"]).ends(0);
    assert_eq!(names(&site), ["sanshen/2024-05-23.html"]);
    site.write("drops/b/处罚.csv", csv_with(&headers, &[row.with("是否公开", "否")]));
    site.build().ends(0).says("扣留 1").says("sanshen/2024-05-23.html");
    assert!(names(&site).is_empty());
}
