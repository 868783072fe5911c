//! Dead addresses for search engines: lists that their consoles take, and a site map that asks them to
//! come and see for themselves. Only addresses: no number, no party, no ground.

use crate::diag::Failure;
use crate::ledger::{Entry, Overview};

use super::super::Page;
use super::super::feed;
use super::super::paths::case_folder;
use super::super::press::Press;
use super::machine::plain;

/// For so many days after an address died, engines are asked to look at it again (ux 3.3).
const RECRAWL_DAYS: i64 = 30;

/// `silian.txt` and `silian.xml` (one address each line or entry, newest first) and the site map for
/// another crawl; none where the site's address is unknown.
pub(super) fn pages(press: &Press, overview: &Overview) -> Result<Vec<Page>, Failure> {
    let Some(base) = &press.bureau.base_url else { return Ok(Vec::new()) };
    let address = |e: &Entry| format!("{base}{}", case_folder(e.kind, e.year, e.id));
    let mut gone: Vec<&Entry> = overview.gone.iter().collect();
    gone.sort_by_key(|e| (std::cmp::Reverse(e.changed_on), e.id));
    gone.truncate(feed::MOST_URLS);
    let text: String = gone.iter().map(|e| address(e) + "\n").collect();
    let all: Vec<_> = gone.iter().map(|e| (address(e), None)).collect();
    let fresh: Vec<_> = gone
        .iter()
        .filter(|e| e.changed_on.days_until(press.today) <= RECRAWL_DAYS)
        .map(|e| (address(e), Some(e.changed_on)))
        .collect();
    Ok(vec![
        plain("silian.txt", text.into_bytes()),
        plain("silian.xml", feed::sitemap(&all)?),
        plain("sitemap-recrawl.xml", feed::sitemap(&fresh)?),
    ])
}
