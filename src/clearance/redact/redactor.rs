//! The redactor: takes a vetted case file, gives a disclosure and its watch, or holds the record.

use crate::clearance::record::{CaseFile, Field, TableKind};
use crate::clearance::review::Reviews;
use crate::clearance::rules::Rules;
use crate::clearance::vet::Vetted;
use crate::clearance::watch::{Explained, Reading, Watch};
use crate::diag::{Failure, Finding, Note};
use crate::law::Shelf;
use crate::vocab::{NaturalPersonParty, PartyKind, Policy, WithholdGround};

use super::Disclosure;
use super::dictionary::Terms;
use super::discover::discover;
use super::gather::{bureau_public, explained, gather, number_names_a_person, watching};
use super::known::{Known, Public};
use super::mask::give;
use super::names::Names;
use super::patterns::Patterns;
use super::tables::Tables;
use super::text::Pen;
use super::write::{Draft, inspection, penalty};

/// A check id: a long number that nothing explains.
pub(super) const UNEXPLAINED: &str = "unexplained-number";
/// A check id: what looks like a trade secret and is not marked as one.
pub(super) const SUSPECTED_SECRET: &str = "suspected-trade-secret";
/// A check id: a mark of a trade secret without its end.
pub(super) const UNCLOSED: &str = "unclosed-secret-mark";
/// A check id: a word that reads like a name of the record and stays.
pub(super) const AMBIGUOUS: &str = "ambiguous-name";
/// A check id: a private value that still stood in a redacted text.
const LEFT: &str = "private-value-left";

/// What became of a record.
pub(in crate::clearance) enum Redacted {
    /// It may be published.
    Clear(Box<Disclosure>, Watch, Vec<Finding>),
    /// It waits for a person; nothing of it is published.
    Hold(Vec<Finding>),
    /// The bureau's policy does not disclose it.
    Withhold(WithholdGround),
}

/// Tables, patterns and the bureau's public values, ready for records. Shared by threads.
pub(in crate::clearance) struct Redactor {
    pub(super) tables: Tables,
    pub(super) patterns: Patterns,
    pub(super) names: Names,
    pub(super) bureau: Public,
    pub(super) terms: Terms,
    pub(super) reviews: Reviews,
    explained: Explained<'static>,
    pub(super) policy: Policy,
}

impl Redactor {
    /// Loads the tables.
    ///
    /// # Errors
    /// A table that is missing or broken.
    pub(in crate::clearance) fn new(rules: &Rules<'_>) -> Result<Self, Failure> {
        let mut public = bureau_public(rules.bureau, rules.staff);
        let terms = Terms::new(rules.dictionary, &mut public)?;
        let redactor = Self::load(rules.shelf, public, rules.policy.clone())?;
        Ok(Self { terms, reviews: rules.reviews.clone(), ..redactor })
    }

    /// The same from its parts.
    pub(super) fn load(shelf: &Shelf, bureau: Public, policy: Policy) -> Result<Self, Failure> {
        let explained = explained(&bureau);
        let (tables, patterns) = (Tables::load(shelf)?, Patterns::load(shelf)?);
        let names = Names::load(shelf)?;
        let (terms, reviews) = (Terms::default(), Reviews::default());
        Ok(Self { tables, patterns, names, bureau, terms, reviews, explained, policy })
    }

