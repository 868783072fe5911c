//! The audit against seeded faults of a redactor, of a template, of a takedown.

mod frames;

use super::*;
use crate::clearance::HitKind;
use crate::site::Scope;
use crate::vocab::Contact;

const ID: &str = "50019919900307123X";

fn id(text: &str) -> CaseId {
    CaseId::parse(text).expect("id")
}

fn bureau() -> Bureau {
    Bureau {
        name: "示例市清源区城市管理局".into(),
        base_url: Some("https://www.example.gov.cn/cgj/".into()),
        contact: Contact { telephone: Some("13900001000".into()), ..Contact::default() },
        ..Bureau::default()
    }
}

fn auditor() -> Auditor<'static> {
    let one = Watch::invented(
        &[
            (HitKind::Name, "马国庆"),
            (HitKind::IdNumber, ID),
            (HitKind::Phone, "13812345678"),
            (HitKind::Card, "6217009900000079190"),
            (HitKind::Address, "石龙村3组35号"),
            (HitKind::Plate, "渝A12345"),
        ],
        &["马国庆面馆"],
    );
    let two = Watch::invented(&[(HitKind::Name, "李思远")], &[]);
    let watches = BTreeMap::from([(id("k7m3x2qd"), one), (id("bcdfghjk"), two)]);
    Auditor::new(watches, &bureau(), &[]).expect("auditor")
}

fn page(path: &str, scope: Scope, body: &str) -> Page {
    Page { path: path.into(), body: body.as_bytes().to_vec(), scope, append: false }
}

fn checks(auditor: &Auditor<'_>, page: Page) -> Vec<&'static str> {
    match auditor.read(page) {
        Ok(_) => Vec::new(),
        Err(found) => found.iter().map(|f| f.check).collect(),
    }
}

fn case(body: &str) -> Vec<&'static str> {
    let scope = Scope::Case(id("k7m3x2qd"));
    checks(&auditor(), page("shihou/chufa/2026/k7m3x2qd/index.html", scope, body))
}

#[test]
fn seeded_bugs_of_the_redactor_are_caught() {
    for body in [
        "<title>马国庆案</title>",
        "<meta name=\"description\" content=\"马国庆\">",
        "<a href=\"/s?q=%E9%A9%AC%E5%9B%BD%E5%BA%86\">x</a>",
        "<p>&#39532;&#x56fd;庆</p>",
        "<p>马<em>国</em>庆</p>",
        "<p>马\u{200b}国\u{2060}庆</p>",
        "<p>⻢国庆</p>",
        "<p>馬國慶</p>",
        "<p>马 国 庆</p>",
        "<p>马·国·庆</p>",
        "<p>５００１９９１９９００３０７１２３Ｘ</p>",
        "<p>500199 1990 0307 123X</p>",
        "<p>500199********</p><p>50019919900</p>",
        "<p>五〇〇一九九一九九〇〇三〇七</p>",
        "<script type=\"application/json\">{\"p\":\"\\u9a6c\\u56fd\\u5e86\"}</script>",
        "<!-- 13812345678 -->",
        "<p data-phone='138-1234-5678'></p>",
        "<p>6217 0099 0000 0079 190</p>",
        "<p>渝A·12345</p>",
        "<p>石龙村 3组35号</p>",
        "<p title='a > b' class=马国庆>",
        "<p 马国庆",
        "<p>&amp;#39532;国庆</p>",
    ] {
        assert!(case(body).contains(&"private-value-on-page"), "{body}");
    }
}

#[test]
fn what_is_public_of_the_record_stays() {
    for body in [
        "<main>马国庆面馆</main>",
        "<main>示城管罚决字〔2026〕第12号，2026-11-02，马某，罚款5000元，13900001000</main>",
        "<main>91230500MA1B3N1N2M，信用代码：115002227398230135</main>",
        "<main>sha256 3b1f8e0913712345670aa4111111111111111cc0913712345670aa41111111</main>",
        "<main>缴款书编号11010519491231002X</main>",
        "<main>张某〔2026〕第110105194912310021号</main>",
    ] {
        assert_eq!(case(body), Vec::<&str>::new(), "{body}");
    }
}

#[test]
fn forms_of_personal_numbers_are_caught_on_every_page() {
    let auditor = auditor();
    for body in [
        "<main>11010519491231002X</main>",
        "<main>110105 19491231 002X</main>",
        "<main>１１０１０５１９４９１２３１００２Ｘ</main>",
        "<main>致电13700001234</main>",
        "<main>+86-137-0000-1234</main>",
        "<main>卡号 4111 1111 1111 1111</main>",
        "<img alt='13700001234' src=''>",
    ] {
        let open = page("lianxi/index.html", Scope::Open, body);
        assert_eq!(checks(&auditor, open), ["personal-number-on-page"], "{body}");
    }
    let named = page("a/13700001234.html", Scope::Open, "<main>x</main>");
    let found = auditor.read(named).expect_err("the path");
    assert!(found.iter().all(|f| f.place == at("□", 0)));
}

