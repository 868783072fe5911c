//! Addresses of pages. Every address is ASCII and relative, so that the tree can stand under any path.

use crate::clearance::CaseKind;
use crate::ledger::Standing;
use crate::vocab::CaseId;

/// The word of a kind of case in addresses.
pub(super) const fn slug(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Penalty => "chufa",
        CaseKind::Inspection => "jiancha",
    }
}

/// The name of a kind's column.
pub(super) const fn column(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Penalty => "行政处罚",
        CaseKind::Inspection => "双随机检查",
    }
}

/// Folder of a kind's lists, as in `shihou/chufa/`.
pub(super) fn kind_folder(kind: CaseKind) -> String {
    format!("shihou/{}/", slug(kind))
}

/// Folder of one page of a year's list; the first page is the year itself.
pub(super) fn list_folder(kind: CaseKind, year: i32, page: usize) -> String {
    match page {
        0 | 1 => format!("shihou/{}/{year}/", slug(kind)),
        n => format!("shihou/{}/{year}/ye{n}/", slug(kind)),
    }
}

/// Folder of a case, alive or dead.
pub(crate) fn case_folder(kind: CaseKind, year: i32, id: CaseId) -> String {
    format!("shihou/{}/{year}/{id}/", slug(kind))
}

/// Whether a folder's page is a sheet to print: it repeats another page, and no search engine need know it.
pub(super) fn is_sheet(folder: &str) -> bool {
    folder.starts_with("renyuan/gongshipai/")
        || folder.starts_with("liucheng/") && (folder.ends_with("/a4/") || folder.ends_with("/a3/"))
}

/// Folder of a takedown notice.
pub(crate) fn notice_folder(id: CaseId) -> String {
    format!("chexia/{id}/")
}

/// Path of a year's download, as in `shuju/chufa-2026.csv`.
pub(super) fn download(kind: CaseKind, year: i32, form: &str) -> String {
    format!("shuju/{}-{year}.{form}", slug(kind))
}

/// Path of a kind's download of all years, as in `shuju/chufa.csv`.
pub(super) fn whole(kind: CaseKind, form: &str) -> String {
    format!("shuju/{}.{form}", slug(kind))
}

/// Folder of the interface for programs; the number goes up when a key changes its meaning or goes.
pub(super) const API: &str = "shuju/api/v1/";

/// Path of the list of a year's cases for programs.
pub(super) fn list_json(kind: CaseKind, year: i32) -> String {
    format!("{API}{}-{year}.json", slug(kind))
}

/// Path of one case for programs: beside its page, so that it lives and dies with its address.
pub(super) fn case_json(kind: CaseKind, year: i32, id: CaseId) -> String {
    format!("{}index.json", case_folder(kind, year, id))
}

/// The checkpoint of the public log.
pub(crate) const CHECKPOINT: &str = "rizhi/checkpoint.txt";
/// The key its signature is verified with.
pub(crate) const LOG_KEY: &str = "rizhi/log-key.txt";

/// A part of the public log, from 1.
pub(crate) fn log_part(part: usize) -> String {
    format!("rizhi/log-{part:04}.jsonl")
}

/// The year a case is filed under: of its decision or result, also after takedown.
pub(super) fn year_of(standing: &Standing) -> i32 {
    let day = standing
        .disclosure
        .as_ref()
        .map(crate::clearance::Disclosure::day_zero)
        .or(standing.count.on)
        .or(standing.published_on);
    day.map_or(0, crate::law::Day::year)
}

/// Depth of a path: how many folders stand above the file.
pub(super) fn depth(path: &str) -> usize {
    path.bytes().filter(|b| *b == b'/').count()
}

/// The way from a page at `path` up to the site's root, ending in `/`.
pub(super) fn up(path: &str) -> String {
    match depth(path) {
        0 => "./".into(),
        n => "../".repeat(n),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_up_is_relative() {
        assert_eq!(up("index.html"), "./");
        assert_eq!(up("shihou/chufa/2026/index.html"), "../../../");
        assert_eq!(list_folder(CaseKind::Penalty, 2026, 1), "shihou/chufa/2026/");
        assert_eq!(list_folder(CaseKind::Inspection, 2026, 3), "shihou/jiancha/2026/ye3/");
    }
}
