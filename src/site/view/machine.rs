//! Pages for machines and lost readers: feed, site map, robots, security.txt, 404, 410, stylesheets.

use crate::diag::Failure;
use crate::law::Day;
use crate::ledger::Overview;

use super::super::feed::{self, Feed};
use super::super::head::Head;
use super::super::paths::{case_folder, is_sheet};
use super::super::press::{Press, READING, Sheet, base_path};
use super::super::{Gathered, Page, Scope};
use super::dead_links;
use super::search::FOLDER;

/// Where those look who have found a weakness.
const SECURITY: &str = ".well-known/security.txt";

/// All of them. `readable` are the pages made so far, for the site map.
pub(super) fn pages(
    press: &Press,
    (overview, gathered): (&Overview, &Gathered),
    readable: &[Page],
) -> Result<Vec<Page>, Failure> {
    let mut pages = Vec::new();
    pages.extend(press.assets());
    pages.push(lost(press, "404.html", "找不到这个页面")?);
    pages.push(lost(press, "410.html", "该信息已撤下")?);
    for one in Feed::ALL {
        let atom = feed::atom(one, &press.bureau, overview, press.today)?;
        pages.push(Page { scope: Scope::Cases, ..plain(&one.path(), atom) });
    }
    let maps = site_maps(press, (overview, gathered), readable)?;
    pages.push(plain("robots.txt", robots(press).into_bytes()));
    pages.extend(maps);
    pages.extend(dead_links::pages(press, overview)?);
    if let Some(text) = security(press) {
        pages.push(plain(SECURITY, text.into_bytes()));
    }
    Ok(pages)
}

pub(super) fn plain(path: &str, body: Vec<u8>) -> Page {
    Page { path: path.into(), body, scope: Scope::Open, append: false }
}

#[derive(serde::Serialize)]
struct LostView<'a> {
    title: &'a str,
    gone: bool,
}

/// A page that may be served at any depth: where the site's address is known its links begin at the
/// host's root, otherwise they are relative.
fn lost(press: &Press, path: &str, title: &str) -> Result<Page, Failure> {
    let sheet = Sheet {
        path: path.into(),
        scope: Scope::Open,
        template: "lost.html",
        shell: READING,
        section: "",
        head: Head { title, noindex: true, ..Head::default() },
    };
    let base = base_path(&press.bureau);
    press.print_with(sheet, base.as_deref(), &LostView { title, gone: path == "410.html" })
}

/// A withheld or taken-down page is never named here: naming it would advertise it (ux 0.3).
fn robots(press: &Press) -> String {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = &press.bureau.base_url {
        text.push_str(&format!("\nSitemap: {base}sitemap.xml\n"));
    }
    text
}

/// `security.txt` (RFC 9116), good for eleven months from the day of the build: the norm wants less than a year.
fn security(press: &Press) -> Option<String> {
    let mail = press.bureau.contact.email.as_deref()?;
    let end = press.today.plus_months(11)?;
    let mut text = format!(
        "Contact: mailto:{mail}\nExpires: {end}T00:00:00+08:00\nPreferred-Languages: zh, en\n"
    );
    if let Some(base) = &press.bureau.base_url {
        text.push_str(&format!("Canonical: {base}{SECURITY}\n"));
    }
    Some(text)
}

/// The site map, in parts where one file cannot hold it; none where the site's address is unknown.
fn site_maps(
    press: &Press,
    (overview, gathered): (&Overview, &Gathered),
    readable: &[Page],
) -> Result<Vec<Page>, Failure> {
    let Some(base) = &press.bureau.base_url else { return Ok(Vec::new()) };
    let mut urls: Vec<(String, Option<Day>)> = readable
        .iter()
        .filter_map(|p| p.path.strip_suffix("index.html"))
        .filter(|folder| !folder.starts_with("p/") && !is_sheet(folder))
        // Names by letter lead to the cases, which stand in it themselves.
        .filter(|folder| *folder == FOLDER || !folder.starts_with(FOLDER))
        .map(|folder| (format!("{base}{folder}"), None))
        .collect();
    urls.extend(gathered.lists.iter().map(|folder| (format!("{base}{folder}"), None)));
    urls.extend(
        overview
            .entries
            .iter()
            .map(|e| (format!("{base}{}", case_folder(e.kind, e.year, e.id)), Some(e.changed_on))),
    );
    in_parts(base, &urls, feed::MOST_URLS)
}

/// The map in one file, or in files of at most `most` addresses each with an index of them.
fn in_parts(base: &str, urls: &[(String, Option<Day>)], most: usize) -> Result<Vec<Page>, Failure> {
    if urls.len() <= most {
        return Ok(vec![plain("sitemap.xml", feed::sitemap(urls)?)]);
    }
    let (mut pages, mut parts) = (Vec::new(), Vec::new());
    for (i, part) in urls.chunks(most).enumerate() {
        let name = format!("sitemap-{}.xml", i + 1);
        parts.push((format!("{base}{name}"), None));
        pages.push(plain(&name, feed::sitemap(part)?));
    }
    pages.insert(0, plain("sitemap.xml", feed::sitemap_index(&parts)?));
    Ok(pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://gongshi.example/";

    /// The map of so many addresses with at most three in a file: path and text of each file.
    fn mapped(count: usize) -> Vec<(String, String)> {
        let urls: Vec<_> = (0..count).map(|i| (format!("{BASE}{i}/"), None)).collect();
        let pages = in_parts(BASE, &urls, 3).expect("a map");
        let text = |page: Page| String::from_utf8(page.body).expect("text");
        pages.into_iter().map(|page| (page.path.clone(), text(page))).collect()
    }

    /// What a search engine reads: the addresses of a file, in order.
    fn named(text: &str) -> Vec<&str> {
        text.split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next()).collect()
    }

    #[test]
    fn a_map_that_one_file_holds_is_one_file() {
        for count in [0, 1, 3] {
            let files = mapped(count);
            assert_eq!(files.len(), 1);
            assert!(files[0].0 == "sitemap.xml" && files[0].1.contains("<urlset"));
            assert_eq!(named(&files[0].1).len(), count);
        }
    }

    #[test]
    fn a_larger_one_is_cut_and_its_index_names_every_part() {
        let files = mapped(7);
        let (index, parts) = files.split_first().expect("an index");
        assert!(index.0 == "sitemap.xml" && index.1.contains("<sitemapindex"));
        let paths: Vec<String> = parts.iter().map(|(path, _)| format!("{BASE}{path}")).collect();
        assert_eq!(named(&index.1), paths);
        let sizes: Vec<usize> = parts.iter().map(|(_, text)| named(text).len()).collect();
        assert_eq!(sizes, [3, 3, 1]);
        let all: Vec<&str> = parts.iter().flat_map(|(_, text)| named(text)).collect();
        let expected: Vec<String> = (0..7).map(|i| format!("{BASE}{i}/")).collect();
        assert_eq!(all, expected, "each address once, in order");
    }
}
