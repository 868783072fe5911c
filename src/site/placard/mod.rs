//! Placards: the one record of units and officers that list, landing pages, sheets to print and PDF files show.
//!
//! Everything here is public and comes from `staff.yml` and `site.yml`. Never an identity number, a home
//! address, a private telephone, a date of birth.

mod doubts;
mod draw;
mod layout;
mod photo;
mod rolls;
mod sizes;
mod version;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::law::Day;
use crate::ledger::Ended;
use crate::vocab::{Bureau, CaseId, Officer, OfficerStatus, Refusal, UnitEntry};

pub(crate) use doubts::placards;
pub(crate) use layout::Layout;
pub(super) use photo::{Photo, Shape, Unusable, shape};
pub(super) use rolls::{BoardSheet, CardSheet, Roll, WindowSheet};

use super::theme::fingerprint;

/// Name of the sheet that shows everybody.
const BOARD: &str = "board";
/// Where a unit stands that `site.yml` does not name.
const UNRANKED: usize = usize::MAX;

/// An officer as list and placards show one.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct OfficerFacts {
    /// Name.
    pub(super) name: String,
    /// The name in parts between which a line may end: after each dot.
    parts: Vec<String>,
    /// Unit.
    pub(super) unit: String,
    /// Post.
    pub(super) post: String,
    /// Badge number.
    pub(super) badge: String,
    /// Certificate number.
    pub(super) certificate: Option<String>,
    /// Last day of the certificate; on pages only, so that a new certificate needs no new placard.
    pub(super) valid_until: Option<String>,
    /// Folder of the landing page.
    pub(super) href: String,
    /// Class of the name's length, for its size in print.
    pub(super) size: &'static str,
    /// Version of the placards of this officer.
    pub(super) version: String,
    /// Path of the code that leads to the landing page, where the site's address is known.
    pub(super) qr: Option<String>,
    /// What the code says.
    pub(super) address: Option<String>,
    /// Path of the portrait.
    pub(super) photo: Option<String>,
}

/// A unit with the officers it shows.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct UnitFacts {
    /// Name.
    pub(super) name: String,
    /// Anchor of the unit on the list.
    pub(super) anchor: String,
    /// What it does.
    pub(super) duties: Option<String>,
    /// Public address.
    pub(super) office: Option<String>,
    /// Public telephone.
    pub(super) telephone: Option<String>,
    /// Its officers, by badge number.
    pub(super) officers: Vec<OfficerFacts>,
    /// Version of its window sign.
    pub(super) version: String,
}

/// Somebody of `staff.yml` who is on no placard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// Place in the file, from 1.
    pub(crate) row: usize,
    /// Why.
    pub(crate) why: Refusal,
}

/// The record of one day.
#[derive(Clone, Debug)]
pub(crate) struct Placards {
    /// Name of the organ.
    pub(super) organ: String,
    /// Complaint telephone.
    pub(super) complaint: Option<String>,
    /// Office hours in words.
    pub(super) hours: Option<String>,
    /// The day.
    pub(super) today: Day,
    /// Units, in the order of `site.yml`, then by name.
    pub(super) units: Vec<UnitFacts>,
    /// How many people have a duty to be certified: active, not auxiliary.
    pub(super) on_duty: usize,
    /// Of them, how many hold a certificate that is valid on the day.
    pub(super) certified: usize,
    /// Version of the board.
    pub(super) version: String,
    /// Path of the code that leads to the list, where the site's address is known.
    pub(super) list_qr: Option<String>,
    /// What that code says.
    pub(super) list_address: Option<String>,
    /// Who is not shown.
    pub(crate) refused: Vec<Refused>,
    /// Why each landing page that shows nobody does so.
    gone: BTreeMap<String, Refusal>,
    /// Portraits to copy.
    pub(super) photos: Vec<Photo>,
}

/// Path of the code that leads to the list.
pub(super) const LIST_QR: &str = "renyuan/erweima.svg";

