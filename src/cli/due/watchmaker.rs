//! Makes the clocks of a site root as of one day.

use std::collections::{BTreeMap, BTreeSet};

use crate::clearance::{CaseKind, RecordKey};
use crate::law::{Day, Law, Stage};
use crate::ledger::{LineHead, Settled, State, Years};
use crate::vocab::{CaseId, Ground, Officer, OfficerStatus};

use super::super::root::Root;
use super::clock::{Clock, Duty, Status};

/// Calendar days before the end of a certificate or a disclosure from which it is told.
const AHEAD: u32 = 30;

/// All clocks: the most pressing first.
pub(super) fn clocks(
    root: &Root,
    settled: &Settled,
    years: &Years,
    unproven: &BTreeSet<CaseId>,
) -> Vec<Clock> {
    let heads: BTreeMap<&RecordKey, &LineHead> =
        settled.cases.iter().map(|case| (&*case.head.key, &case.head)).collect();
    let maker = Watchmaker { today: root.today.day(), law: &root.law, heads };
    let mut clocks = maker.of_news(settled);
    clocks.extend(maker.of_targets(settled, unproven));
    clocks.extend(maker.of_cases(settled));
    clocks.extend(maker.of_staff(&root.staff));
    clocks.extend(maker.statistics(years));
    clocks.sort_by(|a, b| {
        (a.status, a.due, a.duty, &a.what).cmp(&(b.status, b.due, b.duty, &b.what))
    });
    clocks
}

struct Watchmaker<'w> {
    today: Day,
    law: &'w Law,
    heads: BTreeMap<&'w RecordKey, &'w LineHead>,
}

