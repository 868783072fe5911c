//! The report for people: one block a finding, many alike in one block. The only hand on `anstyle`.
//!
//! The line with the place always holds the file and the row on the same line.

use anstyle::{AnsiColor, Style};

use super::super::{Finding, Findings, Lang, Place, Severity};
use super::{Renderer, column_of, file_of};

/// More findings alike than this stand in one block.
const ALIKE: usize = 5;
/// At most so many runs of rows are listed in one block.
const LISTED: usize = 30;

/// The report; empty where nothing was found.
pub(super) fn render(renderer: &Renderer<'_>, findings: &Findings) -> String {
    let sorted = findings.sorted();
    if sorted.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    for group in groups(renderer, &sorted) {
        block(renderer, &group, &mut out);
    }
    out.push_str(&closing(renderer, findings));
    out
}

/// Findings that share check, file, sheet, column and basis, where there are more than [`ALIKE`] of
/// them; each other finding alone. Groups stand where their first finding stands.
fn groups<'f>(renderer: &Renderer<'_>, sorted: &[&'f Finding]) -> Vec<Vec<&'f Finding>> {
    let mut by_key = std::collections::BTreeMap::<_, Vec<usize>>::new();
    for (i, finding) in sorted.iter().enumerate() {
        by_key.entry(key(renderer, finding)).or_default().push(i);
    }
    let mut members: Vec<Vec<usize>> = Vec::new();
    for (key, same) in by_key {
        if key.is_some() && same.len() > ALIKE {
            members.push(same);
        } else {
            members.extend(same.into_iter().map(|i| vec![i]));
        }
    }
    members.sort();
    members.iter().map(|group| group.iter().map(|i| sorted[*i]).collect()).collect()
}

/// What findings alike share; only cells of tables are grouped.
fn key(renderer: &Renderer<'_>, finding: &Finding) -> Option<(&'static str, Place, String)> {
    match &finding.place {
        Place::Cell { file, sheet, column, .. } => {
            let (file, sheet, column) = (file.clone(), sheet.clone(), column.clone());
            let place = Place::Cell { file, sheet, row: 0, column };
            Some((finding.check, place, renderer.basis(finding)))
        }
        Place::File { .. } | Place::Page { .. } => None,
    }
}

fn block(renderer: &Renderer<'_>, group: &[&Finding], out: &mut String) {
    let Some(first) = group.first() else { return };
    let (id, lang) = (first.check, renderer.lang);
    let (on, off) = style(renderer, id);
    let word = renderer.titles.word(id, lang);
    out.push_str(&format!("{on}{word}[{id}]{off} {}\n", renderer.title(id)));
    let labels = labels(lang);
    let shape = common(group, |f| f.shape.as_ref().map(|s| shape_words(&s.to_string(), lang)));
    line(out, labels[0], &format!("{}{}", place(group, lang), shape.unwrap_or_default()));
    if let Some(note) = common(group, |f| f.note.as_ref().map(|n| n.text(lang))) {
        line(out, labels[1], &note);
    }
    let cites = renderer.basis(first);
    if !cites.is_empty() {
        line(out, labels[2], &cites);
    }
    let more = match lang {
        Lang::Zh => format!("详见 gongshi explain {id}"),
        Lang::En => format!("see gongshi explain {id}"),
    };
    match renderer.titles.remedy(id, lang) {
        Some(remedy) => line(out, labels[3], &format!("{remedy}{more}", more = after(&more, lang))),
        None => line(out, labels[3], &more),
    }
    out.push('\n');
}

/// A sentence that follows another.
fn after(more: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => more.to_owned(),
        Lang::En => format!(" {more}"),
    }
}

fn line(out: &mut String, label: &str, text: &str) {
    out.push_str(&format!("  {label}  {text}\n"));
}

/// Labels of place, note, basis and remedy, of one width.
fn labels(lang: Lang) -> [&'static str; 4] {
    match lang {
        Lang::Zh => ["位置", "说明", "依据", "改法"],
        Lang::En => ["at   ", "note ", "basis", "fix  "],
    }
}

fn shape_words(shape: &str, lang: Lang) -> String {
    match (shape.is_empty(), lang) {
        (true, Lang::Zh) => "  形状（空）".into(),
        (true, Lang::En) => "  shape (blank)".into(),
        (false, Lang::Zh) => format!("  形状 {shape}"),
        (false, Lang::En) => format!("  shape {shape}"),
    }
}

/// What all findings of the group say alike, if they do.
fn common(group: &[&Finding], say: impl Fn(&Finding) -> Option<String>) -> Option<String> {
    let first = say(group.first()?)?;
    group.iter().all(|f| say(f).as_ref() == Some(&first)).then_some(first)
}

fn place(group: &[&Finding], lang: Lang) -> String {
    let Some(first) = group.first() else { return String::new() };
    let file = file_of(&first.place, lang);
    match (&first.place, lang) {
        (Place::File { .. }, _) => file,
        (Place::Page { offset, .. }, Lang::Zh) => format!("{file} 第 {offset} 字节处"),
        (Place::Page { offset, .. }, Lang::En) => format!("{file} at byte {offset}"),
        (Place::Cell { column, .. }, _) => {
            let column = column.as_ref().map(|c| column_of(c, lang)).unwrap_or_default();
            match lang {
                Lang::Zh => format!("{file} 第 {} 行{column}", rows(group, lang)),
                Lang::En => format!("{file} row {}{column}", rows(group, lang)),
            }
        }
    }
}

/// Rows as runs: `3–7、9、12–14`, at most [`LISTED`] runs.
fn rows(group: &[&Finding], lang: Lang) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for finding in group {
        let Place::Cell { row, .. } = &finding.place else { continue };
        match runs.last_mut() {
            Some((_, last)) if *row == *last || *row == *last + 1 => *last = *row,
            _ => runs.push((*row, *row)),
        }
    }
    let written = |(from, to): &(u32, u32)| {
        if from == to { from.to_string() } else { format!("{from}–{to}") }
    };
    let join = if lang == Lang::Zh { "、" } else { ", " };
    let shown: Vec<String> = runs.iter().take(LISTED).map(written).collect();
    let text = shown.join(join);
    match (runs.len() > LISTED, lang) {
        (false, _) => text,
        (true, Lang::Zh) => format!("{text} 等 {}", group.len()),
        (true, Lang::En) => format!("{text} and others, {} in all,", group.len()),
    }
}

fn style(renderer: &Renderer<'_>, id: &str) -> (String, String) {
    if !renderer.color {
        return (String::new(), String::new());
    }
    let color = match renderer.titles.severity(id) {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Notice => AnsiColor::Cyan,
    };
    let style = Style::new().bold().fg_color(Some(color.into()));
    (style.render().to_string(), style.render_reset().to_string())
}

fn closing(renderer: &Renderer<'_>, findings: &Findings) -> String {
    let tally = renderer.tally(findings);
    let (all, e, w, n) = (findings.len(), tally.errors, tally.warnings, tally.notices);
    match renderer.lang {
        Lang::Zh => format!("共 {all} 处：错误 {e} · 提醒 {w} · 提示 {n}\n"),
        Lang::En => format!("{all} in all: {e} errors · {w} warnings · {n} notices\n"),
    }
}
