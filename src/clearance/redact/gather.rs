//! Gathers from the columns of one record what is private and what is public, and its watch.

use std::collections::BTreeMap;

use crate::clearance::fold::{Runs, folded, is_han};
use crate::clearance::record::{CaseFile, Field};
use crate::clearance::watch::{Explained, HitKind, Watching};
use crate::vocab::{Bureau, IdForm, NaturalPersonParty, Officer, PartyKind, Policy, id_form};

use super::address::county_end;
use super::known::{Known, Public};
use super::names::Names;
use super::people::{is_person, people};
use super::tables::{Rule, Tables};
use super::telling::Numbers;

/// Columns of numbers, with their rule.
const NUMBERS: [(Field, Rule, HitKind); 4] = [
    (Field::IdNumber, Rule::IdNumber, HitKind::IdNumber),
    (Field::RepresentativeId, Rule::IdNumber, HitKind::IdNumber),
    (Field::Phone, Rule::Phone, HitKind::Phone),
    (Field::BankCard, Rule::BankAccount, HitKind::Card),
];
/// Columns of words, with their rule.
const WORDS: [(Field, Rule, HitKind); 2] =
    [(Field::Plate, Rule::Plate, HitKind::Plate), (Field::Email, Rule::Email, HitKind::Email)];
/// Shortest tail of an address that is looked for by itself.
const SHORTEST_TAIL: usize = 4;
/// Fewest Han characters, and fewest bytes without them, of a trade secret that is looked for by itself.
const SHORTEST_SECRET: usize = 2;
const LONG_SECRET: usize = 5;
/// Fewest characters of a trade secret that the audit looks for on whole pages.
const WATCHED_SECRET: usize = 8;
/// Longest tail that the watch keeps.
const WATCHED_TAIL: usize = 10;

/// What is public of the bureau (domain 2.2: organ, officers and contacts are never masked).
pub(super) fn bureau_public(bureau: &Bureau, staff: &[Officer]) -> Public {
    let mut public = Public::default();
    public.keep(&bureau.name);
    for text in bureau.aliases.iter().chain(bureau.units.iter().map(|u| &u.name)) {
        public.keep(text);
    }
    bureau.predecessors().for_each(|former| public.keep(&former.name));
    let contact = &bureau.contact;
    for text in [&contact.address, &contact.reconsideration_organ, &contact.court] {
        text.iter().for_each(|t| public.keep(t));
    }
    for number in bureau.public_contacts() {
        public.number(number);
    }
    for officer in staff {
        public.number(&officer.badge_number);
        officer.certificate_number.iter().for_each(|n| public.number(n));
    }
    public
}

/// What one record says about itself.
pub(super) fn gather<'a>(
    file: &CaseFile,
    kind: PartyKind,
    (policy, names, bureau): (&Policy, &Names, &'a Public),
) -> Known<'a> {
    let names = people(file, policy, names);
    let mut public = record_public(file, kind, policy, &names);
    let (numbers, mut words) = private_numbers(file);
    public_people(file, kind, policy, &mut public);
    for (field, rule, _) in WORDS {
        words.extend(parts(file, field).map(|w| (rule, folded(w))));
    }
    words.extend(secrets(file).map(|w| (Rule::TradeSecret, w)));
    let addresses = homes(file, kind, &public);
    let spots = BTreeMap::new();
    Known { names, spots, numbers: Numbers::new(numbers), words, addresses, public, bureau, kind }
}

/// People who act in public, or whom the bureau's policy names.
fn public_people(file: &CaseFile, kind: PartyKind, policy: &Policy, public: &mut Public) {
    for field in [Field::Officers, Field::Reviewers] {
        public.people.extend(
            super::people::split(file.look(field).unwrap_or_default()).iter().map(|n| folded(n)),
        );
    }
    let named = policy.natural_person_party == NaturalPersonParty::Keep;
    if named && kind == PartyKind::NaturalPerson {
        public.people.extend(file.look(Field::Party).map(folded));
    }
}

