//! States of pages: long, turned, quiet, due, revised, repealed, lost; and the theme for a portal.

use super::*;
use crate::ledger::YearFigures;
use crate::site::paths::is_sheet;

/// A site root with these content files, gone when dropped.
fn rooted(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, body) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, body).unwrap();
    }
    dir
}

fn fixed<'p>(pages: &'p [Page], path: &str) -> &'p str {
    text(pages.iter().find(|p| p.path == path).unwrap_or_else(|| panic!("no {path}")))
}

#[test]
fn a_long_text_is_folded_and_neighbours_are_linked() {
    let (press, world) = (press_at(root(), BUREAU).unwrap(), world());
    let whole = |case: &Standing, beside: &Beside| {
        let page = press.case(case, beside).unwrap();
        text(&page).to_owned()
    };
    let (case, other) = (&world.published[0], &world.published[1]);
    let alone = whole(case, &Beside::default());
    assert!(!alone.contains("<details>") && !alone.contains("class=\"turn\""));
    assert!(alone.contains("class=\"qr\"") && alone.contains("首次公示"));
    let step = |case: &Standing| crate::site::beside::Step {
        id: case.id.unwrap(),
        number: case.key.number.clone(),
    };
    let beside = Beside { newer: None, older: Some(step(other)) };
    let turned = whole(case, &beside);
    assert!(turned.contains("rel=\"next\"") && !turned.contains("rel=\"prev\""));
    assert!(turned.contains(&format!("2026/{}/\">", other.id.unwrap())));
    let mut long = serde_json::to_value(case.disclosure.as_ref().unwrap()).unwrap();
    long["facts"] = vec!["当事人擅自占用人行道。".repeat(30); 12].join("\n").into();
    long["party"] = "示例甲有限公司；示例乙有限公司".into();
    let long = crate::clearance::readmit(&long.to_string()).unwrap();
    let folded = whole(&Standing { disclosure: Some(long), ..case.clone() }, &Beside::default());
    assert!(folded.contains("展开违法事实其余部分（10段）"), "{folded}");
    assert!(folded.contains("示例甲有限公司等2名当事人"));
    assert_eq!(folded.matches("当事人擅自占用人行道。").count(), 360);
}

#[test]
fn home_says_what_is_due_and_how_long_it_has_been_quiet() {
    let overview = || {
        let mut overview = world().overview;
        overview.penalties.insert(2026, YearFigures { received: 1, ..YearFigures::default() });
        overview
    };
    let home = |day: &str, overview: &Overview| {
        let press = press_on(root(), BUREAU, day).unwrap();
        fixed(&press.fixed(overview, &nothing()).unwrap(), "index.html").to_owned()
    };
    let january = home("2027-01-05", &overview());
    assert!(january.contains("2026年统计年报尚未公布") && january.contains("次年1月31日前"));
    assert!(january.contains("最近一次公示是在2026年"));
    assert!(!home("2027-02-05", &overview()).contains("尚未公布"));
    let fresh = home("2026-05-01", &overview());
    assert!(!fresh.contains("尚未公布") && !fresh.contains("最近一次公示是在"), "{fresh}");
}

#[test]
fn a_column_says_what_changed_and_a_repealed_one_stays() {
    let changed = "---\ntitle: 执法依据\ndate: 2026-01-15\nupdated: 2026-06-10\nchanges:\n  - {on: 2026-03-01, what: 增加两部规章}\n  - {on: 2026-06-10, what: 删去已废止的办法}\n---\n\n## 一\n\n甲\n\n## 二\n\n## 三\n\n## 四\n\n## 五\n";
    let repealed =
        "---\ntitle: 裁量基准\ndate: 2026-01-15\nrepealed_on: 2026-09-01\n---\n\n旧的基准。\n";
    let dir =
        rooted(&[("content/shiqian/yiju.md", changed), ("content/shiqian/cailiang.md", repealed)]);
    let press = press_at(dir.path(), BUREAU).unwrap();
    let pages = press.fixed(&Overview::default(), &nothing()).unwrap();
    let page = fixed(&pages, "shiqian/yiju/index.html");
    let (latest, first) = (page.find("删去已废止的办法"), page.find("增加两部规章"));
    assert!(latest < first && page.contains("id=\"xiuding\""), "newest first");
    assert!(page.contains("<a href=\"#s5\">五</a>"), "a long text has a list of its headings");
    assert!(page.contains("下次复核：<time datetime=\"2027-06-10\">"), "{page}");
    let page = fixed(&pages, "shiqian/cailiang/index.html");
    assert!(page.contains("已失效") && page.contains("旧的基准。"));
    let told = rooted(&[(
        "content/a.md",
        "---\ntitle: 甲\nchanges:\n  - {on: 2026-13-01, what: 乙}\n---\n正文",
    )]);
    assert!(matches!(press_at(told.path(), BUREAU), Err(Failure::Refused(_))));
}

#[test]
fn a_page_for_lost_readers_is_small_and_leads_on() {
    let press = press_at(root(), BUREAU).unwrap();
    let pages = press.fixed(&Overview::default(), &nothing()).unwrap();
    for path in ["404.html", "410.html"] {
        let page = fixed(&pages, path);
        assert!(page.len() < 20 * 1024 && page.contains("noindex"), "{path}");
        for list in ["/gongshi/shihou/chufa/", "/gongshi/renyuan/", "/gongshi/assets/site."] {
            assert!(page.contains(list), "{path}: {list}");
        }
    }
    assert!(fixed(&pages, "410.html").contains("chexia/"));
}

#[test]
fn the_site_map_names_no_page_that_asks_to_be_left_out() {
    let (press, world) = (press_at(root(), BUREAU).unwrap(), world());
    let pages = print_all(&press, &world);
    let map = text(&pages["sitemap.xml"]);
    let hidden = pages.values().filter(|p| p.path.ends_with("/index.html"));
    let hidden = hidden.filter(|p| text(p).contains("content=\"noindex"));
    let hidden: Vec<&str> = hidden.map(|p| p.path.trim_end_matches("index.html")).collect();
    assert!(hidden.iter().any(|folder| folder.ends_with("/a4/")), "{hidden:?}");
    for folder in hidden {
        assert!(!map.contains(&format!("/{folder}</loc>")), "{folder}");
    }
}

#[test]
fn the_plain_theme_writes_fragments_for_a_portal() {
    let (press, world) = (press_at(root(), &format!("{BUREAU}theme: plain\n")).unwrap(), world());
    let pages = print_all(&press, &world);
    for page in pages.values().filter(|p| p.path.ends_with(".html")) {
        let (html, path) = (text(page), &page.path);
        if is_sheet(path.strip_suffix("index.html").unwrap_or_default()) {
            assert!(html.starts_with("<!doctype html>"), "{path}: a sheet is printed by itself");
            continue;
        }
        assert!(html.starts_with("<div class=\"gongshi\" lang=\"zh-CN\">"), "{path}");
        // Data for search engines, and the scripts of the search page, which are files.
        let html = html.replace("<script type=\"application/ld+json\">{", "");
        let html = html.replace("<script src=\"../assets/se", "");
        for never in ["<html", "<body", "<script", "class=\"foot\""] {
            assert!(!html.contains(never), "{path}: {never}");
        }
        assert_eq!(html.matches("<h1").count(), 1, "{path}: one h1");
        assert!(html.contains("<template class=\"gongshi-head\">\n<title>"), "{path}");
    }
}
