//! A sheet as a Markdown summary of a job: counts by rule and level that add up, and nothing of a cell.

use super::super::Lang;
use super::Sheet;
use super::sheet::{Level, Rule};

/// The summary. `figures` is the run's own account, printed as it is.
pub(crate) fn render(sheet: &Sheet, heading: &str, figures: &str) -> String {
    let lang = sheet.lang;
    let mut out = format!("## {heading}\n\n");
    if !sheet.complete {
        out.push_str(word(
            lang,
            "**本次运行中途停止，没有完成检查。**\n\n",
            "**The run stopped before its end; the checks are not complete.**\n\n",
        ));
    }
    if !figures.trim().is_empty() {
        out.push_str(&format!("```text\n{}\n```\n\n", figures.trim_end().replace("```", "'''")));
    }
    out.push_str(&table(sheet));
    out.push_str(&bases(sheet));
    out.push_str(&unchecked(sheet));
    out
}

/// One row a rule with results, one column a level, sums at both ends.
fn table(sheet: &Sheet) -> String {
    let lang = sheet.lang;
    if sheet.outcomes.is_empty() {
        return word(lang, "没有发现。\n", "Nothing was found.\n").to_owned();
    }
    let mut head = vec![word(lang, "检查", "check").to_owned()];
    head.extend(Level::ALL.iter().map(|level| level.word(lang).to_owned()));
    head.push(word(lang, "合计", "sum").to_owned());
    let mut out = row(&head) + &format!("|---|{}\n", "--:|".repeat(Level::ALL.len() + 1));
    let mut sums = vec![0_usize; Level::ALL.len()];
    for rule in &sheet.rules {
        let counts: Vec<usize> = Level::ALL
            .iter()
            .map(|level| sheet.of(&rule.id).filter(|o| o.level == *level).count())
            .collect();
        if counts.iter().any(|count| *count > 0) {
            out.push_str(&counted(&name(rule), &counts));
            sums.iter_mut().zip(&counts).for_each(|(sum, count)| *sum += count);
        }
    }
    out + &counted(&format!("**{}**", word(lang, "合计", "sum")), &sums)
}

/// What the results of each rule rest on, by the law of their days.
fn bases(sheet: &Sheet) -> String {
    let mut out = String::new();
    for rule in &sheet.rules {
        for basis in sheet.bases(&rule.id) {
            out.push_str(&format!("- `{}` {basis}\n", rule.id));
        }
    }
    if out.is_empty() {
        return out;
    }
    format!("\n{}\n\n{out}", word(sheet.lang, "依据：", "Basis:"))
}

fn name(rule: &Rule) -> String {
    format!("`{}` {}", rule.id, rule.title.replace('|', "\\|"))
}

fn counted(name: &str, counts: &[usize]) -> String {
    let mut cells = vec![name.to_owned()];
    cells.extend(counts.iter().map(ToString::to_string));
    cells.push(counts.iter().sum::<usize>().to_string());
    row(&cells)
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// Rules that were not checked, by reason: a silence that is not a pass.
fn unchecked(sheet: &Sheet) -> String {
    if sheet.unchecked.is_empty() {
        return String::new();
    }
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    for (id, reason) in &sheet.unchecked {
        match reasons.iter_mut().find(|(known, _)| known == reason) {
            Some((_, ids)) => ids.push(format!("`{id}`")),
            None => reasons.push((reason, vec![format!("`{id}`")])),
        }
    }
    let mut out = match sheet.lang {
        Lang::Zh => format!("\n未检查 {} 项，不等于通过：\n\n", sheet.unchecked.len()),
        Lang::En => format!("\n{} not checked, which is not passed:\n\n", sheet.unchecked.len()),
    };
    for (reason, ids) in reasons {
        out.push_str(&format!("- {reason}：{}\n", ids.join(" ")));
    }
    out
}

fn word<'w>(lang: Lang, zh: &'w str, en: &'w str) -> &'w str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
