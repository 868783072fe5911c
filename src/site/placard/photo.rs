//! Portraits: a JPEG file beside `staff.yml`, looked at before it is copied. One that says where and with what
//! it was taken, or that is anything but a picture, is not used. Never changes a picture.

use std::path::Path;

use crate::vocab::Officer;

use super::super::theme::fingerprint;

/// Largest file, in bytes.
const LARGEST: u64 = 1 << 20;
/// Narrowest picture, in pixels: 25 mm at about 150 dots an inch.
const NARROWEST: u16 = 150;

/// Longest segment of an application that holds nothing but the form of the picture, in bytes.
const BARE: usize = 14;

/// A portrait that may be shown.
#[derive(Clone, Debug)]
pub(in crate::site) struct Photo {
    /// Path in the site, with a digest of its content for a name.
    pub(in crate::site) path: String,
    /// The bytes.
    pub(in crate::site) body: Vec<u8>,
}

/// Why a portrait is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::site) enum Unusable {
    /// The name leads elsewhere, or there is no such plain file.
    Missing,
    /// More bytes than a portrait needs.
    TooLarge,
    /// No JPEG picture, or a broken one.
    NoPicture,
    /// Fewer pixels than print needs.
    TooSmall,
    /// It carries what cameras write beside the picture: place, time, device.
    CarriesData,
}

/// What a JPEG says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::site) struct Shape {
    /// Width, in pixels.
    pub(in crate::site) width: u16,
    /// Height, in pixels.
    pub(in crate::site) height: u16,
    /// Colors: 1 for gray, 3 for colored.
    pub(in crate::site) colors: u8,
}

/// The portrait of an officer; `None` where none is named.
pub(in crate::site) fn photo_of(root: &Path, officer: &Officer) -> Option<Result<Photo, Unusable>> {
    officer.photo.as_deref().map(|name| read(&root.join("data"), name))
}

fn read(folder: &Path, name: &str) -> Result<Photo, Unusable> {
    let is_plain = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\']);
    let path = folder.join(name);
    let meta = std::fs::symlink_metadata(&path).map_err(|_| Unusable::Missing)?;
    if !is_plain || !meta.is_file() {
        return Err(Unusable::Missing);
    }
    if meta.len() > LARGEST {
        return Err(Unusable::TooLarge);
    }
    let body = std::fs::read(&path).map_err(|_| Unusable::Missing)?;
    if shape(&body)?.width < NARROWEST {
        return Err(Unusable::TooSmall);
    }
    Ok(Photo { path: format!("assets/photo/{:016x}.jpg", fingerprint(&body)), body })
}

/// Walks all segments, those between the scans of a progressive picture too.
pub(in crate::site) fn shape(jpeg: &[u8]) -> Result<Shape, Unusable> {
    let mut rest = jpeg.strip_prefix(&[0xff, 0xd8]).ok_or(Unusable::NoPicture)?;
    let mut found = None;
    loop {
        // Nothing may follow the picture's end: a second picture, or words.
        match *rest {
            [0xff, 0xd9] if found.is_some() => break,
            [0xff, 0xd9, ..] => return Err(Unusable::CarriesData),
            _ => {}
        }
        let [0xff, marker, a, b, ..] = *rest else { return Err(Unusable::NoPicture) };
        let length = usize::from(u16::from_be_bytes([a, b]));
        let segment = rest.get(4..2 + length).ok_or(Unusable::NoPicture)?;
        match marker {
            0xc0..=0xc2 => found = Some(frame(segment).ok_or(Unusable::NoPicture)?),
            0xda => {
                rest = scanned(&rest[2 + length..]);
                continue;
            }
            // Quantization, Huffman tables, restart interval.
            0xdb | 0xc4 | 0xdd => {}
            // JFIF without a thumbnail, and the color transform of Adobe.
            0xe0 | 0xee if segment.len() <= BARE => {}
            // Exif, XMP, ICC, thumbnails, comments.
            0xe0..=0xef | 0xfe => return Err(Unusable::CarriesData),
            _ => return Err(Unusable::NoPicture),
        }
        rest = &rest[2 + length..];
    }
    found.filter(|shape| shape.height > 0 && shape.width > 0).ok_or(Unusable::NoPicture)
}

