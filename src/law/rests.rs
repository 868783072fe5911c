//! What rests on a clause: checks, terms, limits, rules of the process, periods of disclosure, redaction.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::region::Origin;
use super::whole::{CHECKS, LIMITS, PROCESS, RETENTION, TERMS};
use super::{Cite, Law, Shelf};
use crate::diag::Failure;

const REDACTION: &str = "redact/policy.yml";

/// A row of another room's table, as far as it cites.
#[derive(Deserialize)]
struct Citing {
    id: String,
    #[serde(default)]
    cites: Vec<Cite>,
    /// Grounds of redaction, by the aliases of the sources.
    #[serde(default)]
    clause: Vec<String>,
}

#[derive(Deserialize)]
struct Regimes {
    regimes: Vec<Citing>,
}

/// What kind of row rests on a clause. The order is that of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A check.
    Check,
    /// A term.
    Term,
    /// A limit, or a rule of the process.
    Limit,
    /// A regime of disclosure periods.
    Period,
    /// A rule of redaction.
    Redaction,
}

impl Kind {
    /// Where a row of this kind came from. Rules of redaction have no pack.
    pub(super) fn origin<'l>(self, law: &'l Law, id: &str) -> Origin<'l> {
        match self {
            Self::Check => law.origins.of(CHECKS, id),
            Self::Term => law.origins.of(TERMS, id),
            Self::Limit if law.limits.rows().iter().any(|(name, _)| *name == id) => {
                law.origins.of(LIMITS, id)
            }
            Self::Limit => law.origins.of(PROCESS, id),
            Self::Period => law.origins.of(RETENTION, id),
            Self::Redaction => Origin::General,
        }
    }
}

/// Clause to the rows that rest on it, each by its kind and id.
pub(super) struct Rests(BTreeMap<Cite, Vec<(Kind, String)>>);

impl Rests {
    /// Reads the tables of the other rooms and joins them with the law's own.
    ///
    /// # Errors
    /// A table that cannot be read.
    pub(super) fn load(law: &Law, shelf: &Shelf) -> Result<Self, Failure> {
        let mut rests = Self(BTreeMap::new());
        law.checks().for_each(|row| rests.add(Kind::Check, &row.id, &row.cites));
        law.terms().for_each(|term| rests.add(Kind::Term, &term.id, &term.cites));
        for (name, cites) in law.limits.rows().into_iter().chain(law.process.rows()) {
            rests.add(Kind::Limit, name, cites);
        }
        for row in shelf.load::<Regimes>(RETENTION)?.regimes {
            rests.add(Kind::Period, &row.id, &row.cites);
        }
        for row in shelf.load::<Vec<Citing>>(REDACTION)? {
            let cites: Vec<Cite> = row.clause.iter().filter_map(|a| aliased(law, a)).collect();
            rests.add(Kind::Redaction, &row.id, &cites);
        }
        Ok(rests)
    }

    fn add(&mut self, kind: Kind, id: &str, cites: &[Cite]) {
        for cite in cites {
            self.0.entry(cite.clone()).or_default().push((kind, id.to_owned()));
        }
    }

    /// What rests on a clause, in order.
    pub(super) fn on(&self, cite: &Cite) -> &[(Kind, String)] {
        self.0.get(cite).map_or(&[], Vec::as_slice)
    }
}

/// The clause that an alias stands for.
fn aliased(law: &Law, alias: &str) -> Option<Cite> {
    let cite =
        |clause: &String, source: &str| Cite { source: source.into(), clause: clause.clone() };
    law.sources().find_map(|s| s.aliases.get(alias).map(|clause| cite(clause, &s.key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ground_of_redaction_is_a_clause_of_the_table() {
        let shelf = Shelf::embedded();
        let law = Law::load(&shelf, &[]).expect("the embedded law");
        let rows: Vec<Citing> = shelf.load(REDACTION).expect("the table");
        assert!(!rows.is_empty());
        for row in rows {
            for alias in row.clause {
                assert!(aliased(&law, &alias).is_some(), "{}: {alias}", row.id);
            }
        }
    }

    #[test]
    fn every_kind_of_row_is_told_of_its_clause() {
        let shelf = Shelf::embedded();
        let law = Law::load(&shelf, &[]).expect("the embedded law");
        let rests = Rests::load(&law, &shelf).expect("tables");
        for (source, clause, kind, id) in [
            ("apl", "42", Kind::Check, "single-officer"),
            ("apl", "60", Kind::Term, "decision"),
            ("apl", "51", Kind::Limit, "summary_fine_caps.organization"),
            ("av-record", "9", Kind::Limit, "lasting_years"),
            ("credit-repair-36", "公示期限", Kind::Period, "credit-36"),
            ("court-names", "9", Kind::Redaction, "party-name"),
        ] {
            let cite = Cite { source: source.into(), clause: clause.into() };
            assert!(rests.on(&cite).contains(&(kind, id.to_owned())), "{source}#{clause}: {id}");
        }
    }
}
