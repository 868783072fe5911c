//! The whole site from a handful of invented cases, for tests to read and for people to look at
//! (`target/site-look/`). Never part of the program.

mod states;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::law::{Law, Shelf, Today, parse_rules};
use crate::ledger::{Overview, Standing};
use crate::vocab::{AnnualTable, Bureau, StatisticsForm};

use super::{Annual, Beside, ListSpec, Page, Press, Scope, Setup};
use world::{BUREAU, World, day, staff, world};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn press_at(root: &Path, bureau: &str) -> Result<Press, Failure> {
    press_on(root, bureau, "2026-11-23")
}

fn press_on(root: &Path, bureau: &str, today: &str) -> Result<Press, Failure> {
    let law = Law::load(&Shelf::embedded(), &[]).expect("the embedded law loads");
    let bureau: Bureau = parse_rules("site.yml", bureau).unwrap();
    let form = StatisticsForm::load(&Shelf::embedded(), "e").unwrap();
    let tables = AnnualTable::of_form(&Shelf::embedded(), &form).unwrap();
    let annual = Annual::load(root, tables, &form, &bureau).unwrap();
    Press::new(Setup {
        root,
        law: &law,
        bureau: &bureau,
        staff: &staff(),
        form: &form,
        annual: &annual,
        today: Today::is(day(today)),
        log_key: None,
    })
}

/// Every page, appended parts joined.
fn print_all(press: &Press, world: &World) -> BTreeMap<String, Page> {
    let mut pages = press.fixed(&world.overview).unwrap();
    for case in &world.published {
        pages.push(press.case(case, &Beside::default()).unwrap());
    }
    for case in &world.dead {
        pages.extend(press.notices(case).unwrap());
    }
    for kind in [CaseKind::Penalty, CaseKind::Inspection] {
        let of_kind = |c: &&Standing| c.key.kind == kind;
        let rows: Vec<Standing> = world.published.iter().filter(of_kind).cloned().collect();
        let spec = ListSpec { kind, year: 2026, page: 1, pages: 1, total: rows.len() };
        pages.push(press.list(spec, &rows).unwrap());
        pages.extend(press.download_heads(kind, 2026).unwrap());
        let all = rows.iter().chain(world.dead.iter().filter(of_kind));
        for (i, case) in all.enumerate() {
            pages.extend(press.download_rows(case, i == 0).unwrap());
        }
        pages.extend(press.download_tails(kind, 2026).unwrap());
    }
    let mut joined: BTreeMap<String, Page> = BTreeMap::new();
    for page in pages {
        match joined.get_mut(&page.path) {
            Some(begun) if page.append => begun.body.extend(page.body),
            Some(_) => panic!("{} is printed twice", page.path),
            None => {
                assert!(!page.append, "{} has no beginning", page.path);
                joined.insert(page.path.clone(), page);
            }
        }
    }
    joined
}

fn text(page: &Page) -> &str {
    std::str::from_utf8(&page.body).unwrap()
}

#[test]
fn the_site_is_whole_and_stands_to_be_looked_at() {
    let (press, world) = (press_at(root(), BUREAU).unwrap(), world());
    assert!(press.findings().is_empty());
    let pages = print_all(&press, &world);
    let out = root().join("target/site-look");
    for page in pages.values() {
        let path = out.join(&page.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &page.body).unwrap();
    }
    for path in [
        "index.html",
        "shihou/index.html",
        "shihou/chufa/index.html",
        "shihou/jiancha/index.html",
        "shihou/chufa/2026/index.html",
        "chexia/index.html",
        "gengzheng/index.html",
        "rizhi/index.html",
        "rizhi/checkpoint.txt",
        "renyuan/index.html",
        "renyuan/gongshipai/index.html",
        "renyuan/gongshipai/ka/index.html",
        "renyuan/gongshipai/zhuopai/index.html",
        "liucheng/index.html",
        "liucheng/jianyi/index.html",
        "liucheng/putong/index.html",
        "tongji/index.html",
        "tongji/2026/index.html",
        "shiqian/index.html",
        "shiqian/suiji/index.html",
        "shizhong/index.html",
        "guanyu/index.html",
        "jubao/index.html",
        "bangzhu/index.html",
        "wuzhangai/index.html",
        "shuju/index.html",
        "shuju/chufa-2026.csv",
        "shuju/tongji-2026.json",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        "404.html",
        "410.html",
        ".well-known/security.txt",
    ] {
        assert!(pages.contains_key(path), "{path}");
    }
    assert_eq!(press.source_of("shiqian/yiju/index.html"), Some("content/shiqian/yiju.md"));
}

#[test]
fn every_page_keeps_the_rules_of_the_house() {
    let (press, world) = (press_at(root(), BUREAU).unwrap(), world());
    for page in print_all(&press, &world).values().filter(|p| p.path.ends_with(".html")) {
        let (html, path) = (text(page), &page.path);
        assert_eq!(html.matches("<h1").count(), 1, "{path}: one h1");
        for part in ["<html lang=\"zh-CN\">", "<main id=\"main\"", "class=\"skip\"", "<title>"] {
            assert!(html.contains(part), "{path}: {part}");
        }
        let scripts = html.matches("<script").count();
        assert_eq!(scripts, html.matches("<script src=\"").count(), "{path}: a script inside");
        for never in [" style=", "<style", "onclick", "javascript:", "http://", "{{"] {
            let here = html.replace("{{ site.title }}", "");
            assert!(!here.contains(never), "{path}: {never}");
        }
        let cases = html.contains("data-case=\"");
        assert!(!cases || page.scope != Scope::Open, "{path}: speaks of a case");
    }
}

