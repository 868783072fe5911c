//! Writes a disclosure field by field: the allow-list of what is published. What is not named here
//! (remark, full text, identity numbers, telephones, legal representative) is never published.

use crate::clearance::record::{CaseFile, Field, TableKind};
use crate::clearance::review::Decided;
use crate::diag::{Finding, Note};
use crate::vocab::{CreditCode, IdForm, PartyKind, Policy, id_form};

use super::known::Text;
use super::redactor::{AMBIGUOUS, SUSPECTED_SECRET, UNCLOSED, UNEXPLAINED, missing};
use super::secrets::is_unclosed;
use super::text::{Doubt, Pen};
use super::{ClearText, Cut, Disclosure, InspectionDisclosure, PenaltyDisclosure};

/// A disclosure in the making.
pub(super) struct Draft<'a> {
    file: &'a CaseFile,
    pen: Pen<'a>,
    decided: Decided,
    found: Vec<Finding>,
    noticed: Vec<Finding>,
    doubts: Vec<(Field, Doubt)>,
}

impl<'a> Draft<'a> {
    /// An empty draft.
    pub(super) fn new(file: &'a CaseFile, pen: Pen<'a>) -> Self {
        let decided = Decided::default();
        Self { file, pen, decided, found: Vec::new(), noticed: Vec::new(), doubts: Vec::new() }
    }

    /// The same draft, with what people have decided about the record.
    pub(super) fn decided(mut self, decided: Decided) -> Self {
        self.decided = decided;
        self
    }

    /// The table the record stood in.
    pub(super) fn table(&self) -> TableKind {
        self.file.table
    }

    /// What in the texts is in doubt and not decided.
    pub(super) fn doubts(self) -> Vec<(Field, Doubt)> {
        self.doubts
    }

    /// What is worth knowing of a record that is published.
    pub(super) fn noticed(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.noticed)
    }

    /// What holds the record, the ledger of cuts, and what stands around names that stay.
    pub(super) fn close(self) -> (Vec<Finding>, Vec<Cut>, Vec<String>) {
        let left = self.pen.left().to_vec();
        (self.found, self.pen.cuts(), left)
    }

    /// The redacted text of a column; `None` where it is absent or blank.
    pub(super) fn text(&mut self, field: Field) -> Option<ClearText> {
        let raw = self.file.look(field)?;
        let written =
            self.pen.write_decided(which(field), name(field), raw, Some((&self.decided, field)));
        self.notice(field, raw, written.left);
        let of = |check: &str| written.doubts.iter().filter(|d| d.check == check).count();
        if of(SUSPECTED_SECRET) > 0 {
            self.found.push(Finding::new(SUSPECTED_SECRET, self.file.at(field)));
        }
        if of(UNEXPLAINED) > 0 {
            self.found.push(
                Finding::new(UNEXPLAINED, self.file.at(field)).noted(
                    Note::new(
                        "有 {} 处长数字不能确认是公开编号，请人工确认",
                        "{} long number(s) that nothing explains",
                    )
                    .with(of(UNEXPLAINED)),
                ),
            );
        }
        self.doubts.extend(written.doubts.into_iter().map(|doubt| (field, doubt)));
        Some(written.text)
    }

    /// Notes a mark without an end, and words that stay though they read like a name of the record.
    fn notice(&mut self, field: Field, raw: &str, left: usize) {
        if is_unclosed(raw) {
            self.noticed.push(Finding::new(UNCLOSED, self.file.at(field)));
        }
        if left > 0 {
            let note = Note::new("有 {} 处", "{} place(s)").with(left);
            self.noticed.push(Finding::new(AMBIGUOUS, self.file.at(field)).noted(note));
        }
    }

    /// The redacted text of a column, empty where there is none.
    fn text_or_empty(&mut self, field: Field) -> ClearText {
        self.text(field).unwrap_or_else(|| ClearText(String::new()))
    }

    fn word<T: Clone>(&mut self, word: Option<&T>, field: Field) -> Option<T> {
        if word.is_none() {
            self.found.push(missing(self.file, field));
        }
        word.cloned()
    }

    fn party(&mut self) -> Option<ClearText> {
        let party = self.text(Field::Party).filter(|t| !t.as_str().is_empty());
        self.word(party.as_ref(), Field::Party)
    }

    /// Officers, where the bureau shows them: one text for each name.
    fn officers(&mut self, policy: &Policy) -> Vec<ClearText> {
        if !policy.show_officers {
            return Vec::new();
        }
        let cell = self.file.look(Field::Officers).unwrap_or_default();
        let names = super::text::visible(cell);
        let names = names.split(['、', '，', ',', '；', ';', '/', '\n', ' ', '\u{3000}']);
        names.map(shown_officer).filter(|n| !n.is_empty()).map(ClearText).collect()
    }

    /// The public code of the party. An identity number in that column is none (domain 10.15).
    fn credit_code(&self, kind: PartyKind) -> Option<CreditCode> {
        let code = self.file.words.credit_code.word().copied()?;
        let is_id = matches!(id_form(code.as_str()), IdForm::Valid { .. });
        let public =
            kind == PartyKind::Organization || kind == PartyKind::IndividualBusiness && !is_id;
        public.then_some(code)
    }
}

