//! Staff list and the landing page behind each officer's code. Never an identity number, telephone or photo.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diag::Failure;
use crate::vocab::{CaseId, Officer};

use super::super::Page;
use super::super::head::Column;
use super::super::press::Press;
use super::super::theme::fingerprint;
use super::{Crumb, column_sheet, sheet};

/// An officer as list and placard show one.
#[derive(Clone, Debug, Serialize)]
pub(super) struct OfficerView {
    /// Name.
    pub(super) name: String,
    /// Unit.
    pub(super) unit: String,
    /// Post.
    pub(super) post: String,
    /// Badge number.
    pub(super) badge: String,
    /// Certificate number.
    pub(super) certificate: Option<String>,
    /// Last day of the certificate.
    pub(super) valid_until: Option<String>,
    /// Folder of the landing page.
    pub(super) href: String,
    /// Class of the name's length, for the type size on placards.
    pub(super) size: &'static str,
}

impl OfficerView {
    fn of(officer: &Officer) -> Self {
        Self {
            name: officer.name.clone(),
            unit: officer.unit.clone(),
            post: officer.post.clone(),
            badge: officer.badge_number.clone(),
            certificate: officer.certificate_number.clone(),
            valid_until: officer.certificate_until.map(|d| d.to_string()),
            href: format!("p/{}/", code(officer)),
            size: match officer.name.chars().count() {
                0..=4 => "short",
                5..=8 => "middle",
                _ => "long",
            },
        }
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

/// A unit with its officers.
#[derive(Debug, Serialize)]
pub(super) struct UnitView {
    /// Name.
    pub(super) name: String,
    /// Officers.
    pub(super) officers: Vec<OfficerView>,
}

/// Officers who may be shown today, by unit: first in the order of `site.yml`, then by name.
pub(super) fn by_unit(press: &Press) -> Vec<UnitView> {
    let rank = |unit: &str| {
        let known = press.bureau.units.iter().position(|u| u.name == unit);
        (known.unwrap_or(usize::MAX), unit.to_owned())
    };
    let mut units: BTreeMap<(usize, String), Vec<OfficerView>> = BTreeMap::new();
    for officer in press.staff.iter().filter(|o| o.may_be_shown_on(press.today)) {
        units.entry(rank(&officer.unit)).or_default().push(OfficerView::of(officer));
    }
    units
        .into_iter()
        .map(|((_, name), mut officers)| {
            officers.sort_by(|a, b| a.badge.cmp(&b.badge));
            UnitView { name, officers }
        })
        .collect()
}

#[derive(Serialize)]
struct StaffView {
    crumbs: Vec<Crumb>,
    units: Vec<UnitView>,
    count: usize,
}

#[derive(Serialize)]
struct LandingView<'a> {
    crumbs: Vec<Crumb>,
    officer: &'a OfficerView,
    shown: bool,
    complaint: Option<&'a str>,
}

/// The list, and a page for each officer, gone or not.
pub(super) fn pages(press: &Press) -> Result<Vec<Page>, Failure> {
    let units = by_unit(press);
    let count = units.iter().map(|u| u.officers.len()).sum();
    let crumbs = vec![Crumb::new("事前公开", "shiqian/")];
    let head = Column {
        name: "执法人员",
        describes: "持证上岗执法人员名单",
        keywords: "执法人员,胸牌号码",
    };
    let view = StaffView { crumbs, units, count };
    let mut pages =
        vec![press.print(column_sheet("renyuan/", "staff.html", "shiqian", head), &view)?];
    let mut landings: BTreeMap<String, &Officer> = BTreeMap::new();
    for officer in &press.staff {
        // Of two officers with one code the one who may be shown wins; the other has no page.
        let shown = officer.may_be_shown_on(press.today);
        let entry = landings.entry(code(officer)).or_insert(officer);
        if shown && !entry.may_be_shown_on(press.today) {
            *entry = officer;
        }
    }
    for officer in landings.values().filter(|o| !o.auxiliary) {
        pages.push(landing(press, officer)?);
    }
    Ok(pages)
}

fn landing(press: &Press, officer: &Officer) -> Result<Page, Failure> {
    let shown = officer.may_be_shown_on(press.today);
    let view = LandingView {
        crumbs: vec![Crumb::new("事前公开", "shiqian/"), Crumb::new("执法人员", "renyuan/")],
        officer: &OfficerView::of(officer),
        shown,
        complaint: press.bureau.contact.complaint_telephone.as_deref(),
    };
    let title = if shown {
        format!("执法人员 {}", officer.name)
    } else {
        "执法人员信息已停用".into()
    };
    let mut sheet = sheet(&view.officer.href, "officer.html", "shiqian", &title);
    sheet.head.noindex = true;
    press.print(sheet, &view)
}
