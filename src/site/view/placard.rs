//! Placards to print: the board of all units, wall cards, desk stands. One record makes list and placard (D11).

use std::fmt::Write as _;

use serde::Serialize;

use crate::diag::Failure;

use super::super::head::Head;
use super::super::press::{PRINTING, Press, Sheet};
use super::super::qr;
use super::super::render::Markup;
use super::super::theme::fingerprint;
use super::super::{Page, Scope};
use super::staff::{OfficerView, UnitView, by_unit};

/// Cards on one A4 sheet: four columns, two rows (ux 6.1).
const CARDS_PER_SHEET: usize = 8;

#[derive(Clone, Serialize)]
struct Card {
    officer: OfficerView,
    qr: Option<Markup>,
}

#[derive(Serialize)]
struct PlacardView<'a> {
    units: &'a [UnitView],
    sheets: Vec<Vec<Card>>,
    cards: &'a [Card],
    count: usize,
    version: String,
    complaint: Option<&'a str>,
    has_qr: bool,
}

/// The three forms.
pub(super) fn pages(press: &Press) -> Result<Vec<Page>, Failure> {
    let units = by_unit(press);
    let all = units.iter().flat_map(|u| &u.officers);
    let cards: Vec<Card> = all.map(|o| Card { officer: o.clone(), qr: code(press, o) }).collect();
    let view = PlacardView {
        units: &units,
        sheets: cards.chunks(CARDS_PER_SHEET).map(<[Card]>::to_vec).collect(),
        cards: &cards,
        count: cards.len(),
        version: version(&units),
        complaint: press.bureau.contact.complaint_telephone.as_deref(),
        has_qr: cards.iter().any(|c| c.qr.is_some()),
    };
    let forms = [
        ("renyuan/gongshipai/", "board.html", "board", "执法人员岗位信息公示牌"),
        ("renyuan/gongshipai/ka/", "cards.html", "cards", "执法人员公示卡（上墙）"),
        ("renyuan/gongshipai/zhuopai/", "desk.html", "desk", "执法人员桌牌"),
    ];
    let one = |(folder, template, css, title): (&str, &'static str, &str, &str)| {
        let sheet = Sheet {
            path: format!("{folder}index.html"),
            scope: Scope::Open,
            template,
            shell: PRINTING,
            section: "shiqian",
            head: Head {
                title,
                noindex: true,
                sheet: Some(press.theme.sheet(css)),
                ..Head::default()
            },
        };
        press.print(sheet, &view)
    };
    forms.into_iter().map(one).collect()
}

/// The code that leads to the officer's page, where the site's address is known.
fn code(press: &Press, officer: &OfficerView) -> Option<Markup> {
    let base = press.bureau.base_url.as_deref()?;
    qr::code(&format!("{base}{}", officer.href), "扫码核验执法人员信息")
}

/// A short code that changes when the data does: tells whether a printed sheet is the present one.
fn version(units: &[UnitView]) -> String {
    let mut text = String::new();
    for officer in units.iter().flat_map(|u| &u.officers) {
        let OfficerView { name, unit, post, badge, .. } = officer;
        let _ = writeln!(text, "{name}\u{1f}{unit}\u{1f}{post}\u{1f}{badge}");
    }
    format!("{:06x}", fingerprint(text.as_bytes()) >> 40)
}
