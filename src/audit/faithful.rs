//! Whether a case's page says what the ledger says: a notice its reason, a case the day of its first
//! publication, which no later build may move (M6, domain 10.9).

use std::collections::BTreeMap;

use memchr::memmem;

use crate::diag::Finding;
use crate::law::Day;
use crate::site::{Page, Scope};
use crate::vocab::{CaseId, Ground};

use super::at;

/// A notice that does not say why.
const NO_REASON: &str = "tombstone-without-reason";
/// A page with another day than the ledger's.
const MOVED: &str = "unstable-publication-date";
/// Where a page says its day to machines.
const PUB_DATE: &[u8] = b"name=\"PubDate\"";
const CONTENT: &[u8] = b"content=\"";

/// What the ledger says of cases that have a page.
#[derive(Default)]
pub(super) struct Faithful {
    reasons: BTreeMap<CaseId, Ground>,
    days: BTreeMap<CaseId, Day>,
}

impl Faithful {
    /// A case that was taken down, and why.
    pub(super) fn expect_reason(&mut self, id: CaseId, ground: Ground) {
        self.reasons.insert(id, ground);
    }

    /// A public case, and the day it first was.
    pub(super) fn expect_day(&mut self, id: CaseId, day: Day) {
        self.days.insert(id, day);
    }

    /// Looks at a page of one case.
    pub(super) fn look(&self, page: &Page, found: &mut Vec<Finding>) {
        let Scope::Case(id) = page.scope else { return };
        if !page.path.ends_with("index.html") {
            return;
        }
        if let Some(ground) = self.reasons.get(&id) {
            let (from, main) = main_of(&page.body);
            if memmem::find(main, ground.zh().as_bytes()).is_none() {
                found.push(Finding::new(NO_REASON, at(&page.path, from)));
            }
        } else if let Some(day) = self.days.get(&id) {
            let told =
                memmem::find_iter(&page.body, PUB_DATE).map(|n| (n, day_after(&page.body[n..])));
            let told: Vec<(usize, Option<Day>)> = told.collect();
            let wrong = told.iter().find(|(_, told)| *told != Some(*day)).map(|(n, _)| *n);
            let wrong = wrong.or(told.is_empty().then_some(0));
            found.extend(wrong.map(|offset| Finding::new(MOVED, at(&page.path, offset))));
        }
    }
}

/// What a page says itself, without its frame, and where that begins.
fn main_of(body: &[u8]) -> (usize, &[u8]) {
    let from = memmem::find(body, b"<main").unwrap_or(0);
    let to = memmem::rfind(body, b"</main>").filter(|to| *to > from).unwrap_or(body.len());
    (from, &body[from..to])
}

/// The day in the `content` of a meta tag.
fn day_after(tag: &[u8]) -> Option<Day> {
    let end = tag.iter().position(|byte| *byte == b'>')?;
    let from = memmem::find(&tag[..end], CONTENT)? + CONTENT.len();
    let text = tag.get(from..from + "YYYY-MM-DD".len())?;
    Day::iso(std::str::from_utf8(text).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(faithful: &Faithful, id: CaseId, body: &str) -> Vec<&'static str> {
        let path = "shihou/chufa/2026/x/index.html".to_owned();
        let page =
            Page { path, body: body.as_bytes().to_vec(), scope: Scope::Case(id), append: false };
        let mut found = Vec::new();
        faithful.look(&page, &mut found);
        found.iter().map(|f| f.check).collect()
    }

    #[test]
    fn a_day_must_be_there_once_and_right() {
        let (id, day) = (CaseId::mint([7; 8]), Day::new(2026, 3, 4).expect("a day"));
        let mut faithful = Faithful::default();
        faithful.expect_day(id, day);
        let meta = |day: &str| format!("<meta name=\"PubDate\" content=\"{day} 00:00\">");
        assert!(found(&faithful, id, &meta("2026-03-04")).is_empty());
        for wrong in [meta("2026-03-05"), meta("04.03.2026"), "<p>2026-03-04".into()] {
            assert_eq!(found(&faithful, id, &wrong), [MOVED], "{wrong}");
        }
        assert!(found(&faithful, CaseId::mint([8; 8]), "<p>").is_empty());
    }

    #[test]
    fn the_reason_of_the_frame_does_not_count() {
        let id = CaseId::mint([7; 8]);
        let mut faithful = Faithful::default();
        faithful.expect_reason(id, Ground::Revoked);
        assert!(found(&faithful, id, "<nav>x</nav><main><p>原因：撤销</p></main>").is_empty());
        let bare = "<nav>撤销</nav><main><p>原因：</p></main><footer>撤销</footer>";
        assert_eq!(found(&faithful, id, bare), [NO_REASON]);
    }
}
