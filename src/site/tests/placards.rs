//! Placards: how many sheets there are, what each says, and what stands behind each code.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::font::FontFile;
use super::super::{Layout, Page};
use super::{BUREAU, day, nothing, press_of, root, text};
use crate::law::parse_rules;
use crate::ledger::{Ended, Overview, PlacardBook};
use crate::vocab::Officer;

/// An officer of this number, with one more field.
fn officer(n: usize, name: &str, more: &str) -> Officer {
    let unit = ["综合执法一大队", "综合执法二大队", "渣土管理中队"][n % 3];
    let yaml = format!(
        "{{name: {name}, unit: {unit}, post: 执法队员, badge_number: QY{n:04}, certificate_number: '50019900{n:04}', certificate_from: 2024-01-01, certificate_until: 2028-12-31, code: a{n}{more}}}"
    );
    parse_rules("staff", &yaml).unwrap()
}

fn people(count: usize) -> Vec<Officer> {
    let names = ["林知夏", "买买提·吐尔逊江·阿不都热合曼", "卓玛央金", "周闻"];
    (0..count).map(|n| officer(n, names[n % names.len()], "")).collect()
}

/// The pages of a site with these officers, the book brought to the day.
fn site(staff: &[Officer], book: PlacardBook) -> BTreeMap<String, Page> {
    let press = press_of(root(), BUREAU, staff).unwrap();
    let mut overview = Overview { placards: book, ..Overview::default() };
    let placards = press.placards();
    overview.placards.see(&placards.sheets(), |s| placards.ended(s), day("2026-11-23"));
    let pages = press.fixed(&overview, &nothing()).unwrap();
    pages.into_iter().map(|page| (page.path.clone(), page)).collect()
}

fn landing(pages: &BTreeMap<String, Page>, code: &str) -> String {
    text(&pages[&format!("p/{code}/index.html")]).to_owned()
}

#[test]
fn forty_seven_people_stand_on_as_many_sheets_as_each_kind_needs() {
    let staff = people(47);
    let press = press_of(root(), BUREAU, &staff).unwrap();
    let pages = Layout::ALL.map(|layout| press.placards().pages(layout));
    assert_eq!(pages, [4, 3, 6, 47, 47, 47, 12, 6]);
    let many = press_of(root(), BUREAU, &people(230)).unwrap();
    let pages = Layout::ALL.map(|layout| many.placards().pages(layout));
    assert_eq!(pages, [20, 14, 29, 230, 230, 230, 58, 18]);
}

#[test]
fn every_sheet_has_its_version_and_its_page() {
    let pages = site(&people(47), PlacardBook::default());
    let board = text(&pages["renyuan/gongshipai/index.html"]);
    assert_eq!(board.matches("<section class=\"board-sheet\">").count(), 4);
    for n in 1..=4 {
        assert!(board.contains(&format!("第 {n}/4 页")), "{n}");
    }
    for layout in Layout::ALL {
        let html = text(&pages[&format!("{}index.html", layout.folder())]);
        let sheets = html.matches("-sheet").count();
        assert!(sheets > 0 && html.contains("版本 "), "{layout:?}");
        assert!(html.contains("2026-11-23") || layout.word().starts_with("badge"), "{layout:?}");
        assert!(html.contains("12319"), "{layout:?}: the complaint telephone");
        for number in (0..47).map(|n| format!("QY{n:04}")) {
            let times = html.matches(&number).count();
            let expected = if layout == Layout::Tent { 2 } else { 1 };
            assert_eq!(times, expected, "{layout:?}: {number}");
        }
    }
}

#[test]
fn a_version_is_another_when_what_is_printed_is() {
    let staff = people(3);
    let sheets = |staff: &[Officer]| press_of(root(), BUREAU, staff).unwrap().placards().sheets();
    let before = sheets(&staff);
    assert_eq!(before, sheets(&staff));
    let mut changed = staff.clone();
    changed[1].post = "副大队长".into();
    let after = sheets(&changed);
    let differ: Vec<&str> =
        before.iter().filter(|(k, v)| after[*k] != **v).map(|(k, _)| &**k).collect();
    assert_eq!(differ, ["board", "p/a1", "window/综合执法二大队"]);
    // A certificate that was renewed changes no placard: its last day stands on the page alone.
    changed = staff.clone();
    changed[1].certificate_until = Some(day("2031-12-31"));
    assert_eq!(before, sheets(&changed));
}

