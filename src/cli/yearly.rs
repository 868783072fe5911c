//! The figures of finished years: counted, compared with those that were published, and kept.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diag::{Failure, Findings};
use crate::law::Day;
use crate::ledger::{self, FormRow, Overview, Settled, Years, read_or_empty};

use super::root::Root;

/// Counts all cases and notes what the site shows of each finished year. A published figure that is
/// another now, and what does not add up, is found.
///
/// # Errors
/// A file of the ledger cannot be read again.
pub(super) fn overview(root: &Root, settled: &Settled) -> Result<(Overview, Findings), Failure> {
    let mut overview = ledger::overview(&settled.cases, &settled.files, &root.form)?;
    let mut years = Years::open(&settled.staged.dir)?;
    let mut findings = Findings::new();
    let today = root.today.day();
    for year in years_of(root, &overview) {
        let random = overview.random_inspections(year);
        findings.append(root.annual.doubts(year, random));
        if year < today.year() {
            let none = FormRow::new(&root.form);
            let counted = overview.penalties.get(&year).map_or(&none, |figures| &figures.row);
            let now = root.annual.figures(&root.form, year, counted, random);
            if let Some(published) = years.year(year) {
                let changes = published.differences(&now, today);
                findings.extend(changes.iter().map(|change| change.finding(year)));
            }
            let corrected_on = root.annual.corrected_on(year);
            years.see((year, now), is_published(root, year), corrected_on, today);
        }
    }
    overview.years = years;
    let of_site = years_of(root, &overview);
    overview.due = of_site.into_iter().filter_map(|y| Some((y, due_on(root, y)?))).collect();
    Ok((overview, findings))
}

/// Years with cases or entries; cases without a day are of no year.
fn years_of(root: &Root, overview: &Overview) -> BTreeSet<i32> {
    let counted = overview.penalties.keys().chain(overview.inspections.keys()).copied();
    counted.chain(root.annual.years()).filter(|year| *year > 0).collect()
}

/// Whether the year's page is the published one: from the day the bureau names, else from the last
/// lawful day.
fn is_published(root: &Root, year: i32) -> bool {
    let today = root.today.day();
    let named = root.annual.published_on(year);
    due_on(root, year).is_some_and(|due| due <= today) || named.is_some_and(|on| on <= today)
}

/// The last lawful day for a year's figures.
pub(super) fn due_on(root: &Root, year: i32) -> Option<Day> {
    let term = root.law.term("annual-statistics")?;
    Some(term.due(&root.law.calendar, Day::new(year, 12, 31)?).ok()?.on)
}

/// Writes a file of the ledger aside, to be put in place with it, where it is not what stands.
///
/// # Errors
/// The disk is full.
pub(super) fn keep(
    (name, bytes): (&str, &[u8]),
    aside: &Path,
    settled: &mut Settled,
) -> Result<(), Failure> {
    if read_or_empty(&settled.staged.dir.join(name))? == bytes {
        return Ok(());
    }
    let path = aside.join(name);
    std::fs::write(&path, bytes).map_err(|cause| Failure::Write { path, cause })?;
    settled.staged.standings.push(name.to_owned());
    Ok(())
}
