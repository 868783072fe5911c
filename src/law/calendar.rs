//! The working-day calendar: weekends, the yearly holiday notices, make-up days, local extra days.
//!
//! It never guesses: a year without a notice is [`UnknownYear`] (domain 8.3). It does not know what
//! a deadline is for; that is [`super::Term`]'s part.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diag::{Failure, SafeWord};

use super::holiday::{Notice, read_notice, read_notices};
use super::{Day, Shelf};

/// A deadline with what is known about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    /// The last day on which the duty is still met in time.
    pub(crate) on: Day,
    /// Whether next year's notice may still move it (28 to 31 December, domain 8.3).
    pub(crate) provisional: bool,
}

/// A deadline needs a year for which no holiday notice is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UnknownYear(pub(crate) i32);

impl std::fmt::Display for UnknownYear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl SafeWord for UnknownYear {}

/// What a day is, as a calendar prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayKind {
    /// Monday to Friday, no notice says otherwise.
    Working,
    /// Declared a working day by a notice (调休上班).
    MakeUp,
    /// Saturday or Sunday, no notice says otherwise.
    Weekend,
    /// Declared a day off by a notice.
    Holiday,
}

impl DayKind {
    /// Whether people work on it.
    pub(crate) fn works(self) -> bool {
        matches!(self, Self::Working | Self::MakeUp)
    }
}

/// One day of a year, for printing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CalendarDay {
    /// The day.
    pub(crate) day: Day,
    /// What it is.
    pub(crate) kind: DayKind,
    /// The holiday it belongs to, where a notice names one.
    pub(crate) name: Option<String>,
}

/// What a notice, or a local decision, says of one day.
#[derive(Debug)]
struct Declared {
    works: bool,
    name: Option<String>,
}

/// Where a year's days come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct YearSource {
    /// Year in the notice's title.
    pub(crate) year: i32,
    /// Numbers of the notice and of those that changed it; empty where they are not recorded.
    pub(crate) numbers: Vec<String>,
    /// Addresses of the notices.
    pub(crate) papers: Vec<String>,
}

/// Consecutive known years with all their working days, sorted.
#[derive(Debug)]
struct Run {
    first_year: i32,
    last_year: i32,
    working: Vec<Day>,
}

/// Working days of all known years.
#[derive(Debug)]
pub(crate) struct Calendar {
    declared: BTreeMap<Day, Declared>,
    sources: BTreeMap<i32, YearSource>,
    runs: Vec<Run>,
}

impl Calendar {
    /// Loads the notices of the site root and of the binary; `extra` are local days, with whether
    /// people work on them, and win over the notices (domain 10.6).
    ///
    /// # Errors
    /// A broken calendar file, or one that names a day twice in different ways.
    pub(crate) fn load(shelf: &Shelf, extra: &[(Day, bool)]) -> Result<Self, Failure> {
        Self::load_with(shelf, extra, None)
    }

    /// The same with the text of one file in place of the shelf's: how it would be with a new notice.
    ///
    /// # Errors
    /// As for [`Self::load`].
    pub(crate) fn load_with(
        shelf: &Shelf,
        extra: &[(Day, bool)],
        new: Option<(&str, &str)>,
    ) -> Result<Self, Failure> {
        let mut calendar =
            Self { declared: BTreeMap::new(), sources: BTreeMap::new(), runs: Vec::new() };
        let mut notices = read_notices(shelf)?;
        if let Some((file, text)) = new {
            notices.retain(|(known, _)| known != file);
            notices.push((file.to_owned(), read_notice(file, text)?));
            notices.sort_by_key(|(_, notice)| notice.year);
        }
        for (file, notice) in notices {
            calendar.take(&file, notice)?;
        }
        for (day, works) in extra {
            calendar.declared.insert(*day, Declared { works: *works, name: None });
        }
        calendar.runs = calendar.find_runs();
        Ok(calendar)
    }

    fn take(&mut self, file: &str, notice: Notice) -> Result<(), Failure> {
        if notice.days.is_empty() {
            return Ok(()); // Not published yet: the year stays unknown.
        }
        for row in notice.days {
            let works = row.kind.works();
            let said = Declared { works, name: Some(row.name) };
            if self.declared.insert(row.date, said).is_some_and(|before| before.works != works) {
                let message = format!("{} is declared twice, in different ways", row.date);
                return Err(Failure::Rule { file: file.into(), message });
            }
        }
        let Notice { year, numbers, papers, .. } = notice;
        self.sources.insert(year, YearSource { year, numbers, papers });
        Ok(())
    }