impl Placards {
    /// The record as of `today`. `photos` has of each officer the portrait, where there is a usable one.
    fn of(bureau: &Bureau, staff: &[Officer], today: Day, photos: Vec<Option<Photo>>) -> Self {
        let has_duty =
            |o: &&Officer| o.status == OfficerStatus::Active && o.serves_on(today) && !o.auxiliary;
        let on_duty = || staff.iter().filter(has_duty);
        let mut placards = Self {
            organ: bureau.name.clone(),
            complaint: bureau.contact.complaint_telephone.clone(),
            hours: bureau.contact.hours.clone(),
            today,
            units: Vec::new(),
            on_duty: on_duty().count(),
            certified: on_duty().filter(|o| o.is_certified_on(today)).count(),
            version: String::new(),
            list_qr: bureau.base_url.as_ref().map(|_| LIST_QR.to_owned()),
            list_address: bureau.base_url.as_ref().map(|base| format!("{base}renyuan/")),
            refused: Vec::new(),
            gone: BTreeMap::new(),
            photos: Vec::new(),
        };
        let mut units = named_units(bureau);
        let mut codes = BTreeSet::new();
        for ((row, officer), photo) in (1..).zip(staff).zip(photos) {
            if let Some(why) = officer.refusal_on(today) {
                placards.refused.push(Refused { row, why });
                // No address is made of a private number, not even in passing.
                if why != Refusal::PrivateNumber {
                    placards.gone.entry(code(officer)).or_insert(why);
                }
                continue;
            }
            // Of two officers with one code the first has the page and the placards; a finding tells the other.
            if !codes.insert(code(officer)) {
                continue;
            }
            let facts = OfficerFacts::of(bureau, officer, photo.as_ref().map(|p| p.path.clone()));
            placards.photos.extend(photo);
            let key = rank(bureau, &officer.unit);
            let empty = || UnitFacts::named(&officer.unit, None);
            units.entry(key).or_insert_with(empty).officers.push(facts);
        }
        placards.gone.retain(|code, _| !codes.contains(code));
        placards.settle(units);
        placards
    }

    fn settle(&mut self, units: BTreeMap<(usize, String), UnitFacts>) {
        self.units = units.into_values().collect();
        let (organ, complaint) = (self.organ.as_str(), self.complaint.as_deref());
        let ways = [self.hours.as_deref(), self.list_address.as_deref()];
        for (i, unit) in (1..).zip(&mut self.units) {
            unit.officers.sort_by(|a, b| a.badge.cmp(&b.badge));
            unit.anchor = format!("danwei-{i}");
            for officer in &mut unit.officers {
                officer.version = version::of_officer(organ, complaint, officer);
            }
            unit.version = version::of_window((organ, complaint), ways, unit);
        }
        self.version = version::of_board(organ, complaint, &self.units);
        self.photos.sort_by(|a, b| a.path.cmp(&b.path));
        self.photos.dedup_by(|a, b| a.path == b.path);
    }

    /// Everybody who is shown.
    pub(super) fn officers(&self) -> impl Iterator<Item = &OfficerFacts> {
        self.units.iter().flat_map(|unit| &unit.officers)
    }

    /// How many are shown.
    pub(crate) fn count(&self) -> usize {
        self.officers().count()
    }

    /// The sheets that may hang on a wall, each with its version.
    pub(crate) fn sheets(&self) -> BTreeMap<String, String> {
        let mut sheets = BTreeMap::new();
        if self.count() > 0 {
            sheets.insert(BOARD.to_owned(), self.version.clone());
        }
        let officers = self.officers();
        sheets.extend(officers.map(|o| (sheet_of(&o.href), o.version.clone())));
        let units = self.units.iter();
        sheets.extend(units.map(|u| (format!("window/{}", u.name), u.version.clone())));
        sheets
    }

