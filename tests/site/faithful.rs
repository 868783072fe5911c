//! What the last reading asks of a case's page beside secrecy, and what redaction notes of a text.

use crate::support::{Row, Site, csv};

const ORDER: &str = "决定书文号,撤下事由,依据文书,作出机关,文书日期,生效日期\r\n示清城管罚决字〔2024〕第1号,撤销,行政复议决定书 示府复〔2024〕3号,示例市清源区人民政府,2024-05-22,2024-05-22\r\n";

/// A template of the theme as this repository has it.
fn template(name: &str) -> String {
    let path = format!("{}/themes/default/templates/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a template")
}

fn published() -> Site {
    let site = Site::new();
    site.write("drops/2024-05-20/处罚.csv", csv(&[Row::sound(1)]));
    site
}

#[test]
fn a_notice_must_say_why_whatever_the_theme() {
    let site = published();
    site.build().ends(0);
    let before = site.site();
    site.write("drops/2024-05-23/撤销.csv", ORDER);
    for name in ["notice.html", "gone.html"] {
        let (own, bare) = (template(name), template(name).replace("v.taken.ground", "''"));
        let bare = bare.replace("因{{ v.ground }}", "");
        assert_ne!(own, bare);
        let path = format!("themes/default/templates/{name}");
        site.write(&path, bare);
        site.build().ends(4).says("[tombstone-without-reason]");
        assert_eq!(site.site(), before, "{name}");
        site.write(&path, own);
    }
    site.build().ends(0).says("撤下 1");
}

#[test]
fn a_page_that_says_another_day_than_the_ledger_is_not_written() {
    let site = published();
    site.build().ends(0);
    let before = site.site();
    let own = template("case.html");
    // A theme that prints the day of the build as the day of publication.
    let wrong = format!("{own}<meta name=\"PubDate\" content=\"2024-05-24 00:00\">\n");
    site.write("themes/default/templates/case.html", wrong);
    site.run_on("2024-05-24", &["build"]).ends(4).says("[unstable-publication-date]");
    assert_eq!(site.site(), before);
    site.write("themes/default/templates/case.html", own);
    site.run_on("2024-05-24", &["build"]).ends(0).never_says("[unstable-publication-date]");
}

#[test]
fn a_secret_mark_without_its_end_is_noted_and_cut_to_the_end() {
    let facts = |text: &str| {
        let site = Site::new();
        let row = Row::sound(1).with("违法事实", text);
        site.write("drops/2024-05-20/处罚.csv", csv(&[row]));
        site
    };
    let open = facts("当事人未密闭运输。【商业秘密】暗号用料三成，另有说明。");
    open.build().ends(0).says("[unclosed-secret-mark]").never_says("暗号");
    assert!(open.files_with("暗号").is_empty() && open.files_with("另有说明").is_empty());
    let closed = facts("当事人未密闭运输。【商业秘密】暗号用料三成【/商业秘密】，另有说明。");
    closed.build().ends(0).never_says("[unclosed-secret-mark]");
    assert!(closed.files_with("暗号").is_empty() && !closed.files_with("另有说明").is_empty());
}

#[test]
fn a_word_that_reads_like_a_name_of_the_record_is_noted() {
    let facts = |text: &str| {
        let row = Row::sound(1).with("法定代表人", "高度").with("违法事实", text);
        let site = Site::new();
        site.write("drops/2024-05-20/处罚.csv", csv(&[row]));
        site
    };
    let word = facts("当事人堆放建筑垃圾，堆放高度超过围挡，影响市容。");
    word.build().ends(0).says("[ambiguous-name]").says("「违法事实」").says("有 1 处");
    assert!(!word.files_with("堆放高度").is_empty());
    let name = facts("当事人堆放建筑垃圾，其负责人高度到场接受询问。");
    name.build().ends(0).never_says("[ambiguous-name]");
    assert!(name.files_with("负责人高度").is_empty());
}

#[test]
fn the_page_of_units_shows_letters_and_former_names() {
    let site = published();
    let own = site.read("site.yml");
    site.write("content/shiqian/zhuti.md", "---\ntitle: 执法主体\n---\n\n本机关。\n");
    let more = "formerly:\n  - {name: 示例市清源区市容管理局, until: 2020-12-31}\nunits:\n  - name: 云台街道执法队\n    letters: [{number: 示清城管委〔2024〕7号, from: 2024-01-01, until: 2025-12-31}]\n    formerly: [{name: 云台街道监察中队, until: 2023-12-31}]\n";
    site.write("site.yml", own + more);
    site.build().ends(0);
    let page = site.read("public/shiqian/zhuti/index.html");
    for text in [
        "示清城管委〔2024〕7号（2024-01-01 至 2025-12-31）",
        "原云台街道监察中队（至 2023-12-31）",
        "原示例市清源区市容管理局（至 2020-12-31）",
    ] {
        assert!(page.contains(text), "{text} is not in {page}");
    }
}
