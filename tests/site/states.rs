//! The life after publication from outside: superseded, removed without a notice, reinstated, and what is
//! refused. What is down leaves no trace; what comes back keeps its first day.

use crate::support::{Ran, Row, Site, csv, is_case_page};

const HEAD: &str = "决定书文号,处理类型,依据文书,作出机关,文书日期,生效日期,替代文号\r\n";
const FIRST: &str = "示清城管罚决字〔2024〕第1号";

fn order(act: &str, document: &str, day: &str, replaced_by: &str) -> String {
    format!("{FIRST},{act},{document},示例市清源区人民政府,{day},{day},{replaced_by}\r\n")
}

fn published() -> Site {
    let site = Site::new();
    site.write("drops/2024-05-20/处罚.csv", csv(&[Row::sound(1), Row::sound(2)]));
    site.build().ends(0).says("公示 2");
    site
}

fn write_orders(site: &Site, drop: &str, rows: &[String]) {
    site.write(&format!("drops/{drop}/撤销.csv"), HEAD.to_owned() + &rows.concat());
}

/// The id of the first case, as its address says it.
fn id_of(site: &Site, marker: &str) -> String {
    let page = site.files_with(marker).into_iter().find(|n| is_case_page(n)).expect("a case page");
    page.split('/').nth(3).expect("an id").to_owned()
}

fn assert_no_trace(site: &Site) {
    assert!(site.files_with("青标001").is_empty(), "{:?}", site.files_with("青标001"));
    let told = site.ledger().into_values().any(|b| String::from_utf8_lossy(&b).contains("青标001"));
    assert!(!told, "the ledger keeps the disclosure");
}

fn rebuilds_alike(site: &Site, day: &str) {
    let before = (site.site(), site.ledger());
    site.run_on(day, &["build"]).ends(0).says("更正 0，撤下 0，期满 0");
    assert!((site.site(), site.ledger()) == before, "building again changed something");
}

#[test]
fn a_takedown_that_is_set_aside_comes_back_with_its_first_day() {
    let site = published();
    let id = id_of(&site, "青标001");
    let takedown = order("撤销", "行政复议决定书 示府复〔2024〕3号", "2024-05-22", "");
    write_orders(&site, "2024-05-23", std::slice::from_ref(&takedown));
    site.build().ends(0).says("撤下 1");
    assert_no_trace(&site);
    let back = order("恢复公示", "行政判决书 （2024）示0199行终6号", "2024-06-10", "");
    write_orders(&site, "2024-06-12", &[takedown, back]);
    site.run_on("2024-06-12", &["build"]).ends(0).says("公示 2 ＋ 不予公开 0 ＋ 扣留 0 ＋ 撤下 0");
    let page = site.read(&format!("public/shihou/chufa/2024/{id}/index.html"));
    for word in ["青标001", "恢复公示", "（2024）示0199行终6号", "2024-05-23", "2024-06-12"]
    {
        assert!(page.contains(word), "{word} is not on the page");
    }
    assert!(page.contains("<span>实际公示</span><time datetime=\"2024-05-23\">"));
    assert!(!site.path(&format!("public/chexia/{id}/index.html")).exists());
    let log = site.read("ledger/events.jsonl");
    assert!(log.contains("\"event\":\"set_aside\"") && log.contains("\"event\":\"reinstated\""));
    site.run(&["log", "verify"]).ends(0);
    rebuilds_alike(&site, "2024-06-12");
    // Another takedown by another document is a new one.
    let again = order("确认违法", "行政判决书 （2024）示0199行再9号", "2024-07-01", "");
    write_orders(&site, "2024-07-02", &[again]);
    site.run_on("2024-07-02", &["build"]).ends(0).never_says("unlawful-transition").says("撤下 1");
    assert_no_trace(&site);
    rebuilds_alike(&site, "2024-07-02");
}