/// An officer's name without brackets and numbers, which have columns of their own.
fn shown_officer(name: &str) -> String {
    let end = name.find(['(', '（', '[', '【', ':', '：']).unwrap_or(name.len());
    name[..end].chars().filter(|c| !c.is_numeric()).collect::<String>().trim().to_owned()
}

/// Writes a penalty; `None` where a column is missing.
pub(super) fn penalty(
    draft: &mut Draft<'_>,
    kind: PartyKind,
    policy: &Policy,
) -> Option<Disclosure> {
    let file = draft.file;
    let words = &file.words;
    let number = draft.word(words.number.word(), Field::Number);
    let decided_on = draft.word(words.decided_on.word(), Field::DecidedOn);
    let party = draft.party();
    Some(Disclosure::Penalty(PenaltyDisclosure {
        number: number?.to_string(),
        party: party?,
        party_kind: kind,
        credit_code: draft.credit_code(kind),
        violation: draft.text_or_empty(Field::Violation),
        facts: draft.text_or_empty(Field::Facts),
        basis: draft.text_or_empty(Field::Basis),
        kinds: words.kinds.word().cloned().unwrap_or_default(),
        content: draft.text_or_empty(Field::Content),
        fine: words.fine.word().copied(),
        confiscated: words.confiscated.word().copied(),
        permit: draft.text(Field::Permit),
        procedure: words.procedure.word().copied(),
        organ: draft.text_or_empty(Field::Organ),
        organ_code: words.organ_code.word().copied(),
        unit: draft.text(Field::HandlingUnit),
        officers: draft.officers(policy),
        decided_on: decided_on?,
        valid_until: words.valid_until.word().copied(),
        until: words.until.word().copied(),
        cuts: Vec::new(),
    }))
}

/// Writes an inspection; `None` where a column is missing.
pub(super) fn inspection(
    draft: &mut Draft<'_>,
    kind: PartyKind,
    policy: &Policy,
) -> Option<Disclosure> {
    let file = draft.file;
    let words = &file.words;
    let number = match words.number.word() {
        Some(number) => Some(number.to_string()),
        None => draft.text(Field::Number).map(|t| t.0),
    };
    let number = draft.word(number.as_ref(), Field::Number);
    let result_on = draft.word(words.result_on.word(), Field::ResultOn);
    let party = draft.party();
    Some(Disclosure::Inspection(InspectionDisclosure {
        number: number?,
        party: party?,
        party_kind: kind,
        credit_code: draft.credit_code(kind),
        plan: draft.text(Field::Plan),
        item: draft.text_or_empty(Field::Item),
        method: draft.text(Field::Method),
        result: draft.text_or_empty(Field::Result),
        organ: draft.text_or_empty(Field::Organ),
        organ_code: words.organ_code.word().copied(),
        officers: draft.officers(policy),
        inspected_on: words.inspected_on.word().copied(),
        result_on: result_on?,
        cuts: Vec::new(),
    }))
}

impl Disclosure {
    /// The same with its ledger of cuts.
    pub(super) fn with(mut self, cuts: Vec<Cut>) -> Self {
        match &mut self {
            Self::Penalty(p) => p.cuts = cuts,
            Self::Inspection(i) => i.cuts = cuts,
        }
        self
    }

    /// Every text of it, with the column it came from.
    pub(super) fn texts(&self) -> Vec<(Field, &str)> {
        let all: Vec<(Field, Option<&ClearText>)> = match self {
            Self::Penalty(p) => vec![
                (Field::Party, Some(&p.party)),
                (Field::Violation, Some(&p.violation)),
                (Field::Facts, Some(&p.facts)),
                (Field::Basis, Some(&p.basis)),
                (Field::Content, Some(&p.content)),
                (Field::Permit, p.permit.as_ref()),
                (Field::HandlingUnit, p.unit.as_ref()),
                (Field::Organ, Some(&p.organ)),
            ],
            Self::Inspection(i) => vec![
                (Field::Party, Some(&i.party)),
                (Field::Plan, i.plan.as_ref()),
                (Field::Item, Some(&i.item)),
                (Field::Method, i.method.as_ref()),
                (Field::Result, Some(&i.result)),
                (Field::Organ, Some(&i.organ)),
            ],
        };
        let texts = all.into_iter().filter_map(|(field, text)| Some((field, text?.as_str())));
        texts.chain([(Field::Number, self.number())]).collect()
    }
}

/// The party's column holds a name; the others running text.
fn which(field: Field) -> Text {
    match field {
        Field::Party => Text::Names(field as usize),
        _ => Text::Running(field as usize),
    }
}

/// The name of a field in the ledger of cuts.
fn name(field: Field) -> &'static str {
    match field {
        Field::Party => "party",
        Field::Violation => "violation",
        Field::Facts => "facts",
        Field::Basis => "basis",
        Field::Content => "content",
        Field::Permit => "permit",
        Field::Organ => "organ",
        Field::HandlingUnit => "unit",
        Field::Plan => "plan",
        Field::Item => "item",
        Field::Method => "method",
        Field::Result => "result",
        _ => "number",
    }
}
