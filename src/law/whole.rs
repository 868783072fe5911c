//! The whole law room behind one door: loads every rule file and refuses one that points nowhere.

use std::collections::BTreeMap;

use crate::diag::render::{Rule, Titles};
use crate::diag::{Failure, Lang, OnDay, Severity};

use super::region::Origins;
use super::source::{clause_en, clause_zh};
use super::term::TermRow;
use super::{Calendar, CheckRow, Cite, Day, Limits, ProcessRules, Shelf, Source, Term, Title};

pub(super) const SOURCES: &str = "law/sources.yml";
pub(super) const CHECKS: &str = "law/checks.yml";
pub(super) const TERMS: &str = "law/terms.yml";
pub(super) const LIMITS: &str = "law/limits.yml";
pub(super) const PROCESS: &str = "law/process.yml";
pub(super) const RETENTION: &str = "law/retention.yml";

/// Everything the stages ask of the law.
pub(crate) struct Law {
    /// Working days.
    pub(crate) calendar: Calendar,
    /// Ages, caps and counts.
    pub(crate) limits: Limits,
    /// What is asked of the record of the whole process.
    pub(crate) process: ProcessRules,
    checks: BTreeMap<String, CheckRow>,
    terms: BTreeMap<String, Term>,
    sources: BTreeMap<String, Source>,
    /// Where each row came from.
    pub(super) origins: Origins,
}

impl Law {
    /// Loads all rule files and ties them together. `extra_days` are the bureau's local days, with
    /// whether people work on them.
    ///
    /// # Errors
    /// A broken rule file, an id used twice, or a citation or term that points nowhere.
    pub(crate) fn load(shelf: &Shelf, extra_days: &[(Day, bool)]) -> Result<Self, Failure> {
        let term_rows: Vec<TermRow> = shelf.load(TERMS)?;
        let terms: Result<Vec<Term>, Failure> =
            term_rows.into_iter().map(|row| row.into_term(TERMS)).collect();
        let law = Self {
            calendar: Calendar::load(shelf, extra_days)?,
            limits: shelf.load(LIMITS)?,
            process: shelf.load(PROCESS)?,
            checks: by_id(CHECKS, shelf.load(CHECKS)?, |row: &CheckRow| row.id.clone())?,
            terms: by_id(TERMS, terms?, |term| term.id.clone())?,
            sources: by_id(SOURCES, shelf.load(SOURCES)?, |s: &Source| s.key.clone())?,
            origins: Origins::load(shelf, &[SOURCES, CHECKS, TERMS, LIMITS, PROCESS, RETENTION])?,
        };
        law.tie()?;
        Ok(law)
    }

    /// The check with this id.
    pub(crate) fn check(&self, id: &str) -> Option<&CheckRow> {
        self.checks.get(id)
    }

    /// All checks, by id.
    pub(crate) fn checks(&self) -> impl Iterator<Item = &CheckRow> {
        self.checks.values()
    }

    /// The term with this id.
    pub(crate) fn term(&self, id: &str) -> Option<&Term> {
        self.terms.get(id)
    }

    /// All terms, by id.
    pub(super) fn terms(&self) -> impl Iterator<Item = &Term> {
        self.terms.values()
    }