#[test]
fn a_case_ordered_down_before_it_was_public_is_counted_and_has_no_notice() {
    let site = Site::new();
    site.write("drops/2024-05-20/处罚.csv", csv(&[Row::sound(1), Row::sound(2)]));
    let takedown = order("撤销", "行政复议决定书 示府复〔2024〕3号", "2024-05-22", "");
    write_orders(&site, "2024-05-23", &[takedown]);
    site.build().ends(0).says("公示 1 ＋ 不予公开 0 ＋ 扣留 0 ＋ 撤下 1");
    assert_no_trace(&site);
    let year = site.read("public/tongji/2024/index.html");
    assert!(year.contains("有 1 件在公示之前即被撤销"), "{year}");
    site.run(&["export", "digest"]).ends(0);
    let digest = site.read("exports/zhaiyao/2024-05-01_2024-05-23.txt");
    assert!(!digest.is_empty() && !digest.contains(FIRST), "{digest}");
    assert!(digest.contains("撤下 0"), "what it counts is what it lists: {digest}");
    let list = site.read("public/shihou/chufa/2024/index.html");
    assert!(list.contains("青标002") && !list.contains("原因见"), "{list}");
}

#[test]
fn orders_in_a_table_sorted_by_the_newest_first_are_carried_out_in_time() {
    let site = published();
    let takedown = order("撤销", "行政复议决定书 示府复〔2024〕3号", "2024-05-23", "");
    let back = order("恢复公示", "行政判决书 （2024）示0199行终6号", "2024-05-23", "");
    write_orders(&site, "2024-05-23", &[back, takedown]);
    site.build().ends(0).never_says("unlawful-transition").says("公示 2");
    assert!(!site.files_with("青标001").is_empty());
    rebuilds_alike(&site, crate::support::TODAY);
}

#[test]
fn a_case_that_is_withheld_since_is_not_said_never_to_have_been_public() {
    let site = Site::new();
    let person = |facts: &str| {
        let kind = Row::sound(1).with("行政相对人名称", "张试文").with("行政相对人类别", "自然人");
        let kind = kind.with("行政相对人代码_1(统一社会信用代码)", "").with("法定代表人", "");
        kind.with("违法事实", format!("{facts}标记青标001。"))
    };
    site.write("drops/2024-05-20/处罚.csv", csv(&[person("当事人运输建筑垃圾，")]));
    site.build().ends(0).says("公示 1");
    site.write("drops/2024-05-22/处罚.csv", csv(&[person("当事人系未成年人（16周岁），")]));
    site.build().ends(0).says("不予公开 1");
    assert_no_trace(&site);
    assert!(site.files_with(FIRST).is_empty(), "{:?}", site.files_with(FIRST));
    takedown_plan(&site, &["--yes"]).ends(1).says("依法不予公开").never_says("没有公示");
}

