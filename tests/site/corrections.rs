//! Corrections from outside: dated and reasoned, the old value gone everywhere; party, amount and conclusion
//! change on a written ground only.

use crate::support::{Ran, Row, Site, TODAY, csv, is_case_page};

const FIRST: &str = "示清城管罚决字〔2024〕第1号";
const FACTS: &str = "违法事实";

fn published() -> Site {
    let site = Site::new();
    site.write("drops/2024-05-20/处罚.csv", csv(&[Row::sound(1), Row::sound(2)]));
    site.build().ends(0).says("公示 2");
    site
}

fn correct(site: &Site, day: &str, (field, to): (&str, &str), reason: &str, more: &[&str]) -> Ran {
    let base = ["correct", FIRST, "--field", field, "--to", to, "--reason", reason];
    let document = ["--document", "更正通知书 示清城管更〔2024〕1号"];
    site.run_on(day, &[&base[..], &document, more].concat())
}

fn rebuilds_alike(site: &Site, day: &str) {
    let before = (site.site(), site.ledger());
    site.run_on(day, &["build"]).ends(0).says("更正 0，撤下 0，期满 0");
    assert!((site.site(), site.ledger()) == before, "building again changed something");
}

#[test]
fn a_correction_by_hand_is_shown_first_and_survives_the_next_build() {
    let site = published();
    let before = (site.site(), site.ledger());
    let new = "当事人于2024年5月11日在通源大道运输建筑垃圾时未密闭。";
    correct(&site, "2024-05-24", (FACTS, new), "entry-error", &[])
        .ends(0)
        .says("shuju/chufa-2024.csv")
        .says("--yes");
    assert!((site.site(), site.ledger()) == before, "the plan changed something");
    assert!(!site.path("drops/2024-05-20/更正.yml").exists());
    correct(&site, "2024-05-24", (FACTS, new), "entry-error", &["--yes"]).ends(0).says("更正 1");
    assert!(site.files_with("标记青标001").is_empty(), "{:?}", site.files_with("标记青标001"));
    assert!(!site.files_with("2024年5月11日").is_empty());
    let log = site.read("public/gengzheng/index.html");
    for word in ["2024-05-24", FACTS, "录入错误", "示清城管更〔2024〕1号", FIRST] {
        assert!(log.contains(word), "{word} is not in the corrections log");
    }
    let events = site.read("ledger/events.jsonl");
    let last = events.lines().last().expect("an event");
    assert!(last.contains("\"event\":\"corrected\"") && last.contains("示清城管更〔2024〕1号"));
    assert!(
        !site.ledger().into_values().any(|b| String::from_utf8_lossy(&b).contains("标记青标001"))
    );
    rebuilds_alike(&site, "2024-05-24");
}

#[test]
fn the_amount_changes_on_a_written_ground_only() {
    let site = published();
    let other =
        Row::sound(1).with("处罚内容", "处以罚款人民币8000元").with("罚款金额(万元)", "0.8");
    site.write("drops/2024-05-22/处罚.csv", csv(&[other]));
    site.build().ends(0).says("unfounded-correction").says("第 2 行").says("更正 0");
    assert!(site.files_with("8000").is_empty(), "an unfounded amount is public");
    assert!(!site.files_with("5000").is_empty());
    let entry = |field: &str| {
        format!(
            "- 文号: {FIRST}\n  栏目: {field}\n  事由: 文书补正\n  依据文书: 补正决定书 示清城管补〔2024〕2号\n  文书日期: 2024-05-22\n"
        )
    };
    site.write("drops/2024-05-22/更正.yml", entry("罚款金额(万元)"));
    site.build().ends(0).says("unfounded-correction");
    site.write("drops/2024-05-22/更正.yml", entry("罚款金额(万元)") + &entry("处罚内容"));
    site.build().ends(0).says("更正 1").never_says("unfounded-correction");
    assert!(!site.files_with("8000").is_empty());
    let page = site.read("public/gengzheng/index.html");
    assert!(page.contains("处罚内容、罚款金额") && page.contains("文书补正"), "{page}");
    rebuilds_alike(&site, TODAY);
}

