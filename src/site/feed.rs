//! Feed and site map. The one hand on quick-xml. Feeds are kept by others for ever: they carry number and
//! link, never the party. A taken-down case is withdrawn by RFC 6721's deleted-entry, and its notice is an entry.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::law::Day;
use crate::ledger::{Overview, Standing};
use crate::vocab::Bureau;

use super::paths::{case_folder, column, kind_folder, notice_folder, slug, year_of};

/// Most addresses one site map may hold (sitemaps.org).
pub(super) const MOST_URLS: usize = 50_000;

pub(super) type Xml = Writer<Vec<u8>>;

/// A document with its declaration.
pub(super) fn begin() -> Result<Xml, Failure> {
    let mut xml = Writer::new(Vec::new());
    put(&mut xml, Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    Ok(xml)
}

fn put(xml: &mut Xml, event: Event<'_>) -> Result<(), Failure> {
    xml.write_event(event).map_err(|_| Failure::Internal("XML cannot be written".into()))
}

/// Opens an element.
pub(super) fn open(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> Result<(), Failure> {
    put(xml, Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())))
}

/// Closes it.
pub(super) fn close(xml: &mut Xml, name: &str) -> Result<(), Failure> {
    put(xml, Event::End(BytesEnd::new(name)))
}

/// An element with a text.
pub(super) fn leaf(xml: &mut Xml, name: &str, text: &str) -> Result<(), Failure> {
    open(xml, name, &[])?;
    self::text(xml, text)?;
    close(xml, name)
}

/// A text, without characters that no XML may hold (XML 1.0, production 2).
pub(super) fn text(xml: &mut Xml, text: &str) -> Result<(), Failure> {
    let may_stand = |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    let sound: String = text.chars().filter(may_stand).collect();
    put(xml, Event::Text(BytesText::new(&sound)))
}

/// A new line, so that each entry stands on one of its own.
pub(super) fn newline(xml: &mut Xml) -> Result<(), Failure> {
    put(xml, Event::Text(BytesText::new("\n")))
}

fn at_midnight(day: Day) -> String {
    format!("{day}T00:00:00+08:00")
}

/// A feed: what it tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feed {
    /// Everything.
    All,
    /// One kind of case, its takedowns included.
    Of(CaseKind),
    /// Takedowns of all kinds.
    TakenDown,
}

/// Most takedowns of a feed.
const MOST_NOTICES: usize = 50;

impl Feed {
    /// All feeds of a site.
    pub(super) const ALL: [Self; 4] =
        [Self::All, Self::Of(CaseKind::Penalty), Self::Of(CaseKind::Inspection), Self::TakenDown];

    /// The end of its name, and of its path without ending.
    fn name(self) -> String {
        match self {
            Self::All => "feed".into(),
            Self::Of(kind) => format!("feed-{}", slug(kind)),
            Self::TakenDown => "feed-chexia".into(),
        }
    }

    /// Its path.
    pub(super) fn path(self) -> String {
        format!("{}.xml", self.name())
    }

    /// Its title behind the site's.
    fn title(self, site: &str) -> String {
        match self {
            Self::All => site.to_owned(),
            Self::Of(kind) => format!("{site}：{}", column(kind)),
            Self::TakenDown => format!("{site}：撤下公告"),
        }
    }

    /// The folder of the page that shows the same.
    fn page(self) -> String {
        match self {
            Self::All => String::new(),
            Self::Of(kind) => kind_folder(kind),
            Self::TakenDown => "chexia/".into(),
        }
    }

    fn cases(self, overview: &Overview) -> &[Standing] {
        match self {
            Self::All => &overview.latest,
            Self::Of(kind) => overview.latest_of.get(&kind).map_or(&[], Vec::as_slice),
            Self::TakenDown => &[],
        }
    }

    fn notices(self, overview: &Overview) -> impl Iterator<Item = &Standing> {
        let fits = move |case: &&Standing| match self {
            Self::All | Self::TakenDown => true,
            Self::Of(kind) => case.key.kind == kind,
        };
        overview.taken_down.iter().filter(fits).take(MOST_NOTICES)
    }
}

/// One feed: its latest cases and takedowns. It changed when the newest of them did.
pub(super) fn atom(
    feed: Feed,
    bureau: &Bureau,
    overview: &Overview,
    today: Day,
) -> Result<Vec<u8>, Failure> {
    let base = bureau.base_url.as_deref().unwrap_or("");
    let name = bureau.domain.as_deref().unwrap_or("localhost");
    let told = feed.cases(overview).iter().chain(feed.notices(overview));
    let changed = told.filter_map(Standing::changed_on).max().unwrap_or(today);
    let mut xml = begin()?;
    open(
        &mut xml,
        "feed",
        &[
            ("xmlns", "http://www.w3.org/2005/Atom"),
            ("xmlns:at", "http://purl.org/atompub/tombstones/1.0"),
            ("xml:lang", "zh-CN"),
        ],
    )?;
    newline(&mut xml)?;
    leaf(&mut xml, "title", &feed.title(&bureau.title()))?;
    leaf(&mut xml, "id", &format!("tag:{name},2020:{}", feed.name()))?;
    leaf(&mut xml, "updated", &at_midnight(changed))?;
    if !base.is_empty() {
        for (rel, at) in [("self", feed.path()), ("alternate", feed.page())] {
            open(&mut xml, "link", &[("rel", rel), ("href", &format!("{base}{at}"))])?;
            close(&mut xml, "link")?;
        }
    }
    open(&mut xml, "author", &[])?;
    leaf(&mut xml, "name", &bureau.name)?;
    close(&mut xml, "author")?;
    newline(&mut xml)?;
    for case in feed.cases(overview) {
        entry(&mut xml, case, (base, name))?;
    }
    for case in feed.notices(overview) {
        notice(&mut xml, case, (base, name))?;
        deleted(&mut xml, case, name)?;
    }
    close(&mut xml, "feed")?;
    newline(&mut xml)?;
    Ok(xml.into_inner())
}

