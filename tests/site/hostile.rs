//! What a careless export, a broken spreadsheet or an ill-meant person may hand in, and what must come of it.
//! A good site stands before each case; what is refused leaves it byte for byte as it was.

use crate::support::{HEADERS, Ran, Row, Site, credit_code, csv, csv_with, id_number};

/// A site with one good case, and then a second drop with this file.
fn handed(name: &str, bytes: impl AsRef<[u8]>) -> (Site, Ran) {
    let site = good();
    site.write(&format!("drops/2/{name}"), bytes);
    let ran = site.build();
    (site, ran)
}

fn good() -> Site {
    let site = Site::new();
    site.write("drops/1/good.csv", csv(&[Row::sound(900)]));
    site.build().ends(0);
    site
}

/// The whole drop is refused: the file and one of these rows are named, and nothing changed.
#[track_caller]
fn refused(name: &str, bytes: impl AsRef<[u8]>, rows: &[u32]) {
    let stood = good().site();
    let (site, ran) = handed(name, bytes);
    let said = ran.ends(1).never_says("毒标").said();
    let named = said.lines().any(|l| l.contains(name) && names_row(l, rows));
    assert!(named, "{name} and one of {rows:?} are not named in:\n{said}");
    assert!(site.site() == stood, "what stood was changed");
}

/// The row is held: named with its file, nowhere in the output; the good row of the file is out.
#[track_caller]
fn held(name: &str, bytes: impl AsRef<[u8]>, row: u32) {
    let (site, ran) = handed(name, bytes);
    let said = ran.ends(0).never_says("毒标").said();
    let named = said.lines().any(|l| l.contains(name) && names_row(l, &[row]));
    assert!(named, "{name} row {row} is not named in:\n{said}");
    assert!(site.files_with("毒标").is_empty());
    assert!(!site.files_with("青标001").is_empty(), "the good row goes on");
}

#[track_caller]
fn accepted(name: &str, bytes: impl AsRef<[u8]>, shows: &str) -> Site {
    let (site, ran) = handed(name, bytes);
    ran.ends(0);
    assert!(!site.files_with(shows).is_empty(), "{shows} is nowhere");
    site
}

fn names_row(line: &str, rows: &[u32]) -> bool {
    rows.is_empty()
        || line
            .split(|c: char| !c.is_ascii_digit())
            .any(|n| rows.iter().any(|r| r.to_string() == n))
}

/// A row whose party and facts carry a mark that must not be published.
fn bad() -> Row {
    Row::sound(2)
        .with("行政相对人名称", "示例市毒标002运输有限公司")
        .with("违法事实", "当事人未密闭运输建筑垃圾，标记毒标002。")
}

fn with_bad(header: &'static str, cell: &str) -> String {
    csv(&[Row::sound(1), bad().with(header, cell)])
}

#[test]
fn broken_structure_is_refused_with_its_rows() {
    let rows = csv(&[Row::sound(1), bad(), Row::sound(3), Row::sound(4)]);
    let mut lines: Vec<String> = rows.split("\r\n").map(str::to_owned).collect();
    lines[2].push_str("\"他说");
    lines[4].push('"');
    refused("swallowed.csv", lines.join("\r\n"), &[3, 4, 5]);
    let cut = csv(&[Row::sound(1), bad()]);
    let cut = &cut[..cut.len() - 60];
    refused("cut.csv", &cut.as_bytes()[..cut.len()], &[3]);
    refused("header.csv", csv(&[]), &[1]);
    refused("nothing.csv", "", &[]);
    refused("web.csv", "<html><table><tr><td>毒标</td></tr></table></html>", &[]);
    let twice = csv_with(&[&HEADERS[..], &["行政相对人名称"]].concat(), &[Row::sound(1)]);
    refused("twice.csv", twice, &[1]);
    refused("foreign.csv", "甲,乙,丙\r\n1,2,毒标\r\n", &[1]);
}

