//! Prints findings and figures in the format asked for, as one result.

mod coverage;
pub(super) mod folder;
mod reader;

use std::path::Path;

use crate::diag::render::{
    Format as Form, Renderer, Sheet, html, junit, sarif, summary as markdown,
};
use crate::diag::{Failure, Findings, Lang};
use crate::publish;

pub(super) use reader::Reader;

use super::args::{Common, Format, SummaryArgs};
use super::root::Root;
use super::summary::Summary;
use super::terminal::Terminal;

/// Prints what a run found, and its figures where it got that far.
///
/// # Errors
/// Standard output is closed or full.
pub(super) fn outcome(
    findings: &Findings,
    summary: Option<&Summary>,
    reader: Reader<'_>,
    common: &Common,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let (root, lang) = (reader.root, terminal.lang);
    let renderer =
        Renderer::new(&root.law, lang, root.today.day().into()).colored(terminal.color());
    let (kept, hidden) = reader.kept(findings);
    let left_out = reader.left_out(hidden, lang);
    let text = match common.format {
        Format::Text => {
            let mut text = renderer.render(&kept, Form::Text) + &left_out;
            if let Some(summary) = summary {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&figures(summary, lang));
            }
            text
        }
        Format::Json => json(&renderer.render(&kept, Form::Json), summary, (reader, hidden))?,
        Format::Github => {
            let notice = summary.map_or_else(String::new, |s| {
                let line = format!("{left_out}{}", figures(s, lang));
                format!("::notice title=gongshi::{}\n", line.trim_end().replace('\n', "%0A"))
            });
            renderer.render(&kept, Form::Github) + &notice
        }
        Format::Sarif => sarif::render(&sheet(findings, summary, reader, lang)),
        Format::Junit => junit::render(&sheet(findings, summary, reader, lang)),
    };
    terminal.result(&text)
}

/// Writes what a run found into `report/`, where that is asked for.
///
/// # Errors
/// The folder leads into a built site, or a file cannot be written.
pub(super) fn internal(
    (job, name): (&SummaryArgs, &str),
    findings: &Findings,
    summary: &Summary,
    reader: Reader<'_>,
    lang: Lang,
) -> Result<(), Failure> {
    if !job.report {
        return Ok(());
    }
    let root = reader.root;
    let (kept, hidden) = reader.kept(findings);
    let figures = figures(summary, lang) + &reader.left_out(hidden, lang);
    let sheet = sheet(findings, Some(summary), reader, lang);
    let page = html::render(&sheet, &folder::heading(root, name, lang), &figures);
    let renderer = Renderer::new(&root.law, lang, root.today.day().into());
    let json = json(&renderer.render(&kept, Form::Json), Some(summary), (reader, hidden))?;
    folder::write(root, name, &page, &json)
}

/// What a run found as a sheet: every check of the table, with those that were not made. Without figures
/// the run stopped before its end, or is not one that makes the checks of the table.
pub(super) fn sheet(
    findings: &Findings,
    summary: Option<&Summary>,
    reader: Reader<'_>,
    lang: Lang,
) -> Sheet {
    let root = reader.root;
    let unchecked = coverage::unchecked(&root.law, summary, lang);
    let renderer = Renderer::new(&root.law, lang, root.today.day().into());
    reader.sheet(renderer.sheet(findings, unchecked, summary.is_some()))
}

/// Writes the summary of a job.
///
/// # Errors
/// The file cannot be written.
pub(super) fn job(path: &Path, sheet: &Sheet, heading: &str, figures: &str) -> Result<(), Failure> {
    publish::replace(path, markdown::render(sheet, heading, figures).as_bytes())
}

/// Writes the summary of a job that stopped, where one is asked for: an old one must not stay and be
/// taken for this run's.
///
/// # Errors
/// The file cannot be written.
pub(super) fn failed_job(
    job: &SummaryArgs,
    failure: &Failure,
    root: &Root,
    lang: Lang,
) -> Result<(), Failure> {
    let Some(path) = &job.file else { return Ok(()) };
    let none = Findings::new();
    self::job(
        path,
        &sheet(failure.findings().unwrap_or(&none), None, Reader::everybody(root), lang),
        "gongshi",
        &failure.sentence(lang),
    )
}

/// Prints the findings that come with a failure, if any do.
///
/// # Errors
/// Standard output is closed or full.
pub(super) fn failure(
    failure: &Failure,
    root: &Root,
    common: &Common,
    terminal: &Terminal,
) -> Result<(), Failure> {
    match failure.findings() {
        Some(findings) => outcome(findings, None, Reader::everybody(root), common, terminal),
        None => Ok(()),
    }
}

/// The figures of a run for people.
pub(super) fn figures(summary: &Summary, lang: Lang) -> String {
    match lang {
        Lang::Zh => summary.zh(),
        Lang::En => summary.en(),
    }
}

/// The findings' document with the run's figures under `run`, and for a role what is left out.
fn json(
    findings: &str,
    summary: Option<&Summary>,
    (reader, hidden): (Reader<'_>, usize),
) -> Result<String, Failure> {
    let internal = |e: serde_json::Error| Failure::Internal(format!("report: {e}"));
    let mut whole: serde_json::Value = serde_json::from_str(findings).map_err(internal)?;
    if let (Some(summary), Some(object)) = (summary, whole.as_object_mut()) {
        object.insert("run".into(), serde_json::to_value(summary).map_err(internal)?);
    }
    if let Some(role) = reader.role {
        whole["summary"]["for"] = role.word().into();
        whole["summary"]["hidden"] = hidden.into();
    }
    Ok(serde_json::to_string_pretty(&whole).map_err(internal)? + "\n")
}
