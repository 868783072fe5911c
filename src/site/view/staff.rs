//! Staff list and the landing page behind each officer's code. Never an identity number, telephone or address.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::diag::Failure;
use crate::ledger::{Ended, PlacardBook, Version};
use crate::vocab::Refusal;

use super::super::Page;
use super::super::head::Column;
use super::super::placard::{Layout, OfficerFacts, UnitFacts, sheet_of};
use super::super::press::Press;
use super::home::percent;
use super::{Crumb, column_sheet, sheet};

/// A kind of sheet, as the list offers it.
#[derive(Serialize)]
struct Offer {
    href: &'static str,
    title: &'static str,
    paper: &'static str,
}

#[derive(Serialize)]
struct StaffView<'a> {
    crumbs: Vec<Crumb>,
    units: Vec<&'a UnitFacts>,
    count: usize,
    on_duty: usize,
    certified: usize,
    /// Their share, where anybody is on duty.
    certified_share: Option<String>,
    offers: Vec<Offer>,
}

/// One version of an officer's placards.
#[derive(Serialize)]
struct VersionView {
    code: String,
    since: String,
    until: Option<String>,
    is_current: bool,
}

#[derive(Serialize)]
struct LandingView<'a> {
    crumbs: Vec<Crumb>,
    officer: Option<&'a OfficerFacts>,
    state: &'static str,
    /// Day from which the state holds, where it is known.
    since: Option<String>,
    complaint: Option<&'a str>,
    versions: Vec<VersionView>,
}

/// The list, and a page for each officer who is or was on a placard.
pub(super) fn pages(press: &Press, book: &PlacardBook) -> Result<Vec<Page>, Failure> {
    let crumbs = vec![Crumb::before()];
    let head = Column {
        name: "执法人员",
        describes: "持证上岗执法人员名单",
        keywords: "执法人员,胸牌号码",
    };
    let offer = |l: Layout| Offer { href: l.folder(), title: l.title(), paper: l.paper() };
    let view = StaffView {
        crumbs,
        units: press.placards.units.iter().filter(|unit| !unit.officers.is_empty()).collect(),
        count: press.placards.count(),
        on_duty: press.placards.on_duty,
        certified: press.placards.certified,
        certified_share: percent(press.placards.certified as u64, press.placards.on_duty as u64),
        offers: Layout::ALL.map(offer).into(),
    };
    let mut pages =
        vec![press.print(column_sheet("renyuan/", "staff.html", "shiqian", head), &view)?];
    for officer in press.placards.officers() {
        pages.push(landing(press, book, &officer.href, Some(officer))?);
    }
    for href in gone(press, book) {
        pages.push(landing(press, book, &href, None)?);
    }
    Ok(pages)
}

/// Landing pages that show nobody: of those who were shown once and are not any more. Who never was shown has
/// no placard that could lead to one.
fn gone(press: &Press, book: &PlacardBook) -> BTreeSet<String> {
    let once = book.sheets().filter(|sheet| sheet.starts_with("p/")).map(|s| format!("{s}/"));
    let shown: BTreeSet<&str> = press.placards.officers().map(|o| o.href.as_str()).collect();
    once.filter(|href| !shown.contains(href.as_str())).collect()
}

fn landing(
    press: &Press,
    book: &PlacardBook,
    href: &str,
    officer: Option<&OfficerFacts>,
) -> Result<Page, Failure> {
    let name = sheet_of(href);
    let versions = book.of(&name);
    let (state, since) = state(press, &name, versions, officer.is_some());
    let view = LandingView {
        crumbs: vec![Crumb::before(), Crumb::new("执法人员", "renyuan/")],
        officer,
        state,
        since,
        complaint: press.placards.complaint.as_deref(),
        versions: versions.iter().rev().map(|version| seen(version, versions)).collect(),
    };
    let title = match officer {
        Some(officer) => format!("执法人员 {}", officer.name),
        None => "执法人员信息已停用".into(),
    };
    let mut sheet = sheet(href, "officer.html", "shiqian", &title);
    sheet.head.noindex = true;
    sheet.head.sheet = Some(press.theme.sheet("officer"));
    press.print(sheet, &view)
}

/// The word of a landing page's state, and since when it holds.
fn state(
    press: &Press,
    sheet: &str,
    versions: &[Version],
    is_shown: bool,
) -> (&'static str, Option<String>) {
    if is_shown {
        return ("current", None);
    }
    let on_file = press.placards.gone().get(sheet.trim_start_matches("p/"));
    let since = match on_file {
        Some(Refusal::Expired(until)) => Some(until.zh()),
        Some(_) => None,
        None => versions.last().and_then(|last| last.until).map(|day| day.zh()),
    };
    let state = match press.placards.ended(sheet) {
        Ended::Left | Ended::Removed => "left",
        Ended::Suspended => "suspended",
        Ended::Expired => "expired",
        Ended::Unqualified => "unqualified",
    };
    (state, since)
}

fn seen(version: &Version, all: &[Version]) -> VersionView {
    VersionView {
        code: version.code.clone(),
        since: version.since.to_string(),
        until: version.until.map(|day| day.to_string()),
        is_current: version.until.is_none() && all.last() == Some(version),
    }
}
