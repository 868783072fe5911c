//! What is public before any case: missing, old and unfounded columns, repealed bases, badges given twice.

use crate::support::{Row, Site, csv};

/// A column of prose.
fn column(front: &str) -> String {
    format!("---\ntitle: 栏目\n{front}---\n本局的内容。\n")
}

/// Front matter that nothing is wrong with.
const SOUND: &str = "date: 2024-01-15\nbasis: [《行政处罚法》第四十二条]\n";
/// The columns that must stand there.
const COLUMNS: [&str; 11] = [
    "zhuti", "renyuan", "zhize", "quanxian", "yiju", "cailiang", "chengxu", "jiuji", "suiji",
    "fuwu", "liucheng",
];

/// A site with every column.
fn whole() -> Site {
    let site = Site::new();
    site.write("drops/a/处罚.csv", csv(&[Row::sound(1)]));
    for slug in COLUMNS {
        site.write(&format!("content/shiqian/{slug}.md"), column(SOUND));
    }
    site
}

#[test]
fn whole_columns_say_nothing() {
    let site = whole();
    let checks = ["missing-column", "unfounded-column", "stale-column", "repealed-basis"];
    for verb in ["check", "build"] {
        let mut ran = site.run(&[verb]);
        for check in checks.iter().chain(&["duplicate-badge-number"]) {
            ran = ran.never_says(&format!("[{check}]"));
        }
    }
    // Without any prose the columns have not been begun.
    let bare = Site::new();
    bare.write("drops/a/处罚.csv", csv(&[Row::sound(1)]));
    bare.run(&["check"]).never_says("[missing-column]");
}

#[test]
fn a_missing_column_is_told_and_the_site_stands() {
    let site = whole();
    std::fs::remove_file(site.path("content/shiqian/jiuji.md")).expect("it stands");
    site.run(&["check"]).says("[missing-column]").says("content/shiqian/jiuji.md");
    site.build().ends(0).says("[missing-column]");
}

#[test]
fn an_old_column_is_told_on_the_day_after_its_review() {
    let site = whole();
    site.run_on("2025-01-15", &["check"]).never_says("[stale-column]");
    site.run_on("2025-01-16", &["check"]).says("[stale-column]").says("2025-01-15");
    site.write("content/shiqian/fuwu.md", column(&format!("{SOUND}review_by: 2024-03-01\n")));
    site.run(&["check"]).says("content/shiqian/fuwu.md").says("2024-03-01");
    site.write("content/shiqian/fuwu.md", column(&format!("{SOUND}review_by: 三月\n")));
    site.run(&["check"]).says("content/shiqian/fuwu.md").says("[content-file]");
}

#[test]
fn a_basis_must_be_there_and_in_force() {
    let site = whole();
    site.write("content/shiqian/yiju.md", column("date: 2024-01-15\n"));
    site.run(&["check"]).says("[unfounded-column]").says("content/shiqian/yiju.md");
    let old = "date: 2024-01-15\nbasis: [发改办财金〔2019〕527号]\n";
    site.write("content/shiqian/yiju.md", column(old));
    site.run(&["check"]).says("[repealed-basis]").says("2023-04-30");
    site.run_on("2023-04-30", &["check"]).never_says("[repealed-basis]");
}

/// An item of a service guide with every part.
const ITEM: &str = "### 谁办\n\n受理机构是窗口，审批机构是本局。\n\n### 条件\n\n有方案。\n\n### 材料\n\n申请表。\n\n### 流程\n\n到窗口。\n\n### 时限\n\n5 个工作日。\n\n### 费用\n\n不收费。\n\n### 依据\n\n条例。\n\n### 咨询\n\n电话。\n\n### 投诉\n\n电话。\n\n";

#[test]
fn a_guide_says_all_it_must_in_its_order() {
    let site = whole();
    let guide = |second: &str| column(SOUND) + "## 甲事项\n\n" + ITEM + "## 乙事项\n\n" + second;
    site.write("content/shiqian/fuwu.md", guide(ITEM));
    site.run(&["check"]).never_says("[incomplete-guide]");
    for (from, to, told) in [
        ("### 费用\n\n不收费。\n\n", "", "缺 1 项"),
        ("### 材料\n\n申请表。", "### 材料\n\n", "缺 1 项"),
        ("审批机构是本局", "", "缺 1 项"),
        ("5 个工作日", "五天", "缺 1 项"),
        ("### 费用", "### 时限", "缺 1 项"),
        (ITEM, "受理机构、审批机构、受理条件、办理时限\n", "缺 9 项"),
    ] {
        site.write("content/shiqian/fuwu.md", guide(&ITEM.replace(from, to)));
        let ran = site.run(&["check"]).says("[incomplete-guide]").says(told);
        ran.says("content/shiqian/fuwu.md 第 45 行").never_says("第 7 行");
    }
    let turned = ITEM.replace("### 费用", "### 零").replace("### 依据", "### 费用");
    let turned = turned.replace("### 零", "### 依据");
    site.write("content/shiqian/fuwu.md", guide(&turned));
    site.run(&["check"]).says("次序与规定不同");
}

#[test]
fn html_by_hand_and_links_to_no_place_are_told_by_line() {
    let site = whole();
    let links = "正文<b>粗</b>\n\n[有](jiuji.md#s1) [自有](jiuji.md#qixian)\n\n[无](jiuji.md#s9)\n";
    site.write("content/shiqian/fuwu.md", column(SOUND) + links);
    site.write("content/shiqian/jiuji.md", column(SOUND) + "## 一\n\n## 二 {#qixian}\n");
    let ran = site.run(&["check"]).says("[raw-html-in-content]").says("[dead-anchor]");
    ran.says("fuwu.md 第 7 行").says("fuwu.md 第 11 行").never_says("第 9 行");
}

#[test]
fn a_column_shows_when_it_is_looked_through_again() {
    let site = whole();
    site.build().ends(0);
    let page = site.read("public/shiqian/jiuji/index.html");
    let told = "下次复核：<time datetime=\"2025-01-15\">2025-01-15</time> 以前";
    assert!(page.contains(told), "{page}");
}

#[test]
fn a_badge_of_two_is_told_by_place() {
    let site = whole();
    let officer = |name: &str| {
        format!("- {{name: {name}, unit: 一队, post: 队员, badge_number: \"QY900\"}}\n")
    };
    site.write("data/staff.yml", officer("沈示明") + &officer("韩样青"));
    site.run(&["check"]).says("[duplicate-badge-number]").says("第 1 人与第 2 人相同");
}
