//! Carries out orders about published cases: takes down, removes without a word, sets aside, restores.
//!
//! An order is known by its ground and the day of its document, so that the same row read again changes
//! nothing, whatever came after it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::clearance::{CaseKind, Count, TakedownOrder, Watch};
use crate::diag::Finding;
use crate::law::Day;
use crate::vocab::{Act, CaseId, Ground};

use super::case::{Change, Content, Waiting};
use super::claim::{Ask, Claim};
use super::event::EventKind;
use super::line::LineHead;
use super::settle::Settling;
use super::store::Extent;
use super::transition::{Move, Refusal};
use super::{Digest, Gap, Overtaken, Replacement, SetAside, State, Tombstone};

impl Settling<'_> {
    /// Carries out orders. Repeating one changes nothing; one for an unknown case is a finding, and so is
    /// one that the case's state does not admit.
    pub(crate) fn orders(&mut self, orders: &[TakedownOrder], role: &'static str) {
        if orders.is_empty() {
            return;
        }
        let mut by_number: BTreeMap<(CaseKind, String), Vec<usize>> = BTreeMap::new();
        for (key, at) in &self.index {
            by_number.entry((key.kind, key.number.clone())).or_default().push(*at);
        }
        // Tables are often sorted by the newest first; an order is older than what sets it aside.
        let mut orders: Vec<&TakedownOrder> = orders.iter().collect();
        orders.sort_by_key(|order| (order.decided_on, order.act == Act::Reinstate));
        for order in orders {
            if order.effective_on > self.today {
                continue; // Its day will come.
            }
            let Some(found) = by_number.get(&(order.kind, order.number.clone())) else {
                self.findings.push(Finding::new("unknown-takedown-case", order.place.clone()));
                continue;
            };
            let one = |at: &&usize| is_meant(&self.cases[**at].head, order);
            let meant: Vec<usize> = found.iter().filter(one).copied().collect();
            if meant.is_empty() {
                self.findings.push(Finding::new("unknown-takedown-case", order.place.clone()));
            }
            for at in meant {
                if let Err(refusal) = self.carry_out(at, order, role) {
                    let finding = Finding::new("unlawful-transition", order.place.clone());
                    self.findings.push(finding.noted(refusal.note()));
                }
            }
        }
    }

    /// Carries one order out on one case.
    ///
    /// # Errors
    /// Why the case's state does not admit it.
    fn carry_out(
        &mut self,
        at: usize,
        order: &TakedownOrder,
        role: &'static str,
    ) -> Result<(), Refusal> {
        if is_done(&self.cases[at].head, order) {
            return Ok(());
        }
        let head = &self.cases[at].head;
        match order.act {
            Act::Reinstate => self.set_aside(at, order, role),
            Act::TakeDown(ground) => {
                let is_self = order.replaced_by.as_ref() == Some(&head.key.number);
                if order.replaced_by.is_some() && (is_self || !ground.is_about_the_decision()) {
                    return Err(Refusal::NoReplacement);
                }
                // A takedown that was set aside bars no other.
                let is_void = head.tombstone.as_ref().is_some_and(|t| t.set_aside.is_some());
                match (head.state, &order.replaced_by) {
                    (State::TakenDown, Some(number)) if !is_void => {
                        let this = Overtaken { ground: Some(ground), decided_on: order.decided_on };
                        self.supersede(at, (number.clone(), this), role)
                    }
                    _ => self.take_down(at, (ground, order), is_void, role),
                }
            }
        }
    }

    fn take_down(
        &mut self,
        at: usize,
        (ground, order): (Ground, &TakedownOrder),
        is_void: bool,
        role: &'static str,
    ) -> Result<(), Refusal> {
        let is_silent = ground == Ground::PersonalInformation;
        let asked = if is_silent { Move::Suppress } else { Move::TakeDown };
        let refusal = asked.refusal(self.cases[at].head.state);
        if let Some(refusal) = refusal.filter(|r| !(is_void && *r == Refusal::AlreadyDown)) {
            return Err(refusal);
        }
        let tombstone = Tombstone {
            ground,
            document: order.document.clone(),
            authority: order.authority.clone(),
            decided_on: order.decided_on,
            effective_on: order.effective_on,
            due_on: self.takedown_due(ground, order.effective_on),
            taken_down_on: self.today,
            replaced_by: order.replaced_by.clone(),
            replacement: None,
            set_aside: None,
        };
        self.keep_for_now(at);
        let case = &mut self.cases[at];
        case.kept = None;
        case.content = Content::None;
        case.head.state = if is_silent { State::Suppressed } else { State::TakenDown };
        case.head.waits = false;
        (case.head.digest, case.head.until) = (None, None);
        // Dates and columns of corrections hold no content; they are shown again with the case.
        if is_silent {
            case.head.revisions.clear();
        }
        if let Some(old) = case.head.tombstone.replace(Box::new(tombstone)) {
            let Tombstone { ground, decided_on, set_aside, .. } = *old;
            case.head.overtaken.push(Overtaken { ground: Some(ground), decided_on });
            let void = set_aside.map(|s| Overtaken { ground: None, decided_on: s.decided_on });
            case.head.overtaken.extend(void);
        }
        let event = match (is_silent, &order.replaced_by) {
            (true, _) => EventKind::Suppressed,
            (false, Some(_)) => EventKind::Superseded,
            (false, None) => EventKind::TakenDown,
        };
        self.changes.push(Change { case: at, event, role });
        Ok(())
    }

    /// Another decision replaces one that is down already.
    fn supersede(
        &mut self,
        at: usize,
        (number, by): (String, Overtaken),
        role: &'static str,
    ) -> Result<(), Refusal> {
        let case = &mut self.cases[at];
        let Some(stone) = case.head.tombstone.as_mut() else { return Err(Refusal::NotDown) };
        match &stone.replaced_by {
            Some(known) if *known == number => return Ok(()),
            Some(_) => return Err(Refusal::AlreadyDown),
            None => stone.replaced_by = Some(number),
        }
        let is_same = (Some(stone.ground), stone.decided_on) == (by.ground, by.decided_on);
        // Whatever becomes of the takedown, this order was carried out.
        if !is_same {
            case.head.overtaken.push(by);
        }
        case.kept = None;
        self.changes.push(Change { case: at, event: EventKind::Superseded, role });
        Ok(())
    }

    /// Sets a takedown aside; the case stays down until an export says again what is public of it.
    fn set_aside(
        &mut self,
        at: usize,
        order: &TakedownOrder,
        role: &'static str,
    ) -> Result<(), Refusal> {
        let today = self.today;
        let head = &mut self.cases[at].head;
        if let Some(refusal) = Move::Reinstate.refusal(head.state) {
            return Err(refusal);
        }
        let Some(stone) = head.tombstone.as_mut() else { return Err(Refusal::NotDown) };
        if stone.set_aside.is_some() {
            return Err(Refusal::NotDown);
        }
        if order.decided_on < stone.decided_on {
            return Err(Refusal::Backdated);
        }
        stone.set_aside = Some(SetAside {
            document: order.document.clone(),
            authority: order.authority.clone(),
            decided_on: order.decided_on,
            on: today,
        });
        self.cases[at].kept = None;
        self.changes.push(Change { case: at, event: EventKind::SetAside, role });
        Ok(())
    }

    /// Keeps what a drop of this run says of a case that is down, until the orders are known.
    pub(super) fn wait(
        &mut self,
        at: usize,
        (digest, json, until): (Digest, Option<Extent>, Option<Day>),
        (drop, count): (Arc<str>, Count),
        watch: Watch,
    ) {
        let due_on = self.due_of(at, count.on);
        let until = until.or_else(|| self.last_day_of(at, &count));
        let (content, watch) = (json.map_or(Content::None, Content::Json), Some(watch));
        let digest = Some(digest);
        self.cases[at].waiting =
            Some(Box::new(Waiting { drop, count, content, digest, until, due_on, watch }));
    }

    /// Keeps what stands of a case that an order of this run takes down: a later order of the same run may
    /// set that one aside, and nothing has left the public yet.
    fn keep_for_now(&mut self, at: usize) {
        let head = &self.cases[at].head;
        if head.state != State::Published {
            return;
        }
        let (digest, until, due_on) = (head.digest, head.until, head.due_on);
        let (drop, count, id) = (Arc::clone(&head.drop), head.count.clone(), head.id);
        let content = self.cases[at].content;
        let watch = id.and_then(|id| self.watches.remove(&id)).or_else(|| {
            match self.cases[at].claim.take() {
                Some(Claim { ask: Ask::Publish { watch, .. }, .. }) => Some(watch),
                _ => None,
            }
        });
        self.cases[at].waiting =
            Some(Box::new(Waiting { drop, count, content, digest, until, due_on, watch }));
    }

    /// Publishes again what was set aside and has an export. Its first day of publication stays.
    pub(super) fn restore(&mut self, fresh: &mut Vec<usize>) {
        for at in 0..self.cases.len() {
            let Some(waiting) = self.cases[at].waiting.take() else { continue };
            let head = &mut self.cases[at].head;
            let Some(stone) = head.tombstone.take_if(|t| t.set_aside.is_some()) else { continue };
            let Tombstone { ground, document, decided_on, taken_down_on, set_aside, .. } = *stone;
            let Some(set_aside) = set_aside else { continue };
            let (from, until) = (taken_down_on, self.today);
            head.gaps.push(Gap { from, until, ground, document, decided_on, set_aside });
            let Waiting { drop, count, content, digest, until, due_on, watch } = *waiting;
            (head.drop, head.count, head.state) = (drop, count, State::Published);
            (head.digest, head.until, head.due_on) = (digest, until, due_on);
            let was_public = head.published_on.is_some();
            head.revision += u32::from(was_public);
            (self.cases[at].content, self.cases[at].kept) = (content, None);
            match watch {
                Some(watch) if self.cases[at].head.id.is_some() => self.watch(at, watch),
                Some(watch) => self.pending_watch(at, watch),
                None => {}
            }
            if was_public {
                self.note(at, EventKind::Reinstated);
            } else if !fresh.contains(&at) {
                fresh.push(at);
            }
        }
    }

    /// Links each notice to the decision that replaces it, as long as that one stands published.
    pub(super) fn link_replacements(&mut self) {
        let asks =
            |head: &LineHead| head.tombstone.as_ref().is_some_and(|t| t.replaced_by.is_some());
        if !self.cases.iter().any(|case| asks(&case.head)) {
            return;
        }
        let standing: BTreeMap<String, (i32, CaseId)> = self
            .cases
            .iter()
            .filter(|c| c.head.state == State::Published && c.head.key.kind == CaseKind::Penalty)
            .filter_map(|c| Some((c.head.key.number.clone(), (c.head.year(), c.head.id?))))
            .collect();
        for case in &mut self.cases {
            let Some(stone) = case.head.tombstone.as_mut() else { continue };
            let found = stone.replaced_by.as_ref().and_then(|number| standing.get(number));
            let replacement = found.map(|(year, id)| Replacement { year: *year, id: *id });
            if stone.replacement != replacement {
                stone.replacement = replacement;
                case.kept = None;
            }
        }
    }
}

