//! The restricted sheet from outside: identity numbers stand in their columns of two files that their owner alone can
//! read, and nowhere else. All people and numbers are invented; the numbers are of a region that was never assigned.

mod places;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::Path;

use crate::exports::json;
use crate::support::{HEADERS, Ran, Row, Site, credit_code, csv_with, id_number, tree};

const REGISTERED: &str = "500199600012345";
const CSV: &str = "chufa-v2.restricted.csv";
const XLSX: &str = "chufa-v2.restricted.xlsx";
/// Columns of the sheet, from 0.
const REGISTRATION: usize = 3;
const REPRESENTATIVE: usize = 8;
const ID: usize = 12;

/// A number with another check character.
fn wrong(n: usize) -> String {
    let right = id_number(n);
    let last = if right.ends_with('1') { '2' } else { '1' };
    format!("{}{last}", &right[..17])
}

/// What must stand nowhere but in the restricted sheet.
fn secrets() -> Vec<String> {
    let numbers = [1, 2, 3, 4].map(id_number).into_iter().chain([wrong(5), REGISTERED.into()]);
    numbers.chain(["测试甲", "测试乙", "测试丙", "测试戊"].map(str::to_owned)).collect()
}

fn person(n: usize, name: &str, number: String) -> Row {
    Row::sound(n)
        .with("行政相对人名称", name)
        .with("行政相对人类别", "自然人")
        .with("行政相对人代码_1(统一社会信用代码)", "")
        .with("法定代表人", "")
        .with("证件类型", "身份证")
        .with("证件号码", number)
}

/// Two firms, a shop, a person, and one whose number is wrong.
fn rows() -> Vec<Row> {
    let firm = |n| {
        Row::sound(n).with("法定代表人证件类型", "身份证").with("法定代表人证件号码", id_number(n))
    };
    let shop = firm(3)
        .with("行政相对人名称", "示例市青标003早餐店")
        .with("行政相对人类别", "个体工商户")
        .with("行政相对人代码_1(统一社会信用代码)", credit_code("92", 3))
        .with("工商注册号", REGISTERED)
        .with("法定代表人", "测试戊");
    vec![
        firm(1),
        firm(2).with("违法行为类型", "=HYPERLINK(1) 未按规定运输"),
        shop,
        person(4, "测试乙", id_number(4)),
        person(5, "测试丙", wrong(5)),
    ]
}

fn drop_of(rows: &[Row]) -> String {
    let more = ["法定代表人证件类型", "法定代表人证件号码", "证件类型", "证件号码", "工商注册号"];
    csv_with(&[&HEADERS[..], &more].concat(), rows)
}

/// A built bureau.
fn bureau() -> Site {
    let site = Site::new();
    site.write("drops/a/处罚.csv", drop_of(&rows()));
    site.build().ends(0);
    site
}

/// Exports into a folder, with more arguments.
fn export(site: &Site, to: &Path, more: &[&str]) -> Ran {
    let to = to.to_str().expect("UTF-8");
    site.run(&[&["export", "credit", "--restricted", "--out", to], more].concat())
}

/// A folder that does not exist yet, in one that goes away.
fn elsewhere() -> (tempfile::TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().expect("a folder");
    let to = dir.path().join("受限");
    (dir, to)
}

/// Cells of a CSV as this program writes it: every cell in quotes.
fn cells(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').expect("a mark at the beginning");
    let row = |line: &str| {
        let inner = line.strip_prefix('"').and_then(|l| l.strip_suffix('"')).expect("quoted");
        inner.split("\",\"").map(|cell| cell.replace("\"\"", "\"")).collect()
    };
    text.split("\r\n").filter(|line| !line.is_empty()).map(row).collect()
}

fn sheet(to: &Path) -> Vec<Vec<String>> {
    cells(&std::fs::read_to_string(to.join(CSV)).expect("the sheet"))
}

