//! Which version of each placard the site has shown, from which day on, and which are to be taken off the wall.
//!
//! It holds names of sheets, version codes and days, and nothing that is printed on a sheet.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diag::Failure;
use crate::law::Day;

use super::store::{json_bytes, read_json};

/// Name of the file in the ledger's folder.
pub(crate) const PLACARDS: &str = "placards.json";

/// Why a placard is no longer in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ended {
    /// The officer has left.
    Left,
    /// The officer is suspended from enforcement.
    Suspended,
    /// The officer's certificate is not valid.
    Expired,
    /// The officer has no certificate, is auxiliary staff, or the record must not be shown.
    Unqualified,
    /// The officer or the unit is not in the bureau's files any more.
    Removed,
}

/// One version of one sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Version {
    /// Its code, as printed.
    pub(crate) code: String,
    /// Day of the build that first showed it.
    pub(crate) since: Day,
    /// Day of the build that first did not show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<Day>,
    /// Why it ended, where no other version took its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ended: Option<Ended>,
}

/// All versions of all sheets, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct PlacardBook(BTreeMap<String, Vec<Version>>);

/// What is hung up and is not what should hang there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Stale {
    /// Sheets to print again, or for the first time.
    pub(crate) reprint: Vec<Reprint>,
    /// Sheets to take off.
    pub(crate) recall: Vec<Recall>,
}

/// A sheet to print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Reprint {
    /// The sheet.
    pub(crate) sheet: String,
    /// The version that may hang there; `None` for a sheet that was never shown.
    pub(crate) from: Option<String>,
    /// The version to print.
    pub(crate) to: String,
    /// Since when the site shows it; `None` before the next build.
    pub(crate) since: Option<Day>,
}

/// A sheet to take off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Recall {
    /// The sheet.
    pub(crate) sheet: String,
    /// The version that may hang there.
    pub(crate) code: String,
    /// Why.
    pub(crate) ended: Ended,
    /// Since when the site does not show it; `None` before the next build.
    pub(crate) since: Option<Day>,
}

impl Stale {
    /// Whether nothing is to be done.
    pub(crate) fn is_empty(&self) -> bool {
        self.reprint.is_empty() && self.recall.is_empty()
    }
}

impl PlacardBook {
    /// Reads the file of a ledger; none is an empty book.
    ///
    /// # Errors
    /// The file cannot be read or understood.
    pub(crate) fn open(dir: &Path) -> Result<Self, Failure> {
        read_json(dir, PLACARDS)
    }

    /// Versions of a sheet, oldest first.
    pub(crate) fn of(&self, sheet: &str) -> &[Version] {
        self.0.get(sheet).map_or(&[], Vec::as_slice)
    }