/// Whether an order about a number means this case: all cases of it, or the one that it names.
fn is_meant(head: &LineHead, order: &TakedownOrder) -> bool {
    let party = &head.key.party;
    (order.id.is_none() || order.id == head.id)
        && (party.is_empty() || order.party.as_ref().is_none_or(|code| code == party))
}

/// Whether the order was carried out before, whatever came after it.
fn is_done(head: &LineHead, order: &TakedownOrder) -> bool {
    let stone = head.tombstone.as_ref();
    let day = order.decided_on;
    match order.act {
        Act::TakeDown(ground) => {
            let now = stone.is_some_and(|t| {
                let adds = order.replaced_by.is_some() && order.replaced_by != t.replaced_by;
                (t.ground, t.decided_on) == (ground, day) && !adds
            });
            now || head.gaps.iter().any(|g| (g.ground, g.decided_on) == (ground, day))
                || head.overtaken.iter().any(|o| (o.ground, o.decided_on) == (Some(ground), day))
        }
        Act::Reinstate => {
            let now = stone.and_then(|t| t.set_aside.as_ref()).is_some_and(|s| s.decided_on == day);
            now || head.gaps.iter().any(|g| g.set_aside.decided_on == day)
                || head.overtaken.iter().any(|o| o.ground.is_none() && o.decided_on == day)
        }
    }
}
