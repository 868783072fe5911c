//! A sheet as one printable page for the bureau's own use: results by check, with place, shape, clause and
//! remedy. It loads nothing, runs nothing, and holds no raw value. It is never part of the site.

use std::collections::BTreeMap;

use super::super::{Lang, Place};
use super::marks::escaped;
use super::sheet::{Level, Outcome, Rule};
use super::{Sheet, file_of};

/// The page's one style. Its digest stands in the page's own Content-Security-Policy.
pub(crate) const STYLE: &str = include_str!("report.css");
/// The digest of [`STYLE`], as a policy names it. A test of the command line ties the two.
pub(crate) const STYLE_DIGEST: &str = "sha256-nm7FtcUbsQ0A/9OVL+DiG1rpw37A2ihsSiaUMM+OJoI=";

/// The page. `figures` is the run's own account, printed as it is.
pub(crate) fn render(sheet: &Sheet, heading: &str, figures: &str) -> String {
    let lang = sheet.lang;
    let mut out = head(heading, lang);
    let mind = "内部材料，不得公开。单元格以位置和形状表示，不含内容。";
    let mind =
        word(lang, mind, "Internal: not to be published. Cells are told by place and shape.");
    out.push_str(&format!("<p class=\"mind\">{mind}</p>\n"));
    if !sheet.complete {
        let stopped = "本次运行中途停止，没有完成检查。";
        let stopped =
            word(lang, stopped, "The run stopped before its end; the checks are not complete.");
        out.push_str(&format!("<p class=\"mind\">{stopped}</p>\n"));
    }
    if !figures.trim().is_empty() {
        out.push_str(&format!("<pre>{}</pre>\n", escaped(figures.trim_end())));
    }
    let found: Vec<&Rule> =
        sheet.rules.iter().filter(|rule| sheet.of(&rule.id).next().is_some()).collect();
    out.push_str(&counts(sheet, &found));
    found.iter().for_each(|rule| out.push_str(&section(sheet, rule)));
    out.push_str(&unchecked(sheet));
    out + "</main>\n</body>\n</html>\n"
}

fn head(heading: &str, lang: Lang) -> String {
    let tag = word(lang, "zh-CN", "en");
    let heading = escaped(heading);
    let policy = format!(
        "default-src 'none'; style-src '{STYLE_DIGEST}'; base-uri 'none'; form-action 'none'"
    );
    format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n<meta name=\"robots\" content=\"noindex\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{heading}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{heading}</h1>\n"
    )
}

/// A page of tables that is no sheet of findings: the same head and style, escaped throughout.
pub(crate) struct Page(String);

impl Page {
    /// A page with its heading.
    pub(crate) fn new(heading: &str, lang: Lang) -> Self {
        Self(head(heading, lang))
    }

    /// A word to whoever reads it.
    pub(crate) fn note(&mut self, text: &str) {
        self.0.push_str(&format!("<p class=\"mind\">{}</p>\n", escaped(text)));
    }

    /// A heading.
    pub(crate) fn section(&mut self, text: &str) {
        self.0.push_str(&format!("<h2>{}</h2>\n", escaped(text)));
    }

    /// A table; one without rows is a dash.
    pub(crate) fn table(&mut self, heads: &[&str], rows: impl Iterator<Item = Vec<String>>) {
        let mut rows = rows.peekable();
        if rows.peek().is_none() {
            return self.0.push_str("<p>—</p>\n");
        }
        self.0.push_str("<table>\n<thead><tr>");
        for head in heads {
            self.0.push_str(&format!("<th scope=\"col\">{}</th>", escaped(head)));
        }
        self.0.push_str("</tr></thead>\n<tbody>\n");
        for row in rows {
            let cells =
                row.iter().map(|cell| format!("<td>{}</td>", escaped(cell).replace('\n', "<br>")));
            self.0.push_str(&format!("<tr>{}</tr>\n", cells.collect::<String>()));
        }
        self.0.push_str("</tbody>\n</table>\n");
    }

    /// The whole page.
    pub(crate) fn finish(self) -> String {
        self.0 + "</main>\n</body>\n</html>\n"
    }
}

