//! Lists of a year and their divisions from outside: what stands, what it counts, what it hands out.

use std::collections::BTreeSet;

use super::support::{Row, Site, csv, revoke};

fn row(n: usize) -> Row {
    Row::sound(n)
}

/// A site with these rows on [`super::support::TODAY`].
fn built(rows: &[Row]) -> Site {
    let site = Site::new();
    site.write("drops/a/处罚.csv", csv(rows));
    site.build().ends(0);
    site
}

/// Numbers of the cases that a file names.
fn cases(text: &str, most: usize) -> BTreeSet<usize> {
    (1..=most).filter(|n| text.contains(&format!("第{n}号"))).collect()
}

#[test]
fn a_selection_holds_exactly_its_cases_and_hands_out_exactly_these() {
    let site = built(&[
        row(1),
        row(2).with("处罚类别", "警告").with("处罚内容", "警告").with("罚款金额(万元)", ""),
        row(3).with("处罚决定日期", "2024-04-30").with("违法行为类型", "占道经营"),
        row(4).with("处罚类别", "警告、罚款"),
    ]);
    let at = |list: &str, file: &str| site.read(&format!("public/shihou/chufa/2024/{list}/{file}"));
    for (list, name, wanted) in [
        ("05", "chufa-2024-05", vec![1, 2, 4]),
        ("04", "chufa-2024-04", vec![3]),
        ("lei/jinggao", "chufa-2024-lei-jinggao", vec![2, 4]),
        ("lei/fakuan", "chufa-2024-lei-fakuan", vec![1, 3, 4]),
        ("jine/wu", "chufa-2024-jine-wu", vec![2]),
        ("jine/q2", "chufa-2024-jine-q2", vec![1, 3, 4]),
    ] {
        let page = at(list, "index.html");
        let wanted: BTreeSet<usize> = wanted.into_iter().collect();
        assert_eq!(cases(&page, 4), wanted, "{list}");
        assert!(page.contains(&format!("公示中的结果共 {} 件", wanted.len())), "{list}");
        for form in ["csv", "json"] {
            assert!(page.contains(&format!("{name}.{form}\"")), "{list} links to its {form}");
            assert_eq!(cases(&at(list, &format!("{name}.{form}")), 4), wanted, "{list} {form}");
        }
        let rows: Vec<serde_json::Value> =
            serde_json::from_str(&at(list, &format!("{name}.json"))).expect("JSON");
        assert_eq!(rows.len(), wanted.len());
        assert!(rows.iter().all(|r| r["facts"].is_null() && r["number"].is_string()));
    }
    assert!(
        at("lei/jinggao", "chufa-2024-lei-jinggao.csv")
            .starts_with("\u{feff}\"编号\",\"决定书文号\"")
    );
    let folders: Vec<String> =
        site.site().into_keys().filter(|n| n.starts_with("shihou/chufa/2024/")).collect();
    assert!(
        !folders.iter().any(|n| n.contains("/diaoxiao") || n.contains("/q5/")),
        "only what there is"
    );
    assert!(!folders.iter().any(|n| n.contains("/danwei/")), "the export names no unit");
    assert_eq!(
        folders.iter().filter(|n| n.contains("/shiyou/") && n.ends_with("index.html")).count(),
        1
    );
}

#[test]
fn a_list_says_how_many_were_in_time() {
    let site = built(&[row(1), row(2).with("处罚决定日期", "2024-04-30")]);
    let page = site.read("public/shihou/chufa/2024/index.html");
    assert!(page.contains("其中按时公示 1 件，逾期公示 1 件，按时率 50%"), "{page}");
    assert!(
        site.read("public/shihou/chufa/2024/04/index.html")
            .contains("按时公示 0 件，逾期公示 1 件，按时率 0%")
    );
}

