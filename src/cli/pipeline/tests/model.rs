//! The life of a case after publication as one page of rules: what the ledger is compared with. It shares no
//! code with it, and keeps whole histories where the ledger keeps traces.

use std::collections::BTreeSet;

use crate::law::Day;
use crate::ledger::State;
use crate::vocab::{Act, Ground};

/// What an export says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// Publish this version of facts and amount, until a number of days after the first day.
    Ready(Version),
    /// It waits.
    Hold,
    /// It is not disclosed.
    Withhold,
}

/// Public content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Version {
    /// Which facts.
    pub(super) facts: u8,
    /// Which amount.
    pub(super) fine: u8,
    /// Last day of disclosure.
    pub(super) until: Day,
}

/// An order, about a case by its number in the test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Order {
    /// Which case.
    pub(super) case: u8,
    /// What it does.
    pub(super) act: Act,
    /// Day of its document.
    pub(super) on: Day,
    /// The case whose decision replaces it.
    pub(super) replaced_by: Option<u8>,
}

/// A takedown in force or set aside.
#[derive(Clone, Debug)]
struct Down {
    act: Act,
    on: Day,
    replaced_by: Option<u8>,
    void: bool,
}

/// One case.
#[derive(Clone, Debug)]
pub(super) struct Life {
    /// Its state; `None` before any drop spoke of it.
    pub(super) state: Option<State>,
    /// Its content, while it stands published.
    pub(super) content: Option<Version>,
    /// First day.
    pub(super) published_on: Option<Day>,
    /// Versions.
    pub(super) revision: u32,
    /// Times it came back.
    pub(super) gaps: usize,
    down: Option<Down>,
    done: BTreeSet<(Act, Day)>,
    /// Content of this run that would come back.
    waiting: Option<Version>,
}

impl Life {
    /// A case that nobody has spoken of.
    pub(super) fn new() -> Self {
        let (state, content, published_on, down, waiting) = (None, None, None, None, None);
        let (revision, gaps, done) = (0, 0, BTreeSet::new());
        Self { state, content, published_on, revision, gaps, down, done, waiting }
    }

    /// A drop speaks of it.
    pub(super) fn claim(&mut self, says: Says) {
        use State::{Expired, Held, Published, Suppressed, TakenDown, Withheld};
        match (self.state, says) {
            (Some(Expired), _) => {}
            (Some(TakenDown | Suppressed), Says::Ready(version)) => self.waiting = Some(version),
            (Some(TakenDown | Suppressed), _) | (Some(Published), Says::Hold) => {}
            (_, Says::Withhold) => (self.state, self.content) = (Some(Withheld), None),
            (None | Some(Held | Withheld), Says::Hold) => self.state = Some(Held),
            (Some(Published), Says::Ready(new)) => {
                let old = self.content.expect("what is published has content");
                // Another amount without a ground is no correction.
                if old != new && old.fine == new.fine {
                    self.content = Some(new);
                    self.revision += 1;
                }
            }
            (None | Some(Held | Withheld), Says::Ready(version)) => {
                (self.state, self.content) = (Some(Published), Some(version));
            }
        }
    }

    /// An order about it; whether it is lawful.
    pub(super) fn order(&mut self, order: Order) -> bool {
        let adds = order.replaced_by.is_some()
            && self.state == Some(State::TakenDown)
            && self.down.as_ref().is_some_and(|d| {
                (d.act, d.on) == (order.act, order.on) && d.replaced_by != order.replaced_by
            });
        if self.done.contains(&(order.act, order.on)) && !adds {
            return true;
        }
        match order.act {
            Act::Reinstate => self.reinstate(order),
            Act::TakeDown(ground) => self.take_down(ground, order),
        }
    }

    fn reinstate(&mut self, order: Order) -> bool {
        let is_down = matches!(self.state, Some(State::TakenDown | State::Suppressed));
        match &mut self.down {
            Some(down) if is_down && !down.void && down.on <= order.on => down.void = true,
            _ => return false,
        }
        self.done.insert((order.act, order.on));
        true
    }

    fn take_down(&mut self, ground: Ground, order: Order) -> bool {
        let about = !matches!(
            ground,
            Ground::PublishedInError | Ground::NotToBeDisclosed | Ground::PersonalInformation
        );
        if order.replaced_by.is_some_and(|by| !about || by == order.case) {
            return false;
        }
        let is_silent = ground == Ground::PersonalInformation;
        let is_void = self.down.as_ref().is_some_and(|d| d.void);
        let lawful = match self.state {
            Some(State::Published | State::Expired) => true,
            Some(State::TakenDown) if is_void || is_silent => true,
            Some(State::Suppressed) => is_void && is_silent,
            Some(State::TakenDown) => match (&mut self.down, order.replaced_by) {
                (Some(down), Some(by)) if down.replaced_by.is_none() => {
                    down.replaced_by = Some(by);
                    self.done.insert((order.act, order.on));
                    return true;
                }
                (Some(down), Some(by)) if down.replaced_by == Some(by) => return true,
                _ => false,
            },
            _ => false,
        };
        if lawful {
            self.waiting = self.content.take().or(self.waiting);
            self.state = Some(if is_silent { State::Suppressed } else { State::TakenDown });
            self.down = Some(Down {
                act: order.act,
                on: order.on,
                replaced_by: order.replaced_by,
                void: false,
            });
            self.done.insert((order.act, order.on));
        }
        lawful
    }

    /// The end of a run.
    pub(super) fn close(&mut self, today: Day) {
        let waiting = self.waiting.take();
        if let (Some(version), true) = (waiting, self.down.as_ref().is_some_and(|d| d.void)) {
            self.down = None;
            (self.state, self.content) = (Some(State::Published), Some(version));
            self.gaps += 1;
            self.revision += u32::from(self.published_on.is_some());
        }
        if self.content.is_some_and(|v| v.until < today) {
            (self.state, self.content) = (Some(State::Expired), None);
        }
        if self.state == Some(State::Published) && self.published_on.is_none() {
            (self.published_on, self.revision) = (Some(today), 1);
        }
    }
}