    /// All instruments, by key.
    pub(super) fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.values()
    }

    /// The source of a citation.
    pub(crate) fn source(&self, cite: &Cite) -> Option<&Source> {
        self.sources.get(&cite.source)
    }

    /// Instruments that a text names and that are no longer in force on a day, each with its last day in force.
    /// One that another instrument in force is named like is not told by its title.
    pub(crate) fn repealed(&self, text: &str, on: Day) -> Vec<(Title, Day)> {
        let named = || self.sources.values().filter(|source| source.is_named_in(text));
        let stands = |title: &Title| {
            named().any(|source| source.is_in_force_on(on) && source.full_title() == *title)
        };
        let gone = named().filter_map(|s| Some((s.full_title(), s.in_force_until?)));
        gone.filter(|(title, last)| *last < on && !stands(title)).collect()
    }

    /// What the cited clause says, in one sentence.
    pub(crate) fn gist(&self, cite: &Cite) -> Option<&str> {
        self.source(cite)?.clauses.get(&cite.clause).map(String::as_str)
    }

    /// 《行政处罚法》第四十八条.
    pub(crate) fn cite_zh(&self, cite: &Cite) -> String {
        let title = self.source(cite).map(Source::cited_zh).unwrap_or_default();
        format!("{title}{}", clause_zh(&cite.clause))
    }

    /// Law on Administrative Penalty, art. 48.
    pub(crate) fn cite_en(&self, cite: &Cite) -> String {
        let title = self.source(cite).map_or("", |s| s.title_en.as_str());
        match clause_en(&cite.clause) {
            clause if clause.is_empty() => title.to_owned(),
            clause => format!("{title}, {clause}"),
        }
    }

    /// The clauses that were in force on a day, joined: every report cites through here. Empty where none
    /// is given; where none was in force, the text says so.
    pub(crate) fn basis(&self, cites: &[Cite], on: OnDay, lang: Lang) -> String {
        let mut stand = cites.iter().filter(|cite| self.stands(cite, on)).peekable();
        match (cites.is_empty(), stand.peek().is_none(), lang) {
            (true, ..) => String::new(),
            (false, true, Lang::Zh) => {
                format!("所列依据在 {on} 均不在施行期内，请法制机构核对当时的规定")
            }
            (false, true, Lang::En) => {
                format!("no clause of the table was in force on {on}: ask the legal office")
            }
            (.., Lang::Zh) => stand.map(|c| self.cite_zh(c)).collect::<Vec<_>>().join("；"),
            (.., Lang::En) => stand.map(|c| self.cite_en(c)).collect::<Vec<_>>().join("; "),
        }
    }

    /// Whether the instrument of a citation was in force on a day.
    pub(super) fn stands(&self, cite: &Cite, on: OnDay) -> bool {
        self.source(cite).is_some_and(|source| source.is_in_force_on(on))
    }

    fn tie(&self) -> Result<(), Failure> {
        for row in self.checks.values() {
            self.tie_cites(CHECKS, &row.cites)?;
            self.tie_days(CHECKS, &row.id, &row.cites)?;
            if row.roles.is_empty() {
                return Err(broken(CHECKS, format!("{}: it is for nobody", row.id)));
            }
            if let Some(term) = &row.term
                && !self.terms.contains_key(term)
            {
                return Err(broken(CHECKS, format!("{}: there is no term {term}", row.id)));
            }
        }
        for term in self.terms.values() {
            self.tie_cites(TERMS, &term.cites)?;
            self.tie_days(TERMS, &term.id, &term.cites)?;
        }
        for (file, rows) in [(LIMITS, self.limits.rows()), (PROCESS, self.process.rows())] {
            for (name, cites) in rows {
                self.tie_cites(file, cites)?;
                self.tie_days(file, name, cites)?;
            }
        }
        let stray = |s: &Source| {
            s.to_confirm.iter().chain(s.aliases.values()).any(|c| !s.clauses.contains_key(c))
        };
        match self.sources.values().find(|s| stray(s)) {
            Some(s) => {
                Err(broken(SOURCES, format!("{}: to_confirm or aliases names no clause", s.key)))
            }
            None => Ok(()),
        }
    }

    /// Refuses a row whose clauses leave a day uncovered after the first of them came into force, or are all
    /// repealed: on such a day nothing could be cited.
    fn tie_days(&self, file: &str, id: &str, cites: &[Cite]) -> Result<(), Failure> {
        let mut spans: Vec<_> = cites.iter().filter_map(|c| self.source(c)).collect();
        spans.sort_by_key(|source| source.in_force_from);
        let Some(first) = spans.first() else { return Ok(()) };
        let mut covered = first.in_force_until;
        for source in &spans[1..] {
            let Some(last) = covered else { break };
            if source.in_force_from.is_some_and(|from| last.next() < from) {
                break;
            }
            covered = source.in_force_until.map(|until| until.max(last));
        }
        match covered {
            None => Ok(()),
            Some(last) => {
                Err(broken(file, format!("{id}: no clause it cites is in force after {last}")))
            }
        }
    }

    /// Refuses a citation of a rule file that points nowhere.
    ///
    /// # Errors
    /// The first such citation, named with its file.
    pub(crate) fn tie_cites<'c>(
        &self,
        file: &str,
        cites: impl IntoIterator<Item = &'c Cite>,
    ) -> Result<(), Failure> {
        for cite in cites {
            let source = self.source(cite);
            if source.is_none_or(|s| !s.clauses.contains_key(&cite.clause)) {
                let message = format!("there is no {}#{}", cite.source, cite.clause);
                return Err(broken(file, message));
            }
        }
        Ok(())
    }
}

impl Titles for Law {
    fn title(&self, id: &str, lang: Lang) -> Option<&str> {
        self.check(id).map(|row| row.title.text(lang))
    }

    fn severity(&self, id: &str) -> Severity {
        self.check(id).map_or(Severity::Error, CheckRow::severity)
    }

