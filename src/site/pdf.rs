//! A PDF file out of lines of text, rules, codes and portraits, with the glyphs it needs of one font inside.
//! The one hand on the PDF writer and the font subsetter. Lengths are millimetres from the upper left corner;
//! type sizes are points. The same drawing gives the same bytes: no day, no name of a program is written.

use std::collections::BTreeMap;

use pdf_writer::types::{
    CidFontType, FontFlags, LineCapStyle, SystemInfo, TextRenderingMode, UnicodeCmap,
};
use pdf_writer::{Content, Filter, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};
use subsetter::{GlyphRemapper, subset};

use super::font::{FontFile, Metrics, OpenFont, outlines};
use super::placard::{Photo, shape};
use super::qr::Code;

/// Points in a millimetre.
const POINTS: f32 = 72.0 / 25.4;
/// Stroke that makes a letter bold, as a share of the type size.
const BOLD: f32 = 0.03;
/// Name of the font in the pages' resources.
const FONT: Name<'static> = Name(b"F");
/// Where the drawing that makes the glyphs of a file ends up: one font program for all of them.
const IDENTITY: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// Where a line of text stands to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// How text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    /// Size, in points.
    pub(super) size: f32,
    /// Whether it is bold.
    pub(super) is_bold: bool,
    /// Where it stands to its point.
    pub(super) align: Align,
}

/// A font or the characters of a document that cannot be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unset {
    /// The font program cannot be cut down.
    Font,
    /// The font lacks this many of the characters.
    Characters(usize),
}

/// A document that is being drawn.
pub(super) struct Document<'f> {
    file: &'f FontFile,
    font: OpenFont<'f>,
    glyphs: GlyphRemapper,
    /// Characters and widths by the number of their glyph in the file.
    used: BTreeMap<u16, (char, f32)>,
    missing: Vec<char>,
    pages: Vec<(Content, (f32, f32))>,
    photos: Vec<Photo>,
}

impl<'f> Document<'f> {
    /// An empty document; `None` where the font cannot be opened.
    pub(super) fn new(file: &'f FontFile) -> Option<Self> {
        Some(Self {
            file,
            font: file.open()?,
            glyphs: GlyphRemapper::new(),
            used: BTreeMap::new(),
            missing: Vec::new(),
            pages: Vec::new(),
            photos: Vec::new(),
        })
    }

    /// Begins a page of this width and height.
    pub(super) fn page(&mut self, size: (f32, f32)) {
        self.pages.push((Content::new(), size));
    }

