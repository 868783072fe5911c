//! What a publication would change at a target: cases, files, figures. It tells of public text only, and of what
//! leaves only that it leaves.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::diag::Failure;

use super::super::manifest::{Change, Manifest};
use super::{Built, Stands, record_of};

/// What becomes of a case at the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fate {
    /// It is taken down, with a notice.
    TakenDown,
    /// Its time is over.
    Expired,
    /// It is no longer shown.
    Withdrawn,
    /// It is shown in other words.
    Corrected,
    /// It is shown again.
    Reinstated,
    /// It is shown for the first time.
    New,
}

impl Fate {
    /// All, in the order in which they are told.
    pub(crate) const ALL: [Self; 6] = [
        Self::TakenDown,
        Self::Expired,
        Self::Withdrawn,
        Self::Corrected,
        Self::Reinstated,
        Self::New,
    ];
}

/// A case that changes at the target.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct CaseFate {
    /// What becomes of it.
    pub(crate) fate: Fate,
    /// Its name in addresses.
    pub(crate) id: String,
}

/// A figure of the statistics that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Cell {
    /// The file it stands in.
    pub(crate) file: String,
    /// Where in it.
    pub(crate) cell: String,
    /// What it said; none where it is new.
    pub(crate) before: Option<String>,
    /// What it will say; none where it goes.
    pub(crate) after: Option<String>,
}

/// All of it.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Difference {
    /// Whether anything of ours stands at the target.
    pub(crate) has_site: bool,
    /// Cases that change.
    pub(crate) cases: Vec<CaseFate>,
    /// Cases that the target shows now.
    pub(crate) shown: u64,
    /// Files that change, by path.
    pub(crate) files: BTreeMap<String, Change>,
    /// Bytes that are to be sent.
    pub(crate) bytes: u64,
    /// Figures that change.
    pub(crate) cells: Vec<Cell>,
}

impl Difference {
    /// What `site` changes where `stands` stands; `read` reads a file there.
    ///
    /// # Errors
    /// The target does not answer.
    pub(crate) fn of(
        site: &Built,
        stands: Option<&Stands>,
        read: impl Fn(&str) -> Result<Option<Vec<u8>>, Failure>,
    ) -> Result<Self, Failure> {
        let old = stands.map(|stands| &stands.manifest);
        let mut found = Self { has_site: old.is_some(), ..Self::default() };
        for (path, change) in site.manifest.changes_since(old) {
            if change != Change::Removed {
                found.bytes += site.manifest.bytes_of(path).unwrap_or_default();
            }
            let is_record = record_of(path).is_some() && path.ends_with(".json");
            let is_figures = path.starts_with("shuju/tongji-") && path.ends_with(".json");
            if is_record || is_figures {
                let before = (change != Change::Added).then(|| read(path)).transpose()?.flatten();
                let after = (change != Change::Removed).then(|| site.file(path)).transpose()?;
                let [before, after] = [before, after].map(|text| parsed(text.as_deref()));
                if is_figures {
                    found.figures(path, before.as_ref(), after.as_ref());
                } else if let Some(fate) = fate(before.as_ref(), after.as_ref()) {
                    let id =
                        record_of(path).and_then(|f| f.trim_end_matches('/').rsplit('/').next());
                    found.cases.push(CaseFate { fate, id: id.unwrap_or_default().to_owned() });
                }
            }
            found.files.insert(path.to_owned(), change);
        }
        found.cases.sort();
        found.shown = old.map_or(0, |_| found.standing(&site.manifest, site));
        Ok(found)
    }

    /// Cases that the target shows now: those that the new site shows, without what comes and with what goes.
    fn standing(&self, manifest: &Manifest, site: &Built) -> u64 {
        let records = manifest
            .files
            .iter()
            .filter(|file| record_of(&file.path).is_some() && file.path.ends_with(".json"));
        let is_shown = |path: &str| {
            let text = site.file(path).ok();
            is_published(parsed(text.as_deref()).as_ref())
        };
        let now = records.filter(|file| is_shown(&file.path)).count() as u64;
        let count =
            |fates: &[Fate]| self.cases.iter().filter(|c| fates.contains(&c.fate)).count() as u64;
        (now + count(&[Fate::TakenDown, Fate::Expired, Fate::Withdrawn]))
            .saturating_sub(count(&[Fate::New, Fate::Reinstated]))
    }

