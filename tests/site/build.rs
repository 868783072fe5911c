//! `gongshi build` from outside: a drop goes in, the whole site is read back.

use crate::support::{HEADERS, Row, Site, csv, csv_with, id_number, is_case_page};

#[test]
fn the_figures_add_up() {
    let site = Site::new();
    site.write("drops/a/处罚.csv", csv(&[Row::sound(1), Row::sound(2).with("行政相对人类别", "")]));
    site.build().ends(0).says("收到 2 件 ＝ 公示 1 ＋ 不予公开 0 ＋ 扣留 1 ＋ 撤下 0 ＋ 期满 0");
    assert!(!site.files_with("青标001").is_empty());
    assert!(site.files_with("青标002").is_empty(), "a held case is nowhere");
}

#[test]
fn two_builds_are_the_same_bytes_and_touch_nothing() {
    let site = Site::new();
    site.write("drops/a/处罚.csv", csv(&[Row::sound(1), Row::sound(2)]));
    site.build().ends(0);
    let (before, ledger) = (site.site(), site.ledger());
    let time =
        |name: &str| std::fs::metadata(site.path(name)).and_then(|m| m.modified()).expect("a time");
    let (page, log) = (time("public/index.html"), time("ledger/events.jsonl"));
    site.build().ends(0);
    assert_eq!((site.site(), site.ledger()), (before, ledger));
    assert_eq!((time("public/index.html"), time("ledger/events.jsonl")), (page, log));
}

#[test]
fn another_folder_gives_the_same_bytes() {
    let rows = csv(&[Row::sound(1), Row::sound(2), Row::sound(3)]);
    let built = |order: &str| {
        let site = Site::new();
        site.write(&format!("drops/a/{order}.csv"), &rows);
        site.build().ends(0);
        (site.site(), site.ledger())
    };
    assert_eq!(built("x"), built("y"));
}

#[test]
fn unchanged_pages_keep_their_time_when_others_change() {
    let site = Site::new();
    let rows: Vec<Row> = (1..=5).map(Row::sound).collect();
    site.write("drops/a/1.csv", csv(&rows));
    site.build().ends(0);
    let mut cases = site.files_with("青标");
    cases.retain(|name| is_case_page(name));
    assert_eq!(cases.len(), 5, "{cases:?}");
    let time = |name: &String| {
        let path = site.path("public").join(name);
        std::fs::metadata(path).and_then(|m| m.modified()).expect("a time")
    };
    let before: Vec<_> = cases.iter().map(time).collect();
    site.write("drops/b/2.csv", csv(&[Row::sound(6)]));
    site.build().ends(0).says("新公示 1");
    let kept = cases.iter().map(time).zip(&before).filter(|(now, then)| now == *then).count();
    assert!(kept >= 3, "a new case turns the links of its two neighbors only: {kept} kept");
}

#[test]
fn the_day_stands_only_on_pages_that_speak_of_it() {
    let site = Site::new();
    site.write("drops/a/1.csv", csv(&[Row::sound(1), Row::sound(2)]));
    site.build().ends(0);
    let before = site.site();
    site.run_on("2024-05-24", &["build"]).ends(0);
    let after = site.site();
    // Cases, their lists and their downloads; and prose that is there.
    let same =
        |name: &String| name.starts_with("shihou/chufa/2024/") || name.starts_with("guanyu/");
    let kept: Vec<&String> = before.keys().filter(|name| same(name)).collect();
    assert!(
        kept.iter().filter(|name| is_case_page(name)).count() == 2 && kept.len() > 6,
        "{kept:?}"
    );
    for name in kept {
        assert!(before[name] == after[name], "{name} changed with the day alone");
    }
}

#[test]
fn a_later_drop_with_other_public_content_is_a_correction() {
    let site = Site::new();
    let basis =
        |article| Row::sound(1).with("处罚依据", format!("《城市建筑垃圾管理规定》第{article}条"));
    site.write("drops/2024-05-20/a.csv", csv(&[basis("九十七")]));
    site.build().ends(0).says("新公示 1，更正 0");
    assert!(!site.files_with("第九十七条").is_empty());
    let corrected = basis("九十八");
    site.write("drops/2024-05-22/a.csv", csv(&[corrected]));
    site.run_on("2024-05-24", &["build"]).ends(0).says("新公示 0，更正 1");
    assert!(site.files_with("第九十七条").is_empty(), "the old value is gone from everything");
    assert!(!site.files_with("第九十八条").is_empty());
    let log = site.read("ledger/events.jsonl");
    assert_eq!(log.lines().count(), 2);
    site.run_on("2024-05-24", &["build"]).ends(0).says("更正 0");
}

#[test]
fn publication_days_are_minted_once() {
    let site = Site::new();
    site.write("drops/a/a.csv", csv(&[Row::sound(1)]));
    site.run_on("2024-05-23", &["build"]).ends(0);
    let standing = site.read("ledger/standings-2024.jsonl");
    assert!(standing.contains("\"published_on\":\"2024-05-23\""));
    site.run_on("2024-06-03", &["build"]).ends(0);
    assert_eq!(site.read("ledger/standings-2024.jsonl"), standing);
}