#[test]
fn a_list_is_read_record_by_record() {
    let list = |rows: &str| page("shihou/chufa/2026/index.html", Scope::Cases, rows);
    let own = "<h1>马国庆</h1><table><tr data-case=\"bcdfghjk\"><td>马国庆</td></tr>\
               <tr data-case=\"k7m3x2qd\"><td>李思远</td></tr></table>";
    assert_eq!(checks(&auditor(), list(own)), Vec::<&str>::new());
    let leak = "<table><tr data-case=\"k7m3x2qd\"><td>马国庆</td></tr></table>";
    assert_eq!(checks(&auditor(), list(leak)), ["private-value-on-page"]);
    let last = "<tr data-case=\"k7m3x2qd\"><td>x</td></tr><tr data-case='bcdfghjk'><td>李思远</td>";
    assert_eq!(checks(&auditor(), list(last)), ["private-value-on-page"]);
    let csv = "id,party\nbcdfghjk,马国庆\nk7m3x2qd,马某\n\"二行,马国庆\"\n";
    let download = page("shuju/2026.csv", Scope::Cases, csv);
    assert_eq!(checks(&auditor(), download), ["private-value-on-page"]);
    let json = "{\"cases\":[\n{\"id\":\"bcdfghjk\",\"party\":\"\\u674e思远\"}\n]}";
    let download = page("shuju/2026.json", Scope::Cases, json);
    assert_eq!(checks(&auditor(), download), ["private-value-on-page"]);
}

#[test]
fn what_is_gone_is_named_nowhere_but_in_its_notice() {
    let mut auditor = auditor();
    auditor.expect_gone(id("zzzz2222"), "示城管罚决字〔2026〕第1");
    let named = "<main><a href=\"#\">zzzz2222</a></main>";
    for path in ["index.html", "shihou/chufa/2026/index.html", "sitemap.xml", "sousuo/a.json"] {
        assert_eq!(checks(&auditor, page(path, Scope::Open, named)), ["gone-case-named"], "{path}");
    }
    for path in [
        "chexia/zzzz2222/index.html",
        "chexia/index.html",
        "shihou/chufa/2026/zzzz2222/index.html",
        "silian.txt",
    ] {
        assert_eq!(checks(&auditor, page(path, Scope::Open, named)), Vec::<&str>::new(), "{path}");
    }
    let number =
        |n: &str| page("a.html", Scope::Open, &format!("<main>示城管罚决字〔2026〕第{n}号</main>"));
    assert_eq!(checks(&auditor, number("1")), ["gone-case-named"]);
    assert_eq!(checks(&auditor, number("12")), Vec::<&str>::new());
    let row = page("shuju/2026.csv", Scope::Open, "id,status\nzzzz2222,taken_down\n");
    assert_eq!(checks(&auditor, row), Vec::<&str>::new());
    let row = page("shuju/2026.csv", Scope::Open, "id,status\nzzzz2222,published\n");
    assert_eq!(checks(&auditor, row), ["gone-case-named"]);
    // A page excuses nothing, also one that is a fragment for a portal.
    for page_of in ["<!doctype html><main>", "<div class=\"gongshi\"><main>"] {
        let told =
            page("guanyu/index.html", Scope::Open, &format!("{page_of}zzzz2222 撤下</main>"));
        assert!(checks(&auditor, told).contains(&"gone-case-named"), "{page_of}");
    }
    let feed = "<feed>\n<at:deleted-entry ref=\"tag:zzzz2222\"/>\n</feed>";
    assert_eq!(checks(&auditor, page("feed.xml", Scope::Open, feed)), Vec::<&str>::new());
}

#[test]
fn scripts_and_the_search_index_are_read_too() {
    let mut auditor = auditor();
    auditor.expect_gone(id("zzzz2222"), "");
    let entry = |id: &str, facts: &str| {
        let line = format!("[\n[\"{id}\",\"2026-03-04\",\"一号\",\"某店\",\"{facts}\",0]\n]\n");
        page("sousuo/suoyin/d0-0.AAAAAAAA.json", Scope::Cases, &line)
    };
    assert_eq!(checks(&auditor, entry("k7m3x2qd", "占道")), Vec::<&str>::new());
    assert_eq!(checks(&auditor, entry("k7m3x2qd", "马国庆")), ["private-value-on-page"]);
    assert_eq!(checks(&auditor, entry("bcdfghjk", "电话13812345678")), ["personal-number-on-page"]);
    // A text that speaks of something taken down does not excuse the entry of a case that is.
    assert_eq!(checks(&auditor, entry("zzzz2222", "期满未撤下")), ["gone-case-named"]);
    let selection = page("shihou/chufa/2026/03/a.csv", Scope::Cases, "id\nzzzz2222,撤下\n");
    assert_eq!(checks(&auditor, selection), ["gone-case-named"]);
    let script = page("assets/search.0.js", Scope::Open, "const a = \"13812345678\";");
    assert_eq!(checks(&auditor, script), ["personal-number-on-page"]);
    let lists = "{\n\"13\":\"=AB.ZZlllAA\",\n\"81\":\"B.CDEFGHIJ\"\n}\n";
    let postings = page("sousuo/suoyin/p0-0.AAAAAAAA.json", Scope::Cases, lists);
    assert_eq!(checks(&auditor, postings), Vec::<&str>::new());
}