/// Everything in a file: its bytes, and what it packs.
fn unpacked(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![bytes.to_vec()];
    if let Ok(mut packed) = zip::ZipArchive::new(Cursor::new(bytes)) {
        for at in 0..packed.len() {
            let mut part = Vec::new();
            packed.by_index(at).expect("a part").read_to_end(&mut part).expect("read");
            all.push(part);
        }
    }
    all
}

#[track_caller]
fn silent(of: &str, bytes: &[u8]) {
    for part in unpacked(bytes) {
        let text = String::from_utf8_lossy(&part);
        let found = secrets().into_iter().find(|secret| text.contains(secret));
        assert_eq!(found, None, "in {of}");
    }
}

#[track_caller]
fn silent_ran(ran: &Ran) {
    silent("standard output", &ran.0.stdout);
    silent("standard error", &ran.0.stderr);
}

/// The text of a cell of the workbook's first sheet, as in `M5`; it must be text.
fn cell_of_book(book: &[u8], name: &str) -> String {
    let mut packed = zip::ZipArchive::new(Cursor::new(book)).expect("a workbook");
    let mut part = |path: &str| {
        let mut text = String::new();
        packed.by_name(path).expect(path).read_to_string(&mut text).expect("UTF-8");
        text
    };
    let (table, words) = (part("xl/worksheets/sheet1.xml"), part("xl/sharedStrings.xml"));
    let Some((_, rest)) = table.split_once(&format!("<c r=\"{name}\"")) else {
        return String::new();
    };
    // A cell without text ends where it begins.
    if rest.split('>').next().is_some_and(|begun| begun.ends_with('/')) {
        return String::new();
    }
    let cell = rest.split("</c>").next().expect("a cell");
    assert!(cell.contains("t=\"s\""), "{name} is no text");
    let at = cell.split_once("<v>").and_then(|(_, v)| v.split_once("</v>")).expect("a value").0;
    let word = words.split("<si>").nth(at.parse::<usize>().expect("a number") + 1).expect("a word");
    let word = word.split_once('>').and_then(|(_, w)| w.split_once("</t>")).expect("text").0;
    word.to_owned()
}

#[test]
fn what_identifies_the_parties_stands_in_its_columns() {
    let (site, (_dir, to)) = (bureau(), elsewhere());
    export(&site, &to, &[])
        .ends(0)
        .says("已与网站逐项核对 5 件")
        .says("有证件号码 4 行，没有 1 行");
    let rows = sheet(&to);
    assert_eq!((rows.len(), rows[0].len()), (6, 30));
    let book = std::fs::read(to.join(XLSX)).expect("the workbook");
    let mut seen = Vec::new();
    for (r, row) in (2..).zip(&rows[1..]) {
        let restricted: Vec<&str> = [3, 8, 9, 10, 11, 12].map(|at| row[at].as_str()).to_vec();
        for (letter, at) in [("D", 3), ("I", 8), ("J", 9), ("K", 10), ("L", 11), ("M", 12)] {
            assert_eq!(cell_of_book(&book, &format!("{letter}{r}")), row[at], "{letter}{r}");
        }
        seen.push((row[13].clone(), restricted.join("|")));
    }
    seen.sort();
    let number = |n: usize| format!("示清城管罚决字〔2024〕第{n}号");
    let want = [
        (number(1), format!("|测试甲|身份证|{}||", id_number(1))),
        (number(2), format!("|测试甲|身份证|{}||", id_number(2))),
        (number(3), format!("{REGISTERED}|测试戊|身份证|{}||", id_number(3))),
        (number(4), format!("||||身份证|{}", id_number(4))),
        (number(5), "|||||".into()),
    ];
    assert_eq!(seen, want);
}