#[test]
fn a_landing_page_says_how_it_stands() {
    let mut book = PlacardBook::default();
    let sheets = |code: &str| {
        let of = |name: &str| (format!("p/{name}"), code.to_owned());
        BTreeMap::from(["a0", "a1", "a2", "a3", "a5", "zz"].map(of))
    };
    book.see(&sheets("0000aa"), |_| Ended::Left, day("2025-01-02"));
    let staff = [
        officer(0, "林知夏", ""),
        officer(1, "周闻", ", status: left"),
        officer(2, "何叙", ", status: suspended"),
        officer(3, "苏合", ", left_on: 2026-01-31"),
        officer(4, "尹川", ", auxiliary: true"),
        officer(6, "纪方", ", status: left"),
    ];
    let mut expired = officer(5, "文渊", "");
    expired.certificate_until = Some(day("2026-05-31"));
    let mut staff = staff.to_vec();
    staff.push(expired);
    let pages = site(&staff, book);
    let current = landing(&pages, "a0");
    assert!(current.contains("在岗") && current.contains("现行版本"));
    assert!(current.contains("id=\"v0000aa\"") && current.contains("本公示牌已更新"));
    for (code, word) in [
        ("a1", "已不在岗"),
        ("a2", "暂停执法"),
        ("a3", "已不在岗"),
        ("a5", "2026年5月31日"),
        ("zz", "2026年11月23日"),
    ] {
        let page = landing(&pages, code);
        assert!(page.contains(word), "{code}: {word}");
        assert!(page.contains("执法人员信息已停用"), "{code}");
        for name in ["周闻", "何叙", "苏合", "文渊", "QY000"] {
            assert!(!page.contains(name), "{code} names somebody who is not shown");
        }
    }
    assert!(landing(&pages, "zz").contains("已收回"));
    for never in ["p/a4/index.html", "p/a6/index.html"] {
        assert!(!pages.contains_key(never), "{never}: nobody who was shown once");
    }
    for page in pages.values().filter(|page| page.path.starts_with("renyuan/")) {
        assert!(!text(page).contains("文渊") && !text(page).contains("尹川"), "{}", page.path);
    }
}

#[test]
fn a_code_leads_to_the_page_of_its_version() {
    let pages = site(&people(1), PlacardBook::default());
    let drawn = text(&pages["p/a0/erweima.svg"]);
    let press = press_of(root(), BUREAU, &people(1)).unwrap();
    let version = press.placards().sheets()["p/a0"].clone();
    let address = format!("https://www.qingyuan-cgj.example/gongshi/p/a0/#v{version}");
    assert_eq!(drawn, super::super::qr::file(&address, "扫码核验执法人员信息").unwrap());
    assert!(landing(&pages, "a0").contains(&format!("id=\"v{version}\"")));
}

#[test]
fn what_cannot_be_drawn_is_told_by_its_place() {
    let staff = [officer(0, "林\u{2c35b}夏", ""), officer(1, "阿·\u{e000}", "")];
    let press = press_of(root(), BUREAU, &staff).unwrap();
    let told: Vec<String> = press
        .findings()
        .iter()
        .filter(|f| f.check == "missing-glyph")
        .map(|f| f.note.as_ref().unwrap().text(crate::diag::Lang::Zh))
        .collect();
    assert_eq!(told, ["第 1 人：姓名第 2 字", "第 2 人：姓名第 3 字"]);
    let broken = format!("{BUREAU}placards: {{font: Cargo.toml}}\n");
    let press = press_of(root(), &broken, &staff).unwrap();
    assert!(press.findings().iter().any(|f| f.check == "unusable-font"));
}

#[test]
fn a_file_that_is_no_font_is_none() {
    for path in ["Cargo.toml", "docs/screenshot.png", "no-such-file", "src"] {
        assert!(FontFile::read(&root().join(path)).is_none(), "{path}");
    }
    assert!(FontFile::read(Path::new("")).is_none());
}

#[test]
fn the_list_tells_the_share_of_the_certified_and_how_it_is_counted() {
    let list = |staff: &[Officer]| {
        text(&site(staff, PlacardBook::default())["renyuan/index.html"]).to_owned()
    };
    let mut staff = people(3);
    assert!(list(&staff).contains("持证率 100%：在岗执法人员 3 名中"));
    // Neither who has left, nor who is suspended, nor auxiliary staff counts on either side.
    staff.push(officer(3, "周闻", ", status: left"));
    staff.push(officer(4, "何叙", ", status: suspended"));
    staff.push(officer(5, "尹川", ", auxiliary: true"));
    assert!(list(&staff).contains("持证率 100%：在岗执法人员 3 名中"));
    staff[1].certificate_until = Some(day("2026-05-31"));
    staff[2].certificate_number = None;
    assert!(list(&staff).contains("持证率 33.3%：在岗执法人员 3 名中，执法证在有效期内的 1 名"));
    assert!(list(&staff).contains("持证率＝"));
    assert!(!list(&[]).contains("持证率"), "a share of nobody is none");
}
