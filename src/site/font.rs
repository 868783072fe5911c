//! A font file: which characters it draws, and how wide. The one hand on the font parser. Never falls back to
//! another font in silence.

use std::path::{Path, PathBuf};

use ttf_parser::{Face, GlyphId, RawFace, Tag, fonts_in_collection};

/// Words in the name of the face with Chinese forms, where one file holds several.
const CHINESE: [&str; 2] = ["SC", "GB"];

/// A font file, read.
#[derive(Debug)]
pub(crate) struct FontFile {
    path: PathBuf,
    bytes: Vec<u8>,
    index: u32,
}

/// What a PDF file must say of a font. Lengths in thousandths of the type size.
#[derive(Debug)]
pub(super) struct Metrics {
    /// PostScript name.
    pub(super) name: String,
    /// Corners of the box around all glyphs: left, bottom, right, top.
    pub(super) bounds: [f32; 4],
    /// Height above the line.
    pub(super) ascent: f32,
    /// Depth below it, negative.
    pub(super) descent: f32,
    /// Height of capitals.
    pub(super) capitals: f32,
    /// Whether outlines are of the PostScript kind.
    pub(super) is_cff: bool,
}

impl FontFile {
    /// Reads a file; `None` where it cannot be read or is no font of outlines.
    pub(crate) fn read(path: &Path) -> Option<Self> {
        let bytes = std::fs::read(path).ok()?;
        let index = chinese_face(&bytes)?;
        Some(Self { path: path.to_owned(), bytes, index })
    }

    /// Its path.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The bytes and the number of the face in them.
    pub(super) fn program(&self) -> (&[u8], u32) {
        (&self.bytes, self.index)
    }

    /// Opens the face to ask for glyphs.
    pub(super) fn open(&self) -> Option<OpenFont<'_>> {
        Face::parse(&self.bytes, self.index).ok().map(OpenFont)
    }
}

/// The face with Chinese forms, else the first.
fn chinese_face(bytes: &[u8]) -> Option<u32> {
    let count = fonts_in_collection(bytes).unwrap_or(1);
    let faces = (0..count).filter_map(|i| Some((i, Face::parse(bytes, i).ok()?)));
    let usable: Vec<(u32, Face<'_>)> = faces.filter(|(_, face)| has_outlines(face)).collect();
    let is_chinese = |face: &Face<'_>| {
        let names = face.names().into_iter().filter_map(|name| name.to_string());
        names.into_iter().any(|name| name.split(' ').any(|word| CHINESE.contains(&word)))
    };
    let chinese = usable.iter().find(|(_, face)| is_chinese(face));
    chinese.or(usable.first()).map(|(index, _)| *index)
}

fn has_outlines(face: &Face<'_>) -> bool {
    face.tables().cff.is_some() || face.tables().glyf.is_some()
}

/// A face to ask.
pub(super) struct OpenFont<'f>(Face<'f>);

impl OpenFont<'_> {
    /// The glyph of a character and its width in thousandths; `None` where the font does not draw it.
    pub(super) fn glyph(&self, c: char) -> Option<(u16, f32)> {
        let glyph = self.0.glyph_index(c).filter(|glyph| glyph.0 != 0)?;
        Some((glyph.0, self.width(glyph)))
    }

    fn width(&self, glyph: GlyphId) -> f32 {
        self.0.glyph_hor_advance(glyph).map_or(0.0, |width| self.thousandths(f32::from(width)))
    }

    fn thousandths(&self, units: f32) -> f32 {
        units * 1000.0 / f32::from(self.0.units_per_em())
    }

    /// What a PDF file says of the font.
    pub(super) fn metrics(&self) -> Metrics {
        let of = |units: i16| self.thousandths(f32::from(units));
        let names = self.0.names();
        let named =
            names.into_iter().filter(|n| n.name_id == ttf_parser::name_id::POST_SCRIPT_NAME);
        let bounds = self.0.global_bounding_box();
        Metrics {
            name: named.into_iter().find_map(|n| n.to_string()).unwrap_or_else(|| "Font".into()),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(of),
            ascent: of(self.0.ascender()),
            descent: of(self.0.descender()),
            capitals: of(self.0.capital_height().unwrap_or_else(|| self.0.ascender())),
            is_cff: self.0.tables().cff.is_some(),
        }
    }
}

/// The table of PostScript outlines of a font program; a PDF file embeds it alone.
pub(super) fn outlines(program: &[u8]) -> Option<&[u8]> {
    RawFace::parse(program, 0).ok()?.table(Tag::from_bytes(b"CFF "))
}
