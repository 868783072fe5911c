//! Flowcharts as data: `data/flow/*.yml` becomes drawings, the same steps as numbered text, and sheets to print.
//! Numbers and clauses come from the law's tables; nothing here holds one.

mod chart;
mod draw;
mod layout;
mod mermaid;
mod model;
mod ports;
mod route;
mod tie;

#[cfg(test)]
mod tests;

use std::path::Path;

use serde::Serialize;

use crate::diag::{Failure, Findings};
use crate::law::{Day, Law, parse_rules};

use super::render::Markup;
use super::theme::short_code;
use model::{FlowFile, Revision};
use tie::{Worded, Words};

pub(crate) use mermaid::import;

/// Most steps of one drawing on a page to read.
const ON_SCREEN: usize = 30;
/// Most steps of a sheet of A4, upright.
const ON_A4: usize = 12;
/// Most steps of a sheet of A3, across: two halves stand side by side.
const ON_A3: usize = 30;
/// Up to so many steps one drawing stands alone on its sheet of A3.
const ALONE: usize = 6;

/// A flow as its pages show it.
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
    pub(super) updated: Option<Day>,
    /// Earlier revisions.
    revisions: Vec<Revision>,
    /// From when it does not apply, and what stands in its place.
    superseded: Option<Instead>,
    /// The file, below the site root.
    #[serde(skip)]
    pub(super) file: String,
    /// Tells a printed sheet from later ones.
    pub(super) version: String,
    /// The drawings: one for most, more for a flow of more than thirty steps.
    #[serde(skip)]
    pub(super) drawings: Vec<Drawn>,
    /// Sheets of A4, each with its drawing.
    #[serde(skip)]
    pub(super) a4: Vec<Drawn>,
    /// Sheets of A3, each with its drawings.
    #[serde(skip)]
    pub(super) a3: Vec<Vec<Drawn>>,
    /// The same in words.
    pub(super) steps: Vec<StepText>,
}

/// A drawing, with the words above it where the flow has more than one.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Drawn {
    svg: Markup,
    caption: Option<String>,
}

/// What stands in a flow's place.
#[derive(Clone, Debug, Serialize)]
struct Instead {
    on: Day,
    slug: Option<String>,
    title: Option<String>,
}

/// A step in words.
#[derive(Clone, Debug, Serialize)]
pub(super) struct StepText {
    text: String,
    lane: String,
    clause: Option<String>,
    limit: Option<String>,
    next: Vec<String>,
}

/// Loads the flows of the site root, in order of their file names.
///
/// # Errors
/// A broken flow: unknown keys, a step that leads nowhere, a lane or id that is not there, a term the law
/// does not have, two flows of one id.
pub(super) fn load(
    root: &Path,
    law: &Law,
    today: Day,
    findings: &mut Findings,
) -> Result<Vec<Flow>, Failure> {
    let folder = root.join("data/flow");
    let mut flows = Vec::new();
    let mut superseded: Vec<Option<model::Superseded>> = Vec::new();
    for name in names(&folder)? {
        let path = folder.join(&name);
        let text = std::fs::read_to_string(&path)
            .map_err(|cause| Failure::Read { path: path.clone(), cause })?;
        let shown = format!("data/flow/{name}");
        let mut file: FlowFile = parse_rules(&shown, &text)?;
        let broken = |message| Failure::Rule { file: shown.clone(), message };
        file.check().map_err(broken)?;
        let words = tie::words(&file, law, today, (&shown, &text), findings).map_err(broken)?;
        if flows.iter().any(|f: &Flow| f.slug == file.id) {
            return Err(broken("another flow has this id".into()));
        }
        superseded.push(file.superseded.take());
        flows.push(flow(file, words, shown));
    }
    let titles: Vec<(String, String)> =
        flows.iter().map(|f| (f.slug.clone(), f.title.clone())).collect();
    for (flow, superseded) in flows.iter_mut().zip(superseded) {
        let Some(superseded) = superseded.filter(|s| s.on <= today) else { continue };
        let by = titles.iter().find(|(slug, _)| Some(slug) == superseded.by.as_ref());
        if superseded.by.is_some() && by.is_none() {
            let message = "`superseded` names a flow that is not there".to_owned();
            return Err(Failure::Rule { file: flow.file.clone(), message });
        }
        let (slug, title) = by.cloned().unzip();
        flow.superseded = Some(Instead { on: superseded.on, slug, title });
    }
    Ok(flows)
}

