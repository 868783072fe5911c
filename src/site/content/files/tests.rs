//! Attachments: what is taken, and every refusal.

use super::*;
use crate::site::packed::packed_of;

/// A document of this text and these parts.
fn document(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let text = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let mut parts = vec![("[Content_Types].xml", "<Types/>"), ("word/document.xml", text.as_str())];
    parts.extend(more);
    packed_of(&parts)
}

fn own() -> BTreeSet<String> {
    BTreeSet::from(["示例市清源区城市管理局".to_owned()])
}

/// Checks that a document is refused by.
fn told(body: &str, more: &[(&str, &str)]) -> Vec<&'static str> {
    let faults = office::faults(Kind::Document, &document(body, more), &own());
    let check = |fault: &Fault| match fault {
        Fault::Is(check, ..) => *check,
        Fault::Secret => "secrecy-mark",
    };
    faults.iter().map(check).collect()
}

const PLAIN: &str = "<w:p><w:r><w:t>占用城市道路申请表</w:t></w:r></w:p>";

#[test]
fn a_plain_document_is_taken() {
    let core = "<c:coreProperties xmlns:c=\"c\" xmlns:dc=\"d\"><dc:title>申请表</dc:title>\
        <dc:creator>示例市清源区城市管理局</dc:creator></c:coreProperties>";
    let custom =
        "<Properties><property name=\"KSOProductBuildVer\"><t>2052</t></property></Properties>";
    let link = "<Relationships><Relationship Type=\"http://x/hyperlink\" TargetMode=\"External\" \
        Target=\"https://www.example.gov.cn/\"/></Relationships>";
    let more = [
        ("docProps/core.xml", core),
        ("docProps/custom.xml", custom),
        ("word/_rels/document.xml.rels", link),
    ];
    assert!(told(PLAIN, &more).is_empty());
}

#[test]
fn what_cannot_be_read_is_refused() {
    for name in [
        "word/media/image1.png",
        "word/vbaProject.bin",
        "word/embeddings/oleObject1.bin",
        "word/fonts/font1.odttf",
        "docProps/thumbnail.jpeg",
        "word/odd.dat",
    ] {
        assert_eq!(told(PLAIN, &[(name, "x")]), [UNREADABLE], "{name}");
    }
    assert_eq!(told("<w:p>", &[]), [UNREADABLE]);
    let faults = |kind, bytes: &[u8]| office::faults(kind, bytes, &own());
    assert_eq!(faults(Kind::Document, b"\xd0\xcf\x11\xe0").len(), 1, "locked, or of an old form");
    assert_eq!(faults(Kind::Workbook, &document(PLAIN, &[])).len(), 1, "not what its name says");
}

#[test]
fn what_readers_do_not_see_is_refused() {
    for body in [
        "<w:ins w:author=\"x\"/>",
        "<w:del/>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>",
        "<sheet state=\"veryHidden\"/>",
        "<row hidden=\"1\"/>",
        "<o:col xmlns:o=\"o\" hidden=\"true\"/>",
        "<sheetFormatPr zeroHeight=\"1\"/>",
        "<col width=\"0\"/>",
        "<row ht=\"0\"/>",
        "<definedName hidden=\"1\">暗</definedName>",
    ] {
        assert_eq!(told(body, &[]), [HIDDEN], "{body}");
    }
    assert!(
        told("<w:vanish w:val=\"0\"/><sheet state=\"visible\"/><row hidden=\"0\"/>", &[])
            .is_empty()
    );
    for name in [
        "word/comments.xml",
        "word/commentsExtended.xml",
        "word/people.xml",
        "xl/threadedComments/threadedComment1.xml",
        "xl/persons/person.xml",
        "xl/pivotCache/pivotCacheRecords1.xml",
        "xl/externalLinks/externalLink1.xml",
    ] {
        assert_eq!(told(PLAIN, &[(name, "<a/>")]), [HIDDEN], "{name}");
    }
    assert_eq!(told(PLAIN, &[("customXml/item1.xml", "<a>暗</a>")]), [HIDDEN]);
    assert!(told(PLAIN, &[("customXml/item1.xml", "<a/>")]).is_empty());
    let template = "<Relationships><Relationship Type=\"x/attachedTemplate\" TargetMode=\"External\" \
        Target=\"file:///C:/x.dotm\"/></Relationships>";
    assert_eq!(told(PLAIN, &[("word/_rels/settings.xml.rels", template)]), [HIDDEN]);
    let link = "<Relationships><Relationship Type=\"x/hyperlink\" TargetMode=\"External\" \
        Target=\"file:///C:/Users/x/a.docx\"/></Relationships>";
    assert_eq!(told(PLAIN, &[("word/_rels/document.xml.rels", link)]), [HIDDEN]);
}

