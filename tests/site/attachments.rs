//! Figures and attachments of the prose: published byte for byte where they are sound, and refused whole where not.

use std::io::{Cursor, Write as _};

use crate::support::{Ran, Row, Site, csv, revoke};

const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 100\">\
    <text x=\"9\" y=\"40\">三楼办事大厅</text></svg>\n";

/// A document of this text, with properties that name `author`.
fn document(text: &str, author: &str) -> Vec<u8> {
    let properties = format!(
        "<c:coreProperties xmlns:c=\"c\" xmlns:dc=\"d\"><dc:creator>{author}</dc:creator></c:coreProperties>"
    );
    let text = format!("<w:document xmlns:w=\"w\"><w:body>{text}</w:body></w:document>");
    packed(&[("word/document.xml", &text), ("docProps/core.xml", &properties)])
}

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        out.write_all(text.as_bytes()).expect("written");
    }
    out.finish().expect("a file").into_inner()
}

fn page(body: &str) -> String {
    format!("---\ntitle: 办事须知\n---\n{body}\n")
}

/// A site with one case, and then a page of this text beside these files.
fn built(text: &str, files: &[(&str, Vec<u8>)]) -> (Site, Ran) {
    let site = Site::new();
    site.write("drops/1/good.csv", csv(&[Row::sound(900)]));
    site.build().ends(0);
    site.write("content/banshi/xuzhi.md", page(text));
    for (name, bytes) in files {
        site.write(&format!("content/banshi/{name}"), bytes);
    }
    let ran = site.build();
    (site, ran)
}

#[test]
fn sound_files_come_out_as_they_went_in() {
    let form = document("<w:p><w:r><w:t>申请表</w:t></w:r></w:p>", "示例市清源区城市管理局");
    let table = "\u{feff}事项,期限\r\n占道,5 个工作日\r\n".as_bytes().to_vec();
    let text = "见[申请表](表/申请表.docx)和[时限表](shixian.csv)，再交[申请表](表/申请表.docx)。\n\n\
        ![办事大厅在三楼](tu.svg \"办事大厅位置\")\n";
    let files = [
        ("表/申请表.docx", form.clone()),
        ("shixian.csv", table.clone()),
        ("tu.svg", DRAWING.into()),
        ("idle.csv", "没有页面引用".into()),
    ];
    let (site, ran) = built(text, &files);
    ran.ends(0).says("content-skipped");
    let out = site.site();
    let form_at = "wenjian/banshi/u8868/u7533u8bf7u8868.docx";
    assert_eq!(out[form_at], form);
    assert_eq!(out["wenjian/banshi/shixian.csv"], table);
    assert_eq!(out["wenjian/banshi/tu.svg"], DRAWING.as_bytes());
    assert_eq!(out.keys().filter(|path| path.starts_with("wenjian/")).count(), 3);
    let page = String::from_utf8_lossy(&out["banshi/xuzhi/index.html"]).into_owned();
    let manifest = String::from_utf8_lossy(&out["manifest.json"]).into_owned();
    for said in [
        "<figure><img src=\"../../wenjian/banshi/tu.svg\" width=\"200\" height=\"100\" alt=\"办事大厅在三楼\" loading=\"lazy\"><figcaption>办事大厅位置</figcaption></figure>",
        "<a href=\"../../wenjian/banshi/u8868/u7533u8bf7u8868.docx\" download=\"申请表.docx\">申请表</a>",
        "Word 文档",
        "CSV 表格",
    ] {
        assert!(page.contains(said), "{said}\n{page}");
    }
    assert_eq!(page.matches("download=").count(), 2, "each file is offered once");
    let listed =
        manifest.split('{').find(|entry| entry.contains(form_at)).expect("in the manifest");
    let digest = listed.split("\"sha256\":").nth(1).and_then(|rest| rest.split('"').nth(1));
    assert!(page.contains(digest.expect("a digest")), "page and manifest tell one digest");
    for (path, bytes) in &out {
        let tells = String::from_utf8_lossy(bytes).contains("wenjian/");
        let may = ["banshi/xuzhi/index.html", "manifest.json"].contains(&path.as_str());
        assert!(!tells || may, "{path} lists an attachment");
    }
}

/// The page is refused by this check, the file is named, nothing of it gets out, and the old site stays.
#[track_caller]
fn refused(text: &str, file: (&str, Vec<u8>), check: &str) {
    let name = file.0.to_owned();
    let (site, ran) = built(text, &[file]);
    assert_ne!(ran.code(), 0, "{name}: {}", ran.said());
    ran.says(&format!("[{check}]")).says(&name).never_says("毒标");
    assert!(site.files_with("毒标").is_empty() && site.files_with("办事须知").is_empty());
    assert!(!site.files_with("青标900").is_empty(), "the old site stays");
}

