//! XML of others as a flat row of marks: what drawings and office files are checked by. Reads no document type,
//! follows no reference and no instruction; a text that has one is refused whole.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// One mark of a text, names without their prefix.
pub(super) enum Mark {
    /// An element begins.
    Open(Element),
    /// An element ends.
    Close,
    /// Words, entities resolved.
    Words(String),
    /// A comment.
    Comment,
}

/// The beginning of an element.
pub(super) struct Element {
    /// Its name.
    pub(super) name: String,
    /// The prefix of its name, as in `w`.
    pub(super) prefix: String,
    /// Names and values of what is set on it, declarations of name spaces left out.
    pub(super) set: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.set.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// All words of a text, one after the other.
pub(super) fn words(marks: &[Mark]) -> String {
    let words = |mark: &Mark| match mark {
        Mark::Words(words) => words.clone(),
        Mark::Open(_) | Mark::Close | Mark::Comment => String::new(),
    };
    marks.iter().map(words).collect()
}

/// The marks of a text in UTF-8. `None` where it is not well-formed, or asks for more than reading.
pub(super) fn marks(bytes: &[u8]) -> Option<Vec<Mark>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    let (mut marks, mut open) = (Vec::new(), 0_usize);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                open += 1;
                marks.push(Mark::Open(element(&start)?));
            }
            Event::Empty(start) => marks.extend([Mark::Open(element(&start)?), Mark::Close]),
            Event::End(_) => {
                open = open.checked_sub(1)?;
                marks.push(Mark::Close);
            }
            Event::Text(words) => marks.push(Mark::Words(words.into_inner().into_owned())),
            Event::CData(words) => marks.push(Mark::Words(words.into_inner().into_owned())),
            Event::GeneralRef(name) => marks.push(Mark::Words(referred(&name)?)),
            Event::Comment(_) => marks.push(Mark::Comment),
            Event::Decl(_) => {}
            Event::PI(_) | Event::DocType(_) => return None,
            Event::Eof => break,
        }
    }
    (open == 0 && marks.iter().any(|mark| matches!(mark, Mark::Open(_)))).then_some(marks)
}

fn element(start: &BytesStart<'_>) -> Option<Element> {
    let mut set = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key.as_ref();
        if key == "xmlns" || key.starts_with("xmlns:") {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
        set.push((key.rsplit(':').next().unwrap_or(key).to_owned(), value));
    }
    let name = start.name();
    let (prefix, name) = name.as_ref().split_once(':').unwrap_or(("", name.as_ref()));
    Some(Element { name: name.to_owned(), prefix: prefix.to_owned(), set })
}

/// What a reference says: a character by number, or one of the five that XML names.
fn referred(name: &quick_xml::events::BytesRef<'_>) -> Option<String> {
    if let Some(c) = name.resolve_char_ref().ok()? {
        return Some(c.to_string());
    }
    let known = quick_xml::escape::resolve_predefined_entity(name.clone().into_inner().as_ref());
    known.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_asks_for_more_than_reading_is_refused() {
        for sound in ["<a/>", "<?xml version=\"1.0\"?><a b=\"1\">甲&amp;&#20057;</a>"] {
            assert!(marks(sound.as_bytes()).is_some(), "{sound}");
        }
        for bad in [
            "",
            "甲",
            "<a>",
            "<a></b>",
            "<!DOCTYPE a SYSTEM \"x\"><a/>",
            "<?xml-stylesheet href=\"x\"?><a/>",
            "<a>&own;</a>",
            "<a b=\"1\" b=\"2\"/>",
        ] {
            assert!(marks(bad.as_bytes()).is_none(), "{bad}");
        }
        assert!(marks(b"<a>\xff</a>").is_none());
    }
}
