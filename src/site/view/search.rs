//! The search page, and the index that stands on it for browsers that run no script: by year and kind, and
//! named parties by letter.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::ledger::Overview;

use super::super::head::{Column, Head};
use super::super::paths::{case_folder, column, list_folder, slug};
use super::super::press::Press;
use super::super::search::{FOLDER as INDEX, Named, OTHERS, Searchable};
use super::super::{Page, Scope};
use super::landing::figures;
use super::{Crumb, column_sheet, sheet};

/// Folder of the search page.
pub(in crate::site) const FOLDER: &str = "sousuo/";
/// Cases on one page of a letter.
const NAMES_PER_PAGE: usize = 200;

#[derive(Serialize)]
struct YearLink {
    year: i32,
    kind: &'static str,
    href: String,
    cases: u64,
}

#[derive(Serialize)]
struct KindChoice {
    slug: &'static str,
    title: &'static str,
}

#[derive(Serialize)]
struct LetterLink {
    letter: String,
    href: String,
    cases: usize,
}

#[derive(Serialize)]
struct SearchView<'a> {
    crumbs: Vec<Crumb>,
    scripts: [&'a str; 2],
    /// Names of the contents files, older first, parted by blanks.
    volumes: String,
    cases: u64,
    unsearched: Option<&'a str>,
    kinds: Vec<KindChoice>,
    years: Vec<i32>,
    lists: Vec<YearLink>,
    letters: Vec<LetterLink>,
    named: usize,
}

#[derive(Serialize)]
struct NameRow<'a> {
    id: String,
    href: String,
    party: &'a str,
    number: &'a str,
    column: &'static str,
}

impl<'a> NameRow<'a> {
    fn of(case: &'a Named) -> Self {
        Self {
            id: case.id.to_string(),
            href: case_folder(case.kind, case.year, case.id),
            party: &case.party,
            number: &case.number,
            column: column(case.kind),
        }
    }
}

#[derive(Serialize)]
struct LetterView<'a> {
    crumbs: Vec<Crumb>,
    title: String,
    rows: Vec<NameRow<'a>>,
    page: usize,
    pages: usize,
    total: usize,
    previous: Option<String>,
    next: Option<String>,
    first_page: String,
    last_page: String,
    letters: &'a [LetterLink],
}

/// The page, and one or more for each letter.
pub(super) fn pages(
    press: &Press,
    overview: &Overview,
    searchable: &Searchable,
) -> Result<Vec<Page>, Failure> {
    let places = places(press.bureau.district.as_deref());
    let places: Vec<&str> = places.iter().map(String::as_str).collect();
    let letters = searchable.initials.by_letter(&places);
    let links: Vec<LetterLink> = in_order(&letters)
        .map(|(name, cases)| LetterLink {
            letter: shown(name),
            href: letter_folder(name, 1),
            cases: cases.len(),
        })
        .collect();
    let mut pages = Vec::new();
    for (name, cases) in in_order(&letters) {
        let count = cases.len().div_ceil(NAMES_PER_PAGE);
        for (i, part) in cases.chunks(NAMES_PER_PAGE).enumerate() {
            pages.push(letter(press, name, (i + 1, count, cases.len()), (part, &links))?);
        }
    }
    pages.push(search(press, overview, searchable, links)?);
    Ok(pages)
}