#[test]
fn the_other_columns_are_those_of_the_public_sheet() {
    let (site, (_dir, to)) = (bureau(), elsewhere());
    site.run(&["export", "credit"]).ends(0);
    export(&site, &to, &[]).ends(0);
    let public = site.read("exports/shuanggongshi/chufa-v2.csv");
    let mut text = std::fs::read_to_string(to.join(CSV)).expect("the sheet");
    for cell in [&secrets()[..], &["身份证".to_owned()]].concat() {
        text = text.replace(&format!("\"{cell}\""), "\"\"");
    }
    assert!(text == public, "{text}\n{public}");
    assert!(public.contains("\"'=HYPERLINK(1)"));
    // The header of the workbook, and its last column, where nothing is filled.
    let book = std::fs::read(to.join(XLSX)).expect("the workbook");
    assert_eq!(cell_of_book(&book, "M1"), "证件号码");
    assert_eq!(cell_of_book(&book, "Z2"), "示例市清源区城市管理局");
    let first = std::fs::read(to.join(XLSX)).expect("the workbook");
    export(&site, &to, &[]).ends(0);
    assert!(first == std::fs::read(to.join(XLSX)).expect("the workbook"), "the same bytes");
    export(&site, &to, &["--year", "2023"]).ends(0).says("0 件");
    assert_eq!(tree(&to).len(), 4);
}

#[test]
fn nothing_of_it_stands_anywhere_else() {
    let (site, (_dir, to)) = (bureau(), elsewhere());
    let public = site.run(&["export", "credit"]).ends(0);
    silent_ran(&public);
    for more in [&[][..], &["--format", "json"], &["--lang", "en"], &["--format", "github"]] {
        silent_ran(&export(&site, &to, more).ends(0));
    }
    // With a drop that is refused, too: its findings name places only.
    site.write("drops/b/处罚.csv", drop_of(&rows()) + "\"");
    let refused = export(&site, &to, &["--format", "json"]);
    assert_ne!(refused.code(), 0);
    silent_ran(&refused);
    for (name, body) in tree(site.root()).iter().filter(|(name, _)| !name.starts_with("drops/")) {
        silent(name, body);
    }
    let found = unpacked(&std::fs::read(to.join(XLSX)).expect("the workbook"));
    let holds = |secret: &str| found.iter().any(|p| String::from_utf8_lossy(p).contains(secret));
    assert!(holds(&id_number(4)) && !holds(&wrong(5)), "the search finds what there is");
}

#[test]
fn the_result_counts_and_the_warning_says_whom_it_is_for() {
    let (site, (_dir, to)) = (bureau(), elsewhere());
    let ran = export(&site, &to, &["--format", "json", "--quiet"]).ends(0);
    let told = json(&ran);
    for (name, count) in [
        ("rows", 5),
        ("with_number", 4),
        ("wrong_check", 1),
        ("not_found", 0),
        ("changed", 0),
        ("unfit", 0),
        ("without_type", 0),
    ] {
        assert_eq!(told[name], count, "{name}");
    }
    assert!(told.get("sha256").is_none() && !ran.said().contains("sha256"), "no digest");
    let warned = String::from_utf8_lossy(&ran.0.stderr).into_owned();
    for part in ["个人信息", "信用信息共享平台", "不得公开", "删除", "《个人信息保护法》第三十四条"]
    {
        assert!(warned.contains(part), "{part}: {warned}");
    }
    let ran = export(&site, &to, &["--lang", "en"]).ends(0).says("wrong check character: 1");
    let warned = String::from_utf8_lossy(&ran.0.stderr).into_owned();
    for part in
        ["WARNING", "personal information", "platform", "delete", "with an identity number 4"]
    {
        assert!(warned.contains(part), "{part}: {warned}");
    }
}

#[test]
fn a_case_that_the_drops_have_no_more_keeps_its_row() {
    let (site, (_dir, to)) = (bureau(), elsewhere());
    let empty = |rows: &[Vec<String>]| {
        rows[1..].iter().all(|row| row[REGISTRATION..=ID].iter().all(String::is_empty))
    };
    std::fs::rename(site.path("drops"), site.path("put-away")).expect("moved");
    export(&site, &to, &[]).ends(0).says("批次中找不到记录、证件号码未填的行：5");
    let rows = sheet(&to);
    assert!(rows.len() == 6 && empty(&rows));
    let english = export(&site, &to, &["--lang", "en"]).ends(0);
    english.says("identity numbers not found in the drops, rows: 5").says("without 5");
    // Drops in another place.
    let away = site.path("put-away");
    export(&site, &to, &["--drops", away.to_str().expect("UTF-8")]).ends(0).says("有证件号码 4 行");
    assert!(!empty(&sheet(&to)));
}

