//! The plan for people.

use std::fmt::Write as _;

use crate::diag::Lang;
use crate::ledger::State;
use crate::publish::Change;

use super::Plan;
use super::compare::RowChange;

/// How many files and rows are listed one by one.
const MOST: usize = 40;

impl Plan {
    /// The plan in the language of messages.
    pub(in crate::cli) fn text(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        let word = |a: &'static str, b: &'static str| if zh { a } else { b };
        let mut out = String::new();
        if self.cases.is_empty() {
            return word(
                "没有改动：这项命令已经执行过\n",
                "nothing would change: this was done before\n",
            )
            .to_owned();
        }
        let _ = writeln!(out, "{} {}", word("依据", "document"), self.document);
        self.cases_text(zh, &mut out);
        if !self.has_site {
            out.push_str(word(
                "网站尚未生成，将全部新建\n",
                "no site stands yet: all of it is new\n",
            ));
        }
        let _ = writeln!(out, "{} {}", word("涉及的文件", "files"), self.files.len(),);
        for file in self.files.iter().take(MOST) {
            let sign = match file.change {
                Change::Added => '+',
                Change::Changed => '~',
                Change::Removed => '-',
            };
            let _ = writeln!(out, "  {sign} {}  {}", file.path, part(file.part, zh));
        }
        more(self.files.len(), zh, &mut out);
        self.rows_text(zh, &mut out);
        let _ = writeln!(out, "{} {}", word("统计", "statistics"), self.statistics.len());
        for cell in &self.statistics {
            let figure = if zh { &cell.figure } else { &cell.figure_en };
            let _ = writeln!(out, "  {} {figure}  {} → {}", cell.year, cell.before, cell.after);
        }
        self.outside_text(zh, &mut out);
        let _ = writeln!(
            out,
            "{} {}",
            word("其余随日期、件数变动的文件", "other files, by dates and counts"),
            self.other_files,
        );
        out.push_str(word("未执行；确认请加 --yes\n", "nothing done: add --yes\n"));
        out
    }

    fn cases_text(&self, zh: bool, out: &mut String) {
        for case in &self.cases {
            let id = case.id.as_deref().unwrap_or("—");
            let (before, after) = (state(case.before, zh), state(case.after, zh));
            let _ = write!(out, "  {} {id}  {before} → {after}", case.number);
            if let Some(due) = &case.due_on {
                let _ = write!(out, "  {} {due}", if zh { "应于此日前撤下" } else { "due" });
            }
            if let Some(number) = &case.replaced_by {
                let _ = write!(out, "  {} {number}", if zh { "替代" } else { "replaced by" });
            }
            if case.waits {
                out.push_str(if zh {
                    "  待下一次数据重新公示"
                } else {
                    "  waits for its next export"
                });
            }
            out.push('\n');
        }
    }

    /// What is left to do outside the site.
    fn outside_text(&self, zh: bool, out: &mut String) {
        let outside = &self.outside;
        for ((in_zh, in_en), all) in [
            (("要重新张贴的公示牌", "placards to print again"), &self.printed),
            (("要收回的公示牌", "placards to take off"), &self.recalled),
            (("要换上的服务器文件", "server files to put in place"), &outside.server_files),
            (("副本中要删除的文件", "files to delete from copies"), &outside.delete),
            (("缓存要刷新的地址", "addresses to purge from caches"), &outside.purge),
            (
                ("打印、张贴过要收回的案件页", "case pages whose prints are to be recalled"),
                &outside.recall,
            ),
        ] {
            let _ = writeln!(out, "{} {}", if zh { in_zh } else { in_en }, all.len());
            for one in all.iter().take(MOST) {
                let _ = writeln!(out, "  {one}");
            }
            more(all.len(), zh, out);
        }
    }

    fn rows_text(&self, zh: bool, out: &mut String) {
        let title =
            if zh { "列表行、下载行、订阅条目" } else { "rows and feed entries" };
        let _ = writeln!(out, "{title} {}", self.rows.len());
        for row in self.rows.iter().take(MOST) {
            let RowChange { path, id, before, after, .. } = row;
            let [before, after] =
                [before, after].map(|told| told.as_deref().map_or("—", |t| row_word(t, zh)));
            let _ = writeln!(out, "  {path}  {id}  {before} → {after}");
        }
        more(self.rows.len(), zh, out);
    }
}

fn more(count: usize, zh: bool, out: &mut String) {
    if count > MOST {
        let left = count - MOST;
        let line = if zh {
            format!("  另有 {left} 处，见 --format json\n")
        } else {
            format!("  {left} more: --format json\n")
        };
        out.push_str(&line);
    }
}

fn row_word(told: &str, zh: bool) -> &str {
    match (told, zh) {
        ("stands", true) => "在列",
        ("taken_down", true) => "撤下",
        ("expired", true) => "期满",
        ("deleted-entry", true) => "删除条目",
        (other, _) => other,
    }
}

fn state(state: State, zh: bool) -> &'static str {
    let (a, b) = match state {
        State::Held => ("扣留", "held"),
        State::Withheld => ("不予公开", "withheld"),
        State::Published => ("公示", "published"),
        State::TakenDown => ("撤下", "taken down"),
        State::Expired => ("期满", "expired"),
        State::Suppressed => ("移除（无公告）", "removed without a notice"),
    };
    if zh { a } else { b }
}

/// The word of a part of the site.
pub(in crate::cli) fn part(part: &'static str, zh: bool) -> &'static str {
    match (part, zh) {
        ("home", true) => "首页",
        ("register", true) => "撤下公告列表",
        ("notice", true) => "撤下公告",
        ("corrections", true) => "更正记录",
        ("case", true) => "案件页",
        ("record", true) => "案件记录",
        ("list", true) => "列表",
        ("search", true) => "检索",
        ("download", true) => "下载",
        ("statistics", true) => "统计",
        ("feed", true) => "订阅",
        ("placard", true) => "公示牌",
        ("sitemap", true) => "站点地图",
        ("log", true) => "公示日志",
        ("dead-links", true) => "失效地址清单",
        (_, true) => "其他",
        (other, false) => other,
    }
}
