//! Which checks a run did not make, and why: what is not checked is never called passed.

use std::collections::BTreeMap;

use crate::diag::Lang;
use crate::law::{CheckRow, Law, Stage};

use super::super::summary::Summary;

/// Checks of the table that no stage makes yet. A test of the house holds that this list is true.
const NOT_MADE: &[&str] = &[];

/// Every check that a run did not make, or not for every record, with the reason. Without figures the
/// run stopped before its end.
pub(in crate::cli) fn unchecked(
    law: &Law,
    summary: Option<&Summary>,
    lang: Lang,
) -> BTreeMap<String, String> {
    let reason = |row: &CheckRow| Some((row.id.clone(), reason(row, summary, lang)?));
    law.checks().filter_map(reason).collect()
}

fn reason(row: &CheckRow, summary: Option<&Summary>, lang: Lang) -> Option<String> {
    let id = row.id.as_str();
    let text = |zh: &str, en: &str| Some(if lang == Lang::Zh { zh } else { en }.to_owned());
    let Some(summary) = summary else {
        return text("本次运行中途停止，未检查", "the run stopped before its end: not checked");
    };
    // What is wrong with the bureau's own files is told by `check`, too; a leak in them by the audit only.
    let pages = row.stage == Stage::Audit || id == "content-leak";
    if id == "late-takedown" || id == "late-annual-report" {
        text("由 gongshi due 判定，此处未检查", "judged by gongshi due: not checked here")
    } else if id == "stale-review" {
        text("由 gongshi review 判定，此处未检查", "judged by gongshi review: not checked here")
    } else if NOT_MADE.contains(&id) {
        text("本版本不作此项检查", "this version does not make this check")
    } else if pages && summary.site.is_none() {
        text("生成网站时才检查，此处未检查", "checked when the site is built: not checked here")
    } else if summary.not_looked.contains(&id) {
        text("content/ 下没有内容，未检查", "there is no text in content/: not checked")
    } else if !pages && row.stage != Stage::Site && summary.rows == 0 {
        text("没有读入任何数据，未检查", "no row was read: not checked")
    } else {
        unmade(summary, row, lang)
    }
}

/// Why a check was not made for some records.
fn unmade(summary: &Summary, row: &CheckRow, lang: Lang) -> Option<String> {
    let (counts, zh, en) = match row.stage {
        Stage::Process => (
            &summary.process_not_checked,
            "全过程记录中没有所需的内容",
            "not in the process records",
        ),
        _ => (&summary.not_checked, "导出中没有所需的列", "a column is missing"),
    };
    counts.get(&row.id).map(|n| match lang {
        Lang::Zh => format!("{zh}，{n} 件未检查，不等于通过"),
        Lang::En => format!("{en}: not checked for {n} record(s), which is not passed"),
    })
}
