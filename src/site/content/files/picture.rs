//! Figures: a drawing or a picture beside a page, looked at before it is shown. Whatever could act, reach out, hide
//! words or tell where and by whom it was made is refused; nothing is changed.

use crate::diag::Note;

use super::super::super::placard::{Shape, Unusable, shape};
use super::super::xml::{Element, Mark, marks};
use super::Kind;

/// Width and height, in pixels.
pub(super) type Size = (u32, u32);

/// Elements a drawing is made of.
const DRAWN: [&str; 22] = [
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "title",
    "desc",
    "defs",
    "use",
    "symbol",
    "marker",
    "clipPath",
    "pattern",
    "linearGradient",
    "radialGradient",
    "stop",
];
/// Chunks of a PNG file that are the picture and nothing else.
const PLAIN_CHUNKS: [&[u8; 4]; 11] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD",
    b"pHYs",
];
/// Largest side of a picture, in pixels: more than any page shows.
const LARGEST_SIDE: u32 = 12_000;

/// The size of a sound figure, or why it cannot be shown.
pub(super) fn size(kind: Kind, bytes: &[u8]) -> Result<Size, Note> {
    let (width, height) = match kind {
        Kind::Svg => svg(bytes)?,
        Kind::Png => png(bytes)?,
        Kind::Jpeg => jpeg(bytes)?,
        Kind::Csv | Kind::Text | Kind::Workbook | Kind::Document => return Err(broken()),
    };
    let is_fit = |side| (1..=LARGEST_SIDE).contains(&side);
    if is_fit(width) && is_fit(height) { Ok((width, height)) } else { Err(broken()) }
}

fn broken() -> Note {
    Note::new(
        "不是完好的图片，或者内容与文件名后缀不符",
        "no sound picture, or not what its name says",
    )
}

fn carries() -> Note {
    Note::new(
        "图片里带有拍摄地点、时间、设备、作者或者注释等信息：请用“导出”“另存为网页图片”一类的功能去掉后再放",
        "the picture carries place, time, device, author or comments; export it without them",
    )
}

fn jpeg(bytes: &[u8]) -> Result<Size, Note> {
    match shape(bytes) {
        Ok(Shape { width, height, .. }) => Ok((width.into(), height.into())),
        Err(Unusable::CarriesData) => Err(carries()),
        Err(Unusable::NoPicture | Unusable::Missing | Unusable::TooLarge | Unusable::TooSmall) => {
            Err(broken())
        }
    }
}

/// Walks all chunks: what follows the end, or is no part of one still picture, is refused.
fn png(bytes: &[u8]) -> Result<Size, Note> {
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n").ok_or_else(broken)?;
    let mut size = None;
    loop {
        let [a, b, c, d, after @ ..] = rest else { return Err(broken()) };
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        let name = after.get(..4).ok_or_else(broken)?;
        let data = after.get(4..).and_then(|data| data.get(..length)).ok_or_else(broken)?;
        if !PLAIN_CHUNKS.iter().any(|plain| plain.as_slice() == name) {
            return Err(carries());
        }
        if let (b"IHDR", [w1, w2, w3, w4, h1, h2, h3, h4, ..]) = (name, data) {
            let side = |bytes: [u8; 4]| u32::from_be_bytes(bytes);
            size = Some((side([*w1, *w2, *w3, *w4]), side([*h1, *h2, *h3, *h4])));
        }
        rest = after.get(4 + length + 4..).ok_or_else(broken)?;
        if name == b"IEND" {
            break;
        }
    }
    match (size, rest) {
        (_, [_, ..]) => Err(carries()),
        (Some(size), _) => Ok(size),
        (None, _) => Err(broken()),
    }
}

fn svg(bytes: &[u8]) -> Result<Size, Note> {
    let marks = marks(bytes).ok_or_else(broken)?;
    let mut size = None;
    for mark in &marks {
        match mark {
            Mark::Open(element) => {
                if size.is_none() {
                    size = Some(drawn_size(element).ok_or_else(broken)?);
                }
                element_is_still(element)?;
            }
            Mark::Comment => {
                return Err(Note::new(
                    "绘图文件里有注释，读者看不见：请删去",
                    "the drawing has comments nobody sees; remove them",
                ));
            }
            Mark::Words(_) | Mark::Close => {}
        }
    }
    size.ok_or_else(broken)
}

/// The size that the root element gives, by its view box or its sides.
fn drawn_size(root: &Element) -> Option<Size> {
    if root.name != "svg" {
        return None;
    }
    let side = |text: &str| {
        let number = text.trim().trim_end_matches("px").parse::<f64>().ok()?;
        let whole = number.ceil();
        (whole >= 1.0 && whole <= f64::from(LARGEST_SIDE))
            .then(|| format!("{whole:.0}").parse().ok())?
    };
    let boxed = root
        .get("viewBox")
        .map(|text| text.split([' ', ',']).filter(|part| !part.is_empty()).collect::<Vec<_>>());
    match boxed.as_deref() {
        Some([_, _, width, height]) => Some((side(width)?, side(height)?)),
        Some(_) => None,
        None => Some((side(root.get("width")?)?, side(root.get("height")?)?)),
    }
}