fn entry(xml: &mut Xml, case: &Standing, (base, name): (&str, &str)) -> Result<(), Failure> {
    let (Some(id), Some(published)) = (case.id, case.published_on) else { return Ok(()) };
    let changed = case.changed_on().unwrap_or(published);
    let href = format!("{base}{}", case_folder(case.key.kind, year_of(case), id));
    open(xml, "entry", &[])?;
    leaf(xml, "title", &format!("{}：{}", column(case.key.kind), case.key.number))?;
    open(xml, "link", &[("rel", "alternate"), ("href", &href)])?;
    close(xml, "link")?;
    leaf(xml, "id", &format!("tag:{name},2020:{id}"))?;
    leaf(xml, "published", &at_midnight(published))?;
    leaf(xml, "updated", &at_midnight(changed))?;
    close(xml, "entry")?;
    newline(xml)
}

/// The takedown as an entry of its own: readers that pass tombstones by must hear of it as they heard of the
/// publication. It names no number, which the notice does, and links to the decision that replaces the one taken down.
fn notice(xml: &mut Xml, case: &Standing, (base, name): (&str, &str)) -> Result<(), Failure> {
    let (Some(id), Some(tombstone)) = (case.id, &case.tombstone) else { return Ok(()) };
    let when = at_midnight(tombstone.taken_down_on);
    let href = format!("{base}{}", notice_folder(id));
    open(xml, "entry", &[])?;
    leaf(
        xml,
        "title",
        &format!("撤下公告：{}（{}）", column(case.key.kind), tombstone.ground.zh()),
    )?;
    open(xml, "link", &[("rel", "alternate"), ("href", &href)])?;
    close(xml, "link")?;
    if let Some(found) = tombstone.replacement {
        let href = format!("{base}{}", case_folder(case.key.kind, found.year, found.id));
        open(xml, "link", &[("rel", "related"), ("href", &href)])?;
        close(xml, "link")?;
    }
    leaf(xml, "id", &format!("tag:{name},2020:chexia/{id}"))?;
    leaf(xml, "published", &when)?;
    leaf(xml, "updated", &when)?;
    close(xml, "entry")?;
    newline(xml)
}

fn deleted(xml: &mut Xml, case: &Standing, name: &str) -> Result<(), Failure> {
    let (Some(id), Some(tombstone)) = (case.id, &case.tombstone) else { return Ok(()) };
    let reference = format!("tag:{name},2020:{id}");
    let when = at_midnight(tombstone.taken_down_on);
    open(xml, "at:deleted-entry", &[("ref", &reference), ("when", &when)])?;
    leaf(xml, "at:comment", tombstone.ground.zh())?;
    close(xml, "at:deleted-entry")?;
    newline(xml)
}

/// A site map of whole addresses with their last change.
pub(super) fn sitemap(urls: &[(String, Option<Day>)]) -> Result<Vec<u8>, Failure> {
    listing(("urlset", "url"), urls)
}

/// A list of site maps.
pub(super) fn sitemap_index(urls: &[(String, Option<Day>)]) -> Result<Vec<u8>, Failure> {
    listing(("sitemapindex", "sitemap"), urls)
}

fn listing(
    (outer, inner): (&str, &str),
    urls: &[(String, Option<Day>)],
) -> Result<Vec<u8>, Failure> {
    let mut xml = begin()?;
    open(&mut xml, outer, &[("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")])?;
    newline(&mut xml)?;
    for (url, changed) in urls {
        open(&mut xml, inner, &[])?;
        leaf(&mut xml, "loc", url)?;
        if let Some(day) = changed {
            leaf(&mut xml, "lastmod", &day.to_string())?;
        }
        close(&mut xml, inner)?;
        newline(&mut xml)?;
    }
    close(&mut xml, outer)?;
    newline(&mut xml)?;
    Ok(xml.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_map_names_at_most_what_the_norm_allows() {
        let urls: Vec<(String, Option<Day>)> =
            (0..3).map(|n| (format!("https://www.example/{n}/?a=1&b=2"), None)).collect();
        let text = String::from_utf8(sitemap(&urls).unwrap()).unwrap();
        assert_eq!(text.matches("<loc>").count(), 3);
        assert!(text.contains("/?a=1&amp;b=2</loc>"), "{text}");
    }

    #[test]
    fn every_feed_has_a_name_of_its_own() {
        let paths: std::collections::BTreeSet<String> =
            Feed::ALL.iter().map(|feed| feed.path()).collect();
        assert_eq!(paths.len(), Feed::ALL.len());
        assert!(paths.contains("feed.xml") && paths.contains("feed-chexia.xml"));
    }
}