fn record_public(
    file: &CaseFile,
    kind: PartyKind,
    policy: &Policy,
    names: &[super::known::Name],
) -> Public {
    let mut public = Public::default();
    for field in [Field::Organ, Field::SourceOrgan] {
        file.look(field).iter().for_each(|t| public.keep(t));
    }
    let party_stays = match kind {
        PartyKind::Organization => true,
        PartyKind::IndividualBusiness => {
            policy.keep_trade_name_with_operator && !is_person(file)
                || file.look(Field::Party).is_some_and(|p| {
                    let party = folded(p);
                    !names.iter().any(|n| party.contains(&n.folded))
                })
        }
        PartyKind::NaturalPerson => policy.natural_person_party == NaturalPersonParty::Keep,
    };
    if party_stays {
        file.look(Field::Party).iter().for_each(|t| public.keep(t));
    }
    if kind != PartyKind::NaturalPerson {
        for field in [Field::Address, Field::Premises] {
            file.look(field).iter().for_each(|t| public.keep(t));
        }
    }
    for field in [Field::Number, Field::OfficerCertificates] {
        let nobody = |part: &&str| {
            let part = folded(part);
            !names.iter().any(|n| part.contains(&n.folded))
        };
        parts(file, field).filter(nobody).for_each(|part| public.keep(part));
    }
    for field in [
        Field::Number,
        Field::OrganPhone,
        Field::OfficerCertificates,
        Field::OrganCode,
        Field::SourceOrganCode,
    ] {
        file.look(field).iter().for_each(|t| public.number(t));
    }
    if let Some(code) = file.words.credit_code.word() {
        let is_id = matches!(id_form(code.as_str()), IdForm::Valid { .. });
        if kind == PartyKind::Organization || !is_id {
            public.number(code.as_str());
        }
    }
    if kind != PartyKind::NaturalPerson {
        file.look(Field::RegistrationNumber).iter().for_each(|t| public.number(t));
    }
    public
}

/// Least age of a person whose identity number a decision number could hold: a serial made of region
/// and day of the decision has the same form, but a birth date of this year.
const LEAST_AGE: i32 = 10;

/// Whether the decision number holds an identity number, or a private number of the record.
pub(super) fn number_names_a_person(file: &CaseFile, known: &Known<'_>) -> bool {
    let Some(number) = file.words.number.word() else { return false };
    let text = folded(number.as_str());
    let mut runs = Runs::of(&text);
    while let Some(run) = runs.next() {
        let own = known
            .numbers
            .iter()
            .any(|(_, own)| memchr::memmem::find(&run.digits, own.as_bytes()).is_some());
        let identity = (0..run.groups.len()).any(|i| match id_form(run.text(i, i)) {
            IdForm::Valid { born_on } => {
                number.year().is_some_and(|year| born_on.year() + LEAST_AGE <= year)
            }
            IdForm::WrongCheck { .. } | IdForm::NotAnId => false,
        });
        if own || identity {
            return true;
        }
    }
    false
}

type Values = Vec<(Rule, String)>;

fn private_numbers(file: &CaseFile) -> (Values, Values) {
    let (mut numbers, mut words) = (Vec::new(), Vec::new());
    let mut add = |rule: Rule, raw: &str| {
        let text = folded(raw);
        let digits: String = number_of(&text);
        if digits.len() >= 7 {
            numbers.push((rule, digits));
        }
        let lettered = text.bytes().any(|b| b.is_ascii_alphabetic() && b != b'X');
        if lettered && text.is_ascii() && text.len() >= 5 {
            words.push((Rule::TravelDocument, text));
        }
    };
    for (field, rule, _) in NUMBERS {
        parts(file, field).for_each(|part| add(rule, part));
    }
    // A code column of an individual business may hold an identity number (domain 10.15).
    if file.words.credit_code.word().is_none()
        && let Some(code) = file.look(Field::CreditCode)
        && !matches!(id_form(&number_of(&folded(code))), IdForm::NotAnId)
    {
        add(Rule::IdNumber, code);
    }
    (numbers, words)
}