#[test]
fn what_cannot_be_cleared_is_refused() {
    let link = |name: &str| format!("[毒标名单]({name})");
    let plain = "<w:p><w:r><w:t>毒标</w:t></w:r></w:p>";
    let pictured = packed(&[("word/document.xml", plain), ("word/media/image1.png", "毒标")]);
    for (name, bytes, check) in [
        ("a.pdf", b"%PDF-1.4 x".to_vec(), "unreadable-attachment"),
        ("a.doc", b"\xd0\xcf\x11\xe0".to_vec(), "unreadable-attachment"),
        ("a.zip", packed(&[("a.txt", "毒标")]), "unreadable-attachment"),
        ("a.jpg", b"\xff\xd8".to_vec(), "unreadable-attachment"),
        ("locked.docx", b"\xd0\xcf\x11\xe0".to_vec(), "unreadable-attachment"),
        ("pictured.docx", pictured, "unreadable-attachment"),
        ("gbk.csv", b"\xb6\xbe\xb1\xea\n".to_vec(), "unreadable-attachment"),
        ("named.docx", document(plain, "测试甲"), "attachment-names-author"),
        (
            "changed.docx",
            document("<w:del><w:t>毒标</w:t></w:del>", ""),
            "hidden-text-in-attachment",
        ),
    ] {
        refused(&link(name), (name, bytes), check);
    }
}

#[test]
fn a_personal_number_in_an_attachment_stops_the_site() {
    let number = "13812345678";
    let parted = "<w:p><w:r><w:t>毒标138</w:t></w:r><w:r><w:t>12345678</w:t></w:r></w:p>";
    for (name, bytes) in [
        ("a.docx", document(parted, "")),
        ("a.csv", format!("姓名,电话\n毒标,{number}\n").into_bytes()),
        ("a.txt", "毒标 138 1234 5678\n".as_bytes().to_vec()),
    ] {
        let (site, ran) = built(&format!("[名单]({name})"), &[(name, bytes)]);
        assert_ne!(ran.code(), 0, "{name}");
        ran.says("[content-leak]").says(name).never_says(number).never_says("毒标");
        assert!(site.files_with("毒标").is_empty(), "{name}");
    }
    // A program that draws cuts words wherever it likes.
    let drawn = "<text><tspan>毒标138</tspan><tspan dx=\"4\">12345678</tspan></text></svg>";
    let drawn = DRAWING.replace("</svg>", drawn).into_bytes();
    let (site, ran) = built("![名单](a.svg)", &[("a.svg", drawn)]);
    assert_ne!(ran.code(), 0);
    ran.says("[content-leak]").never_says(number);
    assert!(site.files_with("毒标").is_empty());
    let (_, ran) =
        built("[名单](a.csv)", &[("a.csv", format!("姓名\n甲,{number}\n").into_bytes())]);
    ran.says("第 2 行");
}

#[test]
fn an_attachment_names_no_case_that_is_gone_whatever_it_says_of_it() {
    let number = "示清城管罚决字〔2024〕第1号";
    let told = format!("{number} 缴款期限期满");
    for (name, bytes) in [
        ("a.csv", format!("文号,说明\n{told}\n").into_bytes()),
        ("a.docx", document(&format!("<w:p><w:t>{told}</w:t></w:p>"), "")),
    ] {
        let (site, ran) = built(&format!("[名单]({name})"), &[(name, bytes)]);
        ran.ends(0);
        site.write("drops/2024-05-20/处罚.csv", csv(&[Row::sound(1), Row::sound(2)]));
        site.build().ends(0);
        let order = [&revoke(number)[..], &["--yes"]].concat();
        let ran = site.run(&order);
        assert_ne!(ran.code(), 0, "{name}: {}", ran.said());
        ran.says("gone-case-named").says(name);
    }
}

#[test]
fn a_classification_mark_in_an_attachment_stops_everything() {
    let marked =
        document("<w:p><w:t>机密★</w:t><w:t>10年</w:t></w:p><w:p><w:t>毒标</w:t></w:p>", "");
    let (site, ran) = built("[名单](a.docx)", &[("a.docx", marked)]);
    ran.ends(7).says("a.docx").never_says("毒标");
    assert!(site.files_with("毒标").is_empty());
}

#[test]
fn a_figure_that_acts_hides_or_says_nothing_is_refused() {
    let svg = |inside: &str| DRAWING.replace("</svg>", &format!("{inside}</svg>")).into_bytes();
    for (text, bytes) in [
        ("![毒标图](a.svg)", svg("<script>毒标</script>")),
        ("![毒标图](a.svg)", svg("<image href=\"https://evil.example/x.png\"/>")),
        ("![毒标图](a.svg)", svg("<text display=\"none\">毒标</text>")),
        ("![毒标图](a.svg)", b"<html/>".to_vec()),
    ] {
        refused(text, ("a.svg", bytes), "unusable-figure");
    }
    refused(
        "![毒标图](a.jpg)",
        ("a.jpg", b"\xff\xd8\xff\xe1\0\x08Exif\0\0".to_vec()),
        "unusable-figure",
    );
    for text in
        ["正文\n\n![](a.svg)", "正文\n\n![图](b.svg)", "正文\n\n![图](https://evil.example/a.svg)"]
    {
        let (_, ran) = built(text, &[("a.svg", svg(""))]);
        assert_ne!(ran.code(), 0, "{text}");
        ran.says("[unusable-figure]").says("xuzhi.md").says("第 6 行");
    }
}
