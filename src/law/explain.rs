//! The page of a check: what `gongshi explain ID` prints and what `docs/checks/ID.md` holds.
//!
//! It only joins the tables; a sentence that is not a heading belongs in `data/law/`.

use crate::diag::Lang;

use super::region::Origin;
use super::source::Certainty;
use super::whole::{CHECKS, SOURCES, TERMS};
use super::{CheckRow, Cite, Day, Effect, Law, LawOf, Source, Stage};

/// The Markdown page of the check `id`, or `None` where there is no such check. With a day, only clauses in
/// force on it are cited; without one all are, with the days of what is not in force without end.
pub(crate) fn page(law: &Law, id: &str, on: Option<Day>, lang: Lang) -> Option<String> {
    let row = law.check(id)?;
    let heads = heads(lang);
    let mut out = format!("# {}：{}\n\n", row.id, row.title.text(lang));
    if lang == Lang::En {
        out = format!("# {}: {}\n\n", row.id, row.title.text(lang));
    }
    out.push_str(&facts(law, row, lang));
    section(&mut out, heads.looks_for, row.looks_for.text(lang));
    if !row.cites.is_empty() {
        let mut lines = bases(law, &row.cites, on, lang);
        if row.law_of == LawOf::Decision {
            lines.push_str(&format!("\n\n{}", heads.by_decision));
        }
        section(&mut out, heads.basis, &lines);
    }
    if let Some(example) = &row.example {
        let bad = format!("- {}{}\n", heads.bad, example.bad);
        section(&mut out, heads.example, &format!("{bad}- {}{}", heads.good, example.good));
    }
    section(&mut out, heads.remedy, row.remedy.text(lang));
    section(&mut out, heads.since, &row.since);
    if law.origins.of(CHECKS, id) != Origin::General {
        section(&mut out, heads.origin, &law.origins.of(CHECKS, id).words(lang));
    }
    Some(out)
}

struct Heads {
    looks_for: &'static str,
    basis: &'static str,
    by_decision: &'static str,
    example: &'static str,
    bad: &'static str,
    good: &'static str,
    remedy: &'static str,
    since: &'static str,
    origin: &'static str,
}

fn heads(lang: Lang) -> Heads {
    match lang {
        Lang::Zh => Heads {
            looks_for: "查什么",
            basis: "依据",
            by_decision: "每处问题只引决定作出之日施行的条款。",
            example: "例",
            bad: "有问题：",
            good: "没有问题：",
            remedy: "怎么改",
            since: "自哪版起",
            origin: "出自",
        },
        Lang::En => Heads {
            looks_for: "What it looks for",
            basis: "Basis",
            by_decision: "A finding cites only what was in force on the day of the decision.",
            example: "Example",
            bad: "found: ",
            good: "not found: ",
            remedy: "What to do",
            since: "Since",
            origin: "Row of",
        },
    }
}

fn section(out: &mut String, head: &str, body: &str) {
    out.push_str(&format!("\n## {head}\n\n{body}\n"));
}

/// Stage, effect and term in a small table.
fn facts(law: &Law, row: &CheckRow, lang: Lang) -> String {
    let (stage, effect, by, term) = match lang {
        Lang::Zh => ("环节", "后果", "由谁处理", "期限"),
        Lang::En => ("Stage", "Effect", "Seen to by", "Term"),
    };
    let roles: Vec<&str> = row.roles.iter().map(|role| role.name(lang)).collect();
    let roles = roles.join(if lang == Lang::Zh { "、" } else { ", " });
    let mut out = format!("| {stage} | {effect} | {by} |");
    let (made_in, does) = (stage_words(row.stage, lang), effect_words(row, lang));
    let mut line = format!("| {made_in} | {does} | {roles} |");
    let mut rule = String::from("|---|---|---|");
    if let Some(span) = row.term.as_deref().and_then(|t| law.term(t)) {
        out.push_str(&format!(" {term} |"));
        rule.push_str("---|");
        let own = law.origins.of(TERMS, &span.id).mark(lang);
        line.push_str(&match lang {
            Lang::Zh if span.own_choice => {
                format!(" {}起{}（法律未定日数，本工具自定）{own} |", span.from, span.span_zh())
            }
            Lang::Zh => format!(" {}起{}{own} |", span.from, span.span_zh()),
            Lang::En if span.own_choice => format!(" {} (own choice){own} |", span.span_en()),
            Lang::En => format!(" {}{own} |", span.span_en()),
        });
    }
    format!("{out}\n{rule}\n{line}\n")
}

