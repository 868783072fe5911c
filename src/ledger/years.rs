//! The figures of each year as they were published, and what changed in them since. A published figure is
//! never silently another.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diag::{Failure, Finding, Note, Place, SafeWord};
use crate::law::Day;
use crate::vocab::UNCOUNTED;

use super::store::{json_bytes, read_json};

/// Name of the file in the ledger's folder.
pub(crate) const YEARS: &str = "years.json";

/// Figures as printed, by table, row and column; `None` is one that was not counted.
pub(crate) type Figures = BTreeMap<String, BTreeMap<String, BTreeMap<String, Option<String>>>>;

/// A figure that is another than the published one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FigureChange {
    /// The day on which the site first showed the new figure.
    pub(crate) on: Day,
    /// Its table.
    pub(crate) table: String,
    /// Its row.
    pub(crate) row: String,
    /// Its column.
    pub(crate) column: String,
    /// The figure before.
    pub(crate) from: Option<String>,
    /// The figure now.
    pub(crate) to: Option<String>,
}

/// A word of a table or a figure of it: all of it stands on a public page.
struct Printed(String);

impl std::fmt::Display for Printed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl SafeWord for Printed {}

impl FigureChange {
    /// The change as a finding of this year.
    pub(crate) fn finding(&self, year: i32) -> Finding {
        let figure =
            |f: &Option<String>| Printed(f.clone().unwrap_or_else(|| UNCOUNTED.to_owned()));
        let note = Note::new(
            "{}年 {}「{}」「{}」：公布时 {}，现为 {}",
            "{}, {}, {}, {}: published {}, now {}",
        );
        let note = note.with(Printed(year.to_string()));
        let note = [&self.table, &self.row, &self.column]
            .into_iter()
            .fold(note, |note, word| note.with(Printed(word.clone())));
        let place = Place::File { file: format!("ledger/{YEARS}").into() };
        let note = note.with(figure(&self.from)).with(figure(&self.to));
        Finding::new("changed-published-statistics", place).noted(note)
    }
}

/// A year that has been published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublishedYear {
    /// The day of the build that published it.
    pub(crate) published_on: Day,
    /// The day of the build that published it corrected, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) corrected_on: Option<Day>,
    /// The figures then published.
    figures: Figures,
    /// Every change the site has shown since, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) changes: Vec<FigureChange>,
}

impl PublishedYear {
    /// Where these figures differ from the published ones, as if seen on `today`.
    pub(crate) fn differences(&self, now: &Figures, today: Day) -> Vec<FigureChange> {
        differences(&self.figures, now, today)
    }
}

/// All years that have been published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Years(BTreeMap<i32, PublishedYear>);

impl Years {
    /// Reads the file of a ledger; none is no year.
    ///
    /// # Errors
    /// The file cannot be read or understood.
    pub(crate) fn open(dir: &Path) -> Result<Self, Failure> {
        read_json(dir, YEARS)
    }

    /// A year, where it has been published.
    pub(crate) fn year(&self, year: i32) -> Option<&PublishedYear> {
        self.0.get(&year)
    }

    /// Notes what the site shows of a year today: a year not yet published is from now on, where
    /// `publish` says so; of a published one, each new difference is kept with its day. A correction
    /// that was announced for a day takes the figures of that day for the published ones.
    pub(crate) fn see(
        &mut self,
        (year, now): (i32, Figures),
        publish: bool,
        corrected_on: Option<Day>,
        today: Day,
    ) {
        let Some(known) = self.0.get_mut(&year) else {
            if publish {
                let (corrected_on, changes) = (None, Vec::new());
                let first =
                    PublishedYear { published_on: today, corrected_on, figures: now, changes };
                self.0.insert(year, first);
            }
            return;
        };
        for change in differences(&known.shown(), &now, today) {
            known.changes.push(change);
        }
        let since = known.corrected_on.unwrap_or(known.published_on);
        if corrected_on.is_some_and(|on| since < on && on <= today) {
            known.corrected_on = Some(today);
            known.figures = now;
        }
    }

    /// The file's bytes; no year has none.
    ///
    /// # Errors
    /// Never.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, Failure> {
        json_bytes(self)
    }
}

