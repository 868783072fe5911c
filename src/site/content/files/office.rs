//! Workbooks and documents offered for download: every part must be text that can be read, nothing may be hidden
//! in them, and they name nobody who wrote them. What they say is read by the audit.

use std::collections::BTreeSet;

use crate::clearance::bears_classification_mark;
use crate::diag::Note;

use super::super::super::packed::{Part, parts};
use super::super::markdown::is_followed;
use super::super::xml::{Element, Mark, marks, words};
use super::{Fault, HIDDEN, Kind, NAMES, UNREADABLE};

/// What is wrong with a workbook or document, each fault once. `own` are the names of the bureau and its units.
pub(super) fn faults(kind: Kind, bytes: &[u8], own: &BTreeSet<String>) -> BTreeSet<Fault> {
    let mut found = BTreeSet::new();
    let Some(parts) = parts(bytes) else {
        return BTreeSet::from([Fault::Is(
            UNREADABLE,
            "打不开：文件损坏、加了密码，或者其实是旧格式",
            "cannot be opened: broken, locked or of an old form",
        )]);
    };
    let main = if kind == Kind::Workbook { "xl/workbook.xml" } else { "word/document.xml" };
    if !parts.iter().any(|part| part.name == main) {
        found.insert(Fault::Is(UNREADABLE, "内容与文件名后缀不符", "not what its name says"));
    }
    for part in &parts {
        look(part, own, &mut found);
    }
    found
}

fn look(part: &Part, own: &BTreeSet<String>, found: &mut BTreeSet<Fault>) {
    let marks = if is_text(&part.name) { marks(&part.body) } else { None };
    let Some(marks) = marks else {
        found.insert(strange(&part.name));
        return;
    };
    let text = words(&marks);
    if bears_classification_mark(&text) {
        found.insert(Fault::Secret);
    }
    match part.name.as_str() {
        "docProps/core.xml" => found.extend(named(&marks, &["creator", "lastModifiedBy"], own)),
        "docProps/app.xml" => found.extend(named(&marks, &["Company", "Manager"], own)),
        "docProps/custom.xml" => found.extend(custom(&marks)),
        name if name.starts_with("customXml/") && !name.contains("/_rels/") => {
            if !text.trim().is_empty() {
                found.insert(Fault::Is(
                    HIDDEN,
                    "附带了看不见的数据（customXml）",
                    "it carries data nobody sees",
                ));
            }
        }
        name => found.extend(hidden_part(name)),
    }
    for mark in &marks {
        match mark {
            Mark::Open(element) => found.extend(hidden(element)),
            Mark::Comment | Mark::Close | Mark::Words(_) => {}
        }
    }
}

/// Whether a part is text by its name.
fn is_text(name: &str) -> bool {
    name.ends_with(".xml") || name.ends_with(".rels")
}

/// A part that cannot be read, by what it is.
fn strange(name: &str) -> Fault {
    let (zh, en) = match name.to_ascii_lowercase() {
        n if n.contains("vbaproject") => ("含有宏", "it has macros"),
        n if n.contains("/media/") => {
            ("含有图片，图片里的文字无法核对", "it has pictures, whose words cannot be read")
        }
        n if n.contains("thumbnail") => {
            ("含有预览图：保存时不要勾选“保存预览图片”", "it has a preview picture")
        }
        n if n.contains("embeddings/") => ("含有嵌入的对象", "it has embedded objects"),
        n if n.contains("fonts/") => ("含有嵌入的字体", "it has embedded fonts"),
        n if n.contains("printersettings") => {
            ("含有打印机设置：请另存一份再放", "it has settings of a printer; save a copy")
        }
        n if is_text(&n) => ("有一部分不是规范的文字", "a part is no well-formed text"),
        _ => ("含有无法读成文字的部分", "it has a part that is no text"),
    };
    Fault::Is(UNREADABLE, zh, en)
}

/// Persons and firms that the properties name, other than the bureau itself.
fn named(marks: &[Mark], keys: &[&str], own: &BTreeSet<String>) -> Option<Fault> {
    let mut inside = false;
    for mark in marks {
        match mark {
            Mark::Open(element) => inside = keys.contains(&element.name.as_str()),
            Mark::Close => inside = false,
            Mark::Words(words)
                if inside && !words.trim().is_empty() && !own.contains(words.trim()) =>
            {
                return Some(Fault::Is(
                    NAMES,
                    "文档属性里有作者、最后修改人、单位或者经理",
                    "the properties name an author, editor, company or manager",
                ));
            }
            Mark::Words(_) | Mark::Comment => {}
        }
    }
    None
}