#[test]
fn a_case_waits_for_its_export_after_the_command() {
    let site = published();
    let down = ["--document", "示府复〔2024〕3号决定书", "--decided-on", "2024-05-22", "--yes"];
    let with = |verb: &[&'static str]| [verb, &down[..]].concat();
    site.run(&with(&["takedown", FIRST, "--reason", "revoked"])).ends(0).says("撤下 1");
    site.run(&with(&["reinstate", "示清城管罚决字〔2024〕第2号"]))
        .ends(1)
        .says("unlawful-transition");
    let early = ["reinstate", FIRST, "--document", "示府复〔2024〕9号决定书", "--decided-on"];
    site.run(&[&early[..], &["2024-05-21", "--yes"]].concat()).ends(1).says("早于");
    let plan = site.run(&[&early[..], &["2024-05-23"]].concat()).ends(0);
    assert!(plan.said().contains("待下一次数据重新公示"), "{}", plan.said());
    site.run(&[&early[..], &["2024-05-23", "--yes"]].concat()).ends(0);
    assert_no_trace(&site);
    assert!(site.files_with("示府复〔2024〕9号").iter().any(|n| n.starts_with("chexia/")));
    site.build().ends(0).says("公示 2");
    assert!(!site.files_with("青标001").is_empty());
    rebuilds_alike(&site, crate::support::TODAY);
}

#[test]
fn a_replaced_decision_links_to_the_new_one_while_that_stands() {
    let site = published();
    let number = "示清城管罚决字〔2024〕第3号";
    let row = order("变更", "变更决定书 示清城管变〔2024〕1号", "2024-05-22", number);
    write_orders(&site, "2024-05-23", std::slice::from_ref(&row));
    site.build().ends(0);
    let notice = |site: &Site| {
        let names = site.files_with("示清城管变〔2024〕1号");
        let name =
            names.into_iter().find(|n| n.starts_with("chexia/") && n.matches('/').count() == 2);
        site.read(&format!("public/{}", name.expect("a notice")))
    };
    assert!(notice(&site).contains("尚未公示"));
    assert!(!notice(&site).contains(number), "an unpublished decision is named");
    site.write("drops/2024-05-24/处罚.csv", csv(&[Row::sound(3)]));
    site.run_on("2024-05-24", &["build"]).ends(0).says("公示 2");
    let id = id_of(&site, "青标003");
    let home = site.read("public/index.html");
    assert!(
        home.contains("因变更撤下") && home.contains("新的决定"),
        "the reversal is not on home"
    );
    let feed = site.read("public/feed.xml");
    assert!(feed.contains("撤下公告：") && feed.contains("rel=\"related\""), "{feed}");
    assert!(notice(&site).contains(&format!("shihou/chufa/2024/{id}/")));
    let data = || site.read("public/shuju/chufa-2024.json");
    assert!(data().contains(&format!("\"superseded_by\":\"{id}\"")), "{}", data());
    let log = site.read("ledger/events.jsonl");
    assert!(log.contains("\"event\":\"superseded\""));
    rebuilds_alike(&site, "2024-05-24");
    let own = row.replace(number, FIRST).replace("2024-05-22", "2024-05-23");
    write_orders(&site, "2024-05-25", &[own]);
    site.run_on("2024-05-25", &["build"]).ends(0).says("unlawful-transition").says("替代文号");
}

#[test]
fn what_is_removed_to_protect_a_person_is_named_nowhere() {
    let site = published();
    let id = id_of(&site, "青标001");
    let mut args = vec![
        "takedown",
        FIRST,
        "--reason",
        "personal-information",
        "--document",
        "示清城管处〔2024〕5号通知",
        "--decided-on",
        "2024-05-23",
        "--yes",
    ];
    site.run(&args).ends(2).says("--confirm");
    assert!(!site.files_with("青标001").is_empty());
    args.extend(["--confirm", &id]);
    site.run(&args).ends(0).says("撤下 1");
    assert_no_trace(&site);
    for name in [FIRST, "示清城管处〔2024〕5号"] {
        assert!(site.files_with(name).is_empty(), "{name}: {:?}", site.files_with(name));
    }
    // Lines of the log are never changed; its page does not point at the case.
    assert_eq!(site.files_with(&id), ["rizhi/log-0001.jsonl"]);
    let log = site.read("public/rizhi/log-0001.jsonl");
    assert!(!log.lines().last().expect("a line").contains(&id));
    assert!(!site.site().keys().any(|name| name.contains(&id)));
    let register = site.read("public/chexia/index.html");
    assert!(register.contains("另有 1 件为保护个人信息而移除"));
    // The export does not bring it back, and no public takedown may name it.
    site.build().ends(0).says("撤下 1").says("公示 1");
    assert_no_trace(&site);
    write_orders(
        &site,
        "2024-05-23",
        &[order("撤销", "示府复〔2024〕3号决定书", "2024-05-22", "")],
    );
    site.build().ends(0).says("unlawful-transition");
    assert!(site.files_with(FIRST).is_empty());
}

fn takedown_plan(site: &Site, extra: &[&str]) -> Ran {
    let base = ["takedown", FIRST, "--reason", "revoked", "--document", "示府复〔2024〕3号决定书"];
    site.run(&[&base[..], &["--decided-on", "2024-05-22"], extra].concat())
}

#[test]
fn the_plan_is_what_then_happens() {
    let site = published();
    let facts = site.read("site.yml") + "base_url: https://www.example.gov.cn/cgj/\n";
    site.write("site.yml", facts).build().ends(0);
    let english = published();
    let id = id_of(&site, "青标001");
    let before = (site.site(), site.ledger());
    let ran = takedown_plan(&site, &["--format", "json"]).ends(0);
    assert!((site.site(), site.ledger()) == before, "the plan changed something");
    let plan: serde_json::Value = serde_json::from_slice(&ran.0.stdout).expect("the plan is JSON");
    takedown_plan(&site, &["--yes"]).ends(0);
    let after = site.site();
    let told: std::collections::BTreeMap<&str, &str> = plan["files"]
        .as_array()
        .expect("files")
        .iter()
        .map(|f| (f["path"].as_str().expect("a path"), f["change"].as_str().expect("a change")))
        .collect();
    let names = |body: &[u8]| String::from_utf8_lossy(body).contains(&id);
    for (path, body) in before.0.iter().filter(|(path, _)| *path != "manifest.json") {
        let real = match after.get(path) {
            None => "removed",
            Some(now) if now != body => "changed",
            Some(_) => continue,
        };
        if path.contains(&id) || names(body) || after.get(path).is_some_and(|b| names(b)) {
            assert_eq!(told.get(path.as_str()), Some(&real), "{path}");
        }
    }
    // Files of the search index are named by their content; those that name the case are told above.
    let new = |path: &&String| !before.0.contains_key(*path) && !path.starts_with("sousuo/suoyin/");
    for path in after.keys().filter(new) {
        assert_eq!(told.get(path.as_str()), Some(&"added"), "{path}");
    }
    let cell = |figure: &str| {
        let cells = plan["statistics"].as_array().expect("cells");
        let found = cells.iter().find(|c| c["figure"] == figure).expect(figure);
        (found["before"].as_i64(), found["after"].as_i64())
    };
    assert_eq!(cell("公示"), (Some(2), Some(1)));
    assert_eq!(cell("撤下"), (Some(0), Some(1)));
    let rows = plan["rows"].as_array().expect("rows");
    let row = |path: &str| rows.iter().find(|r| r["path"] == path).expect(path);
    assert_eq!(row("shihou/chufa/2024/index.html")["before"], "stands");
    assert!(row("shihou/chufa/2024/index.html")["after"].is_null());
    assert_eq!(row("feed.xml")["before"], "stands");
    assert_eq!(row("feed.xml")["after"], "taken_down");
    assert_eq!(row("shuju/chufa-2024.csv")["after"], "taken_down");
    let outside = |name: &str| plan["outside"][name].as_array().expect(name).clone();
    assert!(outside("server_files").contains(&"server/gongshi-gone.map.conf".into()));
    let address = format!("https://www.example.gov.cn/cgj/shihou/chufa/2024/{id}/");
    assert!(outside("purge").contains(&address.clone().into()), "{:?}", outside("purge"));
    assert_eq!(outside("recall"), [address], "prints of the case page, and of no other");
    let english = takedown_plan(&english, &["--lang", "en"]).ends(0).said();
    for told in ["  2024 published  2 → 1", "  2024 taken down  0 → 1", "server/gongshi-gone.caddy"]
    {
        assert!(english.contains(told), "{told} is not in:\n{english}");
    }
    assert!(!english.contains("公示  ") && !english.contains("撤下"), "{english}");
    // Told again, it says that nothing is left to do.
    takedown_plan(&site, &[]).ends(0).says("没有改动");
}

#[test]
fn an_unlawful_order_is_refused_whole() {
    let site = published();
    takedown_plan(&site, &["--yes"]).ends(0);
    let before = (site.site(), site.ledger());
    let other = ["takedown", FIRST, "--reason", "altered", "--document", "示府复〔2024〕8号决定书"];
    let other = [&other[..], &["--decided-on", "2024-05-23", "--yes"]].concat();
    site.run(&other).ends(1).says("unlawful-transition").says("四十八条");
    assert!((site.site(), site.ledger()) == before, "a refused order changed something");
}