#[test]
fn an_export_edited_in_place_changes_no_party_and_no_conclusion() {
    let site = published();
    let before = (site.site(), site.ledger());
    let others = [("行政相对人名称", "示例市乙乙运输有限公司"), ("处罚内容", "责令停产停业")];
    for (header, cell) in others {
        let edited = Row::sound(1).with(header, cell);
        site.write("drops/2024-05-20/处罚.csv", csv(&[edited, Row::sound(2)]));
        site.build().ends(0).says("unfounded-correction").says("第 2 行").says("更正 0");
        assert!((site.site(), site.ledger()) == before, "{header} changed without a ground");
    }
    let edited = Row::sound(1).with(FACTS, "当事人在通源大道运输建筑垃圾时未密闭，已改正。");
    site.write("drops/2024-05-20/处罚.csv", csv(&[edited, Row::sound(2)]));
    site.build().ends(0).never_says("unfounded-correction").says("更正 1");
}

#[test]
fn what_a_correction_took_out_does_not_come_back_when_its_file_is_lost() {
    let site = published();
    let new = "当事人运输建筑垃圾时未密闭。";
    correct(&site, TODAY, (FACTS, new), "personal-information", &["--yes"]).ends(0);
    let before = (site.site(), site.ledger());
    std::fs::remove_file(site.path("drops/2024-05-20/更正.yml")).expect("removed");
    site.build().ends(0).says("overtaken-correction").says("更正.yml").says("更正 0");
    assert!((site.site(), site.ledger()) == before, "the error is public again");
}

#[test]
fn a_correction_is_shown_again_when_its_case_comes_back() {
    let site = published();
    let new = "当事人在通源大道运输建筑垃圾时未密闭，已改正。";
    correct(&site, TODAY, (FACTS, new), "entry-error", &["--yes"]).ends(0);
    let order = |verb: &[&str], document: &str| {
        let rest = ["--document", document, "--decided-on", "2024-05-23", "--yes"];
        site.run(&[verb, &rest[..]].concat()).ends(0);
    };
    order(&["takedown", FIRST, "--reason", "revoked"], "示府复〔2024〕3号决定书");
    assert!(site.files_with("示清城管更〔2024〕1号").is_empty());
    assert!(!site.read("public/shuju/chufa-2024.json").contains("\"corrected_on\":\"2024"));
    order(&["reinstate", FIRST], "示府复〔2024〕9号决定书");
    site.build().ends(0).says("公示 2");
    assert!(site.read("public/gengzheng/index.html").contains("示清城管更〔2024〕1号"));
    let pages = site.files_with(new);
    let page = pages.iter().find(|n| is_case_page(n)).expect("a page");
    let page = site.read(&format!("public/{page}"));
    assert!(page.contains("录入错误") && page.contains("恢复公示"), "{page}");
    rebuilds_alike(&site, TODAY);
}

#[test]
fn an_export_that_brings_the_error_back_waits() {
    let site = published();
    let new = "当事人在通源大道运输建筑垃圾时未密闭，已改正。";
    correct(&site, TODAY, (FACTS, new), "entry-error", &["--yes"]).ends(0);
    site.write("drops/2024-05-23/处罚.csv", csv(&[Row::sound(1)]));
    site.build().ends(0).says("overtaken-correction").says("已公示案件的新数据被扣留 1 件");
    assert!(site.files_with("标记青标001").is_empty(), "the error is public again");
    site.write("drops/2024-05-23/处罚.csv", csv(&[Row::sound(1).with(FACTS, new)]));
    site.build().ends(0).never_says("overtaken-correction").says("更正 0");
}

#[test]
fn a_privacy_correction_is_not_described() {
    let site = published();
    let new = "当事人运输建筑垃圾时未密闭。";
    correct(&site, TODAY, (FACTS, new), "personal-information", &["--yes"]).ends(0);
    let log = site.read("public/gengzheng/index.html");
    assert!(log.contains("隐私保护") && !log.contains(FACTS), "{log}");
    assert!(!site.files_with("标记青标001").iter().any(|_| true));
    assert!(site.files_with("示清城管更〔2024〕1号").is_empty());
    let case = site.files_with(new).into_iter().find(|n| is_case_page(n)).expect("a page");
    let page = site.read(&format!("public/{case}"));
    assert!(page.contains("更正：不列明。原因：隐私保护"));
}

#[test]
fn a_corrected_text_is_redacted_and_checked_like_any_cell() {
    let site = published();
    let raw = "当事人的司机张试文（电话13900001234）未密闭。";
    correct(&site, TODAY, (FACTS, raw), "entry-error", &["--yes"]).ends(0);
    assert!(site.files_with("13900001234").is_empty());
    for body in site.ledger().into_values() {
        assert!(!String::from_utf8_lossy(&body).contains("13900001234"));
    }
    // What the checks hold is not published, and nothing stays of the attempt.
    let file = site.read("drops/2024-05-20/更正.yml");
    correct(&site, TODAY, ("处罚决定日期", "2024-02-30"), "entry-error", &["--yes"]).ends(1);
    assert_eq!(site.read("drops/2024-05-20/更正.yml"), file);
}

