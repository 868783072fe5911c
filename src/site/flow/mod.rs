//! Flowcharts as data: `data/flow/*.yml` becomes a drawing and the same steps as numbered text.

mod draw;
mod layout;
mod model;

use std::path::Path;

use serde::Serialize;

use crate::diag::Failure;
use crate::law::{Law, parse_rules};

use super::render::Markup;
use model::FlowFile;

/// A flow as its page shows it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Flow {
    /// Name in addresses.
    pub(super) slug: String,
    /// Title.
    pub(super) title: String,
    /// One sentence on when it applies.
    pub(super) applies: String,
    /// Legal basis.
    pub(super) basis: Vec<String>,
    /// Last revision.
    pub(super) updated: String,
    /// The drawing.
    pub(super) drawing: Markup,
    /// The same in words.
    pub(super) steps: Vec<StepText>,
}

/// A step in words.
#[derive(Clone, Debug, Serialize)]
pub(super) struct StepText {
    number: usize,
    text: String,
    lane: String,
    clause: Option<String>,
    limit: Option<String>,
    next: Vec<String>,
}

/// Loads the flows of the site root, in order of their file names.
///
/// # Errors
/// A broken flow: unknown keys, a step that leads nowhere, a lane or id that is not there, a limit that
/// is not the law's.
pub(super) fn load(root: &Path, law: &Law) -> Result<Vec<Flow>, Failure> {
    let folder = root.join("data/flow");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let read = |cause| Failure::Read { path: folder.clone(), cause };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(read)? {
        let entry = entry.map_err(read)?;
        let is_file = entry.file_type().is_ok_and(|t| t.is_file());
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_file && name.ends_with(".yml") {
            names.push(name);
        }
    }
    names.sort();
    names.iter().map(|name| one(&folder, name, law)).collect()
}

fn one(folder: &Path, name: &str, law: &Law) -> Result<Flow, Failure> {
    let path = folder.join(name);
    let text = std::fs::read_to_string(&path)
        .map_err(|cause| Failure::Read { path: path.clone(), cause })?;
    let shown = format!("data/flow/{name}");
    let file: FlowFile = parse_rules(&shown, &text)?;
    file.check()
        .and_then(|()| file.tie(law))
        .map_err(|message| Failure::Rule { file: shown, message })?;
    let plan = layout::plan(&file);
    Ok(Flow {
        drawing: draw::svg(&file, &plan),
        steps: file.in_words(),
        slug: file.id,
        title: file.title,
        applies: file.applies,
        basis: file.basis,
        updated: file.updated.map(|d| d.to_string()).unwrap_or_default(),
    })
}