/// One row a check, one column a level, sums at both ends.
fn counts(sheet: &Sheet, found: &[&Rule]) -> String {
    let lang = sheet.lang;
    if found.is_empty() {
        return format!("<p>{}</p>\n", word(lang, "没有发现。", "Nothing was found."));
    }
    let of = |rule: &Rule, level: Level| sheet.of(&rule.id).filter(|o| o.level == level).count();
    let mut out =
        format!("<table>\n<thead><tr><th scope=\"col\">{}</th>", word(lang, "检查", "check"));
    Level::ALL
        .iter()
        .for_each(|l| out.push_str(&format!("<th scope=\"col\">{}</th>", l.word(lang))));
    out.push_str(&format!(
        "<th scope=\"col\">{}</th></tr></thead>\n<tbody>\n",
        word(lang, "合计", "sum")
    ));
    let mut line = |name: String, counts: Vec<usize>| {
        let sum: usize = counts.iter().sum();
        out.push_str(&format!("<tr><th scope=\"row\">{name}</th>"));
        counts.iter().chain([&sum]).for_each(|n| out.push_str(&format!("<td>{n}</td>")));
        out.push_str("</tr>\n");
    };
    for rule in found {
        let name = format!("<a href=\"#{0}\">{1}</a>", escaped(&rule.id), escaped(&rule.title));
        line(name, Level::ALL.iter().map(|level| of(rule, *level)).collect());
    }
    let sum = |level: &Level| found.iter().map(|rule| of(rule, *level)).sum();
    line(word(lang, "合计", "sum").to_owned(), Level::ALL.iter().map(sum).collect());
    out + "</tbody>\n</table>\n"
}

/// One check: what it rests on, what to do, and every result.
fn section(sheet: &Sheet, rule: &Rule) -> String {
    let lang = sheet.lang;
    let id = escaped(&rule.id);
    let mut out =
        format!("<section id=\"{id}\">\n<h2>{} <code>{id}</code></h2>\n", escaped(&rule.title));
    let bases = sheet.bases(&rule.id);
    if !bases.is_empty() {
        let joined = escaped(&bases.join(word(lang, "；", "; ")));
        out.push_str(&format!("<p>{}{joined}</p>\n", word(lang, "依据：", "Basis: ")));
    }
    if !rule.remedy.is_empty() {
        let remedy = escaped(&rule.remedy);
        out.push_str(&format!("<p>{}{remedy}</p>\n", word(lang, "改法：", "What to do: ")));
    }
    let heads = word(lang, "级别 位置 说明 形状 依据", "level place what shape basis");
    // Where all results rest on the same, their basis is told once, above.
    let columns = if bases.len() > 1 { 5 } else { 4 };
    out.push_str("<table>\n<thead><tr>");
    let heads = heads.split(' ').take(columns);
    heads.for_each(|head| out.push_str(&format!("<th scope=\"col\">{head}</th>")));
    out.push_str("</tr></thead>\n<tbody>\n");
    for outcome in sheet.of(&rule.id) {
        let shape = outcome.shape.as_deref().unwrap_or("—");
        let cells = [
            outcome.level.word(lang).to_owned(),
            place(outcome, lang),
            outcome.message.clone(),
            if shape.is_empty() {
                word(lang, "（空）", "(blank)").into()
            } else {
                shape.to_owned()
            },
            outcome.basis.clone(),
        ];
        out.push_str("<tr>");
        cells[..columns]
            .iter()
            .for_each(|cell| out.push_str(&format!("<td>{}</td>", escaped(cell))));
        out.push_str("</tr>\n");
    }
    out + "</tbody>\n</table>\n</section>\n"
}

fn place(outcome: &Outcome, lang: Lang) -> String {
    let Some(place) = &outcome.place else { return "—".to_owned() };
    let file = file_of(place, lang);
    match (place, lang) {
        (Place::Cell { row, .. }, Lang::Zh) => format!("{file} 第 {row} 行"),
        (Place::Cell { row, .. }, Lang::En) => format!("{file} row {row}"),
        (Place::Page { offset, .. }, Lang::Zh) => format!("{file} 第 {offset} 字节处"),
        (Place::Page { offset, .. }, Lang::En) => format!("{file} at byte {offset}"),
        (Place::File { .. }, _) => file,
    }
}

/// Checks that were not made: a silence that is not a pass.
fn unchecked(sheet: &Sheet) -> String {
    if sheet.unchecked.is_empty() {
        return String::new();
    }
    let heading = word(sheet.lang, "未检查，不等于通过", "Not checked, which is not passed");
    let mut out = format!("<section>\n<h2>{heading}</h2>\n<ul>\n");
    let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (id, reason) in &sheet.unchecked {
        let ids = reasons.entry(reason).or_default();
        ids.push(format!("<code>{}</code>", escaped(id)));
    }
    for (reason, ids) in reasons {
        out.push_str(&format!("<li>{} {}</li>\n", escaped(reason), ids.join(" ")));
    }
    out + "</ul>\n</section>\n"
}

fn word<'w>(lang: Lang, zh: &'w str, en: &'w str) -> &'w str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
