//! The clocks for people, group by group, and as annotations of a GitHub runner.

use crate::diag::Lang;

use super::super::root::Root;
use super::Clocks;
use super::clock::{Clock, Status};

/// The clocks for people: late, due soon, running, unknown.
pub(super) fn text(root: &Root, clocks: &Clocks, lang: Lang) -> String {
    let mut out = headline(root, clocks, lang);
    for status in Status::ALL {
        let group: Vec<&Clock> = clocks.all.iter().filter(|c| c.status == status).collect();
        if group.is_empty() {
            continue;
        }
        let head = status.word(lang);
        out.push_str(&match lang {
            Lang::Zh => format!("\n{head}（{} 项）\n", group.len()),
            Lang::En => format!("\n{head} ({})\n", group.len()),
        });
        for clock in group {
            out.push_str(&line(clock, lang));
            if let Some(derivation) = &clock.derivation {
                out.push_str(&derivation.text(clock, lang));
            }
        }
    }
    out.push_str(&waiting(clocks, lang));
    out
}

fn headline(root: &Root, clocks: &Clocks, lang: Lang) -> String {
    let today = root.today.day();
    let head = match (clocks.all.len(), lang) {
        (0, Lang::Zh) => format!("截至 {today}，没有进行中的期限\n"),
        (0, Lang::En) => format!("as of {today} no clock is running\n"),
        (n, Lang::Zh) => format!("截至 {today}（周{}）共 {n} 项期限\n", today.weekday_zh()),
        (n, Lang::En) => format!("{n} clocks as of {today}\n"),
    };
    match (clocks.left_out, lang) {
        (None, _) => head,
        (Some((role, hidden)), Lang::Zh) => {
            let role = role.name(lang);
            format!("{head}以上为{role}处理的；另有 {hidden} 项归其他岗位，未列出\n")
        }
        (Some((role, hidden)), Lang::En) => {
            let role = role.name(lang);
            format!("{head}that is for the {role}; {hidden} more for other roles are not listed\n")
        }
    }
}

/// How many clocks there are, group by group, and what waits: no case is named.
pub(super) fn figures(root: &Root, clocks: &Clocks, lang: Lang) -> String {
    let count = |status: Status| clocks.all.iter().filter(|c| c.status == status).count();
    let groups = Status::ALL.map(|status| format!("{} {}", status.word(lang), count(status)));
    let groups = groups.join(if lang == Lang::Zh { "，" } else { ", " });
    format!("{}{groups}\n{}", headline(root, clocks, lang), waiting(clocks, lang))
}

fn line(clock: &Clock, lang: Lang) -> String {
    let due = clock.due.map_or_else(|| "—".to_owned(), |d| d.to_string());
    let mut notes = Vec::new();
    if let Some(n) = clock.working_days_left {
        notes.push(match lang {
            Lang::Zh => format!("余 {n} 个工作日"),
            Lang::En => format!("{n} working days left"),
        });
    }
    let marks = [
        (clock.provisional, "暂定", "provisional"),
        (clock.was_due.is_some(), "日期有变动", "the day has moved"),
        (clock.waits_for_review, "待复核", "waits for review"),
        (
            clock.waits_for_proof,
            "已从网站撤下，待 gongshi verify 核对目标",
            "off the built site; gongshi verify must see it gone from every target",
        ),
    ];
    for (_, zh, en) in marks.into_iter().filter(|(holds, ..)| *holds) {
        notes.push(if lang == Lang::Zh { zh.into() } else { en.into() });
    }
    let line = format!(
        "{} {due:<10}  {} {}  {}",
        pad(clock.status.word(lang), 8),
        pad(clock.duty.word(lang), 15),
        clock.what,
        notes.join(if lang == Lang::Zh { "，" } else { ", " })
    );
    format!("{}\n", line.trim_end())
}

/// What waits for people: doubts of redaction, and corrections that are held.
fn waiting(clocks: &Clocks, lang: Lang) -> String {
    let doubts = clocks.all.iter().filter(|c| c.waits_for_review).count();
    let mut out = String::new();
    if doubts > 0 {
        out.push_str(&match lang {
            Lang::Zh => format!("\n待复核 {doubts} 件：脱敏存疑，须由人决定，见 gongshi review\n"),
            Lang::En => format!("\n{doubts} wait for a decision on redaction: gongshi review\n"),
        });
    }
    if clocks.waiting_changes > 0 {
        let n = clocks.waiting_changes;
        out.push_str(&match lang {
            Lang::Zh => {
                format!("\n待更正 {n} 件：已公示案件的新数据被扣留，公示内容未变，见 gongshi check\n")
            }
            Lang::En => format!(
                "\n{n} corrections wait: newer rows of published cases are held, see gongshi check\n"
            ),
        });
    }
    if clocks.nameless > 0 {
        let n = clocks.nameless;
        out.push_str(&match lang {
            Lang::Zh => format!("\n期限未知 {n} 件：扣留的记录读不出是哪一案，见 gongshi check\n"),
            Lang::En => format!(
                "\n{n} held records do not say which case they are: no last day is known, see gongshi check\n"
            ),
        });
    }
    out
}

/// Annotations of what is late or near.
pub(super) fn github(clocks: &[Clock]) -> String {
    let mut out = String::new();
    for clock in clocks.iter().filter(|c| matches!(c.status, Status::Late | Status::Near)) {
        let level = if clock.status == Status::Late { "error" } else { "warning" };
        let (status, duty) = (clock.status.word(Lang::Zh), clock.duty.word(Lang::Zh));
        let due = clock.due.map_or_else(String::new, |d| d.to_string());
        out.push_str(&format!(
            "::{level} title={duty}{status}[{}]::{} {due}\n",
            clock.duty.id(),
            clock.what
        ));
    }
    out
}

/// Pads to a width in columns, in which a Han character takes two.
pub(in crate::cli) fn pad(text: &str, width: usize) -> String {
    let taken = unicode_width::UnicodeWidthStr::width(text);
    format!("{text}{}", " ".repeat(width.saturating_sub(taken)))
}
