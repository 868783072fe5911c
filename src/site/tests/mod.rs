//! The whole site from a handful of invented cases, for tests to read and for people to look at
//! (`target/site-look/`). Never part of the program.

mod open_data;
mod placards;
mod states;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::law::{Law, Shelf, Today, parse_rules};
use crate::ledger::{Overview, Standing, WrittenFile};
use crate::vocab::{AnnualTable, BulkPersons, Bureau, Officer, StatisticsForm};

use super::{Annual, Beside, Copied, Gathered, Index, Page, Press, Scope, Setup, Twin};
use world::{BUREAU, World, day, staff, world};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn press_at(root: &Path, bureau: &str) -> Result<Press, Failure> {
    press_on(root, bureau, "2026-11-23")
}

fn press_on(root: &Path, bureau: &str, today: &str) -> Result<Press, Failure> {
    press_with(root, bureau, (&staff(), today))
}

fn press_of(root: &Path, bureau: &str, staff: &[Officer]) -> Result<Press, Failure> {
    press_with(root, bureau, (staff, "2026-11-23"))
}

fn press_with(
    root: &Path,
    bureau: &str,
    (staff, today): (&[Officer], &str),
) -> Result<Press, Failure> {
    let law = Law::load(&Shelf::embedded(), &[]).expect("the embedded law loads");
    let bureau: Bureau = parse_rules("site.yml", bureau).unwrap();
    let form = StatisticsForm::load(&Shelf::embedded(), "e").unwrap();
    let tables = AnnualTable::of_form(&Shelf::embedded(), &form).unwrap();
    let annual = Annual::load(root, tables, &form, &bureau).unwrap();
    Press::new(Setup {
        root,
        law: &law,
        bureau: &bureau,
        staff,
        form: &form,
        annual: &annual,
        today: Today::is(day(today)),
        log_key: None,
        bulk: BulkPersons::Full,
    })
}

/// The lists and the search index, and what they leave for the pages that speak of all cases.
fn gathered(press: &Press, world: &World) -> (Vec<Page>, Gathered) {
    let (mut pages, mut lists, mut index) = (Vec::new(), Vec::new(), Index::default());
    for kind in [CaseKind::Penalty, CaseKind::Inspection] {
        let cases: Vec<&Standing> =
            world.published.iter().filter(|case| case.key.kind == kind).collect();
        for case in &cases {
            let Some(case) = press.indexed(case).unwrap() else { continue };
            pages.extend(index.add(case).unwrap());
        }
        let lines = cases.iter().filter_map(|case| press.line(case).unwrap()).collect();
        let year =
            press.year_lists((kind, 2026), std::iter::empty(), Some(day("2026-02-01")), lines);
        pages.extend(year.pages().into_iter().map(|at| press.list(&year, at).unwrap()));
        pages.extend(year.selected().flat_map(|at| press.selection(&year, at).unwrap()));
        pages.extend(press.subjects(&year).unwrap());
        lists.extend(year.folders());
    }
    let (files, searchable) = index.finish().unwrap();
    pages.extend(files);
    (pages, Gathered { searchable, lists })
}

/// What the pages of no case leave behind.
fn nothing() -> Gathered {
    Gathered { searchable: Index::default().finish().unwrap().1, lists: Vec::new() }
}

