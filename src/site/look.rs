//! The whole site from a handful of invented cases, for tests to read and for people to look at
//! (`target/site-look/`). Never part of the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::clearance::{CaseKind, Count, RecordKey, readmit};
use crate::diag::Failure;
use crate::law::{Calendar, Day, Law, Today, parse_rules};
use crate::ledger::{Entry, Overview, Revision, Standing, State, Tombstone, YearFigures};
use crate::vocab::{
    Bureau, CaseId, Ground, Officer, PenaltyKind, Policy, Procedure, WithholdGround,
};

use super::{ListSpec, Page, Press, Scope, Setup};

const BUREAU: &str = "
name: 示例市清源区城市管理局
domain: www.qingyuan-cgj.example
base_url: https://www.qingyuan-cgj.example/gongshi/
site_code: '5001990001'
district: 示例市清源区
units:
  - {name: 综合执法一大队, duties: 负责云台街道的市容环境执法。, address: 示例市清源区云台路6号, telephone: 0100-66001101, delegated_by_letter: 示清城管委〔2024〕1号}
  - {name: 渣土管理中队, duties: 负责建筑垃圾处置和运输执法。, address: 示例市清源区清源大道88号, telephone: 0100-66001103}
contact:
  address: 示例市清源区清源大道1号
  telephone: 0100-66001100
  complaint_telephone: '12319'
  email: gongshi@qingyuan-cgj.example
  hours: 工作日 9:00—12:00，14:00—17:30
  reconsideration_organ: 示例市清源区人民政府
  court: 示例市清源区人民法院
footer: {host: 示例市清源区城市管理局, operator: 示例市清源区城市管理局办公室, icp: 示ICP备00000000号-1}
";

fn day(text: &str) -> Day {
    Day::iso(text).unwrap()
}

fn staff() -> Vec<Officer> {
    let names = [
        "林知夏",
        "周闻",
        "买买提·吐尔逊江·阿不都热合曼",
        "欧阳若谷",
        "陈晓舟",
        "何叙",
        "苏合",
        "卓玛央金",
        "尹川",
        "贺兰青",
        "文渊",
        "岳灵均",
        "向晚",
    ];
    let one = |(i, name): (usize, &&str)| {
        let unit = if i % 3 == 0 { "渣土管理中队" } else { "综合执法一大队" };
        let yaml = format!(
            "name: {name}\nunit: {unit}\npost: 执法队员\nbadge_number: QY{:04}\ncertificate_number: 示{:08}\ncertificate_from: 2024-01-01\ncertificate_until: {}",
            1000 + i,
            50_019_900 + i,
            if *name == "向晚" { "2026-01-01" } else { "2028-12-31" }
        );
        parse_rules("staff", &yaml).unwrap()
    };
    names.iter().enumerate().map(one).collect()
}

fn penalty(i: u32) -> Standing {
    let party = ["示例清源餐饮有限公司", "王某", "清源区老街面馆（经营者李某）"][i as usize % 3];
    let fine = ["5000000", "20000", "null"][i as usize % 3];
    let facts = if i == 2 {
        "<script>alert(1)</script>{{ site.title }}".to_owned()
    } else {
        format!(
            "2026年3月{i}日9时，执法人员巡查至示例市清源区云台路，发现当事人擅自占用人行道堆放建筑材料，占地{i}平方米。\\n经责令限期改正，当事人逾期未改正。"
        )
    };
    let json = format!(
        r#"{{"kind":"penalty","number":"示清城管罚决字〔2026〕第{i}号","party":"{party}","party_kind":"organization",
        "violation":"擅自占用城市道路堆放物料","facts":"{facts}","basis":"《城市市容和环境卫生管理条例》第三十六条第一项",
        "kinds":["warning","fine"],"content":"处以警告，并处罚款人民币。","fine":{fine},"procedure":"ordinary",
        "organ":"示例市清源区城市管理局","unit":"综合执法一大队","decided_on":"2026-03-{:02}",
        "cuts":[{{"rule":"id-number","field":"facts","count":2}},{{"rule":"address","field":"facts","count":1}}]}}"#,
        i + 1
    );
    standing(CaseKind::Penalty, i, &json)
}

fn inspection(i: u32) -> Standing {
    let json = format!(
        r#"{{"kind":"inspection","number":"示清抽〔2026〕{i}号","party":"示例清源运输有限公司","party_kind":"organization",
        "plan":"2026年第一次双随机抽查","item":"建筑垃圾运输车辆密闭情况","method":"现场检查","result":"未发现问题",
        "organ":"示例市清源区城市管理局","inspected_on":"2026-04-01","result_on":"2026-04-{:02}"}}"#,
        i + 1
    );
    standing(CaseKind::Inspection, 100 + i, &json)
}