impl Watchmaker<'_> {
    /// A clock of a term that runs from day 0; `stored` is the day the ledger holds.
    fn of_term(&self, duty: Duty, since: Option<Day>, stored: Option<Day>, what: &str) -> Clock {
        let term = duty.term().and_then(|id| self.law.term(id));
        let due = term.zip(since).and_then(|(t, since)| t.due(&self.law.calendar, since).ok());
        let on = due.map(|due| due.on);
        let mut clock = self.until(duty, since, on, what);
        clock.provisional = due.is_some_and(|due| due.provisional);
        clock.was_due = stored.filter(|_| stored != on);
        clock
    }

    /// A clock that a fixed day ends.
    fn until(&self, duty: Duty, since: Option<Day>, due: Option<Day>, what: &str) -> Clock {
        let (status, working_days_left) = Status::of(&self.law.calendar, self.today, due);
        Clock {
            status,
            duty,
            due,
            working_days_left,
            since,
            what: what.to_owned(),
            id: None,
            provisional: false,
            was_due: None,
            waits_for_review: false,
            waits_for_proof: false,
            derivation: None,
        }
    }

    /// Whether a day that ends something is near enough to be told.
    fn is_ahead(&self, day: Day) -> bool {
        self.today.plus_days(AHEAD).is_some_and(|ahead| day <= ahead)
    }

    /// What the next build would publish, take down or correct.
    fn of_news(&self, settled: &Settled) -> Vec<Clock> {
        let news = &settled.news;
        let head = |key: &RecordKey| self.heads.get(key).copied();
        let published = news.published.iter().map(|(key, due)| {
            let since = head(key).and_then(|h| h.count.on);
            self.of_term(disclosure(key), since, *due, &key.number).of_case(head(key))
        });
        let taken_down = news.taken_down.iter().filter_map(|(key, due)| {
            let case = head(key)?;
            let tombstone = case.tombstone.as_ref()?;
            let (duty, from) = (takedown(tombstone.ground), Some(tombstone.effective_on));
            Some(self.of_term(duty, from, *due, &key.number).of_case(Some(case)))
        });
        // A drop is named for its day; that day the bureau knew of the error at the latest.
        let corrected = news.corrected.iter().map(|(key, drop)| {
            let since = drop.get(..10).and_then(Day::iso);
            self.of_term(Duty::Correction, since, None, &key.number).of_case(head(key))
        });
        published.chain(taken_down).chain(corrected).collect()
    }

    /// Cases that are down and may still stand at a target: the clock of a takedown stops when somebody has seen
    /// that they do not.
    fn of_targets(&self, settled: &Settled, unproven: &BTreeSet<CaseId>) -> Vec<Clock> {
        let heads = settled.cases.iter().map(|case| &case.head);
        let down = heads.filter(|head| head.id.is_some_and(|id| unproven.contains(&id)));
        let clock = |head: &LineHead| {
            let number = &head.key.number;
            let mut clock = match &head.tombstone {
                Some(stone) => {
                    let duty = takedown(stone.ground);
                    self.of_term(duty, Some(stone.effective_on), stone.due_on, number)
                }
                // Withheld or suppressed: it must be gone, and no term is set.
                None => self.until(Duty::TakedownOther, None, None, number),
            };
            clock.waits_for_proof = true;
            clock.of_case(Some(head))
        };
        down.filter(|head| head.state != State::Published).map(clock).collect()
    }

    /// What waits, and what is soon over.
    fn of_cases(&self, settled: &Settled) -> Vec<Clock> {
        let heads = settled.cases.iter().map(|case| &case.head);
        let clock = |head: &LineHead| {
            let number = &head.key.number;
            match (head.state, head.until) {
                (State::Held, _) => {
                    let duty = disclosure(&head.key);
                    let mut clock = self.of_term(duty, head.count.on, head.due_on, number);
                    clock.waits_for_review = self.waits_for_review(head);
                    Some(clock)
                }
                (State::Published, Some(until)) if self.is_ahead(until) => {
                    Some(self.until(Duty::Expiry, head.published_on, Some(until), number))
                }
                _ => None,
            }
        };
        heads.filter_map(|head| Some(clock(head)?.of_case(Some(head)))).collect()
    }

    /// Whether a doubt of redaction is among what holds the case.
    fn waits_for_review(&self, head: &LineHead) -> bool {
        let stage = |id: &String| self.law.check(id).map(|row| row.stage);
        head.held_by.iter().any(|id| stage(id) == Some(Stage::Redact))
    }

    /// Certificates of officers on duty that end soon or have ended.
    fn of_staff(&self, staff: &[Officer]) -> Vec<Clock> {
        let on_duty = staff.iter().filter(|o| o.status == OfficerStatus::Active && !o.auxiliary);
        let clock = |officer: &Officer| {
            let until = officer.certificate_until.filter(|until| self.is_ahead(*until))?;
            let since = officer.certificate_from;
            Some(self.until(Duty::Certificate, since, Some(until), &officer.name))
        };
        on_duty.filter_map(clock).collect()
    }

    /// The annual statistics, told from the December before their last day until that day, and after it
    /// where the year has public cases and no build has published its figures. The last day may be a rest
    /// day: the days left are counted to the last working day before (domain 8.1.6).
    fn statistics(&self, years: &Years) -> Option<Clock> {
        let today = self.today;
        let year = if today.month() == 12 { today.year() } else { today.year() - 1 };
        let year_end = Day::new(year, 12, 31);
        let clock = self.of_term(Duty::AnnualStatistics, year_end, None, &year.to_string());
        let is_of_year = |head: &&LineHead| head.year() == year && head.published_on.is_some();
        let told = clock.due.is_some_and(|due| {
            if today <= due {
                today.month() != 11
            } else {
                years.year(year).is_none() && self.heads.values().any(is_of_year)
            }
        });
        told.then_some(clock)
    }
}

fn takedown(ground: Ground) -> Duty {
    if ground.has_statutory_term() { Duty::Takedown } else { Duty::TakedownOther }
}

fn disclosure(key: &RecordKey) -> Duty {
    match key.kind {
        CaseKind::Penalty => Duty::Penalty,
        CaseKind::Inspection => Duty::Inspection,
    }
}