/// What the columns of trade secrets hold, whole and in its parts. A part of few characters says nothing
/// by itself: 12 or 甲.
fn secrets(file: &CaseFile) -> impl Iterator<Item = String> {
    let whole = file.look(Field::Secrets).into_iter();
    let telling = |text: &String| {
        text.chars().filter(|c| is_han(*c)).count() >= SHORTEST_SECRET || text.len() >= LONG_SECRET
    };
    whole.chain(parts(file, Field::Secrets)).map(folded).filter(telling)
}

/// Digits of a folded number, with a final `X`; `+86` is dropped.
fn number_of(text: &str) -> String {
    let mut digits = String::new();
    let mut runs = Runs::of(text);
    while let Some(run) = runs.next() {
        digits.extend(run.digits.iter().map(|b| char::from(*b)));
    }
    match digits.strip_prefix("86") {
        Some(own) if digits.len() == 13 => own.to_owned(),
        _ => digits,
    }
}

/// The parts of a cell that holds several values.
fn parts(file: &CaseFile, field: Field) -> impl Iterator<Item = &str> {
    let cell = file.look(field).unwrap_or_default();
    cell.split(['、', '，', ',', '；', ';', '/', '\n']).map(str::trim).filter(|p| !p.is_empty())
}

/// Tails of home addresses: of the operator always, of the party if it is a person. A home that is
/// the place of business is public (S6).
fn homes(file: &CaseFile, kind: PartyKind, public: &Public) -> Vec<String> {
    let mut fields = vec![Field::OperatorAddress];
    if kind == PartyKind::NaturalPerson {
        fields.extend([Field::Address, Field::Premises]);
    }
    let mut tails = Vec::new();
    for address in fields.into_iter().filter_map(|f| file.look(f)).map(folded) {
        let tail = address[county_end(&address)..].trim().to_owned();
        let known = public.keeps.iter().any(|k| k.ends_with(&tail));
        if tail.chars().count() >= SHORTEST_TAIL && !known {
            tails.push(tail);
        }
    }
    tails
}

/// What the bureau's public texts and numbers explain in every record.
pub(super) fn explained(bureau: &Public) -> Explained<'static> {
    let mut explained = Explained::default();
    bureau.keeps.iter().chain(&bureau.numbers).for_each(|text| explained.add(text.clone()));
    explained
}

/// The kind of a word that stands in no column of words.
const fn other_kind(rule: Rule) -> HitKind {
    match rule {
        Rule::TradeSecret => HitKind::Other,
        _ => HitKind::IdNumber,
    }
}

/// What the audit must not find of this record.
pub(super) fn watching<'a>(
    known: &'a Known<'_>,
    explained: &'a Explained<'static>,
    (tables, file): (&Tables, &CaseFile),
    left: &[String],
) -> Watching<'a> {
    let mut watching = Watching::beside(explained);
    for text in known.public.keeps.iter().chain(&known.public.numbers) {
        watching.explain_folded(text);
    }
    for field in [Field::Officers, Field::Reviewers] {
        parts(file, field).for_each(|name| watching.explain(name));
    }
    left.iter().for_each(|text| watching.explain(text));
    for name in known.names.iter().filter(|n| n.is_sure && !tables.is_common(&n.folded)) {
        watching.word(HitKind::Name, &name.folded);
    }
    for (rule, number) in known.numbers.iter() {
        let kind = NUMBERS.iter().find(|(_, r, _)| r == rule).map_or(HitKind::Other, |n| n.2);
        watching.number(kind, number);
    }
    for (rule, word) in &known.words {
        let kind = WORDS.iter().find(|(_, r, _)| r == rule).map_or(other_kind(*rule), |w| w.2);
        // A short secret is a word of everyday on other pages: it is looked for in its own record only.
        let is_telling = match rule {
            Rule::TradeSecret => word.chars().count() >= WATCHED_SECRET,
            _ => word.contains(is_han) || word.len() >= 5,
        };
        if is_telling {
            watching.word(kind, word);
        }
    }
    for tail in &known.addresses {
        let long = tail.chars().count().saturating_sub(WATCHED_TAIL);
        watching.word(HitKind::Address, &tail.chars().skip(long).collect::<String>());
    }
    watching
}