    /// What a record says about itself, in its columns and in these texts.
    pub(super) fn known<'t>(
        &self,
        file: &CaseFile,
        kind: PartyKind,
        texts: impl Iterator<Item = (usize, &'t str)>,
    ) -> Known<'_> {
        let mut known = gather(file, kind, (&self.policy, &self.names, &self.bureau));
        discover(&mut known, &self.names, texts);
        give(&mut known.names, &self.tables, self.policy.mask_numbers);
        known
    }

    /// Writes a record's disclosure.
    pub(super) fn write(&self, draft: &mut Draft<'_>, kind: PartyKind) -> Option<Disclosure> {
        match draft.table() {
            TableKind::Penalties => penalty(draft, kind, &self.policy),
            TableKind::Inspections => inspection(draft, kind, &self.policy),
            TableKind::Orders => None,
        }
    }

    /// Redacts one record.
    pub(in crate::clearance) fn redact(&self, vetted: Vetted) -> Redacted {
        let file = vetted.file();
        let Some(kind) = file.words.party_kind.word().copied() else {
            return Redacted::Hold(vec![missing(file, Field::PartyKind)]);
        };
        if kind == PartyKind::NaturalPerson
            && self.policy.natural_person_party == NaturalPersonParty::Withhold
        {
            return Redacted::Withhold(WithholdGround::Decided);
        }
        let known = self.known(file, kind, texts_of(file, published(file.table)));
        if number_names_a_person(file, &known) {
            return Redacted::Hold(vec![Finding::new(UNEXPLAINED, file.at(Field::Number))]);
        }
        let mut draft = Draft::new(file, Pen::new(self, &known)).decided(self.reviews.of(file));
        let written = self.write(&mut draft, kind);
        let noticed = draft.noticed();
        let (found, cuts, left) = draft.close();
        let watch = watching(&known, &self.explained, (&self.tables, file), &left).finish();
        match written {
            Some(disclosure) if found.is_empty() => {
                proofread(Box::new(disclosure.with(cuts)), watch, file, noticed)
            }
            Some(_) => Redacted::Hold(found),
            None => Redacted::Hold(or_missing(found, file)),
        }
    }
}

/// The texts of these columns, each in the slot of its field.
pub(super) fn texts_of<'f>(
    file: &'f CaseFile,
    fields: &'f [Field],
) -> impl Iterator<Item = (usize, &'f str)> {
    fields.iter().filter_map(|field| Some((*field as usize, file.look(*field)?)))
}

/// The texts of which something is published.
pub(super) fn published(table: TableKind) -> &'static [Field] {
    match table {
        TableKind::Penalties => &[
            Field::Violation,
            Field::Facts,
            Field::Basis,
            Field::Content,
            Field::Permit,
            Field::HandlingUnit,
        ],
        TableKind::Inspections => &[Field::Plan, Field::Item, Field::Method, Field::Result],
        TableKind::Orders => &[],
    }
}

/// Reads every written text once more, as the audit will: what is still there holds the record.
fn proofread(
    disclosure: Box<Disclosure>,
    watch: Watch,
    file: &CaseFile,
    noticed: Vec<Finding>,
) -> Redacted {
    if watch.is_empty() {
        return Redacted::Clear(disclosure, watch, noticed);
    }
    // All texts at once; only where something is left, one by one.
    let all = disclosure.texts().into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n\n");
    if watch.hits(&Reading::text(all.as_bytes())).is_empty() {
        return Redacted::Clear(disclosure, watch, noticed);
    }
    let mut left = Vec::new();
    for (field, text) in disclosure.texts() {
        if !watch.hits(&Reading::text(text.as_bytes())).is_empty() {
            left.push(Finding::new(LEFT, file.at(field)).noted(Note::new(
                "脱敏后的文本中仍可读出本记录的个人信息，请人工处理",
                "the redacted text still shows personal information of the record",
            )));
        }
    }
    if left.is_empty() {
        // A value that reads across two texts only: no reader would join them.
        return Redacted::Clear(disclosure, watch, noticed);
    }
    Redacted::Hold(left)
}

fn or_missing(mut found: Vec<Finding>, file: &CaseFile) -> Vec<Finding> {
    if found.is_empty() {
        found.push(missing(file, Field::Number));
    }
    found
}

/// A column without which nothing can be published.
pub(super) fn missing(file: &CaseFile, field: Field) -> Finding {
    Finding::new("missing-field", file.at(field))
}
