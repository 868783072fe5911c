//! The hand on rule files: finds them in the site root or in the binary, and reads their YAML.
//!
//! Rule files hold no raw data, so the parser's own message may be shown; of the few that may hold words of
//! a record, only the place is told. Drops never come here.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::region::{self, Region};
use crate::diag::Failure;

/// The rule files that travel inside the binary.
#[derive(RustEmbed)]
#[folder = "data"]
#[include = "law/*"]
#[include = "law/calendar/*"]
#[include = "law/regions/*/*"]
#[include = "intake/*"]
#[include = "redact/*"]
#[include = "forms/*"]
struct Embedded;

/// Where rule files are looked up: the site root first, then the region's pack, then the general ones of the
/// binary.
#[derive(Clone, Debug)]
pub(crate) struct Shelf {
    root: Option<PathBuf>,
    /// The region whose pack is used; `None` for the default one.
    region: Option<Region>,
}

/// What a site root's `site.yml` says of its region.
#[derive(Deserialize)]
struct Place {
    #[serde(default)]
    region: Option<String>,
}

impl Shelf {
    /// A shelf that prefers files under `root`, with the pack of the default region.
    pub(crate) fn at(root: &Path) -> Self {
        Self { root: Some(root.to_path_buf()), region: None }
    }

    /// A shelf that prefers files under `root`, then those of the region that its `site.yml` names.
    ///
    /// # Errors
    /// There is no such region, or a file is broken.
    pub(crate) fn open(root: &Path) -> Result<Self, Failure> {
        let shelf = Self::at(root);
        let place: Option<Place> = shelf.config("site.yml")?;
        shelf.of_region(place.and_then(|place| place.region).as_deref())
    }

    /// The same shelf with the pack of a region; without a key, of the default one.
    ///
    /// # Errors
    /// There is no such region, or what it says of itself is broken.
    pub(crate) fn of_region(self, key: Option<&str>) -> Result<Self, Failure> {
        let region = Region::load(&self, key)?;
        Ok(Self { region: Some(region), ..self })
    }

    /// The region whose pack is used.
    ///
    /// # Errors
    /// What the default region says of itself is broken.
    pub(crate) fn region(&self) -> Result<Region, Failure> {
        self.region.clone().map_or_else(|| Region::load(self, None), Ok)
    }

    /// The site root's own text of a rule file. An unchanged copy of the binary's is not its own.
    pub(super) fn changed(&self, name: &str) -> Result<Option<String>, Failure> {
        let Some(root) = &self.root else { return Ok(None) };
        let own = read_below(root, &format!("data/{name}"))?;
        let general = Embedded::get(name);
        Ok(own.filter(|own| general.is_none_or(|general| *general.data != *own.as_bytes())))
    }

    /// Names of the folders below `folder` of the site root's `data/`.
    pub(super) fn own_folders(&self, folder: &str) -> Result<Vec<String>, Failure> {
        let Some(root) = &self.root else { return Ok(Vec::new()) };
        entries_below(root, folder, std::fs::FileType::is_dir)
    }

    /// A shelf of the binary's own files only.
    #[cfg(test)]
    pub(crate) fn embedded() -> Self {
        Self { root: None, region: None }
    }