/// Whether an element draws, and nothing else.
fn element_is_still(element: &Element) -> Result<(), Note> {
    if !DRAWN.contains(&element.name.as_str()) || !matches!(element.prefix.as_str(), "" | "svg") {
        return Err(Note::new(
            "绘图文件里有脚本、动画、链接、内嵌图片、样式表或者绘图软件留下的信息：请另存为“普通 SVG”，文字和形状以外的都去掉",
            "the drawing has a script, animation, link, picture, style sheet or an editor's data; save it as plain SVG",
        ));
    }
    for (name, value) in &element.set {
        let folded = value.to_ascii_lowercase();
        if name.to_ascii_lowercase().starts_with("on") || reaches_out(name, &folded) {
            return Err(Note::new(
                "绘图文件里有脚本，或者引用了文件以外的内容",
                "the drawing has a script, or refers to something outside itself",
            ));
        }
        let declared = folded.split(';').filter_map(|part| part.split_once(':'));
        let own = std::iter::once((name.as_str(), folded.as_str()));
        if declared.chain(own).any(|(name, value)| hides(name.trim(), value.trim())) {
            return Err(Note::new(
                "绘图文件里有看不见的内容（隐藏、全透明或者字号为零）：请删去",
                "the drawing has what nobody sees: hidden, transparent or of no size; remove it",
            ));
        }
    }
    Ok(())
}

/// Whether a value leads out of the file: only references to parts of the drawing itself stay.
fn reaches_out(name: &str, folded: &str) -> bool {
    let bare: String =
        folded.chars().filter(|c| !c.is_whitespace() && !"'\"".contains(*c)).collect();
    let leads = name == "href" && !bare.starts_with('#');
    leads
        || bare.contains("script:")
        || bare.contains('\\')
        || bare.contains("@import")
        || bare.matches("url(").count() != bare.matches("url(#").count()
}

fn hides(name: &str, value: &str) -> bool {
    let unit = value.find(|c: char| !(c.is_ascii_digit() || "+-.".contains(c)));
    let (number, unit) = value.split_at(unit.unwrap_or(value.len()));
    let parts = if unit.trim() == "%" { 100.0 } else { 1.0 };
    // A letter of a tenth of an em is as good as none.
    let least = if name == "font-size" { 0.1 } else { 0.01 };
    let is_none = number.parse::<f64>().is_ok_and(|n| n / parts <= least);
    match name {
        "display" => value == "none",
        "visibility" => value != "visible",
        "opacity" | "fill-opacity" | "font-size" => is_none,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(inside: &str) -> Result<Size, Note> {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 360\">{inside}</svg>"
        );
        size(Kind::Svg, svg.as_bytes())
    }

    #[test]
    fn a_still_drawing_is_shown() {
        let still = "<defs><marker id=\"m\"/></defs><text x=\"1\" style=\"fill:#000\">窗口</text>\
            <path d=\"M0 0\" marker-end=\"url(#m)\"/><use href=\"#m\"/>";
        assert_eq!(drawing(still), Ok((640, 360)));
        let sides = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"12.5px\" height=\"9\"/>";
        assert_eq!(size(Kind::Svg, sides), Ok((13, 9)));
    }

    #[test]
    fn a_drawing_that_acts_reaches_out_or_hides_is_refused() {
        for bad in [
            "<script>1</script>",
            "<a href=\"#m\"><text>甲</text></a>",
            "<image href=\"x.png\"/>",
            "<foreignObject/>",
            "<animate/>",
            "<style>@import 'x'</style>",
            "<metadata>作者</metadata>",
            "<i:pgf xmlns:i=\"x\"/>",
            "<rect onload=\"x()\"/>",
            "<use href=\"https://evil.example/#m\"/>",
            "<rect fill=\"url( 'https://evil.example/' )\"/>",
            "<rect style=\"fill:u\\72l(x)\"/>",
            "<text display=\"none\">暗</text>",
            "<text style=\"fill:#000; visibility : hidden\">暗</text>",
            "<text opacity=\"0\">暗</text>",
            "<text style=\"font-size:0px\">暗</text>",
            "<text style=\"font-size:0pt\">暗</text>",
            "<text font-size=\"0.1em\">暗</text>",
            "<text opacity=\".5%\">暗</text>",
            "<!-- 暗 -->",
            "<text>&x;</text>",
            "<g>",
        ] {
            assert!(drawing(bad).is_err(), "{bad}");
        }
        assert!(size(Kind::Svg, b"<html/>").is_err());
        assert!(size(Kind::Svg, b"<svg viewBox=\"0 0 0 0\"/>").is_err());
    }

    /// A PNG file of these chunks; the sums of the chunks are not looked at.
    fn png_of(chunks: &[(&[u8; 4], &[u8])], tail: &[u8]) -> Vec<u8> {
        let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
        for (name, data) in chunks {
            out.extend(u32::try_from(data.len()).expect("short").to_be_bytes());
            out.extend(name.iter().chain(*data).chain(&[0; 4]));
        }
        out.extend(tail);
        out
    }

    #[test]
    fn only_a_bare_picture_is_shown() {
        let head: (&[u8; 4], &[u8]) = (b"IHDR", &[0, 0, 1, 0, 0, 0, 0, 200, 8, 2, 0, 0, 0]);
        let (data, end): ((_, &[u8]), (_, &[u8])) = ((b"IDAT", b"x"), (b"IEND", b""));
        assert_eq!(size(Kind::Png, &png_of(&[head, data, end], b"")), Ok((256, 200)));
        for extra in [b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME", b"iCCP", b"acTL", b"prVt"] {
            let told = size(Kind::Png, &png_of(&[head, (extra, b"GPS"), data, end], b""));
            assert_eq!(told, Err(carries()), "{extra:?}");
        }
        assert_eq!(size(Kind::Png, &png_of(&[head, data, end], b"PK")), Err(carries()));
        let whole = png_of(&[head, data, end], b"");
        for cut in 0..whole.len() {
            assert!(size(Kind::Png, &whole[..cut]).is_err(), "cut at {cut}");
        }
        assert!(size(Kind::Jpeg, &whole).is_err());
    }
}
