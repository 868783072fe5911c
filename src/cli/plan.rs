//! What an order would change, computed: the next state is built aside and compared with what stands.
//!
//! Files by the manifests, rows of lists and downloads and entries of the feed by the ids in them, figures
//! by counting both ledgers. Nothing here is a fixed sentence about what a takedown does.

mod compare;
mod figures;
mod print;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::clearance::RecordKey;
use crate::diag::{Failure, Lang};
use crate::ledger::{Ledger, LineHead, PlacardBook, Settled, State};
use crate::publish::{Outside, SiteStaged, Sweep};
use crate::vocab::{CaseId, document_name};

use super::placards;
use super::report::folder::FOLDER;
use super::root::Root;
pub(super) use compare::part_of;
pub(super) use print::part;

use compare::{FileChange, RowChange};
use figures::FigureChange;

/// The difference between what stands and what would stand.
#[derive(Debug, Serialize)]
pub(super) struct Plan {
    /// Always false: nothing was done.
    done: bool,
    /// The order's document.
    document: String,
    /// Cases whose state or content changes.
    cases: Vec<CaseChange>,
    /// Files that name one of them, before or after.
    files: Vec<FileChange>,
    /// Rows and entries about them in lists, downloads and the feed.
    rows: Vec<RowChange>,
    /// Cells of the statistics.
    statistics: Vec<FigureChange>,
    /// Files that change without naming them: dates, counts, the manifest's list.
    other_files: usize,
    /// Placards to print again, in words.
    printed: Vec<String>,
    /// Placards to take off, in words.
    recalled: Vec<String>,
    /// What is left to do at the web server, with copies and with caches.
    outside: Outside,
    /// Whether a site stands at all.
    has_site: bool,
}

/// One case before and after.
#[derive(Debug, Serialize)]
struct CaseChange {
    id: Option<String>,
    number: String,
    before: State,
    after: State,
    /// Version of its content after.
    revision: u32,
    /// Last lawful day for a takedown.
    due_on: Option<String>,
    /// Number of the decision that replaces it.
    replaced_by: Option<String>,
    /// Whether it waits for an export to be published again.
    waits: bool,
}

impl Plan {
    /// Compares the next state with what stands.
    ///
    /// # Errors
    /// The ledger or a file of the site cannot be read.
    pub(super) fn of(
        root: &Root,
        settled: &Settled,
        site: &SiteStaged,
        (document, lang): (&str, Lang),
    ) -> Result<Self, Failure> {
        let before = Ledger::open(&root.ledger())?;
        let old: BTreeMap<&RecordKey, &LineHead> =
            before.slots.iter().map(|s| (&*s.head.key, &s.head)).collect();
        let mut cases = Vec::new();
        let mut ids = BTreeSet::new();
        for head in settled.cases.iter().map(|c| &c.head) {
            let stood = old.get(&*head.key);
            if stood.is_some_and(|stood| *stood == head) {
                continue;
            }
            ids.extend(head.id.map(|id| id.to_string()));
            cases.push(CaseChange::of(stood.map_or(State::Held, |h| h.state), head));
        }
        let compared = compare::sites(site, &ids)?;
        let after = settled.cases.iter().map(|c| &c.head);
        let base = root.bureau.base_url.as_deref();
        let trees = (site.out.as_path(), site.dir.as_path());
        let sweep = Sweep::of(&settled.cases, trees, base, root.today.day());
        let placards = root.placards()?;
        let stale = placards::differences(&PlacardBook::open(&root.ledger())?, &placards);
        let [printed, recalled] = placards::lines(&stale, &placards, lang);
        let statistics = figures::changes(before.slots.iter().map(|s| &s.head), after, &root.form);
        Ok(Self {
            done: false,
            document: document_name(document).unwrap_or_default(),
            printed,
            recalled,
            cases,
            files: compared.files,
            rows: compared.rows,
            statistics,
            other_files: compared.others,
            outside: sweep.outside(&root.dir.join(FOLDER)),
            has_site: compared.has_site,
        })
    }

    /// Whether this case changes.
    pub(super) fn touches(&self, id: Option<CaseId>) -> bool {
        let id = id.map(|id| id.to_string());
        self.cases.iter().any(|case| case.id == id)
    }

    /// The plan for programs.
    ///
    /// # Errors
    /// Never in practice: every field serializes.
    pub(super) fn json(&self) -> Result<String, Failure> {
        let text = serde_json::to_string_pretty(self)
            .map_err(|e| Failure::Internal(format!("plan: {e}")))?;
        Ok(text + "\n")
    }
}

impl CaseChange {
    fn of(before: State, head: &LineHead) -> Self {
        let stone = head.tombstone.as_ref();
        Self {
            id: head.id.map(|id| id.to_string()),
            number: head.key.number.clone(),
            before,
            after: head.state,
            revision: head.revision,
            due_on: stone.and_then(|t| t.due_on).map(|d| d.to_string()),
            replaced_by: stone.and_then(|t| t.replaced_by.clone()),
            waits: stone.is_some_and(|t| t.set_aside.is_some()),
        }
    }
}
