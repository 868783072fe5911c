//! What in a record a person must decide: the queue's side of redaction. Nothing is published here.

use crate::clearance::review::Item;
use crate::clearance::vet::Vetted;
use crate::vocab::{NaturalPersonParty, PartyKind};

use super::decide::reads_as_personal;
use super::gather::number_names_a_person;
use super::redactor::{Redactor, published, texts_of};
use super::text::{Pen, visible};
use super::write::Draft;

impl Redactor {
    /// The doubtful stretches of a record, the decided ones included.
    pub(in crate::clearance) fn doubts(&self, vetted: &Vetted) -> Vec<Item> {
        let file = vetted.file();
        let Some(kind) = file.words.party_kind.word().copied() else { return Vec::new() };
        let withheld = kind == PartyKind::NaturalPerson
            && self.policy.natural_person_party == NaturalPersonParty::Withhold;
        let known = self.known(file, kind, texts_of(file, published(file.table)));
        if withheld || number_names_a_person(file, &known) {
            return Vec::new();
        }
        let mut draft = Draft::new(file, Pen::new(self, &known));
        let _ = self.write(&mut draft, kind);
        let mut doubts = draft.doubts();
        doubts.sort_by_key(|(field, doubt)| (*field, doubt.at.start, doubt.at.end, doubt.check));
        let item = |(field, doubt): &(_, super::text::Doubt)| {
            let text = visible(file.look(*field)?);
            let item = Item::new((file, &self.reviews), *field, doubt.check, (&text, &doubt.at))?;
            let is_personal = reads_as_personal(&text[doubt.at.clone()]);
            Some(if is_personal { item.never_kept() } else { item })
        };
        doubts.iter().filter_map(item).collect()
    }
}