#[test]
fn the_chosen_regime_ends_disclosure_where_the_export_does_not() {
    let site = Site::new();
    // Of 20 May 2024: the regime of that day, three years at most, from the day of decision.
    let until = |number, day| Row::sound(number).with("公示截止期", day);
    site.write("drops/a/处罚.csv", csv(&[until(1, ""), until(2, "2026-01-31")]));
    site.write("data/policy.yml", "retention: credit\n");
    site.build().ends(0).says("公示 2");
    std::fs::remove_dir_all(site.path("drops/a")).expect("it stands");
    site.run_on("2026-01-31", &["build"]).ends(0).says("期满 0");
    site.run_on("2026-02-01", &["build"])
        .ends(0)
        .says("公示 1 ＋ 不予公开 0 ＋ 扣留 0 ＋ 撤下 0 ＋ 期满 1");
    site.run_on("2027-04-25", &["due"]).says("2027-05-20");
    site.run_on("2027-05-20", &["build"]).ends(0).says("公示 1");
    site.run_on("2027-05-21", &["build"]).ends(0).says("公示 0").says("期满 2");
    assert!(site.files_with("青标001").is_empty());
    site.write("data/policy.yml", "retention: galaxy\n");
    site.build().ends(2).says("data/policy.yml");
}

#[test]
fn an_expired_case_leaves_the_day_after_its_last() {
    let site = Site::new();
    site.write(
        "drops/a/a.csv",
        csv(&[Row::sound(1).with("公示截止期", "2024-06-01"), Row::sound(2)]),
    );
    site.run_on("2024-05-23", &["build"]).ends(0);
    site.run_on("2024-06-01", &["build"]).ends(0).says("期满 0");
    assert!(!site.files_with("青标001").is_empty());
    site.run_on("2024-06-02", &["build"])
        .ends(0)
        .says("公示 1 ＋ 不予公开 0 ＋ 扣留 0 ＋ 撤下 0 ＋ 期满 1");
    assert!(site.files_with("青标001").is_empty());
}

#[test]
fn a_refused_drop_changes_nothing() {
    let site = Site::new();
    site.write("drops/a/a.csv", csv(&[Row::sound(1)]));
    site.build().ends(0);
    let before = (site.site(), site.ledger());
    site.write("drops/b/空表.csv", csv(&[]));
    site.build().ends(1).says("空表.csv");
    assert_eq!((site.site(), site.ledger()), before);
    assert!(!site.path("ledger/.next").exists() && !site.path(".public.next").exists());
}

#[test]
fn a_classification_mark_stops_everything_and_is_not_repeated() {
    let site = Site::new();
    let marked = Row::sound(1).with("备注", "机密★10年 青标秘").with("行政处罚决定书文号", "坏");
    site.write("drops/a/a.csv", csv(&[Row::sound(2), marked]));
    site.build().ends(7).says("a.csv").never_says("青标").never_says("机密").never_says("bad-");
    assert!(!site.path("public").exists() && !site.path("ledger").exists());
}

#[test]
fn strict_refuses_on_the_first_held_record() {
    let site = Site::new();
    site.write(
        "drops/a/a.csv",
        csv(&[Row::sound(1), Row::sound(2).with("处罚决定日期", "2024-02-30")]),
    );
    site.run(&["build", "--strict"]).ends(1).says("a.csv").says("第 3 行");
    assert!(!site.path("public").exists());
    site.run(&["build", "--fail-on", "held"]).ends(1);
    assert!(site.path("public/index.html").exists(), "fail-on speaks after the site was written");
}

#[test]
fn a_foreign_folder_is_not_replaced() {
    let site = Site::new();
    site.write("drops/a/a.csv", csv(&[Row::sound(1)]));
    site.write("elsewhere/thesis.txt", "years of work");
    let out = site.path("elsewhere");
    site.run(&["build", "--out", out.to_str().expect("a path")]).ends(2);
    assert_eq!(site.read("elsewhere/thesis.txt"), "years of work");
}

#[test]
fn no_private_cell_is_anywhere() {
    let site = Site::new();
    let id = id_number(7);
    let person = Row::sound(1)
        .with("行政相对人名称", "上官试文")
        .with("行政相对人类别", "自然人")
        .with("行政相对人代码_1(统一社会信用代码)", "")
        .with("法定代表人", "")
        .with(
            "违法事实",
            format!("上官 试文（身份证号：{id}，电话199 0000 1234）在通源大道占道经营，上官试文当场承认。"),
        );
    site.write("drops/a/a.csv", csv(&[person]));
    let ran = site.build().ends(0).says("公示 1");
    for secret in ["试文", &id, &id[..14], "19900001234", "199 0000 1234"] {
        assert!(site.files_with(secret).is_empty(), "{secret} is in {:?}", site.files_with(secret));
        let ledger =
            site.ledger().into_values().any(|b| String::from_utf8_lossy(&b).contains(secret));
        assert!(!ledger, "{secret} is in the ledger");
        assert!(!ran.said().contains(secret));
    }
    assert!(!site.files_with("上官某").is_empty());
}