impl PublishedYear {
    /// The figures the site showed last: the published ones with every change since.
    fn shown(&self) -> Figures {
        let mut shown = self.figures.clone();
        for change in &self.changes {
            let table = shown.entry(change.table.clone()).or_default();
            let row = table.entry(change.row.clone()).or_default();
            row.insert(change.column.clone(), change.to.clone());
        }
        shown
    }
}

/// Cells that differ; one that is missing on a side is an unknown figure there.
fn differences(before: &Figures, now: &Figures, on: Day) -> Vec<FigureChange> {
    let (old, new) = (flat(before), flat(now));
    let cells: std::collections::BTreeSet<_> = old.keys().chain(new.keys()).copied().collect();
    let change = |(table, row, column): (&str, &str, &str)| {
        let of = |side: &Flat<'_>| side.get(&(table, row, column)).copied().flatten().cloned();
        let (from, to) = (of(&old), of(&new));
        (from != to).then(|| FigureChange {
            on,
            table: table.to_owned(),
            row: row.to_owned(),
            column: column.to_owned(),
            from,
            to,
        })
    };
    cells.into_iter().filter_map(change).collect()
}

/// Figures by table, row and column at once.
type Flat<'f> = BTreeMap<(&'f str, &'f str, &'f str), Option<&'f String>>;

fn flat(figures: &Figures) -> Flat<'_> {
    let mut flat = BTreeMap::new();
    for (table, rows) in figures {
        for (row, columns) in rows {
            for (column, figure) in columns {
                flat.insert((table.as_str(), row.as_str(), column.as_str()), figure.as_ref());
            }
        }
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(d: u32) -> Day {
        Day::new(2025, 3, d).expect("a day")
    }

    fn figures(n: Option<&str>) -> Figures {
        let columns = BTreeMap::from([("罚款".to_owned(), n.map(str::to_owned))]);
        BTreeMap::from([("行政处罚".into(), BTreeMap::from([("合计".into(), columns)]))])
    }

    #[test]
    fn a_published_figure_keeps_every_change_with_its_day() {
        let mut years = Years::default();
        years.see((2024, figures(Some("1"))), false, None, day(1));
        assert!(years.year(2024).is_none(), "not published yet");
        years.see((2024, figures(Some("2"))), true, None, day(2));
        years.see((2024, figures(Some("2"))), true, None, day(3));
        assert!(years.year(2024).expect("published").changes.is_empty());
        years.see((2024, figures(Some("3"))), true, None, day(4));
        years.see((2024, figures(Some("3"))), true, None, day(5));
        let year = years.year(2024).expect("published");
        assert_eq!(year.changes.len(), 1);
        assert_eq!((year.changes[0].on, year.changes[0].from.as_deref()), (day(4), Some("2")));
        assert_eq!(year.differences(&figures(Some("3")), day(6)).len(), 1, "told until corrected");
        years.see((2024, figures(None)), true, None, day(7));
        years.see((2024, figures(Some("2"))), true, None, day(8));
        let year = years.year(2024).expect("published");
        assert_eq!(year.changes.len(), 3);
        assert!(year.differences(&figures(Some("2")), day(8)).is_empty(), "as it was published");
    }

    #[test]
    fn an_announced_correction_is_taken_once_and_keeps_the_history() {
        let mut years = Years::default();
        years.see((2024, figures(Some("2"))), true, None, day(2));
        years.see((2024, figures(Some("3"))), true, Some(day(9)), day(4));
        assert_eq!(years.year(2024).expect("published").corrected_on, None);
        years.see((2024, figures(Some("3"))), true, Some(day(9)), day(9));
        let year = years.year(2024).expect("published");
        assert_eq!((year.corrected_on, year.changes.len()), (Some(day(9)), 1));
        assert!(year.differences(&figures(Some("3")), day(9)).is_empty());
        years.see((2024, figures(Some("4"))), true, Some(day(9)), day(12));
        let year = years.year(2024).expect("published");
        assert_eq!(year.corrected_on, Some(day(9)));
        assert_eq!(year.differences(&figures(Some("4")), day(12)).len(), 1);
        let read: Years = serde_json::from_slice(&years.bytes().expect("bytes")).expect("JSON");
        assert_eq!(read, years);
    }
}
