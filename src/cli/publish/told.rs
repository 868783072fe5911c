//! What changes at a target, for people and for programs.

use std::fmt::Write as _;

use serde::Serialize;

use crate::diag::{Failure, Lang};
use crate::publish::{Change, Difference, Fate, Manifest, Sent};

use super::super::due::pad;
use super::super::plan::{part, part_of};
use super::super::terminal::Terminal;

/// How many cases, files and figures are listed one by one.
const MOST: usize = 40;

/// A difference, to be told.
pub(super) struct Preview<'t> {
    /// The difference.
    pub(super) difference: &'t Difference,
    /// Name of the target.
    pub(super) target: &'t str,
    /// What kind of target it is.
    pub(super) kind: &'static str,
}

#[derive(Serialize)]
struct Json<'t> {
    version: u32,
    target: &'t str,
    kind: &'static str,
    #[serde(flatten)]
    difference: &'t Difference,
}

impl Preview<'_> {
    /// For programs.
    ///
    /// # Errors
    /// Never in practice: every field serializes.
    pub(super) fn json(&self) -> Result<String, Failure> {
        let whole =
            Json { version: 1, target: self.target, kind: self.kind, difference: self.difference };
        serde_json::to_string_pretty(&whole)
            .map(|text| text + "\n")
            .map_err(|e| Failure::Internal(format!("a difference does not serialize: {e}")))
    }

    /// For people.
    pub(super) fn text(&self, lang: Lang) -> String {
        let word = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
        let found = self.difference;
        let mut out = String::new();
        if found.files.is_empty() {
            let _ = writeln!(
                out,
                "{} {}",
                self.target,
                word("已是最新，没有变动", "is up to date: nothing changes")
            );
            return out;
        }
        let _ = writeln!(out, "{} {} ({})", word("目标", "target"), self.target, self.kind);
        if !found.has_site {
            out.push_str(word(
                "目标上还没有网站，将全部新建\n",
                "no site stands there: all of it is new\n",
            ));
        }
        for (fate, ids) in self.cases() {
            let fate = pad(fate_word(fate, lang), 10);
            let _ = writeln!(out, "{fate}{:>4}  {}", ids.len(), shortened(&ids));
        }
        let _ = writeln!(out, "{}", self.files_line(lang));
        for (name, [added, changed, removed]) in self.parts() {
            let name = pad(part(name, lang == Lang::Zh), 14);
            let _ = writeln!(out, "  {name}+{added} ~{changed} -{removed}");
        }
        if found.has_site {
            self.cells_text(lang, &mut out);
        }
        out
    }

    /// Figures that change, each under its file.
    fn cells_text(&self, lang: Lang, out: &mut String) {
        let cells = &self.difference.cells;
        if cells.is_empty() {
            return;
        }
        let (head, none) = match lang {
            Lang::Zh => ("统计数字变动", "（无）"),
            Lang::En => ("figures that change", "(none)"),
        };
        let _ = writeln!(out, "{head} {}", cells.len());
        let mut file = "";
        for cell in cells.iter().take(MOST) {
            if cell.file != file {
                file = &cell.file;
                let _ = writeln!(out, "  {file}");
            }
            let said = |text: &'_ Option<String>| text.clone().unwrap_or_else(|| none.to_owned());
            let (before, after) = (said(&cell.before), said(&cell.after));
            let _ = writeln!(out, "    {}  {before} → {after}", cell.cell);
        }
        if cells.len() > MOST {
            let _ = writeln!(out, "    … {}", cells.len() - MOST);
        }
    }

    /// For the summary of a job.
    pub(super) fn markdown(&self, lang: Lang) -> String {
        let word = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
        let mut out = format!("## {} {}\n\n", word("发布变动", "what changes at"), self.target);
        if self.difference.files.is_empty() {
            out.push_str(word("没有变动。\n", "Nothing changes.\n"));
            return out;
        }
        let _ = write!(
            out,
            "| {} | {} | {} |\n|---|--:|---|\n",
            word("案件", "cases"),
            word("件数", "count"),
            word("编号", "ids")
        );
        for (fate, ids) in self.cases() {
            let _ = writeln!(
                out,
                "| {} | {} | {} |",
                fate_word(fate, lang),
                ids.len(),
                shortened(&ids)
            );
        }
        let _ = write!(
            out,
            "\n{}\n\n| {} | + | ~ | - |\n|---|--:|--:|--:|\n",
            self.files_line(lang),
            word("部分", "part")
        );
        for (name, [added, changed, removed]) in self.parts() {
            let name = part(name, lang == Lang::Zh);
            let _ = writeln!(out, "| {name} | {added} | {changed} | {removed} |");
        }
        let _ = writeln!(
            out,
            "\n{} {}",
            word("统计数字变动", "figures that change:"),
            self.difference.cells.len()
        );
        out
    }

    /// Cases by what becomes of them, in order.
    pub(super) fn cases(&self) -> Vec<(Fate, Vec<&str>)> {
        let of = |fate: Fate| {
            let cases = self.difference.cases.iter().filter(|case| case.fate == fate);
            (fate, cases.map(|case| case.id.as_str()).collect::<Vec<_>>())
        };
        Fate::ALL.into_iter().map(of).filter(|(_, ids)| !ids.is_empty()).collect()
    }

    /// Files by part of the site: added, changed, removed.
    pub(super) fn parts(&self) -> std::collections::BTreeMap<&'static str, [u64; 3]> {
        let mut parts = std::collections::BTreeMap::new();
        for (path, change) in &self.difference.files {
            let counts: &mut [u64; 3] = parts.entry(part_of(path)).or_default();
            counts[*change as usize] += 1;
        }
        parts
    }

    fn files_line(&self, lang: Lang) -> String {
        let count = |change| self.difference.files.values().filter(|c| **c == change).count();
        let [added, changed, removed] =
            [Change::Added, Change::Changed, Change::Removed].map(count);
        let bytes = size(self.difference.bytes);
        match lang {
            Lang::Zh => format!("文件：新增 {added}，变动 {changed}，移除 {removed}；待传 {bytes}"),
            Lang::En => {
                format!("files: {added} new, {changed} changed, {removed} removed; {bytes} to send")
            }
        }
    }
}