    fn word(&self, id: &str, lang: Lang) -> &'static str {
        self.check(id).map_or(super::Effect::Hold, |row| row.effect).word(lang)
    }

    fn remedy(&self, id: &str, lang: Lang) -> Option<&str> {
        self.check(id).map(|row| row.remedy.text(lang))
    }

    fn cites(&self, id: &str, on: OnDay, lang: Lang) -> String {
        self.basis(self.check(id).map_or(&[][..], |row| &row.cites), on, lang)
    }

    fn rules(&self, on: OnDay, lang: Lang) -> Vec<Rule> {
        let mut rows: Vec<&CheckRow> = self.checks().collect();
        rows.sort_by_key(|row| row.stage);
        let rule = |row: &CheckRow| Rule {
            id: row.id.clone(),
            group: row.stage.word(),
            title: row.title.text(lang).to_owned(),
            looks_for: row.looks_for.text(lang).to_owned(),
            remedy: row.remedy.text(lang).to_owned(),
            basis: self.cites(&row.id, on, lang),
            severity: row.severity(),
        };
        rows.into_iter().map(rule).collect()
    }
}

fn by_id<T>(
    file: &str,
    rows: Vec<T>,
    id: impl Fn(&T) -> String,
) -> Result<BTreeMap<String, T>, Failure> {
    let mut by_id = BTreeMap::new();
    for row in rows {
        let id = id(&row);
        if by_id.insert(id.clone(), row).is_some() {
            return Err(broken(file, format!("{id} stands there twice")));
        }
    }
    Ok(by_id)
}

fn broken(file: &str, message: String) -> Failure {
    Failure::Rule { file: file.into(), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law() -> Law {
        Law::load(&Shelf::embedded(), &[]).expect("the embedded law")
    }

    fn on(text: &str) -> OnDay {
        Day::iso(text).expect("a day").into()
    }

    #[test]
    fn a_repealed_instrument_is_cited_to_its_last_day_and_its_successor_from_the_next() {
        let law = law();
        for (day, stands, not) in [
            ("2019-07-01", "〔2019〕527号", "信用修复管理办法"),
            ("2023-04-30", "〔2019〕527号", "（试行）"),
            ("2023-05-01", "（试行）", "〔2019〕527号"),
            ("2026-03-31", "（试行）", "《信用修复管理办法》"),
            ("2026-04-01", "《信用修复管理办法》", "（试行）"),
        ] {
            let basis = law.cites("overlong-publicity", on(day), Lang::Zh);
            assert!(basis.contains(stands) && !basis.contains(not), "{day}: {basis}");
        }
    }

    #[test]
    fn no_instrument_is_cited_the_day_before_or_the_day_after_it_is_in_force() {
        let law = law();
        let mut edges = 0;
        for source in law.sources.values() {
            let clause = source.clauses.keys().next().expect("a clause").clone();
            let cites = [Cite { source: source.key.clone(), clause }];
            let cited =
                |day: Day| law.basis(&cites, day.into(), Lang::Zh) == law.cite_zh(&cites[0]);
            if let Some(first) = source.in_force_from {
                assert!(cited(first) && !cited(first.before()), "{}", source.key);
                edges += 1;
            }
            if let Some(last) = source.in_force_until {
                assert!(cited(last) && !cited(last.next()), "{}", source.key);
                edges += 1;
            }
        }
        assert!(edges > law.sources.len() / 2, "most days are known: {edges}");
    }

    #[test]
    fn a_finding_on_a_day_without_law_says_so() {
        let law = law();
        let basis = law.cites("late-inspection", on("2018-12-04"), Lang::Zh);
        assert!(basis.contains("2018-12-04 均不在施行期内"), "{basis}");
        assert!(law.cites("late-inspection", on("2018-12-04"), Lang::En).contains("legal office"));
        assert_eq!(law.cites("ragged-row", on("2018-12-04"), Lang::Zh), "");
    }

    #[test]
    fn a_row_that_could_cite_nothing_is_refused() {
        let law = law();
        let cite = |key: &str| Cite { source: key.into(), clause: "公示期限".into() };
        let tie = |keys: &[&str]| {
            let cites: Vec<Cite> = keys.iter().map(|key| cite(key)).collect();
            law.tie_days("t.yml", "row", &cites).map_err(|e| e.to_string())
        };
        assert_eq!(tie(&["credit-repair-36", "credit-repair-58", "credit-repair-527"]), Ok(()));
        assert_eq!(tie(&["credit-repair-58", "credit-repair-36"]), Ok(()));
        let refused = |keys: &[&str]| tie(keys).expect_err("refused");
        assert!(refused(&["credit-repair-58"]).contains("after 2026-03-31"));
        assert!(refused(&["credit-repair-527", "credit-repair-36"]).contains("after 2023-04-30"));
    }
}
