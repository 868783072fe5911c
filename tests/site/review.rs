//! The review queue from outside: what is doubtful waits for a person, and no value enters a file.

use std::os::unix::fs::PermissionsExt as _;

use crate::support::{HEADERS, Ran, Row, Site, csv, csv_with};

/// A number that nothing explains.
const NUMBER: &str = "9832174655028";
const FACTS: &str =
    "当事人在通源大道倾倒渣土，现场留有一张写着9832174655028的纸条，青标渣土未覆盖。";

fn site(facts: &str) -> Site {
    let site = Site::new();
    site.write("drops/a/处罚.csv", csv(&[Row::sound(1).with("违法事实", facts), Row::sound(2)]));
    site
}

fn decide(site: &Site, how: &[&str]) -> Ran {
    let args = ["review", "decide", "1", "--role", "法制科科长"];
    site.run(&[&args[..], how].concat())
}

/// No run of the number and no words of the facts stand in the text.
#[track_caller]
fn assert_valueless(text: &str) {
    let digits: Vec<char> = NUMBER.chars().collect();
    for run in digits.windows(7) {
        let run: String = run.iter().collect();
        assert!(!text.contains(&run), "{run} is in:\n{text}");
    }
    for word in ["通源大道", "倾倒", "渣土", "纸条", "现场", "未覆盖"] {
        assert!(!text.contains(word), "{word} is in:\n{text}");
    }
}

#[test]
fn a_doubtful_record_is_held_and_listed_without_its_value() {
    let site = site(FACTS);
    site.build().ends(0).says("公示 1 ＋ 不予公开 0 ＋ 扣留 1");
    for format in ["text", "json", "github"] {
        let ran = site.run(&["review", "--format", format]).ends(4).says("unexplained-number");
        assert_valueless(&ran.said());
    }
    site.run(&["review"])
        .ends(4)
        .says("示清城管罚决字〔2024〕第1号")
        .says("a/处罚.csv 第 2 行「违法事实」")
        .says("待定 1 处 · 已定 0 处");
    assert!(!site.path("data").exists(), "a list writes nothing");
}

