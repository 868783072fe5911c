//! The page of an instrument: what `gongshi explain KEY` prints, and `explain --sources` for all of them,
//! which is `docs/law.md`.
//!
//! Like the page of a check it only joins the tables.

use crate::diag::{Failure, Lang};

use super::explain::doubt;
use super::region::Origin;
use super::rests::{Kind, Rests};
use super::source::{Certainty, clause_en, clause_order, clause_zh};
use super::whole::SOURCES;
use super::{Cite, Day, Law, Shelf, Source};

/// The page of the instrument with this key, or `None` where there is none.
///
/// # Errors
/// A table that cites cannot be read.
pub(crate) fn one(
    law: &Law,
    shelf: &Shelf,
    key: &str,
    lang: Lang,
) -> Result<Option<String>, Failure> {
    let Some(source) = law.sources().find(|source| source.key == key) else { return Ok(None) };
    let rests = Rests::load(law, shelf)?;
    Ok(Some(format!("# {}", page(law, source, &rests, lang))))
}

/// All instruments, or those in force on a day.
///
/// # Errors
/// A table that cites cannot be read.
pub(crate) fn all(
    law: &Law,
    shelf: &Shelf,
    on: Option<Day>,
    lang: Lang,
) -> Result<String, Failure> {
    let rests = Rests::load(law, shelf)?;
    let stands = |source: &&Source| on.is_none_or(|day| source.is_in_force_on(day));
    let sources: Vec<&Source> = law.sources().filter(stands).collect();
    let clauses: usize = sources.iter().map(|source| source.clauses.len()).sum();
    let mut out = head(law, (sources.len(), clauses), on, lang);
    for source in sources {
        out.push_str(&format!("\n## {}", page(law, source, &rests, lang)));
    }
    Ok(out)
}

fn head(law: &Law, (sources, clauses): (usize, usize), on: Option<Day>, lang: Lang) -> String {
    let region = law.origins.region().name(lang);
    match lang {
        Lang::Zh => {
            let day = on.map(|on| format!("，{on} 在施行期内的")).unwrap_or_default();
            format!(
                "# 法律依据一览\n\n共 {sources} 件、{clauses} 条{day}。条款内容由本项目概括，不是原文；引用以正式文本为准。\n「核对」一栏写明依据何种程度的文本，待核实的请法制机构确认。\n通用规则之外用地方包 {region}，「出自」一栏写明每件的来处。\n"
            )
        }
        Lang::En => {
            let day = on.map(|on| format!(" in force on {on}")).unwrap_or_default();
            format!(
                "# Instruments\n\n{sources} instruments, {clauses} clauses{day}. The gists are ours and not the text; the official text decides.\nBeside the general rules stands the pack of {region}.\n"
            )
        }
    }
}

/// Heading line, facts and clauses of an instrument.
fn page(law: &Law, source: &Source, rests: &Rests, lang: Lang) -> String {
    let (title, facts, heads) = match lang {
        Lang::Zh => (
            format!("{}：{}", source.key, source.full_title()),
            ["文号", "制定机关", "施行期", "核对", "出自"],
            "条款 | 内容 | 用到它的",
        ),
        Lang::En => (
            format!("{}: {}", source.key, source.title_en),
            ["number", "issuer", "in force", "read", "row of"],
            "clause | gist | what rests on it",
        ),
    };
    let number = source.number.clone().unwrap_or_else(|| "—".to_owned());
    let (read, origin) = (read(source, lang).to_owned(), law.origins.of(SOURCES, &source.key));
    let values = [number, source.issuer.clone(), days(source, lang), read, origin.words(lang)];
    let mut out = format!("{title}\n\n");
    for (fact, value) in facts.iter().zip(values) {
        out.push_str(&match lang {
            Lang::Zh => format!("- {fact}：{value}\n"),
            Lang::En => format!("- {fact}: {value}\n"),
        });
    }
    out.push_str(&format!("\n| {heads} |\n|---|---|---|\n"));
    let cite = |clause: &str| Cite { source: source.key.clone(), clause: clause.to_owned() };
    let mut clauses: Vec<(&String, &String)> = source.clauses.iter().collect();
    clauses.sort_by_key(|(clause, _)| clause_order(clause));
    for (clause, gist) in clauses {
        let certainty = source.to_confirm.contains(clause).then_some(Certainty::ToConfirm);
        let (name, resting) = (clause_name(clause, lang), resting(law, &cite(clause), rests, lang));
        out.push_str(&format!("| {name} | {gist}{} | {resting} |\n", doubt(certainty, lang)));
    }
    out
}