/// Properties of others: WPS writes its own version and a digest, which name nobody.
fn custom(marks: &[Mark]) -> Option<Fault> {
    let foreign = |element: &Element| {
        let name = element.get("name").unwrap_or_default();
        element.name == "property" && !name.starts_with("KSO") && name != "ICV"
    };
    let has = marks.iter().any(|mark| matches!(mark, Mark::Open(element) if foreign(element)));
    has.then_some(Fault::Is(NAMES, "文档属性里有自定义内容", "the properties have custom entries"))
}

/// Parts that hold what a reader does not see at once.
fn hidden_part(name: &str) -> Option<Fault> {
    const KEPT_APART: [(&str, &str, &str); 6] = [
        ("comments", "含有批注", "it has comments"),
        ("persons/", "含有批注人的姓名", "it names who commented"),
        ("people", "含有批注人或者修订人的姓名", "it names who commented or revised"),
        ("pivotCache/", "含有数据透视表的原始数据", "it has the source of a pivot table"),
        ("externalLinks/", "引用了别的工作簿", "it refers to another workbook"),
        ("connections", "引用了外部数据", "it refers to outside data"),
    ];
    let inner = name.strip_prefix("word/").or_else(|| name.strip_prefix("xl/"))?;
    let hit = KEPT_APART.iter().find(|(begin, ..)| {
        inner.starts_with(begin) || inner.starts_with(&format!("threaded{}", capital(begin)))
    });
    hit.map(|(_, zh, en)| Fault::Is(HIDDEN, zh, en))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Revisions, hidden text, sheets, rows and columns, and what lies outside the file.
fn hidden(element: &Element) -> Option<Fault> {
    let is_on = |value: Option<&str>| !matches!(value, Some("0" | "false" | "off" | "none"));
    let (zh, en) = match element.name.as_str() {
        "ins" | "del" | "moveFrom" | "moveTo" | "rPrChange" | "pPrChange" => (
            "含有修订记录：请接受或者拒绝全部修订",
            "it has tracked changes; accept or reject them",
        ),
        "vanish" | "specVanish" if is_on(element.get("val")) => {
            ("含有隐藏的文字", "it has hidden text")
        }
        "sheet" if element.get("state").is_some_and(|state| state != "visible") => {
            ("含有隐藏的工作表", "it has hidden sheets")
        }
        "row" | "col" if element.get("hidden").is_some_and(|v| is_on(Some(v))) => {
            ("含有隐藏的行或者列", "it has hidden rows or columns")
        }
        "sheetFormatPr" if element.get("zeroHeight").is_some_and(|v| is_on(Some(v))) => {
            ("含有隐藏的行或者列", "it has hidden rows or columns")
        }
        "row" | "col" if ["ht", "width"].iter().any(|side| is_nothing(element.get(side))) => {
            ("含有高度或者宽度为零的行、列", "it has rows or columns of no size")
        }
        "definedName" if element.get("hidden").is_some_and(|v| is_on(Some(v))) => {
            ("含有隐藏的名称", "it has hidden names")
        }
        // Where it was saved, or who may write in it: both name a person.
        "absPath" | "fileSharing" if names_somebody(element) => {
            let (zh, en) = (
                "记有保存位置或者编辑人：用“文件 - 信息 - 检查文档”去掉后再放",
                "it tells where it was saved or who edits it; inspect and clean it first",
            );
            return Some(Fault::Is(NAMES, zh, en));
        }
        "Relationship" if element.get("TargetMode") == Some("External") => {
            let is_link = element.get("Type").is_some_and(|kind| kind.ends_with("/hyperlink"));
            if is_link && element.get("Target").is_some_and(is_followed) {
                return None;
            }
            (
                "引用了文件以外的模板、图片、数据或者本机文件",
                "it refers to what lies outside the file",
            )
        }
        _ => return None,
    };
    Some(Fault::Is(HIDDEN, zh, en))
}

/// Whether a side is given and has no length.
fn is_nothing(side: Option<&str>) -> bool {
    side.and_then(|text| text.trim().parse::<f64>().ok()).is_some_and(|length| length < 0.1)
}

fn names_somebody(element: &Element) -> bool {
    let says = |name| element.get(name).is_some_and(|value| !value.trim().is_empty());
    says("url") || says("userName")
}

impl Fault {
    /// What a finding says of it.
    pub(super) fn note(&self) -> Option<Note> {
        match self {
            Self::Is(_, zh, en) => Some(Note::new(zh, en)),
            Self::Secret => None,
        }
    }
}
