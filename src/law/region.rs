//! Packs of regions: rules that differ from the general ones, entry by entry.
//!
//! A pack is a folder of `data/law/regions/`, in the binary or in the site root. Its files bear the names of the
//! general ones and hold only the entries that differ. Entries of a general file that the site root changed stand
//! before both.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_yaml::{Mapping, Value};

use super::rules::{Shelf, parse};
use crate::diag::{Failure, Lang};

/// Folder of all packs, below `data/`.
pub(super) const FOLDER: &str = "law/regions/";
/// The pack of a site that names none.
const DEFAULT: &str = "chongqing";

/// What a pack says of its region: `region.yml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RegionFile {
    zh: String,
    en: String,
    statistics_form: String,
}

/// A region with a pack.
#[derive(Clone, Debug)]
pub(crate) struct Region {
    key: String,
    facts: RegionFile,
}

impl Region {
    /// The region with this key; without one, the default.
    ///
    /// # Errors
    /// There is no such pack, or what it says of its region is broken.
    pub(super) fn load(shelf: &Shelf, key: Option<&str>) -> Result<Self, Failure> {
        let key = key.unwrap_or(DEFAULT);
        let known = known(shelf)?;
        if !known.contains(key) {
            let known: Vec<String> = known.into_iter().collect();
            return Err(Failure::Usage {
                zh: format!("site.yml 的 region 没有这个地方包；已有的：{}", known.join("、")),
                en: format!("site.yml: region: no such pack; known: {}", known.join(", ")),
            });
        }
        Ok(Self { key: key.to_owned(), facts: shelf.load(&file(key, "region.yml"))? })
    }

    /// Id of the form of statistics of a bureau that chose none.
    pub(crate) fn statistics_form(&self) -> &str {
        &self.facts.statistics_form
    }

    /// Key and name.
    pub(super) fn name(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("{}（{}）", self.key, self.facts.zh),
            Lang::En => format!("{} ({})", self.key, self.facts.en),
        }
    }

    /// The pack's file beside a general rule file, as in `law/terms.yml`; `None` for other files.
    pub(super) fn beside(&self, name: &str) -> Option<String> {
        let rest = name.strip_prefix("law/").filter(|rest| !rest.contains('/'))?;
        Some(file(&self.key, rest))
    }
}

fn file(key: &str, name: &str) -> String {
    format!("{FOLDER}{key}/{name}")
}

/// Keys of all packs, of the binary and of the site root. A file beside the folders is none.
fn known(shelf: &Shelf) -> Result<BTreeSet<String>, Failure> {
    let key = |name: &String| Some(name.strip_prefix(FOLDER)?.split_once('/')?.0.to_owned());
    let mut known: BTreeSet<String> =
        Shelf::embedded_names(FOLDER).iter().filter_map(key).collect();
    known.extend(shelf.own_folders(FOLDER)?);
    Ok(known)
}

/// A rule file with the entries of another in it: those with the id or name of one that is there stand in its
/// place, the others are added.
///
/// # Errors
/// One of the texts is no YAML.
pub(super) fn joined(
    (below_name, below): (&str, &str),
    (above_name, above): (&str, &str),
) -> Result<Value, Failure> {
    let mut joined: Value = parse(below_name, below)?;
    lay(parse(above_name, above)?, &mut joined);
    Ok(joined)
}

fn lay(above: Value, below: &mut Value) {
    match (above, below) {
        (Value::Sequence(rows), Value::Sequence(below)) if rows.iter().all(is_row) => {
            for row in rows {
                match below.iter_mut().find(|known| id(known) == id(&row)) {
                    Some(known) => *known = row,
                    None => below.push(row),
                }
            }
        }
        (Value::Mapping(entries), Value::Mapping(below)) if !is_limit(&entries) => {
            for (name, entry) in entries {
                match below.get_mut(&name) {
                    Some(known) => lay(entry, known),
                    None => drop(below.insert(name, entry)),
                }
            }
        }
        (above, below) => *below = above,
    }
}

/// The id of a row of a list.
fn id(row: &Value) -> Option<&str> {
    row.get("id").or_else(|| row.get("key"))?.as_str()
}

fn is_row(row: &Value) -> bool {
    id(row).is_some()
}

/// Whether these are the parts of one limit, which is replaced as a whole.
fn is_limit(entries: &Mapping) -> bool {
    entries.contains_key("value")
}

/// Ids of the entries of a file: of rows by themselves, of limits with the names around them.
fn ids(value: &Value, around: &str, out: &mut BTreeSet<String>) {
    match value {
        Value::Sequence(rows) => out.extend(rows.iter().filter_map(id).map(str::to_owned)),
        Value::Mapping(entries) if !is_limit(entries) => {
            for (name, entry) in entries {
                let name = name.as_str().unwrap_or_default();
                let name =
                    if around.is_empty() { name.to_owned() } else { format!("{around}.{name}") };
                ids(entry, &name, out);
            }
        }
        Value::Mapping(_) => drop(out.insert(around.to_owned())),
        _ => {}
    }
}