/// Names of the flow files, sorted; none where there is no such folder.
fn names(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    if !folder.is_dir() {
        return Ok(names);
    }
    let read = |cause| Failure::Read { path: folder.to_path_buf(), cause };
    for entry in std::fs::read_dir(folder).map_err(read)? {
        let entry = entry.map_err(read)?;
        let is_file = entry.file_type().is_ok_and(|t| t.is_file());
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_file && name.ends_with(".yml") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn flow(file: FlowFile, words: Words, shown: String) -> Flow {
    let drawn = |most: usize, address: fn(usize, usize) -> Option<String>| -> Vec<Drawn> {
        let charts = chart::parts(&file, &words, most, address);
        let drawn = charts.into_iter().enumerate();
        drawn.map(|(i, c)| Drawn { svg: draw::svg(&c, i), caption: c.caption }).collect()
    };
    let steps = in_words(&file, &words.steps);
    Flow {
        drawings: drawn(ON_SCREEN, |from, to| Some(part_address(from, to))),
        a4: drawn(ON_A4, |_, _| None),
        a3: drawn(on_half_a3(file.steps.len()), |_, _| None)
            .chunks(2)
            .map(<[Drawn]>::to_vec)
            .collect(),
        version: version(&file, &words),
        steps,
        slug: file.id,
        title: file.title,
        applies: words.applies,
        basis: words.basis,
        updated: file.updated,
        revisions: file.revisions,
        superseded: None,
        file: shown,
    }
}

/// Most steps of half a sheet of A3, so that its halves are about as high.
fn on_half_a3(steps: usize) -> usize {
    let halves = 2 * steps.div_ceil(ON_A3).max(1);
    if steps <= ALONE { ALONE } else { (steps.div_ceil(halves) + 1).min(ON_A3 / 2) }
}

/// Folder of a part's page below that of its flow's first: empty for the first itself.
pub(super) fn part_folder(part: usize) -> String {
    if part == 0 { String::new() } else { format!("tu{}/", part + 1) }
}

/// The way from the page of one part to that of another.
fn part_address(from: usize, to: usize) -> String {
    format!("{}{}", if from == 0 { "./" } else { "../" }, part_folder(to))
}

/// A short code that changes when anything on the sheets does.
fn version(file: &FlowFile, words: &Words) -> String {
    let updated = file.updated.map(|d| d.to_string()).unwrap_or_default();
    let mut text = format!("{}\u{1f}{}\u{1f}{updated}\n", file.title, words.applies);
    for (step, worded) in file.steps.iter().zip(&words.steps) {
        let fine = worded.fine_print().join("\u{1f}");
        text.push_str(&format!("{}\u{1f}{}\u{1f}{fine}", step.lane, worded.text));
        for way in &step.next {
            text.push_str(&format!("\u{1f}{}\u{1f}{}", way.to, way.label.as_deref().unwrap_or("")));
        }
        text.push('\n');
    }
    short_code(&text)
}

/// The steps as numbered text.
fn in_words(file: &FlowFile, steps: &[Worded]) -> Vec<StepText> {
    let words = |(i, (step, worded)): (usize, (&model::Step, &Worded))| StepText {
        text: worded.text.clone(),
        lane: step.lane.clone(),
        clause: worded.clause.clone(),
        limit: worded.limit.clone(),
        next: ways_in_words(file, i),
    };
    file.steps.iter().zip(steps).enumerate().map(words).collect()
}

/// Only what is not simply "go on to the next number".
fn ways_in_words(file: &FlowFile, from: usize) -> Vec<String> {
    let ways = &file.steps[from].next;
    let on = |way: &model::Way| {
        let to = file.index(&way.to)? + 1;
        match &way.label {
            Some(label) => Some(format!("{label}：转第{to}步")),
            None if to == from + 2 && ways.len() == 1 => None,
            None => Some(format!("转第{to}步")),
        }
    };
    ways.iter().filter_map(on).collect()
}
