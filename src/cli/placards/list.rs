//! What there is to print, and who is on no placard.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::diag::{Failure, Lang};
use crate::law::{Cite, Day};
use crate::site::{Layout, Placards, Refused};
use crate::vocab::Refusal;

use super::super::args::Format;
use super::super::root::Root;

#[derive(Serialize)]
struct Listed<'a> {
    version: u32,
    as_of: Day,
    people: usize,
    sheets: Vec<SheetRow>,
    versions: BTreeMap<String, String>,
    refused: Vec<RefusedRow<'a>>,
}

#[derive(Serialize)]
struct SheetRow {
    sheet: &'static str,
    title: &'static str,
    paper: &'static str,
    pages: usize,
    page: String,
}

#[derive(Serialize)]
struct RefusedRow<'a> {
    /// Place in the file, from 1.
    row: usize,
    why: &'static str,
    day: Option<Day>,
    cites: &'a str,
}

/// The list in the format asked for.
///
/// # Errors
/// Never in practice: every field serializes.
pub(super) fn render(
    root: &Root,
    placards: &Placards,
    layouts: &[Layout],
    format: Format,
    lang: Lang,
) -> Result<String, Failure> {
    let row = |layout: &Layout| SheetRow {
        sheet: layout.word(),
        title: layout.title(),
        paper: layout.paper(),
        pages: placards.pages(*layout),
        page: layout.folder().to_owned(),
    };
    let cites = clause(root, lang);
    let refused = placards.refused.iter().map(|refused| RefusedRow {
        row: refused.row,
        why: word(refused.why),
        day: day(refused.why),
        cites: &cites,
    });
    let listed = Listed {
        version: 1,
        as_of: root.today.day(),
        people: placards.count(),
        sheets: layouts.iter().map(row).collect(),
        versions: placards.sheets(),
        refused: refused.collect(),
    };
    if format == Format::Json {
        return serde_json::to_string_pretty(&listed)
            .map(|text| text + "\n")
            .map_err(|e| Failure::Internal(format!("placards: {e}")));
    }
    Ok(text(&listed, placards, &cites, lang))
}

fn text(listed: &Listed<'_>, placards: &Placards, cites: &str, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let mut out = String::new();
    let people = listed.people;
    let _ = if zh {
        writeln!(out, "公示牌  截至 {}，在岗持证执法人员 {people} 名", listed.as_of)
    } else {
        writeln!(out, "placards  as of {}, {people} certified officers on duty", listed.as_of)
    };
    for row in &listed.sheets {
        let pages = if zh { format!("{} 页", row.pages) } else { format!("{} pages", row.pages) };
        let SheetRow { sheet, title, paper, page, .. } = row;
        let _ = writeln!(out, "  {sheet:<9} {pages:>6}  {title}（{paper}）  /{page}");
    }
    if !placards.refused.is_empty() {
        let _ = if zh {
            writeln!(out, "不上公示牌的 {} 人（{cites}）", placards.refused.len())
        } else {
            writeln!(out, "not on placards: {} ({cites})", placards.refused.len())
        };
        for Refused { row, why } in &placards.refused {
            let _ = writeln!(out, "  {}", why.note(*row).text(lang));
        }
    }
    out
}

/// The clause by which only the qualified are shown.
fn clause(root: &Root, lang: Lang) -> String {
    let cites = root.law.check("officer-not-shown").map(|check| check.cites.as_slice());
    let cited = |cite: &Cite| match lang {
        Lang::Zh => root.law.cite_zh(cite),
        Lang::En => root.law.cite_en(cite),
    };
    let cites: Vec<String> = cites.unwrap_or_default().iter().map(cited).collect();
    cites.join(if lang == Lang::Zh { "；" } else { "; " })
}

const fn word(why: Refusal) -> &'static str {
    match why {
        Refusal::Left => "left",
        Refusal::Suspended => "suspended",
        Refusal::Auxiliary => "auxiliary",
        Refusal::Uncertified => "uncertified",
        Refusal::NotYetValid(_) => "not-yet-valid",
        Refusal::Expired(_) => "expired",
        Refusal::PrivateNumber => "private-number",
    }
}

const fn day(why: Refusal) -> Option<Day> {
    match why {
        Refusal::NotYetValid(day) | Refusal::Expired(day) => Some(day),
        Refusal::Left
        | Refusal::Suspended
        | Refusal::Auxiliary
        | Refusal::Uncertified
        | Refusal::PrivateNumber => None,
    }
}
