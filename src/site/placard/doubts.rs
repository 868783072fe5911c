//! What is to be mended before a placard is hung up: officers who may not be shown, characters that a font
//! lacks, portraits that cannot be used. All are told by place in the file; none stops a site.

use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use crate::diag::{Failure, Finding, Findings, Note, Place};
use crate::law::{Day, Shelf};
use crate::vocab::{Bureau, Officer, Refusal};

use super::super::font::FontFile;
use super::photo::{Photo, Unusable, photo_of};
use super::{Placards, Refused};

/// Where the officers stand.
const STAFF: &str = "data/staff.yml";

/// Characters that every Chinese font draws.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Characters {
    /// First and last character of each stretch.
    common: Vec<[u32; 2]>,
}

impl Characters {
    fn has(&self, c: char) -> bool {
        let c = u32::from(c);
        self.common.iter().any(|[first, last]| (*first..=*last).contains(&c))
    }
}

/// The record of one day, with all that is to be mended in it.
///
/// # Errors
/// The table of characters is broken.
pub(crate) fn placards(
    (root, shelf): (&Path, &Shelf),
    bureau: &Bureau,
    staff: &[Officer],
    today: Day,
) -> Result<(Placards, Findings), Failure> {
    let mut findings = Findings::new();
    let photos = photos(root, bureau, staff, &mut findings);
    let placards = Placards::of(bureau, staff, today, photos);
    findings.extend(placards.refused.iter().filter_map(refused));
    let glyphs = Glyphs::of(root, shelf, bureau, &mut findings)?;
    for (row, officer) in (1..).zip(staff).filter(|(_, o)| o.may_be_shown_on(today)) {
        findings.extend(glyphs.lacking(row, officer));
    }
    Ok((placards, findings))
}

/// Who is on duty and yet on no placard. Leavers, the suspended and auxiliary staff are as they should be.
fn refused(refused: &Refused) -> Option<Finding> {
    match refused.why {
        Refusal::Left | Refusal::Suspended | Refusal::Auxiliary => return None,
        Refusal::Uncertified
        | Refusal::NotYetValid(_)
        | Refusal::Expired(_)
        | Refusal::PrivateNumber => {}
    }
    Some(Finding::new("officer-not-shown", staff_file()).noted(refused.why.note(refused.row)))
}

/// Portraits by row, where the bureau wants them.
fn photos(
    root: &Path,
    bureau: &Bureau,
    staff: &[Officer],
    findings: &mut Findings,
) -> Vec<Option<Photo>> {
    let mut take = |(row, officer): (usize, &Officer)| {
        let found = bureau.placards.photos.then(|| photo_of(root, officer)).flatten()?;
        found.map_err(|why| findings.push(unusable(row, why))).ok()
    };
    (1..).zip(staff).map(&mut take).collect()
}

fn unusable(row: usize, why: Unusable) -> Finding {
    let note = match why {
        Unusable::Missing => Note::new(
            "第 {} 人：data 目录里没有这个照片文件",
            "officer {}: there is no such file beside staff.yml",
        ),
        Unusable::TooLarge => Note::new("第 {} 人：照片超过 1 MB", "officer {}: larger than 1 MB"),
        Unusable::NoPicture => {
            Note::new("第 {} 人：不是 JPEG 照片，或者已损坏", "officer {}: no sound JPEG picture")
        }
        Unusable::TooSmall => {
            Note::new("第 {} 人：照片宽度不足 150 像素", "officer {}: narrower than 150 pixels")
        }
        Unusable::CarriesData => Note::new(
            "第 {} 人：照片里有拍摄时间、地点、设备等信息",
            "officer {}: it carries time, place or device",
        ),
    };
    Finding::new("unusable-photo", staff_file()).noted(note.with(row))
}

fn staff_file() -> Place {
    Place::File { file: Arc::from(STAFF) }
}

/// What names are held against: the glyphs of the bureau's font, else what every Chinese font has.
struct Glyphs {
    common: Characters,
    font: Option<FontFile>,
}

impl Glyphs {
    fn of(
        root: &Path,
        shelf: &Shelf,
        bureau: &Bureau,
        findings: &mut Findings,
    ) -> Result<Self, Failure> {
        let named = bureau.placards.font.as_deref().map(|file| root.join(file));
        let font = named.as_deref().map(FontFile::read);
        if matches!(font, Some(None)) {
            let place = Place::File { file: Arc::from("site.yml") };
            findings.push(Finding::new("unusable-font", place));
        }
        Ok(Self { common: shelf.load("forms/characters.yml")?, font: font.flatten() })
    }

    /// The characters of what is printed of an officer that are not drawn, each by its place.
    fn lacking(&self, row: usize, officer: &Officer) -> Vec<Finding> {
        let open = self.font.as_ref().and_then(FontFile::open);
        let draws = |c: char| match &open {
            Some(font) => font.glyph(c).is_some(),
            None => self.common.has(c),
        };
        let columns = [
            ("第 {} 人：姓名第 {} 字", "officer {}: character {} of the name", &officer.name),
            ("第 {} 人：单位第 {} 字", "officer {}: character {} of the unit", &officer.unit),
            ("第 {} 人：职务第 {} 字", "officer {}: character {} of the post", &officer.post),
        ];
        let mut found = Vec::new();
        for (zh, en, text) in columns {
            for (at, _) in (1_usize..).zip(text.chars()).filter(|(_, c)| !draws(*c)) {
                let note = Note::new(zh, en).with(row).with(at);
                found.push(Finding::new("missing-glyph", staff_file()).noted(note));
            }
        }
        found
    }
}
