//! The words of an office file or a drawing as a reader sees them: programs cut a paragraph into runs wherever they
//! like, also in the middle of a number. Joins the runs and parts what stands apart; decodes nothing.

use super::tags::{Tag, tags};

/// Elements that stand apart from what follows: paragraphs, strings of a workbook, cells, rows, points of a chart;
/// texts and titles of a drawing.
const APART: [&[u8]; 10] =
    [b"p", b"si", b"is", b"c", b"tc", b"row", b"pt", b"text", b"title", b"desc"];
/// What parts words in a line.
const IN_LINE: [&[u8]; 3] = [b"br", b"tab", b"cr"];

/// The text between the tags of a part, references to characters left as they are.
pub(super) fn joined(xml: &[u8]) -> Vec<u8> {
    let (mut out, mut at) = (Vec::with_capacity(xml.len() / 4), 0);
    for tag in tags(xml, 0..xml.len()) {
        out.extend_from_slice(xml.get(at..tag.start).unwrap_or_default());
        at = tag.end;
        let name = local(&tag);
        if APART.contains(&name) {
            out.extend_from_slice(b"\n\n\n");
        } else if IN_LINE.contains(&name) {
            out.push(b' ');
        }
    }
    out.extend_from_slice(xml.get(at..).unwrap_or_default());
    out
}

/// The name of an element without the prefix of its namespace.
fn local<'t>(tag: &Tag<'t>) -> &'t [u8] {
    let Some(rest) = tag.rest.strip_prefix(b":") else { return tag.name };
    let end = rest.iter().position(|b| !b.is_ascii_alphanumeric());
    &rest[..end.unwrap_or(rest.len())]
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn runs_are_joined_and_paragraphs_are_not() {
        let words = |xml: &str| String::from_utf8(joined(xml.as_bytes())).expect("text");
        let runs =
            "<w:p a=\"1\"><w:r><w:t>138</w:t></w:r><w:r><w:t>12&#51;</w:t></w:r></w:p><w:p>4</w:p>";
        assert_eq!(words(runs).trim(), "13812&#51;\n\n\n\n\n\n4");
        assert_eq!(words("<c><v>138</v></c><c><v>1</v></c>").trim(), "138\n\n\n\n\n\n1");
        assert_eq!(words("<t>1</t><br/><t>2"), "1 2");
        let drawn =
            "<text x=\"1\"><tspan>138</tspan><tspan dx=\"9\">12</tspan></text><text>3</text>";
        assert_eq!(words(drawn).trim(), "13812\n\n\n\n\n\n3");
    }
}
