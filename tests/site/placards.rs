//! Placards from outside: what is listed and refused, which are stale, and PDF files out of a font.

use crate::support::{Ran, Site};

/// A font that `tests/run` installs.
const FONT: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

fn officer(name: &str, badge: &str, more: &str) -> String {
    let unit = "{name: {n}, unit: 一大队, post: 队员, badge_number: {b}, certificate_number: '5001990101', certificate_from: 2020-01-01, certificate_until: 2028-12-31";
    format!("- {}{more}}}\n", unit.replace("{n}", name).replace("{b}", badge))
}

fn with(staff: &[String]) -> Site {
    let site = Site::new();
    site.write("data/staff.yml", staff.concat());
    site
}

fn json(ran: &Ran) -> serde_json::Value {
    serde_json::from_slice(&ran.0.stdout).expect("JSON")
}

#[test]
fn who_may_not_be_shown_is_listed_with_the_reason() {
    let expired = officer("测试丙", "QY003", "").replace("2028-12-31", "2024-01-31");
    let site = with(&[
        officer("测试甲", "QY001", ""),
        officer("测试乙", "QY002", ", status: suspended"),
        expired,
        officer("测试丁", "QY004", ", auxiliary: true"),
        officer("测试戊", "'13000000000'", ""),
    ]);
    let ran = site.run(&["placards"]).ends(0).says("1 名").says("《行政处罚法》第四十二条");
    let ran = ran.says("第 3 人：执法证有效期至 2024-01-31").says("[officer-not-shown]");
    for name in ["测试乙", "测试丙", "测试丁", "测试戊", "13000000000"] {
        assert!(!ran.said().contains(name), "{name}");
    }
    let told = json(&site.run(&["placards", "--format", "json", "-q"]));
    let why: Vec<&str> = told["refused"]
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|r| r["why"].as_str())
        .collect();
    assert_eq!(why, ["suspended", "expired", "auxiliary", "private-number"]);
    site.run(&["check"]).says("[officer-not-shown]");
    site.build().ends(0).says("[officer-not-shown]");
    for name in ["测试乙", "测试丙", "测试丁", "测试戊", "13000000000"] {
        assert!(site.files_with(name).is_empty(), "{name} is in the site");
    }
    let landings = site.site().into_keys().filter(|name| name.starts_with("p/")).count();
    assert_eq!(
        landings, 1,
        "who never was shown has no address, least of all one made of a number"
    );
    site.run(&["placards", "--lang", "en"]).ends(0).says("the certificate ended on 2024-01-31");
}

#[test]
fn stale_placards_are_told_since_a_day_and_by_their_code() {
    let (a, b) = (officer("测试甲", "QY001", ""), officer("测试乙", "QY002", ""));
    let site = with(&[a, b.clone()]);
    site.run_on("2024-03-01", &["build"]).ends(0);
    site.run_on("2024-03-04", &["placards", "--stale"]).ends(0).says("要重新打印的 0");
    let told = json(&site.run_on("2024-03-04", &["placards", "--format", "json"]));
    let versions = told["versions"].as_object().expect("versions").clone();
    let of = |name: &str| versions[name].as_str().expect("a code").to_owned();
    let mine = versions.keys().find(|k| k.starts_with("p/")).expect("a placard").clone();
    // The one is promoted, the other leaves.
    let promoted = officer("测试甲", "QY001", "").replace("post: 队员", "post: 队长");
    site.write("data/staff.yml", promoted + &b.replace("}\n", ", status: left}\n"));
    let asked = ["placards", "--stale", "--format", "json"];
    let before = json(&site.run_on("2024-04-01", &asked).ends(0));
    assert_eq!(before["reprint"].as_array().map(Vec::len), Some(3), "{before}");
    assert_eq!(before["recall"][0]["ended"], "left", "{before}");
    assert_eq!(before["before_build"], true);
    site.run_on("2024-04-01", &["build"]).ends(0);
    site.run_on("2024-04-02", &["placards", "--stale"]).ends(0).says("要重新打印的 0");
    let since =
        |day: &str| json(&site.run_on("2024-05-01", &[&asked[..], &["--since", day]].concat()));
    let told = since("2024-03-31");
    assert_eq!(told["reprint"].as_array().map(Vec::len), Some(3), "{told}");
    assert_eq!(told["recall"].as_array().map(Vec::len), Some(1), "{told}");
    assert_eq!(told["reprint"][0]["since"], "2024-04-01");
    assert_eq!(since("2024-04-01")["reprint"], serde_json::json!([]));
    let by_code = |code: &str| {
        json(&site.run_on("2024-05-01", &[&asked[..], &["--version", code]].concat()).ends(0))
    };
    assert_eq!(by_code(&of("board"))["reprint"][0]["sheet"], "board");
    let one = by_code(&of(&mine));
    let found = one["reprint"].as_array().map_or(0, Vec::len)
        + one["recall"].as_array().map_or(0, Vec::len);
    assert_eq!(found, 1, "{one}");
    site.run(&["placards", "--stale", "--version", "zzzzzz"]).ends(2).says("没有公示牌用过");
    // Building again on another day is no new version.
    let book = site.read("ledger/placards.json");
    site.run_on("2024-05-02", &["build"]).ends(0);
    assert_eq!(site.read("ledger/placards.json"), book);
    assert!(!book.contains("测试"), "the book holds no name");
    site.run_on("2024-05-02", &["doctor", "--no-launch"]).never_says("placards");
    site.write("ledger/placards.json", "{");
    site.run_on("2024-05-02", &["doctor", "--no-launch"]).says("公示牌的版本记录不能识别");
}