    /// Width of a line of text at this type size.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        let glyphs = text.chars().filter_map(|c| self.font.glyph(c));
        glyphs.map(|(_, width)| width).sum::<f32>() * size / 1000.0 / POINTS
    }

    /// The content of the present page with a way to turn its heights.
    fn content(&mut self) -> Option<(&mut Content, f32)> {
        self.pages.last_mut().map(|(content, (_, height))| (content, *height))
    }

    /// Sets one line with its foot at a point.
    pub(super) fn text(&mut self, (x, y): (f32, f32), set: Type, text: &str) {
        let width = self.width(text, set.size);
        let x = match set.align {
            Align::Start => x,
            Align::Middle => x - width / 2.0,
            Align::End => x - width,
        };
        let mut line = Vec::new();
        for c in text.chars() {
            match self.font.glyph(c) {
                Some((glyph, width)) => {
                    let cid = self.glyphs.remap(glyph);
                    self.used.entry(cid).or_insert((c, width));
                    line.extend(cid.to_be_bytes());
                }
                None if !self.missing.contains(&c) => self.missing.push(c),
                None => {}
            }
        }
        let Some((content, height)) = self.content() else { return };
        content.begin_text().set_font(FONT, set.size);
        if set.is_bold {
            content.set_text_rendering_mode(TextRenderingMode::FillStroke);
            content.set_line_width(set.size * BOLD);
        } else {
            content.set_text_rendering_mode(TextRenderingMode::Fill);
        }
        content.next_line(x * POINTS, (height - y) * POINTS);
        content.show(Str(&line)).end_text();
    }

    /// Draws a straight line of this width; a dashed one marks where to fold.
    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32, is_dashed: bool) {
        let Some((content, height)) = self.content() else { return };
        content.set_line_width(width * POINTS).set_line_cap(LineCapStyle::ButtCap);
        let dash: &[f32] = if is_dashed { &[3.0, 3.0] } else { &[] };
        content.set_dash_pattern(dash.iter().copied(), 0.0);
        content.move_to(from.0 * POINTS, (height - from.1) * POINTS);
        content.line_to(to.0 * POINTS, (height - to.1) * POINTS).stroke();
        content.set_dash_pattern([], 0.0);
    }

    /// Draws the edge of a box: its upper left corner, its size, the width of the line.
    pub(super) fn frame(&mut self, (x, y): (f32, f32), (w, h): (f32, f32), width: f32) {
        let Some((content, height)) = self.content() else { return };
        content.set_line_width(width * POINTS);
        let foot = (height - y - h) * POINTS;
        content.rect(x * POINTS, foot, w * POINTS, h * POINTS).stroke();
    }

    /// Draws a code with its upper left corner at a point and this side.
    pub(super) fn code(&mut self, (x, y): (f32, f32), side: f32, code: &Code) {
        let Some((content, height)) = self.content() else { return };
        let module = side / code.side as f32;
        for (column, row, run) in &code.runs {
            let (column, row, run) = (*column as f32, *row as f32, *run as f32);
            let foot = height - y - (row + 1.0) * module;
            let (left, wide) = (x + column * module, run * module);
            content.rect(left * POINTS, foot * POINTS, wide * POINTS, module * POINTS);
        }
        content.fill_nonzero();
    }

    /// Draws a portrait as large as fits into a box.
    pub(super) fn photo(&mut self, (x, y): (f32, f32), (w, h): (f32, f32), photo: &Photo) {
        let Ok(shape) = shape(&photo.body) else { return };
        let (wide, tall) = (f32::from(shape.width), f32::from(shape.height));
        let scale = (w / wide).min(h / tall);
        let (wide, tall) = (wide * scale, tall * scale);
        let number = self.photos.iter().position(|known| known.path == photo.path);
        let number = number.unwrap_or_else(|| {
            self.photos.push(photo.clone());
            self.photos.len() - 1
        });
        let Some((content, height)) = self.content() else { return };
        let (left, foot) = (x + (w - wide) / 2.0, height - y - (h + tall) / 2.0);
        let place = [wide, 0.0, 0.0, tall, left, foot].map(|length| length * POINTS);
        content.save_state().transform(place);
        content.x_object(Name(format!("P{number}").as_bytes())).restore_state();
    }

    /// Turns what is drawn from now on upside down, around the middle of a box as wide as the page.
    pub(super) fn turn(&mut self, (y, h): (f32, f32)) {
        let Some((content, (width, height))) = self.pages.last_mut() else { return };
        let middle = *height - y - h / 2.0;
        let turn = [-1.0, 0.0, 0.0, -1.0, *width * POINTS, 2.0 * middle * POINTS];
        content.save_state().transform(turn);
    }

    /// Ends what [`Document::turn`] began.
    pub(super) fn turn_back(&mut self) {
        if let Some((content, _)) = self.content() {
            content.restore_state();
        }
    }

    /// The finished file.
    ///
    /// # Errors
    /// The font lacks a character, or cannot be embedded.
    pub(super) fn finish(self, title: &str) -> Result<Vec<u8>, Unset> {
        if !self.missing.is_empty() {
            return Err(Unset::Characters(self.missing.len()));
        }
        let (bytes, index) = self.file.program();
        let program = subset(bytes, index, &self.glyphs).map_err(|_| Unset::Font)?;
        let mut refs = (1..).map(Ref::new);
        let mut next = || refs.next().unwrap_or(Ref::new(1));
        let (catalog, tree, font, info) = (next(), next(), next(), next());
        let mut pdf = Pdf::new();
        pdf.catalog(catalog).pages(tree).lang(TextStr("zh-CN"));
        pdf.document_info(info).title(TextStr(title));
        let ids = [font, next(), next(), next(), next()];
        write_font(&mut pdf, ids, &self.font.metrics(), (&program, &self.used))?;
        let photos: Vec<(String, Ref)> =
            (0..self.photos.len()).map(|n| (format!("P{n}"), next())).collect();
        for (photo, (_, id)) in self.photos.iter().zip(&photos) {
            write_photo(&mut pdf, *id, photo);
        }
        let kids: Vec<(Ref, Ref)> = self.pages.iter().map(|_| (next(), next())).collect();
        let count = i32::try_from(kids.len()).map_err(|_| Unset::Font)?;
        pdf.pages(tree).kids(kids.iter().map(|(page, _)| *page)).count(count);
        for ((content, (w, h)), (id, stream)) in self.pages.into_iter().zip(kids) {
            let mut page = pdf.page(id);
            page.parent(tree).media_box(Rect::new(0.0, 0.0, w * POINTS, h * POINTS));
            page.contents(stream);
            let mut resources = page.resources();
            resources.fonts().pair(FONT, font);
            if !photos.is_empty() {
                let mut pictures = resources.x_objects();
                for (name, id) in &photos {
                    pictures.pair(Name(name.as_bytes()), *id);
                }
            }
            resources.finish();
            page.finish();
            pdf.stream(stream, content.finish().as_slice());
        }
        Ok(pdf.finish())
    }
}