/// Every page, appended parts joined.
fn print_all(press: &Press, world: &World) -> BTreeMap<String, Page> {
    let (mut pages, gathered) = gathered(press, world);
    for case in &world.published {
        pages.push(press.case(case, &Beside::default()).unwrap());
    }
    for case in &world.dead {
        pages.extend(press.notices(case).unwrap());
    }
    for kind in [CaseKind::Penalty, CaseKind::Inspection] {
        let of_kind = |c: &&Standing| c.key.kind == kind;
        let rows: Vec<Standing> = world.published.iter().filter(of_kind).cloned().collect();
        let mut copied = press.download_heads(kind, 2026, true).unwrap();
        let all = rows.iter().chain(world.dead.iter().filter(of_kind));
        let mut has_rows = false;
        for case in all {
            let rows = press.download_rows(case).unwrap();
            if has_rows && !rows.is_empty() {
                copied.extend(press.download_between(kind, 2026));
            }
            has_rows |= !rows.is_empty();
            copied.extend(rows);
        }
        copied.extend(press.download_tails(kind, 2026));
        pages.extend(copied.into_iter().flat_map(each));
    }
    let mut joined: BTreeMap<String, Page> = BTreeMap::new();
    let mut pieces: BTreeMap<String, u64> = BTreeMap::new();
    join(&mut joined, &mut pieces, pages);
    let mut overview = world::world().overview;
    overview.files = pieces
        .into_iter()
        .map(|(path, pieces)| {
            let file = WrittenFile { pieces, ..WrittenFile::of(&joined[&path].body) };
            (path, file)
        })
        .collect();
    join(&mut joined, &mut BTreeMap::new(), press.fixed(&overview, &gathered).unwrap());
    let enclosed = press.enclosed().collect::<Result<_, _>>().unwrap();
    join(&mut joined, &mut BTreeMap::new(), enclosed);
    joined
}

/// A page and the others that have its bytes.
fn each(copied: Copied) -> Vec<Page> {
    let Copied { page, also } = copied;
    let twin = |twin: Twin| Page {
        path: twin.path,
        body: page.body.clone(),
        scope: page.scope.clone(),
        append: twin.append,
    };
    let twins: Vec<Page> = also.into_iter().map(twin).collect();
    [page].into_iter().chain(twins).collect()
}

/// Puts pages together, and counts the pieces of those that grow.
fn join(joined: &mut BTreeMap<String, Page>, pieces: &mut BTreeMap<String, u64>, pages: Vec<Page>) {
    for page in pages {
        if page.append {
            *pieces.entry(page.path.clone()).or_default() += 1;
        }
        match joined.get_mut(&page.path) {
            Some(begun) if page.append => begun.body.extend(page.body),
            Some(_) => panic!("{} is printed twice", page.path),
            None => drop(joined.insert(page.path.clone(), page)),
        }
    }
}

fn text(page: &Page) -> &str {
    std::str::from_utf8(&page.body).unwrap()
}

#[test]
fn the_site_is_whole_and_stands_to_be_looked_at() {
    let (press, world) = (press_at(root(), BUREAU).unwrap(), world());
    let told: Vec<&str> = press.findings().iter().map(|f| f.check).collect();
    assert_eq!(told, ["officer-not-shown"], "one certificate has run out");
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
        "shihou/chufa/2026/03/index.html",
        "shihou/chufa/2026/03/chufa-2026-03.csv",
        "shihou/chufa/2026/lei/fakuan/index.html",
        "sousuo/index.html",
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
        // Data for search engines is no script that a browser would run.
        let html = html.replace("<script type=\"application/ld+json\">{", "");
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
            || ["chexia/index.html", "feed.xml", "feed-chufa.xml", "feed-chexia.xml"].contains(&path)
            || ["shuju/chufa", "shuju/api/v1/chufa-2026.json"].iter().any(|at| path.starts_with(at))
            // What tells search engines to forget it, by address alone.
            || ["silian.txt", "silian.xml", "sitemap-recrawl.xml"].contains(&path)
    };
    // What is packed is read by the audit alone.
    let is_packed = |path: &str| [".xlsx", ".docx"].iter().any(|end| path.ends_with(end));
    for page in print_all(&press, &world).values().filter(|page| !is_packed(&page.path)) {
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
fn an_empty_site_has_no_blank_column() {
    let empty = tempfile::tempdir().unwrap();
    let press = press_at(empty.path(), "name: 示例市清源区城市管理局").unwrap();
    let (files, searchable) = Index::default().finish().unwrap();
    assert!(files.is_empty());
    let gathered = Gathered { searchable, lists: Vec::new() };
    let pages = press.fixed(&Overview::default(), &gathered).unwrap();
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