#[test]
fn pages_are_written_whole_and_outside_the_ledger() {
    let site = with(&[officer("测试甲", "QY001", "")]);
    site.build().ends(0);
    let before = site.ledger();
    site.run(&["placards", "--out", "sheets"]).ends(0);
    assert_eq!(site.ledger(), before);
    let built = site.site();
    let written = crate::support::tree(&site.path("sheets"));
    assert!(written.contains_key("renyuan/gongshipai/index.html"));
    for (path, bytes) in &written {
        assert_eq!(built.get(path), Some(bytes), "{path}");
    }
}

#[test]
fn pdf_files_are_made_of_a_font_and_are_the_same_again() {
    let all: Vec<String> = (0..47)
        .map(|n| {
            officer(["测试甲", "阿卜杜·测试江", "\u{2c35b}测"][n % 3], &format!("QY{n:03}"), "")
        })
        .collect();
    let site = with(&all);
    let make = |out: &str| {
        site.run(&["placards", "--pdf", "--font", FONT, "--out", out]).ends(0);
        crate::support::tree(&site.path(out))
    };
    let made = make("one");
    let counted: Vec<(&str, usize)> = made
        .iter()
        .map(|(name, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            (name.as_str(), text.matches("/Type /Page\n").count())
        })
        .collect();
    let expected = [
        ("badge-4.pdf", 12),
        ("badge.pdf", 47),
        ("board-a3.pdf", 3),
        ("board.pdf", 4),
        ("cards.pdf", 6),
        ("desk.pdf", 47),
        ("tent.pdf", 47),
        ("window.pdf", 4),
    ];
    assert_eq!(counted, expected);
    assert!(made == make("two"), "the same officers give other bytes");
    site.run(&["placards", "--pdf", "--sheet", "desk", "--font", FONT, "--out", "three"]).ends(0);
    assert_eq!(crate::support::tree(&site.path("three")).len(), 1);
}

#[test]
fn without_a_font_that_has_the_characters_nothing_is_written() {
    let site = with(&[officer("测试\u{e000}", "QY001", "")]);
    site.run(&["placards", "--pdf", "--font", "site.yml", "--out", "one"]).ends(2).says("字体文件");
    let ran = site.run(&["placards", "--pdf", "--font", FONT, "--out", "one"]).ends(1);
    ran.says("[missing-glyph]").says("第 1 人：姓名第 3 字");
    assert!(!site.path("one").exists());
    let site = with(&[officer("测试甲", "QY001", "")]);
    site.write("site.yml", "name: 示例市清源\u{e000}区城市管理局\n");
    site.run(&["placards", "--pdf", "--font", FONT, "--out", "one"]).ends(1).says("缺 1 个字");
}

/// A gray picture of 160 by 200 pixels as far as its heads go, with one more segment before its data.
fn portrait(marker: u8, more: &[u8]) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8, 0xff, marker];
    out.extend(u16::try_from(more.len() + 2).expect("short").to_be_bytes());
    out.extend(more);
    out.extend([0xff, 0xc0, 0, 11, 8, 0, 200, 0, 160, 1, 1, 0x11, 0]);
    out.extend([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0x34, 0xff, 0xd9]);
    out
}

#[test]
fn photos_are_off_until_asked_for_and_carry_nothing() {
    let photo = ", photo: a.jpg";
    let site =
        with(&[officer("测试甲", "QY001", photo), officer("测试乙", "QY002", ", photo: b.jpg")]);
    site.write("data/a.jpg", portrait(0xe0, b"JFIF\0"));
    site.write("data/b.jpg", portrait(0xe1, b"Exif\0\0place"));
    let pictures = |site: &Site| site.site().into_keys().filter(|p| p.ends_with(".jpg")).count();
    site.build().ends(0).never_says("[unusable-photo]");
    assert_eq!(pictures(&site), 0);
    assert!(site.files_with("class=\"photo\"").is_empty());
    site.write("site.yml", "name: 示例市清源区城市管理局\nplacards: {photos: true}\n");
    site.build().ends(0).says("[unusable-photo]").says("第 2 人");
    assert_eq!(pictures(&site), 1);
    let card = site.read("public/renyuan/gongshipai/ka/index.html");
    assert_eq!(card.matches("class=\"photo\"").count(), 1, "no frame where there is none");
}