#[test]
fn what_is_kept_is_published() {
    let site = site(FACTS);
    decide(&site, &["--keep", "--reason", "public-serial"]).ends(0);
    site.run(&["review"]).ends(0).says("待定 0 处 · 已定 1 处");
    site.build().ends(0).says("公示 2");
    assert!(!site.files_with(NUMBER).is_empty());
    let review = site.read("data/review.yml");
    for kept in [
        "示清城管罚决字〔2024〕第1号",
        "违法事实",
        "keep",
        "法制科科长",
        "public-serial",
        "2024-05-23",
    ] {
        assert!(review.contains(kept), "{kept} is not in:\n{review}");
    }
    assert_valueless(&review);
    assert!(!site.path("data/dictionary.yml").exists());
    let mode = std::fs::metadata(site.path("data/review.key")).expect("a key").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn what_is_redacted_is_published_without_it() {
    let site = site(FACTS);
    decide(&site, &["--redact"]).ends(0);
    site.build().ends(0).says("公示 2");
    assert!(!site.files_with("纸条").is_empty());
    assert!(site.files_with(NUMBER).is_empty());
    assert!(!site.ledger().into_values().any(|b| String::from_utf8_lossy(&b).contains(NUMBER)));
    assert!(!site.files_with("经人工复核决定删除的内容").is_empty(), "the page says what was cut");
}

#[test]
fn a_changed_record_asks_again() {
    let site = site(FACTS);
    decide(&site, &["--keep"]).ends(0);
    let row = Row::sound(1).with("违法事实", FACTS);
    site.write("drops/a/处罚.csv", csv(&[row.clone().with("备注", "改过"), Row::sound(2)]));
    site.build().ends(0).says("扣留 1");
    assert!(site.files_with(NUMBER).is_empty());
    site.run(&["review"]).ends(4).says("待定 1 处").says("1 条决定已失效");
    site.run(&["review", "--prune"]).ends(0);
    assert!(!site.read("data/review.yml").contains("示清城管罚决字"));
    decide(&site, &["--keep"]).ends(0);
    site.build().ends(0).says("公示 2");
}

#[test]
fn without_its_key_no_decision_counts() {
    let site = site(FACTS);
    decide(&site, &["--keep"]).ends(0);
    std::fs::remove_file(site.path("data/review.key")).expect("a key");
    site.run(&["review"]).ends(4).says("没有 data/review.key");
    site.build().ends(0).says("扣留 1");
    site.run(&["review", "--prune"]).ends(2);
    assert!(site.read("data/review.yml").contains("示清城管罚决字"), "nothing was dropped");
    site.write("data/review.key", "not a key");
    site.build().ends(2).says("data/review.key");
}

#[test]
fn only_the_newest_version_of_a_record_waits() {
    let site = site(FACTS);
    let mended = FACTS.replace(NUMBER, "缴款书编号");
    site.write("drops/b/处罚.csv", csv(&[Row::sound(1).with("违法事实", mended)]));
    site.run(&["review"]).ends(0).says("待定 0 处");
}

#[test]
fn stretches_are_shown_on_a_terminal_only() {
    let site = site(FACTS);
    for args in [&["review", "--show"][..], &["review", "--show", "--format", "json"]] {
        let ran = site.run(args).ends(2).says("--show");
        assert_valueless(&ran.said());
    }
}

#[test]
fn words_enter_the_dictionary_by_order_only() {
    let site = site(FACTS);
    site.write("data/dictionary.yml", "# 我们的词\nkeep: [通源大道]\n");
    decide(&site, &["--redact", "--add-keep"]).ends(2);
    decide(&site, &["--keep", "--add-redact"]).ends(2);
    decide(&site, &["--keep", "--add-keep"]).ends(0);
    let words = site.read("data/dictionary.yml");
    assert!(words.starts_with("# 我们的词\n") && words.contains(NUMBER), "{words}");
    let other = Row::sound(3).with("违法事实", format!("另有一张写着{NUMBER}的纸条。"));
    site.write("drops/b/处罚.csv", csv(&[other]));
    site.build().ends(0).says("公示 3");
    site.run(&["review"]).ends(0).says("待定 0 处").never_says("失效");
    site.write("data/dictionary.yml", "keep: []\n");
    decide(&site, &["--redact", "--add-redact"]).ends(0);
    assert!(site.read("data/dictionary.yml").contains(NUMBER));
    site.build().ends(0).says("公示 3");
    assert!(site.files_with(NUMBER).is_empty(), "the other record loses it too");
}

#[test]
fn terms_of_the_dictionary_go_everywhere() {
    let site = site("当事人倾倒的渣土中混有星云九号凝胶，未覆盖。");
    site.write("data/dictionary.yml", "redact: [星云九号]\n");
    site.build().ends(0).says("公示 2");
    assert!(!site.files_with("凝胶").is_empty());
    assert!(site.files_with("星云九号").is_empty());
    site.write("data/dictionary.yml", "keep: [九号]\n");
    site.build().ends(2).says("data/dictionary.yml");
}

#[test]
fn columns_of_secrets_are_not_published_and_leave_the_texts() {
    let site = site(FACTS);
    let row = Row::sound(1)
        .with("违法事实", "当事人用星云九号凝胶与速凝溶剂调配涂料，露天堆放。")
        .with("配方（商业秘密）", "星云九号凝胶")
        .with("工艺", "速凝溶剂、12");
    let headers = [&HEADERS[..], &["配方（商业秘密）", "工艺"]].concat();
    site.write("drops/a/处罚.csv", csv_with(&headers, &[row]));
    site.write("data/dictionary.yml", "secret_columns: [工艺]\n");
    site.build().ends(0).says("公示 1");
    assert!(!site.files_with("露天堆放").is_empty());
    for secret in ["星云九号", "速凝溶剂"] {
        assert!(site.files_with(secret).is_empty(), "{secret} is in the site");
    }
    assert!(!site.files_with("〔2024〕第").is_empty(), "a short part cuts nothing else");
    site.write("data/dictionary.yml", "");
    site.build().ends(0);
    assert!(!site.files_with("速凝溶剂").is_empty(), "it was the column that hid it");
}

#[test]
fn a_broken_dictionary_is_told_by_its_place_only() {
    let site = site(FACTS);
    for (name, broken) in [
        ("data/dictionary.yml", "keep: []\nredact: 星云九号\n"),
        ("data/dictionary.yml", "redact: [凝胶]\n星云九号: 1\n"),
        ("data/review.yml", "- record: a\n  星云九号: 1\n"),
    ] {
        site.write(name, broken);
        site.build().ends(2).says(name).says("line 2").never_says("星云九号");
        if name == "data/dictionary.yml" {
            site.run(&["redact"]).ends(2).says(name).never_says("星云九号");
        }
        site.write(name, "");
    }
}

#[test]
fn the_sheet_goes_out_and_comes_back() {
    let site = site(FACTS);
    let sheet = site.path("复核.csv");
    let path = sheet.to_str().expect("a path");
    site.run(&["review", "--export", path]).ends(0);
    let text = site.read("复核.csv");
    assert!(text.starts_with(
        "\u{feff}序号,案件,文件,行,列,检查,说明,起,止,摘要,决定（保留/删除）,复核人职务\r\n"
    ));
    assert_valueless(&text);
    site.run(&["review", "--export", path]).ends(2).says("不覆盖");
    site.run(&["review", "--import", path]).ends(0);
    assert!(!site.path("data/review.yml").exists(), "nothing was filled in");
    site.write("复核.csv", text.replace(",,\r\n", ",保留,法制科科长\r\n"));
    site.run(&["review", "--import", path]).ends(0).says("1 条");
    let noted = site.read("data/review.yml");
    assert_valueless(&noted);
    site.run_on("2024-05-24", &["review", "--import", path]).ends(0).says("0 条");
    assert_eq!(site.read("data/review.yml"), noted);
    site.build().ends(0).says("公示 2");
}

#[test]
fn a_sheet_with_a_faulty_row_notes_nothing() {
    let site = Site::new();
    let doubtful = |n| Row::sound(n).with("违法事实", FACTS);
    site.write("drops/a/处罚.csv", csv(&[doubtful(1), doubtful(2), doubtful(3)]));
    let sheet = site.path("复核.csv");
    let path = sheet.to_str().expect("a path");
    site.run(&["review", "--export", path]).ends(0);
    let text = site.read("复核.csv");
    let mut lines: Vec<String> = text.lines().map(String::from).collect();
    lines[1] = lines[1].replace(",,", ",保留,科长9832174655028");
    lines[2] = lines[2].replace(",,", ",保留,法制科科长");
    lines[3] = lines[3].replace(",,", ",也许,法制科科长");
    site.write("复核.csv", lines.join("\r\n"));
    let ran = site.run(&["review", "--import", path]).ends(2).says("第 2 行").says("第 4 行");
    assert!(!ran.said().contains("第 3 行"));
    assert_valueless(&ran.said());
    assert!(!site.path("data/review.yml").exists());
    lines[1] = lines[1].replace("科长9832174655028", "科长");
    lines[3] = lines[3].replace("也许", "删除").replace("违法事实", "处罚内容");
    site.write("复核.csv", lines.join("\r\n"));
    site.run(&["review", "--import", path]).ends(2).says("第 4 行").says("队列中没有这一处");
    assert!(!site.path("data/review.yml").exists());
    site.write("复核.csv", "a,b\r\n1,2\r\n");
    site.run(&["review", "--import", path]).ends(2).says("复核人职务");
}

#[test]
fn a_suspected_secret_is_decided_too() {
    let facts = "卤水用八角120克、桂皮80克、丁香15克，后厨未分类。";
    let site = site(facts);
    site.build().ends(0).says("扣留 1");
    site.run(&["review"]).ends(4).says("suspected-trade-secret").never_says("八角");
    decide(&site, &["--redact"]).ends(0);
    site.build().ends(0).says("公示 2");
    assert!(site.files_with("八角").is_empty() && !site.files_with("后厨未分类").is_empty());
}

#[test]
fn what_reads_as_somebodys_number_cannot_be_kept() {
    let site = site("当事人运输时未密闭，另见8-19900001234年1。");
    site.build().ends(0).says("扣留 1");
    decide(&site, &["--keep"]).ends(2).says("不能保留");
    decide(&site, &["--redact", "--add-redact"]).ends(2).says("不写入词表");
    assert!(!site.path("data/dictionary.yml").exists());
    let sheet = site.path("复核.csv");
    let path = sheet.to_str().expect("a path");
    site.run(&["review", "--export", path]).ends(0);
    site.write("复核.csv", site.read("复核.csv").replace(",,\r\n", ",保留,科长\r\n"));
    site.run(&["review", "--import", path]).ends(2).says("第 2 行").says("不能保留");
    decide(&site, &["--redact"]).ends(0);
    let forged = site.read("data/review.yml").replace("decision: redact", "decision: keep");
    let redacted = site.read("data/review.yml");
    site.write("data/review.yml", forged);
    site.build().ends(0).says("扣留 1");
    site.run(&["review"]).ends(4).says("待定 1 处");
    site.write("data/review.yml", redacted);
    site.build().ends(0).says("公示 2");
    assert!(site.files_with("19900001234").is_empty());
}

#[test]
fn what_cannot_be_decided_is_refused() {
    let site = site(FACTS);
    site.run(&["review", "decide", "2", "--keep", "--role", "科长"]).ends(2).says("第 2 处");
    site.run(&["review", "decide", "1", "--keep", "--redact", "--role", "科长"]).ends(2);
    site.run(&["review", "decide", "1", "--role", "科长"]).ends(2);
    site.run(&["review", "decide", "1", "--keep", "--role", "科长13800138000"]).ends(2);
    decide(&site, &["--keep", "--reason", "见9832174655028"]).ends(2);
    assert!(!site.path("data/review.yml").exists());
}