    fn find_runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for year in self.sources.keys().copied() {
            let working = days_in(year).filter(|day| self.kind(*day).works());
            match runs.last_mut() {
                Some(run) if run.last_year + 1 == year => {
                    run.last_year = year;
                    run.working.extend(working);
                }
                _ => {
                    runs.push(Run {
                        first_year: year,
                        last_year: year,
                        working: working.collect(),
                    });
                }
            }
        }
        runs
    }

    fn kind(&self, day: Day) -> DayKind {
        match self.declared.get(&day) {
            Some(Declared { works: true, .. }) => DayKind::MakeUp,
            Some(Declared { works: false, .. }) => DayKind::Holiday,
            None if day.is_weekend() => DayKind::Weekend,
            None => DayKind::Working,
        }
    }

    fn run_of(&self, day: Day) -> Result<&Run, UnknownYear> {
        let year = day.year();
        self.runs
            .iter()
            .find(|run| (run.first_year..=run.last_year).contains(&year))
            .ok_or(UnknownYear(year))
    }

    /// Whether people work on `day`.
    ///
    /// # Errors
    /// The day's year has no notice.
    #[cfg(test)]
    pub(crate) fn is_working(&self, day: Day) -> Result<bool, UnknownYear> {
        Ok(self.run_of(day)?.working.binary_search(&day).is_ok())
    }

    /// The `count`-th working day after `start`; `start` is day 0 (domain 8.1.2).
    ///
    /// # Errors
    /// A year that has to be counted has no notice.
    pub(crate) fn add_working_days(&self, start: Day, count: u32) -> Result<Due, UnknownYear> {
        if count == 0 {
            return Ok(self.due_on(start));
        }
        let run = self.run_of(start.next())?;
        let first = run.working.partition_point(|day| *day <= start);
        let steps = usize::try_from(count).unwrap_or(usize::MAX) - 1;
        let on = first.checked_add(steps).and_then(|i| run.working.get(i));
        on.map(|on| self.due_on(*on)).ok_or(UnknownYear(run.last_year + 1))
    }

    /// A deadline on `on`, marked provisional where next year's notice may still move it.
    pub(crate) fn due_on(&self, on: Day) -> Due {
        let last_days = on.month() == 12 && on.day_of_month() >= 28;
        Due { on, provisional: last_days && !self.sources.contains_key(&(on.year() + 1)) }
    }

    /// Working days after `from` up to and including `to`; 0 where `to` is not later.
    ///
    /// # Errors
    /// A year in between has no notice.
    pub(crate) fn count_working_days(&self, from: Day, to: Day) -> Result<u32, UnknownYear> {
        if to <= from {
            return Ok(0);
        }
        let run = self.run_of(from.next())?;
        if to.year() > run.last_year {
            return Err(UnknownYear(run.last_year + 1));
        }
        let count = run.working.partition_point(|day| *day <= to)
            - run.working.partition_point(|day| *day <= from);
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Whether `day` is known to be a rest day; `false` where its year has no notice.
    pub(crate) fn is_known_rest_day(&self, day: Day) -> bool {
        self.sources.contains_key(&day.year()) && !self.kind(day).works()
    }

    /// The last working day before `day`: when to warn of a fixed date (domain 10.4).
    ///
    /// # Errors
    /// The year of the day before, or the year before that, has no notice.
    pub(crate) fn last_working_day_before(&self, day: Day) -> Result<Day, UnknownYear> {
        let run = self.run_of(day.before())?;
        let after = run.working.partition_point(|w| *w < day);
        let last = after.checked_sub(1).and_then(|i| run.working.get(i));
        last.copied().ok_or(UnknownYear(run.first_year - 1))
    }

    /// The working days counted from `start` to the `count`-th, each with whether a notice makes
    /// it one: the derivation a deadline is printed with.
    ///
    /// # Errors
    /// A year that has to be counted has no notice.
    pub(crate) fn derivation(
        &self,
        start: Day,
        count: u32,
    ) -> Result<Vec<(Day, bool)>, UnknownYear> {
        let due = self.add_working_days(start, count)?;
        if count == 0 {
            return Ok(Vec::new());
        }
        let run = self.run_of(start.next())?;
        let from = run.working.partition_point(|day| *day <= start);
        let counted = run.working.iter().skip(from).take_while(|day| **day <= due.on);
        Ok(counted.map(|day| (*day, self.kind(*day) == DayKind::MakeUp)).collect())
    }

    /// Every day of `year`, or `None` where the year has no notice.
    pub(crate) fn days_of_year(&self, year: i32) -> Option<Vec<CalendarDay>> {
        self.sources.get(&year)?;
        let name = |day: &Day| self.declared.get(day).and_then(|d| d.name.clone());
        let row = |day: Day| CalendarDay { day, kind: self.kind(day), name: name(&day) };
        Some(days_in(year).map(row).collect())
    }

    /// Where the days of `year` come from; `None` where it is unknown.
    pub(crate) fn source(&self, year: i32) -> Option<&YearSource> {
        self.sources.get(&year)
    }

    /// Years with a notice, in order.
    pub(crate) fn known_years(&self) -> impl Iterator<Item = i32> {
        self.sources.keys().copied()
    }
}

fn days_in(year: i32) -> impl Iterator<Item = Day> {
    let first = Day::new(year, 1, 1);
    std::iter::successors(first, |day| Some(day.next())).take_while(move |day| day.year() == year)
}

#[cfg(test)]
mod tests;
