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

#[test]
fn a_guide_says_all_it_must() {
    let site = whole();
    let guide =
        "## 甲事项\n\n受理机构、审批机构、受理条件、办理时限\n\n## 乙事项\n\n受理窗口和承诺时限\n";
    site.write("content/shiqian/fuwu.md", column(SOUND) + guide);
    let ran = site.run(&["check"]).says("[incomplete-guide]").says("缺 2 项");
    ran.says("content/shiqian/fuwu.md 第 11 行").never_says("第 7 行");
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