#[test]
fn months_are_told_apart_that_have_none_and_that_have_none_left() {
    let site = built(&[
        row(1),
        row(2).with("处罚决定日期", "2024-03-05"),
        row(3).with("处罚决定日期", "2024-03-06"),
    ]);
    let month = |m: &str| site.read(&format!("public/shihou/chufa/2024/{m}/index.html"));
    let empty = month("04");
    assert!(empty.contains("本月无") && empty.contains("回到2024年全部结果"), "{empty}");
    assert!(!empty.contains(".csv\""), "nothing to hand out");
    for none in ["02", "06"] {
        assert!(month(none).is_empty(), "{none}: before the ledger begins, or not yet come");
    }
    for n in [2, 3] {
        let number = format!("示清城管罚决字〔2024〕第{n}号");
        site.run(&[&revoke(&number)[..], &["--yes"]].concat()).ends(0);
    }
    let down = month("03");
    assert!(down.contains("已撤下 2 件") && down.contains("chexia/\">撤下公告"), "{down}");
    assert!(!down.contains("本月无") && down.contains("目前没有公示中的"), "{down}");
    assert!(cases(&down, 3).is_empty());
    assert!(site.read("public/shihou/chufa/2024/03/chufa-2024-03.csv").is_empty());
}

#[test]
fn a_long_list_has_pages_that_name_their_number() {
    let rows: Vec<Row> = (1..=101).map(row).collect();
    let site = built(&rows);
    let page = |n: &str| site.read(&format!("public/shihou/chufa/2024/05/{n}index.html"));
    let (first, second, third) = (page(""), page("ye2/"), page("ye3/"));
    assert!(first.contains("<title>2024年5月行政处罚结果 - "));
    assert!(second.contains("<title>2024年5月行政处罚结果（第2页） - "));
    assert!(third.contains("第 3 / 3 页") && !third.contains("下一页") && third.contains("上一页"));
    let all: BTreeSet<usize> = [first, second, third].iter().flat_map(|p| cases(p, 101)).collect();
    assert_eq!(all.len(), 101);
    let csv = site.read("public/shihou/chufa/2024/05/chufa-2024-05.csv");
    assert_eq!(cases(&csv, 101).len(), 101, "the download is the whole selection");
    assert!(page("ye4/").is_empty());
}

#[test]
fn the_pages_of_lists_grow_with_the_cases_and_the_site_map_knows_them() {
    let rows: Vec<Row> = (1..=120)
        .map(|n| {
            row(n)
                .with("违法行为类型", format!("第{}类行为", n % 60))
                .with("处罚决定日期", format!("2024-0{}-15", 1 + n % 4))
        })
        .collect();
    let site = Site::new();
    site.write("site.yml", "name: 示例市清源区城市管理局\ndistrict: 示例市清源区\nbase_url: https://www.qingyuan-cgj.example/\n");
    site.write("drops/a/处罚.csv", csv(&rows));
    site.build().ends(0);
    let lists: Vec<String> = site
        .site()
        .into_keys()
        .filter(|n| n.starts_with("shihou/chufa/2024/") && n.ends_with("index.html"))
        .filter(|n| n.split('/').nth(3).is_some_and(|part| part.len() != 8))
        .collect();
    assert!(lists.len() < 120, "{} pages of lists for 120 cases", lists.len());
    let map = site.read("public/sitemap.xml");
    for list in lists.iter().filter(|n| !n.contains("/ye") && !n.contains("/05/")) {
        let folder = list.strip_suffix("index.html").unwrap_or(list);
        assert!(
            map.contains(&format!("example/{folder}<")) || folder.ends_with("/shiyou/"),
            "{folder}"
        );
    }
    assert!(map.contains("example/sousuo/<"));
    let subjects = site.read("public/shihou/chufa/2024/shiyou/index.html");
    assert_eq!(subjects.matches("类行为</a>（2 件）").count(), 60);
}

#[test]
fn a_formula_stays_a_text_in_the_download_of_a_selection() {
    let site = built(&[row(1).with("违法行为类型", "=占道经营"), row(2)]);
    let csv = site.read("public/shihou/chufa/2024/05/chufa-2024-05.csv");
    assert!(csv.contains("\"'=占道经营\""), "{csv}");
}