fn frame(segment: &[u8]) -> Option<Shape> {
    let [8, h1, h2, w1, w2, colors @ (1 | 3), ..] = *segment else { return None };
    let (width, height) = (u16::from_be_bytes([w1, w2]), u16::from_be_bytes([h1, h2]));
    Some(Shape { width, height, colors })
}

/// What follows the data of a scan: the next marker that is neither a stuffed byte nor a restart.
fn scanned(data: &[u8]) -> &[u8] {
    let is_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff);
    data.windows(2).position(is_marker).map_or(&[], |at| &data[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of this width with one more segment before its data.
    fn jpeg(width: u16, marker: u8, more: &[u8], tail: &[u8]) -> Vec<u8> {
        let mut out = vec![0xff, 0xd8, 0xff, marker];
        out.extend(u16::try_from(more.len() + 2).expect("short").to_be_bytes());
        out.extend(more);
        let [a, b] = width.to_be_bytes();
        out.extend([0xff, 0xc0, 0, 11, 8, 1, 94, a, b, 1, 1, 0x11, 0]);
        out.extend([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0x34, 0xff, 0xd9]);
        out.extend(tail);
        out
    }

    #[test]
    fn only_a_bare_picture_is_taken() {
        let sound = Ok(Shape { width: 250, height: 350, colors: 1 });
        assert_eq!(shape(&jpeg(250, 0xe0, b"JFIF\0", b"")), sound);
        for marker in [0xe1, 0xe2, 0xed, 0xfe] {
            let told = shape(&jpeg(250, marker, b"Exif\0\0GPS", b""));
            assert_eq!(told, Err(Unusable::CarriesData), "{marker:x}");
        }
        // Between the scan and the end, where nobody looks.
        let mut hidden = jpeg(250, 0xe0, b"JFIF\0", b"");
        hidden.truncate(hidden.len() - 2);
        for marker in [0xe1, 0xfe] {
            let tail = [&[0xff, marker, 0, 5][..], b"GPS", &[0xff, 0xd9]].concat();
            let told = shape(&[&hidden[..], &tail].concat());
            assert_eq!(told, Err(Unusable::CarriesData), "{marker:x}");
        }
        let followed = jpeg(250, 0xe0, b"JFIF\0", b"words\xff\xd9");
        assert_eq!(shape(&followed), Err(Unusable::CarriesData));
        let dir = tempfile::tempdir().expect("a folder");
        let narrow = jpeg(90, 0xe0, b"JFIF\0", b"");
        std::fs::write(dir.path().join("a.jpg"), &narrow).expect("written");
        assert_eq!(read(dir.path(), "a.jpg").map(drop), Err(Unusable::TooSmall));
        assert!(shape(&narrow).is_ok(), "a figure may be narrow");
        for broken in [&b""[..], b"\xff\xd8", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0\xff\xff"] {
            assert_eq!(shape(broken), Err(Unusable::NoPicture));
        }
        let whole = jpeg(250, 0xe0, b"JFIF\0", b"");
        for cut in 0..whole.len() {
            assert!(shape(&whole[..cut]).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_no_photo() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/photo-look");
        std::fs::create_dir_all(dir.join("data")).expect("made");
        let picture = jpeg(250, 0xe0, b"JFIF\0", b"");
        std::fs::write(dir.join("data/a.jpg"), &picture).expect("written");
        std::fs::write(dir.join("b.jpg"), &picture).expect("written");
        let data = dir.join("data");
        assert!(read(&data, "a.jpg").is_ok_and(|p| p.body == picture));
        for name in ["../b.jpg", "c.jpg", "", ".", "data/a.jpg"] {
            assert_eq!(read(&data, name).map(|p| p.path).err(), Some(Unusable::Missing), "{name}");
        }
    }
}