#[test]
fn undecodable_bytes_are_refused_with_their_line() {
    let text = csv(&[Row::sound(1), bad()]);
    let mut damaged = text.clone().into_bytes();
    let at = text.rfind("标记").expect("the mark");
    damaged[at] = 0xff;
    refused("damaged.csv", damaged, &[3]);
    let gbk = gb18030(&text);
    let mut lead = gbk.clone();
    let comma = lead.iter().rposition(|b| *b == b',').expect("a comma");
    lead.insert(comma, 0x81);
    lead.insert(comma + 1, b'"');
    refused("lead.csv", lead, &[3]);
}

/// GB18030 by the system's own converter, so that the program's is not tested against itself.
fn gb18030(text: &str) -> Vec<u8> {
    use std::io::Write as _;
    let mut child = std::process::Command::new("iconv")
        .args(["-f", "UTF-8", "-t", "GB18030"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("iconv is part of the C library");
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("written");
    child.wait_with_output().expect("iconv ends").stdout
}

#[test]
fn everyday_encodings_are_read() {
    let text = csv(&[Row::sound(1)]);
    accepted("gb.csv", gb18030(&text), "青标001");
    accepted("bom.csv", [b"\xef\xbb\xbf", text.as_bytes()].concat(), "青标001");
    let utf16: Vec<u8> =
        text.replace(',', "\t").encode_utf16().flat_map(u16::to_le_bytes).collect();
    accepted("unicode.csv", [&b"\xff\xfe"[..], &utf16].concat(), "青标001");
}

#[test]
fn damaged_cells_hold_their_row() {
    let cases: [(&'static str, &str); 18] = [
        ("行政相对人代码_1(统一社会信用代码)", "5.00199E+17"),
        ("处罚决定日期", "2024-02-30"),
        ("处罚决定日期", "05/06/2024"),
        ("处罚决定日期", "24-05-20"),
        ("处罚决定日期", "2031-01-01"),
        ("罚款金额(万元)", "5000"),
        ("罚款金额(万元)", "#REF!"),
        ("罚款金额(万元)", "-1"),
        ("处罚类别", "口头教育"),
        ("行政处罚决定书文号", "../../../outside/hh"),
        ("行政相对人类别", ""),
        ("违法事实", "标记毒标\u{fffd}002"),
        ("行政相对人名称", "????????"),
        ("违法事实", "当事人（身份证号5.00199E+17）未密闭，毒标002。"),
        ("罚款金额(万元)", ""),
        ("罚款金额(万元)", "0"),
        ("公示截止期", "2023-05-20"),
        ("行政处罚决定书文号", "示清城管罚决字〔2024〕第2号（账号62170099000000791900）"),
    ];
    for (header, cell) in cases {
        held("cells.csv", with_bad(header, cell), 3);
    }
    let ragged = csv(&[Row::sound(1), bad(), Row::sound(3)]).replace("毒标002。,", "毒标002。,甲,");
    held("ragged.csv", ragged, 3);
}

#[test]
fn contradicting_rows_are_both_held() {
    let (site, ran) = handed(
        "twice.csv",
        csv(&[Row::sound(1), bad().with("行政处罚决定书文号", "示清城管罚决字〔2024〕第1号")]),
    );
    let said = ran.ends(0).said();
    assert!(said.lines().any(|l| l.contains("twice.csv") && names_row(l, &[2])), "{said}");
    assert!(said.contains("duplicate-decision-number"));
    assert!(site.files_with("毒标").is_empty() && site.files_with("青标001").is_empty());
    let (_, ran) = handed("same.csv", csv(&[Row::sound(1), Row::sound(1)]));
    ran.ends(0).says("重复 1 行").says("公示 2");
}

/// A character in half width; `None` for what may part the digits of one number.
fn bare(c: char) -> Option<char> {
    match c {
        '０'..='Ｚ' => char::from_u32(u32::from(c) - 0xfee0),
        c if c.is_whitespace() || "_.·,|/".contains(c) => None,
        c => Some(c),
    }
}

#[test]
fn identity_numbers_do_not_pass_in_any_cell() {
    let id = id_number(31);
    let wide: String =
        id.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).expect("wide")).collect();
    let joined = |sep: &str| id.chars().map(String::from).collect::<Vec<_>>().join(sep);
    let escaped = |lead: &str| id.bytes().map(|b| format!("{lead}{b:02x}")).collect::<String>();
    let split = format!("{}\u{200b}{}", &id[..9], &id[9..]);
    let slashed = format!("{}/{}/{}", &id[..6], &id[6..14], &id[14..]);
    let tripled = [&id[..3], &id[3..6], &id[6..9], &id[9..12], &id[12..15], &id[15..]].join("|");
    let forms = [id.clone(), wide, split, slashed, tripled];
    let spelt = ["_", ".", "·", ",", " "].map(joined);
    for form in forms.into_iter().chain(spelt).chain([escaped("%"), escaped("\\u00")]) {
        let facts = format!("当事人青标001，{form}，未密闭运输。");
        let site = accepted("id.csv", csv(&[Row::sound(1).with("违法事实", facts)]), "青标001");
        for (name, body) in site.site() {
            let seen = String::from_utf8_lossy(&body).replace("\u{200b}", "");
            assert!(!seen.contains(&form), "{name}: {form}");
            let seen: String = seen.chars().filter_map(bare).collect();
            assert!(!seen.contains(&id[..14]), "{name}");
        }
    }
    let (site, ran) =
        handed("number.csv", csv(&[Row::sound(1), bad().with("行政处罚决定书文号", id.clone())]));
    let ran = ran.ends(0);
    assert!(!ran.said().contains(&id) && site.files_with(&id).is_empty());
    assert!(site.site().into_keys().all(|name| !name.contains(&id)));
}

#[test]
fn everyday_cells_are_read() {
    for (header, cell) in [
        ("行政相对人代码_1(统一社会信用代码)", format!("=\"{}\"", credit_code("91", 1))),
        ("行政相对人代码_1(统一社会信用代码)", credit_code("91", 1).to_lowercase()),
        ("行政处罚决定书文号", "'示清城管罚决字[2024]第1号".into()),
        ("处罚决定日期", "２０２４年５月２０日".into()),
        ("处罚决定日期", "2024/5/20 0:00".into()),
        ("处罚决定日期", "二〇二四年五月二十日".into()),
        ("罚款金额(万元)", "０．５".into()),
        ("罚款金额(万元)", ".5".into()),
        ("罚款金额(万元)", "5,000元".into()),
        ("违法事实", "青标001第一行\r\n第二行，有\"引号\"，\n第三行".into()),
        ("备注", "——".into()),
    ] {
        accepted("cell.csv", csv(&[Row::sound(1).with(header, cell)]), "青标001");
    }
}

#[test]
fn everyday_tables_are_read() {
    let rows = [Row::sound(1), Row::sound(2), Row::sound(3)];
    let text = csv(&rows);
    let title = format!("行政处罚结果公示表{}\r\n{text}", ",".repeat(16));
    for (name, form) in [
        ("lf.csv", text.replace("\r\n", "\n")),
        ("cr.csv", text.replace("\r\n", "\r")),
        ("end.csv", text.trim_end().to_owned()),
        ("gaps.csv", text.replace("\r\n", "\r\n\r\n")),
        ("wide.csv", text.replace("\r\n", ",,,\r\n")),
        ("semicolons.csv", text.replace(',', ";")),
        ("title.csv", title),
        ("sum.csv", format!("{text}合计{}\r\n", ",".repeat(16))),
        ("excel.csv", format!("sep=,\r\n{text}")),
    ] {
        let site = accepted(name, form, "青标001");
        assert!(!site.files_with("青标003").is_empty(), "{name}: the last row is lost");
    }
}

/// A year whose only case was over before it came has no case page, and still no dead link.
#[test]
fn what_is_over_before_it_comes_breaks_no_page() {
    let over = bad()
        .with("行政处罚决定书文号", "示清城管罚决字〔2020〕第2号")
        .with("处罚决定日期", "2020-05-20")
        .with("公示截止期", "2023-05-20");
    let site = accepted("over.csv", csv(&[Row::sound(1), over]), "青标001");
    assert!(site.files_with("毒标").is_empty());
}

/// A figure that is held for its unit is in no total either.
#[test]
fn a_doubtful_figure_is_in_no_statistics() {
    let text = with_bad("罚款金额(万元)", "19900001000");
    let (site, ran) = handed("sum.csv", text);
    ran.ends(0).says("sum.csv");
    assert!(site.files_with("19900001000").is_empty());
}

#[test]
fn public_numbers_stay() {
    let number = "示清城罚〔2024〕500110202405200017号";
    accepted("long.csv", csv(&[Row::sound(1).with("行政处罚决定书文号", number)]), number);
}

#[test]
fn foreign_columns_are_not_published() {
    let headers = [&HEADERS[..], &["身份证号", "联系电话", "内部办案意见"]].concat();
    let row = Row::sound(1)
        .with("身份证号", id_number(5))
        .with("联系电话", "19900001020")
        .with("内部办案意见", "内部标甲");
    let site = accepted("more.csv", csv_with(&headers, &[row]), "青标001");
    for secret in [id_number(5).as_str(), "19900001020", "内部标甲"] {
        assert!(site.files_with(secret).is_empty());
    }
}

#[test]
fn markup_templates_and_formulas_stay_text() {
    let facts = "青标001 {{ 1337 * 7331 }} {% for x in [1] %}RAN{% endfor %} <script>alert('HHX')</script> [x](javascript:HHX)";
    let site = accepted(
        "markup.csv",
        csv(&[Row::sound(1).with("违法事实", facts).with("行政相对人名称", "=cmd|' /C calc'!A0")]),
        "青标001",
    );
    for (name, body) in site.site() {
        let text = String::from_utf8_lossy(&body).into_owned();
        assert!(!text.contains("9801547"), "{name}: a template ran");
        let is_data = [".csv", ".json", ".jsonl"].iter().any(|ending| name.ends_with(ending));
        assert!(is_data || !text.contains("<script>alert"), "{name}: live markup");
        assert!(!text.contains("href=\"javascript:"), "{name}");
        if name.ends_with(".csv") {
            assert!(!text.contains(",=cmd") && !text.contains(",\"=cmd"), "{name}: a live formula");
        }
    }
}

#[test]
fn yaml_tricks_are_refused() {
    let head = "- 行政处罚决定书文号: 示清城管罚决字〔2024〕第1号\n  行政相对人名称: 甲公司\n";
    refused("dup.yml", format!("{head}  行政相对人名称: 毒标公司\n"), &[1, 2, 3]);
    refused("alias.yml", "a: &a 毒标\nb: *a\n", &[1, 2]);
    refused("deep.yml", "{".repeat(300_000), &[1]);
    refused("tag.yml", "- !!python/object:os.system 毒标\n", &[1]);
}

#[test]
fn a_huge_cell_ends_in_time() {
    let (_, ran) = handed("big.csv", csv(&[Row::sound(1).with("违法事实", "1".repeat(4_000_000))]));
    assert!(matches!(ran.code(), 0 | 1), "{}", ran.said());
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_not_followed() {
    let site = good();
    std::os::unix::fs::symlink("/etc/passwd", site.path("drops/1/link.csv")).expect("a link");
    let ran = site.build().says("link.csv");
    assert!(!ran.said().contains("root:x") && site.files_with("root:x").is_empty());
    let site = good();
    site.write("content/a.md", "---\ntitle: 甲\n---\n正文\n");
    std::os::unix::fs::symlink("/etc/passwd", site.path("content/b.md")).expect("a link");
    site.build().ends(1).says("b.md");
    assert!(site.files_with("root:x").is_empty());
}
