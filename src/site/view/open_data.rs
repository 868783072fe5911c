//! The index of open data: files with size and digest, interface, field dictionary, how and on what terms to use them.

use serde::Serialize;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::ledger::{Overview, WrittenFile};

use super::super::Page;
use super::super::downloads::PLAIN;
use super::super::forms::Field;
use super::super::head::Column;
use super::super::paths::{API, column, download, list_folder, list_json, whole};
use super::super::press::Press;
use super::super::render::Markup;
use super::super::{api, linked, schema};
use super::landing::figures;
use super::prose::Attached;
use super::{Crumb, column_sheet, statistics};

/// A file to download.
#[derive(Serialize)]
struct File {
    /// What it holds.
    title: String,
    /// Its form, as people call it.
    form: &'static str,
    href: String,
    /// Whether its rows were counted.
    counts: bool,
    rows: u64,
    size: String,
    sha256: String,
}

#[derive(Serialize)]
struct Group<'a> {
    title: &'static str,
    files: Vec<File>,
    table_schema: String,
    schema: String,
    fields: &'a [Field],
}

#[derive(Serialize)]
struct DataView<'a> {
    crumbs: Vec<Crumb>,
    prose: Option<&'a Markup>,
    attached: Vec<Attached<'a>>,
    groups: Vec<Group<'a>>,
    statistics: Vec<File>,
    /// Descriptions of all files, where there are any.
    package: Option<&'static str>,
    csvw: &'static str,
    api: &'static str,
    /// An example of each address of the interface.
    list: Option<String>,
    record: String,
    /// A file for the example of a download.
    example: Option<String>,
    persons: &'static str,
    breaks_persons: bool,
}

/// Forms of the files of cases: ending, and what people call it.
const FORMS: [(&str, &str); 4] = [
    ("csv", "CSV（电子表格用）"),
    (PLAIN, "CSV（程序用）"),
    ("jsonl", "JSON Lines"),
    ("json", "JSON"),
];

/// The page, the descriptions of the files, and the index of the interface. `made` are the pages made so far.
pub(super) fn pages(
    press: &Press,
    overview: &Overview,
    made: &[Page],
) -> Result<Vec<Page>, Failure> {
    let years = statistics::years(press, overview);
    let mut pages = schema::pages(press, overview)?;
    pages.push(api::index(press, overview, &years)?);
    pages.push(page(press, overview, (&years, made))?);
    Ok(pages)
}

fn page(
    press: &Press,
    overview: &Overview,
    (years, made): (&[i32], &[Page]),
) -> Result<Page, Failure> {
    let kinds = [CaseKind::Penalty, CaseKind::Inspection];
    let newest = |path: fn(CaseKind, i32) -> String| {
        let years = figures(overview, CaseKind::Penalty).keys().rev();
        years.map(|year| path(CaseKind::Penalty, *year)).find(|p| overview.files.contains_key(p))
    };
    let view = DataView {
        crumbs: Vec::new(),
        prose: press.library.at("shuju/").map(|c| &c.html),
        attached: press.library.at("shuju/").map(Attached::of).unwrap_or_default(),
        groups: kinds.map(|kind| group(press, overview, kind)).into(),
        statistics: years.iter().flat_map(|year| of_statistics(press, *year, made)).collect(),
        package: (!overview.files.is_empty()).then_some(schema::PACKAGE),
        csvw: schema::CSVW,
        api: API,
        list: newest(list_json),
        record: format!("{}编号/index.json", list_folder(CaseKind::Penalty, press.today.year(), 1)),
        example: newest(|kind, year| download(kind, year, "csv")),
        persons: press.bulk.zh(),
        breaks_persons: press.bulk == crate::vocab::BulkPersons::Reduced,
    };
    let head = Column {
        name: "开放数据",
        describes: "执法结果和统计数据的下载与字段说明",
        keywords: "开放数据,数据下载",
    };
    let mut sheet = column_sheet("shuju/", "data.html", "shuju", head);
    let described = linked::dataset(press, overview);
    sheet.head.linked = Some(&described);
    press.print(sheet, &view)
}

fn group<'a>(press: &'a Press, overview: &Overview, kind: CaseKind) -> Group<'a> {
    let file = |title: &str, path: String, form: &'static str| {
        let known = overview.files.get(&path)?;
        // One piece is the beginning; a JSON array has others between its rows.
        let counts = !path.ends_with(".json");
        let rows = known.pieces.saturating_sub(1);
        Some(File { counts, rows, ..told(title.to_owned(), path, form, known) })
    };
    let all = FORMS.iter().filter_map(|(end, form)| file("全部年份", whole(kind, end), form));
    let years = figures(overview, kind).keys().rev().flat_map(|year| {
        let title = format!("{year}年");
        FORMS.iter().filter_map(move |(end, form)| file(&title, download(kind, *year, end), form))
    });
    Group {
        title: column(kind),
        files: all.chain(years).collect(),
        table_schema: whole(kind, "table-schema.json"),
        schema: whole(kind, "schema.json"),
        fields: press.forms.fields.of(kind),
    }
}

fn told(title: String, href: String, form: &'static str, file: &WrittenFile) -> File {
    let (size, sha256) = (size(file.bytes), file.sha256.to_string());
    File { title, form, href, counts: false, rows: 0, size, sha256 }
}

/// The files of a year's statistics among the pages made so far.
fn of_statistics(press: &Press, year: i32, made: &[Page]) -> impl Iterator<Item = File> {
    let tables = press.annual.tables(year, 0);
    let names: Vec<(String, String)> =
        tables.iter().map(|t| (t.table.id.clone(), t.table.name.clone())).collect();
    let stem = format!("shuju/tongji-{year}");
    made.iter().filter_map(move |page| {
        let (table, ending) = page.path.strip_prefix(&stem)?.rsplit_once('.')?;
        let form = match ending {
            "csv" => "CSV（电子表格用）",
            "json" => "JSON",
            _ => "Excel（XLSX）",
        };
        let title = match table {
            "" => format!("{year}年行政执法统计"),
            table => {
                let id = table.trim_start_matches('-');
                let name = names.iter().find(|(own, _)| own == id).map_or(id, |(_, name)| name);
                format!("{year}年{name}表")
            }
        };
        Some(told(title, page.path.clone(), form, &WrittenFile::of(&page.body)))
    })
}

/// A size in words: whole bytes below a thousand, else one decimal.
pub(super) fn size(bytes: u64) -> String {
    const UNITS: [&str; 3] = ["KB", "MB", "GB"];
    if bytes < 1000 {
        return format!("{bytes} 字节");
    }
    let (mut tenths, mut at) = (bytes / 100, 0);
    while tenths >= 10_000 && at + 1 < UNITS.len() {
        (tenths, at) = (tenths / 1000, at + 1);
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[at])
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_told_in_the_unit_that_fits() {
        for (bytes, told) in [
            (0, "0 字节"),
            (999, "999 字节"),
            (1000, "1.0 KB"),
            (999_999, "999.9 KB"),
            (1_000_000, "1.0 MB"),
            (123_456_789, "123.4 MB"),
            (5_000_000_000, "5.0 GB"),
        ] {
            assert_eq!(size(bytes), told);
        }
    }
}