fn standing(kind: CaseKind, i: u32, json: &str) -> Standing {
    let disclosure = readmit(json).unwrap();
    let day_zero = disclosure.day_zero();
    let [a, b, c, d] = i.wrapping_mul(2_654_435_761).to_le_bytes();
    Standing {
        key: RecordKey {
            kind,
            organ: String::new(),
            number: disclosure.number().to_owned(),
            party: String::new(),
        },
        id: Some(CaseId::mint([a, b, c, d, 7, a ^ c, b ^ d, 1])),
        state: State::Published,
        drop: "2026-04".into(),
        count: Count { on: Some(day_zero), ..Count::default() },
        published_on: day_zero.plus_days(if i.is_multiple_of(5) { 14 } else { 6 }),
        due_on: (i != 7).then(|| day_zero.plus_days(9)).flatten(),
        until: None,
        revision: 1,
        revisions: Vec::new(),
        held_by: Vec::new(),
        withheld: None,
        tombstone: None,
        disclosure: Some(disclosure),
    }
}

/// Invented cases and what the ledger would say of them.
struct World {
    published: Vec<Standing>,
    dead: Vec<Standing>,
    overview: Overview,
}

fn world() -> World {
    let mut published: Vec<Standing> = (1..=12).map(penalty).collect();
    published[2].revision = 2;
    published[2].revisions = vec![Revision {
        on: day("2026-05-06"),
        fields: vec!["违法事实".into(), "处罚内容".into()],
    }];
    published.extend((1..=3).map(inspection));
    let mut taken = penalty(20);
    taken.state = State::TakenDown;
    taken.disclosure = None;
    taken.tombstone = Some(Tombstone {
        ground: Ground::Revoked,
        document: "示清府复〔2026〕8号行政复议决定书".into(),
        authority: Some("示例市清源区人民政府".into()),
        decided_on: day("2026-06-01"),
        effective_on: day("2026-06-02"),
        due_on: Some(day("2026-06-05")),
        taken_down_on: day("2026-06-04"),
    });
    let mut expired = penalty(21);
    expired.state = State::Expired;
    expired.disclosure = None;
    expired.until = Some(day("2026-10-01"));
    let penalties = YearFigures {
        received: 20,
        published: 12,
        withheld: BTreeMap::from([(WithholdGround::Minor, 2)]),
        held: 4,
        taken_down: 1,
        expired: 1,
        on_time: 10,
        late: 3,
        corrected: 1,
        by_kind: BTreeMap::from([
            (PenaltyKind::Warning, 3),
            (PenaltyKind::Fine, 15),
            (PenaltyKind::ConfiscatedGains, 2),
        ]),
        by_month: BTreeMap::from([(3, 18), (4, 2)]),
        by_procedure: BTreeMap::from([
            (Some(Procedure::Ordinary), 17),
            (Some(Procedure::Summary), 3),
        ]),
        reviewed: 9,
        fen: 25_060_000,
    };
    let inspections = YearFigures {
        received: 3,
        published: 3,
        on_time: 3,
        by_month: BTreeMap::from([(4, 3)]),
        ..YearFigures::default()
    };
    let overview = Overview {
        penalties: BTreeMap::from([(2026, penalties), (2025, YearFigures::default())]),
        inspections: BTreeMap::from([(2026, inspections)]),
        latest: published.iter().rev().take(10).cloned().collect(),
        taken_down: vec![taken.clone()],
        corrected: vec![published[2].clone()],
        entries: published
            .iter()
            .map(|s| Entry {
                kind: s.key.kind,
                year: 2026,
                id: s.id.unwrap(),
                changed_on: s.published_on.unwrap(),
            })
            .collect(),
    };
    World { published, dead: vec![taken, expired], overview }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn press_at(root: &Path, bureau: &str) -> Result<Press, Failure> {
    let law = Law::load(&crate::law::Shelf::embedded(), &[]).expect("the embedded law loads");
    let bureau: Bureau = parse_rules("site.yml", bureau).unwrap();
    Press::new(Setup {
        root,
        law: &law,
        bureau: &bureau,
        staff: &staff(),
        policy: &Policy::default(),
        today: Today::is(day("2026-11-23")),
    })
}

/// Every page, appended parts joined.
fn print_all(press: &Press, world: &World) -> BTreeMap<String, Page> {
    let mut pages = press.fixed(&world.overview).unwrap();
    for case in &world.published {
        pages.push(press.case(case).unwrap());
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
        for never in ["<script", " style=", "<style", "onclick", "javascript:", "http://", "{{"] {
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
    let page = press.case(&world.published[1]).unwrap();
    assert!(page.body.len() < 12 * 1024, "{}", page.body.len());
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
            || [
                "chexia/index.html",
                "index.html",
                "feed.xml",
                "shuju/chufa-2026.csv",
                "shuju/chufa-2026.json",
            ]
            .contains(&path)
    };
    for page in print_all(&press, &world).values() {
        let named = text(page).contains(id.as_str()) || text(page).contains(number.as_str());
        assert!(!named || may_name(&page.path), "{} names a dead case", page.path);
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
