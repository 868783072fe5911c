//! A checkup for a person and for a program.

use std::fmt::Write as _;

use crate::diag::{Failure, Lang, Part, Severity, Symptom};

use super::super::args::Format;
use super::Examined;

/// How many symptoms of one kind a person is shown.
const SHOWN: usize = 10;

/// Prints a checkup.
///
/// # Errors
/// Never.
pub(super) fn print(found: &Examined, format: Format, lang: Lang) -> Result<String, Failure> {
    match format {
        Format::Json => json(found, lang),
        Format::Text | Format::Github | Format::Sarif | Format::Junit => Ok(text(found, lang)),
    }
}

fn word<'w>(lang: Lang, zh: &'w str, en: &'w str) -> &'w str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn text(found: &Examined, lang: Lang) -> String {
    let mut out = String::new();
    for (part, zh, en, _) in Part::ALL {
        let own: Vec<&Symptom> = found.symptoms.iter().filter(|s| s.ailment.part == part).collect();
        let _ = writeln!(out, "{}{}", word(lang, zh, en), state(found, part, &own, lang));
        out.push_str(&rows(&own, lang));
    }
    let count = |severity| found.symptoms.iter().filter(|s| s.ailment.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let _ = match (found.is_well(), lang) {
        (true, Lang::Zh) => writeln!(out, "结论：良好"),
        (true, Lang::En) => writeln!(out, "all is well"),
        (false, Lang::Zh) => writeln!(out, "结论：{errors} 处损坏，{warnings} 处待办"),
        (false, Lang::En) => writeln!(out, "{errors} faults, {warnings} things to do"),
    };
    out
}

/// The symptoms of one part under its name, for a person.
pub(super) fn list(part: Part, symptoms: &[Symptom], lang: Lang) -> String {
    let name = Part::ALL.iter().find(|(p, ..)| *p == part);
    let name = name.map_or("", |(_, zh, en, _)| word(lang, zh, en));
    let own: Vec<&Symptom> = symptoms.iter().collect();
    format!("{name}{}\n{}", word(lang, "：", ":"), rows(&own, lang))
}

/// Symptoms, those of one kind together and not too many of it.
fn rows(own: &[&Symptom], lang: Lang) -> String {
    let mut out = String::new();
    for same in own.chunk_by(|a, b| std::ptr::eq(a.ailment, b.ailment)) {
        same.iter().take(SHOWN).for_each(|symptom| out.push_str(&row(symptom, lang)));
        if let Some(more) = same.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            let _ = match lang {
                Lang::Zh => writeln!(out, "  …… 另有 {more} 处相同的问题"),
                Lang::En => writeln!(out, "  … and {more} more of the same"),
            };
        }
    }
    out
}

/// What was looked at of a part.
fn state(found: &Examined, part: Part, own: &[&Symptom], lang: Lang) -> String {
    if found.left_out.contains(&part) {
        return word(lang, "：未检查（或者未查完）\n", ": not (wholly) looked at\n")
            .trim_end()
            .into();
    }
    let (events, cases, files) = (found.events.unwrap_or_default(), found.cases, found.files);
    let seen = match (part, lang) {
        (Part::Ledger, Lang::Zh) => format!("（事件 {events}，案件 {cases}）"),
        (Part::Ledger, Lang::En) => format!(" ({events} events, {cases} cases)"),
        (Part::Site, Lang::Zh) => format!("（文件 {files}）"),
        (Part::Site, Lang::En) => format!(" ({files} files)"),
        (Part::Launch, _) => String::new(),
    };
    let is_well = own.iter().all(|s| s.ailment.severity == Severity::Notice);
    let how = if is_well { word(lang, "：完好", ": well") } else { word(lang, "：", ":") };
    format!("{seen}{how}")
}

fn row(symptom: &Symptom, lang: Lang) -> String {
    let weight = match symptom.ailment.severity {
        Severity::Error => word(lang, "损坏", "fault"),
        Severity::Warning => word(lang, "待办", "to do"),
        Severity::Notice => word(lang, "提示", "notice"),
    };
    let line = match (symptom.line, lang) {
        (None, _) => String::new(),
        (Some(line), Lang::Zh) => format!(" 第 {line} 行"),
        (Some(line), Lang::En) => format!(" line {line}"),
    };
    let mend =
        if symptom.ailment.is_mendable { word(lang, "（可修复）", " (mendable)") } else { "" };
    format!(
        "  [{weight}] {}{line}{}{} [{}]{mend}\n      → {}\n",
        symptom.file,
        word(lang, "：", ": "),
        symptom.text(lang),
        symptom.ailment.id,
        symptom.remedy(lang),
    )
}

fn json(found: &Examined, lang: Lang) -> Result<String, Failure> {
    let name = |part: Part| {
        Part::ALL.iter().find(|(p, ..)| *p == part).map_or("", |(_, _, _, name)| *name)
    };
    let severity = |severity| match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    };
    let one = |s: &Symptom| {
        serde_json::json!({
            "id": s.ailment.id,
            "part": name(s.ailment.part),
            "severity": severity(s.ailment.severity),
            "file": s.file,
            "line": s.line,
            "message": s.text(lang),
            "remedy": s.remedy(lang),
            "mendable": s.ailment.is_mendable,
        })
    };
    let whole = serde_json::json!({
        "version": 1,
        "well": found.is_well(),
        "events": found.events,
        "cases": found.cases,
        "files": found.files,
        "not_checked": found.left_out.iter().map(|part| name(*part)).collect::<Vec<_>>(),
        "symptoms": found.symptoms.iter().map(one).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&whole)
        .map(|text| text + "\n")
        .map_err(|e| Failure::Internal(format!("a checkup does not serialize: {e}")))
}