#[test]
fn what_somebody_changed_in_the_output_is_mended() {
    let site = Site::new();
    site.write("drops/a/a.csv", csv(&[Row::sound(1)]));
    site.build().ends(0);
    let built = site.site();
    site.write("public/index.html", "tampered").write("public/stray.html", "stray");
    std::fs::remove_file(site.path("public/404.html")).expect("a file");
    site.build().ends(0);
    assert!(site.site() == built, "the same day's build gives the same site");
}

#[test]
fn drops_are_read_in_the_order_of_their_numbers() {
    let site = Site::new();
    let basis = |article| Row::sound(1).with("处罚依据", format!("《某规定》第{article}条"));
    site.write("drops/2024-9/a.csv", csv(&[basis("九十七")])).build().ends(0);
    site.write("drops/2024-10/a.csv", csv(&[basis("九十八")]));
    site.build().ends(0).says("更正 1");
    assert!(site.files_with("第九十七条").is_empty());
}

#[test]
fn a_lost_ledger_is_told() {
    let site = Site::new();
    site.write("drops/a/a.csv", csv(&[Row::sound(1)]));
    site.build().ends(0).never_says("恢复台账");
    std::fs::remove_dir_all(site.path("ledger")).expect("a ledger");
    site.build().ends(0).says("恢复台账");
}

#[test]
fn a_published_inspection_that_is_withheld_later_leaves() {
    let site = Site::new();
    let headers = "抽查任务编号,检查对象,行政相对人类别,统一社会信用代码,抽查事项,检查结果,检查结果作出日期,检查机关,是否公开,不予公开理由,不予公开批准人\r\n";
    let row = |open: &str| {
        let code = crate::support::credit_code("91", 5);
        format!(
            "示清双随机〔2024〕第1号,示例市青标005有限公司,法人及非法人组织,{code},市容责任,未发现问题,2024-05-20,示例市清源区城市管理局,{open}\r\n"
        )
    };
    site.write("drops/1/检查.csv", format!("{headers}{}", row("是,,")));
    site.build().ends(0).says("公示 1");
    site.write("drops/2/检查.csv", format!("{headers}{}", row("否,涉及商业秘密,批准人甲")));
    site.build().ends(0).says("公示 0 ＋ 不予公开 1");
    assert!(site.files_with("青标005").is_empty());
}

#[test]
fn a_number_that_left_is_watched_for_also_while_its_case_waits_again() {
    let site = Site::new();
    let headers = [&HEADERS[..], &["是否公开", "不予公开理由", "不予公开批准人"]].concat();
    let open = |row: Row| row.with("是否公开", "是");
    let withheld = Row::sound(2)
        .with("是否公开", "否")
        .with("不予公开理由", "国家秘密")
        .with("不予公开批准人", "批准人甲");
    let faulty = open(Row::sound(2)).with("处罚决定日期", "2024-05-99");
    // Each export in place of the one before: what is not read again must be remembered.
    site.write("drops/1/a.csv", csv_with(&headers, &[open(Row::sound(2))]));
    site.build().ends(0).says("公示 1");
    site.write("drops/1/a.csv", csv_with(&headers, &[withheld]));
    site.build().ends(0).says("不予公开 1");
    site.write("drops/1/a.csv", csv_with(&headers, &[faulty]));
    site.build().ends(0).says("[bad-date]");
    assert!(site.read("ledger/standings-0000.jsonl").contains("\"state\":\"held\""));
    let naming = open(Row::sound(3)).with("违法事实", "与示清城管罚决字〔2024〕第2号为同一工地。");
    site.write("drops/1/a.csv", csv_with(&headers, &[naming]));
    site.build().says("gone-case-named");
    assert!(site.files_with("第2号为同一工地").is_empty());
}

#[test]
fn a_new_site_root_builds_and_overwrites_nothing() {
    let site = Site::new();
    let dir = site.path("new");
    site.write("new/content/guanyu.md", "---\ntitle: 关于\n---\n自己写的话\n");
    let name = "某省甲市乙区综合行政执法局";
    let args = ["init", dir.to_str().expect("a path"), "--name", name, "--yes"];
    site.run(&args).ends(0);
    let mut build = crate::support::gongshi();
    build.args(["build", "--as-of", crate::support::TODAY, "--root"]).arg(&dir);
    let built = crate::support::Ran(build.output().expect("the program starts")).ends(0);
    built.says(name);
    let home = std::fs::read_to_string(dir.join("public/index.html")).expect("a home page");
    assert!(home.contains(name) && !home.contains("清源区"));
    let about = std::fs::read_to_string(dir.join("public/guanyu/index.html")).expect("a page");
    assert!(about.contains("自己写的话"));
    site.run(&args).ends(2);
}

#[test]
fn a_case_without_its_organs_code_is_the_same_case() {
    let site = Site::new();
    site.write("drops/1/a.csv", csv(&[Row::sound(1)])).build().ends(0);
    let bare = Row::sound(1).with("处罚机关统一社会信用代码", "");
    site.write("drops/2/a.csv", csv(&[bare]));
    site.build().ends(0).says("收到 1 件 ＝ 公示 1");
}