    /// Why a sheet that was shown is not shown now.
    pub(crate) fn ended(&self, sheet: &str) -> Ended {
        let refusal = sheet.strip_prefix("p/").and_then(|code| self.gone.get(code));
        match refusal {
            None => Ended::Removed,
            Some(Refusal::Left) => Ended::Left,
            Some(Refusal::Suspended) => Ended::Suspended,
            Some(Refusal::Expired(_) | Refusal::NotYetValid(_)) => Ended::Expired,
            Some(Refusal::Auxiliary | Refusal::Uncertified | Refusal::PrivateNumber) => {
                Ended::Unqualified
            }
        }
    }

    /// The codes whose landing page shows nobody, each with its reason.
    pub(super) fn gone(&self) -> &BTreeMap<String, Refusal> {
        &self.gone
    }

    /// Who a sheet belongs to, in words: a name for an officer who is shown, else the name of the sheet.
    pub(crate) fn label(&self, sheet: &str) -> String {
        if sheet == BOARD {
            return "岗位信息公示牌（全单位）".to_owned();
        }
        if let Some(unit) = sheet.strip_prefix("window/") {
            return format!("窗口公示牌 {unit}");
        }
        let officer = self.officers().find(|o| sheet_of(&o.href) == sheet);
        officer.map_or_else(
            || format!("个人公示牌 /{sheet}/"),
            |o| format!("个人公示牌 {} {} {}", o.unit, o.name, o.badge),
        )
    }
}

/// Name of the sheets of an officer, by the folder of the landing page.
pub(super) fn sheet_of(href: &str) -> String {
    href.trim_end_matches('/').to_owned()
}

fn rank(bureau: &Bureau, unit: &str) -> (usize, String) {
    let known = bureau.units.iter().position(|u| u.name == unit);
    (known.unwrap_or(UNRANKED), unit.to_owned())
}

/// The units of `site.yml`, each with nobody in it yet.
fn named_units(bureau: &Bureau) -> BTreeMap<(usize, String), UnitFacts> {
    let named = bureau.units.iter();
    named.map(|u| (rank(bureau, &u.name), UnitFacts::named(&u.name, Some(u)))).collect()
}

impl UnitFacts {
    fn named(name: &str, entry: Option<&UnitEntry>) -> Self {
        Self {
            name: name.to_owned(),
            anchor: String::new(),
            duties: entry.and_then(|u| u.duties.clone()),
            office: entry.and_then(|u| u.address.clone()),
            telephone: entry.and_then(|u| u.telephone.clone()),
            officers: Vec::new(),
            version: String::new(),
        }
    }
}

impl OfficerFacts {
    fn of(bureau: &Bureau, officer: &Officer, photo: Option<String>) -> Self {
        let href = format!("p/{}/", code(officer));
        let base = bureau.base_url.as_deref();
        Self {
            name: officer.name.clone(),
            parts: officer.name.split_inclusive('·').map(str::to_owned).collect(),
            unit: officer.unit.clone(),
            post: officer.post.clone(),
            badge: officer.badge_number.clone(),
            certificate: officer.certificate_number.clone(),
            valid_until: officer.certificate_until.map(|d| d.to_string()),
            size: size_of(&officer.name),
            version: String::new(),
            qr: base.map(|_| format!("{href}erweima.svg")),
            address: base.map(|base| format!("{base}{href}")),
            href,
            photo,
        }
    }
}

impl OfficerFacts {
    /// What the code on the officer's placards says: the landing page, at the line that speaks of this version.
    pub(super) fn landing(&self) -> Option<String> {
        self.address.as_ref().map(|address| format!("{address}#v{}", self.version))
    }
}

/// Class of a name's length (ux 6.1).
fn size_of(name: &str) -> &'static str {
    match name.chars().count() {
        0..=4 => "short",
        5..=8 => "middle",
        _ => "long",
    }
}

/// The officer's code in addresses: the given one where it can be one, else made of the badge number.
fn code(officer: &Officer) -> String {
    let plain = |c: &&String| {
        !c.is_empty() && c.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
    };
    officer.code.as_ref().filter(plain).cloned().unwrap_or_else(|| {
        CaseId::mint(fingerprint(officer.badge_number.as_bytes()).to_le_bytes()).to_string()
    })
}