fn search(
    press: &Press,
    overview: &Overview,
    searchable: &Searchable,
    letters: Vec<LetterLink>,
) -> Result<Page, Failure> {
    let kinds = [CaseKind::Penalty, CaseKind::Inspection];
    let mut lists = Vec::new();
    for kind in kinds {
        let public = figures(overview, kind).iter().rev().filter(|(_, f)| f.published > 0);
        lists.extend(public.map(|(year, f)| YearLink {
            year: *year,
            kind: column(kind),
            href: list_folder(kind, *year, 1),
            cases: f.published,
        }));
    }
    let mut years: Vec<i32> = lists.iter().map(|l| l.year).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    let name_in = |path: &String| path.strip_prefix(INDEX).unwrap_or(path).to_owned();
    let view = SearchView {
        crumbs: Vec::new(),
        scripts: [press.theme.script("seek"), press.theme.script("search")],
        volumes: searchable.volumes.iter().map(name_in).collect::<Vec<_>>().join(" "),
        cases: searchable.cases,
        unsearched: press.bulk.unsearched_zh(),
        kinds: kinds.map(|kind| KindChoice { slug: slug(kind), title: column(kind) }).into(),
        years,
        lists,
        named: letters.iter().map(|l| l.cases).sum(),
        letters,
    };
    let head = Column {
        name: "检索执法结果",
        describes: "按文号、当事人、违法行为和事实检索公示中的执法结果",
        keywords: "检索,查询,执法结果",
    };
    let mut sheet = column_sheet(FOLDER, "search.html", "sousuo", head);
    sheet.head.sheet = Some(press.theme.sheet("find"));
    press.print(sheet, &view)
}

fn letter(
    press: &Press,
    name: &str,
    (page, pages, total): (usize, usize, usize),
    (cases, letters): (&[&Named], &[LetterLink]),
) -> Result<Page, Failure> {
    let number = if page > 1 { format!("（第{page}页）") } else { String::new() };
    let title = match shown(name) {
        others if name == OTHERS => format!("按名称查阅：{others}{number}"),
        letter => format!("按名称查阅：首字母 {letter}{number}"),
    };
    let view = LetterView {
        crumbs: vec![Crumb::new("检索", FOLDER)],
        title,
        rows: cases.iter().map(|case| NameRow::of(case)).collect(),
        page,
        pages,
        total,
        previous: (page > 1).then(|| letter_folder(name, page - 1)),
        next: (page < pages).then(|| letter_folder(name, page + 1)),
        first_page: letter_folder(name, 1),
        last_page: letter_folder(name, pages),
        letters,
    };
    let mut sheet = sheet(&letter_folder(name, page), "letter.html", "sousuo", &view.title);
    sheet.scope = Scope::Cases;
    // Search engines find the cases by their own pages.
    sheet.head = Head { noindex: true, sheet: Some(press.theme.sheet("find")), ..sheet.head };
    press.print(sheet, &view)
}

/// Letters with their cases, those under no letter last.
fn in_order<'a, 'n>(
    letters: &'a BTreeMap<&'static str, Vec<&'n Named>>,
) -> impl Iterator<Item = (&'static str, &'a Vec<&'n Named>)> {
    let rest = letters.get_key_value(OTHERS);
    letters
        .iter()
        .filter(|(name, _)| **name != OTHERS)
        .chain(rest)
        .map(|(name, cases)| (*name, cases))
}

fn letter_folder(name: &str, page: usize) -> String {
    match page {
        0 | 1 => format!("{FOLDER}{name}/"),
        n => format!("{FOLDER}{name}/ye{n}/"),
    }
}

fn shown(name: &str) -> String {
    if name == OTHERS { "其他".into() } else { name.to_uppercase() }
}

/// The names of places that names of parties begin with here: the district, and each part of it.
fn places(district: Option<&str>) -> Vec<String> {
    let Some(district) = district else { return Vec::new() };
    let mut places = vec![district.to_owned()];
    let mut part = String::new();
    for c in district.chars() {
        part.push(c);
        if matches!(c, '省' | '市' | '区' | '县' | '州' | '盟' | '旗') {
            places.push(std::mem::take(&mut part));
        }
    }
    let bare: Vec<String> = places.iter().filter_map(|p| without_last(p)).collect();
    places.extend(bare);
    places
}

/// `清源` of `清源区`; none of a name of one letter.
fn without_last(place: &str) -> Option<String> {
    let (at, _) = place.char_indices().next_back()?;
    (place[..at].chars().count() > 1).then(|| place[..at].to_owned())
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn a_district_has_its_parts() {
        let of = places(Some("示例市清源区"));
        for place in ["示例市清源区", "示例市", "清源区", "示例", "清源"] {
            assert!(of.iter().any(|p| p == place), "{place}");
        }
        assert!(places(None).is_empty());
    }
}