fn clause_name(clause: &str, lang: Lang) -> String {
    match (clause, lang) {
        ("", Lang::Zh) => "全篇".to_owned(),
        ("", Lang::En) => "as a whole".to_owned(),
        (clause, Lang::Zh) => clause_zh(clause),
        (clause, Lang::En) => clause_en(clause),
    }
}

fn days(source: &Source, lang: Lang) -> String {
    let days = match (source.in_force_from, source.in_force_until, lang) {
        (Some(from), Some(until), Lang::Zh) => format!("{from} 至 {until}"),
        (Some(from), Some(until), Lang::En) => format!("{from} to {until}"),
        (Some(from), None, Lang::Zh) => format!("{from} 起"),
        (Some(from), None, Lang::En) => format!("from {from}"),
        (None, Some(until), Lang::Zh) => format!("至 {until}，起始日未载"),
        (None, Some(until), Lang::En) => format!("to {until}, the first day is not on record"),
        (None, None, Lang::Zh) => "施行日未载，视为有效".to_owned(),
        (None, None, Lang::En) => "days not on record, taken to be in force".to_owned(),
    };
    let doubt = doubt(source.days_to_confirm.then_some(Certainty::ToConfirm), lang);
    format!("{days}{doubt}")
}

fn read(source: &Source, lang: Lang) -> &'static str {
    match (source.certainty, lang) {
        (Certainty::Read, Lang::Zh) => "读过所引条文",
        (Certainty::Excerpt, Lang::Zh) => "据摘录",
        (Certainty::ToConfirm, Lang::Zh) => "待法制机构核实",
        (Certainty::Read, Lang::En) => "the clauses were read",
        (Certainty::Excerpt, Lang::En) => "from an excerpt",
        (Certainty::ToConfirm, Lang::En) => "to be confirmed by the legal office",
    }
}

/// What rests on a clause, kind by kind; a dash for what only stands in the table.
fn resting(law: &Law, cite: &Cite, rests: &Rests, lang: Lang) -> String {
    let mut parts: Vec<String> = Vec::new();
    for rows in rests.on(cite).chunk_by(|a, b| a.0 == b.0) {
        let mark = |kind: Kind, id: &str| match kind.origin(law, id) {
            Origin::Pack(region) => Origin::Pack(region).mark(lang),
            Origin::General | Origin::Own => String::new(),
        };
        let named = |(kind, id): &(Kind, String)| format!("`{id}`{}", mark(*kind, id));
        let ids: Vec<String> = rows.iter().map(named).collect();
        let word = rows.first().map(|(kind, _)| word(*kind, lang)).unwrap_or_default();
        parts.push(format!("{word} {}", ids.join(" ")));
    }
    match (parts.is_empty(), lang) {
        (true, _) => "—".to_owned(),
        (false, Lang::Zh) => parts.join("；"),
        (false, Lang::En) => parts.join("; "),
    }
}

fn word(kind: Kind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (Kind::Check, Lang::Zh) => "检查",
        (Kind::Term, Lang::Zh) => "期限",
        (Kind::Limit, Lang::Zh) => "界线",
        (Kind::Period, Lang::Zh) => "公示期限",
        (Kind::Redaction, Lang::Zh) => "脱敏",
        (Kind::Check, Lang::En) => "check",
        (Kind::Term, Lang::En) => "term",
        (Kind::Limit, Lang::En) => "limit",
        (Kind::Period, Lang::En) => "period",
        (Kind::Redaction, Lang::En) => "redaction",
    }
}