#[test]
fn a_row_that_says_something_else_fills_nothing() {
    let (site, (_dir, to)) = (bureau(), elsewhere());
    // The newest drop has another party under the number of the first, and withholds the fourth; the second is corrected
    // in its number alone.
    let other = rows()[0].clone().with("行政相对人名称", "示例市青标901运输有限公司");
    let hidden = rows()[3].clone().with("证件号码", "500199201001010013");
    let newer = rows()[1].clone().with("法定代表人证件号码", id_number(9));
    site.write("drops/b/处罚.csv", drop_of(&[other, newer, hidden]));
    export(&site, &to, &[]).ends(0).says("不一致或者不得公开、未填的行（先 gongshi build）：2");
    let rows: BTreeMap<String, Vec<String>> =
        sheet(&to).into_iter().map(|row| (row[13].clone(), row)).collect();
    let row = |n: usize| &rows[&format!("示清城管罚决字〔2024〕第{n}号")];
    assert!(row(1)[REPRESENTATIVE..=ID].iter().all(String::is_empty));
    assert!(row(4)[REPRESENTATIVE..=ID].iter().all(String::is_empty), "a minor is never told");
    assert_eq!(row(2)[10], id_number(9), "the newest row counts");
}

/// The row of a case in the sheet.
fn row_of(to: &Path, n: usize) -> Vec<String> {
    let number = format!("示清城管罚决字〔2024〕第{n}号");
    sheet(to).into_iter().find(|row| row[13] == number).expect("a row")
}

#[test]
fn nobody_gets_the_number_of_another() {
    let (site, (_dir, to)) = (bureau(), elsewhere());
    export(&site, &to, &[]).ends(0);
    assert_eq!(row_of(&to, 4)[ID], id_number(4));
    // Somebody of the same surname under the same number, in a drop of which no site was built.
    let other = person(4, "测试辛", id_number(8));
    site.write("drops/b/处罚.csv", drop_of(&[other]));
    export(&site, &to, &[]).ends(0).says("不一致或者不得公开、未填的行（先 gongshi build）：1");
    assert!(row_of(&to, 4)[REGISTRATION..=ID].iter().all(String::is_empty));
    std::fs::remove_dir_all(site.path("drops/b")).expect("removed");
    // A correction says that the party was somebody else: the number in the row is not theirs.
    let number = "示清城管罚决字〔2024〕第4号";
    let base = ["correct", number, "--field", "行政相对人名称", "--to", "赵试壬", "--reason"];
    let by = ["entry-error", "--document", "更正通知书 示清城管更〔2024〕1号", "--yes"];
    let ran = site.run(&[&base[..], &by].concat());
    assert!(ran.code() == 0 || ran.code() == 3, "{}", ran.said());
    export(&site, &to, &[]).ends(0).says("不一致或者不得公开、未填的行（先 gongshi build）：1");
    assert!(row_of(&to, 4)[REGISTRATION..=ID].iter().all(String::is_empty));
}

#[test]
fn what_is_gone_has_no_row() {
    let (site, (_dir, to)) = (bureau(), elsewhere());
    let revoked = crate::support::revoke("示清城管罚决字〔2024〕第4号");
    site.run(&[&revoked[..], &["--yes"]].concat()).ends(0);
    export(&site, &to, &[]).ends(0).says("有证件号码 3 行");
    let text = std::fs::read_to_string(to.join(CSV)).expect("the sheet");
    assert!(!text.contains(&id_number(4)) && text.contains(&id_number(1)));
}