#[test]
fn who_wrote_it_is_not_told() {
    for (name, text) in [
        ("docProps/core.xml", "<c><creator>测试甲</creator></c>"),
        ("docProps/core.xml", "<c><lastModifiedBy>测试甲</lastModifiedBy></c>"),
        ("docProps/app.xml", "<c><Company>某公司</Company></c>"),
        ("docProps/app.xml", "<c><Manager>测试乙</Manager></c>"),
        ("docProps/custom.xml", "<c><property name=\"审核人\">测试乙</property></c>"),
    ] {
        assert_eq!(told(PLAIN, &[(name, text)]), [NAMES], "{text}");
    }
    assert!(told(PLAIN, &[("docProps/core.xml", "<c><creator></creator></c>")]).is_empty());
    for body in
        ["<x:absPath xmlns:x=\"x\" url=\"C:\\Users\\x\\\"/>", "<fileSharing userName=\"x\"/>"]
    {
        assert_eq!(told(body, &[]), [NAMES], "{body}");
    }
}

#[test]
fn a_classification_mark_is_told_alone() {
    assert_eq!(told("<w:p><w:t>机密★</w:t><w:t>10年</w:t></w:p>", &[]), ["secrecy-mark"]);
    assert_eq!(text_faults("机密★10年\n".as_bytes()), BTreeSet::from([Fault::Secret]));
    for drawn in [
        "<svg><text>机<tspan>密</tspan>★10年</text></svg>",
        "<svg><text>&#26426;密★10年</text></svg>",
    ] {
        assert_eq!(drawing_faults(drawn.as_bytes()), BTreeSet::from([Fault::Secret]), "{drawn}");
    }
}

#[test]
fn what_is_packed_is_known_to_the_audit() {
    for name in ["a.svg", "a.png", "a.jpg", "a.csv", "a.txt", "a.xlsx", "a.docx"] {
        let kind = Kind::of(name).expect("a kind");
        let is_packed = matches!(kind, Kind::Workbook | Kind::Document);
        assert_eq!(crate::site::is_packed(name), is_packed, "{name}");
    }
}

#[test]
fn text_is_utf8_without_marks_nobody_sees() {
    assert!(text_faults("\u{feff}事项,期限\r\n甲,5\r\n".as_bytes()).is_empty());
    assert_eq!(text_faults(b"\xca\xc2\xcf\xee").len(), 1);
    assert_eq!(text_faults("甲\u{202e}乙".as_bytes()).len(), 1);
}

#[test]
fn only_what_a_page_refers_to_is_looked_at() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut files = Files::new(own());
    for name in ["a.txt", "A.TXT", "b.pdf", "c.txt"] {
        std::fs::write(dir.path().join(name), "正文\n").expect("written");
        files.know(name.into(), dir.path().join(name));
    }
    assert!(files.attachment("a.txt").is_some() && files.attachment("b.pdf").is_none());
    assert!(files.figure("a.txt").is_none(), "text is no figure");
    assert_eq!(files.refused.len(), 2, "each use is told");
    assert!(files.figure("a.txt").is_none());
    assert_eq!(files.refused.len(), 2, "once");
    assert_eq!(files.idle().collect::<Vec<_>>(), ["A.TXT", "c.txt"]);
    assert!(files.attachment("A.TXT").is_some());
    let ready = files.ready();
    assert_eq!(files.refused.len(), 4, "two addresses: {:?}", ready.keys());
    assert_eq!(ready.keys().collect::<Vec<_>>(), ["wenjian/a.txt"]);
}
