//! Counts: what home, register and statistics print. A case is counted wherever it stands.

use std::collections::BTreeMap;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::vocab::StatisticsForm;

use super::line::{self, LineHead};
use super::store::Files;
use super::{Entry, FormRow, Listed, Overview, Standing, State, YearFigures};

/// How many of the latest cases the home page and the feed show.
const LATEST: usize = 10;
/// How many of each kind its feed shows.
const LATEST_OF_KIND: usize = 50;

/// Counts all cases, penalties in the columns of `form`, and reads the few that the fixed pages show in
/// full.
///
/// # Errors
/// A line cannot be read again.
pub(crate) fn overview(
    listed: &[Listed],
    files: &Files,
    form: &StatisticsForm,
) -> Result<Overview, Failure> {
    let mut view = Overview::default();
    for case in listed {
        let head = &case.head;
        let years = match head.key.kind {
            CaseKind::Penalty => &mut view.penalties,
            CaseKind::Inspection => &mut view.inspections,
        };
        count(years.entry(head.year()).or_default(), head, form);
        if let (State::Published, Some(id), Some(changed_on)) =
            (head.state, head.id, head.changed_on())
        {
            view.entries.push(Entry { kind: head.key.kind, year: head.year(), id, changed_on });
        }
        if let (Some(id), Some(changed_on)) = (head.id, head.died_on()) {
            view.gone.push(Entry { kind: head.key.kind, year: head.year(), id, changed_on });
        }
    }
    let shown_on = |h: &LineHead| h.gaps.last().map(|gap| gap.until).max(h.published_on);
    view.latest = pick(listed, files, LATEST, State::Published, shown_on)?;
    for kind in [CaseKind::Penalty, CaseKind::Inspection] {
        let day = |h: &LineHead| shown_on(h).filter(|_| h.key.kind == kind);
        let latest = pick(listed, files, LATEST_OF_KIND, State::Published, day)?;
        view.latest_of.insert(kind, latest);
    }
    view.taken_down = pick(listed, files, usize::MAX, State::TakenDown, |h| {
        h.tombstone.as_ref().map(|t| t.taken_down_on)
    })?;
    view.suppressed = listed.iter().filter(|c| c.head.state == State::Suppressed).count() as u64;
    view.corrected =
        pick(listed, files, usize::MAX, State::Published, |h| h.revisions.last().map(|r| r.on))?;
    Ok(view)
}

/// Reads the cases in `state` that have a day by `day`, newest day first, at most `most`.
fn pick(
    listed: &[Listed],
    files: &Files,
    most: usize,
    state: State,
    day: impl Fn(&LineHead) -> Option<crate::law::Day>,
) -> Result<Vec<Standing>, Failure> {
    let mut found: Vec<&Listed> =
        listed.iter().filter(|c| c.head.state == state && day(&c.head).is_some()).collect();
    found.sort_by(|a, b| {
        (day(&b.head), b.head.count.on, &a.head.key).cmp(&(
            day(&a.head),
            a.head.count.on,
            &b.head.key,
        ))
    });
    found.truncate(most);
    found.into_iter().map(|c| read(c, files)).collect()
}

/// Reads one case in full.
///
/// # Errors
/// Its line cannot be read again.
pub(crate) fn read(case: &Listed, files: &Files) -> Result<Standing, Failure> {
    line::read(case.head.clone(), &files.read(case.line)?)
        .ok_or_else(|| Failure::Internal("a line just written cannot be read".into()))
}

/// Counts one case into the figures of its year and kind.
pub(crate) fn count(figures: &mut YearFigures, head: &LineHead, form: &StatisticsForm) {
    figures.received += 1;
    match head.state {
        State::Published => figures.published += 1,
        State::Held => figures.held += 1,
        State::TakenDown | State::Suppressed => {
            figures.taken_down += 1;
            figures.never_public += u64::from(head.published_on.is_none());
        }
        State::Expired => figures.expired += 1,
        State::Withheld => {
            if let Some(ground) = head.withheld {
                *figures.withheld.entry(ground).or_default() += 1;
            }
        }
    }
    if let (Some(published_on), Some(due_on)) = (head.published_on, head.due_on) {
        if published_on <= due_on {
            figures.on_time += 1;
        } else {
            figures.late += 1;
        }
    }
    figures.corrected += u64::from(head.state == State::Published && !head.revisions.is_empty());
    figures.waiting += u64::from(head.state == State::Published && head.waits);
    count_decision(figures, head, form);
}

/// Counts what was decided.
fn count_decision(figures: &mut YearFigures, head: &LineHead, form: &StatisticsForm) {
    if let Some(on) = head.count.on {
        *figures.by_month.entry(on.month()).or_default() += 1;
    }
    let unit = head.count.unit.as_deref().unwrap_or_default();
    match figures.by_unit.get_mut(unit) {
        Some(counted) => *counted += 1,
        None => drop(figures.by_unit.insert(unit.to_owned(), 1)),
    }
    if head.key.kind == CaseKind::Penalty {
        figures.row.add(form, head);
        if form.row_per_unit {
            let row = figures.organs.entry(head.key.organ.clone());
            row.or_insert_with(|| FormRow::new(form)).add(form, head);
        }
    }
}

/// How many cases stand in each state, all years and kinds together.
pub(crate) fn states(listed: &[Listed]) -> BTreeMap<State, u64> {
    let mut states = BTreeMap::new();
    for case in listed {
        *states.entry(case.head.state).or_default() += 1;
    }
    states
}