/// Writes the font: its dictionary, its metrics, its program, and which character each glyph is.
fn write_font(
    pdf: &mut Pdf,
    [font, cid, descriptor, file, to_unicode]: [Ref; 5],
    metrics: &Metrics,
    (program, used): (&[u8], &BTreeMap<u16, (char, f32)>),
) -> Result<(), Unset> {
    let name = format!("GONGSH+{}", metrics.name);
    let full = if metrics.is_cff { format!("{name}-Identity-H") } else { name.clone() };
    let mut of_all = pdf.type0_font(font);
    of_all.base_font(Name(full.as_bytes())).encoding_predefined(Name(b"Identity-H"));
    of_all.descendant_font(cid).to_unicode(to_unicode);
    of_all.finish();
    let mut of_glyphs = pdf.cid_font(cid);
    let kind = if metrics.is_cff { CidFontType::Type0 } else { CidFontType::Type2 };
    of_glyphs.subtype(kind).base_font(Name(name.as_bytes())).system_info(IDENTITY);
    of_glyphs.font_descriptor(descriptor).default_width(1000.0);
    if !metrics.is_cff {
        of_glyphs.cid_to_gid_map_predefined(Name(b"Identity"));
    }
    let mut widths = of_glyphs.widths();
    for (glyph, (_, width)) in used {
        widths.consecutive(*glyph, [*width]);
    }
    widths.finish();
    of_glyphs.finish();
    let [left, bottom, right, top] = metrics.bounds;
    let mut described = pdf.font_descriptor(descriptor);
    described.name(Name(name.as_bytes())).flags(FontFlags::SYMBOLIC);
    described.bbox(Rect::new(left, bottom, right, top)).italic_angle(0.0).stem_v(80.0);
    described.ascent(metrics.ascent).descent(metrics.descent).cap_height(metrics.capitals);
    if metrics.is_cff {
        described.font_file3(file);
    } else {
        described.font_file2(file);
    }
    described.finish();
    if metrics.is_cff {
        let table = outlines(program).ok_or(Unset::Font)?;
        pdf.stream(file, table).pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
    } else {
        let length = i32::try_from(program.len()).map_err(|_| Unset::Font)?;
        pdf.stream(file, program).pair(Name(b"Length1"), length);
    }
    let mut map = UnicodeCmap::new(Name(b"Custom"), IDENTITY);
    used.iter().for_each(|(glyph, (c, _))| map.pair(*glyph, *c));
    pdf.cmap(to_unicode, map.finish().as_slice());
    Ok(())
}

/// Writes a portrait as it is: a PDF file holds JPEG.
fn write_photo(pdf: &mut Pdf, id: Ref, photo: &Photo) {
    let Ok(shape) = shape(&photo.body) else { return };
    let mut image = pdf.image_xobject(id, &photo.body);
    image.filter(Filter::DctDecode);
    image.width(shape.width.into()).height(shape.height.into());
    if shape.colors == 1 {
        image.color_space().device_gray();
    } else {
        image.color_space().device_rgb();
    }
    image.bits_per_component(8);
}