#[test]
fn a_case_page_is_small_and_escaped() {
    let (press, world) = (press_at(root(), BUREAU).unwrap(), world());
    let page = press.case(&world.published[1], &Beside::default()).unwrap();
    assert!(page.body.len() < 30 * 1024, "{}", page.body.len());
    assert!(text(&page).contains("&lt;script&gt;alert(1)&lt;/script&gt;{{ site.title }}"));
    assert_eq!(page.scope, Scope::Case(world.published[1].id.unwrap()));
    assert!(text(&page).contains("content=\"2026-03-09 00:00\""), "PubDate is the ledger's day");
}

#[test]
fn nothing_of_a_dead_case_but_number_and_reason_is_left() {
    let (press, world) = (press_at(root(), BUREAU).unwrap(), world());
    let taken = &world.dead[0];
    let (id, number) = (taken.id.unwrap(), &taken.key.number);
    let may_name = |path: &str| {
        path.contains(id.as_str())
            || ["chexia/index.html", "feed.xml", "shuju/chufa-2026.csv", "shuju/chufa-2026.json"]
                .contains(&path)
            // What tells search engines to forget it, by address alone.
            || ["silian.txt", "silian.xml", "sitemap-recrawl.xml"].contains(&path)
    };
    for page in print_all(&press, &world).values() {
        let named = text(page).contains(id.as_str()) || text(page).contains(number.as_str());
        assert!(!named || may_name(&page.path), "{} names a dead case", page.path);
        let by_number = text(page).contains(number.as_str());
        assert!(!by_number || !page.path.contains("silian"), "{}", page.path);
    }
    let dead = press.notices(&world.dead[1]).unwrap();
    assert!(dead.len() == 1 && text(&dead[0]).contains("公示期已满"));
    assert!(text(&dead[0]).contains("noindex"));
}

#[test]
fn internal_links_lead_somewhere() {
    let (press, world) = (press_at(root(), BUREAU).unwrap(), world());
    let pages = print_all(&press, &world);
    let mut dead = BTreeSet::new();
    for page in pages.values().filter(|p| p.path.ends_with(".html")) {
        for href in text(page).split("href=\"").skip(1).filter_map(|r| r.split('"').next()) {
            let (target, _) = href.split_once('#').unwrap_or((href, ""));
            if target.is_empty() || target.contains(':') {
                continue;
            }
            let target = match target.strip_prefix("/gongshi/") {
                Some(rooted) => rooted.to_owned(),
                None => resolve(&page.path, target),
            };
            let file = if target.is_empty() || target.ends_with('/') {
                format!("{target}index.html")
            } else {
                target
            };
            if !pages.contains_key(&file) {
                dead.insert(format!("{} -> {file}", page.path));
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

fn resolve(from: &str, href: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.retain(|p| !p.is_empty());
    let tail = if href.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    format!("{}{tail}", parts.join("/"))
}

#[test]
fn downloads_are_whole_and_tombstones_bare() {
    let (press, world) = (press_at(root(), BUREAU).unwrap(), world());
    let pages = print_all(&press, &world);
    let csv = text(&pages["shuju/chufa-2026.csv"]);
    assert!(csv.starts_with('\u{feff}') && csv.ends_with("\r\n"));
    let json: serde_json::Value =
        serde_json::from_str(text(&pages["shuju/chufa-2026.json"])).unwrap();
    let rows = json.as_array().unwrap();
    assert_eq!(rows.len(), 14);
    let stone = rows.iter().find(|r| r["status"] == "taken_down").unwrap();
    assert!(stone["party"].is_null() && stone["facts"].is_null() && stone["fine_wan"].is_null());
    assert_eq!(stone["ground"], "撤销");
}

#[test]
fn an_empty_site_has_no_blank_column() {
    let empty = tempfile::tempdir().unwrap();
    let press = press_at(empty.path(), "name: 示例市清源区城市管理局").unwrap();
    let pages = press.fixed(&Overview::default()).unwrap();
    assert!(pages.iter().all(|p| p.path != "sitemap.xml"));
    for page in pages.iter().filter(|p| p.path.ends_with(".html")) {
        assert!(!text(page).contains("<tbody>\n</tbody>"), "{}", page.path);
        assert!(!text(page).contains("<ul class=\"plain\"></ul>"), "{}", page.path);
    }
}

#[test]
fn two_presses_print_the_same_bytes() {
    let world = world();
    let one = print_all(&press_at(root(), BUREAU).unwrap(), &world);
    let other = print_all(&press_at(root(), BUREAU).unwrap(), &world);
    for (path, page) in &one {
        assert_eq!(page.body, other[path].body, "{path}");
    }
}