fn stage_words(stage: Stage, lang: Lang) -> &'static str {
    match (stage, lang) {
        (Stage::Intake, Lang::Zh) => "读入",
        (Stage::Vet, Lang::Zh) => "核查",
        (Stage::Process, Lang::Zh) => "过程核查",
        (Stage::Redact, Lang::Zh) => "脱敏",
        (Stage::Ledger, Lang::Zh) => "台账",
        (Stage::Site, Lang::Zh) => "成页",
        (Stage::Audit, Lang::Zh) => "复核",
        (Stage::Intake, Lang::En) => "intake",
        (Stage::Vet, Lang::En) => "vet",
        (Stage::Process, Lang::En) => "process",
        (Stage::Redact, Lang::En) => "redact",
        (Stage::Ledger, Lang::En) => "ledger",
        (Stage::Site, Lang::En) => "site",
        (Stage::Audit, Lang::En) => "audit",
    }
}

fn effect_words(row: &CheckRow, lang: Lang) -> &'static str {
    match (row.effect, lang) {
        (Effect::Refuse, Lang::Zh) => "拒绝整批或者整次输出，已公示内容不动",
        (Effect::Hold, Lang::Zh) => "扣留该条，其余照常",
        (Effect::Withhold, Lang::Zh) => "该条不公开，只计件数",
        (Effect::Report, Lang::Zh) => "照常公开，提醒改正",
        (Effect::Notice, Lang::Zh) => "照常公开，仅提示",
        (Effect::Refuse, Lang::En) => "refuses the drop or the output; what is published stays",
        (Effect::Hold, Lang::En) => "holds the record; the rest goes on",
        (Effect::Withhold, Lang::En) => "the record is not disclosed, only counted",
        (Effect::Report, Lang::En) => "published; should be mended",
        (Effect::Notice, Lang::En) => "published; worth knowing",
    }
}

/// The lines of the basis, or that nothing of it was in force on the day.
fn bases(law: &Law, cites: &[Cite], on: Option<Day>, lang: Lang) -> String {
    let stands = |cite: &&Cite| on.is_none_or(|day| law.stands(cite, day.into()));
    let lines: Vec<String> = cites.iter().filter(stands).map(|c| basis(law, c, lang)).collect();
    match on {
        Some(day) if lines.is_empty() => law.basis(cites, day.into(), lang),
        _ => lines.join("\n"),
    }
}

/// How well a clause was read, where it was not read in full.
pub(super) fn doubt(certainty: Option<Certainty>, lang: Lang) -> &'static str {
    match (certainty, lang) {
        (Some(Certainty::Excerpt), Lang::Zh) => "（据摘录）",
        (Some(Certainty::ToConfirm), Lang::Zh) => "（待法制机构核实）",
        (Some(Certainty::Excerpt), Lang::En) => " (from an excerpt)",
        (Some(Certainty::ToConfirm), Lang::En) => " (to be confirmed)",
        (Some(Certainty::Read) | None, _) => "",
    }
}

/// The days of an instrument that is no longer in force; empty for one that is without end.
fn days(source: &Source, lang: Lang) -> String {
    let Some(last) = source.in_force_until else { return String::new() };
    let first = source.in_force_from.map(|day| day.to_string()).unwrap_or_default();
    match lang {
        Lang::Zh => format!("（施行期 {first} 至 {last}）"),
        Lang::En => format!(" (in force {first} to {last})"),
    }
}

/// One line of the basis: citation, gist, and a mark where the text was not read in full.
fn basis(law: &Law, cite: &Cite, lang: Lang) -> String {
    let gist = law.gist(cite).unwrap_or_default();
    let source = law.source(cite);
    let doubt = doubt(source.map(|s| s.certainty_of(&cite.clause)), lang);
    let days = source.map(|s| days(s, lang)).unwrap_or_default();
    let own = law.origins.of(SOURCES, &cite.source).mark(lang);
    match lang {
        Lang::Zh => format!("- {}：{gist}{doubt}{days}{own}", law.cite_zh(cite)),
        Lang::En => format!("- {}: {gist}{doubt}{days}{own}", law.cite_en(cite)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Shelf;
    use super::*;

    #[test]
    fn a_page_has_its_parts() {
        let law = Law::load(&Shelf::embedded(), &[]).expect("the embedded law");
        let page = page(&law, "late-penalty", None, Lang::Zh).expect("a page");
        for part in ["# late-penalty：", "## 查什么", "《行政处罚法》第四十八条第一款", "7个工作日"]
        {
            assert!(page.contains(part), "{part}");
        }
        assert_eq!(super::page(&law, "no-such-check", None, Lang::Zh), None);
    }

    #[test]
    fn every_check_has_a_page_in_both_languages() {
        let law = Law::load(&Shelf::embedded(), &[]).expect("the embedded law");
        for row in law.checks() {
            for lang in [Lang::Zh, Lang::En] {
                let page = page(&law, &row.id, None, lang).expect("a page");
                assert!(page.starts_with(&format!("# {}", row.id)), "{}", row.id);
            }
        }
    }
}
