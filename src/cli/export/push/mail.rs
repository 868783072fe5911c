//! Messages that are not acknowledged, made of what the ledger says now.

use std::collections::BTreeMap;

use crate::diag::Failure;
use crate::ledger::{Occurrence, Receipts, Slot, Telling, Turn, turns};
use crate::site::{Press, Subject};
use crate::vocab::CaseId;

use super::super::material::{Document, Gone, Material};
use super::outbox::Outbox;

/// A message in both forms.
pub(super) struct Letter {
    /// Number of its event.
    pub(super) seq: u64,
    /// Its name.
    pub(super) name: String,
    /// What it tells.
    pub(super) what: Occurrence,
    /// As JSON.
    pub(super) json: Document,
    /// As XML.
    pub(super) xml: Document,
}

/// What there is to send.
pub(super) struct Mail<'t> {
    /// Messages that are not acknowledged, in order.
    pub(super) letters: Vec<Letter>,
    /// How many messages wait until the site was delivered.
    pub(super) undelivered: usize,
    /// Length of the ledger's log that they were made of.
    pub(super) log_len: u64,
    told: Vec<&'t Telling>,
}

impl<'t> Mail<'t> {
    /// Makes every message that is not acknowledged anew, and puts them into the outbox. The material's lock is given
    /// back when they stand there.
    ///
    /// # Errors
    /// The ledger cannot be read, the audit refuses a message, or the outbox cannot be written.
    pub(super) fn refresh(
        material: Material<'_>,
        outbox: &mut Outbox,
        tellings: &'t [Telling],
    ) -> Result<Self, Failure> {
        let press = Press::new(material.root.setup(None))?;
        let turns = turns_of(&material, outbox, tellings)?;
        let slots: BTreeMap<CaseId, &Slot> =
            material.ledger.slots.iter().filter_map(|slot| Some((slot.head.id?, slot))).collect();
        let bringing = bringing(tellings);
        let of_turn = |turn: Turn| {
            tellings.iter().zip(&turns).filter(move |(_, own)| **own == turn).map(|(t, _)| t)
        };
        let due = of_turn(Turn::Now).filter(|t| !outbox.book.has(t.seq, &t.name));
        let due: Vec<&Telling> = due.collect();
        let mut pages = Vec::new();
        for telling in &due {
            let slot = slots.get(&telling.id).copied();
            let live = slot.filter(|slot| slot.head.is_live(material.root.today.day()));
            let case = live.map(|slot| material.read(slot)).transpose()?;
            let case = case.as_ref().map(|case| (case, press.content(case)));
            if let Some((case, content)) = &case {
                material.hold(case, &content.statements)?;
            }
            pages.extend(press.messages(&Subject {
                telling,
                head: slot.map(|slot| &slot.head),
                case: case.as_ref().map(|(case, content)| (*case, content)),
                bringing: bringing.get(&telling.id).map_or(&[], Vec::as_slice),
            })?);
        }
        let mut documents = material.audited(pages, Gone::Tombstones)?;
        outbox.book.log = material.ledger.head;
        outbox.bring_in_step(&documents)?;
        let mut pairs = documents.drain(..);
        let letters = due.iter().map_while(|telling| {
            let Telling { seq, name, what, .. } = *telling;
            let (json, xml) = (pairs.next()?, pairs.next()?);
            Some(Letter { seq: *seq, name: name.clone(), what: *what, json, xml })
        });
        Ok(Self {
            letters: letters.collect(),
            undelivered: of_turn(Turn::Later).count(),
            log_len: material.ledger.log_len,
            told: tellings
                .iter()
                .zip(&turns)
                .filter(|(_, t)| **t != Turn::Never)
                .map(|(t, _)| t)
                .collect(),
        })
    }

    /// Messages by name, with their numbers; not those that are never sent.
    pub(super) fn known(&self) -> BTreeMap<&'t str, u64> {
        self.told.iter().map(|telling| (telling.name.as_str(), telling.seq)).collect()
    }
}

/// Messages of each case that bring content, in order.
pub(super) fn bringing(tellings: &[Telling]) -> BTreeMap<CaseId, Vec<&Telling>> {
    let mut bringing: BTreeMap<CaseId, Vec<&Telling>> = BTreeMap::new();
    for telling in tellings.iter().filter(|telling| telling.what.brings()) {
        bringing.entry(telling.id).or_default().push(telling);
    }
    bringing
}

/// When the platform is told of each event: where the site is brought to targets, of what stands at one of them.
fn turns_of(
    material: &Material<'_>,
    outbox: &Outbox,
    tellings: &[Telling],
) -> Result<Vec<Turn>, Failure> {
    let root = material.root;
    let deliveries = Receipts::open(&root.ledger())?.deliveries();
    if deliveries.is_empty() && root.bureau.targets.is_empty() {
        return Ok(vec![Turn::Now; tellings.len()]);
    }
    Ok(turns(tellings, &deliveries, |telling| outbox.book.has(telling.seq, &telling.name)))
}
