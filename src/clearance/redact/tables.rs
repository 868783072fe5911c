//! The redaction tables of `data/redact`, read and cross-checked. Tables only; nothing is redacted here.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::clearance::fold::folded;
use crate::diag::Failure;
use crate::law::Shelf;
use crate::vocab::PartyKind;

use super::names::Shares;

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $id:literal),* $(,)?) => {
        /// One rule of `data/redact/policy.yml`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub(super) enum Rule { $($(#[$doc])* $name),* }

        impl Rule {
            const ALL: &[Rule] = &[$(Self::$name),*];

            /// The rule's id.
            pub(super) const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }
        }
    };
}

rules! {
    /// Name of the punished person.
    PartyName = "party-name",
    /// Names of others.
    PersonName = "person-name",
    /// Identity numbers.
    IdNumber = "id-number",
    /// Telephones.
    Phone = "phone",
    /// Bank accounts.
    BankAccount = "bank-account",
    /// Plates.
    Plate = "plate",
    /// E-mail.
    Email = "email",
    /// Messengers.
    Messenger = "messenger",
    /// Passports and permits.
    TravelDocument = "travel-document",
    /// Certificates of title.
    TitleCertificate = "title-certificate",
    /// Home addresses.
    Address = "address",
    /// Birth dates.
    BirthDate = "birth-date",
    /// Trade secrets.
    TradeSecret = "trade-secret",
    /// Health.
    Health = "health",
    /// School and class.
    School = "school",
    /// Coordinates.
    Position = "position",
    /// What a person decided to cut.
    Reviewed = "reviewed",
}

/// What a rule puts in the place of what it finds.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mask {
    /// Surname and 某.
    SurnameMou,
    /// Nothing (S3: no filler).
    Delete,
    /// The address down to the county.
    County,
    /// The year.
    Year,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: Rule,
    zh: String,
    en: String,
    kinds: Vec<PartyKind>,
    clause: Vec<String>,
    mask: Mask,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelFile {
    cut: BTreeMap<Rule, Vec<String>>,
    keep: Vec<String>,
}

/// What a label before a number says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// It is private.
    Cut(Rule),
    /// It is a serial or a public code.
    Keep,
}

/// All tables.
pub(super) struct Tables {
    rows: Vec<Row>,
    /// Folded labels by their last byte, longest first.
    labels: BTreeMap<u8, Vec<(String, Says)>>,
    surnames: Shares,
    common: BTreeSet<String>,
}

const POLICY: &str = "redact/policy.yml";

impl Tables {
    /// Reads the tables.
    ///
    /// # Errors
    /// A table that is missing, broken, or lacks a rule.
    pub(super) fn load(shelf: &Shelf) -> Result<Self, Failure> {
        let rows: Vec<Row> = shelf.load(POLICY)?;
        check(&rows)?;
        let file: LabelFile = shelf.load("redact/labels.yml")?;
        let mut labels: Vec<(String, Says)> =
            file.keep.iter().map(|l| (folded(l), Says::Keep)).collect();
        for (rule, words) in &file.cut {
            labels.extend(words.iter().map(|l| (folded(l), Says::Cut(*rule))));
        }
        labels.sort_by_key(|(label, _)| std::cmp::Reverse(label.len()));
        let mut by_end: BTreeMap<u8, Vec<(String, Says)>> = BTreeMap::new();
        for (label, says) in labels {
            let end = label.bytes().last().unwrap_or_default();
            by_end.entry(end).or_default().push((label, says));
        }
        let list = |name: &str| shelf.load::<BTreeSet<String>>(name);
        Ok(Self {
            rows,
            labels: by_end,
            surnames: shelf.load("redact/surnames.yml")?,
            common: list("redact/common-words.yml")?,
        })
    }

    /// Whether a rule is in force for this kind of party.
    pub(super) fn applies(&self, rule: Rule, kind: PartyKind) -> bool {
        self.rows.iter().any(|r| r.id == rule && r.kinds.contains(&kind))
    }

    /// Whether `name` begins with a surname of two characters.
    pub(super) fn has_compound_surname(&self, name: &str) -> bool {
        let end = name.char_indices().nth(2).map_or(name.len(), |(i, _)| i);
        self.surnames.contains_key(&name[..end])
    }

    /// Whether a name is a word of everyday language.
    pub(super) fn is_common(&self, name: &str) -> bool {
        self.common.contains(name)
    }

    /// The label that ends where `before` ends, and where it begins.
    pub(super) fn label(&self, before: &str) -> Option<(Says, usize)> {
        let trimmed = before.trim_end_matches(|c: char| {
            matches!(
                c,
                ':' | ' '
                    | '='
                    | '为'
                    | '是'
                    | '系'
                    | '('
                    | '"'
                    | '|'
                    | '“'
                    | '‘'
                    | '\''
                    | '['
                    | '+'
                    | '\t'
                    | '*'
                    | '>'
                    | '<'
                    | '至'
            )
        });
        if before[trimmed.len()..].chars().count() > 6 {
            return None;
        }
        self.labels
            .get(&trimmed.bytes().last()?)?
            .iter()
            .find(|(label, _)| trimmed.ends_with(label.as_str()))
            .map(|(label, says)| (*says, trimmed.len() - label.len()))
    }
}

/// Each rule has one row with words, clause and the one mask that the program can make for it.
fn check(rows: &[Row]) -> Result<(), Failure> {
    let broken = |message: String| Failure::Rule { file: POLICY.into(), message };
    for rule in Rule::ALL {
        let mut own = rows.iter().filter(|r| r.id == *rule);
        let (Some(row), None) = (own.next(), own.next()) else {
            return Err(broken(format!("rule {} needs exactly one row", rule.id())));
        };
        let mask = match rule {
            Rule::PartyName | Rule::PersonName => Mask::SurnameMou,
            Rule::Address => Mask::County,
            Rule::BirthDate => Mask::Year,
            _ => Mask::Delete,
        };
        if row.mask != mask || row.clause.is_empty() || row.zh.is_empty() || row.en.is_empty() {
            return Err(broken(format!("rule {}: mask, clause or words", rule.id())));
        }
    }
    Ok(())
}