/// Tells what was sent.
///
/// # Errors
/// Standard output is closed.
pub(super) fn sent(target: &str, sent: &Sent, terminal: &Terminal) -> Result<(), Failure> {
    let (written, removed, bytes) = (sent.written, sent.removed, size(sent.bytes));
    let text = match terminal.lang {
        Lang::Zh if written + removed == 0 => format!("{target} 已是最新，未传任何文件\n"),
        Lang::En if written + removed == 0 => format!("{target} is up to date: nothing was sent\n"),
        Lang::Zh => format!(
            "已发布到 {target}：写入 {written} 个文件（{bytes}），移除 {removed} 个；回执已记入 ledger/receipts.jsonl\n下一步：gongshi verify {target}\n"
        ),
        Lang::En => format!(
            "published to {target}: {written} files written ({bytes}), {removed} removed; the receipt is in ledger/receipts.jsonl\nnext: gongshi verify {target}\n"
        ),
    };
    terminal.result(&text)
}

/// Tells which site a rollback shows again.
///
/// # Errors
/// Standard output is closed.
pub(super) fn prior(target: &str, manifest: &Manifest, terminal: &Terminal) -> Result<(), Failure> {
    let (day, files) = (manifest.as_of, manifest.files.len());
    terminal.result(&match terminal.lang {
        Lang::Zh => format!("{target}：退回 {day} 的网站，共 {files} 个文件\n"),
        Lang::En => format!("{target}: back to the site of {day}, {files} files\n"),
    })
}

fn shortened(ids: &[&str]) -> String {
    let more = if ids.len() > MOST { " …" } else { "" };
    format!("{}{more}", ids.iter().take(MOST).copied().collect::<Vec<_>>().join(" "))
}

/// What becomes of a case, in a word.
pub(super) fn fate_word(fate: Fate, lang: Lang) -> &'static str {
    match (fate, lang) {
        (Fate::TakenDown, Lang::Zh) => "撤下",
        (Fate::Expired, Lang::Zh) => "期满",
        (Fate::Withdrawn, Lang::Zh) => "移除",
        (Fate::Corrected, Lang::Zh) => "更正",
        (Fate::Reinstated, Lang::Zh) => "恢复",
        (Fate::New, Lang::Zh) => "新公示",
        (Fate::TakenDown, Lang::En) => "taken down",
        (Fate::Expired, Lang::En) => "expired",
        (Fate::Withdrawn, Lang::En) => "withdrawn",
        (Fate::Corrected, Lang::En) => "corrected",
        (Fate::Reinstated, Lang::En) => "reinstated",
        (Fate::New, Lang::En) => "new",
    }
}

/// A number of bytes for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{:.1} KiB", bytes as f64 / 1024.0),
        _ => format!("{:.1} MiB", bytes as f64 / 1_048_576.0),
    }
}