/// Ids of all entries of a rule file.
fn rows(file: &str, text: &str) -> Result<BTreeSet<String>, Failure> {
    let mut rows = BTreeSet::new();
    ids(&parse(file, text)?, "", &mut rows);
    Ok(rows)
}

/// Where a row of a rule file came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin<'a> {
    /// The general rules of the program.
    General,
    /// The pack of the region.
    Pack(&'a Region),
    /// A file of the site root.
    Own,
}

impl PartialEq for Region {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Region {}

impl Origin<'_> {
    /// The origin in words.
    pub(super) fn words(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::General, Lang::Zh) => "通用规则".to_owned(),
            (Self::General, Lang::En) => "the general rules".to_owned(),
            (Self::Pack(region), Lang::Zh) => format!("地方包 {}", region.name(lang)),
            (Self::Pack(region), Lang::En) => format!("the pack of {}", region.name(lang)),
            (Self::Own, Lang::Zh) => "本站 data/law/".to_owned(),
            (Self::Own, Lang::En) => "this site's data/law/".to_owned(),
        }
    }

    /// A mark behind a row that is not of the general rules; empty for one that is.
    pub(super) fn mark(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::General, _) => String::new(),
            (_, Lang::Zh) => format!("（{}）", self.words(lang)),
            (_, Lang::En) => format!(" ({})", self.words(lang)),
        }
    }
}

/// Where the rows of the rule files came from.
pub(super) struct Origins {
    region: Region,
    /// Rows of the files that the site root changed.
    own: BTreeMap<&'static str, BTreeSet<String>>,
    packed: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Origins {
    /// Looks up the origin of every row of these files.
    ///
    /// # Errors
    /// A file is broken.
    pub(super) fn load(shelf: &Shelf, files: &[&'static str]) -> Result<Self, Failure> {
        let region = shelf.region()?;
        let (mut own, mut packed) = (BTreeMap::new(), BTreeMap::new());
        for name in files {
            if let Some(text) = shelf.changed(name)? {
                own.insert(*name, rows(name, &text)?);
            }
            if let Some(file) = region.beside(name)
                && let Some(text) = shelf.text(&file)?
            {
                packed.insert(*name, rows(&file, &text)?);
            }
        }
        Ok(Self { region, own, packed })
    }

    /// The origin of a row of a file.
    pub(super) fn of(&self, file: &str, id: &str) -> Origin<'_> {
        let has = |rows: &BTreeMap<&str, BTreeSet<String>>| {
            rows.get(file).is_some_and(|rows| rows.contains(id))
        };
        if has(&self.own) {
            return Origin::Own;
        }
        if has(&self.packed) { Origin::Pack(&self.region) } else { Origin::General }
    }

    /// The region whose pack is used.
    pub(super) fn region(&self) -> &Region {
        &self.region
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(general: &str, pack: &str) -> Value {
        joined(("g.yml", general), ("p.yml", pack)).expect("YAML")
    }

    fn value(text: &str) -> Value {
        parse("v.yml", text).expect("YAML")
    }

    #[test]
    fn rows_replace_those_of_their_id_and_others_are_added() {
        let got =
            join("[{id: a, n: 1, own: true}, {id: b, n: 2}]", "[{id: c, n: 3}, {id: a, n: 9}]");
        assert_eq!(got, value("[{id: a, n: 9}, {id: b, n: 2}, {id: c, n: 3}]"));
    }

    #[test]
    fn limits_are_replaced_as_a_whole_and_their_neighbours_stay() {
        let general = "{caps: {p: {value: 1, own_choice: true}, q: {value: 2}}, age: {value: 18}}";
        let got = join(general, "{caps: {p: {value: 5}}}");
        assert_eq!(got, value("{caps: {p: {value: 5}, q: {value: 2}}, age: {value: 18}}"));
    }

    #[test]
    fn lists_of_words_are_replaced_and_rows_within_a_table_are_joined() {
        let general = "{gravity: {minor: [a, b]}, regimes: [{id: x, m: 1}]}";
        let got = join(general, "{gravity: {minor: [c]}, regimes: [{id: y, m: 2}]}");
        let want = "{gravity: {minor: [c]}, regimes: [{id: x, m: 1}, {id: y, m: 2}]}";
        assert_eq!(got, value(want));
    }

    #[test]
    fn entries_are_named_as_the_law_names_them() {
        let mut names = BTreeSet::new();
        ids(&value("{caps: {p: {value: 1}}, regimes: [{id: x}], minor: [w]}"), "", &mut names);
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["caps.p", "x"]);
    }

    #[test]
    fn every_pack_of_the_binary_makes_a_whole_law() {
        let packs = known(&Shelf::embedded()).expect("packs");
        assert_eq!(packs.iter().collect::<Vec<_>>(), ["chongqing", "zhejiang"]);
        for key in packs {
            let shelf = Shelf::embedded().of_region(Some(&key)).expect("a pack");
            crate::law::Law::load(&shelf, &[]).expect("the law");
        }
    }
}