    /// Names of all sheets that were ever shown.
    pub(crate) fn sheets(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Sheets that have, or had, a version of this code.
    pub(crate) fn with_code(&self, code: &str) -> Vec<&str> {
        let has = |versions: &[Version]| versions.iter().any(|v| v.code == code);
        self.0.iter().filter(|(_, versions)| has(versions)).map(|(sheet, _)| &**sheet).collect()
    }

    /// Notes what the site shows from `today` on: of each sheet its code. `why` says of a sheet that is
    /// not among them why it ended.
    pub(crate) fn see(
        &mut self,
        shown: &BTreeMap<String, String>,
        why: impl Fn(&str) -> Ended,
        today: Day,
    ) {
        for (sheet, versions) in &mut self.0 {
            let Some(last) = versions.last_mut().filter(|last| last.until.is_none()) else {
                continue;
            };
            match shown.get(sheet) {
                Some(code) if *code == last.code => {}
                Some(_) => last.until = Some(today),
                None => (last.until, last.ended) = (Some(today), Some(why(sheet))),
            }
        }
        for (sheet, code) in shown {
            let versions = self.0.entry(sheet.clone()).or_default();
            if versions.last().is_none_or(|last| last.until.is_some()) {
                versions.push(Version {
                    code: code.clone(),
                    since: today,
                    until: None,
                    ended: None,
                });
            }
        }
    }

    /// What differs between the sheets the site showed last and those of now.
    pub(crate) fn differences(
        &self,
        shown: &BTreeMap<String, String>,
        why: impl Fn(&str) -> Ended,
    ) -> Stale {
        let mut stale = Stale::default();
        for (sheet, code) in shown {
            let last = self.of(sheet).last();
            if last.is_none_or(|last| last.until.is_some() || last.code != *code) {
                let from = last.map(|last| last.code.clone());
                let to = code.clone();
                stale.reprint.push(Reprint { sheet: sheet.clone(), from, to, since: None });
            }
        }
        for (sheet, versions) in &self.0 {
            let open = versions.last().filter(|last| last.until.is_none());
            if let Some(last) = open.filter(|_| !shown.contains_key(sheet)) {
                let (sheet, code) = (sheet.clone(), last.code.clone());
                stale.recall.push(Recall { ended: why(&sheet), sheet, code, since: None });
            }
        }
        stale
    }

    /// What was printed before `day` or on it, and is another now: the book's changes after that day.
    pub(crate) fn changed_after(&self, day: Day) -> Stale {
        let mut stale = Stale::default();
        for (sheet, versions) in &self.0 {
            let Some(last) = versions.last() else { continue };
            let before = versions.iter().rev().find(|version| version.since <= day);
            let is_same = before.is_some_and(|before| before.code == last.code);
            match (last.until, last.ended) {
                (None, _) if last.since > day && !is_same => stale.reprint.push(Reprint {
                    sheet: sheet.clone(),
                    from: before.map(|before| before.code.clone()),
                    to: last.code.clone(),
                    since: Some(last.since),
                }),
                (Some(until), Some(ended)) if until > day => {
                    let code = before.unwrap_or(last).code.clone();
                    let (sheet, since) = (sheet.clone(), Some(until));
                    stale.recall.push(Recall { sheet, code, ended, since });
                }
                _ => {}
            }
        }
        stale
    }

    /// What became of the sheets that carry this code: those that are another now, or none.
    pub(crate) fn since_code(&self, code: &str) -> Stale {
        let mut stale = Stale::default();
        for (sheet, versions) in &self.0 {
            let Some(last) = versions.last() else { continue };
            if !versions.iter().any(|version| version.code == code) {
                continue;
            }
            let (sheet, from) = (sheet.clone(), code.to_owned());
            match (last.until, last.ended) {
                (Some(since), Some(ended)) => {
                    let since = Some(since);
                    stale.recall.push(Recall { sheet, code: from, ended, since });
                }
                _ if last.code != code => stale.reprint.push(Reprint {
                    sheet,
                    from: Some(from),
                    to: last.code.clone(),
                    since: Some(last.since),
                }),
                _ => {}
            }
        }
        stale
    }

    /// The file's bytes; an empty book has none.
    ///
    /// # Errors
    /// Never.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, Failure> {
        json_bytes(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(d: u32) -> Day {
        Day::new(2026, 3, d).expect("a day")
    }

    fn shown(sheets: &[(&str, &str)]) -> BTreeMap<String, String> {
        sheets.iter().map(|(s, c)| ((*s).to_owned(), (*c).to_owned())).collect()
    }

    fn left(_: &str) -> Ended {
        Ended::Left
    }

    /// On the 1st two people, on the 5th one of them changes, on the 9th the other leaves.
    fn book() -> PlacardBook {
        let mut book = PlacardBook::default();
        book.see(&shown(&[("board", "b1"), ("p/a", "a1"), ("p/b", "b0")]), left, day(1));
        book.see(&shown(&[("board", "b1"), ("p/a", "a1"), ("p/b", "b0")]), left, day(3));
        book.see(&shown(&[("board", "b2"), ("p/a", "a2"), ("p/b", "b0")]), left, day(5));
        book.see(&shown(&[("board", "b3"), ("p/a", "a2")]), left, day(9));
        book
    }

    fn told(stale: &Stale) -> (Vec<&str>, Vec<&str>) {
        let reprint = stale.reprint.iter().map(|r| r.sheet.as_str()).collect();
        (reprint, stale.recall.iter().map(|r| r.sheet.as_str()).collect())
    }

    #[test]
    fn a_book_tells_what_changed_after_a_day() {
        let book = book();
        assert_eq!(told(&book.changed_after(day(4))), (vec!["board", "p/a"], vec!["p/b"]));
        assert_eq!(told(&book.changed_after(day(5))), (vec!["board"], vec!["p/b"]));
        assert!(book.changed_after(day(9)).is_empty());
        let stale = book.changed_after(day(1));
        let codes = stale.reprint.iter().map(|r| (r.from.as_deref(), r.to.as_str()));
        assert_eq!(codes.collect::<Vec<_>>(), [(Some("b1"), "b3"), (Some("a1"), "a2")]);
    }

    #[test]
    fn a_code_tells_its_sheet() {
        let book = book();
        assert_eq!(told(&book.since_code("a1")), (vec!["p/a"], vec![]));
        assert_eq!(told(&book.since_code("b0")), (vec![], vec!["p/b"]));
        assert!(book.since_code("a2").is_empty() && book.since_code("zz").is_empty());
        assert_eq!(book.with_code("a1"), ["p/a"]);
    }

    #[test]
    fn what_is_built_again_is_no_new_version_and_what_comes_back_is() {
        let mut book = book();
        let known = book.clone();
        book.see(&shown(&[("board", "b3"), ("p/a", "a2")]), left, day(11));
        assert_eq!(book, known);
        let next = shown(&[("board", "b3"), ("p/a", "a2"), ("p/b", "b0")]);
        let stale = book.differences(&next, left);
        assert_eq!(told(&stale), (vec!["p/b"], vec![]));
        book.see(&next, left, day(12));
        assert_eq!(book.of("p/b").len(), 2);
        assert!(book.differences(&next, left).is_empty());
        let gone = shown(&[("board", "b3")]);
        assert_eq!(told(&book.differences(&gone, left)), (vec![], vec!["p/a", "p/b"]));
        let read: PlacardBook =
            serde_json::from_slice(&book.bytes().expect("bytes")).expect("JSON");
        assert_eq!(read, book);
    }
}