#[test]
fn what_is_no_correction_is_refused() {
    let site = published();
    correct(&site, TODAY, (FACTS, "甲"), "变更", &["--yes"])
        .ends(2)
        .says("takedown --reason altered");
    correct(&site, TODAY, ("备注", "甲"), "entry-error", &["--yes"]).ends(1).says("bad-correction");
    let down = ["takedown", FIRST, "--reason", "revoked", "--document", "示府复〔2024〕3号决定书"];
    site.run(&[&down[..], &["--decided-on", "2024-05-22", "--yes"]].concat()).ends(0);
    correct(&site, TODAY, (FACTS, "甲"), "entry-error", &["--yes"])
        .ends(1)
        .says("unlawful-transition");
    site.write("drops/2024-05-20/更正.yml", "- 文号: [");
    let before = (site.site(), site.ledger());
    site.build().ends(1).says("bad-correction").never_says("[\n");
    assert!((site.site(), site.ledger()) == before);
}

#[test]
fn a_case_whose_newer_export_waits_says_so_and_not_what() {
    let site = published();
    let told = |site: &Site| -> Vec<String> {
        let names = site.files_with("另有新的报送").into_iter();
        names.filter(|name| !name.ends_with(".css")).collect()
    };
    assert!(told(&site).is_empty());
    let held = Row::sound(1).with("处罚依据", "").with(FACTS, "当事人在青岚路另有新情节乙八。");
    let unfounded = Row::sound(1).with("处罚内容", "处以罚款人民币8000元");
    for waiting in [held, unfounded] {
        site.write("drops/2024-05-23/处罚.csv", csv(&[waiting]));
        site.build().ends(0).says("已公示案件的新数据被扣留 1 件");
        let names = told(&site);
        assert_eq!(names.len(), 2, "{names:?}: the case and its year");
        assert!(names.iter().any(|name| is_case_page(name)));
        let year = site.read("public/tongji/2024/index.html");
        assert!(year.contains("另有新的报送正在核对、仍为此前内容的 1 件"), "{year}");
        for never in ["青岚路", "乙八", "8000"] {
            assert!(site.files_with(never).is_empty(), "{never} is told");
        }
        assert!(!site.files_with("标记青标001").is_empty(), "what was public stays");
        rebuilds_alike(&site, TODAY);
    }
    site.write("drops/2024-05-23/处罚.csv", csv(&[Row::sound(1)]));
    site.build().ends(0).says("更正 0");
    assert!(told(&site).is_empty(), "nothing waits any more");
    // What is down says nothing of what waits, nor does it when it comes back.
    site.write("drops/2024-05-24/处罚.csv", csv(&[Row::sound(1).with("处罚依据", "")]));
    site.build().ends(0);
    assert_eq!(told(&site).len(), 2);
    let down = ["takedown", FIRST, "--reason", "revoked", "--document", "示府复〔2024〕3号决定书"];
    site.run(&[&down[..], &["--decided-on", "2024-05-22", "--yes"]].concat()).ends(0);
    assert!(told(&site).is_empty());
}

#[test]
fn who_approved_a_correction_is_told_by_post_and_never_by_name() {
    let site = published();
    let new = "当事人在通源大道运输建筑垃圾时未密闭，已改正。";
    let by = |post: &'static str| ["--yes", "--approved-by", post];
    correct(&site, TODAY, (FACTS, new), "entry-error", &by("测试甲")).ends(2).says("职务");
    assert!(!site.path("drops/2024-05-20/更正.yml").exists());
    correct(&site, TODAY, (FACTS, new), "entry-error", &by("法制科科长")).ends(0);
    let log = site.read("public/gengzheng/index.html");
    assert!(log.contains("<th scope=\"col\">批准</th>") && log.contains("法制科科长"), "{log}");
    let pages = site.files_with("法制科科长批准");
    assert!(pages.len() == 1 && is_case_page(&pages[0]), "{pages:?}");
    rebuilds_alike(&site, TODAY);
    let named = site.read("drops/2024-05-20/更正.yml").replace("法制科科长", "测试甲");
    site.write("drops/2024-05-20/更正.yml", named);
    site.build().ends(1).says("bad-correction").says("职务").never_says("测试甲");
    // Where nobody wrote it down, the log has no column for it.
    let silent = published();
    correct(&silent, TODAY, (FACTS, new), "entry-error", &["--yes"]).ends(0);
    assert!(!silent.read("public/gengzheng/index.html").contains("批准"));
}
