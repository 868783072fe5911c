//! The report for programs, version 1. The version is in the path: a change of meaning is a new file.
//!
//! Inner types are not serialized; the twins below are the interface.

use serde::Serialize;

use super::super::{Column, Finding, Findings, Place, Severity};
use super::{Renderer, Tally};

#[derive(Serialize)]
struct ReportV1<'a> {
    version: u8,
    findings: Vec<FindingV1<'a>>,
    summary: SummaryV1,
}

#[derive(Serialize)]
struct FindingV1<'a> {
    check: &'a str,
    severity: &'static str,
    title: &'a str,
    place: PlaceV1<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shape: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    basis: String,
    /// The day whose law the basis is, where it is not that of the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    basis_day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum PlaceV1<'a> {
    File {
        file: &'a str,
    },
    Cell {
        file: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        sheet: Option<&'a str>,
        row: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        column: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        column_number: Option<u32>,
    },
    Page {
        path: &'a str,
        offset: usize,
    },
}

#[derive(Serialize)]
struct SummaryV1 {
    findings: usize,
    errors: usize,
    warnings: usize,
    notices: usize,
}

/// The report as one JSON object and a line end.
pub(super) fn render(renderer: &Renderer<'_>, findings: &Findings) -> String {
    let Tally { errors, warnings, notices } = renderer.tally(findings);
    let report = ReportV1 {
        version: 1,
        findings: findings.sorted().into_iter().map(|f| twin(renderer, f)).collect(),
        summary: SummaryV1 { findings: findings.len(), errors, warnings, notices },
    };
    // The twins hold nothing that JSON cannot: no maps with odd keys, no floats.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

fn twin<'a>(renderer: &'a Renderer<'_>, finding: &'a Finding) -> FindingV1<'a> {
    FindingV1 {
        check: finding.check,
        severity: severity(renderer.titles.severity(finding.check)),
        title: renderer.title(finding.check),
        place: place(&finding.place),
        shape: finding.shape.as_ref().map(ToString::to_string),
        note: finding.note.as_ref().map(|n| n.text(renderer.lang)),
        basis: renderer.basis(finding),
        basis_day: finding.on.map(|on| on.to_string()),
        remedy: renderer.titles.remedy(finding.check, renderer.lang),
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Notice => "notice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn place(place: &Place) -> PlaceV1<'_> {
    match place {
        Place::File { file } => PlaceV1::File { file },
        Place::Cell { file, sheet, row, column } => {
            let (column, column_number) = match column {
                Some(Column::Known(name)) => (Some(&**name), None),
                Some(Column::Foreign(number)) => (None, Some(*number)),
                None => (None, None),
            };
            PlaceV1::Cell { file, sheet: sheet.as_deref(), row: *row, column, column_number }
        }
        Place::Page { path, offset } => PlaceV1::Page { path, offset: *offset },
    }
}