    /// How many cases leave, and how many are shown in other words.
    pub(crate) fn leaving_and_changing(&self) -> [u64; 2] {
        let count =
            |fates: &[Fate]| self.cases.iter().filter(|c| fates.contains(&c.fate)).count() as u64;
        [count(&[Fate::TakenDown, Fate::Expired, Fate::Withdrawn]), count(&[Fate::Corrected])]
    }

    fn figures(&mut self, file: &str, before: Option<&Value>, after: Option<&Value>) {
        let [mut old, mut new] = [BTreeMap::new(), BTreeMap::new()];
        before.iter().for_each(|value| leaves(value, "", &mut old));
        after.iter().for_each(|value| leaves(value, "", &mut new));
        let names: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for cell in names {
            let (before, after) = (old.get(cell).cloned(), new.get(cell).cloned());
            if before != after {
                let (file, cell) = (file.to_owned(), cell.clone());
                self.cells.push(Cell { file, cell, before, after });
            }
        }
    }
}

fn parsed(text: Option<&[u8]>) -> Option<Value> {
    serde_json::from_slice(text?).ok()
}

fn is_published(record: Option<&Value>) -> bool {
    record.is_some_and(|record| record["status"] == "published")
}

/// What becomes of a case whose record changes so; nothing where it was not shown and is not.
fn fate(before: Option<&Value>, after: Option<&Value>) -> Option<Fate> {
    let stood = before.is_some_and(|record| record["published_on"].is_string());
    match (is_published(before), is_published(after)) {
        (true, true) => Some(Fate::Corrected),
        (false, true) if stood => Some(Fate::Reinstated),
        (false, true) => Some(Fate::New),
        (false, false) => None,
        (true, false) => Some(match after.and_then(|record| record["status"].as_str()) {
            Some("taken_down") => Fate::TakenDown,
            Some("expired") => Fate::Expired,
            _ => Fate::Withdrawn,
        }),
    }
}

/// The values of a table of figures, each with the names that lead to it.
fn leaves(value: &Value, at: &str, out: &mut BTreeMap<String, String>) {
    let below = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at} {name}") };
    match value {
        Value::Object(fields) => {
            let figures = fields.iter().filter(|(name, _)| *name != "title");
            figures.for_each(|(name, value)| leaves(value, &below(name), out));
        }
        Value::Array(values) => {
            for (number, value) in (1..).zip(values) {
                let name =
                    value["title"].as_str().map_or_else(|| format!("#{number}"), str::to_owned);
                leaves(value, &below(&name), out);
            }
        }
        Value::String(text) => drop(out.insert(at.to_owned(), text.clone())),
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) => drop(out.insert(at.to_owned(), value.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_tells_what_becomes_of_its_case() {
        let record =
            |status: &str| serde_json::json!({"status": status, "published_on": "2026-02-13"});
        let (up, down, over) = (record("published"), record("taken_down"), record("expired"));
        assert_eq!(fate(None, Some(&up)), Some(Fate::New));
        assert_eq!(fate(Some(&up), Some(&up)), Some(Fate::Corrected));
        assert_eq!(fate(Some(&up), Some(&down)), Some(Fate::TakenDown));
        assert_eq!(fate(Some(&up), Some(&over)), Some(Fate::Expired));
        assert_eq!(fate(Some(&up), None), Some(Fate::Withdrawn));
        assert_eq!(fate(Some(&down), Some(&up)), Some(Fate::Reinstated));
        assert_eq!(fate(Some(&down), Some(&over)), None, "it was not shown");
    }

    #[test]
    fn figures_are_told_by_their_names() {
        let table = |n: u64| serde_json::json!({"balances": [{"title": "行政处罚", "published": n}], "x": "1"});
        let mut found = Difference::default();
        found.figures("shuju/tongji-2026.json", Some(&table(3)), Some(&table(4)));
        let cell = &found.cells[0];
        assert_eq!((found.cells.len(), &*cell.cell), (1, "balances 行政处罚 published"));
        assert_eq!((cell.before.as_deref(), cell.after.as_deref()), (Some("3"), Some("4")));
    }
}
