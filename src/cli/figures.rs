//! Figures as `name=value` lines, the form in which GitHub and GitLab take a step's results.
//!
//! Counts and digests only: must not be given a name, a number of a document or a path.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use crate::diag::Failure;
use crate::publish::Manifest;

use super::summary::Summary;

/// Adds the lines to the file, where one is named; other steps may have written there before.
///
/// # Errors
/// The file cannot be written.
pub(super) fn write(file: Option<&Path>, figures: &[(&str, String)]) -> Result<(), Failure> {
    let Some(path) = file else { return Ok(()) };
    let lines: String = figures.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .and_then(|mut file| file.write_all(lines.as_bytes()))
        .map_err(|cause| Failure::Write { path: path.to_path_buf(), cause })
}

/// The figures of a run that read drops.
pub(super) fn of(summary: &Summary) -> Vec<(&'static str, String)> {
    [
        ("published", summary.published),
        ("held", summary.held),
        ("overdue", summary.late),
        ("takedown_overdue", summary.takedowns_overdue),
    ]
    .map(|(name, figure)| (name, figure.to_string()))
    .into()
}

/// The digest of a built site's manifest, which stands for every byte of it.
///
/// # Errors
/// The manifest cannot be read.
pub(super) fn manifest(out: &Path) -> Result<(&'static str, String), Failure> {
    Ok(("manifest_sha256", Manifest::digest(out)?.to_string()))
}