#[test]
fn blank_columns_are_refused() {
    let read = |body: &str| checks(&auditor(), page("a/index.html", Scope::Open, body));
    assert_eq!(read("<main> <p>\n</p> </main>"), ["blank-column"]);
    assert_eq!(read("<main>表<table><tbody>\n</tbody></table></main>"), ["blank-column"]);
    assert_eq!(read("<main>表<table><tbody><tr><td>1</td></tr></tbody></table></main>"), [""; 0]);
    assert_eq!(read("<p>没有主区</p>"), [""; 0]);
}

#[test]
fn dead_links_and_missing_words_are_told_at_the_end() {
    let auditor = auditor();
    let html = "<html><main>x<img src=\"/cgj/a.png\"><svg></svg><svg><title>图</title></svg>\
        <a href=\"../b/\">1</a><a href=\"c/index.html#x\">2</a><a href=\"/cgj/b\">3</a>\
        <a href=\"https://www.example.gov.cn/cgj/b/?x=1\">4</a><a href=\"https://other.example/\">5</a>\
        <a href=\"#top\">6</a><a href=\"mailto:a@b.cn\">7</a><a href=\"gone.html\">8</a></main></html>";
    auditor.read(page("a/index.html", Scope::Open, html)).expect("clean");
    let rest = "<html lang=\"zh-CN\"><h1>b</h1><main>x</main></html>";
    auditor.read(page("b/index.html", Scope::Open, rest)).expect("clean");
    auditor.read(page("a/c/index.html", Scope::Open, rest)).expect("clean");
    auditor.read(page("a.png", Scope::Open, "png")).expect("clean");
    let findings = auditor.close();
    let all: Vec<&str> = findings.iter().map(|f| f.check).collect();
    assert_eq!(
        all,
        [
            "dead-link",
            "missing-alternative-text",
            "missing-alternative-text",
            "missing-heading",
            "missing-language"
        ]
    );
}

#[test]
fn no_file_is_a_recording() {
    let endings = ["mp4".to_owned(), "wav".to_owned()];
    let mut auditor = auditor();
    auditor.refuse_recordings(&endings, &[]);
    for path in ["a/b.mp4", "a/b.MP4", "b.wav"] {
        assert_eq!(checks(&auditor, page(path, Scope::Open, "")), ["recording-in-site"], "{path}");
    }
    assert!(checks(&auditor, page("a/b.csv", Scope::Open, "b.mp4\n")).is_empty());
}

fn book(cell: &str) -> Page {
    let lines = vec![vec!["项目".into(), "数量".into()], vec![cell.into(), "3".into()]];
    let sheet = crate::site::Sheet { name: "表", title: "题".into(), texts: 1, lines };
    let day = crate::law::Day::new(2026, 11, 23).expect("a day");
    let body = crate::site::workbook(day, &[sheet], ("说明", &[])).expect("a workbook");
    Page { path: "shuju/tongji-2026.xlsx".into(), body, scope: Scope::Open, append: false }
}

#[test]
fn a_workbook_is_unpacked_and_read() {
    let mut auditor = auditor();
    auditor.expect_gone(id("zzzz2222"), "示罚〔2026〕9号");
    assert!(checks(&auditor, book("罚款")).is_empty());
    for (cell, check) in
        [("电话13812345678", "personal-number-on-page"), ("示罚〔2026〕9号", "gone-case-named")]
    {
        assert!(checks(&auditor, book(cell)).contains(&check), "{cell}");
    }
    let mut cut = book("罚款");
    cut.body.truncate(cut.body.len() / 2);
    assert_eq!(checks(&auditor, cut), ["unreadable-output"]);
    let text = page("shuju/tongji-2026.XLSX", Scope::Open, "not packed at all");
    assert_eq!(checks(&auditor, text), ["unreadable-output"]);
}

#[test]
fn a_twin_is_excused_by_no_path_but_its_own() {
    let mut auditor = auditor();
    auditor.expect_gone(id("zzzz2222"), "示罚〔2026〕9号");
    let twin = |path: &str| Twin { path: path.into(), append: false };
    let row = page("shuju/a.jsonl", Scope::Case(id("k7m3x2qd")), "{\"id\":\"k7m3x2qd\"}\n");
    let read = auditor.read(row).expect("clean");
    let other = auditor.also(&read, twin("shihou/chufa/2026/k7m3x2qd/index.json"));
    let other = other.expect("clean");
    assert_eq!(
        (other.path(), other.body()),
        ("shihou/chufa/2026/k7m3x2qd/index.json", read.body())
    );
    assert!(auditor.also(&read, twin("shuju/13812345678.json")).is_err(), "a path is read");
    // What stands in the register lawfully does not stand in a download lawfully.
    let notice = auditor.read(page("chexia/a.txt", Scope::Open, "zzzz2222")).expect("excused");
    assert!(auditor.also(&notice, twin("shuju/a.json")).is_err());
    assert!(auditor.also(&notice, twin("chexia/b.txt")).is_ok());
}
