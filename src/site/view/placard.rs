//! Placards to print, as pages: the same sheets that the PDF files show. One record makes list and placard (D11).

use serde::Serialize;

use crate::diag::Failure;

use super::super::head::Head;
use super::super::placard::{LIST_QR, Layout, Photo, Roll};
use super::super::press::{PRINTING, Press, Sheet};
use super::super::qr;
use super::super::{Page, Scope};

#[derive(Serialize)]
struct PlacardView<'a> {
    /// Word of the kind, for the template's choices.
    layout: &'static str,
    title: &'static str,
    sheets: Roll,
    count: usize,
    /// Version of the board.
    version: &'a str,
    list_qr: Option<&'a str>,
    complaint: Option<&'a str>,
    /// The sides of one stand: a tent is read from both.
    sides: &'static [&'static str],
}

/// Every kind of sheet, and the codes on them.
pub(in crate::site) fn pages(press: &Press) -> Result<Vec<Page>, Failure> {
    let mut pages: Vec<Page> =
        Layout::ALL.into_iter().map(|layout| page(press, layout)).collect::<Result<_, _>>()?;
    let placards = &press.placards;
    for officer in placards.officers() {
        pages.extend(code(officer.qr.as_deref(), officer.landing().as_deref()));
    }
    pages.extend(code(placards.list_qr.as_deref(), placards.list_address.as_deref()));
    let photo = |photo: &Photo| picture(&photo.path, photo.body.clone());
    pages.extend(placards.photos.iter().map(photo));
    Ok(pages)
}

fn page(press: &Press, layout: Layout) -> Result<Page, Failure> {
    let placards = &press.placards;
    let title = format!("执法人员{}", layout.title());
    let sheet = Sheet {
        path: format!("{}index.html", layout.folder()),
        scope: Scope::Open,
        template: layout.template(),
        shell: PRINTING,
        section: "shiqian",
        head: Head {
            title: &title,
            noindex: true,
            sheet: Some(press.theme.sheet("placard")),
            paper: Some(press.theme.sheet(layout.word())),
            ..Head::default()
        },
    };
    let view = PlacardView {
        layout: layout.word(),
        title: layout.title(),
        sheets: placards.roll(layout),
        count: placards.count(),
        version: &placards.version,
        list_qr: placards.list_qr.as_deref(),
        complaint: placards.complaint.as_deref(),
        sides: if layout == Layout::Tent { &["back", "front"] } else { &["front"] },
    };
    press.print(sheet, &view)
}

/// A code as a file of its own: several sheets show it.
fn code(path: Option<&str>, address: Option<&str>) -> Option<Page> {
    let label = if path == Some(LIST_QR) {
        "扫码查看执法人员名单"
    } else {
        "扫码核验执法人员信息"
    };
    let drawing = qr::file(address?, label)?;
    Some(picture(path?, drawing.into_bytes()))
}

fn picture(path: &str, body: Vec<u8>) -> Page {
    Page { path: path.to_owned(), body, scope: Scope::Open, append: false }
}