    /// The text of `name` (as in `law/checks.yml`), from the site root's `data/` or the binary.
    pub(crate) fn text(&self, name: &str) -> Result<Option<Cow<'static, str>>, Failure> {
        if let Some(root) = &self.root
            && let Some(own) = read_below(root, &format!("data/{name}"))?
        {
            return Ok(Some(Cow::Owned(own)));
        }
        let Some(file) = Embedded::get(name) else { return Ok(None) };
        match file.data {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| ()),
            Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).map_err(|_| ()),
        }
        .map(Some)
        .map_err(|()| Failure::Rule { file: name.into(), message: "not UTF-8".into() })
    }

    /// The rules in `name` with the entries of the region's pack, which stand before the general ones and
    /// behind the site root's own; a missing file is a failure.
    pub(crate) fn load<T: DeserializeOwned>(&self, name: &str) -> Result<T, Failure> {
        let text = self.text(name)?.ok_or_else(|| Failure::Rule {
            file: name.into(),
            message: "no such rule file".into(),
        })?;
        if let Some((file, pack)) = self.packed(name)? {
            let (general, pack) = ((name, &*text), (&*file, &*pack));
            let rules = match self.changed(name)? {
                Some(_) => region::joined(pack, general)?,
                None => region::joined(general, pack)?,
            };
            return serde_yaml::from_value(rules)
                .map_err(|e| Failure::Rule { file, message: e.to_string() });
        }
        parse(name, &text)
    }

    /// The pack's file beside a general rule file, with its text.
    fn packed(&self, name: &str) -> Result<Option<(String, Cow<'static, str>)>, Failure> {
        if !name.starts_with("law/") || name.starts_with(region::FOLDER) {
            return Ok(None);
        }
        let Some(file) = self.region()?.beside(name) else { return Ok(None) };
        Ok(self.text(&file)?.map(|text| (file, text)))
    }

    /// A configuration file of the site root (as in `site.yml`), or `None` where it is absent or says
    /// nothing.
    pub(crate) fn config<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Failure> {
        self.own(name)?.map(|text| parse(name, &text)).transpose()
    }

    /// The same of a file that may hold words of a record: what is wrong is told by its place only, for
    /// the parser's message repeats what stands there.
    pub(crate) fn guarded_config<T: DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Option<T>, Failure> {
        let Some(text) = self.own(name)? else { return Ok(None) };
        serde_yaml::from_str(&text).map(Some).map_err(|e| {
            let at = e.location().map_or(String::new(), |at| {
                format!(" at line {} column {}", at.line(), at.column())
            });
            Failure::Rule {
                file: name.into(),
                message: format!("not of the form it must have{at}"),
            }
        })
    }

    /// The text of a file of the site root, unless it is absent or says nothing.
    fn own(&self, name: &str) -> Result<Option<String>, Failure> {
        let Some(root) = &self.root else { return Ok(None) };
        let says_nothing = |line: &str| line.trim().is_empty() || line.trim().starts_with('#');
        Ok(read_below(root, name)?.filter(|text| !text.lines().all(says_nothing)))
    }

    /// Names of the rule files below `folder` (as in `law/calendar/`), of the site root and of the
    /// binary together, sorted.
    pub(crate) fn names(&self, folder: &str) -> Result<Vec<String>, Failure> {
        let mut names = Self::embedded_names(folder);
        if let Some(root) = &self.root {
            names.extend(names_below(root, folder)?);
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// Names of the embedded rule files below `folder`, sorted.
    pub(crate) fn embedded_names(folder: &str) -> Vec<String> {
        let mut names: Vec<String> =
            Embedded::iter().filter(|n| n.starts_with(folder)).map(|n| n.to_string()).collect();
        names.sort();
        names
    }
}

/// Reads rules out of YAML text; `file` is only for the message.
pub(crate) fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Failure> {
    serde_yaml::from_str(text)
        .map_err(|e| Failure::Rule { file: file.into(), message: e.to_string() })
}

/// Reads rules out of YAML text, or says on which line the first fault is.
pub(crate) fn parse_or_line<T: DeserializeOwned>(text: &str) -> Result<T, u32> {
    serde_yaml::from_str(text)
        .map_err(|e| e.location().and_then(|at| u32::try_from(at.line()).ok()).unwrap_or(1))
}

/// A list or table of rules as YAML text, for a file of the site root that the program writes.
pub(crate) fn written<T: Serialize>(file: &str, rules: &T) -> Result<String, Failure> {
    serde_yaml::to_string(rules)
        .map_err(|e| Failure::Rule { file: file.into(), message: e.to_string() })
}

fn read_below(root: &Path, name: &str) -> Result<Option<String>, Failure> {
    let path = root.join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(Failure::Read { path, cause }),
    }
}

/// Names of the regular files in the root's own `data/` folder; none where there is no such folder.
fn names_below(root: &Path, folder: &str) -> Result<Vec<String>, Failure> {
    let names = entries_below(root, folder, std::fs::FileType::is_file)?;
    Ok(names.into_iter().map(|name| format!("{folder}{name}")).collect())
}

/// Names of the entries of a kind in a folder of the root's `data/`; none where there is no such folder.
fn entries_below(
    root: &Path,
    folder: &str,
    is_wanted: fn(&std::fs::FileType) -> bool,
) -> Result<Vec<String>, Failure> {
    let path = root.join("data").join(folder);
    let entries = match std::fs::read_dir(&path) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(Failure::Read { path, cause }),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|cause| Failure::Read { path: path.clone(), cause })?;
        let name = entry.file_name();
        if let Some(name) = name.to_str()
            && entry.file_type().is_ok_and(|kind| is_wanted(&kind))
        {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}
